//! The form: one row of choices and one button.

use super::choice::{self, Draft, Kind, OTHER};
use crate::app::use_app;
use crate::state::{Message, Selected};
use crate::ui::components::{
    Button, ButtonVariant, FormField, IconName, Panel, Select, SelectOption, TextInput,
};
use crate::ui::topology::viewpoint;
use yew::prelude::*;

/// Tries to connect. Who tries is also from whose place the picture draws the ports.
#[component]
pub fn Connect() -> Html {
    let app = use_app();
    let draft = use_state(Draft::default);
    {
        let draft = draft.clone();
        let selected = match &app.selected {
            Some(Selected::Instance(id)) => Some(*id),
            _ => None,
        };
        // Another instance was selected: what was chosen for the one before does not fit it.
        use_effect_with(selected, move |selected| {
            if selected.is_some() {
                draft.set(Draft::default());
            }
        });
    }
    let set = |change: fn(&mut Draft, String)| {
        let draft = draft.clone();
        Callback::from(move |text: String| {
            let mut next = (*draft).clone();
            change(&mut next, text);
            draft.set(next);
        })
    };
    let choose =
        |change: fn(&mut Draft, String)| set(change).reform(|value: AttrValue| value.to_string());
    let onfrom = {
        let app = app.clone();
        Callback::from(move |value: AttrValue| {
            if let Some(source) = viewpoint::parse(&value) {
                app.dispatch(Message::Viewpoint(source));
            }
        })
    };
    let onsubmit = {
        let (app, draft) = (app.clone(), draft.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match draft.probe(&app) {
                Some(probe) => app.dispatch(Message::Connect(probe)),
                None => draft.set(Draft {
                    tried: true,
                    ..(*draft).clone()
                }),
            }
        })
    };
    let (to, kind, port) = (draft.to(&app), draft.kind(&app), draft.port(&app));
    let wrong = draft.wrong(&app);
    let kinds: Vec<SelectOption> = Kind::ALL
        .iter()
        .map(|kind| SelectOption::new(kind.value(), kind.words()))
        .collect();
    let no_instance = choice::instances(&app).is_empty() && draft.to.is_none();
    html! {
        <Panel id="connect" title="Connect" flush=true
            detail={html! { { "Try to reach an instance, and see what decides." } }}>
            <div class="connect-frame">
                <form class={classes!("connect-form", (kind == Kind::Ssh).then_some("is-ssh"))} {onsubmit}>
                    <FormField id="connect-from" label="From" error={wrong.from.clone()}>
                        <Select value={viewpoint::value(app.viewpoint)} options={viewpoint::options(&app)} onchange={onfrom}
                            placeholder="Choose" />
                    </FormField>
                    <FormField id="connect-to" label="To" class="connect-wide">
                        <Select value={to.clone()} options={choice::targets(&app)} onchange={choose(|draft, value| {
                            *draft = Draft { to: Some(value), ..Draft::default() };
                        })} />
                    </FormField>
                    if to == OTHER {
                        <FormField id="connect-other" label="Address or DNS name" error={wrong.other.clone()} class="connect-wide">
                            <TextInput value={draft.other.clone()} code=true placeholder="198.18.4.7"
                                oninput={set(|draft, text| draft.other = text)} />
                        </FormField>
                    }
                    <FormField id="connect-with" label="With">
                        <Select value={kind.value()} options={kinds} onchange={choose(|draft, value| {
                            draft.kind = Kind::ALL.into_iter().find(|kind| kind.value() == value);
                            draft.port = None;
                        })} />
                    </FormField>
                    if let Some(port) = port {
                        <FormField id="connect-port" label="Port" error={wrong.port.clone()} class="connect-narrow">
                            <TextInput value={port} inputmode="numeric" oninput={set(|draft, text| draft.port = Some(text))} />
                        </FormField>
                    }
                    if kind == Kind::Ssh {
                        <FormField id="connect-user" label="User">
                            <TextInput value={draft.user(&app)} code=true placeholder="the image's own"
                                oninput={set(|draft, text| draft.user = Some(text))} />
                        </FormField>
                        <FormField id="connect-key" label="Key pair">
                            <Select value={draft.key(&app)} options={choice::keys(&app, &draft)} placeholder="none"
                                onchange={choose(|draft, value| draft.key = Some(value))} />
                        </FormField>
                    }
                    <div class="connect-submit">
                        <Button id="connect-go" variant={ButtonVariant::Primary} submit=true icon={IconName::ArrowRight}
                            disabled_reason={no_instance.then_some("Launch an instance first, or choose another address.")}>
                            { "Connect" }
                        </Button>
                    </div>
                </form>
            </div>
        </Panel>
    }
}
