//! Tests of `render`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::shapes::{Type, table};
use crate::words::split_plain;
use ec2_lab_engine::json::json;
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;

#[test]
fn lines_read_as_a_person_writes_them() {
    for (operation, input, line) in [
        (
            "AuthorizeSecurityGroupIngress",
            json!({"GroupId": "sg-1", "IpPermissions": [
                {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}),
            "aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 22 --cidr 0.0.0.0/0",
        ),
        (
            "AuthorizeSecurityGroupIngress",
            json!({"GroupId": "sg-1", "IpPermissions": [
                {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "from home"}]}]}),
            "aws ec2 authorize-security-group-ingress --group-id sg-1 --ip-permissions \
             'IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=0.0.0.0/0,Description=\"from home\"}]'",
        ),
        (
            "RunInstances",
            json!({"ImageId": "ami-1", "InstanceType": "t3.micro", "MinCount": 2, "MaxCount": 2, "UserData": "IyEvYmluL3NoCg==",
                "SecurityGroupIds": ["sg-1", "sg-2"], "Monitoring": {"Enabled": true},
                "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web"}]}]}),
            "aws ec2 run-instances --image-id ami-1 --instance-type t3.micro --user-data '#!/bin/sh\n' \
             --security-group-ids sg-1 sg-2 --monitoring Enabled=true \
             --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web}]' --count 2",
        ),
        (
            "DescribeInstances",
            json!({"Filters": [{"Name": "instance-state-name", "Values": ["running", "pending"]}]}),
            "aws ec2 describe-instances --filters Name=instance-state-name,Values=running,pending",
        ),
        (
            "ModifyInstanceAttribute",
            json!({"InstanceId": "i-1", "SourceDestCheck": {"Value": false}, "InstanceType": {"Value": "t3.small"}}),
            "aws ec2 modify-instance-attribute --instance-id i-1 --no-source-dest-check --instance-type t3.small",
        ),
        (
            "StartService",
            json!({"InstanceId": "i-1", "Name": "app", "Port": 8080}),
            "lab start-service --instance-id i-1 --name app --port 8080",
        ),
    ] {
        assert_eq!(render(operation, &input), line);
    }
}

/// A text that may hold anything a shell or shorthand finds special.
fn any_text() -> BoxedStrategy<String> {
    prop_oneof![
        4 => "[a-z0-9-]{1,12}",
        1 => "[ -~]{0,10}",
        1 => "[a-z,=\\[\\]{}\"'\\\\ @#$-]{0,8}",
        1 => "\\PC{0,6}",
    ]
    .boxed()
}

/// Random values of a type in the table.
fn any_value(of: Type, depth: usize) -> BoxedStrategy<Value> {
    match of.kind() {
        Kind::String { min, values } if values.is_empty() => any_text()
            .prop_map(move |text| {
                Value::from(format!(
                    "{text}{}",
                    "x".repeat(usize::try_from(min).unwrap())
                ))
            })
            .boxed(),
        Kind::String { values, .. } => proptest::sample::select(values)
            .prop_map(Value::from)
            .boxed(),
        Kind::Integer { min, .. } => (min.unwrap_or(-9)..100_000).prop_map(Value::from).boxed(),
        Kind::Float => (-100..100_i32)
            .prop_map(|n| Value::from(f64::from(n) / 4.0))
            .boxed(),
        Kind::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Kind::Timestamp => Just(Value::from("2026-01-05T09:00:00Z")).boxed(),
        Kind::Blob => proptest::collection::vec(any::<u8>(), 0..8)
            .prop_map(|bytes| Value::from(crate::values::base64(&bytes)))
            .boxed(),
        Kind::List { min, element } => {
            let least = usize::try_from(min).unwrap();
            let most = if depth > 2 { least + 1 } else { least + 3 };
            proptest::collection::vec(any_value(element, depth + 1), least..most.max(least + 1))
                .prop_map(Value::from)
                .boxed()
        }
        Kind::Structure(members) => any_structure(members, depth).boxed(),
    }
}

fn any_structure(members: Vec<Member>, depth: usize) -> BoxedStrategy<Value> {
    let share = if depth == 0 { 0.25 } else { 0.6 };
    let parts: Vec<BoxedStrategy<Option<(String, Value)>>> = members
        .into_iter()
        .map(|member| {
            let value = any_value(member.of, depth + 1)
                .prop_map(move |value| (member.name.to_owned(), value));
            if member.required {
                value.prop_map(Some).boxed()
            } else {
                proptest::option::weighted(share, value).boxed()
            }
        })
        .collect();
    parts
        .prop_map(|parts| Value::Object(parts.into_iter().flatten().collect()))
        .boxed()
}

/// A random operation and a random input of its shape that the real client can send.
fn any_call() -> impl Strategy<Value = (&'static str, Value)> {
    let operations: Vec<&'static str> = table()
        .commands()
        .map(|command| table().operation_of(command).unwrap())
        .collect();
    proptest::sample::select(operations).prop_flat_map(|operation| {
        any_structure(table().input(operation).unwrap(), 0).prop_map(move |mut input| {
            let map = input.as_object_mut().unwrap();
            match operation {
                "RunInstances" => {
                    // The client moves these into the interface, and encodes user data.
                    map.remove("NetworkInterfaces");
                    if let Some(text) = map.get("UserData").and_then(Value::as_str) {
                        let encoded = crate::values::base64(text.as_bytes());
                        map.insert("UserData".to_owned(), json!(encoded));
                    }
                }
                // The client writes protocol names as numbers.
                "CreateNetworkAclEntry" | "ReplaceNetworkAclEntry" => {
                    map.insert("Protocol".to_owned(), json!("6"));
                }
                _ => {}
            }
            (operation, input)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_rendered_call_reads_as_the_same_call((operation, input) in any_call()) {
        let line = render(operation, &input);
        // A NUL cannot stand in a command line at all.
        prop_assume!(!line.contains('\0'));
        let words = split_plain(&line).unwrap();
        prop_assert!(means(operation, &words[3..], &input), "{line}\n{input}");
    }
}
