//! An instance's own shell, as somebody who has logged in meets it.

use super::{disk, look, network, program};
use crate::catalogue::Image;
use crate::clock::{DAY, HOUR, MINUTE, SECOND};
use crate::event::Event;
use crate::ids::InstanceId;
use crate::operations::instance::lifecycle;
use crate::resources::instance::Instance;
use crate::shell::{Host, Ran, Scope};
use crate::world::{Caller, World};

/// The machine while one line runs on it.
#[derive(Debug)]
pub(crate) struct Machine<'a> {
    pub world: &'a mut World,
    pub caller: &'a Caller,
    pub events: &'a mut Vec<Event>,
    pub id: InstanceId,
    /// Who is logged in.
    pub user: String,
    /// How long the line has taken so far, in milliseconds.
    pub milliseconds: u64,
    /// Where the shell is; at home while it has not gone elsewhere.
    pub folder: Option<String>,
}

/// Programs that only root may use to change something.
const FOR_ROOT: [&str; 10] = [
    "dnf", "yum", "apt", "apt-get", "zypper", "iptables", "service", "reboot", "shutdown",
    "poweroff",
];

impl Machine<'_> {
    pub(super) fn instance(&self) -> Option<&Instance> {
        self.world.region(self.caller)?.instances.get(&self.id)
    }

    fn os(&self) -> Option<&'static Image> {
        self.instance()?.os()
    }

    /// The user's home.
    pub(crate) fn home(&self) -> String {
        if self.user == "root" {
            "/root".to_owned()
        } else {
            format!("/home/{}", self.user)
        }
    }

    /// The working directory.
    pub(super) fn folder(&self) -> String {
        self.folder.clone().unwrap_or_else(|| self.home())
    }

    /// A path as the file system knows it, `.` and `..` gone.
    pub(super) fn path(&self, path: &str) -> String {
        let whole = match path.strip_prefix('~') {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => {
                format!("{}{rest}", self.home())
            }
            _ if path.starts_with('/') => path.to_owned(),
            _ => format!("{}/{path}", self.folder()),
        };
        let mut parts: Vec<&str> = Vec::new();
        for part in whole.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        format!("/{}", parts.join("/"))
    }

    /// `cd`: the shell remembers where it is in `PWD`, as every shell does.
    fn change_folder(&mut self, scope: &mut Scope, to: &[String]) -> Ran {
        let from = self.folder();
        let folder = match to {
            [] => self.home(),
            [back] if back == "-" => scope
                .variables
                .get("OLDPWD")
                .cloned()
                .unwrap_or(from.clone()),
            [path] => self.path(path),
            _ => return Ran::fail(1, "bash: cd: too many arguments"),
        };
        scope.variables.insert("OLDPWD".to_owned(), from);
        scope.variables.insert("PWD".to_owned(), folder.clone());
        self.folder = Some(folder);
        Ran::default()
    }

    /// Where the shell of this scope is.
    fn enter(&mut self, scope: &Scope) {
        self.folder = scope.variables.get("PWD").cloned();
    }

    /// Whether the user may write there: their own home and `/tmp`, root anywhere.
    fn may_write(&self, path: &str) -> bool {
        self.user == "root"
            || path.starts_with(&format!("{}/", self.home()))
            || path.starts_with("/tmp/")
    }

    /// A program that changes the machine.
    fn program(&mut self, words: &[&str]) -> Ran {
        let internet = crate::network::reaches_internet(self.world, self.caller, self.id);
        let os = self.os();
        let id = self.id;
        let Some(instance) = self
            .world
            .region_mut(self.caller)
            .and_then(|region| region.instances.get_mut(&id))
        else {
            return Ran::fail(1, "the machine is gone");
        };
        let (done, output) = program::program(&mut instance.guest, os, words, internet);
        self.milliseconds += done.milliseconds;
        let instance = id;
        let started = done.started.into_iter();
        self.events
            .extend(started.map(|service| Event::ServiceStarted { instance, service }));
        let stopped = done.stopped.into_iter();
        self.events
            .extend(stopped.map(|service| Event::ServiceStopped { instance, service }));
        let line = if output.is_empty() {
            output
        } else {
            format!("{output}\n")
        };
        if done.ok {
            Ran::ok(line)
        } else {
            let exit = if line.contains("command not found") {
                127
            } else {
                1
            };
            Ran::fail(exit, line)
        }
    }

    fn sudo(&mut self, scope: &mut Scope, words: &[String], input: &str) -> Ran {
        let words: Vec<String> = words
            .iter()
            .skip_while(|word| matches!(word.as_str(), "-i" | "-E" | "-n" | "-H"))
            .cloned()
            .collect();
        if words.is_empty() {
            return Ran::fail(
                1,
                "usage: sudo command   (a root shell of its own is not modelled: put sudo before each command)",
            );
        }
        let user = std::mem::replace(&mut self.user, "root".to_owned());
        let ran = crate::shell::filter(self, scope, &words, input)
            .unwrap_or_else(|| self.command(scope, &words, input));
        self.user = user;
        ran
    }

    /// `counter start` begins to count seconds in memory; `counter` says how many.
    fn counter(&mut self, words: &[String]) -> Ran {
        let now = self.world.now();
        let id = self.id;
        let Some(row) = self
            .world
            .region_mut(self.caller)
            .and_then(|region| region.instances.get_mut(&id))
        else {
            return Ran::fail(1, "the machine is gone");
        };
        match words.first().map(String::as_str) {
            Some("start") => {
                row.guest.counter = Some(super::Counter::starting(now));
                Ran::ok("counting in memory\n")
            }
            None => match &row.guest.counter {
                Some(counter) => Ran::ok(format!("{}\n", counter.seconds(now))),
                None => Ran::fail(1, "counter: it does not run: counter start"),
            },
            Some(_) => Ran::fail(2, "usage: counter [start]   (the lab's own program)"),
        }
    }

    /// Nothing happens for a while, a day at most.
    fn sleep(&mut self, words: &[String]) -> Ran {
        let mut seconds = 0;
        for word in words {
            let (number, unit) = match word.strip_suffix(['s', 'm', 'h', 'd']) {
                Some(number) => (number, word.chars().last().unwrap_or('s')),
                None => (word.as_str(), 's'),
            };
            let Ok(number) = number.parse::<f64>() else {
                return Ran::fail(1, format!("sleep: invalid time interval '{word}'"));
            };
            let of_unit = match unit {
                'm' => MINUTE,
                'h' => HOUR,
                'd' => DAY,
                _ => SECOND,
            };
            seconds += (number.clamp(0.0, 86_400.0) * of_unit as f64) as u64;
        }
        self.milliseconds += seconds.min(DAY);
        Ran::default()
    }

    /// The operating system stops or restarts the machine.
    fn power(&mut self, words: &[&str]) -> Ran {
        let restarts = words.first() == Some(&"reboot") || words.contains(&"-r");
        let terminates = self.instance().is_some_and(|row| row.shutdown_terminates);
        let (id, caller) = (self.id, self.caller);
        let result = if restarts {
            lifecycle::reboot(self.world, caller, id)
        } else if terminates {
            lifecycle::terminate(self.world, caller, id, self.events)
        } else {
            lifecycle::stop(self.world, caller, id, false, self.events)
        };
        match result {
            Ok(()) => Ran::ok(format!(
                "Connection to {} closed by remote host.\n",
                self.home().rsplit('/').next().unwrap_or_default()
            )),
            Err(refusal) => Ran::fail(1, refusal.message()),
        }
    }
}

