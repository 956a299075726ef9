//! The picture, rendered as a server would: what it says of a world.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::scene::{CARDS, CHIPS, scene};
use super::spots::{Anchor, deciding, stops};
use super::{Picture, Stage};
use crate::route::{Route, Section};
use crate::state::{App, AppState, Message, Selected, Speed, Theme};
use crate::ui::components::{Plug, PlugKind};
use ec2_lab_engine::ids::InstanceId;
use ec2_lab_engine::json::json;
use ec2_lab_engine::network::{Client, Probe, Source, Target};
use std::rc::Rc;
use yew::prelude::*;

/// A lab in the state that some messages lead to; a page without a browser.
pub(crate) struct Lab(pub Rc<AppState>);

impl Lab {
    pub(crate) fn new() -> Self {
        Lab(Rc::new(AppState::new(
            7,
            Route::Lab(Section::Instances),
            Theme::Light,
        )))
    }

    pub(crate) fn say(&mut self, message: Message) {
        self.0 = self.0.clone().reduce(message);
    }

    pub(crate) fn call(&mut self, operation: &'static str, input: ec2_lab_engine::json::Value) {
        let call = self.0.call(operation, input);
        self.say(Message::Call(vec![call]));
        let notice = self.0.notices.first().unwrap();
        assert!(notice.code.is_none(), "{operation}: {notice:?}");
    }

    /// Lets minutes pass.
    pub(crate) fn wait(&mut self) {
        self.say(Message::SetSpeed(Speed::Fast));
        self.say(Message::Tick(5_000));
    }

    /// Launches instances of a name into the first subnet and waits until they are up.
    pub(crate) fn launch(&mut self, name: &str, count: usize) -> InstanceId {
        let image = ec2_lab_engine::catalogue::image_by_key("al2023")
            .unwrap()
            .id("us-east-1")
            .to_string();
        let subnet = self
            .0
            .region()
            .unwrap()
            .subnets_by_serial()
            .next()
            .unwrap()
            .id
            .to_string();
        let mut input = json!({
            "ImageId": image, "InstanceType": "t3.micro", "MinCount": count, "MaxCount": count, "SubnetId": subnet,
            "TagSpecifications": [{ "ResourceType": "instance", "Tags": [{ "Key": "Name", "Value": name }] }]
        });
        if self.0.region().unwrap().key_by_name("lab-key").is_none() {
            self.call("CreateKeyPair", json!({ "KeyName": "lab-key" }));
        }
        input["KeyName"] = json!("lab-key");
        self.call("RunInstances", input);
        self.wait();
        self.0
            .region()
            .unwrap()
            .instances_by_serial()
            .into_iter()
            .find(|row| row.label() == name)
            .unwrap()
            .id
    }

