//! Words that reach a person through the client from Python itself: how it writes a text, and how its JSON reader
//! complains (`json.decoder` and its scanner in C, Python 3.11).

/// A text as Python's `repr` writes it.
pub fn repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            letter if letter == quote => out.extend(['\\', letter]),
            letter if letter.is_control() => out.push_str(&format!("\\x{:02x}", u32::from(letter))),
            letter => out.push(letter),
        }
    }
    out.push(quote);
    out
}

/// What Python says about a text that is no JSON: `Expecting value: line 1 column 1 (char 0)`. `None` if it has nothing
/// to say, or nests deeper than anybody writes.
pub fn json_error(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut scanner = Scanner {
        letters: &letters,
        at: 0,
        depth: 0,
    };
    let (words, at) = match scanner.document() {
        Err(Wrong::At(words, at)) => (words, at),
        Ok(()) | Err(Wrong::TooDeep) => return None,
    };
    let before = letters.get(..at).unwrap_or(&letters);
    let line = before.iter().filter(|letter| **letter == '\n').count() + 1;
    let column = before
        .iter()
        .rev()
        .take_while(|letter| **letter != '\n')
        .count()
        + 1;
    Some(format!("{words}: line {line} column {column} (char {at})"))
}

enum Wrong {
    At(&'static str, usize),
    TooDeep,
}

struct Scanner<'a> {
    letters: &'a [char],
    at: usize,
    depth: usize,
}

type Scan = Result<(), Wrong>;

const NAMED: [&str; 6] = ["null", "true", "false", "NaN", "Infinity", "-Infinity"];

