//! The launch wizard: one page, as in today's console. The form is a model of its own; what AWS would say to it is asked of
//! a copy of the world at every change.

mod advanced;
mod calls;
mod firewall;
mod form;
mod image;
mod instance_type;
mod key_pair;
mod name;
mod network;
mod parts;
mod problems;
mod storage;
mod summary;
mod user_data;

#[cfg(test)]
mod form_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod page_tests;

pub use calls::Plan;
pub use form::{Admit, Edit, KeyChoice, LaunchForm};
pub use problems::{Field, Problem};

use crate::app::use_app;
use crate::platform::focus;
use crate::route::{Route, Section};
use crate::state::Message;
use crate::ui::components::{EmptyState, Icon, IconName};
use advanced::AdvancedSection;
use image::ImageSection;
use instance_type::TypeSection;
use key_pair::KeySection;
use name::NameSection;
use network::NetworkSection;
use parts::SectionProps;
use std::rc::Rc;
use storage::StorageSection;
use summary::Summary;
use yew::prelude::*;

/// The wizard of the Region in sight; another Region begins another form, since nothing in it would be valid there.
#[component]
pub fn LaunchWizard() -> Html {
    let app = use_app();
    html! {
        <div class="page launch">
            <nav aria-label="Breadcrumbs">
                <ol class="breadcrumbs">
                    <li><a href={Route::Lab(Section::Instances).href()}>{ "Instances" }</a><Icon name={IconName::AngleRight} /></li>
                    <li aria-current="page">{ "Launch an instance" }</li>
                </ol>
            </nav>
            <div class="page-head">
                <div>
                    <h1 id="main-title" tabindex="-1">{ "Launch an instance" }</h1>
                    <p>{ "Every field is filled in: press Launch instance at once, or change what you like. Nothing is charged in the lab." }</p>
                </div>
            </div>
            <Wizard key={app.caller.region} />
        </div>
    }
}

/// Where focus goes next, and how often it was asked for, so that the same field can be asked for again.
type Request = Option<(Field, u32)>;

#[component]
fn Wizard() -> Html {
    let app = use_app();
    let form = {
        let app = app.clone();
        use_reducer(move || LaunchForm::proposed(&app))
    };
    let tried = use_state(|| false);
    let unfolded = use_state(|| false);
    let request = use_state(|| Request::None);
    let world = app.session.world().clone();
    let checked = use_memo(
        ((*form).clone(), world, app.caller.clone()),
        |(form, world, caller)| {
            let (plan, problems) = form.check(world, caller);
            (Rc::new(plan), Rc::new(problems))
        },
    );
    let (plan, problems) = (Rc::clone(&checked.0), Rc::clone(&checked.1));
    use_effect_with(*request, |request| {
        if let Some((field, _)) = request {
            focus::focus_id(field.id());
        }
    });
    if app.region().is_none() {
        return html! { <EmptyState title="This Region is not part of the lab." /> };
    }
    let ongo = {
        let (request, unfolded) = (request.clone(), unfolded.clone());
        Callback::from(move |field: Field| {
            // Once unfolded it stays so: it must not close under the learner who puts the last problem right.
            unfolded.set(*unfolded || field.is_advanced());
            request.set(Some((field, request.map_or(0, |(_, number)| number + 1))));
        })
    };
    let onlaunch = {
        let (dispatch, plan, problems) = (app.dispatcher(), Rc::clone(&plan), Rc::clone(&problems));
        let (tried, ongo) = (tried.clone(), ongo.clone());
        Callback::from(move |()| match problems.first() {
            Some(problem) => {
                tried.set(true);
                ongo.emit(problem.field);
            }
            None => dispatch.dispatch(Message::Call(plan.calls.clone())),
        })
    };
    let section = SectionProps { form, problems };
    html! {
        <div class="wizard-frame">
            <div class="wizard">
                <div class="wizard-main">
                    <NameSection ..section.clone() />
                    <ImageSection ..section.clone() />
                    <TypeSection ..section.clone() />
                    <KeySection ..section.clone() />
                    <NetworkSection ..section.clone() />
                    <StorageSection ..section.clone() />
                    <AdvancedSection section={section.clone()} open={*unfolded} />
                </div>
                <div class="wizard-summary">
                    <Summary {section} {plan} tried={*tried} {onlaunch} {ongo} />
                </div>
            </div>
        </div>
    }
}
