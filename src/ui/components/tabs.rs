//! Several views of one thing, one in sight.

use implicit_clone::{ImplicitClone, unsync::IArray};
use yew::prelude::*;

use crate::platform::focus::{self, Move};

/// One tab.
#[derive(Clone, Debug, PartialEq, ImplicitClone)]
pub struct Tab {
    /// What `onchange` is given.
    pub id: AttrValue,
    /// The words.
    pub label: AttrValue,
    /// A count after the words.
    pub count: Option<usize>,
}

impl Tab {
    /// A tab without a count.
    pub fn new(id: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            count: None,
        }
    }

    /// With a count.
    #[must_use]
    pub fn count(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }
}

/// Props of [`Tabs`].
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// Prefix of the ids, unique in the page.
    pub id: AttrValue,
    /// What the tabs are views of.
    pub label: AttrValue,
    /// The tabs.
    pub tabs: IArray<Tab>,
    /// Id of the tab in sight.
    pub active: AttrValue,
    /// Called with the id of the tab to show.
    pub onchange: Callback<AttrValue>,
    /// The content of the tab in sight.
    pub children: Html,
}

/// The WAI-ARIA tabs: one tab stop, arrow keys, Home and End move and show.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let tab_id = |tab: &AttrValue| format!("{}-tab-{tab}", props.id);
    let panel_id = format!("{}-panel", props.id);
    let onkeydown = {
        let (tabs, active, onchange) = (
            props.tabs.clone(),
            props.active.clone(),
            props.onchange.clone(),
        );
        let prefix = props.id.clone();
        Callback::from(move |event: KeyboardEvent| {
            let current = tabs.iter().position(|tab| tab.id == active);
            let target = Move::along_row(&event.key())
                .and_then(|step| step.target(current, tabs.len()))
                .and_then(|index| tabs.get(index).map(|tab| tab.id.clone()));
            if let Some(tab) = target {
                event.prevent_default();
                focus::focus_id(&format!("{prefix}-tab-{tab}"));
                onchange.emit(tab);
            }
        })
    };
    html! {
        <div class="tabs">
            <div class="tab-list" role="tablist" aria-label={&props.label} {onkeydown}>
                { for props.tabs.iter().map(|tab| {
                    let selected = tab.id == props.active;
                    let id = tab.id.clone();
                    let onclick = props.onchange.reform(move |_: MouseEvent| id.clone());
                    html! {
                        <button type="button" role="tab" key={tab.id.as_str()} class="tab"
                            id={tab_id(&tab.id)}
                            aria-selected={if selected { "true" } else { "false" }}
                            aria-controls={selected.then(|| panel_id.clone())}
                            tabindex={if selected { "0" } else { "-1" }} {onclick}>
                            { &tab.label }
                            if let Some(count) = tab.count {
                                <span class="tab-count">{ count }</span>
                            }
                        </button>
                    }
                }) }
            </div>
            <div class="tab-panel" role="tabpanel" id={panel_id.clone()} tabindex="0"
                aria-labelledby={tab_id(&props.active)}>
                { props.children.clone() }
            </div>
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn one_tab_stop_and_one_panel() {
        let tabs = vec![
            Tab::new("details", "Details"),
            Tab::new("rules", "Rules").count(3),
        ];
        let page = render(html! {
            <Tabs id="web" label="web-1" {tabs} active="rules" onchange={Callback::noop()}>
                { "panel" }
            </Tabs>
        });
        assert_eq!(page.matches("aria-selected=\"true\"").count(), 1);
        assert_eq!(page.matches("tabindex=\"-1\"").count(), 1);
        assert!(page.contains("aria-labelledby=\"web-tab-rules\""));
        assert!(page.contains("id=\"web-tab-rules\"") && page.contains("tab-count"));
    }
}
