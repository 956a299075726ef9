//! What the form asks AWS for, and what it says about bad answers.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::form::{Admit, KeyChoice, LaunchForm};
use super::problems::{Field, Problem};
use ec2_lab_engine::json::json;
use ec2_lab_engine::{Caller, Value, World};

fn fresh() -> (World, Caller) {
    (World::new(11), Caller::default())
}

fn form(world: &World, caller: &Caller) -> LaunchForm {
    LaunchForm::new(world.region(caller), world.now())
}

/// Carries the calls out on the world, as one click does.
fn launch(world: &mut World, caller: &Caller, form: &LaunchForm) -> Value {
    let plan = form.plan(world, caller);
    assert_eq!(plan.refusal, None);
    let mut answer = Value::Null;
    for call in plan.calls {
        answer = world
            .execute(&call.caller, call.operation, &call.input)
            .result
            .unwrap();
    }
    answer
}

/// What is wrong with the proposal after one change.
fn problems(change: impl FnOnce(&mut LaunchForm)) -> Vec<Problem> {
    let (world, caller) = fresh();
    let mut form = form(&world, &caller);
    change(&mut form);
    form.check(&world, &caller).1
}

#[track_caller]
fn refuses(field: Field, words: &str, change: impl FnOnce(&mut LaunchForm)) {
    let found = problems(change);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].field, field);
    assert!(found[0].words().contains(words), "{}", found[0].words());
    assert!(found[0].words().ends_with(found[0].advice));
}

#[test]
fn the_proposal_is_accepted_and_nothing_can_reach_it() {
    let (mut world, caller) = fresh();
    let form = form(&world, &caller);
    let answer = launch(&mut world, &caller, &form);
    let instance = &answer["Instances"][0];
    assert_eq!(instance["InstanceType"], "t3.micro");
    assert_eq!(instance["KeyName"], "lab-key");
    assert_eq!(
        instance["SecurityGroups"][0]["GroupName"],
        "launch-wizard-1"
    );
    let region = world.region(&caller).unwrap();
    let group = region
        .security_groups
        .values()
        .find(|group| group.name == "launch-wizard-1")
        .unwrap();
    assert_eq!(group.rules_of(false).count(), 0);
    assert!(
        group
            .description
            .starts_with("launch-wizard-1 created 2026-01-05T09:00:00")
    );
}

#[test]
fn the_next_proposal_takes_the_next_name_and_the_key_there_is() {
    let (mut world, caller) = fresh();
    let first = form(&world, &caller);
    launch(&mut world, &caller, &first);
    let second = form(&world, &caller);
    assert_eq!(second.group_name, "launch-wizard-2");
    assert_eq!(second.key, KeyChoice::Existing("lab-key".to_owned()));
    assert_eq!(second.key_name, "lab-key-1");
}

#[test]
fn every_answer_reaches_the_instance() {
    let (mut world, caller) = fresh();
    let group = json!({ "GroupName": "parts", "Strategy": "partition", "PartitionCount": 3 });
    world
        .execute(&caller, "CreatePlacementGroup", &group)
        .result
        .unwrap();
    let mut form = form(&world, &caller);
    form.name = "web-1".to_owned();
    form.tags.push(("Project".to_owned(), "lab".to_owned()));
    form.choose_image("ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20251022");
    assert_eq!(
        form.instance_type, "t4g.micro",
        "the old type does not run the image"
    );
    (form.admit_login, form.admit_http, form.admit_https) = (Admit::Laptop, true, true);
    form.subnet = world
        .region(&caller)
        .unwrap()
        .subnets_by_serial()
        .nth(1)
        .map(|subnet| subnet.id);
    form.public_ip = Some(false);
    (form.volume_size, form.volume_type) = ("20".to_owned(), "gp2".to_owned());
    (form.placement_group, form.partition) = (Some("parts".to_owned()), "2".to_owned());
    form.user_data = "#!/bin/bash\necho ä".to_owned();
    (
        form.termination_protection,
        form.stop_protection,
        form.shutdown_terminates,
    ) = (true, true, true);
    (form.tokens_required, form.detailed_monitoring) = (Some(true), true);
    form.count = " 2 ".to_owned();
    let answer = launch(&mut world, &caller, &form);
    assert_eq!(answer["Instances"].as_array().unwrap().len(), 2);
    let region = world.region(&caller).unwrap();
    let row = region.instances_by_serial()[0];
    assert_eq!(
        region.root_volume(row).map(|volume| (
            volume.zone,
            volume.shape.size,
            volume.shape.kind.as_str()
        )),
        Some(("us-east-1b", 20, "gp2"))
    );
    assert_eq!(
        row.user_data.as_deref(),
        Some("#!/bin/bash\necho ä".as_bytes())
    );
    assert_eq!(
        (row.tags.name(), row.tags.get("Project")),
        (Some("web-1"), Some("lab"))
    );
    assert!(row.disable_api_termination && row.disable_api_stop && row.shutdown_terminates);
    assert!(
        row.options.metadata.http_tokens_required
            && row.detailed_monitoring
            && !row.public_ip_at_start
    );
    assert_eq!(row.placement.partition, Some(2));
    let group = region.group_by_name(row.vpc, "launch-wizard-1").unwrap();
    let ports: Vec<i32> = group
        .rules_of(false)
        .map(|rule| rule.permission.from_port)
        .collect();
    assert_eq!(ports, [22, 80, 443]);
}

