//! The laptop and the machine behind `ssh`, over the real engine: the way of a newcomer at the prompt.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use ec2_lab_cli::{Answer, MemoryFiles, Shell};
use ec2_lab_engine::World;

fn shell() -> Shell<World> {
    Shell::new(World::new(7), Box::new(MemoryFiles::default()))
}

fn run(shell: &mut Shell<World>, line: &str) -> Answer {
    shell.run(line)
}

/// Runs a line that must succeed; what it printed.
fn ok(shell: &mut Shell<World>, line: &str) -> String {
    let answer = shell.run(line);
    assert_eq!(answer.exit, 0, "{line}: {}{}", answer.stdout, answer.stderr);
    answer.stdout
}

/// A shell with a key file and a running Amazon Linux machine that nothing can reach yet; its address.
fn launched() -> (Shell<World>, String) {
    let mut shell = shell();
    for line in [
        "aws ec2 create-key-pair --key-name web --query KeyMaterial --output text > web.pem",
        "sg=$(aws ec2 create-security-group --group-name web --description web --query GroupId --output text)",
        "i=$(aws ec2 run-instances --image-id $(lab image --name al2023) --instance-type t3.micro --key-name web \
         --security-group-ids $sg --query 'Instances[0].InstanceId' --output text)",
        "aws ec2 wait instance-running --instance-ids $i && lab wait --seconds 120",
        "ip=$(aws ec2 describe-instances --instance-ids $i --query 'Reservations[0].Instances[0].PublicIpAddress' --output text)",
    ] {
        ok(&mut shell, line);
    }
    let ip = ok(&mut shell, "echo $ip").trim().to_owned();
    (shell, ip)
}

#[test]
fn every_no_on_the_way_in_is_the_real_programs_own() {
    let (mut shell, ip) = launched();
    let ssh = "ssh -i web.pem ec2-user@$ip whoami";
    let answer = run(&mut shell, ssh);
    assert_eq!(answer.exit, 255);
    assert!(
        answer.stderr.contains("UNPROTECTED PRIVATE KEY FILE") && answer.stderr.contains("0644")
    );
    assert!(answer.stderr.contains(&format!(
        "connect to host {ip} port 22: Connection timed out"
    )));

    ok(&mut shell, "chmod 400 web.pem");
    ok(
        &mut shell,
        "aws ec2 authorize-security-group-ingress --group-id $sg --protocol tcp --port 22 --cidr 203.0.113.7/32",
    );
    assert_eq!(ok(&mut shell, ssh), "ec2-user\n");
    let root = run(&mut shell, "ssh -i web.pem root@$ip whoami");
    assert_eq!(root.exit, 255);
    assert!(
        root.stderr.contains("Permission denied (publickey"),
        "{}",
        root.stderr
    );
    let without = run(&mut shell, "ssh ec2-user@$ip whoami");
    assert!(
        without.stderr.contains("Permission denied"),
        "{}",
        without.stderr
    );
    let none = run(&mut shell, "ssh -i other.pem ec2-user@$ip");
    assert!(none.stderr.contains("not accessible"), "{}", none.stderr);
    assert_eq!(run(&mut shell, "curl -m 5 http://$ip").exit, 28);
    assert_eq!(run(&mut shell, "nc -zv $ip 22").exit, 0);
    assert_eq!(run(&mut shell, "ping -c 2 $ip").exit, 1);
    assert_eq!(run(&mut shell, "curl http://no-such-name").exit, 6);
    ok(
        &mut shell,
        "aws ec2 authorize-security-group-ingress --group-id $sg --protocol tcp --port 80 --cidr 0.0.0.0/0",
    );
    assert_eq!(run(&mut shell, "curl http://$ip").exit, 7);
}

#[test]
fn a_web_server_is_set_up_from_inside() {
    let (mut shell, ip) = launched();
    ok(&mut shell, "chmod 400 web.pem");
    for port in ["22", "80"] {
        ok(
            &mut shell,
            &format!(
                "aws ec2 authorize-security-group-ingress --group-id $sg --protocol tcp --port {port} --cidr 0.0.0.0/0"
            ),
        );
    }
    ok(&mut shell, "ssh -i web.pem ec2-user@$ip");
    assert_eq!(shell.state.prompt(), format!("[ec2-user@{ip} ~]$"));
    assert_eq!(
        run(&mut shell, "dnf install -y httpd").exit,
        1,
        "only root may"
    );
    ok(
        &mut shell,
        "sudo dnf install -y httpd && sudo systemctl enable --now httpd",
    );
    ok(
        &mut shell,
        "echo '<h1>Hello from' $(whoami)'</h1>' | sudo tee /var/www/html/index.html",
    );
    assert!(ok(&mut shell, "ss -tlnp | grep :80").contains("httpd"));
    assert_eq!(
        run(
            &mut shell,
            "curl -s http://169.254.169.254/latest/meta-data/instance-id"
        )
        .stdout,
        "401 - Unauthorized\n"
    );
    ok(
        &mut shell,
        "TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')",
    );
    let id = ok(
        &mut shell,
        "curl -s -H \"X-aws-ec2-metadata-token: $TOKEN\" http://169.254.169.254/latest/meta-data/instance-id",
    );
    assert!(id.starts_with("i-"));
    assert!(ok(&mut shell, "exit").contains("closed"));
    assert_eq!(shell.state.prompt(), "$");
    assert_eq!(ok(&mut shell, "echo $i").trim(), id);
    assert!(ok(&mut shell, "curl -s http://$ip").contains("Hello from ec2-user"));
}

