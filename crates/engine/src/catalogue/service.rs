//! AWS's services that a VPC endpoint can lead to, and the prefix lists of their addresses
//! (<https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html>).

use super::tsv;
use crate::ids::{PrefixListId, ResourceId};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;
use std::sync::LazyLock;

/// A service in a Region.
#[derive(Debug)]
pub struct EndpointService {
    /// `com.amazonaws.us-east-1.s3`.
    pub name: String,
    /// `s3`.
    pub short: &'static str,
    /// In which Region.
    pub region: &'static str,
    /// The name that clients use, `s3.us-east-1.amazonaws.com`.
    pub dns_name: String,
    /// Whether there is a gateway endpoint for it, an interface endpoint, or both.
    pub gateway: bool,
    /// See `gateway`.
    pub interface: bool,
    /// Its public address.
    pub address: Ipv4Addr,
}

/// The addresses of a service in a Region.
#[derive(Debug)]
pub struct PrefixList {
    /// Its id.
    pub id: PrefixListId,
    /// Its name: the service's.
    pub name: String,
    /// In which Region.
    pub region: &'static str,
    nets: Vec<Ipv4Net>,
}

impl PrefixList {
    /// Its ranges.
    pub fn cidrs(&self) -> impl Iterator<Item = Ipv4Net> {
        self.nets.iter().copied()
    }
}

static SERVICES: LazyLock<Vec<EndpointService>> = LazyLock::new(|| {
    tsv::rows(include_str!("../../data/endpoint_services.tsv"))
        .filter_map(|row| {
            let (region, short) = (row.get("region"), row.get("service"));
            Some(EndpointService {
                name: format!("com.amazonaws.{region}.{short}"),
                short,
                region,
                dns_name: format!("{short}.{region}.amazonaws.com"),
                gateway: row.get("kinds").contains("Gateway"),
                interface: row.get("kinds").contains("Interface"),
                address: row.get("address").parse().ok()?,
            })
        })
        .collect()
});

static LISTS: LazyLock<Vec<PrefixList>> = LazyLock::new(|| {
    tsv::rows(include_str!("../../data/prefix_lists.tsv"))
        .filter_map(|row| {
            let (region, short) = (row.get("region"), row.get("service"));
            Some(PrefixList {
                id: PrefixListId::parse(row.get("id"))?,
                name: format!("com.amazonaws.{region}.{short}"),
                region,
                nets: row
                    .list("cidrs")
                    .into_iter()
                    .filter_map(|net| net.parse().ok())
                    .collect(),
            })
        })
        .collect()
});

/// The services of a Region.
pub fn endpoint_services(region: &str) -> impl Iterator<Item = &'static EndpointService> {
    SERVICES.iter().filter(move |row| row.region == region)
}

/// The service of this name.
#[must_use]
pub fn endpoint_service(name: &str) -> Option<&'static EndpointService> {
    SERVICES.iter().find(|row| row.name == name)
}

/// The prefix list of this id.
#[must_use]
pub fn prefix_list(id: PrefixListId) -> Option<&'static PrefixList> {
    LISTS.iter().find(|row| row.id == id)
}

/// The prefix list of a service.
#[must_use]
pub fn prefix_list_of(service: &str) -> Option<&'static PrefixList> {
    LISTS.iter().find(|row| row.name == service)
}

/// All services of all Regions.
pub fn all_services() -> impl Iterator<Item = &'static EndpointService> {
    SERVICES.iter()
}

/// All prefix lists.
pub fn prefix_lists(region: &str) -> impl Iterator<Item = &'static PrefixList> {
    LISTS.iter().filter(move |row| row.region == region)
}
