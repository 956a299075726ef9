//! Short labels: a count, a kind, the name of a security group.

use yew::prelude::*;

use super::{Icon, IconName};

/// The colour of a [`Badge`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeColor {
    /// Plain.
    #[default]
    Grey,
    /// News.
    Blue,
    /// Good.
    Green,
    /// Bad.
    Red,
    /// Take care.
    Yellow,
}

impl BadgeColor {
    const fn class(self) -> &'static str {
        match self {
            Self::Grey => "is-grey",
            Self::Blue => "is-blue",
            Self::Green => "is-green",
            Self::Red => "is-red",
            Self::Yellow => "is-yellow",
        }
    }
}

/// Props of [`Badge`].
#[derive(Properties, PartialEq)]
pub struct BadgeProps {
    /// One or two words.
    pub children: Html,
    /// Its colour.
    #[prop_or_default]
    pub color: BadgeColor,
}

/// A short label.
#[component]
pub fn Badge(props: &BadgeProps) -> Html {
    html! { <span class={classes!("badge", props.color.class())}>{ props.children.clone() }</span> }
}

/// How many group colours there are before they repeat.
const GROUP_COLORS: usize = 8;

/// The class that colours the group with this index: `g1` to `g8`, then again from `g1`.
pub fn group_class(index: usize) -> &'static str {
    match index % GROUP_COLORS {
        0 => "g1",
        1 => "g2",
        2 => "g3",
        3 => "g4",
        4 => "g5",
        5 => "g6",
        6 => "g7",
        _ => "g8",
    }
}

/// Props of [`GroupTag`].
#[derive(Properties, PartialEq)]
pub struct GroupTagProps {
    /// Name of the group.
    pub name: AttrValue,
    /// Place of the group in the list of all groups, from 0: it keeps its colour everywhere.
    pub index: usize,
    /// An icon before the name.
    #[prop_or_default]
    pub icon: Option<IconName>,
    /// Makes it a link to the group.
    #[prop_or_default]
    pub href: Option<AttrValue>,
}

/// The name of a group on its colour.
#[component]
pub fn GroupTag(props: &GroupTagProps) -> Html {
    let class = classes!("group-tag", group_class(props.index));
    let words = html! {
        <>
            if let Some(name) = props.icon { <Icon {name} /> }
            { &props.name }
        </>
    };
    match &props.href {
        Some(href) => html! { <a {class} {href}>{ words }</a> },
        None => html! { <span {class}>{ words }</span> },
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn colours_repeat_after_eight() {
        assert_eq!(group_class(0), "g1");
        assert_eq!(group_class(7), "g8");
        assert_eq!(group_class(8), "g1");
    }

    #[test]
    fn a_group_shows_its_name() {
        let page = render(html! { <GroupTag name="web-sg" index={1} /> });
        assert_eq!(page, "<span class=\"group-tag g2\">web-sg</span>");
    }

    #[test]
    fn a_badge_has_a_colour() {
        let page = render(html! { <Badge color={BadgeColor::Red}>{ "3" }</Badge> });
        assert_eq!(page, "<span class=\"badge is-red\">3</span>");
    }
}
