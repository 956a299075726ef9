//! What the picture shows, read from the world: boxes in boxes, with every word already chosen.

use super::services;
use super::spots::{self, Stop};
use crate::state::{AppState, Selected};
use crate::ui::components::PlugKind;
use crate::ui::words;
use ec2_lab_engine::ids::{InstanceId, SecurityGroupId, SubnetId, VpcId};
use ec2_lab_engine::network::{self, PlugState};
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::instance::{Instance, InstanceState};
use ec2_lab_engine::resources::route_table::RouteTarget;
use ec2_lab_engine::resources::security_group::Protocol;
use ec2_lab_engine::resources::vpc::{Subnet, Vpc};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// Up to so many instances of a subnet are drawn as whole cards.
pub const CARDS: usize = 12;
/// Up to so many are drawn as chips; more are counted.
pub const CHIPS: usize = 60;
/// So many zones are drawn open, even when nothing runs in them.
const OPEN_ZONES: usize = 2;

/// A Region.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// `us-east-1`.
    pub region: &'static str,
    /// `N. Virginia`.
    pub title: &'static str,
    /// Its VPCs, the default one first.
    pub vpcs: Vec<VpcBox>,
    /// How many instances are drawn.
    pub instances: usize,
}

/// A VPC.
#[derive(Clone, Debug, PartialEq)]
pub struct VpcBox {
    /// Its id.
    pub id: VpcId,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Whether AWS made it.
    pub is_default: bool,
    /// Its addresses.
    pub cidr: String,
    /// Its internet gateway.
    pub gateway: Option<String>,
    /// The way of packets for the internet by its main route table.
    pub route: String,
    /// The zones that are drawn.
    pub zones: Vec<ZoneBox>,
    /// The others, in which nothing runs.
    pub empty: Vec<ZoneBox>,
}

/// An Availability Zone.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneBox {
    /// `us-east-1a`.
    pub name: &'static str,
    /// Its subnets.
    pub subnets: Vec<SubnetBox>,
}

/// A subnet.
#[derive(Clone, Debug, PartialEq)]
pub struct SubnetBox {
    /// Its id.
    pub id: SubnetId,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Its addresses.
    pub cidr: String,
    /// Whether its route table leads to an internet gateway.
    pub public: bool,
    /// What runs in it.
    pub instances: Vec<Card>,
}

/// An instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its id.
    pub id: InstanceId,
    /// What a learner calls it.
    pub name: String,
    /// The state's class.
    pub class: &'static str,
    /// The state in a word.
    pub state: &'static str,
    /// `t3.micro`.
    pub kind: &'static str,
    /// Its public address, and whether it is an Elastic IP address.
    pub public: Option<(Ipv4Addr, bool)>,
    /// Its private address.
    pub private: Option<Ipv4Addr>,
    /// Its groups: id, name, place in the list of all groups.
    pub groups: Vec<(SecurityGroupId, String, usize)>,
    /// Its ports as the viewpoint sees them; empty where only chips are drawn.
    pub plugs: Vec<Port>,
    /// What listens, in words.
    pub services: String,
    /// Whether the inspector shows it.
    pub selected: bool,
}

/// A port.
#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    /// TCP or UDP.
    pub protocol: Protocol,
    /// Its number.
    pub port: u16,
    /// What a connection would meet.
    pub kind: PlugKind,
    /// What listens.
    pub service: Option<String>,
    /// Others whom a rule lets in.
    pub open_to: Vec<String>,
}

impl Scene {
    /// Whether the box of this name is drawn, of those that a stop may be shown at.
    #[must_use]
    pub fn draws(&self, stop: &Stop, name: &str) -> bool {
        let Some(id) = stop.beside else { return true };
        let subnets = self
            .vpcs
            .iter()
            .flat_map(|vpc| &vpc.zones)
            .flat_map(|zone| &zone.subnets);
        let Some((subnet, card)) = subnets
            .flat_map(|subnet| subnet.instances.iter().map(move |card| (subnet, card)))
            .find(|(_, card)| card.id == id)
        else {
            return false;
        };
        let whole = subnet.instances.len() <= CARDS;
        name == subnet.id.to_string()
            || name == spots::instance(id)
            || (whole
                && card
                    .groups
                    .iter()
                    .any(|(group, ..)| name == spots::tab(id, group)))
            || card
                .plugs
                .iter()
                .any(|port| name == spots::plug(id, port.protocol, port.port))
    }
}

/// Reads the Region in sight.
#[must_use]
pub fn scene(app: &AppState) -> Option<Scene> {
    let region = app.region()?;
    let mut groups: Vec<_> = region.security_groups.values().collect();
    groups.sort_by_key(|group| group.serial);
    let places = groups
        .iter()
        .enumerate()
        .map(|(place, group)| (group.id, (group.name.as_str(), place)))
        .collect();
    let mut by_subnet: BTreeMap<SubnetId, Vec<&Instance>> = BTreeMap::new();
    for row in region
        .instances_by_serial()
        .into_iter()
        .filter(|row| row.state != InstanceState::Terminated)
    {
        by_subnet.entry(row.subnet).or_default().push(row);
    }
    let instances = by_subnet.values().map(Vec::len).sum();
    let reader = Reader {
        app,
        region,
        places,
        by_subnet,
    };
    let mut vpcs: Vec<&Vpc> = region.vpcs.values().collect();
    vpcs.sort_by_key(|vpc| (!vpc.is_default, vpc.serial));
    let title = region.facts().map_or(region.name, |facts| facts.title);
    Some(Scene {
        region: region.name,
        title,
        vpcs: vpcs.into_iter().map(|vpc| reader.vpc(vpc)).collect(),
        instances,
    })
}

