//! Network interfaces: made alone, attached, moved, with several addresses.

use crate::lab::{Lab, text};
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;

fn create(lab: &mut Lab, zone: &str, more: Value) -> Value {
    let mut input = json!({ "SubnetId": lab.subnet(zone) });
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    lab.ok("CreateNetworkInterface", input)["NetworkInterface"].clone()
}

fn attach(lab: &mut Lab, nic: &Value, id: &str) -> Value {
    lab.ok("AttachNetworkInterface", json!({ "NetworkInterfaceId": nic["NetworkInterfaceId"], "InstanceId": id, "DeviceIndex": 1 }))["AttachmentId"].clone()
}

#[test]
fn an_interface_moves_with_all_that_it_has() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "tcp", 22, "0.0.0.0/0");
    let (first, second) = (
        lab.up(json!({ "Placement": { "AvailabilityZone": "us-east-1a" } })),
        lab.up(json!({ "Placement": { "AvailabilityZone": "us-east-1a" } })),
    );
    let nic = create(&mut lab, "us-east-1a", json!({ "Groups": [group] }));
    let elastic = lab.ok("AllocateAddress", json!({}));
    lab.ok("AssociateAddress", json!({ "AllocationId": elastic["AllocationId"], "NetworkInterfaceId": nic["NetworkInterfaceId"] }));
    let ip = text(&elastic["PublicIp"]);
    // An address that no machine has is silent; then each machine in turn answers under the same address.
    lab.expect(
        json!({ "To": ip, "Port": 22 }),
        "timed-out",
        "ADDRESS_UNUSED",
    );
    for id in [&first, &second] {
        let tie = attach(&mut lab, &nic, id);
        let answer = lab.connect(json!({ "To": ip, "Port": 22 }));
        assert_eq!(answer["Verdict"], "connected", "{answer}");
        assert!(answer["Hops"].to_string().contains(id.as_str()), "{answer}");
        assert_eq!(
            lab.code(
                "DeleteNetworkInterface",
                json!({ "NetworkInterfaceId": nic["NetworkInterfaceId"] })
            ),
            "InvalidParameterValue"
        );
        lab.ok("DetachNetworkInterface", json!({ "AttachmentId": tie }));
    }
    let now = lab.ok(
        "DescribeNetworkInterfaces",
        json!({ "NetworkInterfaceIds": [nic["NetworkInterfaceId"]] }),
    )["NetworkInterfaces"][0]
        .clone();
    for key in ["MacAddress", "PrivateIpAddress", "Groups", "SubnetId"] {
        assert_eq!(now[key], nic[key], "{key}");
    }
    assert_eq!(now["Association"]["PublicIp"], elastic["PublicIp"]);
    assert_eq!(now["Status"], "available");
}

#[test]
fn where_an_interface_cannot_go() {
    let mut lab = Lab::new();
    let id = lab.up(json!({ "Placement": { "AvailabilityZone": "us-east-1a" } }));
    let attach = |nic: &Value, index: i64| json!({ "NetworkInterfaceId": nic["NetworkInterfaceId"], "InstanceId": id, "DeviceIndex": index });
    let far = create(&mut lab, "us-east-1b", json!({}));
    let (code, message) = lab.refused("AttachNetworkInterface", attach(&far, 1));
    assert_eq!(
        (code.as_str(), message.as_str()),
        (
            "InvalidParameterCombination",
            "You may not attach a network interface to an instance if they are not in the same availability zone"
        )
    );
    let (one, two) = (
        create(&mut lab, "us-east-1a", json!({})),
        create(&mut lab, "us-east-1a", json!({})),
    );
    let many = create(
        &mut lab,
        "us-east-1a",
        json!({ "SecondaryPrivateIpAddressCount": 2 }),
    );
    assert_eq!(
        lab.code("AttachNetworkInterface", attach(&one, 0)),
        "InvalidParameterValue"
    );
    assert_eq!(
        lab.code("AttachNetworkInterface", attach(&many, 1)),
        "PrivateIpAddressLimitExceeded"
    );
    lab.ok("AttachNetworkInterface", attach(&one, 1));
    assert_eq!(
        lab.code("AttachNetworkInterface", attach(&one, 2)),
        "InvalidNetworkInterface.InUse"
    );
    assert_eq!(
        lab.code("AttachNetworkInterface", attach(&two, 2)),
        "AttachmentLimitExceeded"
    );
    // With two interfaces, what belongs to one must be named by it.
    let elastic = lab.ok("AllocateAddress", json!({}));
    for (operation, input) in [
        (
            "AssociateAddress",
            json!({ "AllocationId": elastic["AllocationId"], "InstanceId": id }),
        ),
        (
            "ModifyInstanceAttribute",
            json!({ "InstanceId": id, "SourceDestCheck": { "Value": false } }),
        ),
        (
            "ModifyInstanceAttribute",
            json!({ "InstanceId": id, "Groups": [one["Groups"][0]["GroupId"]] }),
        ),
    ] {
        assert_eq!(
            lab.code(operation, input),
            "InvalidInstanceID",
            "{operation}"
        );
    }
    let primary = lab.row(&id)["NetworkInterfaces"][0]["Attachment"]["AttachmentId"].clone();
    assert_eq!(
        lab.code("DetachNetworkInterface", json!({ "AttachmentId": primary })),
        "OperationNotPermitted"
    );
}

