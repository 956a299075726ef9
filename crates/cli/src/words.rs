//! Splits a line into words as a POSIX shell does, with `$name`, `${name}` and `$(command)`.
//!
//! What the prompt does not support (pipes, redirections, `&&`) is refused by name, never misread.

/// A piece of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Fixed text.
    Text(String),
    /// A variable. Unquoted ones are split at spaces, as in a shell.
    Variable {
        /// Its name.
        name: String,
        /// Whether it stands in double quotes.
        quoted: bool,
    },
    /// The output of a command.
    Command {
        /// The command line.
        line: String,
        /// Whether it stands in double quotes.
        quoted: bool,
    },
}

/// A word: its pieces, and whether it was written with quotes (so that `""` is a word).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
    /// Whether any quotes belong to it.
    pub quoted: bool,
}

/// Whether `$` means anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dollar {
    /// `$name` and `$(command)` are replaced.
    Expands,
    /// `$` is a character like any other.
    Literal,
}

/// A line longer than this is refused.
pub const LONGEST_LINE: usize = 4 * 1024 * 1024;

/// Whether a line may be read at all. The error is a sentence.
pub fn admit(line: &str) -> Result<(), String> {
    if line.len() > LONGEST_LINE {
        return Err(format!("the line is longer than {LONGEST_LINE} bytes"));
    }
    if line.contains('\0') {
        return Err("the line contains a NUL character".to_owned());
    }
    Ok(())
}

/// Splits one line. The error is a sentence.
pub fn split(line: &str, dollar: Dollar) -> Result<Vec<Word>, String> {
    admit(line)?;
    let mut splitter = Splitter {
        chars: line.chars().collect(),
        at: 0,
        dollar,
        words: Vec::new(),
        word: None,
    };
    splitter.run()?;
    Ok(splitter.words)
}

/// Splits one line of plain POSIX quoting, where `$` means nothing.
pub fn split_plain(line: &str) -> Result<Vec<String>, String> {
    let words = split(line, Dollar::Literal)?;
    Ok(words
        .into_iter()
        .map(|word| {
            let texts = word.pieces.into_iter().map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Variable { name, .. } => name,
                Piece::Command { line, .. } => line,
            });
            texts.collect()
        })
        .collect())
}

struct Splitter {
    chars: Vec<char>,
    at: usize,
    dollar: Dollar,
    words: Vec<Word>,
    word: Option<Word>,
}

impl Splitter {
    fn run(&mut self) -> Result<(), String> {
        while let Some(c) = self.next() {
            match c {
                '\\' => match self.next() {
                    Some('\n') => {}
                    Some('\r') if self.peek() == Some('\n') => self.at += 1,
                    Some(escaped) => self.push(escaped),
                    None => return Err("the line ends with a backslash".to_owned()),
                },
                '\'' => self.single_quoted()?,
                '"' => self.double_quoted()?,
                '#' if self.word.is_none() => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.at += 1
                    }
                }
                '$' if self.dollar == Dollar::Expands => self.dollar(false)?,
                c if c.is_whitespace() => self.finish(),
                '|' | '>' | '<' | ';' | '&' => return Err(self.unsupported(c)),
                c => self.push(c),
            }
        }
        self.finish();
        Ok(())
    }

    fn unsupported(&self, c: char) -> String {
        let doubled = self.peek() == Some(c);
        let shown = if doubled {
            format!("{c}{c}")
        } else {
            c.to_string()
        };
        let reason = match (c, doubled) {
            ('|', false) => "pipes are not supported here; use --query to pick from the output",
            ('>' | '<', _) => "redirections are not supported here",
            _ => "one command a line, please",
        };
        format!("`{shown}` outside quotes: {reason}")
    }

    fn single_quoted(&mut self) -> Result<(), String> {
        self.open_word().quoted = true;
        loop {
            match self.next() {
                Some('\'') => return Ok(()),
                Some(c) => self.push(c),
                None => return Err("a single quote (') is never closed".to_owned()),
            }
        }
    }

    fn double_quoted(&mut self) -> Result<(), String> {
        self.open_word().quoted = true;
        loop {
            match self.next() {
                Some('"') => return Ok(()),
                Some('\\') => match self.next() {
                    Some('\n') => {}
                    Some(c @ ('"' | '\\' | '$' | '`')) => self.push(c),
                    Some(c) => {
                        self.push('\\');
                        self.push(c);
                    }
                    None => return Err("a double quote (\") is never closed".to_owned()),
                },
                Some('$') if self.dollar == Dollar::Expands => self.dollar(true)?,
                Some(c) => self.push(c),
                None => return Err("a double quote (\") is never closed".to_owned()),
            }
        }
    }

    /// After a `$`.
    fn dollar(&mut self, quoted: bool) -> Result<(), String> {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let line = self.command()?;
                self.piece(Piece::Command { line, quoted });
            }
            Some('{') => {
                self.at += 1;
                let name = self.name();
                if name.is_empty() || self.next() != Some('}') {
                    return Err("`${` must be followed by a variable's name and `}`".to_owned());
                }
                self.piece(Piece::Variable { name, quoted });
            }
            Some(c) if c.is_ascii_alphabetic() || c == '_' => {
                let name = self.name();
                self.piece(Piece::Variable { name, quoted });
            }
            _ => self.push('$'),
        }
        Ok(())
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(c) = self
            .peek()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        {
            name.push(c);
            self.at += 1;
        }
        name
    }

    /// The text up to the parenthesis that closes `$(`.
    fn command(&mut self) -> Result<String, String> {
        let start = self.at;
        let mut depth = 1;
        let mut quote = None;
        while let Some(c) = self.next() {
            match (quote, c) {
                (None | Some('"'), '\\') => drop(self.next()),
                (None, '\'' | '"') => quote = Some(c),
                (Some(open), c) if open == c => quote = None,
                (None, '(') => depth += 1,
                (None, ')') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let inner = self.chars.get(start..self.at - 1).unwrap_or(&[]);
                return Ok(inner.iter().collect());
            }
        }
        Err("`$(` is never closed".to_owned())
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn open_word(&mut self) -> &mut Word {
        self.word.get_or_insert_with(Word::default)
    }

    fn push(&mut self, c: char) {
        let word = self.open_word();
        if let Some(Piece::Text(text)) = word.pieces.last_mut() {
            text.push(c);
        } else {
            word.pieces.push(Piece::Text(c.to_string()));
        }
    }

    fn piece(&mut self, piece: Piece) {
        self.open_word().pieces.push(piece);
    }

    fn finish(&mut self) {
        self.words.extend(self.word.take());
    }
}

