//! What would let an account launch an image: every candidate is carried out on a copy of the world and the launch repeated
//! there. Nothing is listed that was not seen to work.

use super::trace::{Cause, LaunchTrace, key_words, trace};
use crate::clock::{Instant, MINUTE};
use crate::ids::{AccountId, ImageId, InstanceId, ResourceId};
use crate::json::{Value, json};
use crate::kms::access::{Barred, Use};
use crate::network::Call;
use crate::resources::instance::InstanceState;
use crate::resources::kms::{KeyArn, KeyState};
use crate::world::{Caller, World};

/// What a launch came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The instance runs.
    Running,
    /// RunInstances refused: AWS's code.
    Refused(&'static str),
    /// The instance went from `pending` to `terminated`: AWS's state reason.
    Terminated(String),
}

/// A change and what it was seen to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it is, as one would say it.
    pub title: String,
    /// What it means.
    pub note: String,
    /// The calls, in order.
    pub calls: Vec<Call>,
    /// The image that is launched afterwards: another one, when it was copied.
    pub image: ImageId,
    /// How long the change takes before the launch, in milliseconds.
    pub wait: u64,
    /// What the same launch came to afterwards.
    pub outcome: Outcome,
    /// What stops it then, as a code; `None` when it works.
    pub next_cause: Option<&'static str>,
}

impl Fix {
    /// Whether this change alone makes the launch succeed.
    #[must_use]
    pub fn solves(&self) -> bool {
        self.outcome == Outcome::Running
    }
}

/// A change that might help, before it is tried.
struct Candidate {
    title: String,
    note: String,
    calls: Vec<Call>,
}

/// Launches an image on a copy and waits until the instance runs or is terminated.
#[must_use]
pub fn attempt(world: &World, caller: &Caller, id: ImageId) -> Outcome {
    let mut copy = world.clone();
    let base = copy
        .region(caller)
        .and_then(|region| region.image(id))
        .or_else(|| super::image(&copy, caller, id)?.1.base());
    let kind = match base.map(|base| base.architecture) {
        Some("arm64") => "t4g.micro",
        _ => "t3.micro",
    };
    let input =
        json!({ "ImageId": id.to_string(), "InstanceType": kind, "MinCount": 1, "MaxCount": 1 });
    let answer = match copy.execute(caller, "RunInstances", &input).result {
        Ok(answer) => answer,
        Err(refusal) => return Outcome::Refused(refusal.code()),
    };
    let instance = answer
        .pointer("/Instances/0/InstanceId")
        .and_then(Value::as_str)
        .and_then(InstanceId::parse);
    let until = copy.now().plus(5 * MINUTE);
    loop {
        let row = copy
            .region(caller)
            .and_then(|region| region.instances.get(&instance?));
        let next = copy.next_wakeup().filter(|next| *next <= until);
        match (row.map(|row| row.state), next) {
            (Some(InstanceState::Running), _) => return Outcome::Running,
            (Some(InstanceState::Pending | InstanceState::ShuttingDown), Some(next)) => {
                copy.advance_to(next);
            }
            _ => {
                let reason = row.and_then(|row| row.state_reason);
                return Outcome::Terminated(reason.map_or("", |(code, _)| code).to_owned());
            }
        }
    }
}

/// Every change that makes the launch succeed, and those that get further. The first ones come first.
#[must_use]
pub fn fixes(world: &World, found: &LaunchTrace) -> Vec<Fix> {
    let Some(cause) = &found.cause else {
        return Vec::new();
    };
    let mut proved: Vec<Fix> = candidates(world, found, cause)
        .into_iter()
        .filter_map(|candidate| prove(world, found, cause, candidate))
        .collect();
    proved.sort_by_key(|fix| !fix.solves());
    proved
}

/// Carries a candidate out on a copy. `None` when AWS refuses it, or the launch fails just as before.
fn prove(world: &World, found: &LaunchTrace, cause: &Cause, candidate: Candidate) -> Option<Fix> {
    let mut copy = world.clone();
    let mut image = found.image;
    for call in &candidate.calls {
        let answer = copy
            .execute(&call.caller, call.operation, &call.input)
            .result
            .ok()?;
        if let Some(id) = answer.get("ImageId").and_then(Value::as_str)
            && call.operation == "CopyImage"
        {
            image = ImageId::parse(id)?;
        }
    }
    let begun = copy.now();
    let ready = available(&copy, &found.caller, image);
    copy.advance_to(ready);
    let after = trace(&copy, &found.caller, image);
    let outcome = attempt(&copy, &found.caller, image);
    // The same check stops it for the same reason: nothing is won.
    if after.cause.as_ref() == Some(cause) {
        return None;
    }
    Some(Fix {
        title: candidate.title,
        note: candidate.note,
        calls: candidate.calls,
        image,
        wait: ready.since(begun),
        next_cause: match &outcome {
            Outcome::Running => None,
            Outcome::Refused(code) => Some(code),
            Outcome::Terminated(_) => after.cause.as_ref().map(Cause::code),
        },
        outcome,
    })
}

/// When an image can be launched at the earliest.
fn available(world: &World, caller: &Caller, id: ImageId) -> Instant {
    super::image(world, caller, id).map_or(world.now(), |(_, row)| row.available.max(world.now()))
}

