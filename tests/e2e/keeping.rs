//! What the browser keeps: everything, and a damaged save aside.

use crate::support::browse;

#[test]
fn a_damaged_save_is_refused_and_kept_aside() {
    browse("a_damaged_save_is_refused_and_kept_aside", async |page| {
        page.open("").await;
        page.store("ec2-lab.save", "{\"format\":1,\"seed\":").await;
        page.open("#/lab").await;
        page.reload().await;
        page.sees("The saved lab could not be opened").await;
        assert_eq!(
            page.stored("ec2-lab.damaged").await.as_deref(),
            Some("{\"format\":1,\"seed\":")
        );
        page.press("Download the damaged save").await;
        assert_eq!(
            page.downloaded("ec2-lab-damaged.txt").await,
            "{\"format\":1,\"seed\":"
        );
    });
}

#[test]
fn a_save_of_the_first_format_opens() {
    browse("a_save_of_the_first_format_opens", async |page| {
        page.open("").await;
        page.store("ec2-lab.save", include_str!("../saves/format-1.json"))
            .await;
        page.open("#/lab/security-groups").await;
        page.reload().await;
        page.sees("web-sg").await;
        page.gone("could not be opened").await;
    });
}

#[test]
fn undo_and_redo() {
    browse("undo_and_redo", async |page| {
        crate::newcomer::launch(page, "web-1").await;
        page.click("#undo").await;
        page.gone_in("#picture", "web-1").await;
        page.click("#redo").await;
        page.sees_in("#picture", "web-1").await;
    });
}

#[test]
fn what_is_typed_is_never_markup() {
    browse("what_is_typed_is_never_markup", async |page| {
        crate::newcomer::launch(page, "<img src=x onerror=alert(1)>").await;
        assert_eq!(page.count("#app img").await, 0);
        crate::newcomer::command(page, "<b>bold</b>").await;
        assert_eq!(page.count("#terminal b").await, 0);
    });
}
