//! Who may use a key: its policy, its grants and its state, as KMS weighs them.

pub mod access;
pub mod policy;
mod read;

use crate::resources::kms::{Key, KeyArn, KeyState};
use crate::resources::tags::Tags;
use crate::world::World;
use policy::KeyPolicy;
use std::rc::Rc;

/// The key of this ARN, one that AWS manages included; `None` when there is none.
#[must_use]
pub fn key(world: &World, arn: KeyArn) -> Option<Key> {
    if arn.is_aws_managed() && crate::world::ACCOUNTS.contains(&arn.account) {
        return Some(Key {
            arn,
            serial: 0,
            description: "Default key that protects my EBS volumes when no other key is defined"
                .to_owned(),
            created: crate::clock::Instant::START,
            state: KeyState::Enabled,
            policy: Rc::new(KeyPolicy::aws_managed(arn)),
            grants: Vec::new(),
            tags: Tags::default(),
        });
    }
    world.kms().keys.get(&arn).cloned()
}
