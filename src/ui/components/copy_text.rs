//! An id or address with a button that copies it.

use yew::prelude::*;

use super::{Icon, IconName};

/// Props of [`CopyText`].
#[derive(Properties, PartialEq)]
pub struct CopyTextProps {
    /// What is shown and copied.
    pub text: AttrValue,
    /// What it is, for the button's name: "instance ID".
    pub what: AttrValue,
    /// Copies and announces: the page owns clipboard and live region.
    pub oncopy: Callback<AttrValue>,
    /// Shows only the button.
    #[prop_or_default]
    pub button_only: bool,
}

/// Text in the font of code, and a copy button whose icon becomes a tick until it loses focus.
#[component]
pub fn CopyText(props: &CopyTextProps) -> Html {
    let copied = use_state(|| false);
    let onclick = {
        let (copied, oncopy, text) = (copied.clone(), props.oncopy.clone(), props.text.clone());
        Callback::from(move |_: MouseEvent| {
            oncopy.emit(text.clone());
            copied.set(true);
        })
    };
    let forget = {
        let copied = copied.setter();
        move || copied.set(false)
    };
    let onblur = {
        let forget = forget.clone();
        Callback::from(move |_: FocusEvent| forget())
    };
    let onmouseleave = Callback::from(move |_: MouseEvent| forget());
    let name = if *copied {
        IconName::Check
    } else {
        IconName::Copy
    };
    html! {
        <span class="copy-text">
            if !props.button_only {
                <span class="copy-value">{ &props.text }</span>
            }
            <button type="button" class={classes!("copy-button", copied.then_some("is-copied"))}
                aria-label={format!("Copy {} {}", props.what, props.text)}
                {onclick} {onblur} {onmouseleave}>
                <Icon {name} />
            </button>
        </span>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn the_button_names_what_it_copies() {
        let page = render(html! {
            <CopyText text="198.18.4.7" what="public IPv4 address" oncopy={Callback::noop()} />
        });
        assert!(page.contains("aria-label=\"Copy public IPv4 address 198.18.4.7\""));
        assert!(page.contains(">198.18.4.7<"));
    }
}
