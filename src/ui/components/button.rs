//! A button: the one thing that does something when pressed.

use yew::prelude::*;

use super::{Icon, IconName};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one main action of a view.
    Primary,
    /// Any other action.
    #[default]
    Normal,
    /// An action that stands beside others without a frame.
    Link,
    /// An action inside a line of text; as tall as the text.
    Inline,
    /// An icon without words; give `label`.
    Icon,
}

impl ButtonVariant {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "is-primary",
            Self::Normal => "is-normal",
            Self::Link => "is-link",
            Self::Inline => "is-inline",
            Self::Icon => "is-icon",
        }
    }
}

/// Props of [`Button`].
#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// The words on it; left out for [`ButtonVariant::Icon`].
    #[prop_or_default]
    pub children: Html,
    /// How much it asks for attention.
    #[prop_or_default]
    pub variant: ButtonVariant,
    /// Smaller, for rows and headers.
    #[prop_or_default]
    pub small: bool,
    /// An icon before the words.
    #[prop_or_default]
    pub icon: Option<IconName>,
    /// An icon after the words.
    #[prop_or_default]
    pub icon_end: Option<IconName>,
    /// The accessible name where the words do not say enough: "Remove rule 3".
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// What pressing it does; not called while it is disabled or loading.
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    /// Makes it a link that looks like a button.
    #[prop_or_default]
    pub href: Option<AttrValue>,
    /// Cannot be pressed now, for a reason that is plain to see.
    #[prop_or_default]
    pub disabled: bool,
    /// Cannot be pressed now, because of this. The reason is shown on focus and hover.
    #[prop_or_default]
    pub disabled_reason: Option<AttrValue>,
    /// Works on it: shows progress and takes no further press.
    #[prop_or_default]
    pub loading: bool,
    /// For a button that stays down: whether it is down.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// For a button that shows and hides something: whether that is shown.
    #[prop_or_default]
    pub expanded: Option<bool>,
    /// Id of what it shows and hides.
    #[prop_or_default]
    pub controls: Option<AttrValue>,
    /// Sends the form it stands in.
    #[prop_or_default]
    pub submit: bool,
    /// Id of the element.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// Reference to the `<button>`, to focus it.
    #[prop_or_default]
    pub button_ref: NodeRef,
}

/// A native button, or a link in its clothes.
///
/// A disabled button keeps its place in the tab order: who reaches it learns why it is disabled.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let class = classes!(
        "button",
        props.variant.class(),
        props.small.then_some("is-small"),
        props.loading.then_some("is-loading"),
        props.class.clone(),
    );
    let start = if props.loading {
        Some(IconName::StatusProgress)
    } else {
        props.icon
    };
    let body = html! {
        <>
            if let Some(name) = start { <Icon {name} /> }
            { props.children.clone() }
            if let Some(name) = props.icon_end { <Icon {name} /> }
        </>
    };
    let blocked = props.disabled || props.loading || props.disabled_reason.is_some();
    if let Some(href) = props.href.as_ref().filter(|_| !blocked) {
        return html! {
            <a {class} {href} id={props.id.clone()} aria-label={props.label.clone()}
                onclick={props.onclick.clone()}>{ body }</a>
        };
    }
    let onclick = if blocked {
        Callback::from(|event: MouseEvent| event.prevent_default())
    } else {
        props.onclick.clone()
    };
    let button = html! {
        <button
            type={if props.submit { "submit" } else { "button" }}
            {class}
            id={props.id.clone()}
            ref={props.button_ref.clone()}
            aria-label={props.label.clone()}
            aria-disabled={blocked.then_some("true")}
            aria-description={props.disabled_reason.clone()}
            aria-busy={props.loading.then_some("true")}
            aria-pressed={props.pressed.map(|on| on.to_string())}
            aria-expanded={props.expanded.map(|on| on.to_string())}
            aria-controls={props.controls.clone()}
            {onclick}
        >{ body }</button>
    };
    match &props.disabled_reason {
        None => button,
        Some(reason) => html! {
            <span class="button-wrap">
                { button }
                <span class="button-reason" aria-hidden="true">{ reason }</span>
            </span>
        },
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn a_disabled_button_says_why_and_stays_reachable() {
        let page = render(html! {
            <Button disabled_reason="Choose an instance first.">{ "Stop" }</Button>
        });
        assert!(page.contains("aria-disabled=\"true\""));
        assert!(page.contains("aria-description=\"Choose an instance first.\""));
        assert!(!page.contains(" disabled="));
    }

    #[test]
    fn a_link_is_a_link_until_it_is_disabled() {
        let open = render(html! { <Button href="#/lab">{ "Open" }</Button> });
        assert!(open.starts_with("<a ") && open.contains("href=\"#/lab\""));
        let shut = render(html! { <Button href="#/lab" disabled=true>{ "Open" }</Button> });
        assert!(shut.starts_with("<button ") && !shut.contains("href"));
    }

    #[test]
    fn states_reach_the_accessibility_tree() {
        let page = render(html! {
            <Button variant={ButtonVariant::Icon} icon={IconName::Pause} label="Pause" pressed=true expanded=false />
        });
        assert!(page.contains("aria-label=\"Pause\""));
        assert!(page.contains("aria-pressed=\"true\""));
        assert!(page.contains("aria-expanded=\"false\""));
    }
}
