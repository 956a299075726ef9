//! Network interfaces (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html>).

use super::load_balancer::BalancingId;
use super::tags::Tags;
use crate::clock::Instant;
use crate::ids::{
    AllocationId, AttachmentId, InstanceId, NatGatewayId, NetworkInterfaceId, SecurityGroupId,
    SubnetId, VpcEndpointId, VpcId,
};
use crate::json::Text;
use crate::output::Line;
use std::net::Ipv4Addr;

/// The public address of a private one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublicAddress {
    /// The address.
    pub ip: Ipv4Addr,
    /// The Elastic IP address that it is; `None` for one that AWS assigned and takes back at stop.
    pub allocation: Option<AllocationId>,
}

/// A private address of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PrivateAddress {
    /// The address.
    pub ip: Ipv4Addr,
    /// Its public address, if any.
    pub public: Option<PublicAddress>,
}

/// The tie to an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Attachment {
    pub id: AttachmentId,
    pub instance: InstanceId,
    pub device_index: u32,
    pub delete_on_termination: bool,
    pub attached: Instant,
}

/// After how many seconds an interface forgets an idle connection; `None` means AWS's own time
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#connection-tracking-timeouts>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct ConnectionTracking {
    pub tcp_established: Option<u32>,
    pub udp: Option<u32>,
    pub udp_stream: Option<u32>,
}

/// The service whose interface it is: AWS made it and only that service's calls take it away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum Requester {
    NatGateway(NatGatewayId),
    VpcEndpoint(VpcEndpointId),
    LoadBalancer(BalancingId),
}

impl Requester {
    /// `InterfaceType` of DescribeNetworkInterfaces.
    #[must_use]
    pub fn interface_type(self) -> &'static str {
        match self {
            Requester::NatGateway(_) => "nat_gateway",
            Requester::VpcEndpoint(_) => "vpc_endpoint",
            // An application load balancer's is listed as an ordinary one.
            Requester::LoadBalancer(_) => "interface",
        }
    }
}

/// A network interface.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct NetworkInterface {
    pub id: NetworkInterfaceId,
    pub serial: u64,
    pub subnet: SubnetId,
    pub vpc: VpcId,
    pub zone: &'static str,
    pub description: String,
    pub mac: [u8; 6],
    /// The primary one first; never empty.
    pub addresses: Vec<PrivateAddress>,
    pub groups: Vec<SecurityGroupId>,
    pub source_dest_check: bool,
    pub attachment: Option<Attachment>,
    pub connection_tracking: Option<ConnectionTracking>,
    /// `None` for one of the account's own.
    pub requester: Option<Requester>,
    /// What the call that made it was named with; empty for one made with its instance.
    pub client_token: String,
    pub tags: Tags,
}

impl NetworkInterface {
    /// The primary private address.
    #[must_use]
    pub fn private_ip(&self) -> Ipv4Addr {
        self.addresses
            .first()
            .map_or(Ipv4Addr::UNSPECIFIED, |address| address.ip)
    }

    /// The private address that a public one belongs to; the primary one for an address that is not the interface's.
    #[must_use]
    pub fn private_of(&self, public: Ipv4Addr) -> Ipv4Addr {
        self.addresses
            .iter()
            .find(|address| address.public.is_some_and(|own| own.ip == public))
            .map_or_else(|| self.private_ip(), |address| address.ip)
    }

    /// The public address of the primary private one.
    #[must_use]
    pub fn public_ip(&self) -> Option<Ipv4Addr> {
        self.addresses.first()?.public.map(|public| public.ip)
    }

    /// Whether one of its private addresses has an Elastic IP address, the primary one left out.
    #[must_use]
    pub fn has_secondary_elastic_ip(&self) -> bool {
        self.addresses
            .iter()
            .skip(1)
            .any(|address| address.public.is_some())
    }

    /// `02:1f:…` as AWS prints it.
    #[must_use]
    pub fn mac_text(&self) -> String {
        self.mac_address().to_string()
    }

    /// As [`NetworkInterface::mac_text`], for answers.
    #[must_use]
    pub fn mac_address(&self) -> Text {
        let [first, rest @ ..] = self.mac;
        rest.iter()
            .fold(Line::new().hex(u128::from(first), 2), |line, byte| {
                line.put(":").hex(u128::from(*byte), 2)
            })
            .text()
    }
}
