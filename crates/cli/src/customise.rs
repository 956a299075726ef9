//! What the client changes in an EC2 request before it is sent: options of its own, defaults, encodings.

use crate::answer::Refusal;
use crate::options::Client;
use crate::values::base64;
use ec2_lab_engine::json::{Map, Value, json};

/// Applies one of the client's own options. `words` are what followed it.
pub fn apply(client: Client, words: &[String], input: &mut Map) -> Result<(), Refusal> {
    let word = words.first().map_or("", String::as_str);
    match client {
        Client::Count => count(word, input),
        // The client skips an empty value of these, as if the option were not there.
        Client::Protocol
        | Client::Port
        | Client::Cidr
        | Client::SourceGroup
        | Client::GroupOwner
            if word.is_empty() =>
        {
            Ok(())
        }
        Client::Protocol => protocol(word, input),
        Client::Port => port(word, input),
        Client::Cidr => {
            permission(input, "IpRanges", json!([{ "CidrIp": word }]));
            Ok(())
        }
        Client::SourceGroup => {
            pair(
                input,
                if word.starts_with("sg-") {
                    "GroupId"
                } else {
                    "GroupName"
                },
                word,
            );
            Ok(())
        }
        Client::GroupOwner => {
            pair(input, "UserId", word);
            Ok(())
        }
        Client::SecondaryPrivateIpAddresses => {
            let all: Vec<Value> = words
                .iter()
                .map(|address| json!({"PrivateIpAddress": address, "Primary": false}))
                .collect();
            if !all.is_empty() {
                interface(input, "PrivateIpAddresses", Value::Array(all));
            }
            Ok(())
        }
        Client::SecondaryPrivateIpAddressCount => {
            let option = "--secondary-private-ip-address-count";
            let number = word
                .trim()
                .parse::<i64>()
                .map_err(|_| crate::values::invalid_number(option, "int", word))?;
            if number != 0 {
                interface(input, "SecondaryPrivateIpAddressCount", Value::from(number));
            }
            Ok(())
        }
        Client::AssociatePublicIpAddress(wanted) => {
            interface(input, "AssociatePublicIpAddress", Value::Bool(wanted));
            Ok(())
        }
        // The shell reads this file itself, and opens the answer with it.
        Client::PrivLaunchKey
        | Client::CliInputJson
        | Client::GenerateCliSkeleton
        | Client::StartingToken
        | Client::PageSize
        | Client::MaxItems => Ok(()),
    }
}

fn count(word: &str, input: &mut Map) -> Result<(), Refusal> {
    let numbers = match word.split(':').collect::<Vec<_>>().as_slice() {
        [both] => (both.trim().parse::<i64>(), both.trim().parse::<i64>()),
        [least, most] => (least.trim().parse(), most.trim().parse()),
        _ => ("".parse(), "".parse()),
    };
    let (Ok(least), Ok(most)) = numbers else {
        return Err(Refusal::general(
            "count parameter should be of form min[:max] (e.g. 1 or 1:10)",
        ));
    };
    input.insert("MinCount".to_owned(), Value::from(least));
    input.insert("MaxCount".to_owned(), Value::from(most));
    Ok(())
}

fn protocol(word: &str, input: &mut Map) -> Result<(), Refusal> {
    let word = match word.trim().parse::<i64>() {
        Ok(number) if (-1..=255).contains(&number) => word,
        Ok(_) => {
            return Err(Refusal::parameter(
                "protocol numbers must be in the range 0-255 or -1 to specify all protocols",
            ));
        }
        Err(_) => match word {
            "tcp" | "udp" | "icmp" => word,
            "all" => "-1",
            _ => {
                return Err(Refusal::parameter(
                    "protocol parameter should be one of: tcp|udp|icmp|all or any valid protocol number.",
                ));
            }
        },
    };
    permission(input, "IpProtocol", Value::from(word));
    Ok(())
}

