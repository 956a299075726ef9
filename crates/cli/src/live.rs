//! What completion offers of the world that is there: ids, names, Regions, from the describe calls themselves.

use crate::complete::Live;
use crate::engine::Engine;
use crate::shell::Shell;
use ec2_lab_engine::World;
use ec2_lab_engine::json::{Value, json};
use std::collections::BTreeSet;

/// A key of answers, and the call that lists all its values.
const SOURCES: [(&str, &str); 25] = [
    ("AllocationId", "DescribeAddresses"),
    ("AssociationId", "DescribeAddresses"),
    ("AvailabilityZone", "DescribeAvailabilityZones"),
    ("DhcpOptionsId", "DescribeDhcpOptions"),
    ("GroupId", "DescribeSecurityGroups"),
    ("ImageId", "DescribeImages"),
    ("InstanceId", "DescribeInstances"),
    ("InternetGatewayId", "DescribeInternetGateways"),
    ("AliasName", "ListAliases"),
    ("KeyName", "DescribeKeyPairs"),
    ("KeyPairId", "DescribeKeyPairs"),
    ("KeyId", "ListKeys"),
    ("KmsKeyId", "ListKeys"),
    ("LaunchTemplateId", "DescribeLaunchTemplates"),
    ("LaunchTemplateName", "DescribeLaunchTemplates"),
    ("NatGatewayId", "DescribeNatGateways"),
    ("NetworkAclId", "DescribeNetworkAcls"),
    ("NetworkInterfaceId", "DescribeNetworkInterfaces"),
    ("RegionName", "DescribeRegions"),
    ("RouteTableId", "DescribeRouteTables"),
    ("SnapshotId", "DescribeSnapshots"),
    ("SubnetId", "DescribeSubnets"),
    ("VolumeId", "DescribeVolumes"),
    ("VpcEndpointId", "DescribeVpcEndpoints"),
    ("VpcId", "DescribeVpcs"),
];

/// Input members that are named otherwise than what they hold.
const RENAMED: [(&str, &str); 3] = [
    ("SecurityGroups", "GroupName"),
    ("Groups", "GroupId"),
    ("ZoneNames", "AvailabilityZone"),
];

impl Live for Shell<World> {
    fn knows(&self, operation: &str) -> bool {
        self.engine.knows(operation)
    }

    fn lab_operations(&self) -> Vec<String> {
        self.engine.lab_operations()
    }

    fn values(&self, _: &str, member: &str) -> Vec<String> {
        let mut found = BTreeSet::new();
        // Of `Resources` (tags) any id will do.
        if member == "Resources" {
            for (key, operation) in SOURCES.iter().filter(|(key, _)| key.ends_with("Id")) {
                self.list(operation, key, &mut found);
            }
            found.retain(|id| id.contains('-'));
        } else if let Some((key, operation)) = source(member) {
            self.list(operation, key, &mut found);
        }
        found.into_iter().collect()
    }

    fn files(&self) -> Vec<String> {
        self.state.home.0.keys().cloned().collect()
    }

    fn hosts(&self) -> Vec<String> {
        let mut found = BTreeSet::new();
        for key in ["PublicIpAddress", "PublicDnsName"] {
            self.list("DescribeInstances", key, &mut found);
        }
        found.retain(|host| !host.is_empty());
        found.into_iter().collect()
    }

    fn variables(&self) -> Vec<String> {
        self.state.scope.variables.keys().cloned().collect()
    }
}

/// Which call lists the values of an input member: `SourceSecurityGroupIds` holds what is called `GroupId`.
fn source(member: &str) -> Option<(&'static str, &'static str)> {
    let renamed = RENAMED.iter().find(|(name, _)| *name == member);
    if let Some((_, "GroupName")) = renamed {
        return Some(("GroupName", "DescribeSecurityGroups"));
    }
    let name = renamed.map_or(member, |(_, key)| *key);
    let one = name.strip_suffix('s').unwrap_or(name);
    SOURCES
        .iter()
        .filter(|(key, _)| *key == name || one.ends_with(key))
        .max_by_key(|(key, _)| key.len())
        .map(|(key, operation)| {
            // AWS names a zone differently where it lists zones.
            let key = if *key == "AvailabilityZone" {
                "ZoneName"
            } else {
                key
            };
            (key, *operation)
        })
}

impl Shell<World> {
    fn list(&self, operation: &str, key: &str, found: &mut BTreeSet<String>) {
        let caller = self.own_caller(self.region().unwrap_or("us-east-1"));
        // A look at the world must leave no trace in its history: the call goes to a copy.
        let mut copy = self.engine.clone();
        if let Ok(answer) = Engine::execute(&mut copy, &caller, operation, &json!({})) {
            collect(&answer, key, found);
        }
    }
}

fn collect(value: &Value, key: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                match value {
                    Value::String(text) if name == key => drop(found.insert(text.to_string())),
                    other => collect(other, key, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, key, found)),
        _ => {}
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::complete::complete;
    use crate::{MemoryFiles, Shell};
    use ec2_lab_engine::World;

    #[test]
    fn what_is_there_is_offered() {
        let mut shell = Shell::new(World::new(1), Box::new(MemoryFiles::default()));
        let made = shell.run(
            "i=$(aws ec2 run-instances --image-id $(lab image --name al2023) --instance-type t3.micro \
             --query 'Instances[0].InstanceId' --output text); echo $i",
        );
        assert_eq!(made.exit, 0, "{}", made.stderr);
        let id = made.stdout.trim();
        let before = shell.engine.clone();
        for line in [
            "aws ec2 terminate-instances --instance-ids ",
            "aws ec2 create-tags --resources i-",
            "aws ec2 wait instance-running --instance-ids i-",
        ] {
            assert_eq!(
                complete(line, &shell)
                    .candidates
                    .iter()
                    .find(|c| c.starts_with("i-"))
                    .unwrap(),
                id
            );
        }
        for (line, start) in [
            ("aws ec2 run-instances --subnet-id ", "subnet-"),
            ("aws ec2 run-instances --security-group-ids ", "sg-"),
            ("aws ec2 create-subnet --vpc-id ", "vpc-"),
            ("aws ec2 create-volume --availability-zone ", "us-east-1"),
            ("aws ec2 describe-vpcs --region ", "eu-west-1"),
            ("echo $", "$i"),
        ] {
            let candidates = complete(line, &shell).candidates;
            assert!(
                candidates.iter().any(|c| c.starts_with(start)),
                "{line}: {candidates:?}"
            );
        }
        assert!(shell.engine == before, "completion changes nothing");
    }
}
