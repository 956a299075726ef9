//! The programs that every machine has for texts: `echo`, `cat`, `grep`, `head`, `tail`, `wc`, `sort`, `uniq`, `cut`,
//! `tr`, `test`.

use super::columns::{cut, translate};
use super::condition::test;
use super::{Host, Ran, Scope};
use std::cmp::Ordering;

/// Runs one of the text programs; `None` for any other command.
pub fn filter(host: &mut dyn Host, scope: &Scope, words: &[String], input: &str) -> Option<Ran> {
    let (name, rest) = words.split_first()?;
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    Some(match name.as_str() {
        "echo" => echo(&rest),
        "printf" => printf(&rest),
        "cat" => match gather(host, scope, "cat", &rest, input) {
            Ok(text) => Ran::ok(text),
            Err(ran) => ran,
        },
        "tee" => tee(host, scope, &rest, input),
        "grep" => grep(host, scope, &rest, input),
        "head" | "tail" => ends(host, scope, name, &rest, input),
        "wc" => count(host, scope, &rest, input),
        "sort" => sort(host, scope, &rest, input),
        "uniq" => lines_of(input, |lines| {
            let mut lines = lines;
            lines.dedup();
            lines
        }),
        "cut" => cut(host, scope, &rest, input),
        "tr" => translate(&rest, input),
        "test" => test(host, scope, &rest),
        "[" => match rest.split_last() {
            Some((&"]", inner)) => test(host, scope, inner),
            _ => Ran::fail(2, "bash: [: missing `]'"),
        },
        _ => return None,
    })
}

fn echo(rest: &[&str]) -> Ran {
    match rest {
        ["-n", rest @ ..] => Ran::ok(rest.join(" ")),
        ["-e", rest @ ..] => Ran::ok(format!("{}\n", unescape(&rest.join(" ")))),
        _ => Ran::ok(format!("{}\n", rest.join(" "))),
    }
}

pub(super) fn unescape(text: &str) -> String {
    text.replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\\\", "\\")
}

fn printf(rest: &[&str]) -> Ran {
    let Some((format, values)) = rest.split_first() else {
        return Ran::fail(2, "printf: usage: printf [-v var] format [arguments]");
    };
    let mut values = values.iter();
    let mut out = String::new();
    let mut letters = unescape(format)
        .chars()
        .collect::<Vec<_>>()
        .into_iter()
        .peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('%', Some('%')) => {
                letters.next();
                out.push('%');
            }
            ('%', Some('s' | 'd')) => {
                letters.next();
                out.push_str(values.next().unwrap_or(&""));
            }
            _ => out.push(letter),
        }
    }
    Ran::ok(out)
}

/// The text of the named files, or the input when none is named.
pub(super) fn gather(
    host: &mut dyn Host,
    scope: &Scope,
    name: &str,
    files: &[&str],
    input: &str,
) -> Result<String, Ran> {
    if files.is_empty() || files == ["-"] {
        return Ok(input.to_owned());
    }
    let (mut out, mut err) = (String::new(), String::new());
    for file in files {
        match host.read(scope, file) {
            Ok(text) => out.push_str(&text),
            Err(why) => err.push_str(&format!("{name}: {file}: {why}\n")),
        }
    }
    if err.is_empty() {
        Ok(out)
    } else {
        Err(Ran { exit: 1, out, err })
    }
}

fn tee(host: &mut dyn Host, scope: &Scope, rest: &[&str], input: &str) -> Ran {
    let add = rest.contains(&"-a");
    for path in rest.iter().filter(|word| !word.starts_with('-')) {
        if let Err(why) = host.write(scope, path, input, add) {
            return Ran {
                exit: 1,
                out: input.to_owned(),
                err: format!("tee: {path}: {why}\n"),
            };
        }
    }
    Ran::ok(input)
}

/// Options that are one word, and the rest.
fn options<'a>(rest: &[&'a str]) -> (String, Vec<&'a str>) {
    let (flags, others): (Vec<&str>, Vec<&str>) = rest
        .iter()
        .partition(|word| word.starts_with('-') && word.len() > 1);
    (
        flags
            .iter()
            .map(|flag| flag.trim_start_matches('-'))
            .collect(),
        others,
    )
}

