//! Connect and its verdict, rendered as a server would.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::choice::{Draft, Kind, OTHER};
use super::{Connect, Verdict};
use crate::state::{Message, Selected};
use crate::ui::topology::tests::Lab;
use ec2_lab_engine::json::json;
use ec2_lab_engine::network::{Client, Probe, Source, Target};
use yew::prelude::*;

fn verdict(lab: &Lab) -> String {
    lab.html(|| html! { <Verdict /> })
}

fn form(lab: &Lab) -> String {
    lab.html(|| html! { <Connect /> })
}

fn draft(change: impl Fn(&mut Draft)) -> Draft {
    let mut draft = Draft::default();
    change(&mut draft);
    draft
}

#[test]
fn nothing_is_said_before_the_first_attempt() {
    assert_eq!(verdict(&Lab::new()), "");
}

#[test]
fn an_empty_account_has_nothing_to_connect_to() {
    let page = form(&Lab::new());
    assert!(page.contains("id=\"connect-go\"") && page.contains("Launch an instance first"));
}

#[test]
fn the_form_follows_the_selected_instance() {
    let mut lab = Lab::new();
    let (one, two) = (lab.launch("one", 1), lab.launch("two", 1));
    lab.say(Message::Select(None));
    assert_eq!(Draft::default().to(&lab.0), one.to_string());
    lab.say(Message::Select(Some(Selected::Instance(two))));
    let probe = Draft::default().probe(&lab.0).unwrap();
    assert_eq!(probe.target, Target::Instance(two));
    assert_eq!(
        probe.client,
        Client::Ssh {
            user: Some("ec2-user".to_owned()),
            key: Some("lab-key".to_owned())
        }
    );
    let page = form(&lab);
    assert!(
        page.contains("value=\"ec2-user\"")
            && page.contains("lab-key")
            && !page.contains("connect-port")
    );
}

#[test]
fn a_port_is_validated_beside_its_field() {
    let mut lab = Lab::new();
    lab.launch("one", 1);
    for (text, good) in [
        ("8080", true),
        ("0", false),
        ("65536", false),
        ("-1", false),
        ("", false),
        ("http", false),
        (" 80 ", true),
    ] {
        let draft = draft(|draft| {
            draft.kind = Some(Kind::Tcp);
            draft.port = Some(text.to_owned());
        });
        assert_eq!(draft.probe(&lab.0).is_some(), good, "{text}");
        assert_eq!(draft.wrong(&lab.0).port.is_none(), good, "{text}");
    }
}

#[test]
fn another_address_is_an_address_or_a_name() {
    let lab = Lab::new();
    let to = |text: &str| {
        draft(|draft| {
            draft.to = Some(OTHER.to_owned());
            draft.other = text.to_owned();
        })
    };
    assert_eq!(
        to("198.18.0.9").probe(&lab.0).unwrap().target,
        Target::Address("198.18.0.9".parse().unwrap())
    );
    assert_eq!(
        to("no.such.name").probe(&lab.0).unwrap().target,
        Target::Name("no.such.name".to_owned())
    );
    assert!(to("  ").probe(&lab.0).is_none());
    assert!(
        to("").wrong(&lab.0).other.is_none(),
        "an empty field is no error before the button was pressed"
    );
}

#[test]
fn timed_out_says_why_and_what_would_fix_it() {
    let mut lab = Lab::new();
    let id = lab.launch("web-1", 1);
    lab.ssh(id);
    let page = verdict(&lab);
    assert!(
        page.contains("Connection timed out")
            && page.contains("data-verdict=\"timed-out\"")
            && page.contains("Silence")
    );
    assert!(
        page.contains("2 min 7 s")
            && page.contains("ENI_SG_RULES_MISMATCH")
            && page.contains("aria-current=\"step\"")
    );
    assert!(page.contains("id=\"fix-apply-0\"") && page.contains("203.0.113.7/32"));
    assert!(page.contains("opens it to the whole internet") && page.contains("is-risky"));
    assert!(page.contains("authorize-security-group-ingress"));
    assert!(page.contains("sshd on web-1 would have answered"));
    assert!(
        page.contains("Connection timed out</div>"),
        "the terminal's own words"
    );
}

