//! Inside a machine, programs do what they were asked, or say that they did not.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod prompt;

use ec2_lab_cli::Shell;
use ec2_lab_engine::World;
use prompt::{after, ok};

/// A machine of which `$ip` is the address and `k.pem` the key; anybody may reach its ports 22 and 80.
const MACHINE: &str = "
sg=$(aws ec2 create-security-group --group-name open --description open --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $sg --protocol tcp --port 22 --cidr 0.0.0.0/0
aws ec2 authorize-security-group-ingress --group-id $sg --protocol tcp --port 80 --cidr 0.0.0.0/0
aws ec2 create-key-pair --key-name k --query KeyMaterial --output text > k.pem
chmod 400 k.pem
i=$(aws ec2 run-instances --image-id $(lab image --name al2023) --instance-type t3.micro --key-name k --security-group-ids $sg --query 'Instances[0].InstanceId' --output text)
lab wait --seconds 120
ip=$(aws ec2 describe-instances --instance-ids $i --query 'Reservations[0].Instances[0].PublicIpAddress' --output text)
";

fn logged_in() -> Shell<World> {
    let mut shell = after(3, MACHINE);
    ok(&mut shell, "ssh -i k.pem ec2-user@$ip");
    shell
}

#[test]
fn relative_names_are_those_of_the_folder_that_the_shell_is_in() {
    let mut shell = logged_in();
    ok(&mut shell, "cd /tmp/work/../notes");
    assert_eq!(ok(&mut shell, "pwd"), "/tmp/notes\n");
    ok(&mut shell, "echo here > a");
    assert_eq!(ok(&mut shell, "cat /tmp/notes/a; ls"), "here\na\n");
    ok(&mut shell, "cd");
    assert_eq!(shell.run("cat a").exit, 1);
    ok(&mut shell, "cd -");
    assert_eq!(
        ok(&mut shell, "cat a; cat ./a; cat ../notes/a"),
        "here\nhere\nhere\n"
    );
    // root's shell goes where it was sent from.
    ok(&mut shell, "cd /etc");
    assert_eq!(shell.run("echo x > motd").exit, 1);
    ok(&mut shell, "echo x | sudo tee motd");
    assert_eq!(ok(&mut shell, "cat /etc/motd"), "x\n");
}

#[test]
fn a_command_given_to_ssh_has_a_shell_of_its_own() {
    let mut shell = after(3, MACHINE);
    ok(&mut shell, "ssh -i k.pem ec2-user@$ip 'cd /tmp; name=x'");
    assert_eq!(
        ok(&mut shell, "ssh -i k.pem ec2-user@$ip 'pwd; echo .$name.'")
            .lines()
            .collect::<Vec<_>>(),
        ["/home/ec2-user", ".."]
    );
}

#[test]
fn a_package_that_the_mirrors_do_not_have_is_refused() {
    let mut shell = logged_in();
    let answer = shell.run("sudo dnf install -y httpd nosuch");
    assert_eq!(answer.exit, 1);
    assert!(answer.stderr.contains("Unable to find a match: nosuch"));
    assert_eq!(
        shell.run("systemctl status httpd").exit,
        4,
        "nothing was installed"
    );
    ok(&mut shell, "sudo dnf install -y httpd");
    assert_eq!(shell.run("systemctl is-enabled httpd").stdout, "");
    ok(&mut shell, "sudo systemctl enable httpd");
    assert_eq!(ok(&mut shell, "systemctl is-enabled httpd"), "enabled\n");
    assert_eq!(shell.run("id bob").exit, 1);
    assert!(ok(&mut shell, "free -h").contains("Mi"));
}

#[test]
fn curl_and_wget_read_options_that_stand_together_and_save_what_comes() {
    let mut shell = logged_in();
    ok(
        &mut shell,
        "sudo dnf install -y httpd; sudo systemctl start httpd",
    );
    ok(&mut shell, "echo hello | sudo tee /var/www/html/index.html");
    ok(
        &mut shell,
        "T=$(curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')",
    );
    let id = ok(
        &mut shell,
        "curl -sH \"X-aws-ec2-metadata-token: $T\" http://169.254.169.254/latest/meta-data/instance-id",
    );
    assert!(id.starts_with("i-"), "{id}");
    assert_eq!(ok(&mut shell, "wget -qO- http://localhost/"), "hello\n");
    assert_eq!(ok(&mut shell, "wget http://localhost/"), "");
    assert_eq!(ok(&mut shell, "cat index.html"), "hello\n");
    assert_eq!(ok(&mut shell, "curl -so page http://localhost/a/b"), "");
    ok(&mut shell, "cd /tmp && curl -sO http://localhost/a/b");
    assert_eq!(ok(&mut shell, "cat ~/page /tmp/b"), "hello\nhello\n");
    assert_eq!(shell.run("curl -so /etc/page http://localhost/").exit, 23);
}

#[test]
fn ping_sends_as_many_packets_as_it_was_asked_for() {
    let mut shell = logged_in();
    for (line, packets) in [("ping -c 2", 2), ("ping -c1", 1), ("ping -q -c 7", 7)] {
        let said = ok(&mut shell, &format!("{line} amazon.com"));
        assert!(said.contains(&format!(
            "{packets} packets transmitted, {packets} received"
        )));
        assert_eq!(said.matches("icmp_seq=").count(), packets);
    }
    assert_eq!(shell.run("ping -c none amazon.com").exit, 1);
}
