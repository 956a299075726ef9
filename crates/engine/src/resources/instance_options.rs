//! What an instance was asked to be besides its image and type: metadata service, CPU, credits, recovery, host name.

/// The instance metadata service
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MetadataOptions {
    /// Whether every request needs a token (IMDSv2).
    pub http_tokens_required: bool,
    /// How many hops an answer to a token request may go, from 1 to 64.
    pub hop_limit: u8,
    /// Whether the service answers at all.
    pub endpoint_enabled: bool,
    /// Whether it answers over IPv6 too.
    pub ipv6_enabled: bool,
    /// Whether it tells the instance's tags.
    pub tags_enabled: bool,
}

impl MetadataOptions {
    /// As an image has it: Amazon Linux 2023 asks for version 2 and lets one more hop pass, for containers
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html>).
    #[must_use]
    pub fn of_image(version_two: bool) -> Self {
        MetadataOptions {
            http_tokens_required: version_two,
            hop_limit: if version_two { 2 } else { 1 },
            endpoint_enabled: true,
            ipv6_enabled: false,
            tags_enabled: false,
        }
    }
}

/// The host name that AWS gives an instance
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-naming.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PrivateDnsNameOptions {
    /// Whether it is made from the instance's id instead of its address.
    pub resource_name: bool,
    /// Whether DNS answers an A query for that name.
    pub a_record: bool,
    /// Whether DNS answers an AAAA query for that name.
    pub aaaa_record: bool,
}

/// The options of one instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InstanceOptions {
    /// Its metadata service.
    pub metadata: MetadataOptions,
    /// Cores and threads per core, when they are not the type's own.
    pub cpu: Option<(u32, u32)>,
    /// `standard` or `unlimited`; `None` for a type without CPU credits.
    pub cpu_credits: Option<&'static str>,
    /// Whether AWS moves it to other hardware when the present one fails.
    pub auto_recovery: bool,
    /// Whether it was set up for the enhanced networking of older types.
    pub sriov_net_support: bool,
    /// Whether it can hibernate: chosen at the launch, for good.
    pub hibernation: bool,
    /// Its host name.
    pub private_dns: PrivateDnsNameOptions,
}
