//! What runs inside a machine: user data, services, the operating system's firewall.

use crate::lab::{Lab, text};
use base64ct::{Base64, Encoding};
use ec2_lab_engine::json::json;

fn data(script: &str) -> String {
    Base64::encode_string(script.as_bytes())
}

fn console(lab: &mut Lab, id: &str) -> String {
    text(&lab.ok("GetConsoleOutput", json!({ "InstanceId": id }))["Output"])
}

const WEB: &str = "#!/bin/bash\nset -e\nwhoami\ndnf install -y httpd\nsystemctl enable --now httpd\necho 'Hello' > /var/www/html/index.html\n";

#[test]
fn user_data_runs_once_as_root() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "tcp", 80, "0.0.0.0/0");
    let id = lab.up(json!({ "SecurityGroupIds": [group], "UserData": data(WEB) }));
    let log = console(&mut lab, &id);
    assert!(
        log.contains("cloud-init: root") && log.contains("Installed: httpd"),
        "{log}"
    );
    lab.expect(json!({ "To": id, "Client": "http" }), "connected", "");
    lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    lab.ok("StartInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    assert_eq!(
        console(&mut lab, &id).matches("Installed: httpd").count(),
        1,
        "only the first boot runs it"
    );
    lab.expect(json!({ "To": id, "Client": "http" }), "connected", "");
}

#[test]
fn a_service_that_is_not_enabled_is_gone_after_a_restart() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "tcp", 80, "0.0.0.0/0");
    let id = lab.up(json!({ "SecurityGroupIds": [group], "UserData": data("#!/bin/bash\ndnf install -y httpd\nsystemctl start httpd\n") }));
    lab.expect(json!({ "To": id, "Client": "http" }), "connected", "");
    lab.ok("RebootInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    lab.expect(
        json!({ "To": id, "Client": "http" }),
        "refused",
        "NO_LISTENER",
    );
}

#[test]
fn an_installation_without_the_internet_fails_in_the_log() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "tcp", 80, "0.0.0.0/0");
    let everywhere = json!([{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }]);
    lab.ok(
        "RevokeSecurityGroupEgress",
        json!({ "GroupId": group, "IpPermissions": everywhere }),
    );
    let id = lab.up(json!({ "SecurityGroupIds": [group], "UserData": data(WEB) }));
    lab.wait(600);
    let log = console(&mut lab, &id);
    assert!(
        log.contains("cannot download") && log.contains("Failed to run module scripts-user"),
        "{log}"
    );
    assert!(!log.contains("Installed"), "{log}");
    lab.expect(
        json!({ "To": id, "Client": "http" }),
        "refused",
        "NO_LISTENER",
    );
}

#[test]
fn odd_user_data() {
    let mut lab = Lab::new();
    for (script, words) in [
        ("dnf install -y httpd", "Unhandled non-multipart"),
        ("#cloud-config\npackages: [httpd]", "not modelled"),
        (
            "#!/bin/bash\ntrombone",
            "trombone: command not found (this lab does not have it",
        ),
        (
            "#!/bin/bash\napt-get install -y nginx",
            "apt-get: command not found",
        ),
        (
            "#!/bin/bash\nfalse_command && whoami; hostname",
            "cloud-init: localhost",
        ),
        ("#!/bin/bash\n# nothing but a remark", "scripts/part-001"),
    ] {
        let id = lab.up(json!({ "UserData": data(script) }));
        let log = console(&mut lab, &id);
        assert!(log.contains(words), "{script}: {log}");
    }
    let windows = lab.image("windows");
    let id = lab.launch(
        json!({ "ImageId": windows, "UserData": data("<powershell>Get-Date</powershell>") }),
    );
    lab.wait(900);
    assert!(console(&mut lab, &id).contains("EC2Launch"));
    let big = data(&format!("#!/bin/bash\n{}", "#".repeat(16_384)));
    assert_eq!(
        lab.run(json!({ "UserData": big })).unwrap_err().message(),
        "User data is limited to 16384 bytes"
    );
    assert_eq!(
        lab.run(json!({ "UserData": "***" })).unwrap_err().code(),
        "InvalidUserData.Malformed"
    );
}

#[test]
fn the_operating_systems_own_firewall() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "-1", -1, "0.0.0.0/0");
    let id = lab.up(json!({ "SecurityGroupIds": [group] }));
    let ssh = json!({ "To": id, "Port": 22 });
    for (action, verdict, cause) in [
        ("drop", "timed-out", "OS_FIREWALL_DROP"),
        ("reject", "no-route", "OS_FIREWALL_REJECT"),
        ("reject-port", "refused", "OS_FIREWALL_REJECT"),
    ] {
        lab.ok("PutFirewall", json!({ "InstanceId": id, "Rules": [{ "Protocol": "tcp", "Port": 22, "Action": action }] }));
        lab.expect(ssh.clone(), verdict, cause);
        lab.expect(json!({ "To": id, "Client": "ping" }), "connected", "");
    }
    lab.ok("PutFirewall", json!({ "InstanceId": id, "Rules": [] }));
    lab.expect(ssh, "connected", "");
    assert_eq!(
        lab.code(
            "PutFirewall",
            json!({ "InstanceId": id, "Rules": [{ "Action": "forget" }] })
        ),
        "InvalidParameterValue"
    );
}

#[test]
fn programs_and_their_ports() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "-1", -1, "0.0.0.0/0");
    let id = lab.up(json!({ "SecurityGroupIds": [group] }));
    let start = |name: &str| json!({ "InstanceId": id, "Name": name });
    lab.ok("StartService", start("nginx"));
    assert_eq!(lab.code("StartService", start("httpd")), "AddressInUse");
    assert_eq!(
        lab.code("StartService", start("trombone")),
        "UnknownService"
    );
    for port in [8080, 9090] {
        lab.ok(
            "StartService",
            json!({ "InstanceId": id, "Name": "app", "Port": port }),
        );
    }
    for port in [80, 443, 8080, 9090] {
        lab.expect(json!({ "To": id, "Port": port }), "connected", "");
    }
    assert_eq!(
        lab.code(
            "StartService",
            json!({ "InstanceId": id, "Name": "app", "Port": 0 })
        ),
        "InvalidParameterValue"
    );
    assert_eq!(
        lab.code(
            "StartService",
            json!({ "InstanceId": id, "Name": "nginx", "Port": 81 })
        ),
        "InvalidParameterCombination"
    );
    lab.ok("StopService", start("app"));
    lab.expect(json!({ "To": id, "Port": 8080 }), "refused", "NO_LISTENER");
    assert_eq!(lab.code("StopService", start("redis")), "UnknownService");
}
