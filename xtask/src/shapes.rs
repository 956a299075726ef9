//! Writes `crates/cli/data/ec2.shapes`: the names and types of every EC2 operation the command line knows.
//!
//! The source is botocore's public EC2 model (PyPI package `botocore`, Apache-2.0, folder
//! `botocore/data/ec2/2016-11-15`). Only names, types, required marks, minimum sizes and enum
//! values are taken; no documentation text.
//!
//! `cargo xtask shapes --model DIR [--scope FILE] [--add NAMES] [--outputs] [--to FILE]`
#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers `null` for a name it lacks"
)]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

/// Where the table stands in the repository.
const TABLE: &str = "crates/cli/data/ec2.shapes";
/// Enums with more values than this are left out: only `InstanceType`-like lists are that long,
/// and those are completed from the engine's own catalogue instead.
const LONGEST_ENUM: usize = 100;

/// Generates the table. `--scope` is a file of CLI operation names, one or more a line; without it the
/// operations of the present table are kept. `--add` names further ones: `"enable-image disable-image"`.
pub fn run(args: &[String]) -> Result<(), String> {
    let option = |name: &str| {
        args.iter()
            .position(|arg| arg == name)
            .and_then(|at| args.get(at + 1))
            .map(String::as_str)
    };
    let model = option("--model").ok_or("--model DIR is needed: botocore's data/ec2/2016-11-15")?;
    let target = option("--to").unwrap_or(TABLE);
    let mut scope: BTreeSet<String> = match option("--scope") {
        Some(file) => read(Path::new(file))?
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        None => operations_of_table(&read(Path::new(target))?),
    };
    let added = option("--add").unwrap_or_default().split_whitespace();
    scope.extend(added.map(str::to_owned));
    let service = json(&Path::new(model).join("service-2.json.gz"))?;
    let pages = json(&Path::new(model).join("paginators-1.json"))?;
    let waiters = json(&Path::new(model).join("waiters-2.json"))?;
    let mut table = Table::new(&service, &scope);
    let text = table.render(&pages, &waiters, args.iter().any(|arg| arg == "--outputs"))?;
    std::fs::write(target, &text).map_err(|error| format!("{target}: {error}"))?;
    println!(
        "{target}: {} operations, {} bytes",
        table.names.len(),
        text.len()
    );
    Ok(())
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn json(path: &Path) -> Result<Value, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut text = String::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        flate2::read::GzDecoder::new(bytes.as_slice())
            .read_to_string(&mut text)
            .map_err(|error| format!("{}: {error}", path.display()))?;
    } else {
        text = String::from_utf8(bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The CLI names of the operations in an existing table.
fn operations_of_table(table: &str) -> BTreeSet<String> {
    table
        .lines()
        .skip_while(|line| *line != "@operations")
        .skip(1)
        .take_while(|line| !line.starts_with('@'))
        .filter_map(|line| line.split(' ').next())
        .map(kebab)
        .collect()
}

/// botocore's `xform_name(name, '-')`.
fn kebab(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|i| chars.get(i));
        let after = chars.get(at + 1);
        let starts_word = c.is_ascii_uppercase()
            && before.is_some_and(|b| {
                b.is_ascii_lowercase()
                    || b.is_ascii_digit()
                    || (b.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase))
            });
        if starts_word && !out.ends_with('-') {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

struct Table<'a> {
    service: &'a Value,
    names: Vec<String>,
    others: Vec<String>,
    structures: BTreeMap<String, String>,
    enums: BTreeMap<String, String>,
}

impl<'a> Table<'a> {
    fn new(service: &'a Value, scope: &BTreeSet<String>) -> Self {
        let all = service["operations"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone());
        let (mut names, mut others): (Vec<_>, Vec<_>) =
            all.partition(|name| scope.contains(&kebab(name)));
        names.sort();
        others.sort();
        Table {
            service,
            names,
            others,
            structures: BTreeMap::new(),
            enums: BTreeMap::new(),
        }
    }

    fn render(&mut self, pages: &Value, waiters: &Value, outputs: bool) -> Result<String, String> {
        let mut inputs = String::new();
        let mut answers = String::new();
        for name in self.names.clone() {
            let operation = &self.service["operations"][&name];
            let line = |table: &mut Self, part: &str| match operation[part]["shape"].as_str() {
                Some(shape) => table.members(shape),
                None => Ok(String::new()),
            };
            let _ = writeln!(
                inputs,
                "{}",
                format!("{name} {}", line(self, "input")?).trim_end()
            );
            if outputs {
                let _ = writeln!(
                    answers,
                    "{}",
                    format!("{name} {}", line(self, "output")?).trim_end()
                );
            }
        }
        let mut text = String::from(
            "# EC2 API shapes: names and types only, written by `cargo xtask shapes` from botocore's model (Apache-2.0).\n",
        );
        let _ = write!(text, "@operations\n{inputs}");
        if outputs {
            let _ = write!(text, "@outputs\n{answers}");
        }
        text.push_str("@structures\n");
        for (name, members) in &self.structures {
            let _ = writeln!(text, "{}", format!("{name} {members}").trim_end());
        }
        text.push_str("@enums\n");
        for (name, values) in &self.enums {
            let _ = writeln!(text, "{name} {values}");
        }
        text.push_str("@pages\n");
        for name in &self.names {
            self.page(&mut text, name, &pages["pagination"][name]);
        }
        text.push_str("@waiters\n");
        for (name, waiter) in waiters["waiters"].as_object().into_iter().flatten() {
            self.waiter(&mut text, name, waiter);
        }
        let _ = writeln!(text, "@others\n{}", self.others.join(" "));
        Ok(text)
    }

    fn page(&self, text: &mut String, name: &str, page: &Value) {
        let keys: Vec<&str> = match &page["result_key"] {
            Value::String(key) => vec![key],
            Value::Array(keys) => keys.iter().filter_map(Value::as_str).collect(),
            _ => return,
        };
        let limit = page["limit_key"].as_str().unwrap_or("-");
        let _ = writeln!(text, "{name} {limit} {}", keys.join(" "));
    }

    fn waiter(&self, text: &mut String, name: &str, waiter: &Value) {
        let Some(operation) = waiter["operation"]
            .as_str()
            .filter(|o| self.names.iter().any(|n| n == o))
        else {
            return;
        };
        let _ = write!(
            text,
            "{name}\t{operation}\t{}\t{}",
            waiter["delay"], waiter["maxAttempts"]
        );
        for acceptor in waiter["acceptors"].as_array().into_iter().flatten() {
            let part = |key: &str| acceptor[key].as_str().unwrap_or("");
            let (state, matcher, argument) = (part("state"), part("matcher"), part("argument"));
            let _ = write!(
                text,
                "\t{state} {matcher} {} {argument}",
                acceptor["expected"]
            );
        }
        text.push('\n');
    }

    fn members(&mut self, shape: &str) -> Result<String, String> {
        let definition = &self.service["shapes"][shape];
        let required: Vec<&str> = definition["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut parts = Vec::new();
        for (name, member) in definition["members"].as_object().into_iter().flatten() {
            let kind =
                self.reference(member["shape"].as_str().ok_or("a member without a shape")?)?;
            // The client fills idempotency tokens in by itself, so they are never required of the user.
            let needed = required.contains(&name.as_str()) && member["idempotencyToken"] != true;
            let mark = if needed { "*" } else { "" };
            let colon = if kind.is_empty() { "" } else { ":" };
            parts.push(format!("{mark}{name}{colon}{kind}"));
        }
        Ok(parts.join(" "))
    }

    fn reference(&mut self, shape: &str) -> Result<String, String> {
        let definition = &self.service["shapes"][shape];
        let minimum = match definition["min"].as_u64() {
            Some(min) if min > 0 => format!(">{min}"),
            _ => String::new(),
        };
        let kind = definition["type"].as_str().unwrap_or("");
        Ok(match kind {
            "list" => {
                let element = self.reference(
                    definition["member"]["shape"]
                        .as_str()
                        .ok_or("a list of nothing")?,
                )?;
                // Before the bracket: behind it, the minimum would be the element's own.
                format!("{minimum}[{element}")
            }
            "structure" => {
                if !self.structures.contains_key(shape) {
                    self.structures.insert(shape.to_owned(), String::new());
                    let members = self.members(shape)?;
                    self.structures.insert(shape.to_owned(), members);
                }
                shape.to_owned()
            }
            "string" => {
                let values: Vec<&str> = definition["enum"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect();
                if values.is_empty() || values.len() > LONGEST_ENUM {
                    minimum
                } else {
                    self.enums.insert(shape.to_owned(), values.join("|"));
                    shape.to_owned()
                }
            }
            "integer" => format!("i{minimum}"),
            "long" => format!("l{minimum}"),
            "boolean" => "b".to_owned(),
            "double" => "d".to_owned(),
            "float" => "f".to_owned(),
            "timestamp" => "t".to_owned(),
            "blob" => "x".to_owned(),
            other => return Err(format!("{shape}: type `{other}` is not known to the table")),
        })
    }
}
