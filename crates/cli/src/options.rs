//! The options of one operation: its members, and the client's own additions for EC2.

use crate::names::kebab;
use crate::shapes::{Kind, Member, Type, table};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How many words an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// None: a flag.
    Nothing,
    /// Exactly one.
    One,
    /// One or none.
    AtMostOne,
    /// Any number, up to the next option.
    Many,
}

/// What an option sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sets {
    /// An input member, by its type.
    Member(Member),
    /// A boolean input member: `--ebs-optimized`, `--no-ebs-optimized`.
    Flag(Member, bool),
    /// A structure with one boolean, `Value`: `--source-dest-check`, `--no-source-dest-check`.
    Wrapped(Member, bool),
    /// One of the client's own.
    Client(Client),
}

/// Options that the client has and the API has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the option of that name")]
pub enum Client {
    CliInputJson,
    GenerateCliSkeleton,
    StartingToken,
    PageSize,
    MaxItems,
    Count,
    Protocol,
    Port,
    Cidr,
    SourceGroup,
    GroupOwner,
    SecondaryPrivateIpAddresses,
    SecondaryPrivateIpAddressCount,
    AssociatePublicIpAddress(bool),
    PrivLaunchKey,
}

/// One option of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    /// The name without the two dashes.
    pub name: String,
    /// What it sets.
    pub sets: Sets,
    /// How many words follow it.
    pub takes: Takes,
    /// Whether the client refuses the command without it.
    pub required: bool,
    /// Whether help and completion leave it out: it works, but another option has taken its place.
    pub hidden: bool,
}

impl Opt {
    fn new(name: impl Into<String>, sets: Sets, takes: Takes) -> Self {
        Opt {
            name: name.into(),
            sets,
            takes,
            required: false,
            hidden: false,
        }
    }

    /// The type of the value, as the table has it.
    pub fn of(&self) -> Type {
        match self.sets {
            Sets::Member(member) | Sets::Flag(member, _) | Sets::Wrapped(member, _) => member.of,
            Sets::Client(_) => Type::STRING,
        }
    }
}

thread_local! {
    /// What was read from the table before.
    static READ: RefCell<BTreeMap<String, Rc<[Opt]>>> = const { RefCell::new(BTreeMap::new()) };
}

/// All options of `operation`, in the client's order; `None` if the table has no such operation.
pub fn options(operation: &str) -> Option<Rc<[Opt]>> {
    if let Some(known) = READ.with_borrow(|read| read.get(operation).cloned()) {
        return Some(known);
    }
    let options: Rc<[Opt]> = read(operation)?.into();
    READ.with_borrow_mut(|read| read.insert(operation.to_owned(), Rc::clone(&options)));
    Some(options)
}

fn read(operation: &str) -> Option<Vec<Opt>> {
    let mut all = Vec::new();
    for member in table().input(operation)? {
        add_member(&mut all, operation, member);
    }
    let client = |name: &str, what: Client, takes: Takes| Opt::new(name, Sets::Client(what), takes);
    match operation {
        "RunInstances" => {
            all.retain(|option| option.name != "min-count" && option.name != "max-count");
            all.extend([
                client("count", Client::Count, Takes::One),
                client(
                    "secondary-private-ip-addresses",
                    Client::SecondaryPrivateIpAddresses,
                    Takes::Many,
                ),
                client(
                    "secondary-private-ip-address-count",
                    Client::SecondaryPrivateIpAddressCount,
                    Takes::One,
                ),
                client(
                    "associate-public-ip-address",
                    Client::AssociatePublicIpAddress(true),
                    Takes::Nothing,
                ),
                client(
                    "no-associate-public-ip-address",
                    Client::AssociatePublicIpAddress(false),
                    Takes::Nothing,
                ),
            ]);
        }
        "GetPasswordData" => all.push(client("priv-launch-key", Client::PrivLaunchKey, Takes::One)),
        _ if security_group_rules(operation) => {
            let replaced = [
                "ip-protocol",
                "from-port",
                "to-port",
                "cidr-ip",
                "source-security-group-name",
                "source-security-group-owner-id",
            ];
            all.iter_mut()
                .for_each(|o| o.hidden |= replaced.contains(&o.name.as_str()));
            all.extend([
                client("protocol", Client::Protocol, Takes::One),
                client("port", Client::Port, Takes::One),
                client("cidr", Client::Cidr, Takes::One),
                client("source-group", Client::SourceGroup, Takes::One),
                client("group-owner", Client::GroupOwner, Takes::One),
            ]);
        }
        _ => {}
    }
    if let Some(pages) = table().pages(operation) {
        let limit = pages.limit.map(kebab);
        all.iter_mut()
            .for_each(|o| o.hidden |= o.name == "next-token" || Some(&o.name) == limit.as_ref());
        all.push(client("starting-token", Client::StartingToken, Takes::One));
        if pages.limit.is_some() {
            all.push(client("page-size", Client::PageSize, Takes::One));
        }
        all.push(client("max-items", Client::MaxItems, Takes::One));
    }
    all.push(client("cli-input-json", Client::CliInputJson, Takes::One));
    all.push(client(
        "generate-cli-skeleton",
        Client::GenerateCliSkeleton,
        Takes::AtMostOne,
    ));
    Some(all)
}