#[test]
fn secondary_addresses_have_elastic_ip_addresses_of_their_own() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "tcp", 22, "0.0.0.0/0");
    let id = lab.up(json!({ "SecurityGroupIds": [group], "NetworkInterfaces": null }));
    let nic = lab.row(&id)["NetworkInterfaces"][0].clone();
    let eni = nic["NetworkInterfaceId"].clone();
    let given = lab.ok(
        "AssignPrivateIpAddresses",
        json!({ "NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 1 }),
    );
    let secondary = given["AssignedPrivateIpAddresses"][0]["PrivateIpAddress"].clone();
    assert_eq!(
        lab.code(
            "AssignPrivateIpAddresses",
            json!({ "NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 1 })
        ),
        "PrivateIpAddressLimitExceeded"
    );
    let elastic = lab.ok("AllocateAddress", json!({}));
    lab.ok("AssociateAddress", json!({ "AllocationId": elastic["AllocationId"], "NetworkInterfaceId": eni, "PrivateIpAddress": secondary }));
    // Both public addresses lead to the machine, each to its own private one.
    let assigned = lab.public_ip(&id).unwrap();
    assert_ne!(Some(assigned.as_str()), elastic["PublicIp"].as_str());
    for public in [json!(assigned), elastic["PublicIp"].clone()] {
        let answer = lab.connect(json!({ "To": public, "Port": 22 }));
        assert_eq!(answer["Verdict"], "connected", "{answer}");
    }
    let answer = lab.connect(json!({ "To": elastic["PublicIp"], "Port": 22 }));
    assert!(
        answer["Hops"]
            .to_string()
            .contains(&format!("becomes {}", text(&secondary))),
        "{answer}"
    );
    // With an Elastic IP address on a secondary one, the next start brings no assigned address.
    lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    lab.ok("StartInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    assert_eq!(lab.public_ip(&id), None);
    // Taking the address off frees the Elastic IP address.
    lab.ok(
        "UnassignPrivateIpAddresses",
        json!({ "NetworkInterfaceId": eni, "PrivateIpAddresses": [secondary] }),
    );
    lab.ok(
        "ReleaseAddress",
        json!({ "AllocationId": elastic["AllocationId"] }),
    );
}

#[test]
fn a_secondary_address_is_handed_over() {
    let mut lab = Lab::new();
    let (from, to) = (
        create(
            &mut lab,
            "us-east-1a",
            json!({ "SecondaryPrivateIpAddressCount": 1 }),
        ),
        create(&mut lab, "us-east-1a", json!({})),
    );
    let secondary = from["PrivateIpAddresses"][1]["PrivateIpAddress"].clone();
    let elastic = lab.ok("AllocateAddress", json!({}));
    lab.ok("AssociateAddress", json!({ "AllocationId": elastic["AllocationId"], "NetworkInterfaceId": from["NetworkInterfaceId"], "PrivateIpAddress": secondary }));
    let give = |allow: bool| json!({ "NetworkInterfaceId": to["NetworkInterfaceId"], "PrivateIpAddresses": [secondary], "AllowReassignment": allow });
    assert_eq!(
        lab.code("AssignPrivateIpAddresses", give(false)),
        "InvalidParameterValue"
    );
    lab.ok("AssignPrivateIpAddresses", give(true));
    let row = lab.ok("DescribeAddresses", json!({}))["Addresses"][0].clone();
    assert_eq!(row["NetworkInterfaceId"], to["NetworkInterfaceId"]);
    assert_eq!(row["PrivateIpAddress"], secondary);
    let primary = json!({ "NetworkInterfaceId": to["NetworkInterfaceId"], "PrivateIpAddresses": [from["PrivateIpAddress"]], "AllowReassignment": true });
    assert_eq!(
        lab.code("AssignPrivateIpAddresses", primary),
        "InvalidParameterValue"
    );
}

#[test]
fn what_goes_with_the_instance_and_what_stays() {
    let mut lab = Lab::new();
    let subnet = lab.subnet("us-east-1a");
    let old = create(&mut lab, "us-east-1a", json!({}));
    let id = lab.up(json!({ "NetworkInterfaces": [
        { "DeviceIndex": 0, "SubnetId": subnet, "DeleteOnTermination": false },
        { "DeviceIndex": 1, "NetworkInterfaceId": old["NetworkInterfaceId"] },
    ] }));
    assert_eq!(
        lab.public_ip(&id),
        None,
        "two interfaces, no assigned address"
    );
    let rows = lab.row(&id)["NetworkInterfaces"].clone();
    assert_eq!(rows[1]["Attachment"]["DeleteOnTermination"], false);
    let change = json!({ "NetworkInterfaceId": old["NetworkInterfaceId"], "Attachment": { "AttachmentId": rows[1]["Attachment"]["AttachmentId"], "DeleteOnTermination": true } });
    lab.ok("ModifyNetworkInterfaceAttribute", change);
    lab.ok("TerminateInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    let left = lab.ok("DescribeNetworkInterfaces", json!({}))["NetworkInterfaces"].clone();
    assert_eq!(left.as_array().unwrap().len(), 1);
    assert_eq!(left[0]["NetworkInterfaceId"], rows[0]["NetworkInterfaceId"]);
    assert_eq!(left[0]["Status"], "available");
}

#[test]
fn every_documented_filter_is_known() {
    let mut lab = Lab::new();
    let id = lab.up(json!({}));
    let gone = lab.up(json!({}));
    lab.ok("TerminateInstances", json!({ "InstanceIds": [gone] }));
    lab.settle();
    // The lists of API_DescribeInstances and API_DescribeNetworkInterfaces.
    let instances = include_str!("filters/instances.txt");
    let interfaces = include_str!("filters/network_interfaces.txt");
    for (operation, names) in [
        ("DescribeInstances", instances),
        ("DescribeNetworkInterfaces", interfaces),
    ] {
        for name in names.split_whitespace() {
            lab.ok(
                operation,
                json!({ "Filters": [{ "Name": name, "Values": ["*"] }] }),
            );
        }
        assert_eq!(
            lab.code(
                operation,
                json!({ "Filters": [{ "Name": "nonsense", "Values": ["*"] }] })
            ),
            "InvalidParameterValue"
        );
    }
    let row = lab.row(&id);
    for (name, value) in [
        (
            "network-interface.mac-address",
            &row["NetworkInterfaces"][0]["MacAddress"],
        ),
        ("network-interface.attachment.device-index", &json!("0")),
        ("metadata-options.http-tokens", &json!("required")),
        ("private-dns-name", &row["PrivateDnsName"]),
        ("launch-time", &json!("2026-01-05T*")),
    ] {
        let found = lab.ok("DescribeInstances", json!({ "Filters": [{ "Name": name, "Values": [value] }, { "Name": "instance-state-name", "Values": ["running"] }] }));
        assert_eq!(
            found["Reservations"][0]["Instances"][0]["InstanceId"],
            json!(id),
            "{name}"
        );
    }
}

#[test]
fn a_name_made_from_the_id_leads_to_the_machine() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "tcp", 22, "172.31.0.0/16");
    let named = |record: bool| json!({ "SecurityGroupIds": [group], "PrivateDnsNameOptions": { "HostnameType": "resource-name", "EnableResourceNameDnsARecord": record } });
    let (first, silent) = (lab.launch(named(true)), lab.up(named(false)));
    let name = text(&lab.row(&first)["PrivateDnsName"]);
    assert_eq!(name, format!("{first}.ec2.internal"));
    lab.expect(
        json!({ "From": silent, "To": name, "Port": 22 }),
        "connected",
        "",
    );
    lab.expect(
        json!({ "From": first, "To": format!("{silent}.ec2.internal"), "Port": 22 }),
        "unknown-host",
        "UNKNOWN_HOST",
    );
    lab.expect(
        json!({ "From": "laptop", "To": name, "Port": 22 }),
        "unknown-host",
        "UNKNOWN_HOST",
    );
}