#[test]
fn the_commands_say_the_same_as_the_calls() {
    let (world, caller) = fresh();
    let mut form = form(&world, &caller);
    form.admit_http = true;
    let commands = form.plan(&world, &caller).commands();
    assert!(
        commands.contains("aws ec2 create-key-pair --key-name lab-key"),
        "{commands}"
    );
    assert!(
        commands.contains("--protocol tcp --port 80 --cidr 0.0.0.0/0"),
        "{commands}"
    );
    assert!(
        commands.contains("aws ec2 run-instances --image-id ami-"),
        "{commands}"
    );
}

#[test]
fn windows_is_logged_in_to_on_another_port_and_costs_more() {
    let (world, caller) = fresh();
    let mut form = form(&world, &caller);
    let linux = form.price("us-east-1").unwrap();
    form.admit_login = Admit::Anywhere;
    form.choose_image("Windows_Server-2022-English-Full-Base-2025.12.10");
    assert_eq!(form.rules(), [(3389, "0.0.0.0/0".to_owned())]);
    assert!(form.price("us-east-1").unwrap() > linux);
    assert_eq!(
        form.volume_size, "30",
        "a size that was the image's own follows the image"
    );
    assert_eq!(form.example_script(), None);
}

#[test]
fn every_example_script_starts_a_web_server() {
    for name in [
        "al2023-ami-2023.9.20251208.0-kernel-6.1-x86_64",
        "debian-12-amd64-20251112-2294",
        "suse-sles-15-sp7-v20251022-hvm-ssd-x86_64",
    ] {
        let (mut world, caller) = fresh();
        let mut form = form(&world, &caller);
        form.choose_image(name);
        form.user_data = form.example_script().unwrap();
        launch(&mut world, &caller, &form);
        world.advance_to(world.now().plus(10 * 60 * 1_000));
        let row = world.region(&caller).unwrap().instances_by_serial()[0].clone();
        assert!(
            row.guest
                .listeners()
                .into_iter()
                .any(|(_, port, _)| port == 80),
            "{name}: {:?}",
            row.guest.console
        );
    }
}

