//! The client's shorthand: `Name=tag:env,Values=[a,b]` instead of JSON.
//!
//! The grammar is the AWS CLI's own, with its habits: a comma may separate values or keys, and which one it
//! is shows only at the next `=`. Types come in a second step, from the shapes table.

mod coerce;

use crate::files::{Files, Loaded};
pub use coerce::coerce;
use ec2_lab_engine::json::{Map, Value};

/// Nesting beyond this is refused: no EC2 shape is a quarter as deep.
const DEEPEST: usize = 50;

/// A text that is not shorthand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShorthandError {
    /// The text breaks the grammar; the message shows where.
    Syntax(String),
    /// A number was expected: the client stops with 255, not 252.
    Number(String),
}

/// Reads one shorthand text into a structure; every scalar is still text.
pub fn parse(text: &str, files: &dyn Files) -> Result<Value, ShorthandError> {
    let mut parser = Parser {
        chars: text.chars().collect(),
        at: 0,
        follow_files: false,
        depth: 0,
        files,
    };
    parser.parameter().map(Value::Object)
}

struct Parser<'a> {
    chars: Vec<char>,
    at: usize,
    follow_files: bool,
    depth: usize,
    files: &'a dyn Files,
}

type Parsed<T> = Result<T, ShorthandError>;

