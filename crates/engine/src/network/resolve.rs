//! From what the learner wrote to an address, as the client's resolver would say
//! (<https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html>).

use super::probe::{Probe, Source, Target, WEB_SERVER};
use crate::catalogue;
use crate::ids::{InstanceId, NetworkInterfaceId, ResourceId, SubnetId, VpcPeeringConnectionId};
use crate::operations::balancing::health::routable;
use crate::region::RegionState;
use crate::resources::instance::Instance;
use crate::resources::network_interface::NetworkInterface;
use crate::resources::route_table::RouteTarget;
use crate::resources::vpc_endpoint::{EndpointKind, EndpointState, VpcEndpoint};
use crate::world::{Caller, World};
use std::net::Ipv4Addr;

/// An instance with its Region and its interface.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'w> {
    pub region: &'w RegionState,
    pub instance: &'w Instance,
    pub interface: &'w NetworkInterface,
}

/// An interface with its Region: what a packet passes on its way in or out, whoever is behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Door<'w> {
    pub region: &'w RegionState,
    pub interface: &'w NetworkInterface,
}

impl<'w> Door<'w> {
    /// The interface of this id.
    pub(super) fn of(region: &'w RegionState, id: NetworkInterfaceId) -> Option<Self> {
        Some(Door {
            region,
            interface: region.network_interfaces.get(&id)?,
        })
    }

    /// The instance behind it, if it is one's.
    pub(super) fn site(self) -> Option<Site<'w>> {
        site_of(self.region, self.interface.id)
    }

    pub(super) fn caller(&self) -> Caller {
        Caller {
            account: self.region.account,
            region: self.region.name,
        }
    }
}

impl<'w> Site<'w> {
    /// Its interface.
    pub(super) fn door(self) -> Door<'w> {
        Door {
            region: self.region,
            interface: self.interface,
        }
    }

    pub(super) fn caller(&self) -> Caller {
        Caller {
            account: self.region.account,
            region: self.region.name,
        }
    }
}

/// The instance of this id, looked for in the caller's Region first.
pub(super) fn site<'w>(world: &'w World, caller: &Caller, id: InstanceId) -> Option<Site<'w>> {
    let here = world.region(caller);
    here.into_iter()
        .chain(world.regions.values().map(AsRef::as_ref))
        .find_map(|region| {
            let instance = region.instances.get(&id)?;
            Some(Site {
                region,
                instance,
                interface: region.primary_interface(instance)?,
            })
        })
}

/// The interface's instance, if it has one.
pub(super) fn site_of<'w>(
    region: &'w RegionState,
    interface: NetworkInterfaceId,
) -> Option<Site<'w>> {
    let interface = region.network_interfaces.get(&interface)?;
    let instance = region.instances.get(&interface.attachment?.instance)?;
    Some(Site {
        region,
        instance,
        interface,
    })
}

/// Who has this public address.
pub(super) fn owner(world: &World, ip: Ipv4Addr) -> Option<(&RegionState, NetworkInterfaceId)> {
    world
        .regions
        .values()
        .find_map(|region| region.public_ips.get(&ip).map(|id| (region.as_ref(), *id)))
}

/// The address that the client connects to, and how the host was written. `None`: the name is nobody's.
pub(super) fn resolve(
    world: &World,
    caller: &Caller,
    source: Option<Site<'_>>,
    target: &Target,
) -> (Option<Ipv4Addr>, String) {
    match target {
        Target::Address(ip) => (Some(*ip), ip.to_string()),
        Target::Internet => (Some(WEB_SERVER), WEB_SERVER.to_string()),
        Target::Instance(id) => {
            let Some(site) = site(world, caller, *id) else {
                return (None, id.to_string());
            };
            let inside = source.is_some_and(|source| source.interface.vpc == site.interface.vpc);
            let peered = source
                .is_some_and(|source| peering_to(source, site.interface.private_ip()).is_some());
            let ip = if inside || peered {
                None
            } else {
                site.interface.public_ip()
            }
            .unwrap_or(site.interface.private_ip());
            (Some(ip), ip.to_string())
        }
        Target::Name(name) => (lookup(world, source, name), name.clone()),
    }
}

/// Where an attempt leads: the address that the client's resolver gives, and the instance that has it.
#[must_use]
pub fn endpoint(
    world: &World,
    caller: &Caller,
    probe: &Probe,
) -> (Option<Ipv4Addr>, Option<(Caller, InstanceId)>) {
    let source = match probe.source {
        Source::Instance(id) => site(world, caller, id),
        _ => None,
    };
    let (ip, _) = resolve(world, caller, source, &probe.target);
    let Some(ip) = ip else {
        return (None, None);
    };
    let inside = source.and_then(|source| {
        let interface = source.region.private_ips.get(&(source.interface.vpc, ip))?;
        site_of(source.region, *interface)
    });
    let found = inside.or_else(|| {
        let (region, interface) = owner(world, ip)?;
        site_of(region, interface)
    });
    (
        Some(ip),
        found.map(|site| (site.caller(), site.instance.id)),
    )
}

/// Whether a name is that of a server somewhere on the internet: any that is not one of AWS's names for instances.
#[must_use]
pub fn is_internet_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name.contains('.')
        && name.split('.').all(|part| !part.is_empty())
        && !name.ends_with(".internal")
        && !name.ends_with(".amazonaws.com")
        && name.parse::<Ipv4Addr>().is_err()
}

