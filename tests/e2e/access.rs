//! Every page in both themes at 1280 and 360 pixels: axe finds nothing, nothing scrolls sideways.

use crate::support::browse;

const ROUTES: [&str; 17] = [
    "#/",
    "#/lab/instances",
    "#/lab/instance-types",
    "#/lab/images",
    "#/lab/key-pairs",
    "#/lab/placement-groups",
    "#/lab/volumes",
    "#/lab/encryption-keys",
    "#/lab/security-groups",
    "#/lab/elastic-ips",
    "#/lab/network-interfaces",
    "#/lab/vpcs",
    "#/lab/reachability",
    "#/lab/launch",
    "#/quiz",
    "#/settings",
    "#/nowhere",
];

#[test]
fn every_page_of_a_fresh_account() {
    browse("every_page_of_a_fresh_account", async |page| {
        for route in ROUTES {
            page.accessible(route).await;
        }
    });
}

#[test]
fn the_lab_with_something_in_it() {
    browse("the_lab_with_something_in_it", async |page| {
        page.media("prefers-reduced-motion", "reduce").await;
        crate::newcomer::launch(page, "web-1").await;
        page.click("#next-event").await;
        page.click("#next-event").await;
        for route in ROUTES.iter().filter(|route| route.starts_with("#/lab/")) {
            page.accessible(route).await;
        }
        page.open("#/lab/instances").await;
        page.choose("With", "HTTP").await;
        page.click("#connect-go").await;
        page.sees_in("#verdict", "timed out").await;
        page.axe("a connection that timed out").await;
    });
}