impl Host for Machine<'_> {
    fn command(&mut self, scope: &mut Scope, words: &[String], input: &str) -> Ran {
        let Some((name, rest)) = words.split_first() else {
            return Ran::default();
        };
        self.enter(scope);
        let plain: Vec<&str> = words.iter().map(String::as_str).collect();
        let changes = FOR_ROOT.contains(&name.as_str())
            || name == "systemctl"
                && !matches!(
                    rest.first().map(String::as_str),
                    Some("status" | "is-active" | "is-enabled" | "list-units")
                );
        if changes && self.user != "root" {
            return Ran::fail(
                1,
                format!(
                    "{name}: Permission denied. Only root may do this: sudo {}",
                    words.join(" ")
                ),
            );
        }
        match name.as_str() {
            "sudo" => self.sudo(scope, rest, input),
            "exit" | "logout" => {
                scope.ended = true;
                Ran::default()
            }
            "cd" => self.change_folder(scope, rest),
            "clear" => Ran::default(),
            "sleep" => self.sleep(rest),
            "counter" => self.counter(rest),
            "reboot" | "shutdown" | "poweroff" => self.power(&plain),
            "curl" | "wget" | "ping" | "nc" | "dig" | "nslookup" | "host" => {
                network::client(self, scope, &plain)
            }
            _ => disk::program(self, &plain)
                .or_else(|| look::program(self, &plain))
                .unwrap_or_else(|| self.program(&plain)),
        }
    }

    fn read(&mut self, scope: &Scope, path: &str) -> Result<String, String> {
        self.enter(scope);
        let whole = self.path(path);
        if self.user != "root" && whole.starts_with("/root/") {
            return Err("Permission denied".to_owned());
        }
        look::file(self, &whole).ok_or_else(|| "No such file or directory".to_owned())
    }

    fn write(&mut self, scope: &Scope, path: &str, text: &str, add: bool) -> Result<(), String> {
        self.enter(scope);
        let whole = self.path(path);
        if !self.may_write(&whole) {
            return Err("Permission denied".to_owned());
        }
        let id = self.id;
        let instance = self
            .world
            .region_mut(self.caller)
            .and_then(|region| region.instances.get_mut(&id));
        if let Some(instance) = instance {
            let files = &mut instance.guest.files;
            if files.len() > 500 || text.len() > 1 << 18 {
                return Err("No space left on device".to_owned());
            }
            let file = files.entry(whole).or_default();
            if !add {
                file.clear();
            }
            file.push_str(text);
        }
        Ok(())
    }

    fn names(&self, scope: &Scope) -> Vec<String> {
        let here = scope.variables.get("PWD").cloned();
        look::names(self, &here.unwrap_or_else(|| self.home()))
    }
}

/// Takes a file away; what `rm` does.
pub(super) fn remove(machine: &mut Machine<'_>, path: &str) -> Result<(), &'static str> {
    let whole = machine.path(path);
    if !machine.may_write(&whole) {
        return Err("Permission denied");
    }
    let id = machine.id;
    let instance = machine
        .world
        .region_mut(machine.caller)
        .and_then(|region| region.instances.get_mut(&id));
    instance
        .and_then(|row| row.guest.files.remove(&whole))
        .map(drop)
        .ok_or("No such file or directory")
}
