//! The picture of what a launch needs: boxes for accounts, image, snapshots and keys; a line is whole where something is
//! allowed and broken where it is not, and the list below says why.

use crate::app::use_app;
use crate::ui::components::{StatusIndicator, StatusKind};
use crate::ui::words;
use ec2_lab_engine::sharing::graph::{Edge, Graph, Node, Tie};
use ec2_lab_engine::sharing::trace::key_words;
use ec2_lab_engine::{ACCOUNTS, World, sharing};
use yew::prelude::*;

/// Width and height of a box, and from one to the next.
const BOX: (i32, i32) = (150, 48);
const STEP: (i32, i32) = (210, 84);

/// Props of [`Drawing`].
#[derive(Properties, PartialEq)]
pub struct DrawingProps {
    /// What is drawn.
    pub graph: Graph,
}

/// A thing's kind and its name.
fn label(world: &World, node: &Node) -> (&'static str, String) {
    let account = |digits: &str| {
        let known = ACCOUNTS
            .into_iter()
            .find(|account| account.to_string() == digits);
        known.map_or_else(|| digits.to_owned(), words::account)
    };
    match node {
        Node::Owner(digits) => ("Owner", account(digits)),
        Node::Launcher(digits) => ("Launches", account(digits)),
        Node::Image(id) => {
            let row = sharing::anywhere(world, *id);
            (
                "Image",
                row.map_or_else(|| id.to_string(), |(_, row)| row.name.clone()),
            )
        }
        Node::Snapshot(id) => ("Snapshot", id.to_string()),
        Node::SourceKey(arn) => ("Key that opens", key_words(world, arn)),
        Node::VolumeKey(arn) => ("Key for the new disk", key_words(world, arn)),
    }
}

/// Which column a thing stands in.
fn column(node: &Node) -> i32 {
    match node {
        Node::Launcher(_) => 0,
        Node::Owner(_) | Node::Image(_) => 1,
        Node::Snapshot(_) => 2,
        Node::SourceKey(_) | Node::VolumeKey(_) => 3,
    }
}

/// Where each thing stands: its column, and below those that were there before.
fn places(graph: &Graph) -> Vec<(i32, i32)> {
    let mut rows = [0; 4];
    graph
        .nodes
        .iter()
        .map(|node| {
            let column = column(node);
            let row = usize::try_from(column).ok().and_then(|at| rows.get_mut(at));
            let at = row.map_or(0, |row| {
                *row += 1;
                *row - 1
            });
            (column * STEP.0, at * STEP.1)
        })
        .collect()
}

/// The first letters of a name that is too long for its box.
fn short(name: &str) -> String {
    let name = name.trim_start_matches("the key ");
    if name.chars().count() <= 20 {
        return name.to_owned();
    }
    let start: String = name.chars().take(19).collect();
    format!("{start}…")
}

fn line(graph: &Graph, places: &[(i32, i32)], edge: &Edge) -> Html {
    let place = |node: &Node| {
        let at = graph.nodes.iter().position(|known| known == node)?;
        places.get(at).copied()
    };
    let (Some(from), Some(to)) = (place(&edge.from), place(&edge.to)) else {
        return Html::default();
    };
    let middle = |(x, y): (i32, i32)| (x + BOX.0 / 2, y + BOX.1 / 2);
    // From side to side; in one column from foot to head.
    let ((x1, y1), (x2, y2)) = if from.0 < to.0 {
        ((from.0 + BOX.0, middle(from).1), (to.0, middle(to).1))
    } else if from.1 < to.1 {
        ((middle(from).0, from.1 + BOX.1), (middle(to).0, to.1))
    } else {
        (middle(from), middle(to))
    };
    let class = classes!(
        "sharing-line",
        if edge.holds { "is-held" } else { "is-broken" },
        (!edge.needed).then_some("is-spare")
    );
    let (x, y) = ((x1 + x2) / 2, (y1 + y2) / 2);
    let mark = if edge.holds {
        format!("M{} {} l4 4 l7 -8", x - 5, y)
    } else {
        format!("M{} {} l9 9 M{} {} l9 -9", x - 4, y - 4, x - 4, y + 5)
    };
    html! {
        <g {class}>
            <line x1={x1.to_string()} y1={y1.to_string()} x2={x2.to_string()} y2={y2.to_string()} />
            <circle cx={x.to_string()} cy={y.to_string()} r="10" />
            <path d={mark} />
        </g>
    }
}

/// What a connection is called in the list.
fn tie_words(tie: Tie, holds: bool) -> &'static str {
    match (tie, holds) {
        (Tie::Owns, true) => "owns",
        (Tie::Owns, false) => "does not own",
        (Tie::Launches, true) => "may launch",
        (Tie::Launches, false) => "may not launch",
        (Tie::MadeOf, true) => "is made of",
        (Tie::MadeOf, false) => "is not made of",
        (Tie::Reads, true) => "may read",
        (Tie::Reads, false) => "may not read",
        (Tie::ClosedWith, true) => "is closed with",
        (Tie::ClosedWith, false) => "is not closed with",
        (Tie::Uses, true) => "may use",
        (Tie::Uses, false) => "may not use",
    }
}

/// The picture and its list.
#[component]
pub fn Drawing(props: &DrawingProps) -> Html {
    let app = use_app();
    let world = app.session.world();
    let graph = &props.graph;
    let places = places(graph);
    let height = places.iter().map(|(_, y)| y + BOX.1).max().unwrap_or(0);
    let view = format!("-4 -4 {} {}", STEP.0 * 3 + BOX.0 + 8, height + 8);
    let boxes = graph.nodes.iter().zip(&places).map(|(node, (x, y))| {
        let (kind, name) = label(world, node);
        html! {
            <g class="sharing-box">
                <title>{ format!("{kind}: {name}") }</title>
                <rect x={x.to_string()} y={y.to_string()} width={BOX.0.to_string()} height={BOX.1.to_string()} rx="8" />
                <text class="sharing-kind" x={(x + 10).to_string()} y={(y + 18).to_string()}>{ kind }</text>
                <text x={(x + 10).to_string()} y={(y + 36).to_string()}>{ short(&name) }</text>
            </g>
        }
    });
    html! {
        <>
            <svg class="sharing-picture" viewBox={view} role="img" aria-label="What the launch needs; the list below says the same">
                { for graph.edges.iter().map(|edge| line(graph, &places, edge)) }
                { for boxes }
            </svg>
            <ul class="sharing-list">
                { for graph.edges.iter().map(|edge| {
                    let kind = match (edge.holds, edge.needed) {
                        (true, _) => StatusKind::Success,
                        (false, true) => StatusKind::Error,
                        (false, false) => StatusKind::Info,
                    };
                    let (from, to) = (label(world, &edge.from).1, label(world, &edge.to).1);
                    html! {
                        <li>
                            <StatusIndicator {kind}>{ format!("{from} {} {to}", tie_words(edge.tie, edge.holds)) }</StatusIndicator>
                            <span class="muted">{ &edge.rule }</span>
                        </li>
                    }
                }) }
            </ul>
        </>
    }
}
