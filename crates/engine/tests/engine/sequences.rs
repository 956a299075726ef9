//! Random sequences of operations: whatever a learner does in whatever order, the world stays sound and repeatable.

use crate::lab::cases;
use crate::network_steps;
use crate::storage_steps;
use ec2_lab_engine::invariants::violations;
use ec2_lab_engine::json::json;
use ec2_lab_engine::{Caller, Value, World};
use proptest::prelude::*;

/// One step: which operation, and numbers that choose among what is there.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub operation: u8,
    pub first: u8,
    pub second: u8,
    pub third: u16,
}

fn step() -> impl Strategy<Value = Step> {
    (any::<u8>(), any::<u8>(), any::<u8>(), any::<u16>()).prop_map(
        |(operation, first, second, third)| Step {
            operation,
            first,
            second,
            third,
        },
    )
}

pub fn pick<T: Clone>(list: &[T], index: u8) -> Option<T> {
    (!list.is_empty()).then(|| list[usize::from(index) % list.len()].clone())
}

const KINDS: [&str; 4] = ["t3.micro", "c5.large", "m5.metal", "t2.micro"];
const ZONES: [&str; 3] = ["us-east-1a", "us-east-1b", "us-east-1c"];
const STRATEGIES: [&str; 3] = ["cluster", "spread", "partition"];

