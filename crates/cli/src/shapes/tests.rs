//! Tests of `shapes`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn input(operation: &str, member: &str) -> Member {
    let members = table().input(operation).unwrap();
    *members.iter().find(|m| m.name == member).unwrap()
}

#[test]
fn members_have_types_and_marks() {
    assert!(input("TerminateInstances", "InstanceIds").required);
    assert!(!input("DescribeInstances", "InstanceIds").required);
    assert_eq!(
        input("RunInstances", "EbsOptimized").of.kind(),
        Kind::Boolean
    );
    assert_eq!(
        input("CreateImage", "Name").of.kind(),
        Kind::String {
            min: 3,
            values: vec![]
        }
    );
    assert_eq!(
        input("DescribeSecurityGroups", "MaxResults").of.kind(),
        Kind::Integer {
            min: Some(5),
            long: false
        }
    );
    let Kind::List { min: 0, element } = input("DescribeLaunchTemplates", "LaunchTemplateNames")
        .of
        .kind()
    else {
        panic!()
    };
    assert_eq!(
        element.kind(),
        Kind::String {
            min: 3,
            values: vec![]
        }
    );
    let Kind::List { element, .. } = input("DescribeInstances", "Filters").of.kind() else {
        panic!()
    };
    let Kind::Structure(filter) = element.kind() else {
        panic!()
    };
    assert_eq!(
        filter.iter().map(|m| m.name).collect::<Vec<_>>(),
        ["Name", "Values"]
    );
}

#[test]
fn every_type_in_the_table_resolves() {
    fn walk(of: Type, depth: usize) {
        assert!(depth < 12, "{of:?} does not end");
        match of.kind() {
            Kind::List { element, .. } => walk(element, depth + 1),
            Kind::Structure(members) => members.iter().for_each(|m| walk(m.of, depth + 1)),
            Kind::String { values, .. } => {
                let known = of.0.is_empty() || of.0.starts_with('>') || !values.is_empty();
                assert!(known, "unknown type {of:?}");
            }
            _ => {}
        }
    }
    for command in table().commands() {
        let operation = table().operation_of(command).unwrap();
        table()
            .input(operation)
            .unwrap()
            .iter()
            .for_each(|member| walk(member.of, 0));
    }
}

#[test]
fn waiters_and_pages_are_read() {
    let waiter = table().waiter("ec2", "instance-running").unwrap();
    assert_eq!(
        (waiter.name, waiter.operation, waiter.delay, waiter.attempts),
        ("InstanceRunning", "DescribeInstances", 15, 40)
    );
    assert_eq!(waiter.acceptors.len(), 5);
    assert_eq!(
        waiter.acceptors[0].argument,
        "Reservations[].Instances[].State.Name"
    );
    assert_eq!(
        table().pages("DescribeInstances").unwrap().results,
        ["Reservations"]
    );
    assert!(table().pages("RunInstances").is_none());
}
