//! What AWS offers: Regions, instance types with prices, images. Facts from `data/`, each file naming its source.

mod image;
mod instance_type;
mod service;
mod tsv;
mod zone;

pub use image::{Image, Login, image_by_id, image_by_key, images};
pub use instance_type::{InstanceType, instance_type, instance_types};
pub use service::{
    EndpointService, PrefixList, all_services, endpoint_service, endpoint_services, prefix_list,
    prefix_list_of, prefix_lists,
};
pub use zone::{Region, Zone, region, regions};
