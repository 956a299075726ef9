//! Why an account can launch an image, or not: a chain of checks, each with its rule, as a packet's trace is for a
//! connection. What EC2 itself goes by decides: the same lists, policies and grants.

use super::{anywhere, image, opens, stored};
use crate::ids::{AccountId, ImageId};
use crate::kms::access::{Allowed, Barred, Denied, Use, usable};
use crate::operations::volume::key::usual_key;
use crate::region::RegionState;
use crate::resources::image::ImageDevice;
use crate::resources::kms::KeyArn;
use crate::world::{Caller, World};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Is there such an image at all?
    Exists,
    /// Is it in the Region that is called?
    Region,
    /// May the account launch it?
    Permission,
    /// Is it ready?
    Available,
    /// Are its snapshots there, and must they be shared?
    Snapshots,
    /// Can the key be used that opens its snapshots?
    SourceKey,
    /// Can the key be used that closes the new volumes?
    VolumeKey,
}

impl Question {
    /// A word for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Question::Exists => "image-exists",
            Question::Region => "image-in-region",
            Question::Permission => "launch-permission",
            Question::Available => "image-available",
            Question::Snapshots => "snapshots",
            Question::SourceKey => "source-key",
            Question::VolumeKey => "volume-key",
        }
    }

    /// The page that the rule comes from.
    #[must_use]
    pub fn source(self) -> &'static str {
        match self {
            Question::Exists | Question::Available => {
                "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIs.html"
            }
            Question::Region => {
                "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html"
            }
            Question::Permission | Question::Snapshots | Question::SourceKey => {
                "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html"
            }
            Question::VolumeKey => {
                "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html"
            }
        }
    }
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What is asked.
    pub question: Question,
    /// Of what: an image's, snapshot's or key's name.
    pub subject: String,
    /// Whether the launch goes on after it.
    pub passed: bool,
    /// What decides it, in words: the permission, the statement, the grant.
    pub rule: String,
}

/// What stops a launch.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Cause {
    /// No account of the lab has it.
    Missing,
    /// It is in these Regions only.
    Elsewhere {
        owner: AccountId,
        region: &'static str,
    },
    /// Its owner has not shared it.
    NotShared { owner: AccountId },
    /// It is pending, failed or disabled.
    NotAvailable {
        owner: AccountId,
        state: &'static str,
    },
    /// This key cannot be used.
    Key { key: String, how: Use, why: Barred },
}

impl Cause {
    /// The code that RunInstances answers with, or the state reason that the instance ends with.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Cause::Missing | Cause::Elsewhere { .. } | Cause::NotShared { .. } => {
                "InvalidAMIID.NotFound"
            }
            Cause::NotAvailable { .. } => "InvalidAMIID.Unavailable",
            Cause::Key { why, .. } => why.state_reason().0,
        }
    }
}

/// The chain up to the first check that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaunchTrace {
    /// Who would launch it, and where.
    pub caller: Caller,
    /// The image.
    pub image: ImageId,
    /// The checks, in the order in which EC2 comes to them.
    pub checks: Vec<Check>,
    /// What stops it; `None` when it works.
    pub cause: Option<Cause>,
}

struct Chain<'a> {
    world: &'a World,
    caller: &'a Caller,
    checks: Vec<Check>,
}

