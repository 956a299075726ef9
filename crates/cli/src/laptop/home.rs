//! The home directory: files with their permissions, in memory, kept with the shell's state.

use crate::files::Files;
use std::collections::BTreeMap;

/// Where it lies.
pub const FOLDER: &str = "/home/learner";
/// How much it holds at most.
const MOST: usize = 1 << 20;

/// A file of the laptop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HomeFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its permission bits: `0o644` unless `chmod` changed them.
    pub mode: u32,
}

/// The files of the laptop by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home(pub BTreeMap<String, HomeFile>);

impl Home {
    /// A path as the name of a file here; `None` for one that lies elsewhere.
    pub fn name(path: &str) -> Option<String> {
        let inside = path
            .strip_prefix("~/")
            .or_else(|| {
                path.strip_prefix(FOLDER)
                    .and_then(|rest| rest.strip_prefix('/'))
            })
            .unwrap_or(path);
        let inside = inside.trim_start_matches("./");
        (!inside.is_empty() && !inside.starts_with('/') && !inside.contains(".."))
            .then(|| inside.to_owned())
    }

    /// The file of this path.
    pub fn get(&self, path: &str) -> Option<&HomeFile> {
        self.0.get(&Home::name(path)?)
    }

    /// Writes a file, or adds to it.
    ///
    /// # Errors
    /// The operating system's words.
    pub fn write(&mut self, path: &str, bytes: &[u8], add: bool) -> Result<(), String> {
        let name = Home::name(path).ok_or_else(|| "Permission denied".to_owned())?;
        let held: usize = self.0.values().map(|file| file.bytes.len()).sum();
        if held + bytes.len() > MOST {
            return Err("No space left on device".to_owned());
        }
        let file = self.0.entry(name).or_insert_with(|| HomeFile {
            bytes: Vec::new(),
            mode: 0o644,
        });
        if file.mode & 0o200 == 0 {
            return Err("Permission denied".to_owned());
        }
        if !add {
            file.bytes.clear();
        }
        file.bytes.extend_from_slice(bytes);
        Ok(())
    }
}

/// The home directory in front of other files.
pub struct Both<'a> {
    /// Looked in first.
    pub home: &'a Home,
    /// Looked in then.
    pub files: &'a dyn Files,
}

impl Files for Both<'_> {
    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        match self.home.get(name) {
            Some(file) => Ok(file.bytes.clone()),
            None => self.files.read(name),
        }
    }
}
