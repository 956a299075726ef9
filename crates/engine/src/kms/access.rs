//! Whether a request for a key is allowed
//! (<https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html>). A statement that denies ends it; then
//! the policy or a grant must allow. The lab's users may do everything that IAM can allow, so that a policy which names
//! their account is enough.

use super::key;
use super::policy::{Principal, Request};
use crate::ids::AccountId;
use crate::resources::kms::{Grant, Key, KeyArn, KeyState};
use crate::world::{Caller, World};

/// What allows a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// A statement of the key policy, by its place from 0.
    Policy(usize),
    /// A grant, by its id.
    Grant(String),
}

/// What does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// A statement that denies, by its place from 0.
    Statement(usize),
    /// Nothing allows it.
    Nothing,
}

/// Weighs a request by policy and grants; the key's state is another matter.
///
/// # Errors
/// What stands in the way.
pub fn decide(key: &Key, request: &Request<'_>) -> Result<Allowed, Denied> {
    let mut concerned = key
        .policy
        .statements
        .iter()
        .enumerate()
        .filter(|(_, statement)| statement.concerns(request))
        .map(|(place, statement)| (place, statement.allow));
    if let Some((place, _)) = concerned.clone().find(|(_, allow)| !allow) {
        return Err(Denied::Statement(place));
    }
    if let Some((place, _)) = concerned.next() {
        return Ok(Allowed::Policy(place));
    }
    key.grants
        .iter()
        .find(|grant| grants(grant, request))
        .map(|grant| Allowed::Grant(grant.id.clone()))
        .ok_or(Denied::Nothing)
}

/// Whether a grant allows a request.
fn grants(grant: &Grant, request: &Request<'_>) -> bool {
    let whom = match Principal::parse(&grant.grantee) {
        Some(Principal::Account(account)) => account == request.account,
        Some(Principal::Identity(arn)) => arn == request.user,
        _ => false,
    };
    let operation = request.action.strip_prefix("kms:").unwrap_or_default();
    whom && grant.operations.iter().any(|known| known == operation)
}

/// What EC2 does with a key in the name of the user who calls it
/// (<https://docs.aws.amazon.com/ebs/latest/userguide/how-ebs-encryption-works.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Open what a snapshot holds: that of another account, or to encrypt it with another key
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html>).
    Open,
    /// Encrypt a new volume or snapshot, or attach a volume.
    Encrypt,
}

impl Use {
    /// The actions that this takes.
    #[must_use]
    pub fn actions(self) -> &'static [&'static str] {
        match self {
            Use::Open => &[
                "kms:DescribeKey",
                "kms:CreateGrant",
                "kms:Decrypt",
                "kms:ReEncryptFrom",
            ],
            Use::Encrypt => &[
                "kms:DescribeKey",
                "kms:CreateGrant",
                "kms:Decrypt",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:ReEncryptTo",
            ],
        }
    }
}

/// Why a key cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barred {
    /// There is no such key, or not any more.
    Missing,
    /// It is a key of another Region.
    Elsewhere(&'static str),
    /// It is disabled or about to be deleted.
    State(KeyState),
    /// This action is not allowed.
    Action(&'static str, Denied),
}

impl Barred {
    /// What EBS says of it in the events about volumes
    /// (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-cloud-watch-events.html>).
    #[must_use]
    pub fn cause(&self, key: &str) -> String {
        match self {
            Barred::State(KeyState::Disabled) => format!("{key} is disabled."),
            Barred::State(_) => format!("{key} is pending deletion."),
            Barred::Missing | Barred::Elsewhere(_) => format!("{key} does not exist."),
            Barred::Action(action, _) => format!("{key} does not allow {action}."),
        }
    }

    /// The state reason of an instance that does not come up because of it. AWS's own words name the state of a key, and
    /// nothing where a permission is missing
    /// (<https://repost.aws/knowledge-center/kms-iam-ec2-permission>,
    /// <https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html>).
    #[must_use]
    pub fn state_reason(&self) -> (&'static str, &'static str) {
        match self {
            Barred::State(_) | Barred::Missing | Barred::Elsewhere(_) => (
                "Client.InvalidKMSKey.InvalidState",
                "Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state",
            ),
            Barred::Action(..) => (
                "Client.InternalError",
                "Client.InternalError: Client error on launch",
            ),
        }
    }
}

/// The request that EC2 makes of a key for a caller.
#[must_use]
pub fn ec2_request<'a>(caller: &Caller, action: &'a str) -> Request<'a> {
    Request {
        account: caller.account,
        user: caller.user_arn(),
        action,
        via_ec2: Some(caller.region),
    }
}

/// Whether EC2 may use a key, as a disk names it, for a caller. With it: what allows each action.
///
/// # Errors
/// What bars it: first that the key is there, then its state, then the first action that is not allowed.
pub fn usable(
    world: &World,
    caller: &Caller,
    written: &str,
    how: Use,
) -> Result<Vec<(&'static str, Allowed)>, Barred> {
    let arn = KeyArn::parse(written).ok_or(Barred::Missing)?;
    let row = key(world, arn).ok_or(Barred::Missing)?;
    if arn.region != caller.region {
        return Err(Barred::Elsewhere(arn.region));
    }
    if row.state != KeyState::Enabled {
        return Err(Barred::State(row.state));
    }
    how.actions()
        .iter()
        .map(|action| match decide(&row, &ec2_request(caller, action)) {
            Ok(allowed) => Ok((*action, allowed)),
            Err(denied) => Err(Barred::Action(action, denied)),
        })
        .collect()
}

/// Whether an account could use a key of this ARN for a purpose at all, its state aside.
#[must_use]
pub fn admits(world: &World, account: AccountId, arn: KeyArn, how: Use) -> bool {
    let caller = Caller {
        account,
        region: arn.region,
    };
    key(world, arn).is_some_and(|row| {
        how.actions()
            .iter()
            .all(|action| decide(&row, &ec2_request(&caller, action)).is_ok())
    })
}
