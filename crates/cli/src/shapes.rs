//! Reads the table of EC2 names and types (`data/ec2.shapes`), lazily and without copying its text.
//!
//! One line a thing, in sections that begin with `@`. A member is written `*Name:type`, where `*` marks a
//! required one and a missing type means string. Types: `i` integer, `l` long, `b` boolean, `d` double,
//! `f` float, `t` timestamp, `x` blob, `[T` list of T, `Name` a structure or enum of that name, `>N`
//! behind a scalar or before a list a minimum value or size. `cargo xtask shapes` writes the file.

use crate::names::kebab;
use std::collections::BTreeMap;
use std::sync::OnceLock;

static TEXT: &str = include_str!("../data/ec2.shapes");
static OTHER_SERVICES: &str = include_str!("../data/services.shapes");

/// The type of a value, as a reference into the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Type(&'static str);

/// A [`Type`], looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text; `values` is empty unless the model lists the known values.
    String {
        /// The least number of characters that the client lets pass.
        min: u64,
        /// Known values; AWS accepts others too, so they serve help and completion only.
        values: Vec<&'static str>,
    },
    /// A whole number.
    Integer {
        /// The least value that the client lets pass.
        min: Option<i64>,
        /// Whether the model calls it `long`: the client then checks it earlier.
        long: bool,
    },
    /// A floating point number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A point in time, written as text.
    Timestamp,
    /// Bytes, written in base64.
    Blob,
    /// A list.
    List {
        /// The least number of elements that the client lets pass.
        min: u64,
        /// The type of every element.
        element: Type,
    },
    /// A structure with named members.
    Structure(Vec<Member>),
}

/// A named part of a structure or of an operation's input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The API name: `InstanceIds`.
    pub name: &'static str,
    /// Whether AWS refuses the request without it.
    pub required: bool,
    /// Its type.
    pub of: Type,
}

/// How the client goes through the pages of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    /// The member that limits a page, if the operation has one.
    pub limit: Option<&'static str>,
    /// The lists that grow with every page; the first one is what `--max-items` counts.
    pub results: Vec<&'static str>,
}

/// One line of a waiter's rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acceptor {
    /// `success`, `failure` or `retry`.
    pub state: &'static str,
    /// `path`, `pathAll`, `pathAny`, `error` or `status`.
    pub matcher: &'static str,
    /// The expected value, as JSON.
    pub expected: &'static str,
    /// The JMESPath expression for the `path` matchers.
    pub argument: &'static str,
}

/// What `aws ec2 wait NAME` polls for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// The API name: `InstanceRunning`.
    pub name: &'static str,
    /// The operation it polls.
    pub operation: &'static str,
    /// Seconds between two polls.
    pub delay: u64,
    /// Polls before it gives up.
    pub attempts: u64,
    /// The rules, in order.
    pub acceptors: Vec<Acceptor>,
}

/// The whole table.
pub struct Table {
    operations: BTreeMap<&'static str, &'static str>,
    structures: BTreeMap<&'static str, &'static str>,
    enums: BTreeMap<&'static str, &'static str>,
    pages: BTreeMap<&'static str, &'static str>,
    waiters: BTreeMap<String, &'static str>,
    commands: BTreeMap<String, &'static str>,
    other_commands: BTreeMap<String, &'static str>,
    /// The waiters of services beside EC2, by service and name.
    service_waiters: BTreeMap<&'static str, BTreeMap<String, &'static str>>,
    /// The commands of services beside EC2, by service and command.
    services: BTreeMap<&'static str, BTreeMap<String, &'static str>>,
}

/// The table, read on first use.
pub fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::read(&[TEXT, OTHER_SERVICES]))
}

impl Table {
    fn read(texts: &[&'static str]) -> Self {
        let mut table = Table {
            operations: BTreeMap::new(),
            structures: BTreeMap::new(),
            enums: BTreeMap::new(),
            pages: BTreeMap::new(),
            waiters: BTreeMap::new(),
            commands: BTreeMap::new(),
            other_commands: BTreeMap::new(),
            service_waiters: BTreeMap::new(),
            services: BTreeMap::new(),
        };
        let mut section = "";
        for line in texts
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| !line.starts_with('#'))
        {
            if line.starts_with('@') {
                section = line;
                continue;
            }
            let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
            match section {
                "@operations" => {
                    table.commands.insert(kebab(name), name);
                    table.operations.insert(name, rest);
                }
                "@structures" => drop(table.structures.insert(name, rest)),
                "@enums" => drop(table.enums.insert(name, rest)),
                "@pages" => drop(table.pages.insert(name, rest)),
                "@waiters" => {
                    let waiter = line.split('\t').next().unwrap_or("");
                    table.waiters.insert(kebab(waiter), line);
                }
                "@others" => table
                    .other_commands
                    .extend(line.split(' ').map(|name| (kebab(name), name))),
                _ => {
                    if let Some(service) = section.strip_prefix("@waiters ") {
                        let waiter = line.split('\t').next().unwrap_or("");
                        let waiters = table.service_waiters.entry(service).or_default();
                        waiters.insert(kebab(waiter), line);
                    } else if let Some(service) = section.strip_prefix("@service ") {
                        let commands = table.services.entry(service).or_default();
                        commands.insert(kebab(name), name);
                        table.operations.insert(name, rest);
                    }
                }
            }
        }
        table
    }

