//! Addresses of the page: everything behind `#`, so that any folder of any web server, and a file on a disk, can serve it.

/// A place in the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// What this is, and where to begin.
    #[default]
    Home,
    /// The lab, with one kind of resource below the picture.
    Lab(Section),
    /// The launch wizard.
    Launch,
    /// The quiz; with the id of a question, that question.
    Quiz(Option<String>),
    /// Theme, save, export and import.
    Settings,
    /// An address that leads nowhere.
    NotFound(String),
}

/// A kind of resource in the lab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum Section {
    #[default]
    Instances,
    InstanceTypes,
    Images,
    KeyPairs,
    PlacementGroups,
    Volumes,
    Keys,
    SecurityGroups,
    Addresses,
    NetworkInterfaces,
    Network,
    Reachability,
}

impl Section {
    /// All, in the order of the side navigation.
    pub const ALL: [Section; 12] = [
        Section::Instances,
        Section::InstanceTypes,
        Section::Images,
        Section::KeyPairs,
        Section::PlacementGroups,
        Section::Volumes,
        Section::Keys,
        Section::SecurityGroups,
        Section::Addresses,
        Section::NetworkInterfaces,
        Section::Network,
        Section::Reachability,
    ];

    /// Its part of the address.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Section::Instances => "instances",
            Section::InstanceTypes => "instance-types",
            Section::Images => "images",
            Section::KeyPairs => "key-pairs",
            Section::PlacementGroups => "placement-groups",
            Section::Volumes => "volumes",
            Section::Keys => "encryption-keys",
            Section::SecurityGroups => "security-groups",
            Section::Addresses => "elastic-ips",
            Section::NetworkInterfaces => "network-interfaces",
            Section::Network => "vpcs",
            Section::Reachability => "reachability",
        }
    }

    /// Its name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Section::Instances => "Instances",
            Section::InstanceTypes => "Instance types",
            Section::Images => "Images",
            Section::KeyPairs => "Key pairs",
            Section::PlacementGroups => "Placement groups",
            Section::Volumes => "Volumes",
            Section::Keys => "Encryption keys",
            Section::SecurityGroups => "Security groups",
            Section::Addresses => "Elastic IPs",
            Section::NetworkInterfaces => "Interfaces",
            Section::Network => "VPCs and subnets",
            Section::Reachability => "Reachability",
        }
    }
}

impl Route {
    /// Reads the part of an address behind `#`. Whatever it is, there is a route for it.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.trim_start_matches('#').trim_start_matches('/');
        let path = path
            .split('?')
            .next()
            .unwrap_or_default()
            .trim_end_matches('/');
        match path.split('/').collect::<Vec<_>>().as_slice() {
            [""] => Route::Home,
            ["lab"] => Route::Lab(Section::Instances),
            ["lab", "launch"] => Route::Launch,
            ["lab", slug] => Section::ALL
                .into_iter()
                .find(|section| section.slug() == *slug)
                .map_or_else(|| Route::NotFound(path.to_owned()), Route::Lab),
            ["quiz"] => Route::Quiz(None),
            ["quiz", id] if !id.is_empty() => Route::Quiz(Some((*id).to_owned())),
            ["settings"] => Route::Settings,
            _ => Route::NotFound(path.to_owned()),
        }
    }

    /// The address, with its `#`.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            Route::Home => "#/".to_owned(),
            Route::Lab(section) => format!("#/lab/{}", section.slug()),
            Route::Launch => "#/lab/launch".to_owned(),
            Route::Quiz(None) => "#/quiz".to_owned(),
            Route::Quiz(Some(id)) => format!("#/quiz/{id}"),
            Route::Settings => "#/settings".to_owned(),
            Route::NotFound(path) => format!("#/{path}"),
        }
    }

    /// What stands in the title of the browser's window.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Route::Home => "EC2 Lab".to_owned(),
            Route::Lab(section) => format!("{} · EC2 Lab", section.title()),
            Route::Launch => "Launch instances · EC2 Lab".to_owned(),
            Route::Quiz(_) => "Quiz · EC2 Lab".to_owned(),
            Route::Settings => "Settings · EC2 Lab".to_owned(),
            Route::NotFound(_) => "Not found · EC2 Lab".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_reads_its_own_address() {
        let mut routes = vec![
            Route::Home,
            Route::Launch,
            Route::Quiz(None),
            Route::Quiz(Some("a-b".into())),
            Route::Settings,
        ];
        routes.extend(Section::ALL.map(Route::Lab));
        for route in routes {
            assert_eq!(Route::parse(&route.href()), route);
        }
        assert_eq!(Route::parse("#main"), Route::NotFound("main".into()));
        assert_eq!(Route::parse(""), Route::Home);
        assert_eq!(Route::parse("#/lab?x=1"), Route::Lab(Section::Instances));
    }
}
