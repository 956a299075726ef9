//! Random but plausible inputs, built from the parameter paths that an operation declares.

use crate::chance::Chance;
use ec2_lab_engine::json::{Map, Value, json};
use std::collections::BTreeMap;

/// Parents that are lists of structures; every other parent is a structure.
const LISTS: [&str; 10] = [
    "Filters",
    "TagSpecifications",
    "Tags",
    "IpPermissions",
    "IpRanges",
    "Ipv6Ranges",
    "UserIdGroupPairs",
    "NetworkInterfaces",
    "BlockDeviceMappings",
    "Rules",
];
/// Leaves that are lists of texts without ending in `s`-for-plural rules that would also catch `Status`.
const TEXTS: [&str; 26] = [
    "InstanceIds",
    "GroupIds",
    "GroupNames",
    "SecurityGroupIds",
    "SecurityGroups",
    "Groups",
    "Values",
    "KeyNames",
    "KeyPairIds",
    "SecurityGroupRuleIds",
    "VpcIds",
    "SubnetIds",
    "RouteTableIds",
    "NetworkAclIds",
    "NetworkInterfaceIds",
    "InternetGatewayIds",
    "AllocationIds",
    "PublicIps",
    "Resources",
    "RegionNames",
    "ZoneNames",
    "ZoneIds",
    "InstanceTypes",
    "ImageIds",
    "Owners",
    "ExecutableUsers",
];
const NUMBERS: [&str; 14] = [
    "MinCount",
    "MaxCount",
    "MaxResults",
    "FromPort",
    "ToPort",
    "From",
    "To",
    "Port",
    "RuleNumber",
    "PartitionNumber",
    "PartitionCount",
    "VolumeSize",
    "Type",
    "DeviceIndex",
];
const FLAGS: [&str; 12] = [
    "Egress",
    "Force",
    "DisableApiTermination",
    "DisableApiStop",
    "SourceDestCheck",
    "EbsOptimized",
    "Enabled",
    "AssociatePublicIpAddress",
    "DeleteOnTermination",
    "AllowReassociation",
    "IncludeAllInstances",
    "AllRegions",
];
/// Texts that mean something to many parameters, and texts that mean nothing to any.
const WORDS: [&str; 27] = [
    "",
    " ",
    "default",
    "web",
    "k",
    "tcp",
    "udp",
    "icmp",
    "-1",
    "0.0.0.0/0",
    "10.0.0.0/8",
    "::/0",
    "instance",
    "allow",
    "deny",
    "t3.micro",
    "c5.large",
    "us-east-1a",
    "cluster",
    "spread",
    "partition",
    "172.31.0.9",
    "198.18.0.9",
    "laptop",
    "ssh",
    "\u{1f4a5}",
    "i-0123456789abcdef0",
];

/// An input for these parameters; `known` are texts that the world knows.
pub fn input(chance: &mut Chance, parameters: &str, known: &[String]) -> Value {
    let mut tree = Tree::default();
    for path in parameters
        .split_ascii_whitespace()
        .filter(|path| *path != "DryRun")
    {
        tree.add(path.split('.'));
    }
    let keep = 20 + chance.below(75);
    tree.value(chance, known, keep)
}

#[derive(Default)]
struct Tree(BTreeMap<String, Tree>);

impl Tree {
    fn add<'a>(&mut self, mut path: impl Iterator<Item = &'a str>) {
        if let Some(key) = path.next() {
            self.0.entry(key.to_owned()).or_default().add(path);
        }
    }

    fn value(&self, chance: &mut Chance, known: &[String], keep: usize) -> Value {
        let mut map = Map::new();
        for (key, inner) in &self.0 {
            if !chance.percent(keep) {
                continue;
            }
            // Now and then the wrong kind of thing.
            if chance.percent(3) {
                map.insert(
                    key.clone(),
                    chance
                        .pick(&[
                            json!(7),
                            json!("text"),
                            json!([]),
                            json!({}),
                            json!(null),
                            json!([1]),
                            json!(true),
                            json!(1.5),
                        ])
                        .clone(),
                );
                continue;
            }
            let value = if inner.0.is_empty() {
                leaf(chance, key, known)
            } else if LISTS.contains(&key.as_str()) {
                (0..chance.below(3))
                    .map(|_| inner.value(chance, known, keep))
                    .collect()
            } else {
                inner.value(chance, known, keep)
            };
            map.insert(key.clone(), value);
        }
        Value::Object(map)
    }
}

fn leaf(chance: &mut Chance, key: &str, known: &[String]) -> Value {
    if TEXTS.contains(&key) {
        return (0..chance.below(3))
            .map(|_| json!(word(chance, key, known)))
            .collect();
    }
    if NUMBERS.contains(&key) && chance.percent(95) {
        return json!(*chance.pick(&[
            0_i64,
            1,
            1,
            2,
            3,
            5,
            7,
            8,
            22,
            80,
            100,
            443,
            -1,
            32_767,
            65_536,
            i64::MAX,
            i64::MIN
        ]));
    }
    if FLAGS.contains(&key) && chance.percent(95) {
        return json!(chance.percent(50));
    }
    json!(word(chance, key, known))
}

/// A text: most often one that fits the key.
fn word(chance: &mut Chance, key: &str, known: &[String]) -> String {
    let prefix = match key.trim_end_matches('s') {
        "InstanceId" | "To" => "i-",
        "GroupId" | "SecurityGroupId" | "Group" => "sg-",
        "SubnetId" => "subnet-",
        "VpcId" => "vpc-",
        "ImageId" => "ami-",
        "NetworkInterfaceId" => "eni-",
        "AllocationId" => "eipalloc-",
        "AssociationId" => "eipassoc-",
        "RouteTableId" => "rtb-",
        "NetworkAclId" => "acl-",
        "GatewayId" | "InternetGatewayId" => "igw-",
        "SecurityGroupRuleId" => "sgr-",
        "KeyPairId" => "key-",
        "Name" if chance.percent(30) => {
            return (*chance.pick(&[
                "httpd",
                "app",
                "sshd",
                "al2023",
                "group-name",
                "tag:Name",
                "instance-id",
            ]))
            .to_owned();
        }
        "InstanceType" => {
            return (*chance.pick(&["t3.micro", "t4g.micro", "c5.large", "x"])).to_owned();
        }
        "MinCount" | "KeyName" => return "k".to_owned(),
        _ => "",
    };
    let fitting: Vec<&String> = known
        .iter()
        .filter(|id| !prefix.is_empty() && id.starts_with(prefix))
        .collect();
    if !fitting.is_empty() && chance.percent(85) {
        return (*chance.pick(&fitting)).clone();
    }
    if chance.percent(15) {
        chance.pick(known).clone()
    } else {
        (*chance.pick(&WORDS)).to_owned()
    }
}
