//! Address ranges as AWS reads them (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>).

use crate::error::{ApiError, ApiResult};
use ipnet::Ipv4Net;

/// A range as a learner writes it, with the bits behind its prefix cleared, as AWS does.
///
/// # Errors
/// `InvalidParameterValue` for what is no range.
pub(super) fn parse(parameter: &str, text: &str) -> ApiResult<Ipv4Net> {
    text.parse::<Ipv4Net>()
        .map(|net| net.trunc())
        .map_err(|_| ApiError::InvalidParameterValue {
            detail: format!(
                "Value ({text}) for parameter {parameter} is invalid. This is not a valid CIDR block."
            ),
        })
}

/// Whether a VPC or a subnet may have a range of this size: /16 to /28.
pub(super) fn fits(net: Ipv4Net) -> bool {
    (16..=28).contains(&net.prefix_len())
}