#[test]
fn files_go_there_and_back() {
    let (mut shell, _) = launched();
    ok(
        &mut shell,
        "chmod 600 web.pem && aws ec2 authorize-security-group-ingress --group-id $sg --protocol tcp --port 22 --cidr 0.0.0.0/0",
    );
    ok(
        &mut shell,
        "cat > notes.txt <<'END'\nfirst\nsecond line\nEND",
    );
    ok(&mut shell, "scp -i web.pem notes.txt ec2-user@$ip:");
    assert_eq!(
        ok(&mut shell, "ssh -i web.pem ec2-user@$ip 'wc -l notes.txt'"),
        "2 notes.txt\n"
    );
    ok(&mut shell, "scp -i web.pem ec2-user@$ip:notes.txt copy.txt");
    assert_eq!(ok(&mut shell, "tail -n 1 copy.txt"), "second line\n");
    assert!(ok(&mut shell, "ls -l").contains("-rw------- 1 learner"));
    assert_eq!(run(&mut shell, "cat nothing.txt").exit, 1);
}

#[test]
fn a_key_is_the_same_key_wherever_its_public_half_goes() {
    let (mut shell, _) = launched();
    ok(
        &mut shell,
        "chmod 400 web.pem && ssh-keygen -y -f web.pem > web.pub",
    );
    ok(
        &mut shell,
        "aws ec2 import-key-pair --region eu-west-1 --key-name web-eu --public-key-material fileb://web.pub",
    );
    let here = "aws ec2 describe-key-pairs --include-public-key --query 'KeyPairs[0].PublicKey' --output text";
    let key = |line: String| line.split_whitespace().nth(1).unwrap().to_owned();
    let there = format!("{here} --region eu-west-1");
    assert_eq!(key(ok(&mut shell, here)), key(ok(&mut shell, &there)));
}

#[test]
fn an_address_that_moved_is_another_host() {
    let (mut shell, _) = launched();
    for line in [
        "chmod 400 web.pem",
        "aws ec2 authorize-security-group-ingress --group-id $sg --protocol tcp --port 22 --cidr 0.0.0.0/0",
        "j=$(aws ec2 run-instances --image-id $(lab image --name al2023) --instance-type t3.micro --key-name web \
         --security-group-ids $sg --query 'Instances[0].InstanceId' --output text)",
        "aws ec2 wait instance-running --instance-ids $j && lab wait --seconds 120",
        "a=$(aws ec2 allocate-address --query AllocationId --output text)",
        "eip=$(aws ec2 describe-addresses --query 'Addresses[0].PublicIp' --output text)",
        "aws ec2 associate-address --allocation-id $a --instance-id $i",
        "ssh -i web.pem ec2-user@$eip whoami",
        "aws ec2 associate-address --allocation-id $a --instance-id $j",
    ] {
        ok(&mut shell, line);
    }
    let answer = run(&mut shell, "ssh -i web.pem ec2-user@$eip whoami");
    assert_eq!(answer.exit, 255);
    assert!(
        answer
            .stderr
            .contains("REMOTE HOST IDENTIFICATION HAS CHANGED")
    );
    ok(&mut shell, "ssh-keygen -R $eip");
    ok(&mut shell, "ssh -i web.pem ec2-user@$eip whoami");
}

#[test]
fn the_shell_speaks_as_bash_does() {
    let mut shell = shell();
    for (line, exit, out) in [
        ("for n in 1 2 3; do echo $n; done | tail -n 1", 0, "3\n"),
        (
            "if [ 2 -gt 10 ]; then echo no; else echo yes; fi",
            0,
            "yes\n",
        ),
        ("x=a; x=b echo $x; echo $x", 0, "a\na\n"),
        ("false || echo second && echo third", 0, "second\nthird\n"),
        ("! false; echo $?", 0, "0\n"),
        (
            "n=0; while [ $n -lt 3 ]; do n=$((n + 1)); done; echo $n",
            0,
            "3\n",
        ),
        (
            "f=web.pem; echo ${f%.pem} ${f##*.} ${g:-none} ${#f}",
            0,
            "web pem none 7\n",
        ),
        (
            "printf 'a b\\nc d\\n' | cut -d ' ' -f 2 | sort -r | tr a-z A-Z",
            0,
            "D\nB\n",
        ),
        ("(x=inner; echo $x); echo ${x:-outer}", 0, "inner\na\n"),
        (
            "case t3.micro in t*) echo burst;; *) echo other;; esac",
            0,
            "burst\n",
        ),
        (
            "echo one > f; echo two >> f; cat < f; cat f | wc -l",
            0,
            "one\ntwo\n2\n",
        ),
        (
            "cat nothing 2> err; cat err; cat nothing > /dev/null 2>&1; echo $?",
            0,
            "cat: nothing: No such file or directory\n1\n",
        ),
        (
            "v='two  words'; echo $v; echo \"$v\"; echo '$v'",
            0,
            "two words\ntwo  words\n$v\n",
        ),
        (
            "touch a.pem b.pem; echo *.pem *.none",
            0,
            "a.pem b.pem *.none\n",
        ),
        ("set -e; false; echo never", 1, ""),
        ("while true; do :; done", 130, ""),
    ] {
        let answer = shell.run(line);
        assert_eq!(
            (answer.exit, answer.stdout.as_str()),
            (exit, out),
            "{line}: {}",
            answer.stderr
        );
    }
}
