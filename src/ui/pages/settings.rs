//! Settings: theme, the lab as a file, a fresh start, and what this page is.

mod about;
mod import;

pub use import::ImportFile;

use crate::app::use_app;
use crate::state::{Message, Theme};
use crate::ui::components::{
    Button, ButtonVariant, IconName, Modal, Panel, RadioGroup, RadioOption,
};
use about::About;
use implicit_clone::unsync::IArray;
use yew::prelude::*;

/// The page.
#[component]
pub fn Settings() -> Html {
    html! {
        <div class="page is-narrow settings">
            <div class="page-head">
                <div>
                    <h1 id="main-title" tabindex="-1">{ "Settings" }</h1>
                    <p>{ "Your lab is kept in this browser as you work. Nothing is sent anywhere." }</p>
                </div>
            </div>
            <Appearance />
            <Files />
            <FreshStart />
            <About />
        </div>
    }
}

#[component]
fn Appearance() -> Html {
    let app = use_app();
    let options: IArray<RadioOption> = vec![
        RadioOption::new("light", "Light"),
        RadioOption::new("dark", "Dark"),
    ]
    .into();
    let dispatch = app.dispatcher();
    let onchange = Callback::from(move |value: AttrValue| {
        dispatch.dispatch(Message::SetTheme(if value == "dark" {
            Theme::Dark
        } else {
            Theme::Light
        }));
    });
    html! {
        <Panel id="settings-appearance" title="Appearance">
            <RadioGroup name="settings-theme" legend="Theme" cards=true value={app.theme.as_str()} {options} {onchange} />
        </Panel>
    }
}

#[component]
fn Files() -> Html {
    let app = use_app();
    let send = |message: Message| {
        let dispatch = app.dispatcher();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(message.clone()))
    };
    let steps = app.session.journal().len();
    let empty = (steps == 0).then_some("Nothing was done yet");
    html! {
        <Panel id="settings-files" title="The lab as a file">
            <ul class="settings-list">
                <li>
                    <div>
                        <h3>{ "Export the lab" }</h3>
                        <p>{ "Everything you did, as a file that opens in any browser: to keep, to hand in, to go on elsewhere." }</p>
                    </div>
                    <Button id="settings-export" icon={IconName::Download} onclick={send(Message::Export)}>{ "Export" }</Button>
                </li>
                <li>
                    <div>
                        <h3>{ "Export as a shell script" }</h3>
                        <p>{ "The same steps as AWS CLI commands. In a real account they create real, charged resources." }</p>
                    </div>
                    <Button id="settings-export-script" icon={IconName::Terminal} disabled_reason={empty} onclick={send(Message::ExportScript)}>
                        { "Export script" }
                    </Button>
                </li>
                <li>
                    <div>
                        <h3>{ "Import a lab" }</h3>
                        <p>{ "It takes the place of the lab you have: export that one first if you want to keep it. At most 16 MB." }</p>
                    </div>
                    <ImportFile id="settings-import" />
                </li>
            </ul>
        </Panel>
    }
}

#[component]
fn FreshStart() -> Html {
    let app = use_app();
    let open = use_state(|| false);
    let set = |value: bool| {
        let open = open.setter();
        Callback::from(move |()| open.set(value))
    };
    let reset = {
        let (dispatch, close, seed) = (app.dispatcher(), set(false), app.session.world().seed());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            dispatch.dispatch(Message::Reset(seed));
        })
    };
    let footer = html! {
        <>
            <Button variant={ButtonVariant::Link} onclick={set(false).reform(|_: MouseEvent| ())}>{ "Cancel" }</Button>
            <Button id="settings-reset-confirm" variant={ButtonVariant::Primary} onclick={reset}>{ "Reset the lab" }</Button>
        </>
    };
    html! {
        <Panel id="settings-reset-panel" title="Start over">
            <div class="settings-line">
                <p>{ "Throws all resources of the lab away and hands you a fresh account, with the clock at its beginning. What you scored in the quiz stays." }</p>
                <Button id="settings-reset" icon={IconName::Reset} onclick={set(true).reform(|_: MouseEvent| ())}>{ "Reset the lab" }</Button>
            </div>
            <Modal id="settings-reset-dialog" open={*open} title="Reset the lab?" onclose={set(false)} {footer}>
                <p>{ words(app.session.journal().len()) }</p>
                <p>{ "A reset cannot be undone. Export the lab first if you want to keep it." }</p>
            </Modal>
        </Panel>
    }
}

/// What a reset would throw away.
fn words(steps: usize) -> String {
    match steps {
        0 => "Your lab is still as AWS hands it out.".to_owned(),
        1 => "The one step of your journal and all that came of it are thrown away.".to_owned(),
        many => {
            format!("All {many} steps of your journal and all that came of them are thrown away.")
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn offers_every_way_to_keep_and_to_begin_anew() {
        let page = yew::ServerRenderer::<Settings>::new()
            .hydratable(false)
            .render()
            .await;
        for id in [
            "settings-export",
            "settings-export-script",
            "settings-import",
            "settings-reset",
        ] {
            assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
        }
        assert!(page.contains("type=\"file\"") && page.contains("Not affiliated"));
        assert!(
            !page.contains("settings-reset-confirm"),
            "asked only after the first press"
        );
        assert_eq!(page.matches("<h1").count(), 1);
    }
}
