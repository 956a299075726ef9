//! How far it has come.

use yew::prelude::*;

/// Props of [`Progress`].
#[derive(Properties, PartialEq)]
pub struct ProgressProps {
    /// What goes on: "Questions answered".
    pub label: AttrValue,
    /// How far.
    pub value: f64,
    /// Where it ends.
    #[prop_or(100.0)]
    pub max: f64,
    /// The same in words: "12 of 60". Without it the percentage is shown.
    #[prop_or_default]
    pub text: Option<AttrValue>,
}

/// A native progress bar with its words.
#[component]
pub fn Progress(props: &ProgressProps) -> Html {
    let max = if props.max > 0.0 { props.max } else { 1.0 };
    let value = props.value.clamp(0.0, max);
    let text = props
        .text
        .clone()
        .unwrap_or_else(|| format!("{:.0} %", value / max * 100.0).into());
    html! {
        <label class="progress">
            <span class="progress-words">
                <span class="progress-label">{ &props.label }</span>
                <span class="progress-text">{ text }</span>
            </span>
            <progress class="progress-bar" value={value.to_string()} max={max.to_string()} />
        </label>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn stays_within_its_bounds() {
        let page = render(html! { <Progress label="Answered" value={80.0} max={60.0} /> });
        assert!(page.contains("value=\"60\"") && page.contains("100 %"));
        let empty =
            render(html! { <Progress label="Answered" value={0.0} max={0.0} text="none" /> });
        assert!(empty.contains("max=\"1\"") && empty.contains(">none<"));
    }
}
