//! Against what fails at a load balancer: a listener, a target, patience.

use super::super::{Candidate, Change, Exposure};
use super::Search;
use crate::json::json;
use crate::operations::balancing::{balancer_arn, group_arn};
use crate::output::text;
use crate::resources::instance::InstanceState;
use crate::resources::load_balancer::{BalancingId, PROVISIONING};

impl Search<'_> {
    pub(super) fn wait_for_balancer(&mut self) {
        self.found.push(Candidate {
            title: "Wait until the load balancer is active".to_owned(),
            note: "Nothing is wrong: its nodes are being made.".to_owned(),
            change: Change::Wait(PROVISIONING),
            exposure: Exposure::default(),
        });
    }

    /// A listener on the port, for each target group that the load balancer may use; or the port of one that it has.
    pub(super) fn balancer_listener(&mut self, balancer: BalancingId) {
        let region = self.region;
        let Some(row) = region.balancing.load_balancers.get(&balancer) else {
            return;
        };
        let Some(port) = self.probe.wire_port() else {
            return;
        };
        for group in region.balancing.target_groups.values() {
            let free = region
                .balancing
                .balancer_of(group.id)
                .is_none_or(|user| user.id == balancer);
            if group.vpc != row.vpc || !free {
                continue;
            }
            let input = json!({
                "LoadBalancerArn": balancer_arn(region, row), "Protocol": "HTTP", "Port": port,
                "DefaultActions": [{ "Type": "forward", "TargetGroupArn": group_arn(region, group) }],
            });
            let call = self.call("CreateListener", input);
            self.add(
                format!(
                    "Add a listener on port {port} that forwards to {}",
                    group.name
                ),
                "The load balancer takes requests only where it has a listener.",
                vec![call],
                Exposure::default(),
            );
        }
        for listener in region.balancing.listeners_of(balancer) {
            let mut probe = self.probe.clone();
            probe.port = Some(listener.port);
            self.retry(
                format!("Ask on port {}", listener.port),
                "There is a listener on that port already.",
                probe,
            );
        }
    }

    /// Each running instance of the group's VPC as a target.
    pub(super) fn targets(&mut self, group: BalancingId) {
        let region = self.region;
        let Some(row) = region.balancing.target_groups.get(&group) else {
            return;
        };
        for instance in region.instances_by_serial() {
            let here = instance.state == InstanceState::Running
                && region
                    .primary_interface(instance)
                    .is_some_and(|nic| nic.vpc == row.vpc);
            if !here {
                continue;
            }
            let input = json!({
                "TargetGroupArn": group_arn(region, row), "Targets": [{ "Id": text(instance.id) }],
            });
            let call = self.call("RegisterTargets", input);
            self.add(
                format!("Register {} as a target of {}", instance.label(), row.name),
                "A target group sends requests only to what is registered in it.",
                vec![call],
                Exposure::default(),
            );
        }
    }
}
