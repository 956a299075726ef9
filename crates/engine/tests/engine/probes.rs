//! From everywhere to everything: states of the machine, names, protocols, systems, Regions.

use crate::lab::Lab;
use ec2_lab_engine::json::json;

fn open(lab: &mut Lab) -> String {
    let group = lab.group("open");
    lab.allow(&group, "-1", -1, "0.0.0.0/0");
    group
}

#[test]
fn a_machine_that_starts_does_not_answer_yet() {
    let mut lab = Lab::new();
    let group = open(&mut lab);
    let id = lab.launch(json!({ "SecurityGroupIds": [group] }));
    let ssh = json!({ "To": id, "Port": 22 });
    lab.expect(ssh.clone(), "timed-out", "BOOTING");
    lab.wait(12);
    assert_eq!(lab.state(&id), "running");
    lab.expect(ssh.clone(), "timed-out", "BOOTING");
    assert_eq!(
        lab.code("Connect", json!({ "From": id, "To": "internet" })),
        "IncorrectInstanceState"
    );
    assert_eq!(
        lab.code("StartService", json!({ "InstanceId": id, "Name": "httpd" })),
        "IncorrectInstanceState"
    );
    lab.settle();
    lab.expect(ssh.clone(), "connected", "");
    lab.ok("RebootInstances", json!({ "InstanceIds": [id] }));
    lab.expect(ssh.clone(), "timed-out", "BOOTING");
    lab.settle();
    lab.expect(ssh, "connected", "");
}

