//! A port as a plug: who looks at it knows what a connection would meet.

use yew::prelude::*;

/// What a connection to the port would meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlugKind {
    /// Something listens and a rule lets the packet in: it connects.
    Open,
    /// Something listens and no rule lets the packet in: it times out.
    Locked,
    /// A rule lets the packet in and nothing listens: it is refused.
    Hollow,
}

impl PlugKind {
    /// The class that gives shape and colour.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Open => "is-open",
            Self::Locked => "is-locked",
            Self::Hollow => "is-hollow",
        }
    }

    /// The same in words, as the legend says it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Open => "listens, rule open: connects",
            Self::Locked => "listens, no rule: times out",
            Self::Hollow => "rule open, nobody home: refused",
        }
    }
}

/// Props of [`Plug`].
#[derive(Properties, PartialEq)]
pub struct PlugProps {
    /// What a connection would meet.
    pub kind: PlugKind,
    /// The port, drawn beside the plug; without it only the shape is drawn, as in a legend.
    #[prop_or_default]
    pub port: Option<AttrValue>,
    /// What listens, for the spoken text: "ssh".
    #[prop_or_default]
    pub service: Option<AttrValue>,
}

/// Three shapes that differ without colour: a disc, a ring with a lock, a dashed ring.
#[component]
pub fn Plug(props: &PlugProps) -> Html {
    let shape = match props.kind {
        PlugKind::Open => html! {
            <>
                <circle class="plug-disc" cx="10" cy="10" r="8" />
                <path class="plug-mark" d="M6.4 10.2 9 12.8l4.8-5.4" />
            </>
        },
        PlugKind::Locked => html! {
            <>
                <circle class="plug-ring" cx="10" cy="10" r="8" />
                <path class="plug-shackle" d="M7.9 9.4V8a2.1 2.1 0 0 1 4.2 0v1.4" />
                <path class="plug-lock" d="M6.6 9.2h6.8v4.6H6.6z" />
            </>
        },
        PlugKind::Hollow => html! { <circle class="plug-ring" cx="10" cy="10" r="8" /> },
    };
    html! {
        <span class={classes!("plug", props.kind.class())}>
            if let Some(port) = &props.port {
                <span class="plug-port">
                    <span class="visually-hidden">{ "Port " }</span>{ port }
                </span>
            }
            <svg class="plug-shape" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
                { shape }
            </svg>
            if props.port.is_some() {
                <span class="visually-hidden">
                    if let Some(service) = &props.service { { service }{ ", " } }
                    { props.kind.words() }
                </span>
            }
        </span>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn says_what_it_shows() {
        let page = render(html! { <Plug kind={PlugKind::Locked} port="22" service="ssh" /> });
        assert!(page.contains("plug is-locked") && page.contains("22"));
        assert!(page.contains("ssh") && page.contains("listens, no rule: times out"));
    }

    #[test]
    fn is_only_a_shape_in_a_legend() {
        let page = render(html! { <Plug kind={PlugKind::Hollow} /> });
        assert!(!page.contains("visually-hidden"));
    }
}
