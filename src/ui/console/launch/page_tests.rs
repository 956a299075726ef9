//! The wizard as it is drawn.

#![allow(clippy::unwrap_used)]

use super::LaunchWizard;
use crate::route::Route;
use crate::state::{App, AppState, Message, Theme};
use ec2_lab_engine::json::json;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
struct HostProps {
    #[prop_or_default]
    setup: Vec<Message>,
}

/// The wizard below a page whose lab a few messages have prepared.
#[component]
fn Host(props: &HostProps) -> Html {
    let setup = props.setup.clone();
    let app: App = use_reducer(move || {
        let fresh = std::rc::Rc::new(AppState::new(5, Route::Launch, Theme::Light));
        let ready = setup.into_iter().fold(fresh, yew::Reducible::reduce);
        (*ready).clone()
    });
    html! { <ContextProvider<App> context={app}><LaunchWizard /></ContextProvider<App>> }
}

async fn draw(setup: Vec<Message>) -> String {
    yew::LocalServerRenderer::<Host>::with_props(HostProps { setup })
        .hydratable(false)
        .render()
        .await
}

#[tokio::test(flavor = "current_thread")]
async fn every_field_has_its_id_and_the_proposal_is_complete() {
    let page = tokio::task::LocalSet::new()
        .run_until(draw(Vec::new()))
        .await;
    for id in [
        "launch-name",
        "launch-image",
        "launch-image-version",
        "launch-type",
        "launch-key",
        "launch-key-name",
        "launch-vpc",
        "launch-subnet",
        "launch-public-ip",
        "launch-firewall",
        "launch-group-name",
        "launch-allow-login",
        "launch-allow-http",
        "launch-allow-https",
        "launch-volume-size",
        "launch-volume-type",
        "launch-placement-group",
        "launch-user-data",
        "launch-count",
        "launch-submit",
    ] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    assert!(page.contains("launch-wizard-1") && page.contains("Nothing gets in yet."));
    assert!(page.contains("aws ec2 run-instances") && page.contains("$0.0104"));
    assert!(page.contains("0 of 16,384 bytes"));
    assert!(
        !page.contains("field-error") && !page.contains("style="),
        "no problem, no inline style"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn what_the_account_has_can_be_chosen() {
    let app = AppState::new(5, Route::Launch, Theme::Light);
    let calls = vec![
        app.call("CreateKeyPair", json!({ "KeyName": "<b>mine" })),
        app.call(
            "CreatePlacementGroup",
            json!({ "GroupName": "apart", "Strategy": "spread" }),
        ),
    ];
    let page = tokio::task::LocalSet::new()
        .run_until(draw(vec![Message::Call(calls)]))
        .await;
    assert!(
        page.contains("&lt;b&gt;mine (rsa)") || page.contains("&lt;b>mine (rsa)"),
        "a name is a text"
    );
    assert!(page.contains("apart (spread)"));
    assert!(
        !page.contains("launch-key-name"),
        "the key that there is comes first"
    );
}