#[test]
fn a_stopped_machine() {
    let mut lab = Lab::new();
    let group = open(&mut lab);
    let id = lab.up(json!({ "SecurityGroupIds": [group] }));
    let public = lab.public_ip(&id).unwrap();
    lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
    lab.expect(json!({ "To": id, "Port": 22 }), "timed-out", "HOST_STOPPED");
    lab.settle();
    lab.expect(json!({ "To": id, "Port": 22 }), "timed-out", "HOST_STOPPED");
    // The address that it had is nobody's now.
    lab.expect(
        json!({ "To": public, "Port": 22 }),
        "timed-out",
        "ADDRESS_UNUSED",
    );
    let allocation = lab.ok("AllocateAddress", json!({}));
    lab.ok(
        "AssociateAddress",
        json!({ "InstanceId": id, "AllocationId": allocation["AllocationId"] }),
    );
    lab.expect(
        json!({ "To": allocation["PublicIp"], "Port": 22 }),
        "timed-out",
        "HOST_STOPPED",
    );
    lab.ok("StartInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    lab.expect(
        json!({ "To": allocation["PublicIp"], "Port": 22 }),
        "connected",
        "",
    );
    lab.ok("TerminateInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    let (code, message) = lab.refused("Connect", json!({ "To": id, "Port": 22 }));
    assert_eq!(code, "IncorrectInstanceState");
    assert!(message.contains("terminated"), "{message}");
    assert_eq!(
        lab.code("Connect", json!({ "To": "i-0123456789abcdef0" })),
        "InvalidInstanceID.NotFound"
    );
}

#[test]
fn names() {
    let mut lab = Lab::new();
    let group = open(&mut lab);
    let (a, b) = (
        lab.launch(json!({ "SecurityGroupIds": [group] })),
        lab.up(json!({ "SecurityGroupIds": [group] })),
    );
    let (public, private) = (
        lab.row(&a)["PublicDnsName"].clone(),
        lab.row(&a)["PrivateDnsName"].clone(),
    );
    assert!(
        public
            .as_str()
            .unwrap()
            .ends_with(".compute-1.amazonaws.com")
    );
    lab.expect(json!({ "To": public, "Port": 22 }), "connected", "");
    lab.expect(
        json!({ "To": public.as_str().unwrap().to_uppercase(), "Port": 22 }),
        "connected",
        "",
    );
    lab.expect(
        json!({ "To": private, "Port": 22 }),
        "unknown-host",
        "UNKNOWN_HOST",
    );
    lab.expect(
        json!({ "From": b, "To": private, "Port": 22 }),
        "connected",
        "",
    );
    // Inside the VPC the public name means the private address: no gateway is on the way.
    let answer = lab.connect(json!({ "From": b, "To": public, "Port": 22 }));
    assert_eq!(answer["Verdict"], "connected");
    assert!(
        !answer["Hops"]
            .as_array()
            .unwrap()
            .iter()
            .any(|hop| hop["Component"] == "internet-gateway")
    );
    for name in [
        "no.such.host",
        "web",
        "ec2-1-2-3.compute-1.amazonaws.com",
        "ec2-198-18-0-1.nowhere.amazonaws.com",
        "-.-",
        "",
    ] {
        let answer = lab.connect(json!({ "To": name, "Client": "http" }));
        assert_eq!(answer["Verdict"], "unknown-host", "{name}");
        assert!(answer["WaitMilliseconds"].as_u64().unwrap() < 1_000);
    }
}

#[test]
fn keys_and_users() {
    let mut lab = Lab::new();
    let group = open(&mut lab);
    for key in ["mine", "other"] {
        lab.ok("CreateKeyPair", json!({ "KeyName": key }));
    }
    let image = lab.image("ubuntu");
    let ubuntu =
        lab.launch(json!({ "SecurityGroupIds": [group], "KeyName": "mine", "ImageId": image }));
    let keyless = lab.launch(json!({ "SecurityGroupIds": [group] }));
    let amazon = lab.up(json!({ "SecurityGroupIds": [group], "KeyName": "mine" }));
    let ssh = |to: &str, user: &str, key: &str| json!({ "To": to, "Client": "ssh", "User": user, "KeyName": key });
    lab.expect(ssh(&ubuntu, "ubuntu", "mine"), "connected", "");
    lab.expect(
        ssh(&ubuntu, "ec2-user", "mine"),
        "permission-denied",
        "SSH_USER_UNKNOWN",
    );
    lab.expect(ssh(&amazon, "ec2-user", "mine"), "connected", "");
    lab.expect(
        ssh(&amazon, "root", "mine"),
        "permission-denied",
        "SSH_USER_UNKNOWN",
    );
    lab.expect(
        ssh(&amazon, "ec2-user", "other"),
        "permission-denied",
        "SSH_KEY_REJECTED",
    );
    lab.expect(
        ssh(&keyless, "ec2-user", "mine"),
        "permission-denied",
        "SSH_KEY_REJECTED",
    );
    // AWS keeps only a public half; the instance has its own copy.
    lab.ok("DeleteKeyPair", json!({ "KeyName": "mine" }));
    lab.expect(ssh(&amazon, "ec2-user", "mine"), "connected", "");
    assert_eq!(
        lab.run(json!({ "KeyName": "mine" })).unwrap_err().code(),
        "InvalidKeyPair.NotFound"
    );
    let denied = lab.connect(ssh(&amazon, "ec2-user", "other"));
    assert!(
        denied["Terminal"]
            .as_str()
            .unwrap()
            .contains("Permission denied (publickey")
    );
}

#[test]
fn ping_and_udp() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    let id = lab.up(json!({ "SecurityGroupIds": [group] }));
    let ping = json!({ "To": id, "Client": "ping" });
    lab.expect(ping.clone(), "timed-out", "ENI_SG_RULES_MISMATCH");
    lab.allow(&group, "icmp", 0, "0.0.0.0/0");
    lab.expect(ping.clone(), "timed-out", "ENI_SG_RULES_MISMATCH");
    let echo = json!([{ "IpProtocol": "icmp", "FromPort": 8, "ToPort": -1, "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }]);
    lab.ok(
        "AuthorizeSecurityGroupIngress",
        json!({ "GroupId": group, "IpPermissions": echo }),
    );
    lab.expect(ping, "connected", "");
    let dns = json!({ "To": id, "Protocol": "udp", "Port": 53 });
    lab.allow(&group, "tcp", 53, "0.0.0.0/0");
    lab.expect(dns.clone(), "timed-out", "ENI_SG_RULES_MISMATCH");
    lab.allow(&group, "udp", 53, "0.0.0.0/0");
    lab.expect(dns.clone(), "refused", "NO_LISTENER");
    lab.ok("StartService", json!({ "InstanceId": id, "Name": "named" }));
    lab.expect(dns, "connected", "");
    lab.expect(json!({ "To": id, "Port": 53 }), "connected", "");
}

#[test]
fn windows() {
    let mut lab = Lab::new();
    let group = open(&mut lab);
    let image = lab.image("windows");
    let id = lab.launch(json!({ "SecurityGroupIds": [group], "ImageId": image }));
    lab.wait(900);
    lab.expect(json!({ "To": id, "Client": "rdp" }), "connected", "");
    lab.expect(
        json!({ "To": id, "Client": "ssh" }),
        "refused",
        "NO_LISTENER",
    );
    lab.expect(
        json!({ "To": id, "Client": "ping" }),
        "timed-out",
        "OS_FIREWALL_DROP",
    );
    assert_eq!(
        lab.code("StartService", json!({ "InstanceId": id, "Name": "sshd" })),
        "UnknownService"
    );
    lab.ok(
        "CreateKeyPair",
        json!({ "KeyName": "short", "KeyType": "ed25519" }),
    );
    let error = lab
        .run(json!({ "ImageId": image, "KeyName": "short" }))
        .unwrap_err();
    assert_eq!(
        (error.code(), error.message().as_str()),
        (
            "Unsupported",
            "ED25519 key pairs are not supported with Windows AMIs. Choose a different key pair type and try again."
        )
    );
}

#[test]
fn to_another_region() {
    let mut lab = Lab::new();
    let group = open(&mut lab);
    let here = lab.up(json!({ "SecurityGroupIds": [group] }));
    let mut ireland = lab.clone();
    ireland.caller = lab.in_region("eu-west-1");
    assert_eq!(
        ireland.code("DescribeInstances", json!({ "InstanceIds": [here] })),
        "InvalidInstanceID.NotFound"
    );
    assert_eq!(
        ireland
            .run(json!({ "SecurityGroupIds": [group] }))
            .unwrap_err()
            .code(),
        "InvalidGroup.NotFound"
    );
    let group = open(&mut ireland);
    let wired = json!([{ "DeviceIndex": 0, "AssociatePublicIpAddress": false, "Groups": [group] }]);
    let hidden = ireland.launch(json!({ "NetworkInterfaces": wired }));
    let there = ireland.up(json!({ "SecurityGroupIds": [group] }));
    let public = ireland.public_ip(&there).unwrap();
    lab.world = ireland.world;
    let answer = lab.connect(json!({ "From": here, "To": there, "Port": 22 }));
    assert_eq!(answer["Verdict"], "connected");
    assert!(
        answer["Hops"]
            .as_array()
            .unwrap()
            .iter()
            .any(|hop| hop["Component"] == "internet-gateway")
    );
    lab.expect(
        json!({ "From": here, "To": public, "Port": 22 }),
        "connected",
        "",
    );
    lab.expect(
        json!({ "From": here, "To": hidden, "Port": 22 }),
        "timed-out",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_INGRESS",
    );
    let answer = lab.connect(json!({ "From": here, "To": hidden, "Port": 22 }));
    assert!(
        answer["Fixes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|fix| fix["Solves"] == true),
        "{}",
        answer["Fixes"]
    );
    lab.expect(
        json!({ "From": here, "To": "203.0.113.99", "Port": 22 }),
        "timed-out",
        "ADDRESS_UNUSED",
    );
    lab.expect(
        json!({ "From": here, "To": "internet", "Port": 22 }),
        "refused",
        "NO_LISTENER",
    );
}
