//! Edits the rules of one direction: rows to change, add and remove, saved as one step.

use super::apply::plan;
use super::draft::Draft;
use super::rule_row::RuleRow;
use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{Alert, Button, ButtonVariant, IconName, StatusKind};
use crate::ui::console::section::command::Preview;
use ec2_lab_engine::ids::SecurityGroupId;
use std::rc::Rc;
use yew::prelude::*;

/// Props of [`Editor`].
#[derive(Properties, PartialEq)]
pub struct EditorProps {
    /// The group.
    pub id: SecurityGroupId,
    /// Outbound rules instead of inbound ones.
    pub egress: bool,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// What happens to the rows.
enum Edit {
    Put(Draft),
    Remove(u32),
    Add,
    Check,
}

/// The rows and whether errors are to be shown on rows that were not touched.
#[derive(Clone, Debug, PartialEq)]
struct Rows {
    drafts: Vec<Draft>,
    touched: Vec<u32>,
    next: u32,
    egress: bool,
    checked: bool,
}

impl Reducible for Rows {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        let mut rows = (*self).clone();
        match edit {
            Edit::Put(draft) => {
                if !rows.touched.contains(&draft.key) {
                    rows.touched.push(draft.key);
                }
                if let Some(place) = rows.drafts.iter_mut().find(|other| other.key == draft.key) {
                    *place = draft;
                }
            }
            Edit::Remove(key) => rows.drafts.retain(|draft| draft.key != key),
            Edit::Add => {
                rows.drafts.push(Draft::fresh(rows.next, rows.egress));
                rows.next += 1;
            }
            Edit::Check => rows.checked = true,
        }
        Rc::new(rows)
    }
}

/// The editor of one direction.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let app = use_app();
    let group = app
        .region()
        .and_then(|region| region.security_groups.get(&props.id));
    let egress = props.egress;
    let rows = use_reducer(|| {
        let mut drafts: Vec<Draft> = group
            .map(|group| {
                group
                    .rules_of(egress)
                    .zip(0..)
                    .map(|(rule, key)| Draft::of(key, rule))
                    .collect()
            })
            .unwrap_or_default();
        let mut next = u32::try_from(drafts.len()).unwrap_or(u32::MAX - 100);
        if drafts.is_empty() {
            drafts.push(Draft::fresh(next, egress));
            next += 1;
        }
        Rows {
            drafts,
            touched: Vec::new(),
            next,
            egress,
            checked: false,
        }
    });
    let Some(group) = group else {
        return html! { <p>{ "This security group is gone." }</p> };
    };
    let plan = plan(&app, group, egress, &rows.drafts);
    let prefix = if egress { "outbound" } else { "inbound" };
    let shown = |key: u32| rows.checked || rows.touched.contains(&key);
    let words = |key: u32| plan.of(key).filter(|_| shown(key));
    let onchange = {
        let rows = rows.dispatcher();
        Callback::from(move |draft| rows.dispatch(Edit::Put(draft)))
    };
    let onremove = {
        let rows = rows.dispatcher();
        Callback::from(move |key| rows.dispatch(Edit::Remove(key)))
    };
    let add = {
        let rows = rows.dispatcher();
        Callback::from(move |_: MouseEvent| rows.dispatch(Edit::Add))
    };
    let cancel = props.onclose.reform(|_: MouseEvent| ());
    let save = {
        let (app, rows, calls, onclose) = (
            app.clone(),
            rows.dispatcher(),
            plan.calls.clone(),
            props.onclose.clone(),
        );
        let (fine, name) = (plan.wrong.is_empty(), group.name.clone());
        Callback::from(move |_: MouseEvent| {
            if !fine {
                rows.dispatch(Edit::Check);
                return;
            }
            onclose.emit(());
            app.dispatch(Message::CallSaying(calls.clone(), format!("Saved the {prefix} rules of {name}. They hold from now on, for running instances, too.")));
        })
    };
    let nothing = (plan.calls.is_empty() && plan.wrong.is_empty())
        .then(|| AttrValue::from("Nothing has changed."));
    let open_logins = !egress && rows.drafts.iter().any(Draft::opens_logins);
    html! {
        <div class="rules">
            <div class="rules-frame">
                <div class="rules">
                    { for rows.drafts.iter().enumerate().map(|(place, draft)| html! {
                        <RuleRow key={draft.key} id={format!("{prefix}-rule-{place}")} number={place + 1} draft={draft.clone()} {egress} group={group.id}
                            wrong={words(draft.key)} onchange={onchange.clone()} onremove={onremove.clone()} />
                    }) }
                </div>
            </div>
            <div>
                <Button id={format!("{prefix}-add")} icon={IconName::Add} onclick={add}>{ "Add rule" }</Button>
            </div>
            if open_logins {
                <Alert kind={StatusKind::Warning} title="Everyone on the internet may try to log in.">
                    { "0.0.0.0/0 and ::/0 mean every address there is. For SSH and RDP choose My laptop, or the range of your office." }
                </Alert>
            }
            if rows.checked && !plan.wrong.is_empty() {
                <Alert kind={StatusKind::Error} title="Nothing was saved.">
                    { "AWS would refuse a rule above. Correct it or remove it." }
                </Alert>
            }
            if plan.wrong.is_empty() { <Preview calls={plan.calls.clone()} /> }
            <div class="form-actions">
                <Button id={format!("{prefix}-cancel")} onclick={cancel}>{ "Cancel" }</Button>
                <Button id={format!("{prefix}-save")} variant={ButtonVariant::Primary} onclick={save} disabled_reason={nothing}>{ "Save rules" }</Button>
            </div>
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn shows_rules_as_rows_and_warns() {
        let lab = Lab::with_instances();
        let region = lab.state().region().unwrap();
        let id = region
            .group_by_name(region.default_vpc().unwrap().id, "web-sg")
            .unwrap()
            .id;
        let page = lab.render(html! { <Editor {id} egress=false onclose={Callback::noop()} /> });
        for words in [
            "inbound-rule-0-type",
            "inbound-rule-0-source",
            "inbound-rule-0-remove",
            "inbound-add",
            "inbound-save",
            "Everyone on the internet may try to log in.",
            "Nothing has changed.",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }

    #[test]
    fn a_group_without_rules_begins_with_a_row_to_save() {
        let mut lab = Lab::new();
        let answer = lab.call(
            "CreateSecurityGroup",
            ec2_lab_engine::json::json!({"GroupName": "empty", "Description": "x"}),
        );
        assert!(answer.get("GroupId").is_some());
        let region = lab.state().region().unwrap();
        let id = region
            .group_by_name(region.default_vpc().unwrap().id, "empty")
            .unwrap()
            .id;
        let page = lab.render(html! { <Editor {id} egress=false onclose={Callback::noop()} /> });
        assert!(
            page.contains("authorize-security-group-ingress") && page.contains("203.0.113.7/32"),
            "{page}"
        );
    }
}