impl Chain<'_> {
    fn pass(&mut self, question: Question, subject: impl ToString, rule: impl Into<String>) {
        self.note(question, subject, true, rule);
    }

    fn fail(&mut self, question: Question, subject: impl ToString, rule: impl Into<String>) {
        self.note(question, subject, false, rule);
    }

    fn note(
        &mut self,
        question: Question,
        subject: impl ToString,
        passed: bool,
        rule: impl Into<String>,
    ) {
        self.checks.push(Check {
            question,
            subject: subject.to_string(),
            passed,
            rule: rule.into(),
        });
    }

    /// Whether a key can be used, as a check.
    fn key(&mut self, question: Question, key: &str, how: Use) -> Result<(), Cause> {
        match usable(self.world, self.caller, key, how) {
            Ok(allowed) => {
                self.pass(question, key, allowed_words(self.world, key, &allowed));
                Ok(())
            }
            Err(why) => {
                self.fail(
                    question,
                    key,
                    barred_words(self.world, self.caller, key, &why),
                );
                Err(Cause::Key {
                    key: key.to_owned(),
                    how,
                    why,
                })
            }
        }
    }

    fn device(&mut self, owner: &RegionState, device: &ImageDevice) -> Result<(), Cause> {
        let (Some(region), mine) = (
            self.world.region(self.caller),
            owner.account == self.caller.account,
        ) else {
            return Ok(());
        };
        if let Some(id) = device.snapshot {
            let shared = stored(self.world, owner.name, id)
                .is_some_and(|(owner, row)| opens(owner, row, self.caller.account));
            let rule = match (mine, shared) {
                (true, _) => "The snapshot is the account's own.",
                (false, true) => "The snapshot is shared as well; only a copy would need that.",
                (false, false) => {
                    "The snapshot is not shared, and need not be: it comes with the image. Only a copy would need it."
                }
            };
            self.pass(Question::Snapshots, id, rule);
        }
        let Some(source) = device.kms_key.as_deref() else {
            if region.ebs.encryption_by_default {
                return self.key(Question::VolumeKey, &usual_key(region), Use::Encrypt);
            }
            return Ok(());
        };
        if mine {
            return self.key(Question::VolumeKey, source, Use::Encrypt);
        }
        if device.snapshot.is_some() {
            self.key(Question::SourceKey, source, Use::Open)?;
        }
        self.key(Question::VolumeKey, &usual_key(region), Use::Encrypt)
    }

    fn run(&mut self, id: ImageId) -> Result<(), Cause> {
        let (world, caller) = (self.world, self.caller);
        if let Some(base) = world.region(caller).and_then(|region| region.image(id)) {
            self.pass(Question::Exists, id, format!("It is {}.", base.name));
            self.pass(
                Question::Permission,
                id,
                "It is public: everybody may launch it.",
            );
            return Ok(());
        }
        let Some((home, row)) = anywhere(world, id) else {
            self.fail(
                Question::Exists,
                id,
                "No account of this lab has such an image, and it is none of the public ones here.",
            );
            return Err(Cause::Missing);
        };
        let owner = home.account;
        self.pass(
            Question::Exists,
            id,
            format!("It is {}, and belongs to the account {owner}.", row.name),
        );
        if home.name != caller.region {
            self.fail(
                Question::Region,
                id,
                format!(
                    "It is in {}; an image is good in its own Region only, and {} is called.",
                    home.name, caller.region
                ),
            );
            return Err(Cause::Elsewhere {
                owner,
                region: home.name,
            });
        }
        self.pass(Question::Region, id, format!("It is in {}.", home.name));
        if image(world, caller, id).is_none() {
            self.fail(
                Question::Permission,
                id,
                format!(
                    "Its launch permissions name neither the account {} nor everybody.",
                    caller.account
                ),
            );
            return Err(Cause::NotShared { owner });
        }
        let rule = if owner == caller.account {
            "The account owns it.".to_owned()
        } else if row.permissions.contains(&caller.account.to_string()) {
            format!(
                "Its launch permissions name the account {}.",
                caller.account
            )
        } else {
            "It is public.".to_owned()
        };
        self.pass(Question::Permission, id, rule);
        let state = row.state(world.now());
        if state != "available" {
            self.fail(Question::Available, id, format!("It is {state}."));
            return Err(Cause::NotAvailable { owner, state });
        }
        self.pass(Question::Available, id, "It is available.");
        row.devices
            .iter()
            .try_for_each(|device| self.device(home, device))
    }
}

/// Follows a launch of an image by a caller, up to what stops it.
#[must_use]
pub fn trace(world: &World, caller: &Caller, id: ImageId) -> LaunchTrace {
    let mut chain = Chain {
        world,
        caller,
        checks: Vec::new(),
    };
    let cause = chain.run(id).err();
    LaunchTrace {
        caller: caller.clone(),
        image: id,
        checks: chain.checks,
        cause,
    }
}

/// A key as one speaks of it: its alias, else its id.
#[must_use]
pub fn key_words(world: &World, written: &str) -> String {
    match KeyArn::parse(written) {
        Some(arn) if arn.is_aws_managed() => {
            format!("the key that AWS manages for {}", arn.account)
        }
        Some(arn) => {
            let name = world.kms().alias_of(arn).map(str::to_owned);
            let name = name.unwrap_or_else(|| arn.id.to_string());
            format!("the key {name} of the account {}", arn.account)
        }
        None => format!("the key {written}"),
    }
}

pub(super) fn allowed_words(world: &World, key: &str, allowed: &[(&str, Allowed)]) -> String {
    let by_grant = allowed
        .iter()
        .any(|(_, how)| matches!(how, Allowed::Grant(_)));
    let by_policy = allowed
        .iter()
        .any(|(_, how)| matches!(how, Allowed::Policy(_)));
    let what = match (by_policy, by_grant) {
        (true, true) => "Policy and a grant together",
        (false, true) => "A grant",
        _ => "The policy",
    };
    let actions: Vec<&str> = allowed
        .iter()
        .map(|(action, _)| action.trim_start_matches("kms:"))
        .collect();
    format!(
        "{what} of {} allows {}.",
        key_words(world, key),
        actions.join(", ")
    )
}

pub(super) fn barred_words(world: &World, caller: &Caller, key: &str, why: &Barred) -> String {
    let name = key_words(world, key);
    match why {
        Barred::Missing => format!("There is no such key: {name} does not exist, or not any more."),
        Barred::Elsewhere(region) => format!(
            "It is a key of {region}, and keys are good in their own Region only: {} is called.",
            caller.region
        ),
        Barred::State(state) => format!("It is {}, and must be Enabled: {name}.", state.as_str()),
        Barred::Action(action, denied) => {
            let managed = KeyArn::parse(key).is_some_and(KeyArn::is_aws_managed);
            match denied {
                Denied::Statement(_) => format!(
                    "A statement of the policy of {name} denies {action} to the account {}.",
                    caller.account
                ),
                Denied::Nothing if managed => format!(
                    "Nothing allows {action} to the account {}: {name} serves that account alone, and its policy cannot be changed.",
                    caller.account
                ),
                Denied::Nothing => format!(
                    "Neither the policy of {name} nor a grant allows {action} to the account {}.",
                    caller.account
                ),
            }
        }
    }
}
