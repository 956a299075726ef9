//! Where a run begins: which chapters, how many questions, practice or against the clock.

use super::send;
use crate::app::use_app;
use crate::platform::page;
use crate::state::{PER_QUESTION, QuizMessage, plan};
use crate::ui::components::{
    Button, ButtonVariant, Cell, Checkbox, Column, FormField, Panel, RadioGroup, RadioOption, Row,
    Select, SelectOption, Table,
};
use crate::ui::words;
use ec2_lab_course::content;
use std::collections::BTreeSet;
use yew::prelude::*;

const LENGTHS: [&str; 4] = ["5", "10", "20", "60"];

/// The form and the learner's record.
#[component]
pub fn Start() -> Html {
    let app = use_app();
    let chosen = use_state(BTreeSet::<String>::new);
    let length = use_state(|| AttrValue::from("10"));
    let mode = use_state(|| AttrValue::from("practice"));
    let sections: Vec<String> = chosen.iter().cloned().collect();
    let count: u32 = length.parse().unwrap_or(10);
    let timed = *mode == "timed";
    let drawn = plan(1, sections.clone(), count, timed);
    let asked = (count as usize).min(drawn.available());
    let begin = send(&app, move |now| QuizMessage::Begin {
        plan: plan(page::fresh_seed(), sections.clone(), count, timed),
        now,
    });
    let pick_length = {
        let length = length.clone();
        move |value: AttrValue| length.set(value)
    };
    let pick_mode = {
        let mode = mode.clone();
        move |value: AttrValue| mode.set(value)
    };
    let lengths: Vec<SelectOption> = LENGTHS
        .map(|number| SelectOption::new(number, format!("{number} questions")))
        .to_vec();
    let modes = vec![
        RadioOption::new("practice", "Practice")
            .description("The answer and its reasons after every question."),
        RadioOption::new("timed", "Timed set")
            .description("As in an exam: 90 seconds a question on average, answers at the end."),
    ];
    html! {
        <>
            <header class="page-head">
                <h1 id="main-title" tabindex="-1">{ "Quiz" }</h1>
                <p class="lead">
                    { format!("{} questions over the 16 chapters of the notes. Where a question is about behaviour, the engine has judged it.", content::questions().len()) }
                </p>
            </header>
            <Panel id="quiz-start" title="A new run" footer={html! {
                <div class="quiz-actions">
                    <Button id="quiz-begin" variant={ButtonVariant::Primary} onclick={begin}>
                        { format!("Begin with {asked} questions") }
                    </Button>
                    if timed { <span class="muted">{ format!("Time: {}", words::duration(asked as u64 * PER_QUESTION)) }</span> }
                </div>
            }}>
                <div class="quiz">
                    <FormField id="quiz-mode" label="How" group={true}>
                        <RadioGroup name="quiz-mode" value={(*mode).clone()} options={modes} onchange={pick_mode} cards={true} />
                    </FormField>
                    <FormField id="quiz-length" label="How many">
                        <Select value={(*length).clone()} options={lengths} onchange={pick_length} />
                    </FormField>
                    <FormField id="quiz-chapters" label="Chapters" group={true} constraint="None chosen means all of them.">
                        <div class="quiz-chapters">{ for chapters(&chosen) }</div>
                    </FormField>
                </div>
            </Panel>
            <Record />
        </>
    }
}

fn chapters(chosen: &UseStateHandle<BTreeSet<String>>) -> Vec<Html> {
    content::sections()
        .iter()
        .filter(|section| section.is_chapter())
        .map(|section| {
            let number = section.number.clone();
            let chosen = chosen.clone();
            let checked = chosen.contains(&number);
            let onchange = move |on: bool| {
                let mut next = (*chosen).clone();
                if on {
                    next.insert(number.clone());
                } else {
                    next.remove(&number);
                }
                chosen.set(next);
            };
            html! { <Checkbox {checked} {onchange}>{ format!("{}. {}", section.number, section.title) }</Checkbox> }
        })
        .collect()
}

/// How the learner stands, chapter by chapter.
#[component]
fn Record() -> Html {
    let app = use_app();
    if app.progress.seen() == 0 {
        return Html::default();
    }
    let columns = vec![
        Column::new("chapter", "Chapter"),
        Column::new("right", "Solved the last time").numeric(),
        Column::new("of", "Questions").numeric(),
    ];
    let rows: Vec<Row> = app
        .progress
        .chapters()
        .into_iter()
        .map(|row| {
            Row::new(
                row.chapter.to_owned(),
                row.title.to_owned(),
                vec![
                    Cell::text(format!("{}. {}", row.chapter, row.title)),
                    Cell::text(row.right.to_string()),
                    Cell::text(row.asked.to_string()),
                ],
            )
        })
        .collect();
    html! { <Table id="quiz-record" title="Your record" {columns} {rows} page_size={20} /> }
}
