//! From a script's text to its statements.

/// One command of a script.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Statement {
    /// Its words, without quotes.
    pub words: Vec<String>,
    /// The file its output goes to, and whether it is added there.
    pub into: Option<(String, bool)>,
    /// It runs only if the one before succeeded (`&&`).
    pub only_if_ok: bool,
    /// `set -e` was said before.
    pub stops_on_error: bool,
}

/// Reads a script into its statements.
#[must_use]
pub fn parse(text: &str) -> Vec<Statement> {
    let joined = text.replace("\\\r\n", " ").replace("\\\n", " ");
    let mut statements = Vec::new();
    let mut stops_on_error = false;
    for line in joined.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        for (only_if_ok, part) in split(line) {
            let (words, into) = words(&part);
            match words
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .as_slice()
            {
                [] => {}
                ["set", flags, ..] => {
                    stops_on_error |= flags.starts_with('-') && flags.contains('e')
                }
                _ => statements.push(Statement {
                    words,
                    into,
                    only_if_ok,
                    stops_on_error,
                }),
            }
        }
    }
    statements
}

/// Splits at `;` and `&&` outside quotes; tells which parts came after `&&`.
fn split(line: &str) -> Vec<(bool, String)> {
    let mut parts = vec![(false, String::new())];
    let mut quote = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), close) if open == close => quote = None,
            (None, ';') => {
                parts.push((false, String::new()));
                continue;
            }
            (None, '&') if chars.peek() == Some(&'&') => {
                chars.next();
                parts.push((true, String::new()));
                continue;
            }
            (None, '#')
                if parts
                    .last()
                    .is_some_and(|(_, part)| part.ends_with(char::is_whitespace)) =>
            {
                break;
            }
            _ => {}
        }
        if let Some((_, part)) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

/// The words of a command without their quotes, and where its output goes.
fn words(part: &str) -> (Vec<String>, Option<(String, bool)>) {
    let mut words: Vec<(String, bool)> = Vec::new();
    let mut open = false;
    let mut quote = None;
    for c in part.chars() {
        match (quote, c) {
            (None, '\'' | '"') => {
                quote = Some(c);
                if !open {
                    words.push((String::new(), true));
                    open = true;
                } else if let Some(word) = words.last_mut() {
                    word.1 = true;
                }
            }
            (Some(close), c) if close == c => quote = None,
            (None, c) if c.is_whitespace() => open = false,
            (None, '>')
                if !open
                    || words
                        .last()
                        .is_none_or(|(word, quoted)| *quoted || word != ">") =>
            {
                words.push((">".to_owned(), false));
                open = true;
            }
            (None, c)
                if open
                    && words
                        .last()
                        .is_some_and(|(word, quoted)| !quoted && word.starts_with('>'))
                    && c != '>' =>
            {
                words.push((c.to_string(), false));
            }
            (_, c) => {
                if !open {
                    words.push((String::new(), false));
                    open = true;
                }
                if let Some((word, _)) = words.last_mut() {
                    word.push(c);
                }
            }
        }
    }
    let arrow = words
        .iter()
        .position(|(word, quoted)| !quoted && (word == ">" || word == ">>"));
    let Some(arrow) = arrow else {
        return (words.into_iter().map(|(word, _)| word).collect(), None);
    };
    let add = words.get(arrow).is_some_and(|(word, _)| word == ">>");
    let file = words.get(arrow + 1).map(|(word, _)| (word.clone(), add));
    (
        words
            .into_iter()
            .take(arrow)
            .map(|(word, _)| word)
            .collect(),
        file,
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn statements_and_redirections() {
        let script = parse(
            "#!/bin/bash\nset -e\n# a remark\ndnf install -y httpd && systemctl start httpd\necho 'Hello > you; && me' >> /var/www/html/index.html # end\necho a>b",
        );
        assert_eq!(script.len(), 4);
        assert!(script[1].only_if_ok && script[0].stops_on_error);
        assert_eq!(script[2].words, ["echo", "Hello > you; && me"]);
        assert_eq!(
            script[2].into,
            Some(("/var/www/html/index.html".to_owned(), true))
        );
        assert_eq!(script[3].words, ["echo", "a"]);
        assert_eq!(script[3].into, Some(("b".to_owned(), false)));
    }
}
