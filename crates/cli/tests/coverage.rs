//! `docs/coverage.md` and the command line say what the registry says.

#[path = "../examples/coverage.rs"]
mod coverage;

use ec2_lab_cli::names::kebab;
use ec2_lab_cli::shapes::{Kind, Member, table};
use ec2_lab_engine::operation::{Service, registry};

#[test]
fn the_page_is_current() {
    let page = include_str!("../../../docs/coverage.md");
    assert!(
        page == coverage::page(),
        "docs/coverage.md is old: run `cargo xtask coverage`"
    );
}

/// An operation that AWS's table lacks cannot be called, and a parameter that it lacks cannot be given.
#[test]
fn everything_modelled_can_be_written_on_the_command_line() {
    let modelled = registry().filter(|spec| spec.service != Service::Lab);
    let mut out_of_reach = Vec::new();
    for spec in modelled {
        let Some(input) = table().input(spec.name) else {
            out_of_reach.push(kebab(spec.name));
            continue;
        };
        for path in spec.parameters.split_whitespace() {
            let names: Vec<&str> = path.split('.').collect();
            // `concat!` puts it before every operation, also before those few that have no such parameter.
            if path != "DryRun" && !leads_somewhere(&input, &names) {
                out_of_reach.push(format!("{} {path}", kebab(spec.name)));
            }
        }
    }
    assert!(
        out_of_reach.is_empty(),
        "the table of AWS's names lacks these; `cargo xtask shapes --model DIR --add NAMES` adds operations: {}",
        out_of_reach.join(", ")
    );
}

/// Whether a path such as `Filters.Name` names something; lists are transparent in it.
fn leads_somewhere(members: &[Member], path: &[&str]) -> bool {
    let [first, rest @ ..] = path else {
        return true;
    };
    let Some(member) = members.iter().find(|member| member.name == *first) else {
        return false;
    };
    let mut kind = member.of.kind();
    while let Kind::List { element, .. } = kind {
        kind = element.kind();
    }
    match kind {
        Kind::Structure(inner) => leads_somewhere(&inner, rest),
        _ => rest.is_empty(),
    }
}
