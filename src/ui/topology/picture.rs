//! The panel of the picture: its views, its viewpoint, the packet over it.

use super::legend::Legend;
use super::list::ListTwin;
use super::outside::Outside;
use super::overlay::Overlay;
use super::playback::{Act, Walk, use_walk};
use super::scene::{Scene, scene};
use super::spots::{self, Stop};
use super::subnet::Look;
use super::transport::Transport;
use super::viewpoint;
use super::vpc::VpcView;
use crate::app::use_app;
use crate::platform::measure;
use crate::route::{Route, Section};
use crate::state::{AppState, Attempt, Message};
use crate::ui::components::{Button, ButtonVariant, IconName, Panel, Select};
use ec2_lab_engine::ids::InstanceId;
use std::rc::Rc;
use yew::prelude::*;

/// The picture, or its twin in words.
#[component]
pub fn Picture() -> Html {
    let app = use_app();
    let walk = use_walk();
    let node = use_node_ref();
    let as_list = use_state(|| false);
    use_walks(&app.attempt, &walk);
    let Some(scene) = scene(&app) else {
        return Html::default();
    };
    let seen_from = AttrValue::from(viewpoint::words(&app, app.viewpoint));
    let seen = app
        .attempt
        .as_ref()
        .map(|attempt| Seen::new(&app, &scene, attempt));
    let look = Look {
        deciding: seen
            .as_ref()
            .filter(|_| {
                app.attempt
                    .as_ref()
                    .is_some_and(|attempt| walk.place(attempt).1)
            })
            .and_then(|seen| seen.deciding.clone()),
        always: seen
            .as_ref()
            .map(|seen| seen.always.clone())
            .unwrap_or_default(),
        seen_from: seen_from.clone(),
    };
    let toggle = {
        let as_list = as_list.clone();
        Callback::from(move |_: MouseEvent| as_list.set(!*as_list))
    };
    let detail = scene.vpcs.first().map_or_else(
        || "no VPC".to_owned(),
        |vpc| {
            let name = if vpc.is_default { "default VPC" } else { "VPC" };
            format!("{name} · {}", vpc.cidr)
        },
    );
    let body = if *as_list {
        html! { <ListTwin scene={scene.clone()} {seen_from} /> }
    } else {
        html! {
            <div class="pic-frame">
                <div class="pic" ref={node.clone()}>
                    <Outside />
                    { view_region(&scene, &look) }
                    if let (Some(attempt), Some(seen)) = (&app.attempt, &seen) {
                        <Overlay container={node.clone()} attempt={attempt.clone()} stops={seen.stops.clone()} />
                    }
                </div>
                <Legend />
            </div>
        }
    };
    html! {
        <ContextProvider<Walk> context={walk}>
            <Panel id="picture" title="Picture" flush=true detail={html! { { detail } }} actions={actions(&app, *as_list, toggle)}>
                { body }
                if let Some(attempt) = &app.attempt {
                    if !*as_list { <Transport attempt={attempt.clone()} /> }
                }
            </Panel>
        </ContextProvider<Walk>>
    }
}

/// Begins a walk for every new attempt; one that was there before the picture is shown at its end.
#[hook]
fn use_walks(attempt: &Option<Rc<Attempt>>, walk: &Walk) {
    let first = use_mut_ref(|| true);
    let walk = walk.dispatcher();
    use_effect_with(attempt.clone(), move |attempt| {
        let there = first.replace(false);
        let still = there || measure::reduced_motion();
        if attempt.is_some() && !there {
            measure::reveal("picture");
        }
        let (number, hops) = attempt
            .as_ref()
            .map_or((0, 0), |attempt| (attempt.number, attempt.trace.hops.len()));
        if hops > 0 || !there {
            walk.dispatch(Act::Begin {
                attempt: number,
                hops,
                still,
            });
        }
    });
}

/// What the picture says of an attempt.
struct Seen {
    stops: Rc<Vec<Stop>>,
    deciding: Option<AttrValue>,
    always: Vec<InstanceId>,
}

impl Seen {
    fn new(app: &AppState, scene: &Scene, attempt: &Attempt) -> Self {
        let Some(region) = app.region() else {
            return Seen {
                stops: Rc::default(),
                deciding: None,
                always: Vec::new(),
            };
        };
        let stops = spots::stops(region, attempt);
        let deciding = spots::deciding(region, attempt).and_then(|stop| {
            stop.names
                .iter()
                .find(|name| scene.draws(&stop, name))
                .cloned()
        });
        let always = spots::source_of(attempt)
            .into_iter()
            .chain(spots::target_of(region, attempt))
            .collect();
        Seen {
            stops: Rc::new(stops),
            deciding: deciding.map(AttrValue::from),
            always,
        }
    }
}

fn actions(app: &crate::state::App, as_list: bool, toggle: Callback<MouseEvent>) -> Html {
    let onchange = {
        let app = app.clone();
        Callback::from(move |value: AttrValue| {
            if let Some(source) = viewpoint::parse(&value) {
                app.dispatch(Message::Viewpoint(source));
            }
        })
    };
    html! {
        <>
            <label class="pic-viewpoint">
                <span>{ "Seen from" }</span>
                <Select id="picture-viewpoint" small=true value={viewpoint::value(app.viewpoint)} options={viewpoint::options(app)} {onchange} />
            </label>
            <Button id="picture-as-list" small=true icon={IconName::List} pressed={as_list} onclick={toggle}>{ "As a list" }</Button>
            <Button id="picture-racks" small=true icon={IconName::Rack} href={Route::Lab(Section::PlacementGroups).href()}>{ "Racks" }</Button>
            <Button id="launch-instance" variant={ButtonVariant::Primary} href={Route::Launch.href()}>{ "Launch instance" }</Button>
        </>
    }
}

fn view_region(scene: &Scene, look: &Look) -> Html {
    html! {
        <section class="pic-region" aria-label={format!("Region {}", scene.region)} data-spot="region">
            <div class="pic-head">
                <h3 class="pic-title">{ scene.region }</h3>
                <span>{ scene.title }</span>
            </div>
            { for scene.vpcs.iter().enumerate().map(|(index, vpc)| html! {
                <VpcView key={vpc.id.to_string()} vpc={vpc.clone()} look={look.clone()}
                    teaches={index == 0 && scene.instances == 0} />
            }) }
            if scene.vpcs.is_empty() {
                <p class="pic-note">{ "No VPC is left in this Region, so no instance can be launched here." }</p>
            }
        </section>
    }
}