#[test]
fn each_bad_answer_is_named_beside_its_field_in_the_words_of_aws() {
    refuses(
        Field::Name,
        "Tag value exceeds the maximum length of 256 characters",
        |form| form.name = "x".repeat(257),
    );
    refuses(Field::Tags, "Duplicate tag key 'a' specified.", |form| {
        form.tags = vec![("a".into(), "1".into()), ("a".into(), "2".into())]
    });
    refuses(Field::Tags, "reserved for internal use", |form| {
        form.tags = vec![("aws:x".into(), String::new())]
    });
    refuses(
        Field::InstanceType,
        "Invalid value 't3.mcro' for InstanceType.",
        |form| form.instance_type = "t3.mcro".into(),
    );
    refuses(
        Field::InstanceType,
        "does not match the architecture 'x86_64'",
        |form| form.instance_type = "t4g.micro".into(),
    );
    refuses(
        Field::InstanceType,
        "Invalid value '' for InstanceType.",
        |form| form.instance_type = " ".into(),
    );
    refuses(Field::Key, "The key pair 'gone' does not exist", |form| {
        form.key = KeyChoice::Existing("gone".into())
    });
    refuses(Field::KeyName, "It should not be blank", |form| {
        form.key_name = " ".into()
    });
    refuses(Field::GroupName, "Invalid security group name", |form| {
        form.group_name = String::new()
    });
    refuses(
        Field::GroupName,
        "Group names may not be in the format sg-*.",
        |form| form.group_name = "sg-web".into(),
    );
    refuses(
        Field::GroupName,
        "Cannot use reserved security group name: default",
        |form| form.group_name = "default".into(),
    );
    refuses(
        Field::GroupDescription,
        "Invalid security group description",
        |form| form.group_description = "größer <b>".into(),
    );
    refuses(
        Field::VolumeSize,
        "Volume of size 4GB is smaller than snapshot, expect size >= 8GB",
        |form| form.volume_size = "4".into(),
    );
    refuses(
        Field::VolumeSize,
        "Volume of 99999GiB is too large for volume type gp3; maximum is 65536GiB",
        |form| form.volume_size = "99999".into(),
    );
    refuses(
        Field::VolumeSize,
        "Value (ten) for parameter volumeSize is invalid.",
        |form| form.volume_size = "ten".into(),
    );
    refuses(
        Field::PlacementGroup,
        "The Placement Group 'gone' is unknown.",
        |form| form.placement_group = Some("gone".into()),
    );
    refuses(
        Field::UserData,
        "User data is limited to 16384 bytes",
        |form| form.user_data = "#".repeat(16_385),
    );
    refuses(
        Field::Count,
        "Value (0) for parameter minCount is invalid.",
        |form| form.count = "0".into(),
    );
    refuses(
        Field::Count,
        "Value (two) for parameter minCount is invalid.",
        |form| form.count = "two".into(),
    );
    refuses(Field::Count, "VcpuLimitExceeded", |form| {
        form.count = "700".into()
    });
}

#[test]
fn groups_of_aws_and_of_the_learner_are_counted() {
    let (mut world, caller) = fresh();
    let mut form = form(&world, &caller);
    form.create_group = false;
    for number in 0..6 {
        let input = json!({ "GroupName": format!("group-{number}"), "Description": "x" });
        world
            .execute(&caller, "CreateSecurityGroup", &input)
            .result
            .unwrap();
    }
    form.groups = world
        .region(&caller)
        .unwrap()
        .security_groups
        .keys()
        .copied()
        .take(6)
        .collect();
    let found = form.check(&world, &caller).1;
    assert_eq!(found[0].field, Field::Group);
    assert_eq!(found[0].code, "SecurityGroupsPerInterfaceLimitExceeded");
    form.groups.truncate(5);
    assert!(form.check(&world, &caller).1.is_empty());
}

#[test]
fn an_eighth_spread_instance_in_a_zone_is_refused() {
    let (mut world, caller) = fresh();
    world
        .execute(
            &caller,
            "CreatePlacementGroup",
            &json!({ "GroupName": "apart", "Strategy": "spread" }),
        )
        .result
        .unwrap();
    let mut form = form(&world, &caller);
    form.placement_group = Some("apart".to_owned());
    form.count = "8".to_owned();
    let found = form.check(&world, &caller).1;
    assert_eq!(
        (found.len(), found[0].field),
        (1, Field::PlacementGroup),
        "{found:?}"
    );
    form.count = "7".to_owned();
    assert!(form.check(&world, &caller).1.is_empty());
}

#[test]
fn all_that_is_wrong_is_named_at_once_in_the_order_of_the_page() {
    let found = problems(|form| {
        form.count = "no".to_owned();
        form.user_data = "#".repeat(20_000);
        form.instance_type = "x".to_owned();
        form.group_name = "sg-x".to_owned();
        form.key_name = String::new();
    });
    let fields: Vec<Field> = found.iter().map(|problem| problem.field).collect();
    assert_eq!(
        fields,
        [
            Field::InstanceType,
            Field::KeyName,
            Field::GroupName,
            Field::UserData,
            Field::Count
        ]
    );
}

#[test]
fn a_refused_plan_leaves_the_world_alone() {
    let (world, caller) = fresh();
    let before = world.state_hash();
    let mut form = form(&world, &caller);
    form.instance_type = "nothing".to_owned();
    let (plan, _) = form.check(&world, &caller);
    assert_eq!(plan.refusal.unwrap().1.code(), "InvalidParameterValue");
    assert_eq!(world.state_hash(), before);
}
