//! Prints `docs/coverage.md`: which parameters of which operation the engine models. `cargo xtask coverage` runs it.

use ec2_lab_cli::names::kebab;
use ec2_lab_cli::shapes::table;
use ec2_lab_engine::operation::{Service, find, registry};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The operations that the lab means to have, by their command line names.
const SCOPE: &str = include_str!("../../../tests/conformance/scope.txt");

/// The whole page.
pub fn page() -> String {
    let table = table();
    let services = table.services().filter_map(|name| table.service(name));
    let beside: Vec<&str> = services.flat_map(|all| all.values().copied()).collect();
    let modelled = registry().filter(|spec| spec.service != Service::Lab);
    let mut names: BTreeSet<&str> = modelled.map(|spec| spec.name).collect();
    for command in SCOPE.split_whitespace() {
        let other = beside.iter().copied().find(|name| kebab(name) == command);
        names.extend(table.operation_of(command).or(other));
    }
    let rows: Vec<_> = names.iter().map(|name| (*name, find(name))).collect();
    let mut text = String::from(
        "# What is modelled\n\nWritten by `cargo xtask coverage` from the engine's registry and the table of AWS's names; do not edit it.\n\
         A parameter that is not modelled is refused as `NotModelled`, never ignored. `DryRun` works wherever AWS has it, and is left out here.\n\n",
    );
    let there = rows.iter().filter(|(_, spec)| spec.is_some()).count();
    let _ = writeln!(text, "{there} of {} operations.\n", rows.len());
    text.push_str("| operation | modelled parameters | not modelled |\n| --- | --- | --- |\n");
    for (name, spec) in rows {
        let Some(spec) = spec else {
            let _ = writeln!(text, "| {name} | | the whole operation |");
            continue;
        };
        let roots: BTreeSet<&str> = spec.parameters.split_whitespace().map(root).collect();
        let members = table.input(name).unwrap_or_default();
        let (has, lacks): (Vec<_>, Vec<_>) = members
            .iter()
            .map(|member| member.name)
            .filter(|member| *member != "DryRun")
            .partition(|member| roots.contains(member));
        let _ = writeln!(
            text,
            "| {name} | {} | {} |",
            has.join(", "),
            lacks.join(", ")
        );
    }
    text
}

/// The parameter that a path begins with: `Placement` of `Placement.GroupName`.
fn root(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

#[allow(
    dead_code,
    reason = "the test that the page is current includes this file"
)]
fn main() {
    print!("{}", page());
}
