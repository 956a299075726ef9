//! The drawer at the foot of the page: closed, half or tall.

use yew::prelude::*;

use super::{Button, ButtonVariant, IconName};

/// How much of the page the drawer takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DrawerSize {
    /// Its head only.
    #[default]
    Closed,
    /// About a third of the page.
    Half,
    /// About 60 % of the page.
    Tall,
}

impl DrawerSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Closed => "is-closed",
            Self::Half => "is-half",
            Self::Tall => "is-tall",
        }
    }
}

/// Props of [`Drawer`].
#[derive(Properties, PartialEq)]
pub struct DrawerProps {
    /// Id of the drawer, unique in the page.
    pub id: AttrValue,
    /// What it is: "Prompt".
    pub title: AttrValue,
    /// How much of the page it takes.
    pub size: DrawerSize,
    /// Called with the size asked for.
    pub onresize: Callback<DrawerSize>,
    /// What stands in its head beside the title, in sight when it is closed, too.
    #[prop_or_default]
    pub head: Html,
    /// Its content; drawn only while it is open.
    pub children: Html,
}

/// Docked below the work, never above it.
#[component]
pub fn Drawer(props: &DrawerProps) -> Html {
    let open = props.size != DrawerSize::Closed;
    let tall = props.size == DrawerSize::Tall;
    let body_id = format!("{}-body", props.id);
    let toggle = if open {
        DrawerSize::Closed
    } else {
        DrawerSize::Half
    };
    let stretch = if tall {
        DrawerSize::Half
    } else {
        DrawerSize::Tall
    };
    html! {
        <section id={&props.id} class={classes!("drawer", props.size.class())}
            aria-label={&props.title}>
            <div class="drawer-head">
                <Button class="drawer-toggle" variant={ButtonVariant::Link} small=true expanded={open}
                    controls={open.then(|| AttrValue::from(body_id.clone()))}
                    icon={if open { IconName::AngleDown } else { IconName::AngleUp }}
                    onclick={props.onresize.reform(move |_: MouseEvent| toggle)}>
                    { props.title.clone() }
                </Button>
                <div class="drawer-slot">{ props.head.clone() }</div>
                if open {
                    <Button variant={ButtonVariant::Icon} pressed={tall}
                        icon={if tall { IconName::ArrowDown } else { IconName::ArrowUp }}
                        label={format!("Tall {}", props.title.to_lowercase())}
                        onclick={props.onresize.reform(move |_: MouseEvent| stretch)} />
                }
            </div>
            if open {
                <div class="drawer-body" id={body_id}>{ props.children.clone() }</div>
            }
        </section>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    fn drawer(size: DrawerSize) -> String {
        render(html! {
            <Drawer id="prompt" title="Prompt" {size} onresize={Callback::noop()}
                head={html! { { "$ aws ec2 …" } }}>{ "output" }</Drawer>
        })
    }

    #[test]
    fn a_closed_drawer_shows_its_head() {
        let page = drawer(DrawerSize::Closed);
        assert!(page.contains("$ aws ec2 …") && !page.contains("output"));
        assert!(page.contains("aria-expanded=\"false\""));
    }

    #[test]
    fn an_open_drawer_can_be_made_tall() {
        let page = drawer(DrawerSize::Half);
        assert!(page.contains("output") && page.contains("aria-expanded=\"true\""));
        assert!(page.contains("aria-pressed=\"false\""));
    }
}
