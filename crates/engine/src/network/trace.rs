//! What was seen on the way: hop by hop, and the verdict with its cause.

use crate::ids::{
    InstanceId, NatGatewayId, NetworkAclId, NetworkInterfaceId, RouteTableId, VpcId,
    VpcPeeringConnectionId,
};
use crate::resources::load_balancer::BalancingId;
use crate::world::Caller;
use std::net::Ipv4Addr;

/// What a hop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Component {
    Laptop,
    Stranger,
    Internet,
    Resolver,
    InternetGateway,
    NatGateway,
    LoadBalancer,
    VpcEndpoint,
    PeeringConnection,
    RouteTable,
    NetworkAcl,
    SecurityGroup,
    Instance,
    Firewall,
    Service,
}

impl Component {
    /// A word for it, as answers carry it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Component::Laptop => "laptop",
            Component::Stranger => "stranger",
            Component::Internet => "internet",
            Component::Resolver => "dns",
            Component::InternetGateway => "internet-gateway",
            Component::NatGateway => "nat-gateway",
            Component::LoadBalancer => "load-balancer",
            Component::VpcEndpoint => "vpc-endpoint",
            Component::PeeringConnection => "peering-connection",
            Component::RouteTable => "route-table",
            Component::NetworkAcl => "network-acl",
            Component::SecurityGroup => "security-group",
            Component::Instance => "instance",
            Component::Firewall => "firewall",
            Component::Service => "service",
        }
    }
}

/// On the way out, or on the way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// From the client.
    Out,
    /// To the client.
    Back,
}

/// What a hop did with the packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Let it through.
    Passed,
    /// Threw it away without a word.
    Dropped,
    /// Said no.
    Rejected,
    /// Answered.
    Answered,
}

impl Decision {
    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Decision::Passed => "passed",
            Decision::Dropped => "dropped",
            Decision::Rejected => "rejected",
            Decision::Answered => "answered",
        }
    }
}

/// One step of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// What it is.
    pub component: Component,
    /// Its id, empty for what has none.
    pub id: String,
    /// Out or back.
    pub way: Way,
    /// What it did.
    pub decision: Decision,
    /// What happened, in one sentence.
    pub text: String,
    /// The rule or route that decided, as one reads it in a table.
    pub rule: Option<String>,
    /// The rule's id, where it has one.
    pub rule_id: Option<String>,
}

/// How an attempt ends for the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It works.
    Connected,
    /// Somebody said no at once.
    Refused,
    /// Nobody said anything.
    TimedOut,
    /// A machine on the way said that there is no way.
    NoRoute,
    /// The machine answers, but does not let this user in.
    PermissionDenied,
    /// The name is nobody's.
    UnknownHost,
    /// A load balancer answers itself, with this code: it has nothing from a target.
    Http(u16),
}

impl Verdict {
    /// A word for it, as answers carry it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Connected => "connected",
            Verdict::Refused => "refused",
            Verdict::TimedOut => "timed-out",
            Verdict::NoRoute => "no-route",
            Verdict::PermissionDenied => "permission-denied",
            Verdict::UnknownHost => "unknown-host",
            Verdict::Http(502) => "http-502",
            Verdict::Http(503) => "http-503",
            Verdict::Http(_) => "http-504",
        }
    }
}

/// Why it did not work, with what a fix needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the resources")]
pub enum Cause {
    /// No rule of the interface's groups matches.
    SecurityGroups {
        interface: NetworkInterfaceId,
        egress: bool,
        peer: Ipv4Addr,
        peer_interface: Option<NetworkInterfaceId>,
    },
    /// A rule of the subnet's ACL denies; `None` is the last rule, which denies all.
    NetworkAcl {
        acl: NetworkAclId,
        egress: bool,
        rule: Option<u16>,
        peer: Ipv4Addr,
        port: Option<u16>,
    },
    /// The subnet's route table leads nowhere for this address.
    NoRoute {
        table: Option<RouteTableId>,
        destination: Ipv4Addr,
    },
    /// The route leads to something that is not there or takes nothing: a black hole.
    Blackhole {
        table: RouteTableId,
        destination: Ipv4Addr,
    },
    /// The answer takes another way than the packet came, and is lost there.
    AnswerAstray {
        table: RouteTableId,
        destination: Ipv4Addr,
    },
    /// The NAT gateway is not ready, or ended.
    NatGatewayNotAvailable { gateway: NatGatewayId },
    /// A private NAT gateway has no way to the internet.
    NatGatewayPrivate { gateway: NatGatewayId },
    /// Nobody has accepted the peering connection, or it ended.
    PeeringNotActive { connection: VpcPeeringConnectionId },
    /// A peering connection carries packets of its two VPCs only, never on to a third network.
    NotTransitive {
        connection: VpcPeeringConnectionId,
        destination: Ipv4Addr,
    },
    /// The interface takes only packets that are meant for it.
    SourceDestCheck { interface: NetworkInterfaceId },
    /// The machine does not pass packets on.
    NotForwarding { instance: InstanceId },
    /// The instance has no public address, so nothing from the internet finds it.
    NoPublicAddressIngress { instance: InstanceId },
    /// The instance has no public address, so the gateway takes nothing from it.
    NoPublicAddressEgress { instance: InstanceId },
    /// The VPC has no internet gateway.
    NoGateway { vpc: VpcId },
    /// The address is private: the internet does not carry it.
    PrivateAddress,
    /// Nobody has this address.
    AddressUnused,
    /// The name is nobody's.
    UnknownName,
    /// The machine is not on.
    HostStopped { instance: InstanceId },
    /// The machine is starting.
    Booting { instance: InstanceId },
    /// Its own firewall threw the packet away.
    FirewallDrop { instance: InstanceId },
    /// Its own firewall said no.
    FirewallReject { instance: InstanceId },
    /// Nothing listens on the port.
    NoListener { instance: InstanceId },
    /// The server on the internet has nothing on this port.
    NoListenerOutside,
    /// The load balancer is not ready.
    BalancerProvisioning { balancer: BalancingId },
    /// The load balancer has no listener on the port.
    NoBalancerListener { balancer: BalancingId },
    /// The target group has nobody to send a request to.
    NoTargets { group: BalancingId },
    /// There is no such user on the machine.
    WrongUser { instance: InstanceId },
    /// The machine does not know this key.
    WrongKey { instance: InstanceId },
}

