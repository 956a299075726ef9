//! How long a client waits: the dial runs to its real wait, shortened, and says so.

use yew::prelude::*;

/// Circumference of the dial's hand path, so that `value / max` of it can be drawn.
const ROUND: f64 = 56.55;

/// Props of [`Stopwatch`].
#[derive(Properties, PartialEq)]
pub struct StopwatchProps {
    /// Who waits: "ssh".
    pub label: AttrValue,
    /// Milliseconds waited.
    pub value: u64,
    /// Milliseconds the client waits before it gives up.
    pub max: u64,
    /// The time waited, in words: "2 min 7 s".
    pub text: AttrValue,
    /// What is not as in reality: "shortened to 4 s".
    #[prop_or_default]
    pub note: Option<AttrValue>,
}

/// A dial with the words beside it.
#[component]
pub fn Stopwatch(props: &StopwatchProps) -> Html {
    let max = props.max.max(1);
    let done = ROUND * (props.value.min(max) as f64) / (max as f64);
    html! {
        <div class="stopwatch" role="timer" aria-label={format!("{} waits", props.label)}>
            <svg class="stopwatch-dial" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <circle class="stopwatch-track" cx="12" cy="13" r="9" />
                <path class="stopwatch-crown" d="M9.5 1.5h5M12 1.5V4" />
                <circle class="stopwatch-hand" cx="12" cy="13" r="9"
                    stroke-dasharray={format!("{done:.2} {ROUND}")} transform="rotate(-90 12 13)" />
            </svg>
            <span class="stopwatch-words">
                <span class="stopwatch-label">{ &props.label }{ " waits" }</span>
                { " " }
                <span class="stopwatch-text">{ &props.text }</span>
                if let Some(note) = &props.note {
                    { " " }<span class="stopwatch-note">{ note }</span>
                }
            </span>
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn the_hand_never_passes_the_end() {
        let page = render(html! {
            <Stopwatch label="ssh" value={200_000} max={127_000} text="2 min 7 s"
                note="shortened to 4 s" />
        });
        assert!(page.contains("stroke-dasharray=\"56.55 56.55\""));
        assert!(page.contains("2 min 7 s") && page.contains("shortened to 4 s"));
    }

    #[test]
    fn a_wait_of_nothing_is_drawn() {
        let page = render(html! { <Stopwatch label="nc" value={0} max={0} text="0 s" /> });
        assert!(page.contains("stroke-dasharray=\"0.00 56.55\""));
    }
}
