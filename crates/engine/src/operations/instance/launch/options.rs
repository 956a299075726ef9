//! The options of a launch that shape the machine but not its place: metadata service, CPU, credits, recovery, host name
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html>).

use crate::catalogue::{Image, InstanceType};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::resources::instance_options::{InstanceOptions, MetadataOptions, PrivateDnsNameOptions};

fn invalid(detail: String) -> ApiError {
    ApiError::InvalidParameterValue { detail }
}

fn combination(detail: String) -> ApiError {
    ApiError::InvalidParameterCombination { detail }
}

/// All options of a launch.
///
/// # Errors
/// Values that AWS does not take, and options that the type does not have.
pub(crate) fn read(
    image: &Image,
    kind: &InstanceType,
    input: Input<'_>,
) -> ApiResult<InstanceOptions> {
    if input.object("EnclaveOptions")?.boolean("Enabled")? == Some(true) {
        return Err(ApiError::NotModelled {
            what: "The parameter EnclaveOptions.Enabled of RunInstances".to_owned(),
        });
    }
    let defaults = MetadataOptions::of_image(image.key.starts_with("al2023"));
    Ok(InstanceOptions {
        metadata: metadata(defaults, input.object("MetadataOptions")?)?,
        cpu: cpu(kind, input.object("CpuOptions")?)?,
        cpu_credits: credits(kind, input.object("CreditSpecification")?)?,
        auto_recovery: recovery(input.object("MaintenanceOptions")?)?,
        sriov_net_support: false,
        hibernation: input
            .object("HibernationOptions")?
            .boolean("Configured")?
            .unwrap_or(false),
        private_dns: private_dns(input.object("PrivateDnsNameOptions")?)?,
    })
}

/// One of two words of an option.
fn word(input: Input<'_>, key: &str, words: [&'static str; 2]) -> ApiResult<Option<bool>> {
    let [no, yes] = words;
    match input.text(key)? {
        None => Ok(None),
        Some(text) if text == yes => Ok(Some(true)),
        Some(text) if text == no => Ok(Some(false)),
        Some(other) => Err(invalid(format!(
            "Value ({other}) for parameter {key} is invalid. Valid values: {no}, {yes}"
        ))),
    }
}

/// The metadata service: what the call says, over what there was.
///
/// # Errors
/// `InvalidParameterValue` for other words and for a hop limit out of 1 to 64.
pub(crate) fn metadata(before: MetadataOptions, input: Input<'_>) -> ApiResult<MetadataOptions> {
    let switch = |key: &str, before: bool| {
        word(input, key, ["disabled", "enabled"]).map(|given| given.unwrap_or(before))
    };
    let hop_limit = match input.integer("HttpPutResponseHopLimit")? {
        None => before.hop_limit,
        Some(limit) => u8::try_from(limit)
            .ok()
            .filter(|limit| (1..=64).contains(limit))
            .ok_or_else(|| {
                invalid(format!(
                    "Value ({limit}) for parameter HttpPutResponseHopLimit is invalid. Expecting a value from 1 to 64."
                ))
            })?,
    };
    Ok(MetadataOptions {
        http_tokens_required: word(input, "HttpTokens", ["optional", "required"])?
            .unwrap_or(before.http_tokens_required),
        hop_limit,
        endpoint_enabled: switch("HttpEndpoint", before.endpoint_enabled)?,
        ipv6_enabled: switch("HttpProtocolIpv6", before.ipv6_enabled)?,
        tags_enabled: switch("InstanceMetadataTags", before.tags_enabled)?,
    })
}

/// Fewer cores, or one thread a core
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-optimize-cpu.html>).
fn cpu(kind: &InstanceType, input: Input<'_>) -> ApiResult<Option<(u32, u32)>> {
    let (cores, threads) = (
        input.integer("CoreCount")?,
        input.integer("ThreadsPerCore")?,
    );
    let (cores, threads) = match (cores, threads) {
        (None, None) => return Ok(None),
        (Some(cores), Some(threads)) => (cores, threads),
        _ => {
            return Err(combination(
                "CpuOptions must specify both CoreCount and ThreadsPerCore.".to_owned(),
            ));
        }
    };
    let within = |value: i64, most: u32| {
        u32::try_from(value)
            .ok()
            .filter(|value| (1..=most).contains(value))
    };
    match (
        within(cores, kind.cores),
        within(threads, kind.threads_per_core),
    ) {
        (Some(cores), Some(threads))
            if kind.valid_cores.contains(&cores) || cores == kind.cores && !kind.bare_metal =>
        {
            Ok(Some((cores, threads)))
        }
        _ => Err(invalid(format!(
            "CpuOptions: CoreCount {cores} and ThreadsPerCore {threads} are not valid for the instance type {}.",
            kind.name
        ))),
    }
}

/// What a burstable type does when its credits are spent; T2 waits, later ones go on and cost
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-unlimited-mode.html>).
fn credits(kind: &InstanceType, input: Input<'_>) -> ApiResult<Option<&'static str>> {
    let given = match input.text("CpuCredits")? {
        None => None,
        Some("standard") => Some("standard"),
        Some("unlimited") => Some("unlimited"),
        Some(other) => {
            return Err(invalid(format!(
                "Value ({other}) for parameter CpuCredits is invalid. Valid values: standard, unlimited"
            )));
        }
    };
    match (kind.burstable, given) {
        (false, Some(_)) => Err(combination(format!(
            "The parameter CpuCredits is not supported for the instance type {}: it is not burstable.",
            kind.name
        ))),
        (false, None) => Ok(None),
        (true, given) => Ok(given.or(default_credits(kind))),
    }
}

/// What a type does when nothing was said.
pub(crate) fn default_credits(kind: &InstanceType) -> Option<&'static str> {
    kind.burstable.then(|| {
        if kind.family() == "t2" {
            "standard"
        } else {
            "unlimited"
        }
    })
}

fn recovery(input: Input<'_>) -> ApiResult<bool> {
    Ok(word(input, "AutoRecovery", ["disabled", "default"])?.unwrap_or(true))
}

fn private_dns(input: Input<'_>) -> ApiResult<PrivateDnsNameOptions> {
    Ok(PrivateDnsNameOptions {
        resource_name: word(input, "HostnameType", ["ip-name", "resource-name"])?.unwrap_or(false),
        a_record: input
            .boolean("EnableResourceNameDnsARecord")?
            .unwrap_or(false),
        aaaa_record: input
            .boolean("EnableResourceNameDnsAAAARecord")?
            .unwrap_or(false),
    })
}
