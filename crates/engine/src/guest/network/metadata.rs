//! The instance's metadata, token first
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html>).

use super::super::machine::Machine;
use crate::resources::instance::Instance;
use crate::shell::Ran;

pub(super) const METADATA: &str = "169.254.169.254";

/// IMDSv2: first a token by PUT, then everything else with it.
pub(super) fn metadata(
    machine: &Machine<'_>,
    row: &Instance,
    method: &str,
    headers: &[&str],
    path: &str,
) -> Ran {
    let options = row.options.metadata;
    if !options.endpoint_enabled {
        return Ran::fail(
            7,
            format!("curl: (7) Failed to connect to {METADATA} port 80: Connection refused"),
        );
    }
    let token = format!("AQAE{}", row.id.to_string().trim_start_matches("i-"));
    if path == "/latest/api/token" {
        let lives = headers.iter().any(|header| {
            header
                .to_lowercase()
                .starts_with("x-aws-ec2-metadata-token-ttl-seconds:")
        });
        return Ran::ok(match (method, lives) {
            ("PUT", true) => token,
            ("PUT", false) => "400 - Bad Request\n".to_owned(),
            _ => "405 - Method Not Allowed\n".to_owned(),
        });
    }
    let given = headers.iter().find_map(|header| {
        let (name, value) = header.split_once(':')?;
        name.eq_ignore_ascii_case("x-aws-ec2-metadata-token")
            .then(|| value.trim())
    });
    match given {
        Some(given) if given == token => {}
        None if !options.http_tokens_required => {}
        _ => return Ran::ok("401 - Unauthorized\n"),
    }
    match item(machine, row, path) {
        Some(text) => Ran::ok(text),
        None => Ran::ok("404 - Not Found\n"),
    }
}

fn item(machine: &Machine<'_>, row: &Instance, path: &str) -> Option<String> {
    let region = machine.world.region(machine.caller)?;
    let nic = region.primary_interface(row)?;
    let public = nic.public_ip();
    Some(match path.trim_end_matches('/') {
        "/latest/meta-data" => {
            let mut keys = vec![
                "ami-id",
                "ami-launch-index",
                "hostname",
                "instance-id",
                "instance-type",
                "local-hostname",
                "local-ipv4",
                "mac",
                "placement/",
                "reservation-id",
                "security-groups",
            ];
            if public.is_some() {
                keys.extend(["public-hostname", "public-ipv4"]);
            }
            keys.sort_unstable();
            keys.join("\n")
        }
        "/latest/user-data" => String::from_utf8_lossy(row.user_data.as_deref()?).into_owned(),
        "/latest/meta-data/ami-id" => row.image.to_string(),
        "/latest/meta-data/ami-launch-index" => row.launch_index.to_string(),
        "/latest/meta-data/instance-id" => row.id.to_string(),
        "/latest/meta-data/instance-type" => row.instance_type.to_owned(),
        "/latest/meta-data/hostname" | "/latest/meta-data/local-hostname" => {
            region.host_name(row)?
        }
        "/latest/meta-data/local-ipv4" => nic.private_ip().to_string(),
        "/latest/meta-data/public-ipv4" => public?.to_string(),
        "/latest/meta-data/public-hostname" => region.public_dns(public?),
        "/latest/meta-data/mac" => nic.mac.map(|byte| format!("{byte:02x}")).join(":"),
        "/latest/meta-data/reservation-id" => row.reservation.to_string(),
        "/latest/meta-data/placement" => "availability-zone\nregion".to_owned(),
        "/latest/meta-data/placement/availability-zone" => row.zone.to_owned(),
        "/latest/meta-data/placement/region" => region.name.to_owned(),
        "/latest/meta-data/placement/partition-number" => row.placement.partition?.to_string(),
        "/latest/meta-data/security-groups" => {
            let names: Vec<&str> = nic
                .groups
                .iter()
                .filter_map(|id| region.security_groups.get(id))
                .map(|group| group.name.as_str())
                .collect();
            names.join("\n")
        }
        _ => return None,
    })
}
