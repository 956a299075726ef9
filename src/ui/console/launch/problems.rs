//! What is wrong with the form: AWS's code and message, what to do, and the field it concerns.

use super::calls::{Plan, whole};
use super::form::{KeyChoice, LaunchForm, default_type};
use ec2_lab_engine::{ApiError, Caller, World};

/// A field that AWS can refuse, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the form")]
pub enum Field {
    Name,
    Tags,
    Image,
    InstanceType,
    Key,
    KeyName,
    Vpc,
    Subnet,
    Group,
    GroupName,
    GroupDescription,
    Rules,
    VolumeSize,
    VolumeType,
    PlacementGroup,
    Partition,
    UserData,
    Count,
}

impl Field {
    /// Id of the control that takes focus.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Field::Name => "launch-name",
            Field::Tags => "launch-tag-0-key",
            Field::Image => "launch-image-version",
            Field::InstanceType => "launch-type",
            Field::Key => "launch-key",
            Field::KeyName => "launch-key-name",
            Field::Vpc => "launch-vpc",
            Field::Subnet => "launch-subnet",
            Field::Group => "launch-group",
            Field::GroupName => "launch-group-name",
            Field::GroupDescription => "launch-group-description",
            Field::Rules => "launch-allow-login",
            Field::VolumeSize => "launch-volume-size",
            Field::VolumeType => "launch-volume-type",
            Field::PlacementGroup => "launch-placement-group",
            Field::Partition => "launch-partition",
            Field::UserData => "launch-user-data",
            Field::Count => "launch-count",
        }
    }

    /// Its label.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Field::Name => "Name",
            Field::Tags => "Tags",
            Field::Image => "Image",
            Field::InstanceType => "Instance type",
            Field::Key => "Key pair",
            Field::KeyName => "Key pair name",
            Field::Vpc => "VPC",
            Field::Subnet => "Subnet",
            Field::Group => "Security groups",
            Field::GroupName => "Security group name",
            Field::GroupDescription => "Security group description",
            Field::Rules => "Inbound rules",
            Field::VolumeSize => "Size of the root volume",
            Field::VolumeType => "Volume type",
            Field::PlacementGroup => "Placement group",
            Field::Partition => "Partition",
            Field::UserData => "User data",
            Field::Count => "Number of instances",
        }
    }

    /// Whether it stands in the part that begins folded.
    #[must_use]
    pub fn is_advanced(self) -> bool {
        matches!(
            self,
            Field::PlacementGroup | Field::Partition | Field::UserData
        )
    }

    /// What to do about a refusal.
    fn advice(self) -> &'static str {
        match self {
            Field::Name => "Use a shorter name.",
            Field::Tags => "Give every tag a key of its own that does not begin with aws:.",
            Field::Image => "Choose another image.",
            Field::InstanceType => "Choose a type from the list, t3.micro for one.",
            Field::Key => "Choose a key pair of this Region, or create one.",
            Field::KeyName => "Type a name that no key pair of this Region has.",
            Field::Vpc => "Choose another VPC.",
            Field::Subnet => "Choose another subnet, or no preference.",
            Field::Group => "Choose one to five groups of the same VPC.",
            Field::GroupName => "Type a name that no group of the VPC has.",
            Field::GroupDescription => {
                "Type a description in plain letters, digits and punctuation."
            }
            Field::Rules => "Take one of the rules away.",
            Field::VolumeSize => "Type a number of GiB, at least the size of the image.",
            Field::VolumeType => "Choose another volume type.",
            Field::PlacementGroup => {
                "Choose another group or another subnet, or launch fewer instances."
            }
            Field::Partition => {
                "Type a number of one of the group's partitions, or leave it empty."
            }
            Field::UserData => "Shorten the script: let it fetch the rest from elsewhere.",
            Field::Count => "Type a whole number, 1 for one instance.",
        }
    }
}

/// A field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub field: Field,
    /// AWS's code.
    pub code: &'static str,
    /// AWS's message.
    pub message: String,
    /// What to do.
    pub advice: &'static str,
}

impl Problem {
    /// All of it, as it stands below the field.
    #[must_use]
    pub fn words(&self) -> String {
        let stop = if self.message.ends_with('.') { "" } else { "." };
        format!("{}: {}{stop} {}", self.code, self.message, self.advice)
    }
}

impl LaunchForm {
    /// The plan, and everything that is wrong with it, by the order of the page.
    ///
    /// AWS names only the first thing that it refuses. To show all of them beside their fields, the refused answer is
    /// replaced by the page's proposal and the rest is tried again.
    #[must_use]
    pub fn check(&self, world: &World, caller: &Caller) -> (Plan, Vec<Problem>) {
        let plan = self.plan(world, caller);
        let mut problems = self.misread();
        let mut rest = self.clone();
        let mut refusal = plan.refusal.clone();
        let proposal = LaunchForm::new(world.region(caller), world.now());
        while let Some((operation, error)) = refusal {
            let field = rest.concerned(operation, &error);
            if problems.iter().any(|problem| problem.field == field) {
                break;
            }
            problems.push(rest.problem(field, &error));
            rest.take_back(field, &proposal);
            refusal = rest.plan(world, caller).refusal;
        }
        problems.sort_by_key(|problem| problem.field);
        (plan, problems)
    }

    /// Texts that ought to be numbers: AWS would not get as far as reading them.
    fn misread(&self) -> Vec<Problem> {
        let numbers = [
            (Field::VolumeSize, &self.volume_size, "volumeSize", false),
            (Field::Partition, &self.partition, "partitionNumber", true),
            (Field::Count, &self.count, "minCount", false),
        ];
        let mut problems = Vec::new();
        for (field, text, parameter, may_be_empty) in numbers {
            let empty_is_fine = may_be_empty && text.trim().is_empty();
            if whole(text).is_none() && !empty_is_fine {
                let message = format!(
                    "Value ({}) for parameter {parameter} is invalid.",
                    text.trim()
                );
                problems.push(Problem {
                    field,
                    code: "InvalidParameterValue",
                    message,
                    advice: field.advice(),
                });
            }
        }
        problems
    }

