//! What stands around every page: the bar at the top, the messages, the last line.

use super::clock::ClockTools;
use crate::app::use_app;
use crate::route::{Route, Section};
use crate::state::{App, Message, NoticeKind, Theme};
use crate::ui::components::{
    AppFrame, Button, ButtonVariant, Flash, FlashKind, FlashList, IconName, NavItem, Select,
    SelectOption, TopNavigation,
};
use crate::ui::words::account as account_words;
use ec2_lab_course::content::{self, Paragraph};
use ec2_lab_engine::{ACCOUNTS, catalogue};
use yew::prelude::*;

/// Props of [`Plain`].
#[derive(Properties, PartialEq)]
pub struct PlainProps {
    /// The page.
    pub children: Html,
}

/// A page without side navigation.
#[component]
pub fn Plain(props: &PlainProps) -> Html {
    html! {
        <AppFrame top={html! { <Top /> }} notifications={html! { <Notices /> }} footer={footer()}>
            { props.children.clone() }
        </AppFrame>
    }
}

/// The bar at the top.
#[component]
pub fn Top() -> Html {
    let app = use_app();
    let lab = matches!(app.route, Route::Lab(_) | Route::Launch);
    let items = [
        NavItem::new(Route::Home.href(), "Start", app.route == Route::Home),
        NavItem::new(Route::Lab(Section::Instances).href(), "Lab", lab),
        NavItem::new(
            Route::Quiz(None).href(),
            "Quiz",
            matches!(app.route, Route::Quiz(_)),
        ),
        NavItem::new(
            Route::Settings.href(),
            "Settings",
            app.route == Route::Settings,
        ),
    ];
    let tools = html! {
        <>
            if lab { <AccountSelect /><RegionSelect /><UndoButtons /> }
            <ThemeButton />
        </>
    };
    html! {
        <TopNavigation items={items.into_iter().collect::<Vec<_>>()} {tools}>
            if lab { <ClockTools /> }
        </TopNavigation>
    }
}

#[component]
fn RegionSelect() -> Html {
    let app = use_app();
    let options: Vec<SelectOption> = catalogue::regions()
        .map(|region| SelectOption::new(region.name, format!("{} {}", region.title, region.name)))
        .collect();
    let value = app.caller.region;
    let onchange = move |choice: AttrValue| {
        if let Some(region) = catalogue::region(&choice) {
            app.dispatch(Message::Region(region.name));
        }
    };
    html! { <Select id="region" label="Region" {value} {options} {onchange} /> }
}

/// The accounts of the world. The prompt goes along: it exports the profile of the account.
#[component]
fn AccountSelect() -> Html {
    let app = use_app();
    let options: Vec<SelectOption> = ACCOUNTS
        .into_iter()
        .map(|account| SelectOption::new(account.to_string(), account_words(account)))
        .collect();
    let value = app.caller.account.to_string();
    let onchange = move |choice: AttrValue| {
        let chosen = ACCOUNTS
            .into_iter()
            .find(|account| *account.to_string() == *choice);
        if let Some(account) = chosen {
            app.dispatch(Message::Account(account));
        }
    };
    html! { <Select id="account" label="Account" {value} {options} {onchange} /> }
}

fn send(app: &App, message: Message) -> Callback<MouseEvent> {
    let dispatch = app.dispatcher();
    Callback::from(move |_| dispatch.dispatch(message.clone()))
}

#[component]
fn UndoButtons() -> Html {
    let app = use_app();
    let nothing = |can: bool, words: &'static str| (!can).then(|| AttrValue::from(words));
    html! {
        <>
            <Button variant={ButtonVariant::Icon} icon={IconName::Undo} label="Undo" id="undo"
                disabled_reason={nothing(app.session.can_undo(), "Nothing to undo yet")} onclick={send(&app, Message::Undo)} />
            <Button variant={ButtonVariant::Icon} icon={IconName::Redo} label="Redo" id="redo"
                disabled_reason={nothing(app.session.can_redo(), "Nothing to do again")} onclick={send(&app, Message::Redo)} />
        </>
    }
}

#[component]
fn ThemeButton() -> Html {
    let app = use_app();
    let (other, label) = match app.theme {
        Theme::Light => (Theme::Dark, "Use the dark theme"),
        Theme::Dark => (Theme::Light, "Use the light theme"),
    };
    html! { <Button variant={ButtonVariant::Icon} icon={IconName::Theme} {label} id="theme" onclick={send(&app, Message::SetTheme(other))} /> }
}

/// The messages above the work.
#[component]
pub fn Notices() -> Html {
    let app = use_app();
    let items: Vec<Flash> = app
        .notices
        .iter()
        .map(|notice| {
            let kind = match notice.kind {
                NoticeKind::Success => FlashKind::Success,
                NoticeKind::Error => FlashKind::Error,
                NoticeKind::Warning => FlashKind::Warning,
                NoticeKind::Info => FlashKind::Info,
            };
            let explained = notice.code.as_deref().and_then(content::explainer);
            let body = html! {
                <>
                    { for notice.body.iter().map(|line| html! { <p>{ line.clone() }</p> }) }
                    if let Some(explained) = explained {
                        <details class="explainer">
                            <summary>{ explained.title.clone() }</summary>
                            { for explained.paragraphs.iter().map(paragraph) }
                        </details>
                    }
                </>
            };
            let actions = notice
                .action
                .iter()
                .map(|action| (AttrValue::from("go"), AttrValue::from(action.text.clone())));
            Flash::new(notice.id.to_string(), kind, notice.title.clone())
                .body(body)
                .actions(actions)
        })
        .collect();
    let dismiss = app.dispatcher();
    let act = app.dispatcher();
    let number = |id: &AttrValue| id.parse::<u64>().unwrap_or(u64::MAX);
    html! {
        <FlashList {items}
            ondismiss={move |id: AttrValue| dismiss.dispatch(Message::Dismiss(number(&id)))}
            onaction={move |(id, _): (AttrValue, AttrValue)| act.dispatch(Message::NoticeAction(number(&id)))} />
    }
}

/// A piece of an explanation: words, or commands to copy.
fn paragraph(paragraph: &Paragraph) -> Html {
    match paragraph {
        Paragraph::Text { lead, text } if lead.is_empty() => html! { <p>{ code(text) }</p> },
        Paragraph::Text { lead, text } => html! { <p><b>{ lead }</b>{ " " }{ code(text) }</p> },
        Paragraph::Commands(text) => html! { <pre>{ text }</pre> },
    }
}

/// Text in which backticks mark code.
fn code(text: &str) -> Html {
    let parts = text.split('`').enumerate().map(|(at, part)| {
        if at % 2 == 1 {
            html! { <code>{ part }</code> }
        } else {
            html! { { part } }
        }
    });
    html! { <>{ for parts }</> }
}

/// The last line of every page.
pub fn footer() -> Html {
    html! {
        <p>
            { "EC2 Lab is a simulator for learning. It runs in this browser and sends nothing anywhere. Not affiliated with or endorsed by Amazon Web Services." }
        </p>
    }
}
