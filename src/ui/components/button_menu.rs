//! A button that opens a menu of actions.

use implicit_clone::{ImplicitClone, unsync::IArray};
use yew::prelude::*;

use super::{ButtonVariant, Icon, IconName};
use crate::platform::focus::{self, Move};

/// One action of a [`ButtonMenu`].
#[derive(Clone, Debug, Default, PartialEq, ImplicitClone)]
pub struct MenuItem {
    /// What `onselect` is given.
    pub id: AttrValue,
    /// The words.
    pub text: AttrValue,
    /// A line below the words.
    pub detail: Option<AttrValue>,
    /// Why it cannot be chosen now.
    pub disabled_reason: Option<AttrValue>,
}

impl MenuItem {
    /// An action that can be chosen.
    pub fn new(id: impl Into<AttrValue>, text: impl Into<AttrValue>) -> Self {
        Self {
            id: id.into(),
            text: text.into(),
            ..Self::default()
        }
    }

    /// With a line below the words.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<AttrValue>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Not to be chosen now, because of `reason`; `None` leaves it enabled.
    #[must_use]
    pub fn disabled(mut self, reason: Option<AttrValue>) -> Self {
        self.disabled_reason = reason;
        self
    }
}

/// Props of [`ButtonMenu`].
#[derive(Properties, PartialEq)]
pub struct ButtonMenuProps {
    /// Id of the menu, unique in the page.
    pub id: AttrValue,
    /// The words on the button.
    #[prop_or_default]
    pub text: Option<AttrValue>,
    /// The accessible name where the button has no words.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// An icon before the words.
    #[prop_or_default]
    pub icon: Option<IconName>,
    /// How much the button asks for attention.
    #[prop_or_default]
    pub variant: ButtonVariant,
    /// Smaller, for rows and headers.
    #[prop_or_default]
    pub small: bool,
    /// The actions.
    pub items: IArray<MenuItem>,
    /// Called with the id of the chosen action.
    pub onselect: Callback<AttrValue>,
}

/// The WAI-ARIA menu button on a native popover: the browser opens it, closes it on Escape or a
/// press outside and gives focus back; arrow keys, Home and End move along the actions.
#[component]
pub fn ButtonMenu(props: &ButtonMenuProps) -> Html {
    let menu = use_node_ref();
    let onkeydown = {
        let menu = menu.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(step) = Move::along_column(&event.key()) {
                event.prevent_default();
                focus::rove(&menu, "[role=menuitem]", step);
            }
        })
    };
    let class = classes!(
        "button",
        props.variant.class(),
        props.small.then_some("is-small"),
    );
    html! {
        <span class="button-menu">
            <button type="button" {class} aria-haspopup="menu" aria-label={props.label.clone()}
                popovertarget={&props.id}>
                if let Some(name) = props.icon { <Icon {name} /> }
                if let Some(text) = &props.text {
                    { text }
                    <Icon name={IconName::AngleDown} />
                }
            </button>
            <div id={&props.id} class="menu" role="menu" popover="auto" ref={menu} {onkeydown}
                aria-label={props.label.clone().or_else(|| props.text.clone())}>
                { for props.items.iter().enumerate().map(|(index, item)| view_item(props, index, item)) }
            </div>
        </span>
    }
}

fn view_item(props: &ButtonMenuProps, index: usize, item: &MenuItem) -> Html {
    let words = html! {
        <>
            <span class="menu-text">{ &item.text }</span>
            if let Some(detail) = item.disabled_reason.as_ref().or(item.detail.as_ref()) {
                <span class="menu-detail">{ detail }</span>
            }
        </>
    };
    // The first action takes focus when the browser opens the menu.
    let autofocus = index == 0;
    if item.disabled_reason.is_some() {
        return html! {
            <button key={item.id.as_str()} type="button" class="menu-item" role="menuitem"
                tabindex="-1" aria-disabled="true" {autofocus}>{ words }</button>
        };
    }
    let onclick = {
        let onselect = props.onselect.clone();
        let id = item.id.clone();
        Callback::from(move |_: MouseEvent| onselect.emit(id.clone()))
    };
    html! {
        <button key={item.id.as_str()} type="button" class="menu-item" role="menuitem"
            tabindex="-1" {autofocus} popovertarget={&props.id} popovertargetaction="hide"
            {onclick}>{ words }</button>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn follows_the_menu_button_pattern() {
        let items = vec![
            MenuItem::new("stop", "Stop instance"),
            MenuItem::new("start", "Start instance").disabled(Some("It runs already.".into())),
        ];
        let page = render(html! {
            <ButtonMenu id="actions" text="Actions" {items} onselect={Callback::noop()} />
        });
        assert!(page.contains("aria-haspopup=\"menu\""));
        assert!(page.contains("role=\"menu\"") && page.contains("aria-label=\"Actions\""));
        assert_eq!(page.matches("role=\"menuitem\"").count(), 2);
        assert!(page.contains("It runs already."));
        assert_eq!(page.matches("popovertargetaction=\"hide\"").count(), 1);
    }
}
