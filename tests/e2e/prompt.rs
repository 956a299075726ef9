//! The prompt as somebody uses it who lives in terminals: completion, search, several lines, files that stay.

use crate::newcomer::{command, launch};
use crate::support::{Page, browse};

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const ESCAPE: &str = "\u{e00c}";
const DOWN: &str = "\u{e015}";

async fn written(page: &Page) -> String {
    let text = page
        .run("return document.getElementById('prompt-input').value", &[])
        .await;
    text.as_str().unwrap_or_default().to_owned()
}

async fn focused(page: &Page) -> String {
    let id = page.run("return document.activeElement.id", &[]).await;
    id.as_str().unwrap_or_default().to_owned()
}

/// Puts text in as the clipboard does, without keys.
async fn paste(page: &Page, text: &str) {
    let script = "document.execCommand('insertText', false, arguments[0])";
    page.run(script, &[text.into()]).await;
}

#[test]
fn tab_completes_and_escape_lets_go() {
    browse("tab_completes_and_escape_lets_go", async |page| {
        launch(page, "web-1").await;
        command(page, "clear").await;
        page.keys(&format!("aws ec2 describe-inst{TAB}")).await;
        page.sees_in("#prompt-choices", "describe-instances").await;
        page.axe("completions").await;
        page.keys(&format!("s{TAB}")).await;
        page.screenshot("completions").await;
        assert_eq!(written(page).await.trim_end(), "aws ec2 describe-instances");
        page.keys(ENTER).await;
        page.sees_in("#terminal", "\"Reservations\"").await;

        page.keys(&format!("aws ec2 stop-instances --instance-ids i{TAB}"))
            .await;
        let line = written(page).await;
        let id = line.trim_end().rsplit(' ').next().unwrap().to_owned();
        assert_eq!(id.len(), 19, "{line}");
        assert_eq!(focused(page).await, "prompt-input");

        page.keys(&format!("{ESCAPE}{TAB}")).await;
        assert_ne!(focused(page).await, "prompt-input");
        let end = "const out = document.querySelector('.terminal-output'); \
                   return out.scrollHeight - out.scrollTop - out.clientHeight";
        assert!(page.run(end, &[]).await.as_f64().unwrap() < 2.0);
    });
}

#[test]
fn what_was_typed_is_found_again() {
    browse("what_was_typed_is_found_again", async |page| {
        page.open("#/lab").await;
        command(page, "echo one").await;
        command(page, "aws ec2 describe-vpcs --output text").await;
        command(page, "echo three").await;
        page.press("History").await;
        page.sees_in("#prompt-history", "echo one").await;
        assert_eq!(focused(page).await, "prompt-search");
        page.keys("VPC text").await;
        page.gone_in("#prompt-history", "echo one").await;
        for width in [360, 1280] {
            page.resize(width, 740).await;
            page.axe("history").await;
            page.fits("history").await;
        }
        page.screenshot("history").await;
        page.keys(ENTER).await;
        assert_eq!(written(page).await, "aws ec2 describe-vpcs --output text");
        assert_eq!(focused(page).await, "prompt-input");
        page.press("History").await;
        page.keys(&format!("echo{DOWN}")).await;
        page.keys(&format!("{DOWN}{ENTER}")).await;
        assert_eq!(written(page).await, "echo one");
    });
}

#[test]
fn several_lines_are_looked_at_before_they_run() {
    browse(
        "several_lines_are_looked_at_before_they_run",
        async |page| {
            page.open("#/lab").await;
            command(page, "clear").await;
            paste(
                page,
                "for n in 1 2 3; do\n  echo line $n\ndone\necho end | cat",
            )
            .await;
            page.gone_in("#terminal .terminal-output", "line 2").await;
            page.keys(ENTER).await;
            page.sees_in("#terminal .terminal-output", "line 3").await;
            page.sees_in("#terminal .terminal-output", "end").await;
            // An open quote and a here-document ask for more.
            page.keys(&format!("cat > page.txt <<END{ENTER}")).await;
            page.keys(&format!("hello{ENTER}")).await;
            assert_eq!(written(page).await, "cat > page.txt <<END\nhello\n");
            page.keys(&format!("END{ENTER}")).await;
            assert_eq!(written(page).await, "");
            command(page, "cat page.txt").await;
            page.sees_in("#terminal .terminal-output", "hello").await;
        },
    );
}

#[test]
fn files_come_stay_and_go() {
    browse("files_come_stay_and_go", async |page| {
        page.open("#/lab").await;
        command(page, "echo hello > page.txt").await;
        page.press("Files (1)").await;
        let file = std::env::temp_dir().join("ec2-lab-upload.txt");
        std::fs::write(&file, "from the learner").unwrap();
        page.upload("Put a file here", &file).await;
        page.sees_in("#prompt-files", "ec2-lab-upload.txt").await;
        page.axe("files").await;
        page.resize(360, 740).await;
        page.axe("files, narrow").await;
        page.fits("files, narrow").await;
        page.screenshot("files").await;
        page.resize(1280, 800).await;

        page.reload().await;
        command(page, "cat ec2-lab-upload.txt page.txt").await;
        page.sees_in("#terminal .terminal-output", "from the learnerhello")
            .await;
        page.press("Files (2)").await;
        page.press("Download page.txt").await;
        assert_eq!(page.downloaded("page.txt").await, "hello\n");

        page.store("ec2-lab.laptop", "damaged").await;
        page.reload().await;
        page.sees("The prompt's files could not be opened").await;
        assert_eq!(
            page.stored("ec2-lab.damaged-laptop").await.as_deref(),
            Some("damaged")
        );
    });
}
