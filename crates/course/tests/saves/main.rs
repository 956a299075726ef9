//! Saves: a lab with something of everything, the same natively and in a browser, today and later.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test reports by panicking"
)]

use ec2_lab_cli::{MemoryFiles, Shell};
use ec2_lab_course::save;
use ec2_lab_course::session::{Door, Session};

/// A lab that uses much of the engine.
const SCRIPT: &str = r#"
ami=$(lab image --name al2023)
aws ec2 create-key-pair --key-name lab-key
sg=$(aws ec2 create-security-group --group-name web-sg --description web --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $sg --protocol tcp --port 22 --cidr 203.0.113.7/32
web=$(aws ec2 run-instances --image-id $ami --instance-type t3.micro --key-name lab-key --security-group-ids $sg --query 'Instances[0].InstanceId' --output text)
aws ec2 wait instance-running --instance-ids $web
lab wait --seconds 120
lab start-service --instance-id $web --name httpd
aws ec2 create-placement-group --group-name apart --strategy spread
aws ec2 run-instances --image-id $ami --instance-type m5.large --count 3 --placement GroupName=apart,AvailabilityZone=us-east-1b
eip=$(aws ec2 allocate-address --query AllocationId --output text)
aws ec2 associate-address --allocation-id $eip --instance-id $web
aws ec2 stop-instances --instance-ids $web
lab wait --seconds 60
aws ec2 start-instances --instance-ids $web
lab wait --seconds 90
aws ec2 run-instances --region eu-west-1 --image-id $(lab image --name windows --region eu-west-1) --instance-type t3.large
"#;

fn lab() -> Session {
    let mut door = Door {
        session: Session::new(42),
        events: Vec::new(),
        attempt: None,
    };
    door.session.begin_step();
    let mut shell = Shell::new(&mut door, Box::new(MemoryFiles::default()));
    shell.run_script(SCRIPT).unwrap();
    door.session
}

#[test]
fn the_recorded_save_of_today_is_what_the_engine_makes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/saves/today.json");
    let text = save::encode(&lab(), "us-east-1");
    if std::env::var_os("EC2_LAB_BLESS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    // The browser's own test opens the same file: both must come to the hash that stands in it.
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        text,
        "EC2_LAB_BLESS=1 records it anew"
    );
}

#[test]
fn every_recorded_format_opens() {
    let first = include_str!("../../../../tests/saves/format-1.json");
    let opened = save::decode(first).unwrap();
    let region = opened
        .session
        .world()
        .region(&ec2_lab_engine::Caller::default())
        .unwrap();
    assert!(
        region
            .security_groups
            .values()
            .any(|group| group.name == "web-sg")
    );
    assert_eq!(region.instances.len(), 4);
}