    /// The services beside EC2 of which the table has operations.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        self.services.keys().copied()
    }

    /// The commands of a service beside EC2, with their API names; `None` for a service that the table does not have.
    pub fn service(&self, service: &str) -> Option<&BTreeMap<String, &'static str>> {
        self.services.get(service)
    }

    /// The service whose operation this is, as the command line names it.
    pub fn service_of(&self, operation: &str) -> &str {
        self.services
            .iter()
            .find(|(_, commands)| commands.values().any(|name| *name == operation))
            .map_or("ec2", |(service, _)| service)
    }

    /// The API name of a command in the table: `run-instances` is `RunInstances`.
    pub fn operation_of(&self, command: &str) -> Option<&'static str> {
        self.commands.get(command).copied()
    }

    /// The API name of an EC2 command that AWS has, but whose shapes the table leaves out.
    pub fn other_operation_of(&self, command: &str) -> Option<&'static str> {
        self.other_commands.get(command).copied()
    }

    /// Whether the table describes the input of this API operation.
    pub fn has(&self, operation: &str) -> bool {
        self.operations.contains_key(operation)
    }

    /// The commands whose shapes the table has, in alphabetical order.
    pub fn commands(&self) -> impl Iterator<Item = &str> {
        self.commands.keys().map(String::as_str)
    }

    /// The commands that AWS has beyond those.
    pub fn other_commands(&self) -> impl Iterator<Item = &str> {
        self.other_commands.keys().map(String::as_str)
    }

    /// The members of an operation's input, in the model's order.
    pub fn input(&self, operation: &str) -> Option<Vec<Member>> {
        self.operations.get(operation).map(|line| members(line))
    }

    /// How to go through the pages of this operation, if it has pages.
    pub fn pages(&self, operation: &str) -> Option<Pages> {
        let mut words = self.pages.get(operation)?.split(' ');
        let limit = words.next().filter(|limit| *limit != "-");
        Some(Pages {
            limit,
            results: words.collect(),
        })
    }

    fn waiters_of(&self, service: &str) -> Option<&BTreeMap<String, &'static str>> {
        if service == "ec2" {
            Some(&self.waiters)
        } else {
            self.service_waiters.get(service)
        }
    }

    /// The command line names of a service's waiters.
    pub fn waiters(&self, service: &str) -> impl Iterator<Item = &str> {
        let names = self.waiters_of(service).into_iter().flatten();
        names.map(|(name, _)| name.as_str())
    }

    /// The waiter of that command line name (`instance-running`).
    pub fn waiter(&self, service: &str, command: &str) -> Option<Waiter> {
        let mut fields = self.waiters_of(service)?.get(command)?.split('\t');
        Some(Waiter {
            name: fields.next()?,
            operation: fields.next()?,
            delay: fields.next()?.parse().ok()?,
            attempts: fields.next()?.parse().ok()?,
            acceptors: fields.filter_map(acceptor).collect(),
        })
    }
}

fn acceptor(field: &'static str) -> Option<Acceptor> {
    let mut parts = field.splitn(4, ' ');
    Some(Acceptor {
        state: parts.next()?,
        matcher: parts.next()?,
        expected: parts.next()?,
        argument: parts.next()?,
    })
}

fn members(line: &'static str) -> Vec<Member> {
    line.split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| {
            let (name, of) = word.split_once(':').unwrap_or((word, ""));
            let required = name.starts_with('*');
            Member {
                name: name.trim_start_matches('*'),
                required,
                of: Type(of),
            }
        })
        .collect()
}

impl Type {
    /// Plain text: the type of options that the client itself adds.
    pub const STRING: Type = Type("");

    /// Looks the type up.
    pub fn kind(self) -> Kind {
        let table = table();
        let (own_minimum, rest) = minimum(self.0);
        if let Some(element) = rest.strip_prefix('[') {
            return Kind::List {
                min: own_minimum.unwrap_or(0),
                element: Type(element),
            };
        }
        if let Some(line) = table.structures.get(self.0) {
            return Kind::Structure(members(line));
        }
        if let Some(values) = table.enums.get(self.0) {
            return Kind::String {
                min: 0,
                values: values.split('|').collect(),
            };
        }
        let letters = self.0.len()
            - self
                .0
                .trim_start_matches(|c: char| c.is_ascii_lowercase())
                .len();
        let (letter, rest) = self.0.split_at(letters);
        let (min, _) = minimum(rest);
        let whole = |long| Kind::Integer {
            min: min.and_then(|min| i64::try_from(min).ok()),
            long,
        };
        match letter {
            "i" => whole(false),
            "l" => whole(true),
            "b" => Kind::Boolean,
            "d" | "f" => Kind::Float,
            "t" => Kind::Timestamp,
            "x" => Kind::Blob,
            _ => Kind::String {
                min: min.unwrap_or(0),
                values: Vec::new(),
            },
        }
    }

    /// The word that AWS's help uses for the type.
    pub fn word(self) -> &'static str {
        match self.kind() {
            Kind::String { .. } => "string",
            Kind::Integer { long: true, .. } => "long",
            Kind::Integer { .. } => "integer",
            Kind::Float => "double",
            Kind::Boolean => "boolean",
            Kind::Timestamp => "timestamp",
            Kind::Blob => "blob",
            Kind::List { .. } => "list",
            Kind::Structure(_) => "structure",
        }
    }
}

/// Splits a leading `>N` off.
fn minimum(text: &'static str) -> (Option<u64>, &'static str) {
    let Some(rest) = text.strip_prefix('>') else {
        return (None, text);
    };
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    (digits.parse().ok(), rest)
}

#[cfg(test)]
#[path = "shapes/tests.rs"]
mod tests;
