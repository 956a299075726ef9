//! What holds for every operation, walked row by row: nobody has to remember to test a new one.

use crate::chance::Chance;
use crate::furnished::{furnished, good};
use crate::lab::{Lab, cases};
use crate::paths;
use ec2_lab_engine::json::json;
use ec2_lab_engine::operation::{Mode, OperationSpec, Service, find, registry};
use ec2_lab_engine::{Value, invariants};
use std::collections::BTreeSet;

#[test]
fn names_are_unique_and_in_pascal_case() {
    let mut seen = BTreeSet::new();
    for spec in registry() {
        assert!(seen.insert(spec.name), "{} is listed twice", spec.name);
        assert!(
            spec.name.starts_with(|c: char| c.is_ascii_uppercase())
                && spec.name.bytes().all(|b| b.is_ascii_alphanumeric())
        );
        assert!(find(spec.name).is_some_and(|found| std::ptr::eq(found, spec)));
        let mut paths: Vec<&str> = spec.parameters.split_ascii_whitespace().collect();
        assert_eq!(
            paths.iter().filter(|path| **path == "DryRun").count(),
            1,
            "{}",
            spec.name
        );
        let count = paths.len();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), count, "{} lists a parameter twice", spec.name);
        if spec.service == Service::Ec2 && spec.name.starts_with("Describe") {
            assert_eq!(spec.mode, Mode::Read, "{}", spec.name);
        }
    }
    assert!(seen.len() >= 54, "{}", seen.len());
}

#[test]
fn unknown_operations_and_parameters_are_refused() {
    let mut lab = Lab::new();
    assert_eq!(lab.code("MakeCoffee", json!({})), "NotModelled");
    for spec in registry() {
        for input in [
            json!({ "Milk": true }),
            json!({ "Milk": [] }),
            json!({ "Milk": { "Fat": 3 } }),
        ] {
            let (code, message) = lab.refused(spec.name, input);
            assert_eq!(code, "NotModelled", "{}: {message}", spec.name);
            assert!(message.contains("Milk"), "{message}");
        }
        assert_eq!(
            lab.code(spec.name, json!([])),
            "InvalidParameterValue",
            "{}",
            spec.name
        );
        assert_eq!(
            lab.code(spec.name, json!({ "DryRun": "yes" })),
            "InvalidParameterValue",
            "{}",
            spec.name
        );
    }
}

