//! Renders markup to a string, as a server would: what the unit tests of the components look at.

#![allow(clippy::unwrap_used)]

use yew::LocalServerRenderer;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
struct ShownProps {
    node: Html,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    props.node.clone()
}

/// The HTML of `node`; effects do not run.
pub(crate) fn render(node: Html) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, async move {
        LocalServerRenderer::<Shown>::with_props(ShownProps { node })
            .hydratable(false)
            .render()
            .await
    })
}
