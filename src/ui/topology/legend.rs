//! What the three kinds of plug mean.

use crate::ui::components::{Plug, PlugKind};
use yew::prelude::*;

/// The legend below the picture.
#[component]
pub fn Legend() -> Html {
    html! {
        <ul class="pic-legend" aria-label="What the plugs mean">
            { for [PlugKind::Open, PlugKind::Locked, PlugKind::Hollow].into_iter().map(|kind| html! {
                <li key={kind.class()}><Plug {kind} />{ kind.words() }</li>
            }) }
        </ul>
    }
}