impl Scanner<'_> {
    fn document(&mut self) -> Scan {
        if self.now() == Some('\u{feff}') {
            return Err(Wrong::At(
                "Unexpected UTF-8 BOM (decode using utf-8-sig)",
                0,
            ));
        }
        self.spaces();
        self.value()?;
        self.spaces();
        match self.now() {
            None => Ok(()),
            Some(_) => Err(Wrong::At("Extra data", self.at)),
        }
    }

    fn value(&mut self) -> Scan {
        self.depth += 1;
        if self.depth > 130 {
            return Err(Wrong::TooDeep);
        }
        match self.now() {
            Some('"') => self.text()?,
            Some('{') => self.items('}', Self::pair)?,
            Some('[') => self.items(']', Self::value)?,
            _ => {
                let named = NAMED.iter().find(|word| self.is(word));
                let length = named.map_or_else(|| self.number(), |word| word.len());
                if length == 0 {
                    return Err(Wrong::At("Expecting value", self.at));
                }
                self.at += length;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn items(&mut self, end: char, item: fn(&mut Self) -> Scan) -> Scan {
        self.at += 1;
        self.spaces();
        if self.now() == Some(end) {
            self.at += 1;
            return Ok(());
        }
        loop {
            item(self)?;
            self.spaces();
            match self.now() {
                Some(letter) if letter == end => break,
                Some(',') => self.at += 1,
                _ => return Err(Wrong::At("Expecting ',' delimiter", self.at)),
            }
            self.spaces();
        }
        self.at += 1;
        Ok(())
    }

    fn pair(&mut self) -> Scan {
        if self.now() != Some('"') {
            return Err(Wrong::At(
                "Expecting property name enclosed in double quotes",
                self.at,
            ));
        }
        self.text()?;
        self.spaces();
        if self.now() != Some(':') {
            return Err(Wrong::At("Expecting ':' delimiter", self.at));
        }
        self.at += 1;
        self.spaces();
        self.value()
    }

    fn text(&mut self) -> Scan {
        let start = self.at;
        let unterminated = Wrong::At("Unterminated string starting at", start);
        self.at += 1;
        loop {
            match self.now() {
                None => return Err(unterminated),
                Some('"') => break,
                Some(letter) if letter < ' ' => {
                    return Err(Wrong::At("Invalid control character at", self.at));
                }
                Some('\\') => {
                    self.at += 1;
                    match self.now() {
                        None => return Err(unterminated),
                        Some('u') => {
                            let digits = self.letters.get(self.at + 1..self.at + 5);
                            if !digits.is_some_and(|four| four.iter().all(char::is_ascii_hexdigit))
                            {
                                return Err(Wrong::At("Invalid \\uXXXX escape", self.at));
                            }
                            self.at += 5;
                        }
                        Some(letter) if "\"\\/bfnrt".contains(letter) => self.at += 1,
                        Some(_) => return Err(Wrong::At("Invalid \\escape", self.at - 1)),
                    }
                }
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        Ok(())
    }

    /// How long the number is that begins here; 0 if none does.
    fn number(&self) -> usize {
        let digits = |from: usize| {
            let rest = self.letters.get(from..).unwrap_or(&[]);
            rest.iter()
                .take_while(|letter| letter.is_ascii_digit())
                .count()
        };
        let letter = |at: usize| self.letters.get(at).copied();
        let start = self.at + usize::from(self.now() == Some('-'));
        let mut at = start
            + if letter(start) == Some('0') {
                1
            } else {
                digits(start)
            };
        if at == start {
            return 0;
        }
        if letter(at) == Some('.') && digits(at + 1) > 0 {
            at += 1 + digits(at + 1);
        }
        if matches!(letter(at), Some('e' | 'E')) {
            let sign = usize::from(matches!(letter(at + 1), Some('+' | '-')));
            if digits(at + 1 + sign) > 0 {
                at += 1 + sign + digits(at + 1 + sign);
            }
        }
        at - self.at
    }

    fn is(&self, word: &str) -> bool {
        let rest = self.letters.get(self.at..).unwrap_or(&[]);
        word.chars().eq(rest.iter().copied().take(word.len()))
    }

    fn now(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn spaces(&mut self) {
        while matches!(self.now(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each text with what Python 3.11's `json.loads` said about it.
    #[test]
    fn json_errors_are_pythons() {
        for (text, said) in [
            ("", "Expecting value: line 1 column 1 (char 0)"),
            ("  ", "Expecting value: line 1 column 3 (char 2)"),
            (
                "{",
                "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
            ),
            ("[", "Expecting value: line 1 column 2 (char 1)"),
            (
                "{\"a\":1",
                "Expecting ',' delimiter: line 1 column 7 (char 6)",
            ),
            ("[{\"a\":1},]", "Expecting value: line 1 column 10 (char 9)"),
            (
                "[{'a':1}]",
                "Expecting property name enclosed in double quotes: line 1 column 3 (char 2)",
            ),
            (
                "{\"a\" 1}",
                "Expecting ':' delimiter: line 1 column 6 (char 5)",
            ),
            ("{\"a\":}", "Expecting value: line 1 column 6 (char 5)"),
            (
                "{\"a\":1,}",
                "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)",
            ),
            ("[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"),
            (
                "\"abc",
                "Unterminated string starting at: line 1 column 1 (char 0)",
            ),
            (
                "\"a\tb\"",
                "Invalid control character at: line 1 column 3 (char 2)",
            ),
            ("\"\\x\"", "Invalid \\escape: line 1 column 2 (char 1)"),
            (
                "\"\\u12g4\"",
                "Invalid \\uXXXX escape: line 1 column 3 (char 2)",
            ),
            ("01", "Extra data: line 1 column 2 (char 1)"),
            ("1.", "Extra data: line 1 column 2 (char 1)"),
            ("-", "Expecting value: line 1 column 1 (char 0)"),
            ("nul", "Expecting value: line 1 column 1 (char 0)"),
            ("[1]x", "Extra data: line 1 column 4 (char 3)"),
            (
                "{\"a\":\n  [1,\n 2,]}",
                "Expecting value: line 3 column 4 (char 15)",
            ),
            (
                "\u{feff}{}",
                "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)",
            ),
            (
                "\"é\n",
                "Invalid control character at: line 1 column 3 (char 2)",
            ),
            (
                "{\"a\":1 \"b\":2}",
                "Expecting ',' delimiter: line 1 column 8 (char 7)",
            ),
            ("[1,", "Expecting value: line 1 column 4 (char 3)"),
            (
                "{\"a\"",
                "Expecting ':' delimiter: line 1 column 5 (char 4)",
            ),
            (
                "\"\\",
                "Unterminated string starting at: line 1 column 1 (char 0)",
            ),
        ] {
            assert_eq!(json_error(text).as_deref(), Some(said), "{text}");
        }
        assert_eq!(
            json_error(r#"{"a": [1, -2.5e+3, NaN, "\u00e9"], "b": {}}"#),
            None
        );
    }

    #[test]
    fn texts_are_written_as_python_does() {
        assert_eq!(repr("a"), "'a'");
        assert_eq!(repr("it's"), "\"it's\"");
        assert_eq!(repr("a'b\"c\\\n\u{1}é"), "'a\\'b\"c\\\\\\n\\x01é'");
    }
}
