//! An encrypted image between two accounts: shared, refused, repaired, launched.

use crate::newcomer::{command, skip_until};
use crate::support::{Page, browse};

/// Launches the image that is shared with the account in sight.
async fn launch_shared(page: &Page) {
    page.open("#/lab/images").await;
    page.sees_in("#shared-images", "golden").await;
    page.tick("Select golden").await;
    page.click("#shared-image-launch").await;
    page.sees_in("#shared-image-launch-dialog", "--profile partner")
        .await;
    page.click("#shared-image-launch-dialog-confirm").await;
    page.sees_in(".flash-list", "Launched instance").await;
}

#[test]
fn an_encrypted_image_is_shared_refused_repaired_and_launched() {
    browse(
        "an_encrypted_image_is_shared_refused_repaired_and_launched",
        async |page| {
            page.media("prefers-reduced-motion", "reduce").await;
            page.open("#/lab/encryption-keys").await;
            page.sees_in("#kms-keys", "alias/aws/ebs").await;
            page.click("#kms-key-create").await;
            page.axe("the dialog that creates a key").await;
            page.click("#create-kms-key-submit").await;
            page.sees_in("#kms-keys", "alias/images").await;
            page.tick("Select alias/images").await;
            page.click("#kms-key-policy").await;
            page.sees_in("#kms-policy", "kms:*").await;
            page.axe("who may use a key").await;
            page.click("#kms-policy-close").await;

            command(page, "aws ec2 copy-image --source-region us-east-1 --source-image-id $(lab image --name al2023) --name golden --encrypted --kms-key-id alias/images").await;
            page.open("#/lab/images").await;
            page.sees_in("#own-images", "golden").await;
            skip_until(page, "Available").await;
            page.sees_in("#sharing", "InvalidAMIID.NotFound").await;
            page.accessible("#/lab/images").await;

            // Shared.
            page.tick("Select golden").await;
            page.click("#own-image-share").await;
            page.tick("May launch the image").await;
            page.sees_in("#share-image", "aws ec2 modify-image-attribute")
                .await;
            page.axe("the dialog that shares an image").await;
            page.click("#share-image-submit").await;
            page.sees_in("#own-images", "222233334444").await;
            page.sees_in("#sharing", "Client.InternalError").await;
            page.screenshot("1-key-missing").await;

            // Refused: the instance is pending, and then terminated.
            page.choose("Account", "Partner 2222-3333-4444").await;
            launch_shared(page).await;
            skip_until(page, "Terminated").await;

            // Repaired, by the first of the changes that were seen to work.
            page.choose("Account", "Yours 1111-2222-3333").await;
            page.open("#/lab/images").await;
            page.sees_in("#sharing", "Tried on a copy: the instance runs.")
                .await;
            page.click("#sharing-fix-0").await;
            page.sees_in("#sharing", "The launch works").await;
            page.screenshot("2-repaired").await;
            page.axe("an image that the partner can launch").await;

            // Launched, and still there after a reload.
            page.choose("Account", "Partner 2222-3333-4444").await;
            launch_shared(page).await;
            skip_until(page, "Running").await;
            page.reload().await;
            page.choose("Account", "Partner 2222-3333-4444").await;
            page.open("#/lab/instances").await;
            page.sees_in("#instances", "Running").await;
        },
    );
}

/// The prompt and the page are in one account, whichever of them goes first.
#[test]
fn the_prompt_goes_along() {
    browse("the_prompt_goes_along", async |page| {
        page.open("#/lab/instances").await;
        page.choose("Account", "Partner 2222-3333-4444").await;
        command(
            page,
            "aws sts get-caller-identity --query Account --output text",
        )
        .await;
        page.sees_in("#prompt", "222233334444").await;
        command(page, "export AWS_PROFILE=default").await;
        page.until(
            "the page stayed in the partner's account",
            "return document.querySelector('#account').value === '111122223333'",
            &[],
        )
        .await;
    });
}
