//! Who may launch an image: the picture of what it needs, why it does not work, what would help, and the four pictures of the
//! notes as states of this lab.

pub mod dialog;
mod drawing;
mod pictures;
mod shared;
mod why;

pub use shared::SharedImages;

use crate::app::use_app;
use crate::state::App;
use crate::ui::components::{FormField, Panel, Select, SelectOption};
use crate::ui::words;
use ec2_lab_engine::ids::{ImageId, ResourceId};
use ec2_lab_engine::sharing::graph::graph;
use ec2_lab_engine::{ACCOUNTS, Caller};
use yew::prelude::*;

/// The images of all accounts in the Region in sight, the newest first.
fn options(app: &App) -> Vec<SelectOption> {
    let mut rows: Vec<_> = app
        .session
        .world()
        .accounts_in(app.caller.region)
        .flat_map(|region| region.images.values().map(|row| (region.account, row)))
        .collect();
    rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.serial));
    rows.into_iter()
        .map(|(account, row)| {
            let label = format!("{} ({}), of {}", row.name, row.id, words::account(account));
            SelectOption::new(row.id.to_string(), label)
        })
        .collect()
}

/// The panel.
#[component]
pub fn Sharing() -> Html {
    let app = use_app();
    let image = use_state(|| None::<AttrValue>);
    let launcher = use_state(|| None::<AttrValue>);
    let options = options(&app);
    // One that is gone, or of another Region, gives way to the newest.
    let chosen = (*image)
        .clone()
        .filter(|id| options.iter().any(|option| option.value == *id))
        .or_else(|| options.first().map(|option| option.value.clone()));
    let other = ACCOUNTS
        .into_iter()
        .find(|account| *account != app.caller.account);
    let account = launcher
        .as_ref()
        .and_then(|text| {
            ACCOUNTS
                .into_iter()
                .find(|account| account.to_string() == text.as_str())
        })
        .or(other)
        .unwrap_or(app.caller.account);
    let caller = Caller {
        account,
        ..app.caller.clone()
    };
    let set = |state: &UseStateHandle<Option<AttrValue>>| {
        let state = state.setter();
        Callback::from(move |value| state.set(Some(value)))
    };
    let accounts: Vec<SelectOption> = ACCOUNTS
        .into_iter()
        .map(|account| SelectOption::new(account.to_string(), words::account(account)))
        .collect();
    let id = chosen.as_deref().and_then(ImageId::parse);
    html! {
        <Panel id="sharing" title="Who may launch it">
            if let (Some(id), Some(value)) = (id, chosen) {
                <div class="sharing-choice">
                    <FormField id="sharing-image" label="Image">
                        <Select {value} options={options} onchange={set(&image)} />
                    </FormField>
                    <FormField id="sharing-account" label="Launched by">
                        <Select value={account.to_string()} options={accounts} onchange={set(&launcher)} />
                    </FormField>
                </div>
                <drawing::Drawing graph={graph(app.session.world(), &caller, id)} />
                <why::Why {caller} {id} />
            } else {
                <p>{ "Make an image, or take one of the four pictures below: each is made in your lab, by commands that you can read in the prompt." }</p>
            }
            <pictures::Pictures />
        </Panel>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;
    use ec2_lab_engine::json::json;

    #[test]
    fn it_says_what_stops_the_partner_and_what_helps() {
        let mut lab = Lab::new();
        assert!(lab.render(html! { <Sharing /> }).contains("four pictures"));
        let key = lab.call("CreateKey", json!({}))["KeyMetadata"]["Arn"].clone();
        let base = lab.call("Image", json!({ "Name": "al2023" }))["ImageId"].clone();
        let image = lab.call(
            "CopyImage",
            json!({ "SourceRegion": "us-east-1", "SourceImageId": base, "Name": "golden", "Encrypted": true, "KmsKeyId": key }),
        )["ImageId"]
            .clone();
        lab.wait(300);
        let page = lab.render(html! { <Sharing /> });
        for words in [
            "golden",
            "Partner",
            "is-broken",
            "InvalidAMIID.NotFound",
            "Share the image with the account 222233334444",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        lab.call(
            "ModifyImageAttribute",
            json!({ "ImageId": image, "LaunchPermission": { "Add": [{ "UserId": "222233334444" }] } }),
        );
        let page = lab.render(html! { <Sharing /> });
        for words in ["Client.InternalError", "kms:DescribeKey", "a grant"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let grant = json!({ "KeyId": key, "GranteePrincipal": "arn:aws:iam::222233334444:root",
            "Operations": ["DescribeKey", "CreateGrant", "Decrypt", "ReEncryptFrom"] });
        lab.call("CreateGrant", grant);
        let page = lab.render(html! { <Sharing /> });
        assert!(page.contains("The launch works"), "{page}");
    }
}
