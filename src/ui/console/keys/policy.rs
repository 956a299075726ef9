//! Who may use a key: its policy and its grants, and one press that lets the other account in or out.

use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{Button, CodeBlock, Modal, ModalSize};
use crate::ui::console::section::command::Preview;
use crate::ui::console::section::parts::copier;
use crate::ui::words;
use ec2_lab_engine::ACCOUNTS;
use ec2_lab_engine::json::json;
use ec2_lab_engine::kms::access::Use;
use ec2_lab_engine::kms::policy::{Principal, Statement};
use ec2_lab_engine::network::Call;
use ec2_lab_engine::resources::kms::KeyArn;
use yew::prelude::*;

/// Props of [`PolicyDialog`].
#[derive(Clone, Properties, PartialEq)]
pub struct PolicyDialogProps {
    /// The key.
    pub arn: KeyArn,
    /// Whether it is open.
    pub open: bool,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// Whom a statement means, in words.
fn whom(principal: &Principal) -> String {
    match principal {
        Principal::Anybody => "everybody".to_owned(),
        Principal::Account(id) => ACCOUNTS
            .into_iter()
            .find(|account| account == id)
            .map_or_else(|| format!("the account {id}"), words::account),
        Principal::Identity(arn) => arn.clone(),
        Principal::Service(name) => format!("the service {name}"),
    }
}

fn statement(row: &Statement) -> Html {
    let verb = if row.allow { "may" } else { "may not" };
    let people: Vec<String> = row.principals.iter().map(whom).collect();
    let condition = if row.conditions.is_empty() {
        ""
    } else {
        ", on conditions"
    };
    html! { <li>{ format!("{} {verb} do {}{condition}.", people.join(", "), row.actions.join(", ")) }</li> }
}

/// The dialog.
#[component]
pub fn PolicyDialog(props: &PolicyDialogProps) -> Html {
    let app = use_app();
    let Some(row) = app.session.world().kms().keys.get(&props.arn) else {
        return Html::default();
    };
    let Some(other) = ACCOUNTS
        .into_iter()
        .find(|account| *account != props.arn.account)
    else {
        return Html::default();
    };
    let root = format!("arn:aws:iam::{other}:root");
    let arn = props.arn.to_string();
    let calls: Vec<Call> = if row.grants.is_empty() {
        let operations: Vec<&str> = Use::Open
            .actions()
            .iter()
            .map(|action| action.trim_start_matches("kms:"))
            .collect();
        vec![app.call(
            "CreateGrant",
            json!({ "KeyId": arn, "GranteePrincipal": root, "Operations": operations }),
        )]
    } else {
        let revoke = |id: &str| app.call("RevokeGrant", json!({ "KeyId": arn, "GrantId": id }));
        row.grants.iter().map(|grant| revoke(&grant.id)).collect()
    };
    let verb = if row.grants.is_empty() {
        format!("Let {} open it", words::account(other))
    } else {
        "Revoke the grants".to_owned()
    };
    let act = {
        let (app, calls, onclose) = (app.clone(), calls.clone(), props.onclose.clone());
        Callback::from(move |_: MouseEvent| {
            onclose.emit(());
            app.dispatch(Message::Call(calls.clone()));
        })
    };
    let close = props.onclose.reform(|_: MouseEvent| ());
    let footer = html! {
        <>
            <Button id="kms-policy-close" onclick={close}>{ "Close" }</Button>
            <Button id="kms-policy-grant" onclick={act}>{ verb }</Button>
        </>
    };
    html! {
        <Modal id="kms-policy" open={props.open} title="Who may use the key" onclose={props.onclose.clone()} {footer} size={ModalSize::Medium}>
            <p>{ "Nobody may use a key because of IAM alone. Its policy, or a grant beside it, must allow it: for its owner as for everybody else." }</p>
            <ul>{ for row.policy.statements.iter().map(statement) }</ul>
            <CodeBlock text={row.policy.text.to_string()} oncopy={copier(&app, "the policy")} />
            if row.grants.is_empty() {
                <p>{ "It has no grants." }</p>
            } else {
                <ul>
                    { for row.grants.iter().map(|grant| html! {
                        <li>{ format!("{}: {}", grant.grantee, grant.operations.join(", ")) }</li>
                    }) }
                </ul>
            }
            <Preview {calls} />
        </Modal>
    }
}