    fn problem(&self, field: Field, error: &ApiError) -> Problem {
        let advice = match error {
            ApiError::VcpuLimitExceeded { .. } => {
                "Launch fewer instances or a smaller type, or terminate some."
            }
            ApiError::Unsupported { .. } => {
                "Choose a type that the zone offers, or another subnet."
            }
            ApiError::InsufficientInstanceCapacity { .. } if field == Field::InstanceType => {
                "Launch fewer instances, or choose another zone or type."
            }
            ApiError::InsufficientFreeAddressesInSubnet { .. } => {
                "Launch fewer instances, or choose another subnet."
            }
            _ => field.advice(),
        };
        Problem {
            field,
            code: error.code(),
            message: error.message(),
            advice,
        }
    }

    /// The field that a refusal speaks of.
    fn concerned(&self, operation: &str, error: &ApiError) -> Field {
        match operation {
            "CreateKeyPair" => return Field::KeyName,
            "CreateSecurityGroup" => return self.concerned_of_group(error),
            "AuthorizeSecurityGroupIngress" => return Field::Rules,
            _ => {}
        }
        match error {
            ApiError::InvalidAmiIdMalformed { .. } | ApiError::InvalidAmiIdNotFound { .. } => {
                Field::Image
            }
            ApiError::InvalidKeyPairNotFound { .. } => Field::Key,
            ApiError::InvalidGroupNotFound { .. }
            | ApiError::InvalidGroupIdMalformed { .. }
            | ApiError::SecurityGroupsPerInterfaceLimitExceeded {}
            | ApiError::InvalidParameter { .. } => Field::Group,
            ApiError::InvalidSubnetIdNotFound { .. }
            | ApiError::InsufficientFreeAddressesInSubnet { .. }
            | ApiError::MissingParameter { .. } => Field::Subnet,
            ApiError::InvalidPlacementGroupUnknown { .. }
            | ApiError::InvalidPlacementGroupInUseElsewhere { .. } => Field::PlacementGroup,
            ApiError::InvalidBlockDeviceMapping { .. } => Field::VolumeSize,
            ApiError::VcpuLimitExceeded { .. } => Field::Count,
            ApiError::TagLimitExceeded {} => Field::Tags,
            ApiError::InsufficientInstanceCapacity { .. } if self.placement_group.is_some() => {
                Field::PlacementGroup
            }
            ApiError::InvalidParameterValue { detail }
            | ApiError::InvalidParameterCombination { detail } => self.concerned_by_words(detail),
            _ => Field::InstanceType,
        }
    }

    fn concerned_of_group(&self, error: &ApiError) -> Field {
        match error {
            ApiError::InvalidVpcIdNotFound { .. } | ApiError::MissingParameter { .. } => Field::Vpc,
            ApiError::InvalidParameterValue { detail } if detail.contains("description") => {
                Field::GroupDescription
            }
            _ => Field::GroupName,
        }
    }

    /// AWS has one code for most wrong values; only the message tells which it was.
    fn concerned_by_words(&self, detail: &str) -> Field {
        const WORDS: [(&str, Field); 10] = [
            ("Cluster placement groups", Field::PlacementGroup),
            ("artitionNumber", Field::Partition),
            ("Count is invalid", Field::Count),
            ("minimum count", Field::Count),
            ("User data", Field::UserData),
            ("Volume of", Field::VolumeSize),
            ("volumeType", Field::VolumeType),
            ("Tag", Field::Tags),
            ("tag", Field::Tags),
            ("Subnet", Field::Subnet),
        ];
        let found = WORDS
            .iter()
            .find(|(words, _)| detail.contains(words))
            .map_or(Field::InstanceType, |(_, field)| *field);
        if found == Field::Tags && self.name.chars().count() > 255 {
            Field::Name
        } else {
            found
        }
    }

    /// Replaces the answer to one field by the page's proposal.
    fn take_back(&mut self, field: Field, proposal: &LaunchForm) {
        match field {
            Field::Name => self.name.clear(),
            Field::Tags => self.tags.clear(),
            Field::Image => self.image = proposal.image,
            Field::InstanceType => {
                self.instance_type =
                    default_type(self.image().map_or("x86_64", |image| image.architecture))
                        .to_owned()
            }
            Field::Key => self.key = KeyChoice::None,
            Field::KeyName => self.key_name.clone_from(&proposal.key_name),
            Field::Vpc => self.vpc = proposal.vpc,
            Field::Subnet => self.subnet = None,
            Field::Group => self.groups.clear(),
            Field::GroupName => self.group_name.clone_from(&proposal.group_name),
            Field::GroupDescription => self
                .group_description
                .clone_from(&proposal.group_description),
            Field::Rules => {
                self.admit_login = proposal.admit_login;
                (self.admit_http, self.admit_https) = (false, false);
            }
            Field::VolumeSize => {
                self.volume_size = self
                    .image()
                    .map_or(8, |image| image.root_volume_gib)
                    .to_string()
            }
            Field::VolumeType => self.volume_type.clone_from(&proposal.volume_type),
            Field::PlacementGroup => {
                self.placement_group = None;
                self.partition.clear();
            }
            Field::Partition => self.partition.clear(),
            Field::UserData => self.user_data.clear(),
            Field::Count => self.count = "1".to_owned(),
        }
    }
}
