//! The page opens, is accessible, and offers a way out when the lab stops.

use crate::support::browse;

#[test]
fn page_opens() {
    browse("page_opens", async |page| {
        page.open("").await;
        assert!(page.title().await.contains("EC2 Lab"));
        page.accessible("").await;
    });
}

#[test]
fn the_theme_follows_the_system_until_the_learner_chooses() {
    browse("the_theme_follows_the_system", async |page| {
        page.media("prefers-color-scheme", "dark").await;
        page.open("").await;
        assert_eq!(page.theme().await, "dark");
        page.set_theme("light").await;
        assert_eq!(page.theme().await, "light");
    });
}

#[test]
fn a_stopped_lab_offers_reload_and_the_work() {
    browse("a_stopped_lab_offers_reload_and_the_work", async |page| {
        page.open("").await;
        page.store("ec2-lab.test", "{\"damaged").await;
        page.run("window.__ec2lab_rescue('panicked at engine')", &[])
            .await;
        page.sees_in("#rescue", "Your work is kept in this browser")
            .await;
        page.sees_in("[role=alertdialog]", "The lab stopped").await;
        page.axe("the rescue overlay").await;
        page.press("Download my work").await;
        let work = page.downloaded("ec2-lab-work.json").await;
        let work: serde_json::Value = serde_json::from_str(&work).unwrap();
        assert_eq!(work["ec2-lab.test"], "{\"damaged");
        page.press("Reload").await;
        page.ready().await;
        page.gone_in("body", "The lab stopped").await;
    });
}

#[test]
fn a_lab_that_cannot_start_says_so() {
    browse("a_lab_that_cannot_start_says_so", async |page| {
        page.tolerate("ERR_BLOCKED_BY_CLIENT");
        page.block("*_bg.wasm").await;
        page.visit("").await;
        page.sees_in("[role=alertdialog]", "The lab could not start")
            .await;
        page.axe("the rescue overlay at the start").await;
        page.press("Download my work").await;
        page.sees_in("#rescue-note", "There is nothing to download")
            .await;
    });
}
