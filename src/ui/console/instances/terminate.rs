//! Terminates instances, after naming what is lost.

use crate::app::use_app;
use crate::ui::components::{Alert, StatusKind};
use crate::ui::console::section::confirm::Confirm;
use crate::ui::console::section::parts;
use ec2_lab_engine::ids::InstanceId;
use ec2_lab_engine::json::json;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::instance::Instance;
use yew::prelude::*;

/// Props of [`Terminate`].
#[derive(Properties, PartialEq)]
pub struct TerminateProps {
    /// Id of the dialog.
    pub id: AttrValue,
    /// Whether it is open.
    pub open: bool,
    /// The instances.
    pub ids: Vec<InstanceId>,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// The question before instances are terminated.
#[component]
pub fn Terminate(props: &TerminateProps) -> Html {
    let app = use_app();
    let Some(region) = app.region() else {
        return Html::default();
    };
    let rows: Vec<&Instance> = props
        .ids
        .iter()
        .filter_map(|id| region.instances.get(id))
        .collect();
    let names: Vec<String> = props.ids.iter().map(ToString::to_string).collect();
    let calls = vec![app.call("TerminateInstances", json!({ "InstanceIds": names }))];
    let title = match rows.as_slice() {
        [one] => format!("Terminate {}?", one.label()),
        many => format!("Terminate {} instances?", many.len()),
    };
    let protected: Vec<String> = rows
        .iter()
        .filter(|row| row.disable_api_termination)
        .map(|row| row.label())
        .collect();
    html! {
        <Confirm id={props.id.clone()} open={props.open} {title} action="Terminate" {calls} onclose={props.onclose.clone()}>
            <Alert kind={StatusKind::Warning} title="There is no way back from this.">
                { "A terminated instance cannot be started again. To keep it for later, stop it instead." }
            </Alert>
            <p>{ "This is lost:" }</p>
            <ul class="plain-list">
                { for rows.iter().map(|row| html! { <li>{ lost(region, row) }</li> }) }
            </ul>
            if !protected.is_empty() {
                <p>
                    <strong>{ "Termination protection is on" }</strong>
                    { format!(" for {}. Take it off first: Actions, Change termination protection.", protected.join(", ")) }
                </p>
            }
        </Confirm>
    }
}

/// Which volumes go with all files on them, and which stay.
fn disks(region: &RegionState, row: &Instance) -> String {
    let mut words = Vec::new();
    for (device, id) in &row.volumes {
        let Some(volume) = region.volumes.get(id) else {
            continue;
        };
        let goes = volume
            .attachment
            .as_ref()
            .is_some_and(|tie| tie.delete_on_termination);
        let fate = if goes {
            "with all files on it"
        } else {
            "stays, and costs money"
        };
        words.push(format!(
            "the volume {id} at {device} ({} GiB) {fate}",
            volume.shape.size
        ));
    }
    words.join(", ")
}

/// What goes with an instance.
fn lost(region: &RegionState, row: &Instance) -> Html {
    let nic = region.primary_interface(row);
    let address = nic.and_then(|nic| nic.addresses.first());
    let public = address.and_then(|address| address.public);
    html! {
        <>
            <strong>{ row.label() }</strong>
            { format!(": {}", disks(region, row)) }
            if let Some(address) = address { { format!(", the private address {}", address.ip) } }
            { match public {
                Some(public) if public.allocation.is_some() =>
                    format!(". The Elastic IP address {} stays yours, and costs money while nothing uses it.", public.ip),
                Some(public) => format!(" and the public address {}, which goes back to AWS.", public.ip),
                None => ".".to_owned(),
            } }
            if !parts::groups_of(region, row).is_empty() { { " Security groups and the key pair stay." } }
        </>
    }
}