fn at(account: AccountId, region: &'static str) -> Caller {
    Caller { account, region }
}

fn call(caller: Caller, operation: &'static str, input: Value) -> Call {
    Call {
        caller,
        operation,
        input,
    }
}

fn candidates(world: &World, found: &LaunchTrace, cause: &Cause) -> Vec<Candidate> {
    let (id, caller) = (found.image.to_string(), &found.caller);
    match cause {
        Cause::Missing => Vec::new(),
        Cause::Elsewhere { region, .. } => vec![Candidate {
            title: format!("Copy the image from {region} to {}", caller.region),
            note: format!(
                "The copy belongs to the account {}, has an id of its own, and its snapshot costs money there.",
                caller.account
            ),
            calls: vec![call(
                caller.clone(),
                "CopyImage",
                json!({ "SourceRegion": *region, "SourceImageId": id, "Name": format!("copy of {id}") }),
            )],
        }],
        Cause::NotShared { owner } => vec![Candidate {
            title: format!("Share the image with the account {}", caller.account),
            note: "It stays the owner's. Its snapshots need not be shared for a launch.".to_owned(),
            calls: vec![call(
                at(*owner, caller.region),
                "ModifyImageAttribute",
                json!({ "ImageId": id, "LaunchPermission": { "Add": [{ "UserId": caller.account.to_string() }] } }),
            )],
        }],
        Cause::NotAvailable { owner, state } => match *state {
            "pending" => vec![Candidate {
                title: "Wait until the image is available".to_owned(),
                note: "Its snapshots are being made.".to_owned(),
                calls: Vec::new(),
            }],
            "disabled" => vec![Candidate {
                title: "Enable the image".to_owned(),
                note: "Whom it was shared with was forgotten when it was disabled.".to_owned(),
                calls: vec![call(
                    at(*owner, caller.region),
                    "EnableImage",
                    json!({ "ImageId": id }),
                )],
            }],
            _ => Vec::new(),
        },
        Cause::Key { key, how, why } => key_candidates(world, found, key, *how, why),
    }
}

fn key_candidates(
    world: &World,
    found: &LaunchTrace,
    key: &str,
    how: Use,
    why: &Barred,
) -> Vec<Candidate> {
    let Some(arn) = KeyArn::parse(key) else {
        return other_default(found);
    };
    let (owner, name) = (at(arn.account, arn.region), key_words(world, key));
    let grantee = format!("arn:aws:iam::{}:root", found.caller.account);
    match why {
        Barred::State(KeyState::Disabled) => vec![Candidate {
            title: format!("Enable {name}"),
            note: "Everything that it encrypts can be used again.".to_owned(),
            calls: vec![call(owner, "EnableKey", json!({ "KeyId": key }))],
        }],
        Barred::State(_) => vec![Candidate {
            title: format!("Keep {name} after all"),
            note: "The deletion is cancelled, and the key enabled again.".to_owned(),
            calls: vec![
                call(owner.clone(), "CancelKeyDeletion", json!({ "KeyId": key })),
                call(owner, "EnableKey", json!({ "KeyId": key })),
            ],
        }],
        Barred::Action(..) => {
            let statement = json!({
                "Sid": format!("Allow use by {}", found.caller.account), "Effect": "Allow", "Principal": { "AWS": grantee },
                "Action": how.actions().to_vec(), "Resource": "*",
            });
            let policy = crate::kms::key(world, arn).map(|row| row.policy.with(statement));
            let operations: Vec<&str> = how
                .actions()
                .iter()
                .map(|action| action.trim_start_matches("kms:"))
                .collect();
            let mut list: Vec<Candidate> = policy
                .into_iter()
                .map(|policy| Candidate {
                    title: format!("Let the account {} use {name}, in its policy", found.caller.account),
                    note: "One statement more. Everything that the key encrypts can be opened by that account, if it is shared with it.".to_owned(),
                    calls: vec![call(
                        owner.clone(),
                        "PutKeyPolicy",
                        json!({ "KeyId": key, "PolicyName": "default", "Policy": policy }),
                    )],
                })
                .collect();
            list.push(Candidate {
                title: format!(
                    "Give the account {} a grant for {name}",
                    found.caller.account
                ),
                note: "The policy stays as it is; a grant can be revoked by its id.".to_owned(),
                calls: vec![call(
                    owner,
                    "CreateGrant",
                    json!({ "KeyId": key, "GranteePrincipal": grantee, "Operations": operations }),
                )],
            });
            if how == Use::Encrypt {
                list.extend(other_default(found));
            }
            list
        }
        Barred::Missing | Barred::Elsewhere(_) => {
            if how == Use::Encrypt {
                other_default(found)
            } else {
                Vec::new()
            }
        }
    }
}

/// New volumes go to the key that AWS manages.
fn other_default(found: &LaunchTrace) -> Vec<Candidate> {
    vec![Candidate {
        title: "Encrypt new volumes with the key that AWS manages".to_owned(),
        note: "That is the account's usual key unless another one was chosen.".to_owned(),
        calls: vec![call(
            found.caller.clone(),
            "ResetEbsDefaultKmsKeyId",
            json!({}),
        )],
    }]
}
