//! The filters of DescribeNetworkInterfaces, and those of DescribeInstances that speak of interfaces: the same values under
//! other names (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html>).

use super::show::status;
use crate::region::RegionState;
use crate::resources::network_interface::{NetworkInterface, PublicAddress};

/// An interface's values for a filter of DescribeNetworkInterfaces; `None` for a name that it does not have.
pub fn values(region: &RegionState, nic: &NetworkInterface, name: &str) -> Option<Vec<String>> {
    match name {
        // Alone, an interface is named by its own id and its primary address.
        "addresses.association.owner-id" => {
            common(region, nic, "addresses.association.ip-owner-id")
        }
        "tag-value" | "ipv6-native" => None,
        _ => common(region, nic, name),
    }
}

/// An interface's values for the part of a filter name after `network-interface.`.
pub fn of_instance(
    region: &RegionState,
    nic: &NetworkInterface,
    name: &str,
) -> Option<Vec<String>> {
    match name {
        "tag-key" => Some(nic.tags.keys().map(str::to_owned).collect()),
        "tag-value" => Some(nic.tags.iter().map(|(_, value)| value.to_owned()).collect()),
        _ => common(region, nic, name),
    }
}

/// Whether DescribeInstances has a filter `network-interface.` and this.
#[must_use]
pub fn is_known(name: &str) -> bool {
    let field = |prefix: &str, known: &[&str]| {
        name.strip_prefix(prefix)
            .is_some_and(|field| known.contains(&field))
    };
    field("addresses.association.", &PUBLIC)
        || field("association.", &PUBLIC)
        || field("attachment.", &ATTACHMENT)
        || PLAIN.contains(&name)
}

/// The fields of `association.`.
const PUBLIC: [&str; 7] = [
    "public-ip",
    "public-dns-name",
    "ip-owner-id",
    "allocation-id",
    "association-id",
    "carrier-ip",
    "customer-owned-ip",
];

/// The fields of `attachment.`.
const ATTACHMENT: [&str; 8] = [
    "instance-id",
    "attachment-id",
    "device-index",
    "network-card-index",
    "attach-time",
    "delete-on-termination",
    "instance-owner-id",
    "status",
];

/// The names without a prefix.
const PLAIN: [&str; 33] = [
    "network-interface-id",
    "subnet-id",
    "vpc-id",
    "availability-zone",
    "availability-zone-id",
    "group-id",
    "group-name",
    "status",
    "private-ip-address",
    "private-dns-name",
    "public-dns-name",
    "addresses.private-ip-address",
    "addresses.private-dns-name",
    "addresses.primary",
    "mac-address",
    "description",
    "owner-id",
    "source-dest-check",
    "requester-managed",
    "operator.managed",
    "operator.principal",
    "deny-all-igw-traffic",
    "ipv6-native",
    "requester-id",
    "outpost-arn",
    "ipv6-address",
    "ipv6-addresses.ipv6-address",
    "ipv6-addresses.is-primary-ipv6",
    "ipv4-prefixes.ipv4-prefix",
    "ipv6-prefixes.ipv6-prefix",
    "tag-key",
    "tag-value",
    "interface-type",
];