/// Every text of every describe answer: ids, names, addresses.
fn known(lab: &mut Lab) -> Vec<String> {
    fn collect(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::String(text) if !text.contains(['{', ' ']) => {
                found.insert(text.to_string());
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            Value::Object(map) => map.values().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for operation in [
        "DescribeInstances",
        "DescribeSecurityGroups",
        "DescribeSecurityGroupRules",
        "DescribeSubnets",
        "DescribeVpcs",
        "DescribeAddresses",
        "DescribeNetworkInterfaces",
        "DescribeRouteTables",
        "DescribeNetworkAcls",
        "DescribeInternetGateways",
        "DescribeKeyPairs",
        "DescribePlacementGroups",
        "DescribeVolumes",
        "DescribeSnapshots",
        "DescribeNatGateways",
        "DescribeVpcEndpoints",
        "DescribeVpcPeeringConnections",
        "DescribeNetworkInsightsPaths",
        "DescribeLoadBalancers",
        "DescribeTargetGroups",
    ] {
        let answer = lab.ok(operation, json!({}));
        collect(&answer, &mut found);
    }
    found.into_iter().collect()
}

/// The charset of AWS's message about names of security groups holds braces; nothing else may.
const BRACES: &str = "&;{}!$*";

/// It needs a Region that has lost its default VPC; `vpc_rules` tests it.
const ELSEWHERE: &str = "CreateDefaultVpc";

#[test]
fn every_operation_is_atomic_and_can_be_tried_dry() {
    let mut lab = furnished();
    let known = known(&mut lab);
    let hash = lab.world.state_hash();
    let mut succeeded: BTreeSet<&str> = BTreeSet::new();
    for (row, spec) in registry().enumerate() {
        let mut chance = Chance::new(row as u64);
        for _ in 0..cases(if spec.mode == Mode::Write { 300 } else { 60 }) {
            let input = paths::input(&mut chance, spec.parameters, &known);
            if try_one(&lab, spec, &input) {
                succeeded.insert(spec.name);
            }
        }
    }
    for (operation, input) in good(&mut lab) {
        let spec = find(operation).unwrap();
        assert!(
            try_one(&lab, spec, &input),
            "{operation} {input}: {:?}",
            lab.clone().execute(operation, input.clone())
        );
        succeeded.insert(spec.name);
    }
    assert_eq!(
        lab.world.state_hash(),
        hash,
        "a copy changed the world it was copied from"
    );
    // A row of which no call ever succeeded was not tested.
    let never: Vec<&str> = registry()
        .map(|spec| spec.name)
        .filter(|name| !succeeded.contains(name) && *name != ELSEWHERE)
        .collect();
    assert!(
        never.is_empty(),
        "no call of these succeeded; add one to `good`: {never:?}"
    );
}

/// Runs a call wet and dry on copies; whether it succeeded.
fn try_one(lab: &Lab, spec: &OperationSpec, input: &Value) -> bool {
    let mut wet = lab.world.clone();
    let outcome = wet.execute(&lab.caller, spec.name, input);
    let broken = invariants::violations(&wet);
    assert!(broken.is_empty(), "{} {input}: {broken:?}", spec.name);
    let in_part = spec.name == "TerminateInstances" && !outcome.events.is_empty();
    if spec.mode == Mode::Read || (outcome.result.is_err() && !in_part) {
        assert!(wet == lab.world, "{} {input}", spec.name);
        assert!(outcome.events.is_empty(), "{} {input}", spec.name);
    }
    let mut again = lab.world.clone();
    assert_eq!(
        again.execute(&lab.caller, spec.name, input).result,
        outcome.result,
        "{} {input}",
        spec.name
    );
    assert!(again == wet, "{} {input}", spec.name);
    let mut dry_input = input.clone();
    dry_input["DryRun"] = json!(true);
    let mut dry = lab.world.clone();
    let tried = dry.execute(&lab.caller, spec.name, &dry_input);
    assert!(dry == lab.world, "dry {} {input}", spec.name);
    assert!(tried.events.is_empty());
    let error = tried.result.unwrap_err();
    match &outcome.result {
        Ok(_) => assert_eq!(error.code(), "DryRunOperation", "{} {input}", spec.name),
        Err(refusal) => assert_eq!(&error, refusal, "{} {input}", spec.name),
    }
    let message = error.message();
    assert!(
        !message.is_empty() && !message.replace(BRACES, "").contains('{'),
        "{} {input}: {message}",
        spec.name
    );
    outcome.result.is_ok()
}

#[test]
fn answers_leave_out_what_is_not_set() {
    fn walk(operation: &str, path: &str, value: &Value) {
        match value {
            Value::Null => panic!("{operation}: {path} is null"),
            Value::Array(items) => items.iter().for_each(|item| walk(operation, path, item)),
            Value::Object(map) => map
                .iter()
                .for_each(|(key, item)| walk(operation, &format!("{path}.{key}"), item)),
            _ => {}
        }
    }
    let mut lab = furnished();
    for spec in registry().filter(|spec| {
        spec.name.starts_with("Describe")
            && !spec.name.ends_with("Attribute")
            && spec.name != "DescribeLaunchTemplateVersions"
            // These must be told of which key, load balancer or target group.
            && !["DescribeKey", "DescribeListeners", "DescribeTargetHealth", "DescribeTargetGroupAttributes"]
                .contains(&spec.name)
    }) {
        let answer = lab.ok(spec.name, json!({}));
        walk(spec.name, "", &answer);
    }
}