impl Cause {
    /// Whether the same gate says no for the same packet: then a change has not brought the attempt any further.
    #[must_use]
    pub fn same_gate(&self, other: &Cause) -> bool {
        match (self, other) {
            (
                Cause::SecurityGroups {
                    interface, egress, ..
                },
                Cause::SecurityGroups {
                    interface: other_interface,
                    egress: other_egress,
                    ..
                },
            ) => (interface, egress) == (other_interface, other_egress),
            (
                Cause::NetworkAcl {
                    acl, egress, port, ..
                },
                Cause::NetworkAcl {
                    acl: other_acl,
                    egress: other_egress,
                    port: other_port,
                    ..
                },
            ) => (acl, egress, port) == (other_acl, other_egress, other_port),
            _ => self.code() == other.code(),
        }
    }

    /// The explanation code of AWS Reachability Analyzer where it has one
    /// (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>), the lab's own where AWS's
    /// analysis stops: inside the machine.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Cause::SecurityGroups { .. } => "ENI_SG_RULES_MISMATCH",
            Cause::NetworkAcl { .. } => "SUBNET_ACL_RESTRICTION",
            Cause::NoRoute { .. } => "NO_ROUTE_TO_DESTINATION",
            Cause::Blackhole { .. } => "ROUTE_BLACKHOLE",
            Cause::AnswerAstray { .. } => "ANSWER_ASTRAY",
            Cause::NatGatewayNotAvailable { .. } => "NAT_GATEWAY_NOT_AVAILABLE",
            Cause::NatGatewayPrivate { .. } => "NAT_GATEWAY_PRIVATE",
            Cause::PeeringNotActive { .. } => "PEERING_NOT_ACTIVE",
            Cause::NotTransitive { .. } => "PEERING_NOT_TRANSITIVE",
            Cause::SourceDestCheck { .. } => "ENI_SOURCE_DEST_CHECK_RESTRICTION",
            Cause::NotForwarding { .. } => "NOT_FORWARDING",
            Cause::NoPublicAddressIngress { .. } => "IGW_PUBLIC_IP_ASSOCIATION_FOR_INGRESS",
            Cause::NoPublicAddressEgress { .. } => "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
            Cause::NoGateway { .. } => "IGW_NOT_ATTACHED",
            Cause::PrivateAddress => "PRIVATE_ADDRESS",
            Cause::AddressUnused => "ADDRESS_UNUSED",
            Cause::UnknownName => "UNKNOWN_HOST",
            Cause::HostStopped { .. } => "HOST_STOPPED",
            Cause::Booting { .. } => "BOOTING",
            Cause::FirewallDrop { .. } => "OS_FIREWALL_DROP",
            Cause::FirewallReject { .. } => "OS_FIREWALL_REJECT",
            Cause::NoListener { .. } | Cause::NoListenerOutside => "NO_LISTENER",
            Cause::BalancerProvisioning { .. } => "ELB_PROVISIONING",
            Cause::NoBalancerListener { .. } => "ELB_LISTENER_PORT_RESTRICTION",
            Cause::NoTargets { .. } => "ELB_NO_TARGETS",
            Cause::WrongUser { .. } => "SSH_USER_UNKNOWN",
            Cause::WrongKey { .. } => "SSH_KEY_REJECTED",
        }
    }
}

/// All that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Hop by hop, in order.
    pub hops: Vec<Hop>,
    /// How it ended for the client.
    pub verdict: Verdict,
    /// Why, unless it works.
    pub cause: Option<Cause>,
    /// The address or name as the client was given it.
    pub host: String,
    /// Milliseconds until the client said so.
    pub wait: u64,
    /// Whose resources the cause is about.
    pub caller: Caller,
    /// What happened and why, in a sentence or two.
    pub summary: String,
    /// The load balancer that passed the request on, if one did.
    pub balancer: Option<(Caller, BalancingId)>,
    /// The port at the load balancer's target.
    pub target_port: Option<u16>,
    /// The machine that answered.
    pub served: Option<(Caller, InstanceId)>,
}
