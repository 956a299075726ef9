//! What runs inside a machine: user data, services, the operating system's firewall.

use crate::lab::{Lab, text};
use base64ct::{Base64, Encoding};
use ec2_lab_engine::json::json;

fn data(script: &str) -> String {
    Base64::encode_string(script.as_bytes())
}

fn console(lab: &mut Lab, id: &str) -> String {
    let shown = lab.ok("GetConsoleOutput", json!({ "InstanceId": id }));
    text(&shown["Output"]).replace("\r\n", "\n")
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
        ("#cloud-config\npackages: [httpd]", "Installed: httpd"),
        (
            "#cloud-config\nusers: [default]",
            "the key users is not modelled",
        ),
        (
            "#cloud-config\nruncmd: [[echo, \"it's\", 7], 'echo $((1 + 2))']",
            "it's 7\ncloud-init: 3",
        ),
        (
            "#cloud-config\npackages: httpd",
            "packages has a wrong form",
        ),
        ("#cloud-config\na: [", "Failed loading yaml"),
        ("#!/usr/bin/python3\nprint(1)", "shell scripts only"),
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
            "cloud-init: ip-172-31-",
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

/// User data is a script for the same shell that one meets inside: conditions, loops, pipes, variables, here-documents.
#[test]
fn user_data_has_the_whole_shell() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "tcp", 80, "0.0.0.0/0");
    let script = "#!/bin/bash\n\
        page=/var/www/html/index.html\n\
        if [ -f $page ]; then echo there; else dnf install -y httpd; systemctl enable --now httpd; fi\n\
        for n in 1 2 3; do echo \"<li>item $n</li>\" >> $page; done\n\
        cat >> $page <<END\n<p>on $(hostname)</p>\nEND\n\
        echo items: $(cat $page | grep item | wc -l)\n\
        grep nothing $page || echo none && echo both\n";
    let id = lab.up(json!({ "SecurityGroupIds": [group], "UserData": data(script) }));
    let log = console(&mut lab, &id);
    assert!(
        log.contains("cloud-init: items: 3\ncloud-init: none\ncloud-init: both"),
        "{log}"
    );
    assert!(!log.contains("there"), "{log}");
    let page = lab.ok(
        "RunInGuest",
        json!({ "InstanceId": id, "Command": "curl -s localhost" }),
    );
    assert!(
        text(&page["Output"]).contains("<li>item 3</li>\n<p>on ip-172-31-"),
        "{page}"
    );
    lab.expect(json!({ "To": id, "Client": "http" }), "connected", "");
}

/// What takes time inside a condition is not there before its time.
#[test]
fn user_data_takes_its_time() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "tcp", 80, "0.0.0.0/0");
    let script = "#!/bin/bash\ndnf install -y httpd\nif true; then sleep 10m; systemctl start httpd; fi\necho done\n";
    let id = lab.launch(json!({ "SecurityGroupIds": [group], "UserData": data(script) }));
    lab.wait(300);
    let web = json!({ "To": id, "Client": "http" });
    lab.expect(web.clone(), "refused", "NO_LISTENER");
    assert!(!console(&mut lab, &id).contains("cloud-init: done"));
    lab.wait(600);
    lab.expect(web, "connected", "");
    assert!(console(&mut lab, &id).contains("cloud-init: done"));
}

#[test]
fn set_e_ends_a_script_but_not_what_is_looked_at() {
    let mut lab = Lab::new();
    for (script, said, ends_well) in [
        ("set -e\ntrombone\necho after", "", false),
        ("set -e\ntrombone || echo or\necho after", "or after", true),
        (
            "set -e\nif trombone; then echo x; fi\necho after",
            "after",
            true,
        ),
        ("trombone\necho after", "after", true),
        ("echo before\nexit 3\necho after", "before", false),
        ("false && echo x\necho after", "after", true),
    ] {
        let id = lab.up(json!({ "UserData": data(&format!("#!/bin/bash\n{script}\n")) }));
        lab.wait(60);
        let log = console(&mut lab, &id);
        let words: Vec<&str> = log
            .lines()
            .filter_map(|line| line.strip_prefix("cloud-init: "))
            .filter(|line| matches!(*line, "before" | "or" | "after" | "x"))
            .collect();
        assert_eq!(words.join(" "), said, "{script}: {log}");
        assert_eq!(
            log.contains("modules:final finished"),
            ends_well,
            "{script}: {log}"
        );
    }
}

/// `#cloud-config` says what a machine should have.
#[test]
fn a_cloud_config_is_done_in_cloud_inits_order() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "tcp", 80, "0.0.0.0/0");
    let config = "#cloud-config\n\
        runcmd:\n  - systemctl enable --now httpd\n  - [sh-is-no-program]\n\
        packages:\n  - httpd\n\
        write_files:\n  - path: /var/www/html/index.html\n    permissions: '0644'\n    content: |\n      it's `here`\n      $HOME\n  \
        - path: /tmp/packed\n    encoding: b64\n    content: aGVsbG8=\n";
    let id = lab.up(json!({ "SecurityGroupIds": [group], "UserData": data(config) }));
    lab.wait(60);
    lab.expect(json!({ "To": id, "Client": "http" }), "connected", "");
    for (path, content) in [
        ("/var/www/html/index.html", "it's `here`\n$HOME\n"),
        ("/tmp/packed", "hello\n"),
    ] {
        let read = lab.ok(
            "RunInGuest",
            json!({ "InstanceId": id, "Command": format!("cat {path}") }),
        );
        assert_eq!(read["Output"], content);
    }
    assert!(console(&mut lab, &id).contains("Failed to run module scripts-user"));
}