/// The peering connection to which a source's route table sends packets for a private address.
pub(super) fn peering_to(source: Site<'_>, ip: Ipv4Addr) -> Option<VpcPeeringConnectionId> {
    let subnet = source.region.subnets.get(&source.interface.subnet)?;
    match source.region.route_table_of(subnet)?.lookup(ip)?.target {
        RouteTarget::VpcPeeringConnection(id) => Some(id),
        _ => None,
    }
}

/// Where a name of one of AWS's services leads: to an interface endpoint that has taken it over inside its VPC, else to
/// the service's public address
/// (<https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>).
fn service_address(source: Option<Site<'_>>, name: &str) -> Option<Ipv4Addr> {
    let endpoint = source.and_then(|source| {
        let serves = |row: &&VpcEndpoint| match &row.kind {
            EndpointKind::Interface { private_dns, .. } => {
                row.vpc == source.interface.vpc
                    && row.state == EndpointState::Available
                    && (name.starts_with(&row.id.to_string())
                        || (*private_dns
                            && catalogue::endpoint_service(&row.service)
                                .is_some_and(|service| service.dns_name == name)))
            }
            EndpointKind::Gateway { .. } => false,
        };
        let row = source.region.vpc_endpoints.values().find(serves)?;
        let EndpointKind::Interface { subnets, .. } = &row.kind else {
            return None;
        };
        let near = |(id, _): &&(SubnetId, NetworkInterfaceId)| {
            source
                .region
                .subnets
                .get(id)
                .is_some_and(|subnet| subnet.zone == source.interface.zone)
        };
        let (_, nic) = subnets.iter().find(near).or_else(|| subnets.first())?;
        Some(source.region.network_interfaces.get(nic)?.private_ip())
    });
    endpoint.or_else(|| {
        catalogue::all_services()
            .find(|service| service.dns_name == name)
            .map(|service| service.address)
    })
}

/// An address of a load balancer's name: the public one of a node of an internet-facing one, wherever one asks from. The
/// nodes take turns; where each serves its own zone only, those with nobody to serve are left out.
fn balancer_address(world: &World, name: &str) -> Option<Ipv4Addr> {
    let (region, balancer) = world.regions.values().find_map(|region| {
        let rows = region.balancing.load_balancers.values();
        let row = rows
            .into_iter()
            .find(|row| row.dns_name.eq_ignore_ascii_case(name))?;
        Some((region, row))
    })?;
    let nodes: Vec<&NetworkInterface> = balancer
        .nodes
        .iter()
        .filter_map(|(_, nic)| region.network_interfaces.get(nic))
        .collect();
    let serves = |nic: &&&NetworkInterface| {
        region
            .balancing
            .listeners_of(balancer.id)
            .iter()
            .all(|row| {
                region
                    .balancing
                    .target_groups
                    .get(&row.group)
                    .is_none_or(|group| {
                        group.cross_zone != Some(false)
                            || !routable(region, group, Some(nic.zone)).is_empty()
                    })
            })
    };
    let mut able: Vec<&NetworkInterface> = nodes.iter().filter(serves).copied().collect();
    if able.is_empty() {
        able = nodes;
    }
    let turn = usize::try_from(balancer.turn % (able.len().max(1) as u64)).unwrap_or(0);
    let nic = able.get(turn)?;
    Some(nic.public_ip().unwrap_or(nic.private_ip()))
}

/// Whether a VPC has Amazon's DNS server
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html#vpc-dns-support>).
fn has_dns(source: Site<'_>) -> bool {
    source
        .region
        .vpcs
        .get(&source.interface.vpc)
        .is_none_or(|vpc| vpc.enable_dns_support)
}

fn lookup(world: &World, source: Option<Site<'_>>, name: &str) -> Option<Ipv4Addr> {
    if let Ok(ip) = name.parse() {
        return Some(ip);
    }
    if source.is_some_and(|source| !has_dns(source)) {
        return None;
    }
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    if name.ends_with(".elb.amazonaws.com") {
        return balancer_address(world, &name);
    }
    if name.ends_with(".amazonaws.com")
        && let Some(ip) = service_address(source, &name)
    {
        return Some(ip);
    }
    let (first, suffix) = name.split_once('.')?;
    if let Some(id) = InstanceId::parse(first) {
        return by_resource_name(source?, id, suffix);
    }
    let (kind, numbers) = first.split_once('-')?;
    let ip: Ipv4Addr = numbers.replace('-', ".").parse().ok()?;
    match kind {
        "ec2" => {
            let region = world.regions.values().find(|region| {
                region
                    .facts()
                    .is_some_and(|facts| facts.public_suffix == suffix)
            })?;
            // Inside its own VPC a public name means the private address.
            let private = region
                .public_ips
                .get(&ip)
                .and_then(|id| region.network_interfaces.get(id));
            match (private, source) {
                (Some(interface), Some(source)) if source.interface.vpc == interface.vpc => {
                    Some(interface.private_of(ip))
                }
                _ => Some(ip),
            }
        }
        "ip" => source
            .filter(|source| {
                source
                    .region
                    .facts()
                    .is_some_and(|facts| facts.private_suffix == suffix)
            })
            .map(|_| ip),
        _ => None,
    }
}

/// The private address of an instance whose name is made from its id, when DNS was told to answer
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-naming.html>).
fn by_resource_name(source: Site<'_>, id: InstanceId, suffix: &str) -> Option<Ipv4Addr> {
    let facts = source.region.facts()?;
    let row = source.region.instances.get(&id)?;
    let interface = source.region.primary_interface(row)?;
    let answers = row.options.private_dns.a_record
        && facts.private_suffix == suffix
        && interface.vpc == source.interface.vpc;
    answers.then(|| interface.private_ip())
}