fn common(region: &RegionState, nic: &NetworkInterface, name: &str) -> Option<Vec<String>> {
    if let Some(field) = name.strip_prefix("addresses.association.") {
        let all = nic.addresses.iter().filter_map(|address| address.public);
        return public(region, all, field);
    }
    if let Some(field) = name.strip_prefix("association.") {
        let first = nic.addresses.first().and_then(|address| address.public);
        return public(region, first.into_iter(), field);
    }
    if let Some(field) = name.strip_prefix("attachment.") {
        return attachment(region, nic, field);
    }
    let one = |value: String| Some(vec![value]);
    match name {
        "network-interface-id" => one(nic.id.to_string()),
        "subnet-id" => one(nic.subnet.to_string()),
        "vpc-id" => one(nic.vpc.to_string()),
        "availability-zone" => one(nic.zone.to_owned()),
        "availability-zone-id" => one(region.zone_id(nic.zone).to_owned()),
        "group-id" => Some(nic.groups.iter().map(ToString::to_string).collect()),
        "group-name" => Some(
            nic.groups
                .iter()
                .filter_map(|id| region.security_groups.get(id))
                .map(|group| group.name.clone())
                .collect(),
        ),
        "status" => one(status(nic).to_owned()),
        "private-ip-address" => one(nic.private_ip().to_string()),
        "private-dns-name" => one(region.private_dns(nic.private_ip())),
        "public-dns-name" => Some(
            nic.public_ip()
                .map(|ip| region.public_dns_in(nic.vpc, ip))
                .into_iter()
                .collect(),
        ),
        "addresses.private-ip-address" => Some(
            nic.addresses
                .iter()
                .map(|address| address.ip.to_string())
                .collect(),
        ),
        "addresses.private-dns-name" => Some(
            nic.addresses
                .iter()
                .map(|address| region.private_dns(address.ip))
                .collect(),
        ),
        "addresses.primary" => Some(
            (0..nic.addresses.len())
                .map(|index| (index == 0).to_string())
                .collect(),
        ),
        "mac-address" => one(nic.mac_text()),
        "description" => one(nic.description.clone()),
        "owner-id" => one(region.account.to_string()),
        "source-dest-check" => one(nic.source_dest_check.to_string()),
        "interface-type" => one(super::show::kind(nic).to_owned()),
        "requester-managed" => one(nic.requester.is_some().to_string()),
        "requester-id" => Some(
            nic.requester
                .map(|_| region.account.to_string())
                .into_iter()
                .collect(),
        ),
        "operator.managed" | "deny-all-igw-traffic" | "ipv6-native" => one("false".to_owned()),
        // What the lab's interfaces never have: no value matches.
        "operator.principal"
        | "outpost-arn"
        | "ipv6-address"
        | "ipv6-addresses.ipv6-address"
        | "ipv6-addresses.is-primary-ipv6"
        | "ipv4-prefixes.ipv4-prefix"
        | "ipv6-prefixes.ipv6-prefix" => Some(Vec::new()),
        _ => None,
    }
}

fn public(
    region: &RegionState,
    all: impl Iterator<Item = PublicAddress>,
    field: &str,
) -> Option<Vec<String>> {
    let elastic = |public: &PublicAddress| region.addresses.get(&public.allocation?);
    let value = |public: PublicAddress| match field {
        "public-ip" => Some(public.ip.to_string()),
        "public-dns-name" => Some(region.public_dns(public.ip)),
        "ip-owner-id" => Some(
            elastic(&public).map_or_else(|| "amazon".to_owned(), |_| region.account.to_string()),
        ),
        "allocation-id" => Some(elastic(&public)?.id.to_string()),
        "association-id" => Some(elastic(&public)?.association?.id.to_string()),
        _ => None,
    };
    PUBLIC
        .contains(&field)
        .then(|| all.filter_map(value).collect())
}

fn attachment(region: &RegionState, nic: &NetworkInterface, field: &str) -> Option<Vec<String>> {
    let tie = nic.attachment;
    let list = |value: Option<String>| Some(value.into_iter().collect());
    match field {
        "instance-id" => list(tie.map(|tie| tie.instance.to_string())),
        "attachment-id" => list(tie.map(|tie| tie.id.to_string())),
        "device-index" => list(tie.map(|tie| tie.device_index.to_string())),
        "network-card-index" => list(tie.map(|_| "0".to_owned())),
        "attach-time" => Some(tie.map(|tie| tie.attached.in_filters()).unwrap_or_default()),
        "delete-on-termination" => list(tie.map(|tie| tie.delete_on_termination.to_string())),
        "instance-owner-id" => list(tie.map(|_| region.account.to_string())),
        "status" => list(tie.map(|_| "attached".to_owned())),
        _ => None,
    }
}
