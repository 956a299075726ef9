//! The lab: the picture, Connect, the resources and the prompt; and the launch wizard in the same frame.

use super::frame::{Notices, Top, footer};
use crate::app::use_app;
use crate::route::Section;
use crate::ui::components::AppFrame;
use crate::ui::console::connect::{Connect, Verdict};
use crate::ui::console::inspector::{self, Inspector};
use crate::ui::console::launch::LaunchWizard;
use crate::ui::console::section::{ResourceNavigation, SectionView};
use crate::ui::racks::Racks;
use crate::ui::terminal::Terminal;
use crate::ui::topology::{Picture, Stage};
use yew::prelude::*;

/// Props of [`Lab`].
#[derive(Properties, PartialEq)]
pub struct LabProps {
    /// Which resources are shown below the picture.
    pub section: Section,
}

/// The lab with one kind of resource.
#[component]
pub fn Lab(props: &LabProps) -> Html {
    let app = use_app();
    let label = inspector::label(&app);
    let section = props.section;
    // Who chose another kind of resource wants to see that first; then the picture follows it.
    html! {
        <AppFrame
            top={html! { <Top /> }}
            side={html! { <ResourceNavigation /> }}
            side_label={section.title()}
            notifications={html! { <Notices /> }}
            inspector={if label.is_some() { html! { <Inspector /> } } else { Html::default() }}
            inspector_label={label.unwrap_or_default()}
            prompt={html! { <Terminal /> }}
            footer={footer()}
        >
            <h1 id="main-title" class="visually-hidden" tabindex="-1">{ section.title() }</h1>
            if section == Section::PlacementGroups {
                <Racks />
            }
            if section != Section::Instances {
                <SectionView {section} />
            }
            if section != Section::PlacementGroups {
                <Stage>
                    <Picture />
                    <Connect />
                    <Verdict />
                </Stage>
            }
            if section == Section::Instances {
                <SectionView {section} />
            }
        </AppFrame>
    }
}

/// The launch wizard.
#[component]
pub fn Launch() -> Html {
    html! {
        <AppFrame
            top={html! { <Top /> }}
            side={html! { <ResourceNavigation /> }}
            side_label="Resources"
            notifications={html! { <Notices /> }}
            prompt={html! { <Terminal /> }}
            footer={footer()}
        >
            <LaunchWizard />
        </AppFrame>
    }
}
