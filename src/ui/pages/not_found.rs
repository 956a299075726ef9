//! An address that leads nowhere.

use crate::route::{Route, Section};
use crate::ui::components::{Button, ButtonVariant, EmptyState, IconName};
use yew::prelude::*;

/// Props of [`NotFound`].
#[derive(Properties, PartialEq)]
pub struct NotFoundProps {
    /// The part of the address behind `#/`.
    pub path: String,
}

/// Says what happened and where to go.
#[component]
pub fn NotFound(props: &NotFoundProps) -> Html {
    let action = html! {
        <>
            <Button variant={ButtonVariant::Primary} href={Route::Lab(Section::Instances).href()}>{ "Open the lab" }</Button>
            <Button href={Route::Home.href()}>{ "Go to the start page" }</Button>
        </>
    };
    html! {
        <div class="page is-narrow">
            <h1 id="main-title" tabindex="-1">{ "Nothing here" }</h1>
            <div class="panel">
                <EmptyState icon={IconName::Search} title="No page has this address." {action}>
                    <p><code>{ format!("#/{}", props.path) }</code></p>
                    <p>{ "The link may be old or mistyped. Your lab is as it was." }</p>
                </EmptyState>
            </div>
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn an_address_is_shown_as_text() {
        let props = || NotFoundProps {
            path: "lab/<b>x".to_owned(),
        };
        let page = yew::ServerRenderer::<NotFound>::with_props(props)
            .hydratable(false)
            .render()
            .await;
        assert!(page.contains("#/lab/&lt;b") && !page.contains("<b>"));
        assert!(page.contains("#/lab/instances") && page.contains("<h1 id=\"main-title\""));
    }
}
