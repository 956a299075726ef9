//! The files that a command line may name (`file://`, `fileb://`). The crate itself never touches a disk.

use crate::answer::Refusal;
use std::collections::BTreeMap;

/// Where `file://NAME` looks.
pub trait Files {
    /// The bytes of the file of that name, or the operating system's words for why not.
    fn read(&self, name: &str) -> Result<Vec<u8>, String>;
}

/// Files in memory: the laptop of the page, and tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryFiles(pub BTreeMap<String, Vec<u8>>);

impl MemoryFiles {
    /// Files from names and texts.
    pub fn new<N: Into<String>, T: Into<Vec<u8>>>(files: impl IntoIterator<Item = (N, T)>) -> Self {
        MemoryFiles(
            files
                .into_iter()
                .map(|(name, text)| (name.into(), text.into()))
                .collect(),
        )
    }
}

impl Files for MemoryFiles {
    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        let plain = |name: &str| {
            name.trim_start_matches("~/")
                .trim_start_matches("./")
                .to_owned()
        };
        let found = self.0.get(name).or_else(|| self.0.get(&plain(name)));
        found
            .cloned()
            .ok_or_else(|| format!("[Errno 2] No such file or directory: '{name}'"))
    }
}

/// What a value is after `file://` and `fileb://` have been followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// The value stood on the command line.
    Inline(String),
    /// `file://`: text.
    Text(String),
    /// `fileb://`: bytes.
    Bytes(Vec<u8>),
}

impl Loaded {
    /// The value as text; `fileb://` bytes must then be UTF-8.
    pub fn into_text(self, option: &str) -> Result<String, Refusal> {
        match self {
            Loaded::Inline(text) | Loaded::Text(text) => Ok(text),
            Loaded::Bytes(bytes) => String::from_utf8(bytes).map_err(|_| {
                Refusal::parsing(option, "the file is not text, and this option takes text")
            }),
        }
    }

    /// The raw bytes behind the value.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Loaded::Inline(text) | Loaded::Text(text) => text.as_bytes(),
            Loaded::Bytes(bytes) => bytes,
        }
    }
}

/// Follows `file://` or `fileb://` in the value of `option`.
pub fn load(files: &dyn Files, option: &str, value: &str) -> Result<Loaded, Refusal> {
    let read = |name: &str| {
        files.read(name).map_err(|reason| {
            Refusal::parsing(
                option,
                format!("Unable to load paramfile {value}: {reason}"),
            )
        })
    };
    if let Some(name) = value.strip_prefix("fileb://") {
        return Ok(Loaded::Bytes(read(name)?));
    }
    let Some(name) = value.strip_prefix("file://") else {
        return Ok(Loaded::Inline(value.to_owned()));
    };
    String::from_utf8(read(name)?).map(Loaded::Text).map_err(|_| {
        let message = format!(
            "Unable to load paramfile ({name}), text contents could not be decoded.  If this is a binary file, \
             please use the fileb:// prefix instead of the file:// prefix."
        );
        Refusal::parsing(option, message)
    })
}