fn port(word: &str, input: &mut Map) -> Result<(), Refusal> {
    let (from, to) = match word {
        "-1" | "all" => ("-1", "-1"),
        _ => word.split_once('-').unwrap_or((word, word)),
    };
    let (Ok(from), Ok(to)) = (from.trim().parse::<i64>(), to.trim().parse::<i64>()) else {
        return Err(Refusal::parameter(
            "port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)",
        ));
    };
    permission(input, "FromPort", Value::from(from));
    permission(input, "ToPort", Value::from(to));
    Ok(())
}

fn pair(input: &mut Map, key: &str, word: &str) {
    edit_first(input, "IpPermissions", |permission| {
        edit_first(permission, "UserIdGroupPairs", |pair| {
            drop(pair.insert(key.to_owned(), Value::from(word)))
        });
    });
}

fn permission(input: &mut Map, key: &str, value: Value) {
    edit_first(input, "IpPermissions", |permission| {
        drop(permission.insert(key.to_owned(), value))
    });
}

fn interface(input: &mut Map, key: &str, value: Value) {
    edit_first(input, "NetworkInterfaces", |interface| {
        if interface.is_empty() {
            interface.insert("DeviceIndex".to_owned(), Value::from(0));
        }
        interface.insert(key.to_owned(), value);
    });
}

/// Edits the first structure of the list `key`; makes the list if it is not there.
fn edit_first(input: &mut Map, key: &str, edit: impl FnOnce(&mut Map)) {
    if let Some(Value::Object(map)) = input.get_mut(key).and_then(|list| list.get_mut(0)) {
        return edit(map);
    }
    let mut map = Map::new();
    edit(&mut map);
    input.insert(key.to_owned(), Value::Array(vec![Value::Object(map)]));
}

/// What the client does to a finished input, wherever it came from.
pub fn finish(operation: &str, input: &mut Map) {
    match operation {
        "RunInstances" => {
            for key in ["MaxCount", "MinCount"] {
                input.or_insert_with(key, || Value::from(1));
            }
            move_into_interface(input);
            if let Some(Value::String(text)) = input.get_mut("UserData") {
                *text = base64(text.as_bytes()).into();
            }
        }
        "CreateNetworkAclEntry" | "ReplaceNetworkAclEntry" => {
            if let Some(Value::String(protocol)) = input.get_mut("Protocol") {
                let number = match protocol.as_str() {
                    "tcp" => "6",
                    "udp" => "17",
                    "icmp" => "1",
                    "all" => "-1",
                    _ => return,
                };
                *protocol = number.into();
            }
        }
        _ => {}
    }
}

/// With options that need an explicit network interface, subnet and groups have to stand inside it too.
fn move_into_interface(input: &mut Map) {
    let needs = [
        "PrivateIpAddresses",
        "SecondaryPrivateIpAddressCount",
        "AssociatePublicIpAddress",
    ];
    let explicit = input
        .get("NetworkInterfaces")
        .and_then(|all| all.get(0))
        .and_then(Value::as_object)
        .is_some_and(|interface| needs.iter().any(|key| interface.contains_key(*key)));
    if !explicit {
        return;
    }
    for (outer, inner) in [
        ("SubnetId", "SubnetId"),
        ("SecurityGroupIds", "Groups"),
        ("PrivateIpAddress", "PrivateIpAddresses"),
        ("Ipv6AddressCount", "Ipv6AddressCount"),
        ("Ipv6Addresses", "Ipv6Addresses"),
        ("EnablePrimaryIpv6", "PrimaryIpv6"),
    ] {
        if let Some(value) = input.remove(outer) {
            let value = match outer {
                "PrivateIpAddress" => json!([{"PrivateIpAddress": value, "Primary": true}]),
                _ => value,
            };
            edit_first(input, "NetworkInterfaces", |interface| {
                drop(interface.insert(inner.to_owned(), value))
            });
        }
    }
}
