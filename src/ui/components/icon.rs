//! One small picture from the page's own set.

use yew::prelude::*;

use super::IconName;

/// Props of [`Icon`].
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// Which one.
    pub name: IconName,
    /// What it says where no words stand beside it; without it the icon is decoration.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Further classes, such as `is-large`.
    #[prop_or_default]
    pub class: Classes,
}

/// An inline SVG in the colour of the text around it.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    let (line, fill) = props.name.shapes();
    let role = props.label.as_ref().map(|_| "img");
    let hidden = props.label.is_none().then_some("true");
    html! {
        <svg
            class={classes!("icon", props.class.clone())}
            viewBox="0 0 16 16"
            focusable="false"
            {role}
            aria-label={props.label.clone()}
            aria-hidden={hidden}
        >
            if !line.is_empty() {
                <path class="icon-line" d={line} />
            }
            if !fill.is_empty() {
                <path class="icon-fill" d={fill} />
            }
        </svg>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn is_decoration_unless_it_has_a_label() {
        let plain = render(html! { <Icon name={IconName::Copy} /> });
        assert!(plain.contains("aria-hidden=\"true\"") && !plain.contains("role"));
        let spoken = render(html! { <Icon name={IconName::Copy} label="Copy" /> });
        assert!(spoken.contains("role=\"img\"") && spoken.contains("aria-label=\"Copy\""));
    }

    #[test]
    fn every_icon_draws_something() {
        for name in IconName::ALL {
            let (line, fill) = name.shapes();
            assert!(!line.is_empty() || !fill.is_empty(), "{name:?} is blank");
        }
    }
}
