//! Who and what a launch of an image needs, as a picture: accounts, the image, its snapshots, keys; between them what is
//! allowed and what is not, all of it, not only up to the first that fails.

use super::trace::{allowed_words, barred_words};
use super::{anywhere, image, opens, stored};
use crate::ids::{ImageId, SnapshotId};
use crate::kms::access::{Use, usable};
use crate::operations::volume::key::usual_key;
use crate::world::{Caller, World};

/// Something in the picture.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// The account that owns the image.
    Owner(String),
    /// The account that would launch it.
    Launcher(String),
    /// The image.
    Image(ImageId),
    /// A snapshot that it is made of.
    Snapshot(SnapshotId),
    /// The key of a snapshot, by its ARN.
    SourceKey(String),
    /// The key of the new volumes, by its ARN.
    VolumeKey(String),
}

/// What connects two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// The owner has it.
    Owns,
    /// The launcher may launch the image.
    Launches,
    /// The image is made of the snapshot.
    MadeOf,
    /// The launcher may read the snapshot by itself: only a copy needs that.
    Reads,
    /// The snapshot is closed with the key.
    ClosedWith,
    /// The launcher can use the key.
    Uses,
}

/// A connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// From what.
    pub from: Node,
    /// To what.
    pub to: Node,
    /// How.
    pub tie: Tie,
    /// Whether it is there: green, or red.
    pub holds: bool,
    /// Whether a launch needs it; a copy needs all.
    pub needed: bool,
    /// Why it is, or is not.
    pub rule: String,
}

/// The picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// What is in it, in the order in which a launch comes to it.
    pub nodes: Vec<Node>,
    /// The connections, in the same order.
    pub edges: Vec<Edge>,
}

impl Graph {
    /// Whether everything is there that a launch needs.
    #[must_use]
    pub fn launches(&self) -> bool {
        self.edges.iter().all(|edge| edge.holds || !edge.needed)
    }

    fn edge(&mut self, from: &Node, to: &Node, tie: Tie, holds: bool, rule: String) {
        for node in [from, to] {
            if !self.nodes.contains(node) {
                self.nodes.push(node.clone());
            }
        }
        let edge = Edge {
            from: from.clone(),
            to: to.clone(),
            tie,
            holds,
            needed: tie != Tie::Reads,
            rule,
        };
        if !self.edges.contains(&edge) {
            self.edges.push(edge);
        }
    }

    fn key(&mut self, world: &World, caller: &Caller, from: &Node, to: Node, key: &str, how: Use) {
        let (holds, rule) = match usable(world, caller, key, how) {
            Ok(allowed) => (true, allowed_words(world, key, &allowed)),
            Err(why) => (false, barred_words(world, caller, key, &why)),
        };
        self.edge(from, &to, Tie::Uses, holds, rule);
    }
}

/// The picture of a launch of an image by a caller; empty for an image that no account of the lab made.
#[must_use]
pub fn graph(world: &World, caller: &Caller, id: ImageId) -> Graph {
    let mut found = Graph::default();
    let (Some((home, row)), Some(region)) = (anywhere(world, id), world.region(caller)) else {
        return found;
    };
    let mine = home.account == caller.account;
    let launcher = Node::Launcher(caller.account.to_string());
    let picture = Node::Image(id);
    if !mine {
        let owner = Node::Owner(home.account.to_string());
        let words = format!("The image belongs to the account {}.", home.account);
        found.edge(&owner, &picture, Tie::Owns, true, words);
    }
    let place = home.name == caller.region;
    let (holds, words) = match (place, image(world, caller, id).is_some(), mine) {
        (false, ..) => (
            false,
            format!("It is in {}, and {} is called.", home.name, caller.region),
        ),
        (true, true, true) => (true, "The account owns the image.".to_owned()),
        (true, true, false) => (true, "The launch permissions admit the account.".to_owned()),
        (true, false, _) => (
            false,
            "The launch permissions name neither the account nor everybody.".to_owned(),
        ),
    };
    let state = row.state(world.now());
    let ready = state == "available";
    let words = if ready {
        words
    } else {
        format!("It is {state}. {words}")
    };
    found.edge(&launcher, &picture, Tie::Launches, holds && ready, words);
    // A key is asked for where the image is.
    let there = Caller {
        account: caller.account,
        region: home.name,
    };
    for device in &row.devices {
        let source = device.kms_key.as_deref();
        let snapshot = device.snapshot.map(Node::Snapshot);
        if let (Some(node), Some(id)) = (&snapshot, device.snapshot) {
            let words = format!("{} begins with what is on it.", device.device);
            found.edge(&picture, node, Tie::MadeOf, true, words);
            let open = stored(world, home.name, id)
                .is_some_and(|(owner, row)| opens(owner, row, caller.account));
            if !mine {
                let words = if open {
                    "It is shared: the account may copy the image."
                } else {
                    "It is not shared. A launch does without, a copy does not."
                };
                found.edge(&launcher, node, Tie::Reads, open, words.to_owned());
            }
        }
        if let (Some(key), Some(node)) = (source, &snapshot) {
            let closed = Node::SourceKey(key.to_owned());
            let words = "What lies on the snapshot is encrypted with it.".to_owned();
            found.edge(node, &closed, Tie::ClosedWith, true, words);
            let how = if mine { Use::Encrypt } else { Use::Open };
            found.key(world, &there, &launcher, closed, key, how);
        }
        if (source.is_some() && !mine) || (source.is_none() && region.ebs.encryption_by_default) {
            let key = usual_key(region);
            let node = Node::VolumeKey(key.clone());
            found.key(world, caller, &launcher, node, &key, Use::Encrypt);
        }
    }
    found
}
