//! The page's own sentences about what happened.

use crate::route::{Route, Section};
use crate::state::{AppState, Attempt, Message, NoticeAction};
use ec2_lab_cli::configure::profile_of;
use ec2_lab_course::journal::{Action, Entry};
use ec2_lab_engine::ids::AccountId;
use ec2_lab_engine::network::{Call, Client, Source};
use ec2_lab_engine::resources::instance::InstanceState;
use ec2_lab_engine::{Caller, Event, HOME_ACCOUNT, Instant, Value};

/// `2 min 7 s`, `24 ms`.
#[must_use]
pub fn duration(milliseconds: u64) -> String {
    let seconds = milliseconds / 1_000;
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0) => format!("{milliseconds} ms"),
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// `Day 1, 09:41`, counted from the world's first day.
#[must_use]
pub fn clock(now: Instant) -> String {
    let day = now.since(Instant(Instant::START.0 / 86_400_000 * 86_400_000)) / 86_400_000 + 1;
    let (.., hour, minute, _) = now.civil();
    format!("Day {day}, {hour:02}:{minute:02}")
}

/// A state as the console writes it: `Running`, `Shutting-down`.
#[must_use]
pub fn state(state: InstanceState) -> &'static str {
    match state {
        InstanceState::Pending => "Pending",
        InstanceState::Running => "Running",
        InstanceState::Stopping => "Stopping",
        InstanceState::Stopped => "Stopped",
        InstanceState::ShuttingDown => "Shutting-down",
        InstanceState::Terminated => "Terminated",
    }
}

