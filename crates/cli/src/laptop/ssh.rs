//! `ssh` and `scp`: into a machine's shell, as far as the network, sshd, the key and the user let one.

use super::{fail, sort_out, text};
use crate::answer::Answer;
use crate::engine::Engine;
use crate::shell::Shell;
use ec2_lab_engine::json::{Value, json};

/// A login that is open: what is typed goes there until `exit`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// The instance.
    pub instance: String,
    /// Its Region.
    pub region: String,
    /// Who is logged in.
    pub user: String,
    /// The host as it was written.
    pub host: String,
}

impl Session {
    /// What stands before the cursor: `[ec2-user@3.80.1.2 ~]$`.
    pub fn prompt(&self) -> String {
        format!("[{}@{} ~]$", self.user, self.host)
    }
}

const OPTIONS: [&str; 6] = ["-i", "-p", "-P", "-l", "-o", "-F"];

impl<E: Engine> Shell<E> {
    /// `ssh [-i key] [-p port] [user@]host [command]`.
    pub(super) fn ssh(&mut self, rest: &[&str]) -> Answer {
        let (plain, given, _) = sort_out(rest, &OPTIONS);
        let Some((host, command)) = plain.split_first() else {
            return fail(
                255,
                "usage: ssh [-i identity_file] [-l login_name] [-p port] destination [command [argument ...]]",
            );
        };
        let (session, mut said) = match self.log_in(host, &given) {
            Ok(open) => open,
            Err(refused) => return refused,
        };
        if !command.is_empty() {
            let mut answer = self.in_guest_once(&session, &command.join(" "));
            said.push_str(&answer.stderr);
            answer.stderr = said;
            return answer;
        }
        let welcome = format!(
            "{said}You are logged in to {} as {}. Leave with exit.\n",
            session.instance, session.user
        );
        self.state.session = Some(session);
        Answer::ok(welcome)
    }

    /// Connects, offers the key, checks the host's.
    fn log_in(
        &mut self,
        destination: &str,
        given: &[(&str, &str)],
    ) -> Result<(Session, String), Answer> {
        let option = |name: &str| {
            given
                .iter()
                .rfind(|(flag, _)| *flag == name)
                .map(|(_, value)| *value)
        };
        let (user, host) = match destination.split_once('@') {
            Some((user, host)) => (Some(user.to_owned()), host),
            None => (option("-l").map(str::to_owned), destination),
        };
        // Without a name, ssh takes that of the laptop's own user.
        let user = user.unwrap_or_else(|| "learner".to_owned());
        let mut said = String::new();
        let mut input = json!({"Client": "ssh", "User": user});
        let port = option("-p").or_else(|| option("-P"));
        if let (Some(map), Some(port)) = (input.as_object_mut(), port) {
            let port = port
                .parse::<u16>()
                .map_err(|_| fail(255, format!("Bad port '{port}'")))?;
            map.insert("Port".to_owned(), json!(port));
        }
        if let Some(path) = option("-i") {
            let (key, words) = self.private_key(path);
            said.push_str(&words);
            if let (Some(map), Some(key)) = (input.as_object_mut(), key) {
                map.insert("PrivateKey".to_owned(), json!(key));
            }
        }
        let answer = self.attempt(host, input)?;
        let instance = text(&answer, "InstanceId").to_owned();
        let verdict = text(&answer, "Verdict");
        if matches!(verdict, "connected" | "permission-denied") {
            // The host shows its key before it looks at the learner's.
            match self.state.known_hosts.get(host) {
                Some(known) if *known != instance => return Err(fail(255, changed(host))),
                Some(_) => {}
                None => {
                    said.push_str(&format!("Warning: Permanently added '{host}' (ED25519) to the list of known hosts.\n"));
                    self.state
                        .known_hosts
                        .insert(host.to_owned(), instance.clone());
                }
            }
        }
        if verdict != "connected" {
            return Err(fail(255, format!("{said}{}", text(&answer, "Terminal"))));
        }
        let session = Session {
            instance,
            region: text(&answer, "Region").to_owned(),
            user,
            host: host.to_owned(),
        };
        Ok((session, said))
    }

    /// Runs a line in the shell of the one who is logged in.
    pub(crate) fn in_guest(&mut self, session: &Session, line: &str) -> Answer {
        self.run_in_guest(session, line, false)
    }

    /// Runs a line in a shell of its own, which ends with it.
    fn in_guest_once(&mut self, session: &Session, line: &str) -> Answer {
        self.run_in_guest(session, line, true)
    }

