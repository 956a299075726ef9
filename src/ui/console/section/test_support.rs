//! A small world and a way to render a part of the console with it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::route::{Route, Section};
use crate::state::{App, AppState, Message, Selected, Theme};
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;
use std::cell::RefCell;
use std::rc::Rc;
use yew::LocalServerRenderer;
use yew::prelude::*;

/// A page in some state.
pub struct Lab {
    state: Rc<AppState>,
}

#[derive(Properties)]
struct ShownProps {
    node: Html,
    state: RefCell<Option<Rc<AppState>>>,
}

impl PartialEq for ShownProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    let state = props.state.borrow().clone();
    let app: App = use_reducer(move || (*state.unwrap()).clone());
    html! { <ContextProvider<App> context={app}>{ props.node.clone() }</ContextProvider<App>> }
}

impl Default for Lab {
    fn default() -> Self {
        Self::new()
    }
}

impl Lab {
    /// A fresh account.
    #[must_use]
    pub fn new() -> Self {
        let state = AppState::new(7, Route::Lab(Section::Instances), Theme::Light);
        Lab {
            state: Rc::new(state),
        }
    }

    /// A group, a key, a placement group, two instances that run, an address.
    #[must_use]
    pub fn with_instances() -> Self {
        let mut lab = Self::new();
        let group = lab.call(
            "CreateSecurityGroup",
            json!({"GroupName": "web-sg", "Description": "Web servers"}),
        );
        let group = group["GroupId"].clone();
        lab.call("AuthorizeSecurityGroupIngress", json!({"GroupId": group, "IpPermissions": [
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "logins"}]}]}));
        lab.call("CreateKeyPair", json!({"KeyName": "lab-key"}));
        lab.call(
            "CreatePlacementGroup",
            json!({"GroupName": "apart", "Strategy": "spread"}),
        );
        let image = lab.call("Image", json!({"Name": "al2023"}))["ImageId"].clone();
        for name in ["web-1", "db-1"] {
            lab.call("RunInstances", json!({"ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1,
                "KeyName": "lab-key", "SecurityGroupIds": [group], "Placement": {"GroupName": "apart"},
                "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": name}]}]}));
        }
        lab.call("AllocateAddress", json!({}));
        lab.wait(180);
        lab
    }

    /// Carries out an operation that must succeed.
    pub fn call(&mut self, operation: &'static str, input: Value) -> Value {
        let mut state = (*self.state).clone();
        let call = state.call(operation, input);
        let answer = state
            .try_call(&call)
            .unwrap_or_else(|error| panic!("{operation}: {error}"));
        state = (*Rc::new(state).reduce(Message::Call(vec![call]))).clone();
        self.state = Rc::new(state);
        answer
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: u64) {
        self.state = Rc::clone(&self.state).reduce(Message::Tick(seconds * 1_000));
    }

    /// Shows something in the inspector.
    pub fn select(&mut self, selected: Selected) {
        self.state = Rc::clone(&self.state).reduce(Message::Select(Some(selected)));
    }

    /// Chooses nothing: a launch has chosen what it launched.
    pub fn select_nothing(&mut self) {
        self.state = Rc::clone(&self.state).reduce(Message::Select(None));
    }

    /// The state.
    #[must_use]
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// The HTML of `node` in this state; effects do not run.
    #[must_use]
    pub fn render(&self, node: Html) -> String {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let state = RefCell::new(Some(Rc::clone(&self.state)));
        tokio::task::LocalSet::new().block_on(&runtime, async move {
            LocalServerRenderer::<Shown>::with_props(ShownProps { node, state })
                .hydratable(false)
                .render()
                .await
        })
    }
}