/// What is said after a successful call.
#[must_use]
pub fn success(operation: &str, input: &Value, answer: &Value) -> String {
    let text = |pointer: &str| {
        input
            .pointer(pointer)
            .or_else(|| answer.pointer(pointer))
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let count = |pointer: &str| {
        answer
            .pointer(pointer)
            .and_then(Value::as_array)
            .map_or(0, Vec::len)
    };
    match operation {
        "RunInstances" => match count("/Instances") {
            1 => format!("Launched instance {}.", text("/Instances/0/InstanceId")),
            many => format!("Launched {many} instances."),
        },
        "StartInstances" => format!("Starting {}.", ids(input)),
        "StopInstances" => format!("Stopping {}.", ids(input)),
        "RebootInstances" => format!("Rebooting {}.", ids(input)),
        "TerminateInstances" => format!("Terminating {}.", ids(input)),
        "CreateSecurityGroup" => format!("Created security group {}.", text("/GroupName")),
        "DeleteSecurityGroup" => "Deleted the security group.".to_owned(),
        "AuthorizeSecurityGroupIngress" => "Added the inbound rule.".to_owned(),
        "AuthorizeSecurityGroupEgress" => "Added the outbound rule.".to_owned(),
        "RevokeSecurityGroupIngress" => "Removed the inbound rule.".to_owned(),
        "RevokeSecurityGroupEgress" => "Removed the outbound rule.".to_owned(),
        "CreateKeyPair" => format!(
            "Created key pair {}. Your laptop has the private key.",
            text("/KeyName")
        ),
        "DeleteKeyPair" => {
            "Deleted the key pair. Instances keep the key that they were launched with.".to_owned()
        }
        "CreatePlacementGroup" => format!("Created placement group {}.", text("/GroupName")),
        "DeletePlacementGroup" => format!("Deleted placement group {}.", text("/GroupName")),
        "AllocateAddress" => format!("Allocated {}.", text("/PublicIp")),
        "ReleaseAddress" => "Released the address.".to_owned(),
        "AssociateAddress" => "Associated the address.".to_owned(),
        "DisassociateAddress" => "Disassociated the address.".to_owned(),
        "CreateKey" => "Created the key.".to_owned(),
        "PutKeyPolicy" => "The key has its new policy.".to_owned(),
        "CreateGrant" => "Created the grant.".to_owned(),
        "RevokeGrant" => "Revoked the grant.".to_owned(),
        "EnableKey" => "The key can be used again.".to_owned(),
        "DisableKey" => "The key is disabled. What runs goes on; what starts needs it.".to_owned(),
        "ScheduleKeyDeletion" => "The key waits to be deleted, and cannot be used.".to_owned(),
        "CancelKeyDeletion" => "The key stays. It is disabled until you enable it.".to_owned(),
        "ModifyImageAttribute" => "Changed who may launch the image.".to_owned(),
        "ModifySnapshotAttribute" => "Changed who may read the snapshot.".to_owned(),
        "StartService" => format!("Started {}.", text("/Name")),
        "StopService" => format!("Stopped {}.", text("/Name")),
        "PutFirewall" => "Changed the firewall inside the machine.".to_owned(),
        _ => format!("{operation} succeeded."),
    }
}

fn ids(input: &Value) -> String {
    let list = input
        .get("InstanceIds")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    match list {
        [one] => one.as_str().unwrap_or_default().to_owned(),
        many => format!("{} instances", many.len()),
    }
}

/// What a learner wants next after some calls: words and a button.
#[must_use]
pub fn next_step(
    app: &AppState,
    operation: &str,
    answer: &Value,
) -> Option<(Vec<String>, Option<NoticeAction>)> {
    match operation {
        "RunInstances" => Some((
            vec!["It is pending, then it boots. The clock runs at the top; you need not wait for it.".to_owned()],
            Some(NoticeAction { text: "Skip to the next event".to_owned(), message: Box::new(Message::ToNextEvent) }),
        )),
        "CreateSecurityGroup" => {
            let id = answer.get("GroupId").and_then(Value::as_str).and_then(ec2_lab_engine::ids::ResourceId::parse)?;
            app.region()?.security_groups.get(&id)?;
            Some((vec!["It lets nothing in yet, and everything out.".to_owned()], None))
        }
        "CreateKeyPair" => Some((
            vec!["AWS keeps only the public half.".to_owned()],
            Some(NoticeAction { text: "Launch an instance".to_owned(), message: Box::new(Message::Go(Route::Launch)) }),
        )),
        "CreatePlacementGroup" => Some((
            vec!["Choose it under Advanced details when you launch.".to_owned()],
            Some(NoticeAction { text: "See the racks".to_owned(), message: Box::new(Message::Go(Route::Lab(Section::PlacementGroups))) }),
        )),
        _ => None,
    }
}

/// What happened, for a screen reader.
#[must_use]
pub fn events(app: &AppState, events: &[Event]) -> String {
    let label = |id| {
        app.region()
            .and_then(|region| region.instances.get(id))
            .map_or_else(|| id.to_string(), |row| row.label())
    };
    let said: Vec<String> = events
        .iter()
        .map(|event| match event {
            Event::InstanceStateChanged { instance, to, .. } => {
                format!("{} is {}", label(instance), to.as_str())
            }
            Event::GuestBooted { instance } => format!("{} has booted", label(instance)),
            Event::ServiceStarted { instance, service } => {
                format!("{service} listens on {}", label(instance))
            }
            Event::ServiceStopped { instance, service } => {
                format!("{service} stopped on {}", label(instance))
            }
            Event::UserDataFinished {
                instance,
                failed: false,
            } => format!("user data of {} has finished", label(instance)),
            Event::UserDataFinished {
                instance,
                failed: true,
            } => format!("user data of {} has failed", label(instance)),
            Event::VolumeFailed {
                volume,
                what,
                cause,
            } => {
                format!("{what} of {volume} failed: {cause}")
            }
            Event::SnapshotEnded {
                snapshot,
                failed: false,
            } => format!("{snapshot} is completed"),
            Event::SnapshotEnded { snapshot, .. } => format!("{snapshot} has failed"),
            Event::ImageEnded {
                image,
                failed: false,
            } => format!("{image} is available"),
            Event::ImageEnded { image, .. } => format!("{image} has failed"),
            Event::SecurityGroupChanged { group } => format!("{group} changed"),
        })
        .collect();
    if said.is_empty() {
        "nothing to see".to_owned()
    } else {
        said.join(", ")
    }
}

/// An account as one calls it: `Partner 2222-3333-4444`.
#[must_use]
pub fn account(id: AccountId) -> String {
    let digits = id.to_string();
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let name = if id == HOME_ACCOUNT {
        "Yours"
    } else {
        "Partner"
    };
    format!("{name} {}-{}-{}", part(0, 4), part(4, 8), part(8, 12))
}

/// The command that equals a call, for somebody who is here: with profile and Region where the call goes elsewhere.
#[must_use]
pub fn line(call: &Call, here: &Caller) -> String {
    let mut line = ec2_lab_cli::render(call.operation, &call.input);
    if call.caller.region != here.region {
        line.push_str(&format!(" --region {}", call.caller.region));
    }
    if call.caller.account != here.account || call.caller.account != HOME_ACCOUNT {
        let profile = profile_of(&call.caller.account.to_string());
        line.push_str(&format!(" --profile {profile}"));
    }
    line
}

/// The command that the client would be started with.
#[must_use]
pub fn client_line(attempt: &Attempt) -> String {
    let host = &attempt.trace.host;
    let port = attempt.probe.wire_port().unwrap_or(0);
    let line = match &attempt.probe.client {
        Client::Ssh { user, key } => {
            let key = key
                .as_deref()
                .map_or(String::new(), |key| format!("-i {key}.pem "));
            let user = user
                .as_deref()
                .map_or(String::new(), |user| format!("{user}@"));
            let port = if port == 22 {
                String::new()
            } else {
                format!("-p {port} ")
            };
            format!("ssh {key}{port}{user}{host}")
        }
        Client::Http if port == 80 => format!("curl http://{host}/"),
        Client::Http => format!("curl http://{host}:{port}/"),
        Client::Https if port == 443 => format!("curl https://{host}/"),
        Client::Https => format!("curl https://{host}:{port}/"),
        Client::Rdp => format!("mstsc /v:{host}"),
        Client::Ping => format!("ping -c 4 {host}"),
        Client::Nc => format!("nc -zv {host} {port}"),
    };
    match attempt.probe.source {
        Source::Laptop => line,
        Source::Stranger => format!("{line}   # a stranger"),
        Source::Instance(id) => format!("{line}   # on {id}"),
    }
}

/// The journal as a script that the real AWS CLI would accept. The lab's own steps stay as remarks.
#[must_use]
pub fn script(journal: &[Entry]) -> String {
    let mut lines = vec![
        "#!/usr/bin/env bash".to_owned(),
        "# What was done in EC2 Lab, as AWS CLI commands. Ids are those of the lab: AWS gives others.".to_owned(),
        "set -euo pipefail".to_owned(),
    ];
    for entry in journal {
        if let Action::Execute {
            account,
            region,
            operation,
            input,
        } = &entry.action
        {
            let line = ec2_lab_cli::render(operation, input);
            if line.starts_with("aws ") {
                let profile = account
                    .as_deref()
                    .map(|account| format!(" --profile {}", profile_of(account)));
                lines.push(format!(
                    "{line} --region {region}{}",
                    profile.unwrap_or_default()
                ));
            } else {
                lines.extend(line.lines().map(|line| format!("# in the lab: {line}")));
            }
        }
    }
    lines.push(String::new());
    lines.join("\n")
}
