//! A model check of who may launch what: every world of two accounts, two Regions and three keys that six steps of a small
//! alphabet lead to. In each, every launch is carried out and judged by a naive statement of AWS's rules, and so is whether
//! each step is refused. Worlds that differ in nothing that these rules speak of are met once.

use crate::launches_rules::{COPYING, Closed, End, Image, Key, Rules, SHARING, Step};
use ec2_lab_engine::ids::{ImageId, ResourceId};
use ec2_lab_engine::json::json;
use ec2_lab_engine::resources::kms::KeyArn;
use ec2_lab_engine::sharing::{graph, trace};
use ec2_lab_engine::{ACCOUNTS, Caller, Value, World};
use std::collections::BTreeSet;

const REGIONS: [&str; 2] = ["us-east-1", "eu-west-1"];
/// How many steps lead away from the beginning.
const DEPTH: usize = 6;

// ---- The engine beside it. ----

#[derive(Clone)]
struct State {
    world: World,
    rules: Rules,
    keys: [String; 3],
    images: Vec<String>,
    snapshot: String,
}

fn at(account: usize, region: usize) -> Caller {
    Caller::of(&ACCOUNTS[account].to_string(), REGIONS[region]).unwrap()
}

fn call(
    world: &mut World,
    caller: &Caller,
    operation: &str,
    input: Value,
) -> Result<Value, &'static str> {
    let answer = world.execute(caller, operation, &input).result;
    answer.map_err(|refusal| refusal.code())
}