/// Quotes a word so that a shell reads it as one.
pub fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Whether a command goes on in the next line: an open quote, an open `$(`, or a backslash at the end.
pub fn is_open(text: &str) -> bool {
    let text = text.trim_end_matches('\n');
    matches!(split(text, Dollar::Expands), Err(reason) if reason.contains("never closed") || reason.contains("ends with a backslash"))
}

/// Cuts a text of several lines into commands: a newline ends one unless it is quoted, escaped or inside
/// `$( )`. Gives the line number (from 1) of each command's first word.
pub fn statements(text: &str) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    let (mut current, mut first_line, mut line) = (String::new(), 1, 1);
    let (mut quote, mut depth, mut comment) = (None, 0_usize, false);
    let mut chars = text.chars().peekable();
    let mut previous = '\n';
    while let Some(c) = chars.next() {
        if current.trim().is_empty() {
            first_line = line;
        }
        if c == '\n' {
            line += 1;
        }
        match (quote, c) {
            _ if comment && c != '\n' => continue,
            (None, '\n') if depth == 0 => {
                comment = false;
                all.push((first_line, std::mem::take(&mut current)));
                previous = '\n';
                continue;
            }
            (None, '#') if previous.is_whitespace() && depth == 0 => {
                comment = true;
                continue;
            }
            (None | Some('"'), '\\') => {
                current.push(c);
                if let Some(escaped) = chars.next() {
                    line += usize::from(escaped == '\n');
                    current.push(escaped);
                }
                previous = c;
                continue;
            }
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '(') if depth > 0 || previous == '$' => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        current.push(c);
        previous = c;
    }
    all.push((first_line, current));
    all.retain(|(_, command)| !command.trim().is_empty());
    all
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(line: &str) -> Vec<String> {
        split_plain(line).unwrap()
    }

    #[test]
    fn quoting_is_posix() {
        assert_eq!(
            words(r#"a 'b c' "d \" e" f\ g "" # rest"#),
            ["a", "b c", "d \" e", "f g", ""]
        );
        assert_eq!(words("a \\\n  b"), ["a", "b"]);
        assert_eq!(
            words("--query 'a[?b==`c`] | [0]'"),
            ["--query", "a[?b==`c`] | [0]"]
        );
        assert_eq!(words("x#y"), ["x#y"]);
        assert!(is_open("a \\\n") && is_open("a 'b\n") && !is_open("a 'b'\n"));
        assert!(split_plain("a 'b").unwrap_err().contains("never closed"));
        assert!(split_plain("a | b").unwrap_err().contains("pipes"));
        assert!(split_plain("a && b").unwrap_err().contains("one command"));
        assert!(split_plain("a\0b").is_err());
    }

    #[test]
    fn dollars_become_pieces() {
        let all = split("$a \"x${b}y\" $(aws 'a)' $(b)) $5", Dollar::Expands).unwrap();
        assert_eq!(
            all[0].pieces,
            [Piece::Variable {
                name: "a".into(),
                quoted: false
            }]
        );
        assert_eq!(all[1].pieces.len(), 3);
        assert_eq!(
            all[2].pieces,
            [Piece::Command {
                line: "aws 'a)' $(b)".into(),
                quoted: false
            }]
        );
        assert_eq!(all[3].pieces, [Piece::Text("$5".into())]);
    }

    #[test]
    fn statements_keep_quoted_newlines_and_line_numbers() {
        let text = "# head\na 1 \\\n  2\n\nb 'x\ny' # tail\nc=$(d \\\n e)\n";
        let all = statements(text);
        assert_eq!(all.iter().map(|s| s.0).collect::<Vec<_>>(), [2, 5, 7]);
        assert_eq!(all[1].1.trim(), "b 'x\ny'");
    }

    proptest! {
        #[test]
        fn quote_is_the_way_back(all in proptest::collection::vec("[^\0]*", 0..6)) {
            let line = all.iter().map(|w| quote(w)).collect::<Vec<_>>().join(" ");
            prop_assert_eq!(split_plain(&line).unwrap(), all);
        }

        #[test]
        fn any_text_is_split_or_refused(text in any::<String>()) {
            let _ = split(&text, Dollar::Expands);
            let _ = statements(&text);
        }
    }
}
