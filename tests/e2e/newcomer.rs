//! The main job, as a newcomer does it: launch, be left waiting, be refused, get in.

use crate::support::{Page, browse};

/// Lets the lab's clock jump until the picture says this.
pub async fn skip_until(page: &Page, text: &str) {
    for _ in 0..12 {
        if page.text("#app").await.contains(text) {
            return;
        }
        if page.count("#next-event[aria-disabled=true]").await > 0 {
            break;
        }
        page.click("#next-event").await;
    }
    page.sees(text).await;
}

/// Launches an instance through the wizard: a name, everything else as the wizard proposes it.
pub async fn launch(page: &Page, name: &str) {
    page.open("#/lab/launch").await;
    page.sees("Launch an instance").await;
    page.fill("Name", name).await;
    page.click("#launch-submit").await;
    page.sees_in(".flash-list", "Launched instance").await;
    page.sees_in("#picture", name).await;
}

/// Tries to connect with a client of the list.
pub async fn connect(page: &Page, with: &str) {
    page.choose("With", with).await;
    page.click("#connect-go").await;
}

#[test]
fn timed_out_then_refused_then_connected() {
    browse("timed_out_then_refused_then_connected", async |page| {
        page.media("prefers-reduced-motion", "reduce").await;
        launch(page, "web-1").await;
        skip_until(page, "Running").await;
        page.click("#next-event").await;

        connect(page, "HTTP").await;
        page.sees_in("#verdict", "timed out").await;
        page.sees_in("#verdict", "ENI_SG_RULES_MISMATCH").await;
        page.screenshot("1-timed-out").await;

        page.click("#fix-apply-0").await;
        page.sees_in("#verdict", "refused").await;
        page.sees_in("#verdict", "NO_LISTENER").await;
        page.screenshot("2-refused").await;

        page.click("#fix-apply-0").await;
        page.sees_in("#verdict", "Connected").await;
        page.screenshot("3-connected").await;

        page.reload().await;
        page.sees_in("#picture", "web-1").await;
        connect(page, "HTTP").await;
        page.sees_in("#verdict", "Connected").await;
    });
}

#[test]
fn stop_and_start_change_the_public_address_only() {
    browse(
        "stop_and_start_change_the_public_address_only",
        async |page| {
            launch(page, "web-1").await;
            skip_until(page, "Running").await;
            let private = address(page, "172.31.").await;
            let public = address(page, "198.1").await;
            page.click("#instance-stop").await;
            skip_until(page, "Stopped").await;
            assert_eq!(
                address(page, "198.1").await,
                None,
                "a stopped instance has no public address"
            );
            page.click("#instance-start").await;
            skip_until(page, "Running").await;
            let again = address(page, "198.1").await;
            assert!(
                again.is_some() && again != public,
                "{public:?} became {again:?}"
            );
            assert_eq!(address(page, "172.31.").await, private);
        },
    );
}

/// The first address with this beginning on the card of the picture.
async fn address(page: &Page, beginning: &str) -> Option<String> {
    let card = page.text(".pic-instance").await;
    card.split_whitespace()
        .find(|word| word.starts_with(beginning))
        .map(str::to_owned)
}

#[test]
fn the_eighth_spread_instance_is_refused_in_aws_words() {
    browse(
        "the_eighth_spread_instance_is_refused_in_aws_words",
        async |page| {
            page.open("#/lab").await;
            command(
                page,
                "aws ec2 create-placement-group --group-name apart --strategy spread",
            )
            .await;
            command(page, "ami=$(lab image --name al2023)").await;
            command(page, "aws ec2 run-instances --image-id $ami --instance-type m5.large --count 8 --placement GroupName=apart,AvailabilityZone=us-east-1a").await;
            page.sees_in("#terminal", "InsufficientInstanceCapacity")
                .await;
            page.sees_in("#terminal", "maximum of 7 running instances")
                .await;
            page.open("#/lab/instances").await;
            page.sees("No instances").await;
        },
    );
}

/// Types a line at the prompt.
pub async fn command(page: &Page, line: &str) {
    if page.count("#prompt-input").await == 0 {
        page.press_in("#prompt", "Prompt").await;
    }
    page.click("#prompt-input").await;
    page.keys(&format!("{line}\u{e007}")).await;
}
