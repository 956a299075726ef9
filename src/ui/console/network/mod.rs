//! VPCs, subnets, route tables, network ACLs: what stands between an instance and the rest of the world.

mod acl;
mod acl_form;
mod create_gateway;
mod create_vpc;
mod gateways;
mod plan;
mod routes;
mod subnets;

use crate::app::use_app;
use crate::ui::components::{Button, ButtonVariant, KeyValue, KeyValueList, Panel};
use crate::ui::console::section::parts;
use yew::prelude::*;

/// The panels, from the outside in.
#[component]
pub fn Network() -> Html {
    let app = use_app();
    let creating = use_state(|| false);
    let Some(region) = app.region() else {
        return Html::default();
    };
    let open = {
        let creating = creating.setter();
        Callback::from(move |_: MouseEvent| creating.set(true))
    };
    let onclose = {
        let creating = creating.setter();
        Callback::from(move |()| creating.set(false))
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
            <div class="cell-row">
                <Button id="vpc-create" variant={ButtonVariant::Primary} onclick={open}>{ "Create VPC" }</Button>
            </div>
            <create_vpc::CreateVpc open={*creating} {onclose} />
            { for vpcs.iter().map(|vpc| {
                let items = vec![
                    KeyValue::new("VPC ID", parts::copyable(&app, vpc.id, "the VPC ID")),
                    KeyValue::new("Addresses", html! { <code>{ vpc.cidr.to_string() }</code> }),
                    KeyValue::new("Internet gateway", gateway(vpc.id).map_or_else(Html::default, |gateway| parts::copyable(&app, gateway.id, "the internet gateway ID"))),
                    KeyValue::text("DNS host names", if vpc.enable_dns_hostnames { "Yes: public addresses have names" } else { "No" }),
                    KeyValue::text("Default VPC", if vpc.is_default { "Yes: launches without a subnet go here" } else { "No" }),
                ];
                html! {
                    <Panel key={vpc.id.to_string()} id={if vpc.is_default { "vpc".to_owned() } else { vpc.id.to_string() }}
                        title={vpc.tags.name().map_or_else(|| "VPC".to_owned(), str::to_owned)} detail={html! { { vpc.cidr.to_string() } }}>
                        <KeyValueList {items} columns=true />
                    </Panel>
                }
            }) }
            <subnets::Subnets />
            <gateways::Gateways />
            <routes::Routes />
            <acl::Acls />
        </>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn a_whole_network_is_planned_and_listed() {
        let mut lab = Lab::new();
        let wanted = plan::Wanted {
            name: "shop".to_owned(),
            range: "10.0.0.0/16".to_owned(),
            zones: 2,
            private: true,
            nat: true,
            s3: true,
        };
        let calls = plan::plan(lab.state(), &wanted).unwrap();
        for call in calls {
            lab.call(call.operation, call.input);
        }
        let page = lab.render(html! { <Network /> });
        for words in [
            "shop-vpc",
            "10.0.128.0/20",
            "NAT gateway",
            "Gateway endpoint",
            "pl-63a5400a",
            "gateway-delete-nat-",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let refused = plan::Wanted {
            range: "10.0.0.0/8".to_owned(),
            ..wanted
        };
        assert_eq!(
            plan::plan(lab.state(), &refused).unwrap_err().code(),
            "InvalidVpc.Range"
        );
    }

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