    fn run_in_guest(&mut self, session: &Session, line: &str, fresh: bool) -> Answer {
        let input = json!({"InstanceId": session.instance, "User": session.user, "Command": line, "Fresh": fresh});
        match self.ask_in(&session.region, "RunInGuest", &input) {
            Err(_) => {
                self.state.session = None;
                fail(
                    255,
                    format!(
                        "client_loop: send disconnect: Broken pipe\nThe machine {} is not running any more.",
                        session.instance
                    ),
                )
            }
            Ok(answer) => {
                let exit = answer.get("Exit").and_then(Value::as_i64).unwrap_or(0);
                let mut out = text(&answer, "Output").to_owned();
                if answer
                    .get("Ended")
                    .and_then(Value::as_bool)
                    .unwrap_or(false)
                    && self.state.session.take().is_some()
                {
                    out.push_str(&format!("logout\nConnection to {} closed.\n", session.host));
                }
                Answer {
                    exit: i32::try_from(exit).unwrap_or(1),
                    stdout: out,
                    stderr: text(&answer, "Error").to_owned(),
                    advice: None,
                }
            }
        }
    }

    /// `scp [-i key] from to`, one of them `user@host:path`.
    pub(super) fn scp(&mut self, rest: &[&str]) -> Answer {
        let (plain, given, _) = sort_out(rest, &OPTIONS);
        let [from, to] = plain.as_slice() else {
            return fail(1, "usage: scp [-i identity_file] source target");
        };
        let far = |place: &str| {
            let (host, path) = place.split_once(':')?;
            Some((host.to_owned(), path.to_owned()))
        };
        match (far(from), far(to)) {
            (None, Some((host, path))) => {
                let both = super::home::Both {
                    home: &self.state.home,
                    files: &*self.files,
                };
                let Ok(bytes) = crate::files::Files::read(&both, from) else {
                    return fail(
                        1,
                        format!("scp: stat local \"{from}\": No such file or directory"),
                    );
                };
                let name = from.rsplit('/').next().unwrap_or(from);
                let path = match path.as_str() {
                    "" | "." | "~" => name.to_owned(),
                    folder if folder.ends_with('/') => format!("{folder}{name}"),
                    _ => path,
                };
                let body = String::from_utf8_lossy(&bytes);
                let tag = "LAB_END_OF_FILE";
                let line = format!(
                    "cat > {} <<'{tag}'\n{}{}{tag}\n",
                    crate::words::quote(&path),
                    body,
                    if body.ends_with('\n') { "" } else { "\n" }
                );
                match self.log_in(&host, &given) {
                    Ok((session, said)) => copied(self.in_guest_once(&session, &line), said, name),
                    Err(refused) => closed(refused),
                }
            }
            (Some((host, path)), None) => match self.log_in(&host, &given) {
                Err(refused) => closed(refused),
                Ok((session, said)) => {
                    let answer = self
                        .in_guest_once(&session, &format!("cat {}", crate::words::quote(&path)));
                    if answer.exit != 0 {
                        return fail(1, format!("{said}scp: {path}: No such file or directory"));
                    }
                    let name = path.rsplit('/').next().unwrap_or(&path);
                    let to = if matches!(*to, "." | "~" | "./") {
                        name
                    } else {
                        to
                    };
                    match self.state.home.write(to, answer.stdout.as_bytes(), false) {
                        Ok(()) => copied(Answer::default(), said, name),
                        Err(why) => fail(1, format!("scp: {to}: {why}")),
                    }
                }
            },
            _ => fail(
                1,
                "scp: one side is user@host:path, the other a file of this laptop",
            ),
        }
    }
}

fn copied(mut answer: Answer, said: String, name: &str) -> Answer {
    answer.stderr = format!("{said}{}", answer.stderr);
    if answer.exit == 0 {
        answer.stdout = format!("{name}                100%\n");
    }
    answer
}

fn closed(mut refused: Answer) -> Answer {
    refused.stderr.push_str("scp: Connection closed\n");
    refused
}

/// What `ssh` says when an address is another machine than the last time: an Elastic IP address moved, for one.
fn changed(host: &str) -> String {
    let line = "@".repeat(59);
    format!(
        "{line}\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n{line}\nIT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!\nSomeone could be eavesdropping on you right now (man-in-the-middle attack)!\nIt is also possible that a host key has just been changed.\nHost key for {host} has changed and you have requested strict checking.\nHost key verification failed.\n(An Elastic IP address that moved looks just like this. To forget the old key: ssh-keygen -R {host})"
    )
}
