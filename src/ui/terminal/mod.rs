//! The prompt at the foot: `aws` lines in, AWS's answers out. Clicks leave the line that they equal.

mod input;
mod line;
mod panels;

use crate::app::use_app;
use crate::platform::typing;
use crate::state::{Line, LineKind, Message};
use crate::ui::components::{CopyText, Drawer, DrawerSize};
use input::PromptInput;
use yew::prelude::*;

/// The drawer with the prompt in it.
#[component]
pub fn Terminal() -> Html {
    let app = use_app();
    let output = use_node_ref();
    {
        let output = output.clone();
        let last = app.prompt.lines.last().map(|line| line.id);
        use_effect_with((last, app.prompt.size), move |_| {
            typing::scroll_to_end(&output)
        });
    }
    let resize = app.dispatcher();
    let onresize = move |size: DrawerSize| resize.dispatch(Message::PromptSize(size));
    let last = app
        .prompt
        .lines
        .iter()
        .rev()
        .find(|line| line.kind == LineKind::Clicked);
    let head = html! {
        if let Some(line) = last {
            <span class="terminal-echo" id="prompt-last">
                <code>{ first_line(&line.text) }</code>
                { copy(&app, &line.text) }
            </span>
        }
    };
    html! {
        <Drawer id="prompt" title="Prompt" size={app.prompt.size} {onresize} {head}>
            <div class="terminal" id="terminal">
                <div ref={output} class="terminal-output" role="log" aria-label="Commands and answers" tabindex="0">
                    if app.prompt.lines.is_empty() {
                        <p class="terminal-line is-note">
                            { "Type an AWS CLI command, such as " }<code>{ "aws ec2 describe-instances" }</code>
                            { ". Whatever you click appears here as the command it equals." }
                        </p>
                    }
                    { for app.prompt.lines.iter().map(|line| html! { <LogLine key={line.id} line={line.clone()} /> }) }
                </div>
                <PromptInput />
            </div>
        </Drawer>
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

fn copy(app: &crate::state::App, text: &str) -> Html {
    let dispatch = app.dispatcher();
    let oncopy = move |text: AttrValue| {
        dispatch.dispatch(Message::Copy(text.to_string(), "the command".to_owned()))
    };
    html! { <CopyText text={text.to_owned()} what="command" {oncopy} button_only={true} /> }
}

#[derive(Properties, PartialEq)]
struct LogLineProps {
    line: Line,
}

#[component]
fn LogLine(props: &LogLineProps) -> Html {
    let line = &props.line;
    let class = match line.kind {
        LineKind::Typed => "is-command",
        LineKind::Clicked => "is-command is-clicked",
        LineKind::Output => "is-output",
        LineKind::Error => "is-error",
    };
    html! {
        <pre class={classes!("terminal-line", class)}>
            if !line.before.is_empty() { <span class="terminal-prompt">{ &line.before }{ " " }</span> }
            { &line.text }
        </pre>
    }
}
