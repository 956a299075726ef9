//! The verdicts and causes in words for somebody who meets them for the first time.

use crate::ui::components::IconName;
use ec2_lab_engine::network::{Client, Decision, Verdict};

/// The headline.
#[must_use]
pub fn headline(verdict: Verdict, client: &Client) -> &'static str {
    match (verdict, client) {
        (Verdict::Connected, Client::Ping) => "Ping answered",
        (Verdict::Connected, _) => "Connected",
        (Verdict::Refused, _) => "Connection refused",
        (Verdict::TimedOut, Client::Ping) => "No answer to the ping",
        (Verdict::TimedOut, _) => "Connection timed out",
        (Verdict::NoRoute, _) => "No route to host",
        (Verdict::PermissionDenied, _) => "Permission denied",
        (Verdict::UnknownHost, _) => "Unknown host",
        (Verdict::Http(502), _) => "502 Bad Gateway",
        (Verdict::Http(503), _) => "503 Service Unavailable",
        (Verdict::Http(_), _) => "504 Gateway Time-out",
    }
}

/// What the verdict teaches, whatever caused it.
#[must_use]
pub fn lesson(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Connected => {
            "The way in, somebody who listens, the way back: all three are needed, and all three are there."
        }
        Verdict::Refused => {
            "An answer: the machine itself said no. The packet got through every rule; look at what runs inside."
        }
        Verdict::TimedOut => {
            "Silence: nobody answered. The packet was lost on the way, or the machine is not awake. Look at rules, routes and addresses first."
        }
        Verdict::NoRoute => {
            "An answer: a firewall inside the machine said that it is prohibited. The rules of AWS let the packet through."
        }
        Verdict::PermissionDenied => {
            "An answer from sshd itself: the network is fine. The user or the key is not the right one."
        }
        Verdict::Http(_) => {
            "An answer from the load balancer itself: the way to it is fine. It got nothing from a target; look behind it."
        }
        Verdict::UnknownHost => {
            "No packet was sent: the name has no address. Look at the name, not at rules."
        }
    }
}

/// The class of the verdict's colour.
#[must_use]
pub fn tone(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Connected => "is-success",
        Verdict::TimedOut | Verdict::UnknownHost => "is-error",
        Verdict::Refused | Verdict::NoRoute | Verdict::PermissionDenied | Verdict::Http(_) => {
            "is-warning"
        }
    }
}

/// A shape for it, so that verdicts differ without colour.
#[must_use]
pub fn icon(verdict: Verdict) -> IconName {
    match verdict {
        Verdict::Connected => IconName::StatusSuccess,
        Verdict::Refused => IconName::StatusError,
        Verdict::TimedOut => IconName::Clock,
        Verdict::NoRoute => IconName::Shield,
        Verdict::PermissionDenied => IconName::Lock,
        Verdict::UnknownHost => IconName::Help,
        Verdict::Http(_) => IconName::StatusError,
    }
}

/// An icon and a word for what a hop did.
#[must_use]
pub fn decision(decision: Decision) -> (IconName, &'static str) {
    match decision {
        Decision::Passed => (IconName::Check, "passed"),
        Decision::Dropped => (IconName::Close, "dropped"),
        Decision::Rejected => (IconName::Undo, "rejected"),
        Decision::Answered => (IconName::StatusSuccess, "answered"),
    }
}

/// A cause in words, by its code.
#[must_use]
pub fn cause(code: &str) -> &'static str {
    match code {
        "ENI_SG_RULES_MISMATCH" => "no rule of the security groups matches",
        "SUBNET_ACL_RESTRICTION" => "the network ACL denies it",
        "NO_ROUTE_TO_DESTINATION" => "the route table knows no way",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_INGRESS" | "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS" => {
            "the instance has no public address"
        }
        "IGW_NOT_ATTACHED" => "the VPC has no internet gateway",
        "ROUTE_BLACKHOLE" => "the route leads to something that is gone",
        "ANSWER_ASTRAY" => "the answer takes another way than the packet came",
        "NAT_GATEWAY_NOT_AVAILABLE" => "the NAT gateway is not available",
        "NAT_GATEWAY_PRIVATE" => "the NAT gateway has no public address",
        "ELB_PROVISIONING" => "the load balancer is not active yet",
        "ELB_LISTENER_PORT_RESTRICTION" => "the load balancer has no listener on this port",
        "ELB_NO_TARGETS" => "the target group has nobody to send a request to",
        "PEERING_NOT_ACTIVE" => "the peering connection is not active",
        "PEERING_NOT_TRANSITIVE" => "a peering connection leads no further than its two VPCs",
        "ENI_SOURCE_DEST_CHECK_RESTRICTION" => "the interface takes only what is meant for it",
        "NOT_FORWARDING" => "the machine passes nothing on",
        "PRIVATE_ADDRESS" => "the address is private",
        "ADDRESS_UNUSED" => "nobody has this address",
        "UNKNOWN_HOST" => "the name is nobody's",
        "HOST_STOPPED" => "the instance does not run",
        "BOOTING" => "the instance is still starting",
        "OS_FIREWALL_DROP" => "the firewall inside drops it",
        "OS_FIREWALL_REJECT" => "the firewall inside rejects it",
        "NO_LISTENER" => "nothing listens on the port",
        "SSH_USER_UNKNOWN" => "the user is unknown to the machine",
        "SSH_KEY_REJECTED" => "the key is not the instance's",
        _ => "something else is in the way",
    }
}

/// What to do where no single change of the lab helps.
#[must_use]
pub fn no_fix(code: &str) -> &'static str {
    match code {
        "UNKNOWN_HOST" => {
            "Check the spelling. Public DNS names of AWS hold the address: ec2-198-18-4-7.compute-1.amazonaws.com."
        }
        "ADDRESS_UNUSED" => {
            "Look the address up again: an instance that was stopped and started has another public address."
        }
        "PRIVATE_ADDRESS" => "Use the public address, or try from an instance of the same VPC.",
        "NO_LISTENER" => "This server is not yours: nothing you own changes what it listens on.",
        "PEERING_NOT_TRANSITIVE" => {
            "Peer the two VPCs with each other: what one of them can reach is not lent to the other."
        }
        "NAT_GATEWAY_PRIVATE" => {
            "Only a public NAT gateway, with an Elastic IP address, leads to the internet."
        }
        "IGW_NOT_ATTACHED" => "A VPC without an internet gateway is closed to the internet.",
        _ => "No single change was found that helps.",
    }
}

/// What a verdict is called within a sentence.
#[must_use]
pub fn short(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Connected => "it connects",
        Verdict::Refused => "connection refused",
        Verdict::TimedOut => "still a time-out",
        Verdict::NoRoute => "no route to host",
        Verdict::PermissionDenied => "permission denied",
        Verdict::UnknownHost => "unknown host",
        Verdict::Http(_) => "an error page of the load balancer",
    }
}
