//! The packet: a dot that walks from one hop to the next.

use super::path::{Path, Point};
use super::playback::{Act, use_walk};
use crate::platform::{measure, page};
use crate::state::Attempt;
use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;

/// Milliseconds between two drawings. A background tab draws less often: then whole hops pass between two of them.
const FRAME: u32 = 16;

/// Props of [`Packet`].
#[derive(Properties, PartialEq)]
pub struct PacketProps {
    /// Where the hop is that it has reached.
    pub here: Point,
    /// The way to the next one.
    pub ahead: Option<Path>,
    /// The attempt.
    pub attempt: Rc<Attempt>,
    /// The class of its colour.
    pub tone: &'static str,
    /// Whether it was thrown away here.
    pub gone: bool,
}

/// It keeps its own clock and tells the walk when it has arrived.
#[component]
pub fn Packet(props: &PacketProps) -> Html {
    let walk = use_walk();
    let (at, _) = walk.place(&props.attempt);
    let place = use_mut_ref(|| (0_u32, 0_usize, 0.0_f64));
    let drawn = use_force_update();
    {
        let (walk, place) = (walk.clone(), place.clone());
        let hops = props.attempt.trace.hops.len();
        use_effect_with(
            (walk.walk, at, walk.running, walk.pace),
            move |(number, at, running, pace)| {
                let (number, at) = (*number, *at);
                {
                    let mut place = place.borrow_mut();
                    if (place.0, place.1) != (number, at) {
                        *place = (number, at, 0.0);
                    }
                }
                let begun = page::now();
                let before = place.borrow().2;
                let stride = pace.stride(hops).max(1.0);
                let arrived = Cell::new(false);
                let clock = running.then(|| {
                    page::every(FRAME, move || {
                        // The next drawing may come before the state has moved on.
                        if arrived.get() {
                            return;
                        }
                        let share = before + (page::now() - begun).max(0.0) / stride;
                        place.borrow_mut().2 = share.min(1.0);
                        if share >= 1.0 {
                            arrived.set(true);
                            walk.dispatch(Act::Arrive);
                        } else {
                            drawn.force_update();
                        }
                    })
                });
                move || drop(clock)
            },
        );
    }
    let share = {
        let place = place.borrow();
        if (place.0, place.1) == (walk.walk, at) {
            place.2
        } else {
            0.0
        }
    };
    let still = share <= 0.0 || measure::reduced_motion();
    let (x, y) = props
        .ahead
        .as_ref()
        .filter(|_| !still)
        .and_then(|path| path.at(share))
        .unwrap_or(props.here);
    let gone = props.gone.then_some("is-gone");
    html! {
        <g class={classes!("packet-group", gone)}>
            <circle class={classes!("packet-halo", props.tone)} cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="13" />
            <circle class={classes!("packet", props.tone)} cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="6.5" />
        </g>
    }
}