/// Long enough for copies and instances.
fn settle(world: &mut World) {
    world.advance_to(world.now().plus(300_000));
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Three images of the owner's: closed with its key, with AWS's, and open.
fn begin() -> State {
    let mut world = World::new(11);
    let mut key = |account, region| {
        text(
            &call(&mut world, &at(account, region), "CreateKey", json!({})).unwrap()["KeyMetadata"]
                ["Arn"],
        )
    };
    let keys = [key(0, 0), key(1, 0), key(1, 1)];
    let owner = at(0, 0);
    let base =
        text(&call(&mut world, &owner, "Image", json!({ "Name": "al2023" })).unwrap()["ImageId"]);
    let mut images = Vec::new();
    let closings = [
        json!({ "Encrypted": true, "KmsKeyId": keys[0] }),
        json!({ "Encrypted": true }),
        json!({}),
    ];
    for (number, closing) in closings.into_iter().enumerate() {
        let mut input = json!({ "SourceImageId": base, "SourceRegion": REGIONS[0], "Name": format!("image {number}") });
        input
            .as_object_mut()
            .unwrap()
            .extend(closing.as_object().unwrap().clone());
        images.push(text(
            &call(&mut world, &owner, "CopyImage", input).unwrap()["ImageId"],
        ));
    }
    settle(&mut world);
    let rows = call(
        &mut world,
        &owner,
        "DescribeImages",
        json!({ "ImageIds": [images[0]] }),
    )
    .unwrap();
    let snapshot = text(&rows["Images"][0]["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]);
    let made = |closed| Image {
        owner: 0,
        region: 0,
        closed,
        shared: false,
        snapshot_shared: false,
        disabled: false,
        failed: false,
    };
    let rules = Rules {
        keys: [(0, 0), (1, 0), (1, 1)].map(|(owner, region)| Key {
            owner,
            region,
            ..Key::default()
        }),
        images: vec![
            made(Closed::With(0)),
            made(Closed::Managed(0, 0)),
            made(Closed::Open),
        ],
        own_default: false,
    };
    State {
        world,
        rules,
        keys,
        images,
        snapshot,
    }
}

const ACTIONS: [&str; 4] = ["DescribeKey", "CreateGrant", "Decrypt", "ReEncryptFrom"];

impl State {
    /// Takes a step in the engine and in the rules; what each says of it.
    fn step(&mut self, step: Step) -> (Result<(), &'static str>, Result<(), &'static str>) {
        let (owner, partner) = (at(0, 0), at(1, 0));
        let digits = ACCOUNTS[1].to_string();
        let root = format!("arn:aws:iam::{digits}:root");
        let key = self.keys[0].clone();
        let word = |on: bool| if on { "Add" } else { "Remove" };
        let (place, operation, input) = match step {
            Step::Share(number, on) => (
                owner,
                "ModifyImageAttribute",
                json!({ "ImageId": self.images[number], "LaunchPermission": { word(on): [{ "UserId": digits }] } }),
            ),
            Step::ShareSnapshot(on) => (
                owner,
                "ModifySnapshotAttribute",
                json!({ "SnapshotId": self.snapshot, "CreateVolumePermission": { word(on): [{ "UserId": digits }] } }),
            ),
            Step::Policy(on) => {
                let mut statements = vec![
                    json!({ "Effect": "Allow", "Principal": { "AWS": ACCOUNTS[0].to_string() }, "Action": "kms:*", "Resource": "*" }),
                ];
                if on {
                    let actions = ACTIONS.map(|action| format!("kms:{action}")).to_vec();
                    statements.push(json!({ "Effect": "Allow", "Principal": { "AWS": root }, "Action": actions, "Resource": "*" }));
                }
                let policy =
                    json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
                (
                    owner,
                    "PutKeyPolicy",
                    json!({ "KeyId": key, "Policy": policy }),
                )
            }
            Step::Grant(true) => (
                owner,
                "CreateGrant",
                json!({ "KeyId": key, "GranteePrincipal": root, "Operations": ACTIONS.to_vec(), "Name": "one" }),
            ),
            Step::Grant(false) => {
                let arn = KeyArn::parse(&key).unwrap();
                let grants = &self.world.kms().keys.get(&arn).unwrap().grants;
                let id = grants
                    .first()
                    .map_or("0".to_owned(), |grant| grant.id.clone());
                (owner, "RevokeGrant", json!({ "KeyId": key, "GrantId": id }))
            }
            Step::Enable(number, on) => {
                let row = &self.rules.keys[number];
                let operation = if on { "EnableKey" } else { "DisableKey" };
                (
                    at(row.owner, row.region),
                    operation,
                    json!({ "KeyId": self.keys[number] }),
                )
            }
            Step::Delete(true) => (owner, "ScheduleKeyDeletion", json!({ "KeyId": key })),
            Step::Delete(false) => (owner, "CancelKeyDeletion", json!({ "KeyId": key })),
            Step::Default(true) => (
                partner,
                "ModifyEbsDefaultKmsKeyId",
                json!({ "KmsKeyId": self.keys[1] }),
            ),
            Step::Default(false) => (partner, "ResetEbsDefaultKmsKeyId", json!({})),
            Step::Retire(on) => {
                let operation = if on { "DisableImage" } else { "EnableImage" };
                (owner, operation, json!({ "ImageId": self.images[0] }))
            }
            Step::Copy(to, closing) => {
                let name = format!("copy {}", self.images.len());
                let mut input = json!({ "SourceImageId": self.images[0], "SourceRegion": REGIONS[0], "Name": name });
                if let Some(number) = closing {
                    input["Encrypted"] = json!(true);
                    input["KmsKeyId"] = json!(self.keys[number]);
                }
                (at(1, to), "CopyImage", input)
            }
        };
        let answer = call(&mut self.world, &place, operation, input);
        if let (Step::Copy(..), Ok(answer)) = (step, &answer) {
            self.images.push(text(&answer["ImageId"]));
        }
        settle(&mut self.world);
        (answer.map(|_| ()), self.rules.step(step))
    }

    /// What the rules speak of, as the engine has it.
    fn seen(&self) -> String {
        let mut seen = String::new();
        for place in REGIONS {
            for region in self.world.accounts_in(place) {
                let mut images: Vec<_> = region.images.values().collect();
                images.sort_by_key(|row| row.serial);
                for row in images {
                    let devices: Vec<_> = row
                        .devices
                        .iter()
                        .map(|device| (device.kms_key.as_deref(), device.snapshot))
                        .collect();
                    seen += &format!(
                        "{} {} {:?} {:?}\n",
                        row.id,
                        row.state(self.world.now()),
                        row.permissions,
                        devices
                    );
                }
                let snapshots: Vec<_> = region
                    .snapshots
                    .values()
                    .map(|row| (row.id, &row.permissions, &row.kms_key))
                    .collect();
                seen += &format!("{:?} {:?}\n", snapshots, region.ebs);
            }
        }
        for row in self.world.kms().keys.values() {
            let grants: Vec<_> = row
                .grants
                .iter()
                .map(|grant| (&grant.grantee, &grant.operations))
                .collect();
            seen += &format!(
                "{} {} {} {grants:?}\n",
                row.arn,
                row.state.as_str(),
                row.policy.text
            );
        }
        // Ids are new in each history; what they are ids of is not.
        let mut ids: Vec<String> = seen
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
            .filter(|word| word.starts_with("ami-") || word.starts_with("snap-"))
            .map(str::to_owned)
            .collect();
        let mut known = BTreeSet::new();
        ids.retain(|id| known.insert(id.clone()));
        for (number, id) in ids.iter().enumerate() {
            seen = seen.replace(id.as_str(), &format!("id{number}"));
        }
        seen
    }

    /// Carries out every launch, and compares it with the rules and with the lab's own explanation. How many ran.
    fn judge(&self, path: &[Step]) -> usize {
        let mut ran = 0;
        for (number, id) in self.images.iter().enumerate() {
            for (account, region) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                let caller = at(account, region);
                let found = self.launch(&caller, id);
                let expected = self
                    .rules
                    .launch(account, region, &self.rules.images[number]);
                assert_eq!(
                    found, expected,
                    "image {number} by {account} in {region} after {path:?}: {:?}",
                    self.rules
                );
                let explained = trace::trace(&self.world, &caller, ImageId::parse(id).unwrap());
                let code = explained.cause.as_ref().map(trace::Cause::code);
                let said = match code {
                    None => End::Runs,
                    Some("InvalidAMIID.NotFound") => End::NoSuchImage,
                    Some("InvalidAMIID.Unavailable") => End::NotAvailable,
                    Some(_) => End::Dies,
                };
                assert_eq!(
                    said, expected,
                    "the explanation of image {number} after {path:?}: {explained:?}"
                );
                let picture = graph::graph(&self.world, &caller, ImageId::parse(id).unwrap());
                assert_eq!(
                    picture.launches(),
                    expected == End::Runs,
                    "the picture of image {number} after {path:?}: {picture:?}"
                );
                ran += usize::from(found == End::Runs);
            }
        }
        ran
    }

    fn launch(&self, caller: &Caller, image: &str) -> End {
        let mut world = self.world.clone();
        let input =
            json!({ "ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1 });
        let answer = match call(&mut world, caller, "RunInstances", input) {
            Ok(answer) => answer,
            Err("InvalidAMIID.NotFound") => return End::NoSuchImage,
            Err("InvalidAMIID.Unavailable") => return End::NotAvailable,
            Err(other) => panic!("{other}"),
        };
        let id = answer["Instances"][0]["InstanceId"].clone();
        world.advance_to(world.now().plus(15_000));
        let row = call(
            &mut world,
            caller,
            "DescribeInstances",
            json!({ "InstanceIds": [id] }),
        )
        .unwrap();
        match row["Reservations"][0]["Instances"][0]["State"]["Name"].as_str() {
            Some("running") => End::Runs,
            Some("terminated") => End::Dies,
            other => panic!("{other:?}"),
        }
    }
}

/// Walks all worlds within the depth; how many there are, and how many launches ran in them.
fn walk(alphabet: &[Step], copies: usize) -> (usize, usize) {
    let first = begin();
    let mut known = BTreeSet::from([first.seen()]);
    let mut ran = first.judge(&[]);
    let mut border = vec![(first, Vec::new())];
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for (state, path) in border {
            for step in alphabet {
                if matches!(step, Step::Copy(..)) && state.images.len() >= 3 + copies {
                    continue;
                }
                let mut after = state.clone();
                let mut path: Vec<Step> = path.clone();
                path.push(*step);
                let (engine, rules) = after.step(*step);
                assert_eq!(engine, rules, "{path:?}");
                if known.insert(after.seen()) {
                    ran += after.judge(&path);
                    next.push((after, path));
                }
            }
        }
        border = next;
    }
    (known.len(), ran)
}

#[test]
fn sharing_an_image_and_its_key() {
    let (worlds, ran) = walk(&SHARING, 0);
    assert!(
        worlds > 150 && ran > worlds,
        "{worlds} worlds, {ran} launches ran"
    );
}

#[test]
fn copying_an_image_with_other_keys() {
    let (worlds, ran) = walk(&COPYING, 1);
    assert!(
        worlds > 150 && ran > worlds,
        "{worlds} worlds, {ran} launches ran"
    );
}