    /// Opens a port of the default group to an address range.
    pub(crate) fn open(&mut self, port: u16, cidr: &str) {
        let group = self
            .0
            .region()
            .unwrap()
            .security_groups
            .values()
            .find(|group| group.is_default())
            .unwrap()
            .id
            .to_string();
        self.call("AuthorizeSecurityGroupIngress", json!({ "GroupId": group, "IpPermissions": [
            { "IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{ "CidrIp": cidr }] }] }));
    }

    pub(crate) fn ssh(&mut self, id: InstanceId) {
        let client = Client::Ssh {
            user: Some("ec2-user".to_owned()),
            key: Some("lab-key".to_owned()),
        };
        self.say(Message::Connect(Probe {
            target: Target::Instance(id),
            client,
            ..Probe::default()
        }));
    }

    /// The markup of what `view` shows.
    pub(crate) fn html(&self, view: fn() -> Html) -> String {
        let state = self.0.clone();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        tokio::task::LocalSet::new().block_on(&runtime, async move {
            let props = AroundProps {
                state: Shared(state),
                view,
            };
            yew::LocalServerRenderer::<Around>::with_props(props)
                .hydratable(false)
                .render()
                .await
        })
    }
}

#[derive(Clone)]
struct Shared(Rc<AppState>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Properties)]
struct AroundProps {
    state: Shared,
    view: fn() -> Html,
}

impl PartialEq for AroundProps {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
    }
}

#[component]
fn Around(props: &AroundProps) -> Html {
    let state = props.state.0.clone();
    let app = use_reducer(move || (*state).clone());
    html! { <ContextProvider<App> context={app}><Stage>{ (props.view)() }</Stage></ContextProvider<App>> }
}

fn picture(lab: &Lab) -> String {
    lab.html(|| html! { <Picture /> })
}

#[test]
fn an_empty_account_is_taught_with_one_button() {
    let page = picture(&Lab::new());
    assert!(
        page.contains("Nothing runs here yet") && page.matches("id=\"launch-first\"").count() == 1
    );
    assert!(page.contains("4 more zones, empty") && page.contains("172.31.0.0/16"));
    assert!(page.contains("public subnet") && page.contains("route 0.0.0.0/0 → internet gateway"));
}

#[test]
fn a_card_says_what_the_shapes_show() {
    let mut lab = Lab::new();
    let id = lab.launch("web-1", 1);
    lab.open(80, "0.0.0.0/0");
    let page = picture(&lab);
    assert!(
        page.contains("web-1") && page.contains("Running · t3.micro") || page.contains("Running")
    );
    assert!(page.contains("Port 22, sshd: listens, no rule: times out."));
    assert!(page.contains("Port 80: rule open, nobody home: refused."));
    assert!(page.contains("sshd listens") && page.contains(&format!("data-spot=\"{id}\"")));
    assert!(!page.contains("Nothing runs here yet"));
}

#[test]
fn the_ports_look_different_from_another_place() {
    let mut lab = Lab::new();
    let id = lab.launch("web-1", 1);
    lab.open(22, "203.0.113.7/32");
    assert!(picture(&lab).contains("Port 22, sshd: listens, rule open: connects."));
    lab.say(Message::Viewpoint(Source::Stranger));
    let page = picture(&lab);
    assert!(
        page.contains("Port 22, sshd: listens, no rule: times out. Open to")
            && page.contains("Try it from a stranger")
    );
    let _ = id;
}

#[test]
fn the_terminated_are_gone_and_the_stopped_are_marked() {
    let mut lab = Lab::new();
    let (one, two) = (lab.launch("one", 1), lab.launch("two", 1));
    lab.call(
        "TerminateInstances",
        json!({ "InstanceIds": [one.to_string()] }),
    );
    lab.call("StopInstances", json!({ "InstanceIds": [two.to_string()] }));
    lab.wait();
    let page = picture(&lab);
    assert!(
        !page.contains(&format!("data-spot=\"{one}\""))
            && page.contains("is-stopped")
            && page.contains("switched off")
    );
}

#[test]
fn many_are_chips_and_very_many_are_counted() {
    let mut lab = Lab::new();
    lab.launch("few", 1);
    let chips = lab.html(|| html! { <Many count={CARDS + 1} /> });
    assert_eq!(chips.matches("pic-chip-name").count(), CARDS + 1);
    let counted = lab.html(|| html! { <Many count={1_000} /> });
    assert!(
        counted.contains("1000")
            && counted.contains("Running in default")
            && counted.contains("Filter 1000 instances")
    );
    // Of those that are counted, only the selected one is drawn.
    assert_eq!(counted.matches("pic-chip-name").count(), 1);
    const { assert!(CHIPS < 1_000) };
}

#[derive(Properties, PartialEq)]
struct ManyProps {
    count: usize,
}

#[component]
fn Many(props: &ManyProps) -> Html {
    let app = crate::app::use_app();
    let one = scene(&app).unwrap().vpcs[0].zones[0].subnets[0].instances[0].clone();
    let mut cards = vec![
        super::scene::Card {
            selected: false,
            ..one
        };
        props.count
    ];
    cards[0].selected = true;
    html! { <super::crowd::Crowd id="subnet-1" {cards} always={Vec::new()} /> }
}

#[test]
fn a_packet_that_is_dropped_ends_at_the_tab_of_the_group() {
    let mut lab = Lab::new();
    let id = lab.launch("web-1", 1);
    lab.ssh(id);
    let attempt = lab.0.attempt.clone().unwrap();
    let region = lab.0.region().unwrap();
    let stops = stops(region, &attempt);
    assert_eq!(stops.len(), attempt.trace.hops.len());
    assert_eq!(stops[0].names, ["laptop"]);
    let last = deciding(region, &attempt).unwrap();
    assert_eq!((last.anchor, last.beside), (Anchor::Tab, Some(id)));
    assert!(last.names[0].starts_with(&format!("{id}-sg-")));
    // A walk that has not begun stands at its end: the box is framed, the buttons are there.
    let page = picture(&lab);
    assert!(
        page.contains("is-deciding")
            && page.contains("id=\"packet-step\"")
            && page.contains("ssh waits")
    );
}

#[test]
fn the_answer_meets_the_gates_in_the_opposite_order() {
    let mut lab = Lab::new();
    let (one, two) = (lab.launch("one", 1), lab.launch("two", 1));
    lab.open(22, "172.31.0.0/16");
    let client = Client::Ssh {
        user: Some("ec2-user".to_owned()),
        key: Some("lab-key".to_owned()),
    };
    lab.say(Message::Connect(Probe {
        source: Source::Instance(one),
        target: Target::Instance(two),
        client,
        ..Probe::default()
    }));
    let attempt = lab.0.attempt.clone().unwrap();
    let owners: Vec<_> = stops(lab.0.region().unwrap(), &attempt)
        .iter()
        .map(|stop| stop.beside)
        .collect();
    assert_eq!(owners.first(), Some(&Some(one)));
    assert_eq!(owners.last(), Some(&Some(one)));
    assert!(owners.contains(&Some(two)));
    assert!(!picture(&lab).contains("is-deciding"));
}

#[test]
fn an_instance_behind_its_name_is_found_by_its_address() {
    let mut lab = Lab::new();
    let id = lab.launch("web-1", 1);
    let region = lab.0.region().unwrap();
    let ip = region
        .primary_interface(region.instances.get(&id).unwrap())
        .unwrap()
        .public_ip()
        .unwrap();
    lab.say(Message::Connect(Probe {
        target: Target::Address(ip),
        client: Client::Http,
        ..Probe::default()
    }));
    let attempt = lab.0.attempt.clone().unwrap();
    assert_eq!(
        super::target_of(lab.0.region().unwrap(), &attempt),
        Some(id)
    );
}

#[test]
fn the_list_says_the_same() {
    let mut lab = Lab::new();
    let id = lab.launch("web-1", 1);
    lab.say(Message::Select(Some(Selected::Instance(id))));
    let page = lab.html(|| html! { <Twin /> });
    assert!(page.contains("Your laptop") || page.contains("your laptop"));
    assert!(
        page.contains("Port 22, sshd: listens, no rule: times out.") && !page.contains("Try it")
    );
    assert!(page.contains("us-east-1f") && page.contains(": empty"));
}

#[component]
fn Twin() -> Html {
    let app = crate::app::use_app();
    let scene = scene(&app).unwrap();
    html! { <><super::list::ListTwin {scene} seen_from="your laptop" /><Plug kind={PlugKind::Open} /></> }
}