struct Reader<'a> {
    app: &'a AppState,
    region: &'a RegionState,
    places: BTreeMap<SecurityGroupId, (&'a str, usize)>,
    by_subnet: BTreeMap<SubnetId, Vec<&'a Instance>>,
}

impl Reader<'_> {
    fn vpc(&self, vpc: &Vpc) -> VpcBox {
        let mut zones: Vec<ZoneBox> = Vec::new();
        for subnet in self
            .region
            .subnets_by_serial()
            .filter(|subnet| subnet.vpc == vpc.id)
        {
            let made = self.subnet(subnet);
            match zones.iter_mut().find(|zone| zone.name == subnet.zone) {
                Some(zone) => zone.subnets.push(made),
                None => zones.push(ZoneBox {
                    name: subnet.zone,
                    subnets: vec![made],
                }),
            }
        }
        zones.sort_by_key(|zone| zone.name);
        let used = |zone: &ZoneBox| {
            zone.subnets
                .iter()
                .any(|subnet| !subnet.instances.is_empty())
        };
        let mut spare = OPEN_ZONES.saturating_sub(zones.iter().filter(|zone| used(zone)).count());
        let (zones, empty) = zones.into_iter().partition(|zone| {
            let fills = !used(zone) && spare > 0;
            spare -= usize::from(fills);
            used(zone) || fills
        });
        let gateway = self
            .region
            .internet_gateways
            .values()
            .find(|gateway| gateway.vpc == Some(vpc.id))
            .map(|gateway| gateway.id.to_string());
        VpcBox {
            id: vpc.id,
            name: vpc.tags.name().map(str::to_owned),
            is_default: vpc.is_default,
            cidr: vpc.cidr.to_string(),
            gateway,
            route: self.route(vpc),
            zones,
            empty,
        }
    }

    fn route(&self, vpc: &Vpc) -> String {
        // Of a table that subnets use: the main one, or one of their own.
        let out = self
            .region
            .route_tables
            .values()
            .filter(|table| table.vpc == vpc.id && !table.associations.is_empty())
            .flat_map(|table| &table.routes)
            .find(|route| matches!(route.target, RouteTarget::InternetGateway(_)));
        out.map_or_else(
            || "no route to the internet".to_owned(),
            |route| format!("route {} → internet gateway", route.destination),
        )
    }

    fn subnet(&self, subnet: &Subnet) -> SubnetBox {
        let rows = self
            .by_subnet
            .get(&subnet.id)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let whole = rows.len() <= CARDS;
        SubnetBox {
            id: subnet.id,
            name: subnet.tags.name().map(str::to_owned),
            cidr: subnet.cidr.to_string(),
            public: self.region.is_public(subnet),
            instances: rows.iter().map(|row| self.card(row, whole)).collect(),
        }
    }

    fn card(&self, row: &Instance, whole: bool) -> Card {
        let interface = self.region.primary_interface(row);
        let public = interface
            .and_then(|nic| nic.addresses.first())
            .and_then(|address| address.public);
        let groups = interface
            .map(|nic| nic.groups.as_slice())
            .unwrap_or_default();
        let named = |id: &SecurityGroupId| {
            self.places
                .get(id)
                .map(|(name, place)| (*id, (*name).to_owned(), *place))
        };
        Card {
            id: row.id,
            name: row.label(),
            class: class(row.state),
            state: words::state(row.state),
            kind: row.instance_type,
            public: public.map(|public| (public.ip, public.allocation.is_some())),
            private: interface.map(|nic| nic.private_ip()),
            groups: groups.iter().filter_map(named).collect(),
            plugs: if whole {
                self.plugs(row.id)
            } else {
                Vec::new()
            },
            services: services::words(row),
            selected: self.app.selected == Some(Selected::Instance(row.id)),
        }
    }

    fn plugs(&self, id: InstanceId) -> Vec<Port> {
        let found = network::plugs(
            self.app.session.world(),
            &self.app.caller,
            self.app.viewpoint,
            id,
        );
        found
            .into_iter()
            .map(|plug| Port {
                protocol: plug.protocol,
                port: plug.port,
                kind: match plug.state {
                    PlugState::Open => PlugKind::Open,
                    PlugState::Locked => PlugKind::Locked,
                    PlugState::Hollow => PlugKind::Hollow,
                },
                service: plug.service,
                open_to: plug.open_to,
            })
            .collect()
    }
}

fn class(state: InstanceState) -> &'static str {
    match state {
        InstanceState::Running => "is-running",
        InstanceState::Pending | InstanceState::Stopping | InstanceState::ShuttingDown => {
            "is-pending"
        }
        InstanceState::Stopped => "is-stopped",
        InstanceState::Terminated => "is-terminated",
    }
}
