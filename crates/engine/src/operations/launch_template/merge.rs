//! One set of launch options over another: a call's over its template's, a new version's over its source's
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-instances-from-launch-template.html>).

use crate::ids::LaunchTemplateId;
use crate::json::{Map, Value};

/// Lists whose entries have a name of their own: an entry of the same name takes the other's place.
const NAMED: [(&str, &str); 3] = [
    ("NetworkInterfaces", "DeviceIndex"),
    ("BlockDeviceMappings", "DeviceName"),
    ("TagSpecifications", "ResourceType"),
];

/// Parameters of RunInstances that say how many and how, and are no part of what is launched.
const OF_THE_CALL: [&str; 5] = [
    "LaunchTemplate",
    "DryRun",
    "MinCount",
    "MaxCount",
    "ClientToken",
];

/// What `upper` gives, and what only `lower` gives.
#[must_use]
pub fn over(lower: &Value, upper: &Value) -> Value {
    let mut merged = lower.as_object().cloned().unwrap_or_default();
    for (key, value) in upper.as_object().into_iter().flatten() {
        let named = NAMED.iter().find(|(list, _)| list == key);
        let value = match (named, merged.get(key), value) {
            (Some((_, name)), Some(Value::Array(below)), Value::Array(above)) => {
                Value::Array(entries(below, above, name))
            }
            _ => value.clone(),
        };
        merged.insert(key.clone(), value);
    }
    Value::Object(merged)
}

fn entries(below: &[Value], above: &[Value], name: &str) -> Vec<Value> {
    let mut all = below.to_vec();
    for entry in above {
        match all
            .iter_mut()
            .find(|known| known.get(name) == entry.get(name))
        {
            Some(known) if name == "ResourceType" => {
                // Tags of the call and of the template come together; of two with one key the call's holds.
                let mut tags: Vec<Value> = list(known, "Tags");
                for tag in list(entry, "Tags") {
                    tags.retain(|other| other.get("Key") != tag.get("Key"));
                    tags.push(tag);
                }
                if let Some(map) = known.as_object_mut() {
                    map.insert("Tags".to_owned(), Value::Array(tags));
                }
            }
            Some(known) => *known = over(known, entry),
            None => all.push(entry.clone()),
        }
    }
    all
}

fn list(value: &Value, key: &str) -> Vec<Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default()
}

/// The input of RunInstances that a call with a template comes to. A subnet or groups of the call go into the template's
/// only interface, as AWS has it.
#[must_use]
pub fn call_over(data: &Value, call: &Value) -> Value {
    let mut own = Map::new();
    let mut asked = Map::new();
    for (key, value) in call.as_object().into_iter().flatten() {
        if OF_THE_CALL.contains(&key.as_str()) {
            own.insert(key.clone(), value.clone());
        } else {
            asked.insert(key.clone(), value.clone());
        }
    }
    own.remove("LaunchTemplate");
    let mut data = data.clone();
    if let Some(map) = data.as_object_mut() {
        // RunInstances spells this one otherwise.
        if let Some(value) = map.remove("RamDiskId") {
            map.insert("RamdiskId".to_owned(), value);
        }
        // The call's groups and the template's are one choice, by id or by name.
        if asked.contains_key("SecurityGroupIds") || asked.contains_key("SecurityGroups") {
            map.remove("SecurityGroupIds");
            map.remove("SecurityGroups");
        }
    }
    let mut merged = over(&data, &Value::Object(asked));
    if let Some(map) = merged.as_object_mut() {
        map.extend(own);
    }
    merged
}

/// The tags that AWS puts on an instance that a template launched.
#[must_use]
pub fn origin(template: LaunchTemplateId, version: u64) -> [(String, String); 2] {
    [
        ("aws:ec2launchtemplate:id".to_owned(), template.to_string()),
        (
            "aws:ec2launchtemplate:version".to_owned(),
            version.to_string(),
        ),
    ]
}