impl Parser<'_> {
    fn parameter(&mut self) -> Parsed<Map> {
        let mut all = Map::new();
        let (key, value) = self.key_value()?;
        all.insert(key, value);
        let mut last = self.at;
        while self.at < self.chars.len() {
            self.expect_spaced(',')?;
            let (key, value) = self.key_value()?;
            if all.contains_key(&key) {
                return Err(self.duplicate(&key, last + 1));
            }
            all.insert(key, value);
            last = self.at;
        }
        Ok(all)
    }

    fn key_value(&mut self) -> Parsed<(String, Value)> {
        let key = self.key_and_sign()?;
        let value = match self.current() {
            None => Value::from(String::new()),
            Some('[') => self.list()?,
            Some('{') => self.structure()?,
            Some(_) => self.comma_values()?,
        };
        Ok((key, value))
    }

    /// `Key=`, or `Key@=` where the value may be a file.
    fn key_and_sign(&mut self) -> Parsed<String> {
        let key = self.take_while(|c| c.is_ascii_alphanumeric() || "-_.#/:".contains(c));
        self.follow_files = self.expect_spaced('@').is_ok();
        self.expect_spaced('=')?;
        Ok(key)
    }

    fn comma_values(&mut self) -> Parsed<Value> {
        let first = self.first_value()?;
        self.spaces();
        if self.current() != Some(',') {
            return Ok(Value::from(first));
        }
        self.expect_spaced(',')?;
        let mut values = vec![first.clone()];
        loop {
            let (value, ended) = match self.next_value() {
                Ok(found) => found,
                Err(error) if self.current().is_none() => return Err(error),
                Err(_) => {
                    // The last word turned out to be the next key: give it back.
                    self.back_to_comma();
                    break;
                }
            };
            values.push(value);
            if ended {
                break;
            }
        }
        if values.len() == 1 {
            return Ok(Value::from(first));
        }
        Ok(Value::Array(values.into_iter().map(Value::from).collect()))
    }

    /// A further value of a comma list, and whether the text ends after it.
    fn next_value(&mut self) -> Parsed<(String, bool)> {
        let value = self.second_value()?;
        self.spaces();
        if self.current().is_none() {
            return Ok((value, true));
        }
        self.expect_spaced(',')?;
        Ok((value, false))
    }

    fn list(&mut self) -> Parsed<Value> {
        self.deeper()?;
        self.expect_spaced('[')?;
        let mut values = Vec::new();
        while self.current() != Some(']') {
            values.push(self.nested_value()?);
            self.separator(']')?;
        }
        self.expect(']')?;
        self.depth -= 1;
        Ok(Value::Array(values))
    }

    fn structure(&mut self) -> Parsed<Value> {
        self.deeper()?;
        self.expect_spaced('{')?;
        let mut all = Map::new();
        while self.current() != Some('}') {
            let key = self.key_and_sign()?;
            let value = self.nested_value()?;
            self.separator('}')?;
            all.insert(key, value);
        }
        self.expect('}')?;
        self.depth -= 1;
        Ok(Value::Object(all))
    }

    fn nested_value(&mut self) -> Parsed<Value> {
        match self.current() {
            Some('[') => self.list(),
            Some('{') => self.structure(),
            _ => self.first_value().map(Value::from),
        }
    }

    fn separator(&mut self, end: char) -> Parsed<()> {
        self.spaces();
        if self.current() != Some(end) {
            self.expect(',')?;
            self.spaces();
        }
        Ok(())
    }

    fn deeper(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(ShorthandError::Syntax(format!(
                "nested deeper than {DEEPEST} levels"
            )));
        }
        Ok(())
    }

    fn first_value(&mut self) -> Parsed<String> {
        match self.current() {
            Some(quote @ ('\'' | '"')) => self.quoted(quote),
            _ => {
                let word = self.word(follows_first);
                self.resolve(word.unwrap_or_default())
            }
        }
    }

    fn second_value(&mut self) -> Parsed<String> {
        match self.current() {
            Some(quote @ ('\'' | '"')) => self.quoted(quote),
            _ => match self.word(follows_second) {
                Some(word) => self.resolve(word),
                None => Err(self.unexpected("<second>", "<none>")),
            },
        }
    }

    /// An unquoted value; `\,` stands for a comma inside it.
    fn word(&mut self, follows: fn(char) -> bool) -> Option<String> {
        let mut word = String::new();
        let mut test: fn(char) -> bool = starts;
        while let Some(c) = self.current() {
            if c == '\\' && self.chars.get(self.at + 1) == Some(&',') {
                word.push(',');
                self.at += 2;
            } else if test(c) {
                word.push(c);
                self.at += 1;
            } else {
                break;
            }
            test = follows;
        }
        (!word.is_empty()).then(|| word.trim_end().to_owned())
    }

    fn quoted(&mut self, quote: char) -> Parsed<String> {
        let start = self.at + 1;
        let mut escaped_quote = None;
        let mut end = None;
        let mut at = start;
        while let Some(&c) = self.chars.get(at) {
            if c == '\\' && self.chars.get(at + 1) == Some(&quote) {
                escaped_quote = Some(at + 1);
                at += 2;
            } else if c == quote {
                end = Some(at);
                break;
            } else {
                at += 1;
            }
        }
        // Without a free closing quote, the last escaped one closes: the client's expression backtracks so.
        let Some(end) = end.or(escaped_quote) else {
            let name = if quote == '"' {
                "<double quoted>"
            } else {
                "<singled quoted>"
            };
            return Err(self.unexpected(name, "<none>"));
        };
        let inner: String = self.chars.get(start..end).unwrap_or(&[]).iter().collect();
        self.at = end + 1;
        self.resolve(
            inner
                .replace(&format!("\\{quote}"), &quote.to_string())
                .replace("\\\\", "\\"),
        )
    }

    fn resolve(&self, value: String) -> Parsed<String> {
        if !self.follow_files {
            return Ok(value);
        }
        let syntax = |text: String| ShorthandError::Syntax(text.trim().to_owned());
        match crate::files::load(self.files, "shorthand", &value)
            .map_err(|refusal| syntax(refusal.text))?
        {
            Loaded::Inline(text) | Loaded::Text(text) => Ok(text),
            Loaded::Bytes(bytes) => Ok(crate::values::base64(&bytes)),
        }
    }

    fn current(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn spaces(&mut self) {
        self.take_while(char::is_whitespace);
    }

    fn take_while(&mut self, test: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(c) = self.current().filter(|c| test(*c)) {
            taken.push(c);
            self.at += 1;
        }
        taken
    }

    fn expect_spaced(&mut self, c: char) -> Parsed<()> {
        self.spaces();
        self.expect(c)?;
        self.spaces();
        Ok(())
    }

    fn expect(&mut self, wanted: char) -> Parsed<()> {
        match self.current() {
            Some(c) if c == wanted => {
                self.at += 1;
                Ok(())
            }
            Some(c) => Err(self.unexpected(&wanted.to_string(), &c.to_string())),
            None => Err(self.unexpected(&wanted.to_string(), "EOF")),
        }
    }

    fn back_to_comma(&mut self) {
        while self.at > 0 && self.current() != Some(',') {
            self.at -= 1;
        }
    }

    fn unexpected(&self, expected: &str, received: &str) -> ShorthandError {
        ShorthandError::Syntax(format!(
            "Expected: '{expected}', received: '{received}' for input:\n{}",
            self.location(self.at)
        ))
    }

    fn duplicate(&self, key: &str, at: usize) -> ShorthandError {
        ShorthandError::Syntax(format!(
            "Second instance of key \"{key}\" encountered for input:\n{}\nThis is often because there is a \
             preceding \",\" instead of a space.",
            self.location(at)
        ))
    }

    /// The input with a caret under the character at `at`.
    fn location(&self, at: usize) -> String {
        let text = |part: &[char]| part.iter().collect::<String>();
        let at = at.min(self.chars.len());
        let (before, after) = self
            .chars
            .split_at_checked(at)
            .unwrap_or((&self.chars, &[]));
        let column = before.iter().rev().take_while(|c| **c != '\n').count();
        let line_end = after.iter().position(|c| *c == '\n').unwrap_or(after.len());
        let (line, rest) = after.split_at_checked(line_end).unwrap_or((after, &[]));
        format!(
            "{}{}\n{}^{}",
            text(before),
            text(line),
            " ".repeat(column),
            text(rest)
        )
    }
}

/// May begin an unquoted value.
fn starts(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !"\"',=[{".contains(c)
}

/// May continue the first value after `=`.
fn follows_first(c: char) -> bool {
    (!c.is_control() || c.is_whitespace()) && !"\"',]}".contains(c)
}

/// May continue a later value of a comma list, where `=` shows that it was a key.
fn follows_second(c: char) -> bool {
    (!c.is_control() || c.is_whitespace()) && !"\"',=".contains(c)
}

#[cfg(test)]
#[path = "shorthand/tests.rs"]
mod tests;
