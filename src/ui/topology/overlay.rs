//! The packet's way over the picture: lines between the boxes it met, measured where the browser put them.

use super::packet::Packet;
use super::path::{Path, Point};
use super::playback::use_walk;
use super::spots::{Anchor, INTERNET, LAPTOP, Stop};
use crate::platform::measure::{self, Boxes, Rect};
use crate::state::Attempt;
use ec2_lab_engine::network::{Decision, Verdict, Way};
use std::rc::Rc;
use yew::prelude::*;

/// Props of [`Overlay`].
#[derive(Properties, PartialEq)]
pub struct OverlayProps {
    /// The picture: boxes are measured relative to it.
    pub container: NodeRef,
    /// The attempt.
    pub attempt: Rc<Attempt>,
    /// Where its hops happen.
    pub stops: Rc<Vec<Stop>>,
}

/// Where the stops were found.
#[derive(Clone, Debug, Default, PartialEq)]
struct Layout {
    points: Vec<Option<Point>>,
    /// Zones stand one above the other.
    narrow: bool,
    /// Free space beside the zones.
    gutter: f64,
}

/// Lines below the cards, the packet above them.
#[component]
pub fn Overlay(props: &OverlayProps) -> Html {
    let walk = use_walk();
    let layout = use_state(Layout::default);
    let resized = use_force_update();
    {
        let (layout, container, stops) =
            (layout.clone(), props.container.clone(), props.stops.clone());
        // After every drawing: what moved the boxes may be anything, from a new card to a loaded font.
        use_effect(move || {
            let found = measured(&container, &stops);
            if found != *layout {
                layout.set(found);
            }
        });
    }
    use_effect_with((), move |()| {
        let listener = measure::on_resize(move || resized.force_update());
        move || drop(listener)
    });
    let hops = &props.attempt.trace.hops;
    let (at, finished) = walk.place(&props.attempt);
    let connected = props.attempt.trace.verdict == Verdict::Connected;
    let legs = legs(
        &layout,
        hops.iter().map(|hop| hop.way == Way::Back).collect(),
    );
    let tone = match (finished, connected) {
        (false, _) => "is-active",
        (true, true) => "is-ok",
        (true, false) => "is-bad",
    };
    let refused = hops
        .iter()
        .take(at + 1)
        .any(|hop| hop.decision == Decision::Rejected);
    let gone = hops
        .get(at)
        .is_some_and(|hop| hop.decision == Decision::Dropped);
    let here = point_at(&layout, at);
    let turn = hops
        .iter()
        .position(|hop| hop.decision == Decision::Rejected && finished);
    let stopped = if gone {
        here
    } else {
        turn.and_then(|index| point_at(&layout, index))
    };
    let packet_tone = match (connected && finished, refused || gone) {
        (true, _) => "is-ok",
        (_, true) => "is-bad",
        _ => "is-active",
    };
    html! {
        <>
            <svg class="pic-overlay" aria-hidden="true" focusable="false">
                { for legs.iter().enumerate().take(at).map(|(index, leg)| {
                    let back = hops.get(index + 1).is_some_and(|hop| hop.way == Way::Back).then_some("is-back");
                    html! { <path key={index} class={classes!("wire", tone, back)} d={leg.data()} /> }
                }) }
            </svg>
            <svg class="pic-overlay is-front" aria-hidden="true" focusable="false">
                if let Some((x, y)) = stopped {
                    <g class="wire-stop" transform={format!("translate({x:.1} {y:.1})")}>
                        <circle r="8" />
                        <path d="M-3 -3 3 3M3 -3-3 3" />
                    </g>
                }
                if let Some(here) = here {
                    <Packet key={props.attempt.number.to_string()} {here} ahead={legs.get(at).cloned()}
                        attempt={props.attempt.clone()} tone={packet_tone} gone={gone && finished} />
                }
            </svg>
        </>
    }
}

