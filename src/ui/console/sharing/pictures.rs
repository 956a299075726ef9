//! The four pictures of section 15, each made in the lab by lines of the prompt: shared, shared with a key, copied, copied
//! with keys.

use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::Button;
use ec2_lab_engine::{HOME_ACCOUNT, PARTNER_ACCOUNT};
use yew::prelude::*;

/// What a picture takes: a key, a copy, and its words.
struct Picture {
    id: &'static str,
    title: &'static str,
    note: &'static str,
    key: bool,
    copy: bool,
}

const PICTURES: [Picture; 4] = [
    Picture {
        id: "shared",
        title: "Shared with an account (15.4)",
        note: "An image without encryption; the partner launches it.",
        key: false,
        copy: false,
    },
    Picture {
        id: "shared-key",
        title: "Shared with its key (15.4.1)",
        note: "Launch permission on the image and a grant for the key: both are needed.",
        key: true,
        copy: false,
    },
    Picture {
        id: "copied",
        title: "Copied to an account (15.5)",
        note: "The snapshot is shared as well; the partner's copy is the partner's.",
        key: false,
        copy: true,
    },
    Picture {
        id: "copied-key",
        title: "Copied with keys (15.5.1)",
        note: "Your key opens the snapshot, a key of the partner's closes the copy.",
        key: true,
        copy: true,
    },
];

/// The lines that make a picture in a Region. `number` tells the images of several apart.
fn lines(picture: &Picture, region: &str, number: usize) -> String {
    let mut all = Vec::new();
    let (home, partner) = ("--profile default", "--profile partner");
    let place = format!("--region {region}");
    if picture.key {
        all.push(format!(
            "key=$(aws kms create-key {home} {place} --query KeyMetadata.Arn --output text)"
        ));
    }
    let close = if picture.key {
        " --encrypted --kms-key-id $key"
    } else {
        ""
    };
    all.push(format!(
        "img=$(aws ec2 copy-image {home} {place} --source-region {region} --source-image-id $(lab image --name al2023 {place}) --name {}-{number}{close} --query ImageId --output text)",
        picture.id
    ));
    all.push(format!(
        "aws ec2 wait image-available {home} {place} --image-ids $img"
    ));
    all.push(format!(
        "aws ec2 modify-image-attribute {home} {place} --image-id $img --launch-permission 'Add=[{{UserId={PARTNER_ACCOUNT}}}]'"
    ));
    if picture.key {
        all.push(format!(
            "aws kms create-grant {home} {place} --key-id $key --grantee-principal arn:aws:iam::{PARTNER_ACCOUNT}:root --operations DescribeKey CreateGrant Decrypt ReEncryptFrom"
        ));
    }
    if picture.copy {
        all.push(format!(
            "snap=$(aws ec2 describe-images {home} {place} --image-ids $img --query 'Images[0].BlockDeviceMappings[0].Ebs.SnapshotId' --output text)"
        ));
        all.push(format!(
            "aws ec2 modify-snapshot-attribute {home} {place} --snapshot-id $snap --attribute createVolumePermission --operation-type add --user-ids {PARTNER_ACCOUNT}"
        ));
        let close = if picture.key {
            all.push(format!(
                "own=$(aws kms create-key {partner} {place} --query KeyMetadata.Arn --output text)"
            ));
            " --encrypted --kms-key-id $own"
        } else {
            ""
        };
        all.push(format!(
            "img=$(aws ec2 copy-image {partner} {place} --source-region {region} --source-image-id $img --name {}-{number}{close} --query ImageId --output text)",
            picture.id
        ));
        all.push(format!(
            "aws ec2 wait image-available {partner} {place} --image-ids $img"
        ));
    }
    all.push(format!(
        "aws ec2 run-instances {partner} {place} --image-id $img --instance-type t3.micro --query 'Instances[0].InstanceId'"
    ));
    all.join(" && ")
}

/// A button for each.
#[component]
pub fn Pictures() -> Html {
    let app = use_app();
    let world = app.session.world();
    let number = world
        .accounts_in(app.caller.region)
        .filter(|region| region.account == HOME_ACCOUNT)
        .map(|region| region.images.len() + 1)
        .sum();
    let region = app.caller.region;
    html! {
        <details class="sharing-pictures">
            <summary>{ "The four pictures of section 15, made in this lab" }</summary>
            <ul class="fixes">
                { for PICTURES.iter().map(|picture| {
                    let line = lines(picture, region, number);
                    let make = {
                        let app = app.clone();
                        Callback::from(move |_: MouseEvent| app.dispatch(Message::Command(line.clone())))
                    };
                    html! {
                        <li>
                            <div>
                                <strong class="fix-title">{ picture.title }</strong>
                                <small>{ picture.note }</small>
                            </div>
                            <Button id={format!("picture-{}", picture.id)} small=true onclick={make}
                                label={format!("Make it: {}", picture.title)}>{ "Make it" }</Button>
                        </li>
                    }
                }) }
            </ul>
        </details>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test reports by panicking")]
    use super::*;
    use crate::route::Route;
    use crate::state::{AppState, Theme};
    use std::rc::Rc;
    use yew::Reducible;

    /// Each picture, made one after the other in one lab: the partner's instance runs in the end.
    #[test]
    fn every_picture_ends_with_an_instance_of_the_partners() {
        let mut state = Rc::new(AppState::new(7, Route::default(), Theme::Light));
        for (number, picture) in PICTURES.iter().enumerate() {
            let line = lines(picture, "us-east-1", number);
            state = state.reduce(Message::Command(line));
            state = state.reduce(Message::Tick(60_000));
            let partner = ec2_lab_engine::Caller::of("222233334444", "us-east-1").unwrap();
            let region = state.session.world().region(&partner).unwrap();
            let rows = region.instances_by_serial();
            assert_eq!(rows.len(), number + 1, "{}", picture.title);
            let last = rows.last().unwrap();
            assert_eq!(last.state.as_str(), "running", "{}", picture.title);
            assert_eq!(region.images.contains(&last.image), picture.copy);
            let volume = region.root_volume(last).unwrap();
            assert_eq!(volume.encrypted, picture.key, "{}", picture.title);
        }
    }
}
