//! What AWS offers: Regions, instance types with prices, images. Facts from `data/`, each file naming its source.

mod image;
mod instance_type;
mod tsv;
mod zone;

pub use image::{Image, Login, image_by_id, image_by_key, images};
pub use instance_type::{InstanceType, instance_type, instance_types};
pub use zone::{Region, Zone, region, regions};
