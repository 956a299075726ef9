//! The public images that AWS and the distributions offer (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIs.html>).

use super::tsv;
use crate::ids::{ImageId, ResourceId, SnapshotId};
use crate::resources::volume::{VolumeShape, VolumeType};
use crate::rng;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How one logs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Login {
    /// SSH with a key, port 22.
    Ssh,
    /// Remote Desktop with a password, port 3389.
    Rdp,
}

/// A public image, the same in every Region but for its id.
#[derive(Debug)]
#[allow(
    missing_docs,
    reason = "the names are the columns of data/images.tsv, explained there"
)]
pub struct Image {
    pub key: &'static str,
    pub name: &'static str,
    pub title: &'static str,
    pub description: &'static str,
    pub owner_id: &'static str,
    pub owner_alias: &'static str,
    pub architecture: &'static str,
    pub windows: bool,
    pub platform_details: &'static str,
    pub usage_operation: &'static str,
    pub root_device_name: &'static str,
    pub root_volume_gib: u32,
    pub root_volume_type: &'static str,
    pub created: &'static str,
    /// Milliseconds from power-on until a login is answered.
    pub boot: u64,
    pub default_user: &'static str,
    pub login: Login,
    pub package_manager: &'static str,
    pub instance_connect: bool,
}

impl Image {
    /// Its id in a Region: fixed, so that a command copied from a lesson works in every lab.
    #[must_use]
    pub fn id(&self, region: &str) -> ImageId {
        self.ids(region).0
    }

    /// Size, type and speed of its root volume.
    #[must_use]
    pub fn root_shape(&self) -> VolumeShape {
        let kind = VolumeType::parse(self.root_volume_type).unwrap_or(VolumeType::Gp3);
        VolumeShape {
            size: self.root_volume_gib,
            kind,
            iops: kind.usual_iops(self.root_volume_gib),
            throughput: (kind == VolumeType::Gp3).then_some(125),
        }
    }

    /// The snapshot under its root volume.
    #[must_use]
    pub fn snapshot(&self, region: &str) -> SnapshotId {
        self.ids(region).1
    }

    fn ids(&self, region: &str) -> (ImageId, SnapshotId) {
        IDS.get(region)
            .and_then(|ids| ids.get(self.name))
            .copied()
            .unwrap_or_else(|| drawn(region, self.name))
    }
}

/// An image's id and its snapshot's.
fn drawn(region: &str, name: &str) -> (ImageId, SnapshotId) {
    let purpose = format!("{region}/{name}");
    (
        ImageId::from_bits(rng::draw(0, &purpose, 0)),
        SnapshotId::from_bits(rng::draw(0, &purpose, 1)),
    )
}

type IdsByName = BTreeMap<&'static str, (ImageId, SnapshotId)>;

/// Drawing is slow, and every describe call asks: the ids of each Region's images, drawn once.
static IDS: LazyLock<BTreeMap<&'static str, IdsByName>> = LazyLock::new(|| {
    super::regions()
        .map(|region| {
            let ids = images().map(|image| (image.name, drawn(region.name, image.name)));
            (region.name, ids.collect())
        })
        .collect()
});

static IMAGES: LazyLock<Vec<Image>> = LazyLock::new(|| {
    tsv::rows(include_str!("../../data/images.tsv"))
        .map(|row| Image {
            key: row.get("key"),
            name: row.get("name"),
            title: row.get("title"),
            description: row.get("description"),
            owner_id: row.get("owner_id"),
            owner_alias: row.get("owner_alias"),
            architecture: row.get("architecture"),
            windows: row.get("platform") == "windows",
            platform_details: row.get("platform_details"),
            usage_operation: row.get("usage_operation"),
            root_device_name: row.get("root_device_name"),
            root_volume_gib: row.number("root_volume_gib").unwrap_or(8),
            root_volume_type: row.get("root_volume_type"),
            created: row.get("creation_date"),
            boot: row.number::<u64>("boot_seconds").unwrap_or(20) * crate::clock::SECOND,
            default_user: row.get("default_user"),
            login: if row.get("login") == "rdp" {
                Login::Rdp
            } else {
                Login::Ssh
            },
            package_manager: row.get("package_manager"),
            instance_connect: row.flag("instance_connect"),
        })
        .collect()
});

/// All public images.
pub fn images() -> impl Iterator<Item = &'static Image> {
    IMAGES.iter()
}

/// The image of this id in a Region.
#[must_use]
pub fn image_by_id(region: &str, id: ImageId) -> Option<&'static Image> {
    images().find(|image| image.id(region) == id)
}

/// The newest image of a short name, `al2023`.
#[must_use]
pub fn image_by_key(key: &str) -> Option<&'static Image> {
    images()
        .filter(|image| image.key == key)
        .max_by_key(|image| image.created)
}