/// The call of a step in this world; `None` lets time pass instead.
fn call(world: &World, caller: &Caller, step: Step) -> Option<(&'static str, Value)> {
    let region = world.region(caller).unwrap();
    let instances: Vec<String> = region.instances.keys().map(ToString::to_string).collect();
    let groups: Vec<String> = region
        .security_groups
        .keys()
        .map(ToString::to_string)
        .collect();
    let addresses: Vec<String> = region.addresses.keys().map(ToString::to_string).collect();
    let ties: Vec<String> = region
        .addresses
        .values()
        .filter_map(|row| row.association)
        .map(|tie| tie.id.to_string())
        .collect();
    let places: Vec<String> = region
        .placement_groups
        .values()
        .map(|row| row.name.clone())
        .collect();
    let subnets: Vec<String> = region
        .subnets_by_serial()
        .map(|row| row.id.to_string())
        .take(2)
        .chain(network_steps::own_subnets(region))
        .collect();
    let interfaces: Vec<String> = region
        .network_interfaces
        .keys()
        .map(ToString::to_string)
        .collect();
    let attachments: Vec<String> = region
        .network_interfaces
        .values()
        .filter_map(|nic| nic.attachment)
        .map(|tie| tie.id.to_string())
        .collect();
    let private_ips: Vec<(String, String)> = region
        .private_ips
        .iter()
        .map(|((_, ip), nic)| (ip.to_string(), nic.to_string()))
        .collect();
    let private: Vec<String> = private_ips.iter().map(|(ip, _)| ip.clone()).collect();
    let instance = pick(&instances, step.first).unwrap_or_else(|| "i-0123456789abcdef0".to_owned());
    let group = pick(&groups, step.second).unwrap();
    let one = json!({ "InstanceIds": [instance] });
    let port = i64::from(step.third % 30);
    let peer = if step.third.is_multiple_of(3) {
        json!({ "UserIdGroupPairs": [{ "GroupId": pick(&groups, step.first) }] })
    } else {
        json!({ "IpRanges": [{ "CidrIp": format!("10.{}.0.0/16", step.first % 4) }] })
    };
    let mut rule = json!({ "IpProtocol": if step.third.is_multiple_of(2) { "tcp" } else { "udp" }, "FromPort": port, "ToPort": port + 1 });
    rule.as_object_mut()
        .unwrap()
        .extend(peer.as_object().unwrap().clone());
    let rule = json!({ "GroupId": group, "IpPermissions": [rule] });
    Some(match step.operation % 76 {
        44..64 => return network_steps::call(region, step),
        64.. => return storage_steps::call(region, step),
        0..=3 => {
            let images: Vec<String> = ["al2023", "ubuntu", "windows"]
                .iter()
                .map(|key| {
                    ec2_lab_engine::catalogue::image_by_key(key)
                        .unwrap()
                        .id(caller.region)
                        .to_string()
                })
                .collect();
            let mut placement = json!({});
            if let Some(name) = pick(&places, step.second).filter(|_| step.third.is_multiple_of(2))
            {
                placement["GroupName"] = json!(name);
            }
            if step.third.is_multiple_of(5) {
                placement["AvailabilityZone"] = json!(pick(&ZONES, step.first));
            }
            let input = json!({
                "ImageId": pick(&images, step.second % 4), "InstanceType": pick(&KINDS, step.first), "MinCount": 1, "MaxCount": 1 + step.third % 9,
                "SecurityGroupIds": [group], "Placement": placement, "DisableApiTermination": step.third.is_multiple_of(11),
                "UserData": "IyEvYmluL2Jhc2gKZG5mIGluc3RhbGwgLXkgaHR0cGQKc3lzdGVtY3RsIGVuYWJsZSAtLW5vdyBodHRwZAo=",
            });
            ("RunInstances", input)
        }
        4 | 21 => ("StartInstances", one),
        5 | 22 => (
            "StopInstances",
            json!({ "InstanceIds": [instance], "Force": step.third.is_multiple_of(2) }),
        ),
        6 => ("RebootInstances", one),
        7 => (
            "TerminateInstances",
            json!({ "InstanceIds": instances.iter().skip(usize::from(step.first % 8)).take(2).chain([&instance]).collect::<Vec<_>>() }),
        ),
        8 => (
            "CreateSecurityGroup",
            json!({ "GroupName": format!("g{}", step.third % 9), "Description": "d" }),
        ),
        9 => ("AuthorizeSecurityGroupIngress", rule),
        10 => ("AuthorizeSecurityGroupEgress", rule),
        11 => ("RevokeSecurityGroupIngress", rule),
        12 => ("DeleteSecurityGroup", json!({ "GroupId": group })),
        13 => ("AllocateAddress", json!({})),
        14 => (
            "AssociateAddress",
            json!({ "AllocationId": pick(&addresses, step.second), "InstanceId": instance, "AllowReassociation": !step.third.is_multiple_of(3) }),
        ),
        15 => (
            "DisassociateAddress",
            json!({ "AssociationId": pick(&ties, step.first) }),
        ),
        16 => (
            "ReleaseAddress",
            json!({ "AllocationId": pick(&addresses, step.first) }),
        ),
        17 => (
            "CreatePlacementGroup",
            json!({ "GroupName": format!("p{}", step.third % 5), "Strategy": pick(&STRATEGIES, step.first) }),
        ),
        18 => (
            "DeletePlacementGroup",
            json!({ "GroupName": pick(&places, step.first) }),
        ),
        19 => (
            "ModifyInstancePlacement",
            json!({ "InstanceId": instance, "GroupName": pick(&places, step.second).unwrap_or_default() }),
        ),
        20 => match step.third % 4 {
            0 => (
                "ModifyInstanceAttribute",
                json!({ "InstanceId": instance, "Groups": [group, pick(&groups, step.first)] }),
            ),
            1 => (
                "ModifyInstanceAttribute",
                json!({ "InstanceId": instance, "InstanceType": { "Value": pick(&KINDS, step.second) } }),
            ),
            2 => (
                "ModifyInstanceAttribute",
                json!({ "InstanceId": instance, "DisableApiTermination": { "Value": false } }),
            ),
            _ => (
                "StartService",
                json!({ "InstanceId": instance, "Name": "app", "Port": 1 + step.third % 9 }),
            ),
        },
        23 | 24 => (
            "CreateNetworkInterface",
            json!({ "SubnetId": pick(&subnets, step.first), "SecondaryPrivateIpAddressCount": step.second % 4 }),
        ),
        25 | 26 => (
            "AttachNetworkInterface",
            json!({ "NetworkInterfaceId": pick(&interfaces, step.second), "InstanceId": instance, "DeviceIndex": step.third % 4 }),
        ),
        27 => (
            "DetachNetworkInterface",
            json!({ "AttachmentId": pick(&attachments, step.first) }),
        ),
        28 => (
            "DeleteNetworkInterface",
            json!({ "NetworkInterfaceId": pick(&interfaces, step.first) }),
        ),
        29 => (
            "AssignPrivateIpAddresses",
            if step.third.is_multiple_of(2) {
                json!({ "NetworkInterfaceId": pick(&interfaces, step.first), "SecondaryPrivateIpAddressCount": 1 + step.second % 3 })
            } else {
                json!({ "NetworkInterfaceId": pick(&interfaces, step.first), "PrivateIpAddresses": [pick(&private, step.second)], "AllowReassignment": !step.third.is_multiple_of(3) })
            },
        ),
        30 => (
            "UnassignPrivateIpAddresses",
            json!({ "NetworkInterfaceId": pick(&interfaces, step.first), "PrivateIpAddresses": [pick(&private, step.second)] }),
        ),
        31 => {
            let (ip, nic) = pick(&private_ips, step.first)?;
            (
                "AssociateAddress",
                json!({ "AllocationId": pick(&addresses, step.second), "NetworkInterfaceId": nic, "PrivateIpAddress": ip }),
            )
        }
        32 => (
            "ModifyNetworkInterfaceAttribute",
            match step.third % 3 {
                0 => {
                    json!({ "NetworkInterfaceId": pick(&interfaces, step.first), "Groups": [group] })
                }
                1 => {
                    json!({ "NetworkInterfaceId": pick(&interfaces, step.first), "AssociatePublicIpAddress": step.second.is_multiple_of(2) })
                }
                _ => {
                    json!({ "NetworkInterfaceId": pick(&interfaces, step.first), "Attachment": { "AttachmentId": pick(&attachments, step.second), "DeleteOnTermination": step.second.is_multiple_of(2) } })
                }
            },
        ),
        33 => {
            let images = ec2_lab_engine::catalogue::image_by_key("al2023")
                .unwrap()
                .id(caller.region)
                .to_string();
            (
                "RunInstances",
                json!({
                    "ImageId": images, "InstanceType": pick(&KINDS, step.first), "MinCount": 1, "MaxCount": 1,
                    "NetworkInterfaces": [
                        { "DeviceIndex": 0, "SubnetId": pick(&subnets, step.second), "DeleteOnTermination": step.third.is_multiple_of(2) },
                        { "DeviceIndex": 1, "NetworkInterfaceId": pick(&interfaces, step.first.wrapping_add(step.second)) },
                    ],
                }),
            )
        }
        _ => return None,
    })
}

