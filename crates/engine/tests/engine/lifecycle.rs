//! The states of an instance over time, and what it keeps of its addresses.

use crate::lab::{Lab, text};
use ec2_lab_engine::json::json;

#[test]
fn every_state_on_the_way() {
    let mut lab = Lab::new();
    let id = lab.launch(json!({}));
    assert_eq!(lab.state(&id), "pending");
    lab.wait(10);
    assert_eq!(lab.state(&id), "running");
    let answer = lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
    assert_eq!(
        answer["StoppingInstances"][0]["PreviousState"],
        json!({ "Code": 16, "Name": "running" })
    );
    assert_eq!(
        answer["StoppingInstances"][0]["CurrentState"],
        json!({ "Code": 64, "Name": "stopping" })
    );
    lab.wait(60);
    assert_eq!(lab.state(&id), "stopped");
    lab.ok("StartInstances", json!({ "InstanceIds": [id] }));
    assert_eq!(lab.state(&id), "pending");
    lab.wait(60);
    lab.ok("TerminateInstances", json!({ "InstanceIds": [id] }));
    assert_eq!(lab.state(&id), "shutting-down");
    lab.wait(60);
    assert_eq!(lab.state(&id), "terminated");
    assert_eq!(lab.row(&id)["SubnetId"], json!(null));
    lab.wait(3_700);
    assert_eq!(
        lab.code("DescribeInstances", json!({ "InstanceIds": [id] })),
        "InvalidInstanceID.NotFound"
    );
}

