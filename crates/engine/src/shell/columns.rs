//! `cut` and `tr`: parts of lines, and letters for letters.

use super::text::{gather, lines_of, unescape};
use super::{Host, Ran, Scope};

pub(super) fn cut(host: &mut dyn Host, scope: &Scope, rest: &[&str], input: &str) -> Ran {
    let (mut divider, mut field, mut files) = ("\t".to_owned(), None, Vec::new());
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        let mut value = |flag: &str| match word.strip_prefix(flag) {
            Some("") => words.next().map(|word| (*word).to_owned()),
            Some(inline) => Some(inline.to_owned()),
            None => None,
        };
        if let Some(given) = value("-d") {
            divider = given;
        } else if let Some(given) = value("-f") {
            field = given.parse::<usize>().ok();
        } else {
            files.push(*word);
        }
    }
    let Some(field) = field.filter(|field| *field > 0) else {
        return Ran::fail(1, "cut: this shell takes -d DELIMITER -f NUMBER");
    };
    let text = match gather(host, scope, "cut", &files, input) {
        Ok(text) => text,
        Err(ran) => return ran,
    };
    lines_of(&text, |lines| {
        let pick = |line: &'_ str| -> Option<(usize, usize)> {
            let part = line.split(divider.as_str()).nth(field - 1)?;
            let start = part.as_ptr() as usize - line.as_ptr() as usize;
            Some((start, start + part.len()))
        };
        lines
            .into_iter()
            .map(|line| match pick(line) {
                _ if !line.contains(divider.as_str()) => line,
                Some((from, to)) => line.get(from..to).unwrap_or_default(),
                None => "",
            })
            .collect()
    })
}

pub(super) fn translate(rest: &[&str], input: &str) -> Ran {
    match rest {
        ["-d", set] => {
            let set = unescape(set);
            Ran::ok(
                input
                    .chars()
                    .filter(|letter| !set.contains(*letter))
                    .collect::<String>(),
            )
        }
        [from, to] => {
            let (from, to) = (range(from), range(to));
            let change = |letter: char| match from.iter().position(|one| *one == letter) {
                Some(at) => to.get(at).or(to.last()).copied().unwrap_or(letter),
                None => letter,
            };
            Ran::ok(input.chars().map(change).collect::<String>())
        }
        _ => Ran::fail(1, "tr: missing operand"),
    }
}

/// `a-z` and plain letters.
fn range(set: &str) -> Vec<char> {
    let letters: Vec<char> = unescape(set).chars().collect();
    match letters.as_slice() {
        [from, '-', to] if from <= to => (*from..=*to).collect(),
        _ => letters,
    }
}
