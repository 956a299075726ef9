//! The buttons of the walk: hold, step, again, speed; and the stopwatch of a client that nobody answers.

use super::playback::{Act, Pace, use_walk};
use crate::platform::{focus, measure, page};
use crate::state::Attempt;
use crate::ui::components::{Button, ButtonVariant, IconName, RadioOption, Segmented, Stopwatch};
use crate::ui::console::connect;
use crate::ui::words;
use ec2_lab_engine::network::Verdict;
use std::rc::Rc;
use yew::prelude::*;

/// Milliseconds in which the stopwatch runs through the client's whole wait.
const SHORTENED: u64 = 2_000;
/// Milliseconds between two movements of its hand.
const TICK: u32 = 50;

/// Props of [`Transport`].
#[derive(Properties, PartialEq)]
pub struct TransportProps {
    /// The attempt that is shown.
    pub attempt: Rc<Attempt>,
}

/// One row below the picture.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let walk = use_walk();
    let hops = &props.attempt.trace.hops;
    let (at, finished) = walk.place(&props.attempt);
    let act = |act: Act| {
        let walk = walk.clone();
        Callback::from(move |_: MouseEvent| walk.dispatch(act))
    };
    let (icon, label) = match (walk.running, finished) {
        (true, _) => (IconName::Pause, "Hold the packet"),
        (false, true) => (IconName::Play, "Play the packet's way again"),
        (false, false) => (IconName::Play, "Let the packet go on"),
    };
    let options: Vec<RadioOption> = Pace::ALL
        .iter()
        .map(|pace| RadioOption::new(pace.words(), pace.words()))
        .collect();
    let onchange = {
        let walk = walk.clone();
        Callback::from(move |value: AttrValue| {
            if let Some(pace) = Pace::ALL.into_iter().find(|pace| value == pace.words()) {
                walk.dispatch(Act::SetPace(pace));
            }
        })
    };
    let waits = finished && props.attempt.trace.verdict == Verdict::TimedOut;
    html! {
        <div class="transport" role="group" aria-label="The packet's way">
            <Button id="packet-play" variant={ButtonVariant::Icon} small=true {icon} {label} onclick={act(Act::Toggle)} />
            <Button id="packet-step" variant={ButtonVariant::Icon} small=true icon={IconName::Step} label="One hop on"
                onclick={act(Act::Step)} />
            <Button id="packet-replay" variant={ButtonVariant::Icon} small=true icon={IconName::Reset} label="From the start"
                onclick={act(Act::Replay)} />
            <Segmented name="packet-speed" label="Speed of the packet" value={walk.pace.words()} {options} {onchange} />
            if finished {
                { end(&props.attempt) }
            } else if let Some(hop) = hops.get(at) {
                <p class="transport-hop">
                    <span class="transport-count">{ format!("{} of {}", at + 1, hops.len()) }</span>{ &hop.text }
                </p>
            }
            if waits {
                <Wait key={walk.walk.to_string()} client={props.attempt.probe.client.name()} wait={props.attempt.trace.wait}
                    still={walk.pace == Pace::Instant || measure::reduced_motion()} />
            }
        </div>
    }
}

/// How it ended, and the way to the reasons, which may stand out of sight.
fn end(attempt: &Attempt) -> Html {
    let verdict = attempt.trace.verdict;
    let why = Callback::from(|_: MouseEvent| focus::focus_id("verdict-title"));
    html! {
        <div class={classes!("transport-end", connect::words::tone(verdict))}>
            <strong>{ connect::words::headline(verdict, &attempt.probe.client) }</strong>
            <Button id="packet-why" variant={ButtonVariant::Link} small=true icon_end={IconName::ArrowDown} onclick={why}>
                { "Why" }
            </Button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct WaitProps {
    client: &'static str,
    wait: u64,
    still: bool,
}

/// The client's wait, shortened.
#[component]
fn Wait(props: &WaitProps) -> Html {
    let waited = use_state(|| if props.still { props.wait } else { 0 });
    let done = *waited >= props.wait;
    {
        let (waited, wait) = (waited.clone(), props.wait);
        let begun = *use_memo((), |()| page::now());
        use_effect_with((props.still, done), move |(still, done)| {
            if *still {
                waited.set(wait);
            }
            let clock = (!*still && !*done).then(|| {
                page::every(TICK, move || {
                    let passed = ((page::now() - begun).max(0.0) as u64).min(SHORTENED);
                    waited.set(wait * passed / SHORTENED);
                })
            });
            move || drop(clock)
        });
    }
    let note = if done {
        "then gave up".to_owned()
    } else {
        format!("of {}", words::duration(props.wait))
    };
    let note = if props.still {
        note
    } else {
        format!("{note} · shortened to {}", words::duration(SHORTENED))
    };
    html! { <Stopwatch label={props.client} value={*waited} max={props.wait} text={words::duration(*waited)} {note} /> }
}
