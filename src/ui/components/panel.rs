//! A titled box: the unit the page is built of.

use yew::prelude::*;

use super::heading::heading;

/// Props of [`Panel`].
#[derive(Properties, PartialEq)]
pub struct PanelProps {
    /// The title.
    pub title: AttrValue,
    /// Id of the section; the title's is `{id}-title`.
    pub id: AttrValue,
    /// Level of the title's heading, 2 unless the panel stands inside another.
    #[prop_or(2)]
    pub level: u8,
    /// A count after the title: "(1/12)".
    #[prop_or_default]
    pub counter: Option<AttrValue>,
    /// A line beside the title: an address range, a state.
    #[prop_or_default]
    pub detail: Html,
    /// Buttons at the right of the title.
    #[prop_or_default]
    pub actions: Html,
    /// What stands in it.
    #[prop_or_default]
    pub children: Html,
    /// What stands below a line at its end.
    #[prop_or_default]
    pub footer: Html,
    /// Content reaches the edges: tables, pictures, tabs.
    #[prop_or_default]
    pub flush: bool,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// A section named by its title.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let title_id = AttrValue::from(format!("{}-title", props.id));
    let words = html! {
        <>
            { &props.title }
            if let Some(counter) = &props.counter {
                { " " }<span class="panel-counter">{ counter }</span>
            }
        </>
    };
    html! {
        <section id={&props.id} class={classes!("panel", props.class.clone())}
            aria-labelledby={&title_id}>
            <div class="panel-head">
                { heading(props.level, Some(title_id), "panel-title", words) }
                if props.detail != Html::default() {
                    <div class="panel-detail">{ props.detail.clone() }</div>
                }
                if props.actions != Html::default() {
                    <div class="panel-actions">{ props.actions.clone() }</div>
                }
            </div>
            <div class={classes!("panel-body", props.flush.then_some("is-flush"))}>
                { props.children.clone() }
            </div>
            if props.footer != Html::default() {
                <div class="panel-foot">{ props.footer.clone() }</div>
            }
        </section>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn is_named_by_its_title() {
        let page = render(html! {
            <Panel id="picture" title="Picture" level={3} counter="(2)">{ "..." }</Panel>
        });
        assert!(page.contains("aria-labelledby=\"picture-title\""));
        assert!(page.contains("<h3 id=\"picture-title\""));
        assert!(page.contains("(2)") && !page.contains("panel-foot"));
    }
}
