//! GetLaunchTemplateData: the launch options of an instance that is there
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetLaunchTemplateData.html>).

use crate::error::ApiResult;
use crate::input::Input;
use crate::json::{Value, json};
use crate::object;
use crate::operation::Context;
use crate::operations::instance::show;
use crate::operations::lookup;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::instance::Instance;
use crate::resources::network_interface::NetworkInterface;
use base64ct::{Base64, Encoding};

/// The options, as CreateLaunchTemplate takes them.
///
/// # Errors
/// Unknown ids.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = lookup::instance(region, input.required("InstanceId")?)?;
    Ok(object! { "LaunchTemplateData": data(region, row) })
}

fn data(region: &RegionState, row: &Instance) -> Value {
    let shown = show::instance(region, row);
    let part = |pointer: &str| shown.pointer(pointer).cloned();
    let interfaces: Vec<Value> = row
        .interfaces
        .iter()
        .filter_map(|id| region.network_interfaces.get(id))
        .map(|nic| interface(row, nic))
        .collect();
    let devices: Vec<Value> = part("/BlockDeviceMappings")
        .and_then(|value| value.as_array().cloned())
        .unwrap_or_default()
        .iter()
        .map(device)
        .collect();
    // What is asked for has no state.
    let mut metadata = show::metadata(row.options.metadata);
    if let Some(map) = metadata.as_object_mut() {
        map.remove("State");
    }
    let tags = row.tags.describe_own();
    object! {
        "EbsOptimized": row.ebs_optimized,
        "IamInstanceProfile": part("/IamInstanceProfile/Arn").map(|arn| object! { "Arn": arn }),
        "BlockDeviceMappings": devices,
        "NetworkInterfaces": interfaces,
        "ImageId": text(row.image),
        "InstanceType": row.instance_type,
        "KeyName": row.key_name.clone(),
        "Monitoring": object! { "Enabled": row.detailed_monitoring },
        "Placement": part("/Placement"),
        "DisableApiTermination": row.disable_api_termination,
        "InstanceInitiatedShutdownBehavior": if row.shutdown_terminates { "terminate" } else { "stop" },
        "UserData": row.user_data.as_ref().map(|data| Base64::encode_string(data)),
        "TagSpecifications": tags.map(|tags| json!([object! { "ResourceType": "instance", "Tags": tags }])),
        "CreditSpecification": row.options.cpu_credits.map(|credits| object! { "CpuCredits": credits }),
        "CpuOptions": part("/CpuOptions"),
        "HibernationOptions": part("/HibernationOptions"),
        "MetadataOptions": metadata,
        "EnclaveOptions": part("/EnclaveOptions"),
        "PrivateDnsNameOptions": part("/PrivateDnsNameOptions"),
        "MaintenanceOptions": part("/MaintenanceOptions"),
        "DisableApiStop": row.disable_api_stop,
    }
}

fn interface(row: &Instance, nic: &NetworkInterface) -> Value {
    let tie = nic.attachment;
    let addresses: Vec<Value> = nic
        .addresses
        .iter()
        .enumerate()
        .map(|(index, address)| {
            object! { "Primary": index == 0, "PrivateIpAddress": text(address.ip) }
        })
        .collect();
    let primary = tie.is_some_and(|tie| tie.device_index == 0);
    object! {
        "AssociatePublicIpAddress": primary.then_some(row.public_ip_at_start),
        "DeleteOnTermination": tie.map(|tie| tie.delete_on_termination), "Description": nic.description.clone(),
        "DeviceIndex": tie.map(|tie| tie.device_index), "Groups": nic.groups.iter().map(ToString::to_string).collect::<Vec<String>>(),
        "InterfaceType": "interface",
        "PrivateIpAddresses": addresses, "SubnetId": text(nic.subnet), "NetworkCardIndex": 0,
    }
}

/// A device as a template describes it: what is to be made, not what is there.
fn device(shown: &Value) -> Value {
    let part = |pointer: &str| shown.pointer(pointer).cloned();
    object! {
        "DeviceName": part("/DeviceName"),
        "Ebs": object! { "DeleteOnTermination": part("/Ebs/DeleteOnTermination") },
    }
}
