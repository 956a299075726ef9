//! IAM in the small form that instances need: roles, and instance profiles that carry one
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html>). Unlike
//! everything else it belongs to the account, not to a Region.

use super::tags::Tags;
use crate::clock::Instant;
use crate::ids::{AccountId, IamInstanceProfileAssociationId, InstanceId};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A role: who may take it, and what it may then do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Role {
    pub name: String,
    pub path: String,
    /// `AROA…`.
    pub id: String,
    /// JSON, as it was given.
    pub assume_role_policy_document: Rc<str>,
    pub description: Option<String>,
    pub created: Instant,
    /// ARNs of managed policies.
    pub attached_policies: Vec<String>,
    /// Policies of its own, by name, as JSON.
    pub inline_policies: BTreeMap<String, Rc<str>>,
    pub tags: Tags,
}

/// An instance profile: what an instance is given, so that programs on it can take the role.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct InstanceProfile {
    pub name: String,
    pub path: String,
    /// `AIPA…`.
    pub id: String,
    pub created: Instant,
    /// The role, at most one, by name.
    pub role: Option<String>,
    pub tags: Tags,
}

impl InstanceProfile {
    /// `arn:aws:iam::111122223333:instance-profile/web`.
    #[must_use]
    pub fn arn(&self, account: AccountId) -> String {
        format!(
            "arn:aws:iam::{account}:instance-profile{}{}",
            self.path, self.name
        )
    }
}

impl Role {
    /// `arn:aws:iam::111122223333:role/web`.
    #[must_use]
    pub fn arn(&self, account: AccountId) -> String {
        format!("arn:aws:iam::{account}:role{}{}", self.path, self.name)
    }
}

/// The account's roles and profiles, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Iam {
    pub roles: BTreeMap<String, Role>,
    pub instance_profiles: BTreeMap<String, InstanceProfile>,
}

/// The tie between an instance and its profile. The profile is kept as it was: deleting it leaves the tie.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct IamInstanceProfileAssociation {
    pub id: IamInstanceProfileAssociationId,
    pub serial: u64,
    pub instance: InstanceId,
    pub profile_arn: String,
    pub profile_id: String,
    pub since: Instant,
}
