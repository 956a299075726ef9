//! From the edited rows to the calls that make the group so, and AWS's word on each row.

use super::draft::{Draft, Part};
use crate::state::AppState;
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;
use ec2_lab_engine::network::Call;
use ec2_lab_engine::resources::security_group::SecurityGroup;

/// What the edited rows come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The calls, in order; empty when nothing has changed.
    pub calls: Vec<Call>,
    /// What is wrong with a row, by its key: in which field, and the words.
    pub wrong: Vec<(u32, Option<Part>, String)>,
}

impl Plan {
    /// The words for a row.
    pub fn of(&self, key: u32) -> Option<(Option<Part>, String)> {
        self.wrong
            .iter()
            .find(|(other, ..)| *other == key)
            .map(|(_, part, words)| (*part, words.clone()))
    }
}

/// Compares the rows with the group. A changed rule is revoked and authorized anew, as the console does it.
#[must_use]
pub fn plan(app: &AppState, group: &SecurityGroup, egress: bool, rows: &[Draft]) -> Plan {
    let suffix = |verb: &str| match (verb, egress) {
        ("Authorize", false) => "AuthorizeSecurityGroupIngress",
        ("Authorize", true) => "AuthorizeSecurityGroupEgress",
        (_, false) => "RevokeSecurityGroupIngress",
        (_, true) => "RevokeSecurityGroupEgress",
    };
    let id = group.id.to_string();
    let kept = |draft: &&Draft| {
        group
            .rules_of(egress)
            .any(|rule| draft.original == Some(rule.id) && draft.same_as(rule))
    };
    let gone: Vec<String> = group
        .rules_of(egress)
        .filter(|rule| {
            !rows
                .iter()
                .any(|draft| draft.original == Some(rule.id) && draft.same_as(rule))
        })
        .map(|rule| rule.id.to_string())
        .collect();
    let mut plan = Plan::default();
    let mut world = app.session.world().clone();
    if !gone.is_empty() {
        let call = app.call(
            suffix("Revoke"),
            json!({ "GroupId": id, "SecurityGroupRuleIds": gone }),
        );
        // A rule that somebody else took out meanwhile is gone all the same; the whole step would say so.
        let _ = world.execute(&call.caller, call.operation, &call.input);
        plan.calls.push(call);
    }
    let mut added: Vec<Value> = Vec::new();
    for draft in rows.iter().filter(|draft| !kept(draft)) {
        match draft.permission() {
            Err((part, words)) => plan.wrong.push((draft.key, Some(part), words.to_owned())),
            Ok(permission) => {
                let call = app.call(
                    suffix("Authorize"),
                    json!({ "GroupId": id, "IpPermissions": [permission] }),
                );
                match world
                    .execute(&call.caller, call.operation, &call.input)
                    .result
                {
                    Ok(_) => added.push(permission),
                    Err(error) => {
                        let words = format!("{}: {}", error.code(), error.message());
                        let part = words
                            .contains("CIDR")
                            .then_some(Part::Source)
                            .or(words.contains("port").then_some(Part::Ports));
                        let part = if error.code() == "InvalidPermission.Duplicate" {
                            None
                        } else {
                            part
                        };
                        plan.wrong.push((draft.key, part, words));
                    }
                }
            }
        }
    }
    if !added.is_empty() {
        plan.calls.push(app.call(
            suffix("Authorize"),
            json!({ "GroupId": id, "IpPermissions": added }),
        ));
    }
    plan
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::ui::console::section::command::try_calls;
    use crate::ui::console::section::test_support::Lab;

    fn web(lab: &Lab) -> SecurityGroup {
        let region = lab.state().region().unwrap();
        region
            .group_by_name(region.default_vpc().unwrap().id, "web-sg")
            .unwrap()
            .clone()
    }

    fn rows(group: &SecurityGroup) -> Vec<Draft> {
        group
            .rules_of(false)
            .enumerate()
            .map(|(key, rule)| Draft::of(u32::try_from(key).unwrap(), rule))
            .collect()
    }

    #[test]
    fn nothing_changed_is_no_call() {
        let lab = Lab::with_instances();
        let group = web(&lab);
        assert_eq!(
            plan(lab.state(), &group, false, &rows(&group)),
            Plan::default()
        );
    }

    #[test]
    fn a_changed_rule_is_revoked_and_authorized_in_one_step() {
        let lab = Lab::with_instances();
        let group = web(&lab);
        let mut rows = rows(&group);
        rows[0].source = "laptop".into();
        rows.push(Draft {
            kind: "http".into(),
            source: "anywhere-ipv4".into(),
            ..Draft::fresh(9, false)
        });
        let plan = plan(lab.state(), &group, false, &rows);
        let names: Vec<&str> = plan.calls.iter().map(|call| call.operation).collect();
        assert_eq!(
            names,
            [
                "RevokeSecurityGroupIngress",
                "AuthorizeSecurityGroupIngress"
            ]
        );
        assert_eq!(plan.wrong, []);
        assert!(try_calls(lab.state(), &plan.calls).is_ok());
    }

    #[test]
    fn duplicates_and_bad_ranges_are_told_in_aws_words() {
        let lab = Lab::with_instances();
        let group = web(&lab);
        let mut rows = rows(&group);
        rows.push(Draft {
            source: "anywhere-ipv4".into(),
            ..Draft::fresh(8, false)
        });
        rows.push(Draft {
            source: "custom".into(),
            cidr: "10.0.0.0/33".to_owned(),
            ..Draft::fresh(9, false)
        });
        let plan = plan(lab.state(), &group, false, &rows);
        assert!(
            plan.of(8)
                .unwrap()
                .1
                .contains("InvalidPermission.Duplicate")
        );
        assert_eq!(plan.of(9).unwrap().0, Some(Part::Source));
        assert!(
            plan.of(9)
                .unwrap()
                .1
                .contains("CIDR block 10.0.0.0/33 is malformed")
        );
    }

    #[test]
    fn the_sixty_first_rule_is_refused() {
        let mut lab = Lab::with_instances();
        let group = web(&lab).id.to_string();
        for port in 1..60 {
            lab.call("AuthorizeSecurityGroupIngress", json!({"GroupId": group, "IpPermissions": [
                {"IpProtocol": "udp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]}));
        }
        let group = web(&lab);
        let mut rows = rows(&group);
        assert_eq!(rows.len(), 60);
        rows.push(Draft::fresh(99, false));
        let plan = plan(lab.state(), &group, false, &rows);
        assert!(
            plan.of(99)
                .unwrap()
                .1
                .contains("RulesPerSecurityGroupLimitExceeded")
        );
    }
}
