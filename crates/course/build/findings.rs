//! What is wrong with the content, collected instead of stopping at the first, and a strict reader of TOML tables.

use std::collections::BTreeSet;
use toml::{Table, Value};

/// A content file.
pub struct Source {
    /// Its path from the repository's top: `content/quiz/ports/only-https-is-open.toml`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Every mistake found so far.
#[derive(Default)]
pub struct Findings(Vec<String>);

impl Findings {
    /// Notes a mistake in a file.
    pub fn add(&mut self, file: &str, what: impl AsRef<str>) {
        // One finding is one line to Cargo.
        self.0
            .push(format!("{file}: {}", what.as_ref().replace('\n', " ")));
    }

    /// All of them.
    pub fn all(&self) -> &[String] {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A table that is read key by key; what is missing, mistyped or left over is a finding.
pub struct Reader<'a> {
    table: &'a Table,
    file: &'a str,
    /// Where in the file: `options 2`, or nothing for the top.
    place: String,
    seen: BTreeSet<&'static str>,
}

impl<'a> Reader<'a> {
    /// A reader of the table at `place`.
    pub fn new(table: &'a Table, file: &'a str, place: impl Into<String>) -> Self {
        Reader {
            table,
            file,
            place: place.into(),
            seen: BTreeSet::new(),
        }
    }

    /// Notes a mistake in this table.
    pub fn complain(&self, findings: &mut Findings, what: impl AsRef<str>) {
        let colon = if self.place.is_empty() { "" } else { ": " };
        findings.add(self.file, format!("{}{colon}{}", self.place, what.as_ref()));
    }

    /// The value of a key that may be missing.
    pub fn value(&mut self, key: &'static str) -> Option<&'a Value> {
        self.seen.insert(key);
        self.table.get(key)
    }

    /// A text that must be there and not be empty.
    pub fn text(&mut self, key: &'static str, findings: &mut Findings) -> String {
        match self.optional_text(key, findings) {
            Some(text) => text,
            None if self.table.contains_key(key) => String::new(),
            None => {
                self.complain(findings, format!("`{key}` is missing"));
                String::new()
            }
        }
    }

    /// A text that may be missing, but not be empty.
    pub fn optional_text(&mut self, key: &'static str, findings: &mut Findings) -> Option<String> {
        let Some(text) = self.value(key)?.as_str() else {
            self.complain(findings, format!("`{key}` must be a text"));
            return None;
        };
        if text.trim().is_empty() {
            self.complain(findings, format!("`{key}` is empty"));
            return None;
        }
        Some(text.trim().to_owned())
    }

    /// A truth value; `false` when it is missing.
    pub fn flag(&mut self, key: &'static str, findings: &mut Findings) -> bool {
        let value = self.value(key);
        let flag = value.map(Value::as_bool);
        if flag == Some(None) {
            self.complain(findings, format!("`{key}` must be true or false"));
        }
        flag.flatten().unwrap_or(false)
    }

    /// A list of texts that must be there.
    pub fn texts(&mut self, key: &'static str, findings: &mut Findings) -> Vec<String> {
        let items = self.value(key).and_then(Value::as_array);
        let texts: Option<Vec<String>> = items.and_then(|items| {
            items
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect()
        });
        let texts = texts.filter(|texts| !texts.is_empty());
        texts.unwrap_or_else(|| {
            self.complain(
                findings,
                format!("`{key}` must be a list of texts that is not empty"),
            );
            Vec::new()
        })
    }

    /// The tables of `[[key]]`; empty when it is missing.
    pub fn tables(&mut self, key: &'static str, findings: &mut Findings) -> Vec<&'a Table> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let tables: Option<Vec<&Table>> = value
            .as_array()
            .and_then(|items| items.iter().map(Value::as_table).collect());
        tables.unwrap_or_else(|| {
            self.complain(findings, format!("`{key}` must be written as [[{key}]]"));
            Vec::new()
        })
    }

    /// Notes every key that nobody has asked for.
    pub fn finish(self, findings: &mut Findings) {
        for key in self
            .table
            .keys()
            .filter(|key| !self.seen.contains(key.as_str()))
        {
            self.complain(findings, format!("unknown key `{key}`"));
        }
    }
}

/// Whether a name is made of lower-case words and numbers joined by single hyphens.
pub fn is_kebab(name: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    name.split('-').all(word)
}
