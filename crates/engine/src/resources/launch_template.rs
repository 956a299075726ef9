//! Launch templates (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html>): what RunInstances
//! is asked for, kept under a name in numbered versions that never change.

use super::tags::Tags;
use crate::clock::Instant;
use crate::ids::LaunchTemplateId;
use crate::json::Value;
use std::rc::Rc;

/// The most templates of an account in a Region.
pub const LIMIT: usize = 5_000;
/// The most versions of a template.
pub const VERSIONS_LIMIT: usize = 10_000;

/// One version.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct LaunchTemplateVersion {
    pub number: u64,
    pub description: Option<String>,
    pub created: Instant,
    /// `LaunchTemplateData` as it was given.
    pub data: Rc<Value>,
}

/// A launch template.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct LaunchTemplate {
    pub id: LaunchTemplateId,
    pub serial: u64,
    pub name: String,
    pub created: Instant,
    pub default_version: u64,
    /// The number of the newest version ever made: numbers are not used twice.
    pub last_number: u64,
    /// In the order of their numbers; never empty.
    pub versions: Vec<LaunchTemplateVersion>,
    pub client_token: String,
    pub tags: Tags,
}

impl LaunchTemplate {
    /// The number of the newest version there is.
    #[must_use]
    pub fn latest_version(&self) -> u64 {
        self.versions.last().map_or(0, |version| version.number)
    }

    /// The version that `$Latest`, `$Default` or a number names.
    #[must_use]
    pub fn version(&self, named: &str) -> Option<&LaunchTemplateVersion> {
        let number = match named {
            "$Latest" => self.latest_version(),
            "$Default" => self.default_version,
            number => number.parse().ok()?,
        };
        self.versions
            .iter()
            .find(|version| version.number == number)
    }
}
