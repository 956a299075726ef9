//! VPCs, subnets, route tables, network ACLs: what stands between an instance and the rest of the world.

mod acl;
mod acl_form;
mod routes;
mod subnets;

use crate::app::use_app;
use crate::ui::components::{KeyValue, KeyValueList, Panel};
use crate::ui::console::section::parts;
use yew::prelude::*;

/// The panels, from the outside in.
#[component]
pub fn Network() -> Html {
    let app = use_app();
    let Some(region) = app.region() else {
        return Html::default();
    };
    let vpcs = parts::by_serial(region.vpcs.values(), |vpc| vpc.serial);
    let gateway = |vpc| {
        region
            .internet_gateways
            .values()
            .find(|gateway| gateway.vpc == Some(vpc))
    };
    html! {
        <>
            { for vpcs.iter().map(|vpc| {
                let items = vec![
                    KeyValue::new("VPC ID", parts::copyable(&app, vpc.id, "the VPC ID")),
                    KeyValue::new("Addresses", html! { <code>{ vpc.cidr.to_string() }</code> }),
                    KeyValue::new("Internet gateway", gateway(vpc.id).map_or_else(Html::default, |gateway| parts::copyable(&app, gateway.id, "the internet gateway ID"))),
                    KeyValue::text("Default VPC", if vpc.is_default { "Yes: launches without a subnet go here" } else { "No" }),
                ];
                html! {
                    <Panel key={vpc.id.to_string()} id="vpc" title="VPC" detail={html! { { vpc.cidr.to_string() } }}>
                        <KeyValueList {items} columns=true />
                    </Panel>
                }
            }) }
            <subnets::Subnets />
            <routes::Routes />
            <acl::Acls />
        </>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn shows_the_way_from_the_subnet_to_the_internet() {
        let page = Lab::with_instances().render(html! { <Network /> });
        for words in [
            "172.31.0.0/16",
            "us-east-1f",
            "4089",
            "Public",
            "route-remove",
            "0.0.0.0/0",
            "Network ACL",
            "Rule number",
            "DENY",
            "acl-in-add",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(
            page.matches(">*<").count() >= 2,
            "the last rule of each direction"
        );
    }
}