/// The point of a hop; the last one known, where a box was not found.
fn point_at(layout: &Layout, at: usize) -> Option<Point> {
    layout
        .points
        .get(..=at)?
        .iter()
        .rev()
        .find_map(|point| *point)
}

/// The lines from hop to hop; those of the way back run beside.
fn legs(layout: &Layout, back: Vec<bool>) -> Vec<Path> {
    let count = layout.points.len();
    (1..count)
        .map(|index| {
            let (Some(from), Some(to)) = (point_at(layout, index - 1), point_at(layout, index))
            else {
                return Path::default();
            };
            let long = (to.1 - from.1).abs() > 40.0;
            let inside = from.1.min(to.1)
                >= layout
                    .points
                    .iter()
                    .flatten()
                    .map(|point| point.1)
                    .fold(f64::MAX, f64::min)
                    + 1.0;
            let path = if layout.narrow && long && inside {
                Path::around(from, layout.gutter, to)
            } else {
                Path::curve(from, to)
            };
            if back.get(index).copied().unwrap_or_default() {
                path.beside()
            } else {
                path
            }
        })
        .collect()
}

fn measured(container: &NodeRef, stops: &[Stop]) -> Layout {
    let boxes = Boxes::of(container);
    let outside = boxes.get(LAPTOP);
    let region = boxes.get("region");
    let narrow =
        matches!((outside, region), (Some(outside), Some(region)) if outside.bottom() <= region.y);
    let find = |stop: &Stop| {
        stop.names
            .iter()
            .enumerate()
            .find_map(|(rank, name)| boxes.get(name).map(|rect| (rank, rect)))
    };
    // A packet for a box further right leaves by the right side.
    let first = |near: bool| {
        stops
            .iter()
            .filter(|stop| stop.near == near && stop.beside.is_some())
            .find_map(&find)
    };
    let leaves_right = matches!((first(true), first(false)), (Some((_, from)), Some((_, to))) if from.right() <= to.x);
    let points = stops
        .iter()
        .map(|stop| {
            let (rank, rect) = find(stop)?;
            let beside = stop.beside.and_then(|id| boxes.get(&id.to_string()));
            Some(point(
                stop,
                rank,
                rect,
                beside,
                narrow,
                leaves_right && stop.near,
            ))
        })
        .collect();
    let gutter = region.map_or(0.0, |rect| rect.x + 3.0);
    Layout {
        points,
        narrow,
        gutter,
    }
}

fn point(
    stop: &Stop,
    rank: usize,
    rect: Rect,
    beside: Option<Rect>,
    narrow: bool,
    right: bool,
) -> Point {
    let (x, y) = rect.middle();
    let side = if right { rect.right() } else { rect.x };
    // A stand-in for a box that is not drawn is met at its side.
    let anchor = if rank == 0 || stop.names.first().is_some_and(|name| name == INTERNET) {
        stop.anchor
    } else {
        Anchor::Card
    };
    match anchor {
        Anchor::Host if narrow => (x, rect.bottom()),
        Anchor::Host => (rect.right(), y),
        Anchor::Middle => (x, y),
        Anchor::Edge => (side, beside.map_or(y, |card| card.y)),
        // Beside the tab, so that its name stays readable when the packet ends there.
        Anchor::Tab if right => (rect.right() + 9.0, y),
        Anchor::Tab => (rect.x - 9.0, y),
        Anchor::Card => (side, y),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_that_is_not_drawn_leaves_the_packet_where_it_was() {
        let layout = Layout {
            points: vec![Some((0.0, 0.0)), None, Some((10.0, 0.0))],
            ..Layout::default()
        };
        assert_eq!(point_at(&layout, 1), Some((0.0, 0.0)));
        assert_eq!(point_at(&layout, 9), None);
        assert_eq!(legs(&layout, vec![false, false, true]).len(), 2);
    }

    #[test]
    fn nothing_measured_is_nothing_drawn() {
        assert!(legs(&Layout::default(), Vec::new()).is_empty());
    }
}