/// Something that was done: a call, or a wait in milliseconds.
#[derive(Clone, Debug)]
enum Done {
    Call(&'static str, Value),
    Wait(u64),
}

fn apply(world: &mut World, caller: &Caller, done: &Done) {
    match done {
        Done::Call(operation, input) => {
            let before = world.clone();
            let outcome = world.execute(caller, operation, input);
            if outcome.result.is_err() && outcome.events.is_empty() {
                assert!(
                    *world == before,
                    "{operation} {input} refused, yet changed the world"
                );
            }
        }
        Done::Wait(milliseconds) => {
            world.advance_to(world.now().plus(*milliseconds));
        }
    }
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: cases(96),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_done_the_world_is_sound(seed in any::<u64>(), steps in prop::collection::vec(step(), 1..60)) {
        let caller = Caller::default();
        let mut world = World::new(seed);
        // Three machines that are up, so that the first steps have something to work on.
        let first = [Step { operation: 0, first: 0, second: 0, third: 1 }; 3].map(|step| call(&world, &caller, step).unwrap());
        let mut journal: Vec<Done> = first.into_iter().map(|(operation, input)| Done::Call(operation, input)).collect();
        journal.push(Done::Wait(400_000));
        journal.iter().for_each(|done| apply(&mut world, &caller, done));
        let mut snapshot = None;
        for (index, step) in steps.iter().enumerate() {
            let done = match call(&world, &caller, *step) {
                Some((operation, input)) => Done::Call(operation, input),
                None => Done::Wait(u64::from(step.third) * 8),
            };
            apply(&mut world, &caller, &done);
            let broken = violations(&world);
            prop_assert!(broken.is_empty(), "after {done:?}: {broken:?}");
            journal.push(done);
            if index == steps.len() / 2 {
                snapshot = Some((world.clone(), world.state_hash(), journal.len()));
            }
        }
        // The same seed and journal, the same world.
        let mut again = World::new(seed);
        journal.iter().for_each(|done| apply(&mut again, &caller, done));
        prop_assert_eq!(again.state_hash(), world.state_hash());
        prop_assert!(again == world);
        // A copy is independent of what it was copied from, and goes the same way.
        if let Some((mut copy, hash, from)) = snapshot {
            prop_assert_eq!(copy.state_hash(), hash);
            journal[from..].iter().for_each(|done| apply(&mut copy, &caller, done));
            prop_assert_eq!(copy.state_hash(), world.state_hash());
        }
    }
}
