//! A number that changes when any file in a list of folders changes: how a build is known to be current.
//!
//! Contents are hashed, not times: a checkout makes files newer, and `trunk serve` may write a development
//! build into `dist/` that no clock could tell from ours. All sources together hash in milliseconds.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::steps::{Context, Outcome};

/// The hash of every file under the given files and folders; a missing one counts as absent.
pub fn of(root: &Path, names: &[&str]) -> Outcome<u64> {
    let mut hasher = DefaultHasher::new();
    for name in names {
        for file in files(&root.join(name))? {
            file.strip_prefix(root).unwrap_or(&file).hash(&mut hasher);
            fs::read(&file)
                .context(format!("cannot read {}", file.display()))?
                .hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

/// Every file under a path in a fixed order; the path itself if it is a file, nothing if it is absent.
pub fn files(path: &Path) -> Outcome<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut entries = fs::read_dir(path)
        .and_then(|entries| {
            entries
                .map(|entry| Ok(entry?.path()))
                .collect::<Result<Vec<_>, _>>()
        })
        .context(format!("cannot list {}", path.display()))?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        found.extend(files(&entry)?);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_renamed_or_removed_file_changes_the_fingerprint() {
        let root = std::env::temp_dir().join(format!("ec2-lab-fingerprint-{}", std::process::id()));
        fs::create_dir_all(root.join("a")).unwrap();
        fs::write(root.join("a/one"), "1").unwrap();
        let read = || {
            of(&root, &["a", "absent"])
                .map_err(|f| f.to_string())
                .unwrap()
        };
        let first = read();
        assert_eq!(first, read(), "the same files give the same fingerprint");
        fs::write(root.join("a/one"), "2").unwrap();
        let changed = read();
        fs::rename(root.join("a/one"), root.join("a/two")).unwrap();
        let renamed = read();
        fs::remove_file(root.join("a/two")).unwrap();
        let removed = read();
        fs::remove_dir_all(&root).unwrap();
        assert!(first != changed && changed != renamed && renamed != removed);
    }
}
