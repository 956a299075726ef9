//! What came of the last attempt: the terminal's words, why, and what would fix it.

use super::fix_list::FixList;
use super::success::Success;
use super::why::Why;
use super::words;
use crate::app::use_app;
use crate::platform::{focus, live};
use crate::state::{Attempt, Message};
use crate::ui::components::{Button, ButtonVariant, Icon, IconName};
use crate::ui::words as page_words;
use ec2_lab_engine::network::Verdict as Outcome;
use std::rc::Rc;
use yew::prelude::*;

/// The verdict on the last attempt; nothing while there is none.
#[component]
pub fn Verdict() -> Html {
    let app = use_app();
    let applied = use_mut_ref(|| false);
    use_spoken(&app.attempt, applied.clone());
    let Some(attempt) = &app.attempt else {
        return Html::default();
    };
    let trace = &attempt.trace;
    let connected = trace.verdict == Outcome::Connected;
    let dismiss = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.dispatch(Message::ClearAttempt))
    };
    let onapply = Callback::from(move |()| {
        applied.replace(true);
    });
    html! {
        <section id="verdict" class={classes!("panel", "verdict-panel", words::tone(trace.verdict))} aria-labelledby="verdict-title"
            data-verdict={trace.verdict.as_str()}>
            <div class="verdict-head">
                <Icon name={words::icon(trace.verdict)} class="is-large verdict-icon" />
                <div class="verdict-says">
                    <h2 id="verdict-title" tabindex="-1">{ words::headline(trace.verdict, &attempt.probe.client) }</h2>
                    <p>{ &trace.summary }</p>
                    <p class="verdict-lesson">{ words::lesson(trace.verdict) }</p>
                </div>
                <Button id="verdict-dismiss" variant={ButtonVariant::Icon} small=true icon={IconName::Close}
                    label="Put this attempt away" onclick={dismiss} />
            </div>
            { terminal(attempt) }
            <div class="panel-split">
                <section aria-labelledby="why-title">
                    <h3 id="why-title">{ "Why" }</h3>
                    <Why attempt={attempt.clone()} />
                </section>
                if connected {
                    <section aria-labelledby="fix-title">
                        <h3 id="fix-title">{ "What made it work" }</h3>
                        <Success attempt={attempt.clone()} />
                    </section>
                } else {
                    <section aria-labelledby="fix-title">
                        <h3 id="fix-title">{ "What would fix it" }<small>{ "each one tried and proved" }</small></h3>
                        <FixList attempt={attempt.clone()} {onapply} />
                    </section>
                }
            </div>
        </section>
    }
}

/// What a real terminal prints, with the real wait.
fn terminal(attempt: &Rc<Attempt>) -> Html {
    let failed = attempt.trace.verdict != Outcome::Connected;
    let wait = page_words::duration(attempt.trace.wait);
    let note = if attempt.trace.wait >= 1_000 {
        format!("# a real terminal shows this after {wait}")
    } else {
        format!("# at once: after {wait}")
    };
    html! {
        <div class="verdict-terminal" role="group" aria-label="What a terminal prints">
            <div class="terminal-line is-command"><span class="terminal-prompt">{ "$ " }</span>{ page_words::client_line(attempt) }</div>
            <div class={classes!("terminal-line", failed.then_some("is-error"))} id="verdict-terminal">{ &attempt.terminal }</div>
            <div class="terminal-line is-note">{ note }</div>
        </div>
    }
}

/// Says the verdict once; after a fix, reading goes on at its headline, because the button that was pressed is gone.
#[hook]
fn use_spoken(attempt: &Option<Rc<Attempt>>, applied: Rc<std::cell::RefCell<bool>>) {
    let first = use_mut_ref(|| true);
    use_effect_with(attempt.clone(), move |attempt| {
        let first = first.replace(false);
        if let Some(attempt) = attempt.as_ref().filter(|_| !first) {
            live::announce(&format!(
                "{}. {}",
                words::headline(attempt.trace.verdict, &attempt.probe.client),
                attempt.trace.summary
            ));
            if applied.replace(false) {
                focus::focus_id("verdict-title");
            }
        }
    });
}
