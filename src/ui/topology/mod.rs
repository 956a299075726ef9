//! The picture that answers: the world as boxes in boxes, and the packet that walks through them.

mod card;
mod crowd;
mod legend;
mod list;
mod outside;
mod overlay;
mod packet;
mod path;
mod picture;
mod playback;
mod scene;
mod services;
mod spots;
mod subnet;
mod transport;
pub mod viewpoint;
mod vpc;

#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod tests;

pub use picture::Picture;
pub use playback::{Act, Pace, Playback, Stage, StageProps, Walk, use_walk};
pub use spots::target_of;