/// The four operations whose rules the client also takes as single words.
pub(crate) fn security_group_rules(operation: &str) -> bool {
    matches!(
        operation,
        "AuthorizeSecurityGroupIngress"
            | "AuthorizeSecurityGroupEgress"
            | "RevokeSecurityGroupIngress"
            | "RevokeSecurityGroupEgress"
    )
}

fn add_member(all: &mut Vec<Opt>, operation: &str, member: Member) {
    let name = kebab(member.name);
    let no = no_name(operation, &name);
    let mut add = |mut option: Opt| {
        option.required = member.required;
        all.push(option);
    };
    match member.of.kind() {
        Kind::Boolean => {
            add(Opt::new(name, Sets::Flag(member, true), Takes::Nothing));
            add(Opt::new(no, Sets::Flag(member, false), Takes::Nothing));
        }
        Kind::Structure(parts) if is_wrapped_boolean(&parts) => {
            add(Opt::new(
                name,
                Sets::Wrapped(member, true),
                Takes::AtMostOne,
            ));
            add(Opt::new(no, Sets::Wrapped(member, false), Takes::Nothing));
        }
        Kind::List { .. } => add(Opt::new(name, Sets::Member(member), Takes::Many)),
        _ => add(Opt::new(name, Sets::Member(member), Takes::One)),
    }
}

/// The option that sets a boolean to false; the client renames three of them.
fn no_name(operation: &str, name: &str) -> String {
    match (operation, name) {
        ("CreateImage", "no-reboot") => "reboot".to_owned(),
        (_, "egress") => "ingress".to_owned(),
        (_, "disable-api-termination") => "enable-api-termination".to_owned(),
        _ => format!("no-{name}"),
    }
}

fn is_wrapped_boolean(parts: &[Member]) -> bool {
    matches!(parts, [only] if only.name == "Value" && only.of.kind() == Kind::Boolean)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn option(operation: &str, name: &str) -> Option<Opt> {
        options(operation)
            .unwrap()
            .iter()
            .find(|o| o.name == name)
            .cloned()
    }

    #[test]
    fn the_clients_changes_are_there() {
        assert!(option("RunInstances", "min-count").is_none());
        assert!(option("RunInstances", "count").is_some());
        assert!(option("RunInstances", "associate-public-ip-address").is_some());
        assert!(option("AuthorizeSecurityGroupIngress", "cidr").is_some());
        assert!(
            option("AuthorizeSecurityGroupIngress", "cidr-ip")
                .unwrap()
                .hidden
        );
        assert!(option("CreateNetworkAclEntry", "ingress").is_some());
        assert!(option("CreateImage", "reboot").is_some());
        assert_eq!(
            option("ModifyInstanceAttribute", "source-dest-check")
                .unwrap()
                .takes,
            Takes::AtMostOne
        );
        assert!(option("DescribeInstances", "page-size").is_some());
        assert!(option("DescribeRegions", "page-size").is_none());
        assert!(
            option("TerminateInstances", "instance-ids")
                .unwrap()
                .required
        );
    }

    #[test]
    fn no_operation_has_an_option_twice() {
        for command in table().commands() {
            let mut names: Vec<String> = options(table().operation_of(command).unwrap())
                .unwrap()
                .iter()
                .map(|o| o.name.clone())
                .collect();
            let count = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), count, "{command}");
        }
    }
}
