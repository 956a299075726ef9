//! The lab's two parts: the first page does without the second one, and everything else gets it in time.

use crate::support::{Page, browse};
use serde_json::json;

/// How often the second part was asked for.
async fn asked(page: &Page) -> u64 {
    let script = "return performance.getEntriesByType('resource') \
                  .filter((entry) => entry.name.endsWith('_rest.wasm')).length";
    page.run(script, &[]).await.as_u64().unwrap_or_default()
}

#[test]
fn the_first_page_does_without_the_rest() {
    browse("the_first_page_does_without_the_rest", async |page| {
        page.open("").await;
        // The clock ticks, the theme changes: what a newcomer's first seconds are made of.
        page.click("#theme").await;
        page.click("#theme").await;
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        assert_eq!(
            asked(page).await,
            0,
            "the first page has fetched the second part: run `cargo xtask first-page`"
        );
        page.press("Open the lab").await;
        page.sees("Placement groups").await;
        assert_eq!(asked(page).await, 1);
        page.gone_in("body", "could not start").await;
    });
}

#[test]
fn a_call_into_the_rest_brings_it() {
    browse("a_call_into_the_rest_brings_it", async |page| {
        page.open("").await;
        assert_eq!(asked(page).await, 0);
        // No link leads here: the file is read by code of the rest, in the middle of a call.
        let file = std::env::temp_dir().join("ec2-lab-not-a-lab.json");
        std::fs::write(&file, "{}").unwrap();
        page.upload("Open a file", &file).await;
        page.sees("not a saved lab").await;
        assert_eq!(asked(page).await, 1);
        page.run("location.hash = arguments[0]", &[json!("#/quiz")])
            .await;
        page.sees("Start").await;
        assert_eq!(asked(page).await, 1, "it is fetched once");
    });
}

#[test]
fn a_lost_second_part_is_told_and_can_be_tried_again() {
    browse("a_lost_second_part_is_told", async |page| {
        page.tolerate("ERR_BLOCKED_BY_CLIENT");
        page.tolerate("Failed to fetch");
        page.open("").await;
        page.block("*_rest.wasm").await;
        page.press("Open the lab").await;
        page.sees_in("[role=alertdialog]", "The lab stopped").await;
        page.block("*.nothing").await;
        page.press("Reload").await;
        page.ready().await;
        page.sees("Placement groups").await;
    });
}
