//! A state in an icon and a word, never in colour alone.

use yew::prelude::*;

use super::{Icon, IconName};

/// What kind of state it is; the word says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusKind {
    /// Works: running, connected, passed.
    Success,
    /// Failed: timed out, refused, wrong.
    Error,
    /// Works, with a risk.
    Warning,
    /// Neutral news.
    Info,
    /// Waits for its turn.
    Pending,
    /// Is changing now.
    InProgress,
    /// Is off.
    Stopped,
}

impl StatusKind {
    /// The icon of the state.
    pub const fn icon(self) -> IconName {
        match self {
            Self::Success => IconName::StatusSuccess,
            Self::Error => IconName::StatusError,
            Self::Warning => IconName::StatusWarning,
            Self::Info => IconName::StatusInfo,
            Self::Pending => IconName::StatusPending,
            Self::InProgress => IconName::StatusProgress,
            Self::Stopped => IconName::StatusStopped,
        }
    }

    /// The class that gives the colour.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Success => "is-success",
            Self::Error => "is-error",
            Self::Warning => "is-warning",
            Self::Info => "is-info",
            Self::Pending => "is-pending",
            Self::InProgress => "is-progress",
            Self::Stopped => "is-stopped",
        }
    }
}

/// Props of [`StatusIndicator`].
#[derive(Properties, PartialEq)]
pub struct StatusIndicatorProps {
    /// The kind, which picks icon and colour.
    pub kind: StatusKind,
    /// The word: "Running", "Timed out".
    pub children: Html,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// Icon and word in the colour of the kind.
#[component]
pub fn StatusIndicator(props: &StatusIndicatorProps) -> Html {
    html! {
        <span class={classes!("status", props.kind.class(), props.class.clone())}>
            <Icon name={props.kind.icon()} />
            <span class="status-word">{ props.children.clone() }</span>
        </span>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn says_the_state_in_words() {
        let page = render(html! {
            <StatusIndicator kind={StatusKind::InProgress}>{ "Pending" }</StatusIndicator>
        });
        assert!(page.contains("status is-progress"));
        assert!(page.contains(">Pending<"));
        assert!(page.contains("<svg"));
    }
}
