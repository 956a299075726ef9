//! What the launch form holds: every answer as the learner gave it, and the page's first proposal for each.

use crate::state::AppState;
use ec2_lab_engine::Instant;
use ec2_lab_engine::catalogue::{self, Image, InstanceType};
use ec2_lab_engine::ids::{SecurityGroupId, SubnetId, VpcId};
use ec2_lab_engine::region::RegionState;
use std::rc::Rc;
use yew::Reducible;

/// The volume types that a launch can name without further numbers; `io1` and `io2` need a rate of operations as well.
pub const VOLUME_TYPES: [(&str, &str); 3] = [
    ("gp3", "gp3: General Purpose SSD"),
    ("gp2", "gp2: General Purpose SSD, earlier generation"),
    ("standard", "standard: Magnetic, earlier generation"),
];

/// Which key pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyChoice {
    /// One that is made in the same step.
    New,
    /// One that there is, by name.
    Existing(String),
    /// None: nobody can log in.
    None,
}

impl KeyChoice {
    /// The value in the select; a key pair can have any name, so names carry a mark.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            KeyChoice::New => "new".to_owned(),
            KeyChoice::None => "none".to_owned(),
            KeyChoice::Existing(name) => format!("key:{name}"),
        }
    }

    /// Reads [`KeyChoice::value`].
    #[must_use]
    pub fn parse(value: &str) -> Self {
        match value.strip_prefix("key:") {
            Some(name) => KeyChoice::Existing(name.to_owned()),
            None if value == "new" => KeyChoice::New,
            None => KeyChoice::None,
        }
    }
}

/// From where a rule lets the login in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admit {
    /// From nowhere: there is no rule.
    Nobody,
    /// From the learner's laptop.
    Laptop,
    /// From every IPv4 address.
    Anywhere,
}

impl Admit {
    /// The value in the select.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Admit::Nobody => "none",
            Admit::Laptop => "laptop",
            Admit::Anywhere => "anywhere",
        }
    }

    /// Reads [`Admit::value`].
    #[must_use]
    pub fn parse(value: &str) -> Self {
        match value {
            "laptop" => Admit::Laptop,
            "anywhere" => Admit::Anywhere,
            _ => Admit::Nobody,
        }
    }
}

/// The form. Texts are kept as typed; `None` and empty mean that AWS's own default holds.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct LaunchForm {
    pub name: String,
    /// Further tags: key and value.
    pub tags: Vec<(String, String)>,
    /// The image's name in the catalogue.
    pub image: &'static str,
    pub instance_type: String,
    pub key: KeyChoice,
    pub key_name: String,
    pub key_type: &'static str,
    pub vpc: Option<VpcId>,
    pub subnet: Option<SubnetId>,
    /// `None`: as the subnet says.
    pub public_ip: Option<bool>,
    /// Whether a group is made in the same step.
    pub create_group: bool,
    pub group_name: String,
    pub group_description: String,
    pub admit_login: Admit,
    pub admit_http: bool,
    pub admit_https: bool,
    pub groups: Vec<SecurityGroupId>,
    pub volume_size: String,
    pub volume_type: String,
    /// By name.
    pub placement_group: Option<String>,
    pub partition: String,
    /// The script as typed, before base64.
    pub user_data: String,
    pub termination_protection: bool,
    pub stop_protection: bool,
    pub shutdown_terminates: bool,
    /// `None`: as the image says.
    pub tokens_required: Option<bool>,
    pub detailed_monitoring: bool,
    pub count: String,
}

/// A change of the form.
pub struct Edit(Box<dyn FnOnce(&mut LaunchForm)>);

impl Edit {
    /// Changes the form by `change`.
    pub fn new(change: impl FnOnce(&mut LaunchForm) + 'static) -> Self {
        Edit(Box::new(change))
    }
}

impl Reducible for LaunchForm {
    type Action = Edit;

    fn reduce(self: Rc<Self>, Edit(change): Edit) -> Rc<Self> {
        let mut next = (*self).clone();
        change(&mut next);
        if next == *self { self } else { Rc::new(next) }
    }
}

