//! Programs that handle files: `ls`, `chmod`, `rm`, `cp`, `mv`, `touch`.

use super::fail;
use super::home::Home;
use crate::answer::Answer;
use crate::files::Files;

/// Runs one of them.
pub(super) fn program(home: &mut Home, files: &dyn Files, name: &str, rest: &[&str]) -> Answer {
    let plain: Vec<&str> = rest
        .iter()
        .copied()
        .filter(|word| !word.starts_with('-'))
        .collect();
    match (name, plain.as_slice()) {
        ("ls", wanted) => list(
            home,
            wanted,
            rest.iter()
                .any(|word| word.starts_with('-') && word.contains('l')),
        ),
        ("chmod", [mode, paths @ ..]) if !paths.is_empty() => chmod(home, mode, paths),
        ("rm", paths) if !paths.is_empty() => each(paths, |path| {
            let taken = Home::name(path).and_then(|name| home.0.remove(&name));
            taken
                .map(drop)
                .ok_or_else(|| format!("rm: cannot remove '{path}': No such file or directory"))
        }),
        ("touch", paths) if !paths.is_empty() => each(paths, |path| {
            home.write(path, b"", true)
                .map_err(|why| format!("touch: cannot touch '{path}': {why}"))
        }),
        ("cp" | "mv", [from, to]) => {
            let Some(file) = home.get(from).cloned().or_else(|| {
                let bytes = files.read(from).ok().filter(|_| name == "cp")?;
                Some(super::HomeFile { bytes, mode: 0o644 })
            }) else {
                return fail(
                    1,
                    format!("{name}: cannot stat '{from}': No such file or directory"),
                );
            };
            let Some(to) = Home::name(to) else {
                return fail(
                    1,
                    format!("{name}: cannot create regular file '{to}': Permission denied"),
                );
            };
            if name == "mv"
                && let Some(old) = Home::name(from)
            {
                home.0.remove(&old);
            }
            home.0.insert(to, file);
            Answer::default()
        }
        ("mkdir", _) => fail(1, "mkdir: this laptop keeps all its files in one folder"),
        _ => fail(1, format!("{name}: missing operand")),
    }
}

fn each<'a>(paths: &[&'a str], mut act: impl FnMut(&'a str) -> Result<(), String>) -> Answer {
    let complaints: Vec<String> = paths.iter().filter_map(|path| act(path).err()).collect();
    if complaints.is_empty() {
        Answer::default()
    } else {
        fail(1, complaints.join("\n"))
    }
}

fn list(home: &Home, wanted: &[&str], long: bool) -> Answer {
    let mut out = String::new();
    let mut missing = Vec::new();
    let all: Vec<String> = home.0.keys().cloned().collect();
    let names: Vec<String> = match wanted {
        [] | ["." | "~" | super::home::FOLDER] => all,
        paths => paths
            .iter()
            .filter_map(
                |path| match Home::name(path).filter(|name| home.0.contains_key(name)) {
                    Some(name) => Some(name),
                    None => {
                        missing.push(format!(
                            "ls: cannot access '{path}': No such file or directory"
                        ));
                        None
                    }
                },
            )
            .collect(),
    };
    for name in names {
        let Some(file) = home.0.get(&name) else {
            continue;
        };
        if long {
            out.push_str(&format!(
                "{} 1 learner learner {:>6} {name}\n",
                permissions(file.mode),
                file.bytes.len()
            ));
        } else {
            out.push_str(&format!("{name}\n"));
        }
    }
    Answer {
        exit: if missing.is_empty() { 0 } else { 2 },
        stdout: out,
        stderr: missing.iter().map(|line| format!("{line}\n")).collect(),
        advice: None,
    }
}

/// `-rw-r--r--`.
fn permissions(mode: u32) -> String {
    let mut text = String::from("-");
    for shift in [6, 3, 0] {
        for (bit, letter) in [(4, 'r'), (2, 'w'), (1, 'x')] {
            text.push(if mode >> shift & bit != 0 {
                letter
            } else {
                '-'
            });
        }
    }
    text
}

fn chmod(home: &mut Home, mode: &str, paths: &[&str]) -> Answer {
    let number = u32::from_str_radix(mode, 8)
        .ok()
        .filter(|bits| *bits <= 0o7777);
    each(paths, |path| {
        let file = Home::name(path).and_then(|name| home.0.get_mut(&name));
        let Some(file) = file else {
            return Err(format!(
                "chmod: cannot access '{path}': No such file or directory"
            ));
        };
        file.mode = match (number, mode) {
            (Some(bits), _) => bits & 0o777,
            (None, "go-rwx" | "og-rwx" | "go=" | "og=") => file.mode & 0o700,
            (None, "u=r,go=") => 0o400,
            (None, "+x" | "a+x") => file.mode | 0o111,
            (None, "u+x") => file.mode | 0o100,
            (None, "+r" | "a+r") => file.mode | 0o444,
            (None, "u+w" | "+w") => file.mode | 0o200,
            _ => return Err(format!("chmod: invalid mode: ‘{mode}’")),
        };
        Ok(())
    })
}