fn grep(host: &mut dyn Host, scope: &Scope, rest: &[&str], input: &str) -> Ran {
    let (flags, others) = options(rest);
    if let Some(other) = flags.chars().find(|flag| !"ivcqnEFHho".contains(*flag)) {
        return Ran::fail(
            2,
            format!("grep: the option -{other} is not modelled in this shell"),
        );
    }
    let Some((pattern, files)) = others.split_first() else {
        return Ran::fail(2, "Usage: grep [OPTION]... PATTERNS [FILE]...");
    };
    let text = match gather(host, scope, "grep", files, input) {
        Ok(text) => text,
        Err(ran) => return Ran { exit: 2, ..ran },
    };
    if !flags.contains('F') && pattern.contains(['[', '(', '+', '{', '\\']) {
        return Ran::fail(
            2,
            "grep: this shell knows ^, $, . and .* in patterns; use -F for a plain text",
        );
    }
    let low = |text: &str| {
        if flags.contains('i') {
            text.to_lowercase()
        } else {
            text.to_owned()
        }
    };
    let alternatives: Vec<String> = if flags.contains('E') {
        pattern.split('|').map(low).collect()
    } else {
        vec![low(pattern)]
    };
    let hit = |line: &&str| {
        let line = low(line);
        alternatives.iter().any(|one| {
            if flags.contains('F') {
                line.contains(one.as_str())
            } else {
                fits(one, &line)
            }
        }) != flags.contains('v')
    };
    let found: Vec<(usize, &str)> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| hit(line))
        .collect();
    let exit = i32::from(found.is_empty());
    let out = if flags.contains('q') {
        String::new()
    } else if flags.contains('c') {
        format!("{}\n", found.len())
    } else if flags.contains('n') {
        found
            .iter()
            .map(|(at, line)| format!("{}:{line}\n", at + 1))
            .collect()
    } else {
        found.iter().map(|(_, line)| format!("{line}\n")).collect()
    };
    Ran {
        exit,
        out,
        err: String::new(),
    }
}

/// `^`, `$`, `.`, and `*` after a letter or a dot.
fn fits(pattern: &str, line: &str) -> bool {
    let letters: Vec<char> = pattern.trim_start_matches('^').chars().collect();
    let line: Vec<char> = line.chars().collect();
    let starts = if pattern.starts_with('^') {
        0..1
    } else {
        0..line.len() + 1
    };
    starts
        .into_iter()
        .any(|start| here(&letters, line.get(start..).unwrap_or_default()))
}

fn here(pattern: &[char], line: &[char]) -> bool {
    match pattern {
        [] => true,
        ['$'] => line.is_empty(),
        [one, '*', rest @ ..] => {
            let same = line
                .iter()
                .take_while(|letter| *one == '.' || *letter == one)
                .count();
            (0..=same)
                .rev()
                .any(|taken| here(rest, line.get(taken..).unwrap_or_default()))
        }
        [one, rest @ ..] => line
            .split_first()
            .is_some_and(|(letter, after)| (*one == '.' || one == letter) && here(rest, after)),
    }
}

fn ends(host: &mut dyn Host, scope: &Scope, name: &str, rest: &[&str], input: &str) -> Ran {
    let mut number = 10;
    let mut files = Vec::new();
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        let given = match word.strip_prefix("-n") {
            Some("") => words.next().copied(),
            Some(digits) => Some(digits),
            None => word.strip_prefix('-').filter(|digits| !digits.is_empty()),
        };
        match given {
            Some(digits) => match digits.parse::<usize>() {
                Ok(wanted) => number = wanted,
                Err(_) if *word == "-f" => {}
                Err(_) => {
                    return Ran::fail(1, format!("{name}: invalid number of lines: ‘{digits}’"));
                }
            },
            None => files.push(*word),
        }
    }
    let text = match gather(host, scope, name, &files, input) {
        Ok(text) => text,
        Err(ran) => return ran,
    };
    let total = text.lines().count();
    let skipped = if name == "tail" {
        total.saturating_sub(number)
    } else {
        0
    };
    Ran::ok(
        text.lines()
            .skip(skipped)
            .take(number)
            .map(|line| format!("{line}\n"))
            .collect::<String>(),
    )
}

fn count(host: &mut dyn Host, scope: &Scope, rest: &[&str], input: &str) -> Ran {
    let (flags, files) = options(rest);
    let text = match gather(host, scope, "wc", &files, input) {
        Ok(text) => text,
        Err(ran) => return ran,
    };
    let (lines, words, bytes) = (
        text.matches('\n').count(),
        text.split_whitespace().count(),
        text.len(),
    );
    let name = files
        .first()
        .map_or(String::new(), |file| format!(" {file}"));
    Ran::ok(match flags.as_str() {
        "l" => format!("{lines}{name}\n"),
        "w" => format!("{words}{name}\n"),
        "c" => format!("{bytes}{name}\n"),
        _ => format!("{lines:7} {words:7} {bytes:7}{name}\n"),
    })
}

pub(super) fn lines_of(text: &str, change: impl FnOnce(Vec<&str>) -> Vec<&str>) -> Ran {
    let lines = change(text.lines().collect());
    Ran::ok(
        lines
            .iter()
            .map(|line| format!("{line}\n"))
            .collect::<String>(),
    )
}

fn sort(host: &mut dyn Host, scope: &Scope, rest: &[&str], input: &str) -> Ran {
    let (flags, files) = options(rest);
    let text = match gather(host, scope, "sort", &files, input) {
        Ok(text) => text,
        Err(ran) => return ran,
    };
    let number = |line: &str| {
        let digits: String = line
            .trim_start()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse::<u64>().unwrap_or(0)
    };
    let order = |a: &&str, b: &&str| -> Ordering {
        if flags.contains('n') {
            number(a).cmp(&number(b)).then(a.cmp(b))
        } else {
            a.cmp(b)
        }
    };
    lines_of(&text, |lines| {
        let mut lines = lines;
        lines.sort_by(order);
        if flags.contains('r') {
            lines.reverse();
        }
        if flags.contains('u') {
            lines.dedup();
        }
        lines
    })
}