#[test]
fn refused_is_another_thing_than_timed_out() {
    let mut lab = Lab::new();
    let id = lab.launch("web-1", 1);
    lab.open(80, "0.0.0.0/0");
    lab.say(Message::Connect(Probe {
        target: Target::Instance(id),
        client: Client::Http,
        ..Probe::default()
    }));
    let page = verdict(&lab);
    assert!(
        page.contains("Connection refused")
            && page.contains("is-warning")
            && page.contains("the machine itself said no")
    );
    assert!(page.contains("NO_LISTENER") && page.contains("Start httpd on web-1"));
    assert!(page.contains("The answer, on its way back"));
}

#[test]
fn connected_says_what_made_it_work_and_what_it_costs() {
    let mut lab = Lab::new();
    let id = lab.launch("web-1", 1);
    lab.open(22, "0.0.0.0/0");
    lab.ssh(id);
    let page = verdict(&lab);
    assert!(
        page.contains("What made it work")
            && page.contains("is-success")
            && !page.contains("fix-apply")
    );
    assert!(page.contains("knock on a login"));
}

#[test]
fn a_fix_that_only_gets_further_says_what_comes_next() {
    let mut lab = Lab::new();
    let id = lab.launch("web-1", 1);
    lab.say(Message::Connect(Probe {
        target: Target::Instance(id),
        client: Client::Http,
        ..Probe::default()
    }));
    let page = verdict(&lab);
    assert!(
        page.contains("Gets further")
            && page.contains("Then: connection refused, because nothing listens on the port")
    );
    assert!(page.contains("Even without this, nothing listens on the port"));
}

#[test]
fn the_whole_way_from_silence_to_success_by_fixes() {
    let mut lab = Lab::new();
    let id = lab.launch("web-1", 1);
    lab.say(Message::Connect(Probe {
        target: Target::Instance(id),
        client: Client::Http,
        ..Probe::default()
    }));
    lab.say(Message::ApplyFix(0));
    assert!(verdict(&lab).contains("data-verdict=\"refused\""));
    lab.say(Message::ApplyFix(0));
    assert!(verdict(&lab).contains("data-verdict=\"connected\""));
}

#[test]
fn permission_denied_and_unknown_host_are_told_apart() {
    let mut lab = Lab::new();
    let id = lab.launch("web-1", 1);
    lab.open(22, "203.0.113.7/32");
    let client = Client::Ssh {
        user: Some("ubuntu".to_owned()),
        key: Some("lab-key".to_owned()),
    };
    lab.say(Message::Connect(Probe {
        target: Target::Instance(id),
        client,
        ..Probe::default()
    }));
    let page = verdict(&lab);
    assert!(
        page.contains("Permission denied")
            && page.contains("SSH_USER_UNKNOWN")
            && page.contains("Do that")
    );
    lab.say(Message::Connect(Probe {
        target: Target::Name("nobody.example".to_owned()),
        ..Probe::default()
    }));
    let page = verdict(&lab);
    assert!(
        page.contains("Unknown host")
            && page.contains("Check the spelling")
            && !page.contains("fix-apply")
    );
}

#[test]
fn who_tries_must_be_up() {
    let mut lab = Lab::new();
    let id = lab.launch("web-1", 1);
    lab.say(Message::Viewpoint(Source::Instance(id)));
    assert!(Draft::default().wrong(&lab.0).from.is_none());
    lab.call("StopInstances", json!({ "InstanceIds": [id.to_string()] }));
    lab.wait();
    assert!(
        Draft::default().wrong(&lab.0).from.is_some() && Draft::default().probe(&lab.0).is_none()
    );
}