#[test]
fn the_private_address_stays_and_the_public_one_changes() {
    let mut lab = Lab::new();
    let id = lab.up(json!({}));
    let (private, public) = (lab.private_ip(&id), lab.public_ip(&id).unwrap());
    lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
    assert_eq!(
        lab.public_ip(&id).as_deref(),
        Some(public.as_str()),
        "it is kept until the machine is off"
    );
    lab.settle();
    assert_eq!(
        (lab.private_ip(&id), lab.public_ip(&id)),
        (private.clone(), None)
    );
    lab.ok("StartInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    let next = lab.public_ip(&id).unwrap();
    assert_eq!(lab.private_ip(&id), private);
    assert_ne!(next, public);
    lab.ok("RebootInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    assert_eq!(
        (lab.private_ip(&id), lab.public_ip(&id)),
        (private, Some(next)),
        "a reboot keeps both"
    );
}

#[test]
fn an_elastic_ip_address_stays() {
    let mut lab = Lab::new();
    let id = lab.up(json!({}));
    let address = lab.ok("AllocateAddress", json!({ "Domain": "vpc" }));
    let (allocation, elastic) = (address["AllocationId"].clone(), text(&address["PublicIp"]));
    lab.ok(
        "AssociateAddress",
        json!({ "InstanceId": id, "AllocationId": allocation }),
    );
    assert_eq!(lab.public_ip(&id).as_deref(), Some(elastic.as_str()));
    assert_eq!(
        lab.code("ReleaseAddress", json!({ "AllocationId": allocation })),
        "InvalidIPAddress.InUse"
    );
    lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    assert_eq!(lab.public_ip(&id).as_deref(), Some(elastic.as_str()));
    lab.ok("StartInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    assert_eq!(lab.public_ip(&id).as_deref(), Some(elastic.as_str()));
    lab.ok("DisassociateAddress", json!({ "PublicIp": elastic }));
    let assigned = lab.public_ip(&id).unwrap();
    assert_ne!(
        assigned, elastic,
        "an instance that is on gets one of AWS's again"
    );
    lab.ok(
        "AssociateAddress",
        json!({ "InstanceId": id, "AllocationId": allocation }),
    );
    lab.ok("TerminateInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    let left = lab.ok("DescribeAddresses", json!({}))["Addresses"][0].clone();
    assert_eq!(
        (left["PublicIp"].as_str(), &left["InstanceId"]),
        (Some(elastic.as_str()), &json!(null))
    );
    lab.ok("ReleaseAddress", json!({ "AllocationId": allocation }));
}

#[test]
fn an_elastic_ip_address_moves_and_the_old_owner_gets_another() {
    let mut lab = Lab::new();
    let (first, second) = (lab.launch(json!({})), lab.up(json!({})));
    let address = lab.ok("AllocateAddress", json!({}));
    let (allocation, elastic) = (address["AllocationId"].clone(), text(&address["PublicIp"]));
    lab.ok(
        "AssociateAddress",
        json!({ "InstanceId": first, "AllocationId": allocation }),
    );
    let fixed =
        json!({ "InstanceId": second, "AllocationId": allocation, "AllowReassociation": false });
    assert_eq!(
        lab.code("AssociateAddress", fixed),
        "Resource.AlreadyAssociated"
    );
    lab.ok(
        "AssociateAddress",
        json!({ "InstanceId": second, "AllocationId": allocation }),
    );
    assert_eq!(lab.public_ip(&second).as_deref(), Some(elastic.as_str()));
    let other = lab.public_ip(&first).unwrap();
    assert_ne!(other, elastic);
    for _ in 0..4 {
        lab.ok("AllocateAddress", json!({}));
    }
    assert_eq!(
        lab.code("AllocateAddress", json!({})),
        "AddressLimitExceeded"
    );
}

#[test]
fn protection_against_stop_and_termination() {
    let mut lab = Lab::new();
    let id = lab.up(json!({ "DisableApiTermination": true, "DisableApiStop": true }));
    let named = json!({ "InstanceIds": [id] });
    let (code, message) = lab.refused("TerminateInstances", named.clone());
    assert_eq!(code, "OperationNotPermitted");
    assert_eq!(
        message,
        format!(
            "The instance '{id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again."
        )
    );
    assert_eq!(
        lab.code("StopInstances", named.clone()),
        "OperationNotPermitted"
    );
    lab.ok(
        "ModifyInstanceAttribute",
        json!({ "InstanceId": id, "DisableApiTermination": { "Value": false } }),
    );
    lab.ok(
        "ModifyInstanceAttribute",
        json!({ "InstanceId": id, "Attribute": "disableApiStop", "Value": "false" }),
    );
    lab.ok("StopInstances", named.clone());
    lab.settle();
    lab.ok("TerminateInstances", named);
}

#[test]
fn one_protected_instance_saves_them_all() {
    let mut lab = Lab::new();
    let free = lab.launch(json!({}));
    let held = lab.up(json!({ "DisableApiTermination": true }));
    assert_eq!(
        lab.code("TerminateInstances", json!({ "InstanceIds": [free, held] })),
        "OperationNotPermitted"
    );
    assert_eq!(lab.state(&free), "running");
}

#[test]
fn protection_holds_in_its_own_zone_only() {
    let mut lab = Lab::new();
    let zone =
        |letter: &str| json!({ "Placement": { "AvailabilityZone": format!("us-east-1{letter}") } });
    let (near, far) = (lab.launch(zone("a")), lab.launch(zone("b")));
    let mut held = zone("a");
    held["DisableApiTermination"] = json!(true);
    let held = lab.up(held);
    let named = json!({ "InstanceIds": [near, far, held], "DryRun": true });
    assert_eq!(
        lab.code("TerminateInstances", named.clone()),
        "OperationNotPermitted"
    );
    assert_eq!(lab.state(&far), "running", "a dry run does nothing");
    let named = json!({ "InstanceIds": [near, far, held] });
    assert_eq!(
        lab.code("TerminateInstances", named),
        "OperationNotPermitted"
    );
    lab.settle();
    let states = [&near, &far, &held].map(|id| lab.state(id));
    assert_eq!(states, ["running", "terminated", "running"]);
}

#[test]
fn stop_protection_keeps_from_termination_too() {
    let mut lab = Lab::new();
    let id = lab.up(json!({ "DisableApiStop": true }));
    let (code, message) = lab.refused("TerminateInstances", json!({ "InstanceIds": [id] }));
    assert_eq!(code, "OperationNotPermitted");
    assert!(message.contains("'disableApiStop'"), "{message}");
}

#[test]
fn refusals_by_state() {
    let mut lab = Lab::new();
    let id = lab.launch(json!({}));
    let named = json!({ "InstanceIds": [id] });
    let (code, message) = lab.refused("StopInstances", named.clone());
    assert_eq!(code, "IncorrectInstanceState");
    assert_eq!(
        message,
        format!("Instance '{id}' cannot be stopped as it has never reached the 'running' state.")
    );
    lab.settle();
    let change = json!({ "InstanceId": id, "InstanceType": { "Value": "t3.small" } });
    let (code, message) = lab.refused("ModifyInstanceAttribute", change.clone());
    assert_eq!(
        (code.as_str(), message),
        (
            "IncorrectInstanceState",
            format!("The instance '{id}' is not in the 'stopped' state.")
        )
    );
    lab.ok("StopInstances", named.clone());
    assert_eq!(
        lab.code("StartInstances", named.clone()),
        "IncorrectInstanceState"
    );
    assert_eq!(
        lab.code("RebootInstances", named.clone()),
        "IncorrectInstanceState"
    );
    lab.settle();
    lab.ok("ModifyInstanceAttribute", change);
    assert_eq!(lab.row(&id)["InstanceType"], "t3.small");
    lab.ok("TerminateInstances", named.clone());
    lab.settle();
    assert_eq!(
        lab.code("StartInstances", named.clone()),
        "IncorrectInstanceState"
    );
    assert_eq!(
        lab.code("StopInstances", named.clone()),
        "IncorrectInstanceState"
    );
    lab.ok("RebootInstances", named.clone());
    lab.ok("TerminateInstances", named);
}

#[test]
fn a_stopped_instance_is_terminated_at_once() {
    let mut lab = Lab::new();
    let id = lab.up(json!({}));
    lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    let answer = lab.ok("TerminateInstances", json!({ "InstanceIds": [id] }));
    assert_eq!(
        answer["TerminatingInstances"][0]["CurrentState"]["Name"],
        "terminated"
    );
    lab.wait(3_700);
    assert_eq!(
        lab.code("DescribeInstances", json!({ "InstanceIds": [id] })),
        "InvalidInstanceID.NotFound"
    );
}

#[test]
fn a_type_that_the_zone_lacks_cannot_start() {
    let mut lab = Lab::new();
    let (code, _) = lab.refused(
        "DescribeInstanceTypes",
        json!({ "InstanceTypes": ["x9.huge"] }),
    );
    assert_eq!(code, "InvalidInstanceType");
    let offers = lab.ok(
        "DescribeInstanceTypeOfferings",
        json!({ "LocationType": "availability-zone" }),
    );
    let offers = offers["InstanceTypeOfferings"].as_array().unwrap().clone();
    let missing = [
        "t3.micro",
        "m7i.large",
        "c7i.large",
        "r7i.large",
        "m6i.large",
    ]
    .iter()
    .find(|kind| {
        !offers
            .iter()
            .any(|row| row["InstanceType"] == **kind && row["Location"] == "us-east-1e")
    });
    let Some(missing) = missing else { return };
    let (code, message) = lab
        .run(json!({ "InstanceType": missing, "Placement": { "AvailabilityZone": "us-east-1e" } }))
        .map_err(|error| (error.code(), error.message()))
        .unwrap_err();
    assert_eq!(code, "Unsupported");
    assert!(message.starts_with(&format!("Your requested instance type ({missing}) is not supported in your requested Availability Zone (us-east-1e).")), "{message}");
}
