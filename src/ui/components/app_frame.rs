//! The frame of every page: top bar, side, work, inspector, drawer; nothing covers anything.

use yew::prelude::*;

use super::{Icon, IconName};
use crate::platform::popover;

/// Id of the side part, which folds into a popover on a narrow page.
const SIDE: &str = "frame-side";

/// Props of [`AppFrame`].
#[derive(Properties, PartialEq)]
pub struct AppFrameProps {
    /// The [`TopNavigation`](super::TopNavigation).
    pub top: Html,
    /// The [`SideNavigation`](super::SideNavigation).
    #[prop_or_default]
    pub side: Html,
    /// The words on the button that opens the side part on a narrow page: "Instances".
    #[prop_or(AttrValue::Static("Resources"))]
    pub side_label: AttrValue,
    /// The messages above the work.
    #[prop_or_default]
    pub notifications: Html,
    /// The work.
    pub children: Html,
    /// Details of what is chosen.
    #[prop_or_default]
    pub inspector: Html,
    /// What is chosen: "web-1, Running". Names the inspector and its sheet.
    #[prop_or(AttrValue::Static("Details"))]
    pub inspector_label: AttrValue,
    /// The [`Drawer`](super::Drawer) at the foot. With it the page is docked: side, work and
    /// inspector scroll by themselves between bar and drawer, as in an application.
    #[prop_or_default]
    pub prompt: Html,
    /// What stands at the end of the work.
    #[prop_or_default]
    pub footer: Html,
    /// Docks the page without a drawer, too; otherwise the document scrolls.
    #[prop_or_default]
    pub docked: bool,
}

/// Three columns from 1100 px; one below, where the side folds into a menu and the inspector
/// becomes a sheet between work and drawer.
#[component]
pub fn AppFrame(props: &AppFrameProps) -> Html {
    let sheet = use_state(|| false);
    let none = Html::default();
    let (has_side, has_inspector) = (props.side != none, props.inspector != none);
    let class = classes!(
        "frame",
        has_side.then_some("has-side"),
        has_inspector.then_some("has-inspector"),
        (props.docked || props.prompt != none).then_some("is-docked"),
    );
    let close_side = Callback::from(|_: MouseEvent| popover::hide(SIDE));
    html! {
        <div {class}>
            { props.top.clone() }
            <div class="frame-body">
                if has_side {
                    <div class="frame-side-bar">
                        <button type="button" class="button is-normal is-small" popovertarget={SIDE}>
                            <Icon name={IconName::Menu} />
                            <span class="visually-hidden">{ "Open the list, now at " }</span>
                            { &props.side_label }
                        </button>
                    </div>
                    <div id={SIDE} class="frame-side" popover="auto" onclick={close_side}>
                        { props.side.clone() }
                    </div>
                }
                <main id="main" class="frame-main" tabindex="-1">
                    { props.notifications.clone() }
                    { props.children.clone() }
                    if props.footer != none {
                        <footer class="frame-footer">{ props.footer.clone() }</footer>
                    }
                </main>
                if has_inspector { { view_inspector(props, &sheet) } }
            </div>
            if props.prompt != none {
                <div class="frame-prompt">{ props.prompt.clone() }</div>
            }
        </div>
    }
}

fn view_inspector(props: &AppFrameProps, sheet: &UseStateHandle<bool>) -> Html {
    let open = **sheet;
    let onclick = {
        let sheet = sheet.clone();
        Callback::from(move |_: MouseEvent| sheet.set(!*sheet))
    };
    html! {
        <aside class={classes!("frame-inspector", open.then_some("is-open"))}
            aria-label={&props.inspector_label}>
            <button type="button" class="sheet-handle" aria-controls="frame-sheet"
                aria-expanded={open.to_string()} {onclick}>
                <Icon name={if open { IconName::AngleDown } else { IconName::AngleUp }} />
                { &props.inspector_label }
            </button>
            <div id="frame-sheet" class="frame-sheet">{ props.inspector.clone() }</div>
        </aside>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn parts_that_are_not_given_are_not_there() {
        let page = render(html! { <AppFrame top={html! { "top" }}>{ "work" }</AppFrame> });
        assert!(page.contains("<main id=\"main\"") && page.contains("work"));
        for part in [
            "<aside",
            "frame-side",
            "frame-prompt",
            "<footer",
            "is-docked",
        ] {
            assert!(!page.contains(part), "{part}");
        }
    }

    #[test]
    fn all_parts_have_their_place() {
        let page = render(html! {
            <AppFrame top={html! { "top" }} side={html! { "side" }} inspector={html! { "inspector" }}
                inspector_label="web-1, Running" prompt={html! { "prompt" }}>
                { "work" }
            </AppFrame>
        });
        assert!(page.contains("has-side") && page.contains("is-docked"));
        assert!(page.contains("aria-label=\"web-1, Running\""));
        assert!(page.contains("aria-expanded=\"false\""));
        let order = ["top", ">side<", "work", ">inspector<", ">prompt<"];
        let places: Vec<_> = order.iter().map(|part| page.find(part)).collect();
        assert!(places.is_sorted() && places.iter().all(Option::is_some));
    }
}