impl LaunchForm {
    /// The first proposal in a Region: a small instance that nothing can reach yet.
    #[must_use]
    pub fn new(region: Option<&RegionState>, now: Instant) -> Self {
        let vpc =
            region.and_then(|region| region.default_vpc().or_else(|| region.vpcs.values().next()));
        let image = catalogue::image_by_key("al2023");
        let newest_key =
            region.and_then(|region| region.key_pairs.values().max_by_key(|key| key.serial));
        let group_name = free_name("launch-wizard", |name| {
            region
                .zip(vpc)
                .is_none_or(|(region, vpc)| region.group_by_name(vpc.id, name).is_none())
        });
        LaunchForm {
            name: String::new(),
            tags: Vec::new(),
            image: image.map_or("", |image| image.name),
            instance_type: default_type(image.map_or("x86_64", |image| image.architecture))
                .to_owned(),
            key: newest_key.map_or(KeyChoice::New, |key| KeyChoice::Existing(key.name.clone())),
            key_name: free_key_name(region),
            key_type: "rsa",
            vpc: vpc.map(|vpc| vpc.id),
            subnet: None,
            public_ip: None,
            create_group: true,
            group_description: format!("{group_name} created {}", stamp(now)),
            group_name,
            admit_login: Admit::Nobody,
            admit_http: false,
            admit_https: false,
            groups: Vec::new(),
            volume_size: image.map_or(8, |image| image.root_volume_gib).to_string(),
            volume_type: "gp3".to_owned(),
            placement_group: None,
            partition: String::new(),
            user_data: String::new(),
            termination_protection: false,
            stop_protection: false,
            shutdown_terminates: false,
            tokens_required: None,
            detailed_monitoring: false,
            count: "1".to_owned(),
        }
    }

    /// The first proposal in the Region in sight.
    #[must_use]
    pub fn proposed(app: &AppState) -> Self {
        LaunchForm::new(app.region(), app.clock())
    }

    /// The image's facts.
    #[must_use]
    pub fn image(&self) -> Option<&'static Image> {
        catalogue::images().find(|image| image.name == self.image)
    }

    /// The type's facts, if there is such a type.
    #[must_use]
    pub fn kind(&self) -> Option<&'static InstanceType> {
        catalogue::instance_type(self.instance_type.trim())
    }

    /// Takes another image, and with it what only the old one allowed.
    pub fn choose_image(&mut self, name: &str) {
        let Some(image) = catalogue::images().find(|image| image.name == name) else {
            return;
        };
        let old_size = self.image().map(|old| old.root_volume_gib.to_string());
        if old_size.as_deref() == Some(self.volume_size.trim()) {
            self.volume_size = image.root_volume_gib.to_string();
        }
        if self
            .kind()
            .is_some_and(|kind| !kind.architectures.contains(&image.architecture))
        {
            self.instance_type = default_type(image.architecture).to_owned();
        }
        self.image = image.name;
    }

    /// What one instance costs an hour, in US dollars.
    #[must_use]
    pub fn price(&self, region: &str) -> Option<f64> {
        self.kind()?
            .price(region, self.image().is_some_and(|image| image.windows))
    }

    /// The script that makes the instance a web server; `None` where the lab has none for the image.
    #[must_use]
    pub fn example_script(&self) -> Option<String> {
        let image = self.image()?;
        let (install, unit) = match image.package_manager {
            "dnf" | "yum" => (
                format!("{} install -y httpd", image.package_manager),
                "httpd",
            ),
            "apt" => (
                "apt-get update && apt-get install -y apache2".to_owned(),
                "apache2",
            ),
            "zypper" => ("zypper install -y apache2".to_owned(), "apache2"),
            _ => return None,
        };
        Some(format!(
            "#!/bin/bash\n{install}\nsystemctl enable --now {unit}\necho 'Hello from EC2' > /var/www/html/index.html\n"
        ))
    }
}

/// The type that is proposed for an architecture: the smallest of the free tier, where there is one.
#[must_use]
pub fn default_type(architecture: &str) -> &'static str {
    match architecture {
        "arm64" => "t4g.micro",
        "x86_64_mac" => "mac1.metal",
        "arm64_mac" => "mac2.metal",
        _ => "t3.micro",
    }
}

/// `launch-wizard-1`, or the first number after it that is free.
fn free_name(stem: &str, free: impl Fn(&str) -> bool) -> String {
    let name = (1..=10_000)
        .map(|number| format!("{stem}-{number}"))
        .find(|name| free(name));
    name.unwrap_or_else(|| stem.to_owned())
}

fn free_key_name(region: Option<&RegionState>) -> String {
    let free = |name: &str| region.is_none_or(|region| region.key_by_name(name).is_none());
    let first = "lab-key";
    if free(first) {
        first.to_owned()
    } else {
        free_name(first, free)
    }
}

/// `2026-01-05T09:00:00.000Z`, as the console writes it into the group's description.
fn stamp(now: Instant) -> String {
    let (year, month, day, hour, minute, second) = now.civil();
    format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z",
        now.0 % 1_000
    )
}
