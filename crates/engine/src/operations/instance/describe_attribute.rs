//! DescribeInstanceAttribute
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceAttribute.html>).

use super::show;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::{Map, Value};
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use base64ct::{Base64, Encoding};

/// Shows one attribute.
///
/// # Errors
/// Unknown ids and attributes.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = lookup::instance(region, input.required("InstanceId")?)?;
    let name = input.required("Attribute")?;
    let value = |value: Value| object! { "Value": value };
    let nic = region.primary_interface(row);
    let (key, shown) = match name {
        "disableApiTermination" => (
            "DisableApiTermination",
            value(row.disable_api_termination.into()),
        ),
        "disableApiStop" => ("DisableApiStop", value(row.disable_api_stop.into())),
        "instanceInitiatedShutdownBehavior" => {
            let word = if row.shutdown_terminates {
                "terminate"
            } else {
                "stop"
            };
            ("InstanceInitiatedShutdownBehavior", value(word.into()))
        }
        "ebsOptimized" => ("EbsOptimized", value(row.ebs_optimized.into())),
        "enaSupport" => {
            let ena = row
                .kind()
                .is_none_or(|kind| kind.ena_support != "unsupported");
            ("EnaSupport", value(ena.into()))
        }
        "enclaveOptions" => ("EnclaveOptions", object! { "Enabled": false }),
        "instanceType" => ("InstanceType", value(row.instance_type.into())),
        "userData" => {
            let data = row
                .user_data
                .as_ref()
                .map(|data| value(Base64::encode_string(data).into()));
            ("UserData", data.unwrap_or_else(|| object! {}))
        }
        "sourceDestCheck" => (
            "SourceDestCheck",
            value(nic.is_none_or(|nic| nic.source_dest_check).into()),
        ),
        "rootDeviceName" => (
            "RootDeviceName",
            value(row.os().map_or("", |os| os.root_device_name).into()),
        ),
        "blockDeviceMapping" => ("BlockDeviceMappings", show::block_devices(region, row)),
        "groupSet" => {
            let groups = nic.map(|nic| nic.groups.as_slice()).unwrap_or_default();
            let shown: Value = groups
                .iter()
                .map(|id| object! { "GroupId": text(id) })
                .collect();
            ("Groups", shown)
        }
        "productCodes" => ("ProductCodes", Value::Array(Vec::new())),
        // The lab's images bring their own kernel, as all HVM images do.
        "kernel" => ("KernelId", object! {}),
        "ramdisk" => ("RamdiskId", object! {}),
        "sriovNetSupport" if row.options.sriov_net_support => {
            ("SriovNetSupport", value("simple".into()))
        }
        "sriovNetSupport" => ("SriovNetSupport", object! {}),
        other => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter attribute is invalid. Unknown attribute."
                ),
            });
        }
    };
    let mut answer = Map::new();
    answer.insert("InstanceId".to_owned(), text(row.id));
    answer.insert(key.to_owned(), shown);
    Ok(Value::Object(answer))
}
