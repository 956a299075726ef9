//! Key files: whether `ssh` takes one, and `ssh-keygen`.

use super::{fail, home};
use crate::answer::Answer;
use crate::engine::Engine;
use crate::files::Files;
use crate::shell::Shell;
use ec2_lab_engine::keys::public_of;

/// What `ssh` says of a key file that others may read; it then does as if the key were not there.
fn unprotected(path: &str, mode: u32) -> String {
    let line = "@".repeat(59);
    format!(
        "{line}\n@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @\n{line}\nPermissions {mode:04o} for '{path}' are too open.\nIt is required that your private key files are NOT accessible by others.\nThis private key will be ignored.\nLoad key \"{path}\": bad permissions\n"
    )
}

impl<E: Engine> Shell<E> {
    /// The private key of a file, and what `ssh` prints about it on the way.
    pub(super) fn private_key(&self, path: &str) -> (Option<String>, String) {
        let kept = self.state.home.get(path);
        if let Some(file) = kept.filter(|file| file.mode & 0o077 != 0) {
            return (None, unprotected(path, file.mode));
        }
        let both = home::Both {
            home: &self.state.home,
            files: &*self.files,
        };
        match both.read(path) {
            Err(_) => (
                None,
                format!(
                    "Warning: Identity file {path} not accessible: No such file or directory.\n"
                ),
            ),
            Ok(bytes) => match String::from_utf8(bytes)
                .ok()
                .filter(|text| public_of(text).is_some())
            {
                Some(text) => (Some(text), String::new()),
                None => (None, format!("Load key \"{path}\": invalid format\n")),
            },
        }
    }

    pub(super) fn ssh_keygen(&mut self, rest: &[&str]) -> Answer {
        match rest {
            ["-y", "-f", path] | ["-yf", path] | ["-f", path, "-y"] => {
                let (key, said) = self.private_key(path);
                match key.and_then(|key| public_of(&key)) {
                    Some(public) => Answer::ok(format!("{public}\n")),
                    None if said.starts_with("Warning") => {
                        fail(255, format!("{path}: No such file or directory"))
                    }
                    None => fail(255, said),
                }
            }
            ["-R", host] => {
                if self.state.known_hosts.remove(*host).is_some() {
                    Answer::ok(format!(
                        "# Host {host} found\n{}/.ssh/known_hosts updated.\n",
                        home::FOLDER
                    ))
                } else {
                    fail(
                        255,
                        format!("Host {host} not found in {}/.ssh/known_hosts", home::FOLDER),
                    )
                }
            }
            _ => fail(
                1,
                "ssh-keygen: this laptop knows -y -f FILE (the public half of a key) and -R HOST; make keys with aws ec2 create-key-pair",
            ),
        }
    }
}
