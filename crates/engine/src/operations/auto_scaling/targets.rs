//! A group's instances as targets of a load balancer
//! (<https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html>).

use crate::ids::InstanceId;
use crate::json::json;
use crate::operations::balancing::group_arn;
use crate::output::text;
use crate::resources::load_balancer::BalancingId;
use crate::world::{Caller, World};

fn targets(
    world: &mut World,
    caller: &Caller,
    groups: &[BalancingId],
    id: InstanceId,
    operation: &str,
) {
    for group in groups {
        let arn = world.region(caller).and_then(|region| {
            let row = region.balancing.target_groups.get(group)?;
            Some(group_arn(region, row))
        });
        // A group that is gone, or a target that is not there, is no reason to stop.
        if let Some(arn) = arn {
            world.execute(
                caller,
                operation,
                &json!({ "TargetGroupArn": arn, "Targets": [{ "Id": text(id) }] }),
            );
        }
    }
}

/// Makes an instance a target of the groups.
pub(super) fn register(world: &mut World, caller: &Caller, groups: &[BalancingId], id: InstanceId) {
    targets(world, caller, groups, id, "RegisterTargets");
}

/// Takes an instance out of the groups.
pub(super) fn deregister(
    world: &mut World,
    caller: &Caller,
    groups: &[BalancingId],
    id: InstanceId,
) {
    targets(world, caller, groups, id, "DeregisterTargets");
}
