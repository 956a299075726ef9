//! Pictures of instances that are shown again while nothing that they show has changed.
//!
//! A learner, a waiter and a grader ask for the same list again and again, and between two questions few rows change. A
//! picture is kept with the very rows that it was drawn from. Rows are shared and never changed in place while somebody
//! else holds them ([`crate::table`]), so that a picture is true as long as the Region still has those rows.

use super::show::Pictures;
use crate::ids::{
    AllocationId, IamInstanceProfileAssociationId, InstanceId, PlacementGroupId, SecurityGroupId,
    VpcId,
};
use crate::json::Value;
use crate::region::RegionState;
use crate::resources::address::Address;
use crate::resources::iam::IamInstanceProfileAssociation;
use crate::resources::instance::Instance;
use crate::resources::network_interface::NetworkInterface;
use crate::resources::placement_group::PlacementGroup;
use crate::resources::security_group::SecurityGroup;
use crate::resources::volume::Volume;
use crate::resources::vpc::Vpc;
use crate::table::Table;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// The pictures of a Region, and of the copies made of it: each is checked against the Region that asks.
#[derive(Clone, Default)]
pub struct Remembered(Rc<RefCell<Album>>);

#[derive(Default)]
struct Album {
    around: Option<Around>,
    pictures: BTreeMap<InstanceId, Kept>,
}

/// Tables that are small and seldom change: when one does, every picture is drawn anew.
struct Around {
    groups: Table<SecurityGroupId, SecurityGroup>,
    placement_groups: Table<PlacementGroupId, PlacementGroup>,
    vpcs: Table<VpcId, Vpc>,
    addresses: Table<AllocationId, Address>,
    profiles: Table<IamInstanceProfileAssociationId, IamInstanceProfileAssociation>,
}

impl Around {
    fn of(region: &RegionState) -> Self {
        Around {
            groups: region.security_groups.clone(),
            placement_groups: region.placement_groups.clone(),
            vpcs: region.vpcs.clone(),
            addresses: region.addresses.clone(),
            profiles: region.iam_associations.clone(),
        }
    }

    fn is_of(&self, region: &RegionState) -> bool {
        self.groups.is_same(&region.security_groups)
            && self.placement_groups.is_same(&region.placement_groups)
            && self.vpcs.is_same(&region.vpcs)
            && self.addresses.is_same(&region.addresses)
            && self.profiles.is_same(&region.iam_associations)
    }
}

/// A picture and the rows it was drawn from.
struct Kept {
    instance: Rc<Instance>,
    interfaces: Vec<Rc<NetworkInterface>>,
    volumes: Vec<Rc<Volume>>,
    picture: Value,
}

impl Kept {
    fn new(pictures: &mut Pictures<'_>, row: &Instance) -> Option<Self> {
        let region = pictures.region;
        let interfaces = row.interfaces.iter();
        let volumes = row.volumes.iter();
        Some(Kept {
            instance: region.instances.shared(&row.id)?.clone(),
            interfaces: interfaces
                .map(|id| region.network_interfaces.shared(id).cloned())
                .collect::<Option<_>>()?,
            volumes: volumes
                .map(|(_, id)| region.volumes.shared(id).cloned())
                .collect::<Option<_>>()?,
            picture: pictures.instance(row),
        })
    }

    fn is_of(&self, region: &RegionState, row: &Instance) -> bool {
        let nics = &region.network_interfaces;
        let same_nic =
            |kept: &Rc<NetworkInterface>| nics.get(&kept.id).is_some_and(|now| is(kept, now));
        let same_volume = |kept: &Rc<Volume>| {
            region
                .volumes
                .get(&kept.id)
                .is_some_and(|now| is(kept, now))
        };
        is(&self.instance, row)
            && self.interfaces.iter().all(same_nic)
            && self.volumes.iter().all(same_volume)
    }
}

fn is<T>(kept: &Rc<T>, now: &T) -> bool {
    std::ptr::eq(Rc::as_ptr(kept), now)
}

impl Remembered {
    /// The picture of an instance of the Region that `pictures` draws.
    pub(crate) fn picture(&self, pictures: &mut Pictures<'_>, row: &Instance) -> Value {
        let region = pictures.region;
        let Ok(mut album) = self.0.try_borrow_mut() else {
            return pictures.instance(row);
        };
        if !album
            .around
            .as_ref()
            .is_some_and(|around| around.is_of(region))
        {
            album.around = Some(Around::of(region));
            album.pictures.clear();
        }
        if let Some(kept) = album.pictures.get(&row.id)
            && kept.is_of(region, row)
        {
            debug_assert_eq!(kept.picture, Pictures::new(region).instance(row));
            return kept.picture.clone();
        }
        let Some(kept) = Kept::new(pictures, row) else {
            return pictures.instance(row);
        };
        let picture = kept.picture.clone();
        // Instances that are long gone must not stay for ever.
        if album.pictures.len() > 2 * region.instances.len() {
            album.pictures.clear();
        }
        album.pictures.insert(row.id, kept);
        picture
    }
}

// What is remembered is no part of the world: two worlds are equal whatever was asked of them.

impl PartialEq for Remembered {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Remembered {}

impl Hash for Remembered {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl fmt::Debug for Remembered {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Remembered")
    }
}
