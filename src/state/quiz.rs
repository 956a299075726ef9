//! The quiz that runs, what is kept of it, and the way from a wrong answer into the lab.

use super::{AppState, Effect, LineKind, Notice, NoticeKind, QuizMessage};
use crate::route::{Route, Section};
use crate::state::Message;
use ec2_lab_course::content;
use ec2_lab_course::grade::{Answer, Progress};
use ec2_lab_course::quiz::{Plan, Quiz, Settled};
use ec2_lab_course::session::Session;
use ec2_lab_course::verify;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Real milliseconds that a timed set gives for a question, as a certification exam roughly does.
pub const PER_QUESTION: u64 = 90_000;

/// A run and the answer that is being put together.
#[derive(Clone, Debug, PartialEq)]
pub struct QuizRun {
    /// The run.
    pub quiz: Quiz,
    /// What is chosen so far for the question in sight.
    pub draft: Option<Answer>,
}

/// What the browser keeps.
#[derive(Serialize, Deserialize)]
struct Kept {
    format: u32,
    progress: Progress,
    run: Option<Quiz>,
}

const FORMAT: u32 = 1;

impl AppState {
    pub(super) fn quiz(&mut self, message: QuizMessage) {
        match message {
            QuizMessage::Begin { plan, now } => {
                self.quiz = Quiz::new(plan, now).map(run);
                self.go(Route::Quiz(None));
            }
            QuizMessage::Draft(answer) => {
                if let Some(run) = self.quiz.as_mut().map(Rc::make_mut) {
                    run.draft = Some(answer);
                }
                return;
            }
            QuizMessage::Submit(now) => self.submit(now),
            QuizMessage::Next(now) => self.next_question(now),
            QuizMessage::GoTo(position) => {
                if let Some(run) = self.quiz.as_mut().map(Rc::make_mut) {
                    run.quiz.go_to(position);
                    run.draft = run.quiz.current().and_then(|item| item.answer.clone());
                }
            }
            QuizMessage::Tick(now) => {
                let settled = self
                    .quiz
                    .as_mut()
                    .map(|run| Rc::make_mut(run).quiz.tick(now))
                    .unwrap_or_default();
                if settled.is_empty()
                    && self.quiz.as_ref().is_none_or(|run| !run.quiz.is_finished())
                {
                    return;
                }
                self.settle(settled);
            }
            QuizMessage::Finish(now) => {
                let settled = self
                    .quiz
                    .as_mut()
                    .map(|run| Rc::make_mut(run).quiz.finish(now))
                    .unwrap_or_default();
                self.settle(settled);
            }
            QuizMessage::Again(now) => {
                self.quiz = self
                    .quiz
                    .as_ref()
                    .and_then(|run| run.quiz.again(now))
                    .map(self::run)
            }
            QuizMessage::Leave => self.quiz = None,
            QuizMessage::Show { question, check } => self.show(&question, &check),
        }
        self.keep();
    }

    fn submit(&mut self, now: u64) {
        let Some(run) = self.quiz.as_mut().map(Rc::make_mut) else {
            return;
        };
        let Some(answer) = run.draft.clone() else {
            return;
        };
        let settled = match run.quiz.answer(answer, now) {
            Ok(settled) => settled,
            // Its time is up: the set ends with what was answered before.
            Err(ec2_lab_course::quiz::Refused::TimeUp) => {
                let settled = run.quiz.finish(now);
                return self.settle(settled);
            }
            Err(_) => None,
        };
        let timed = run.quiz.is_timed();
        self.settle(settled.into_iter().collect());
        if timed {
            self.next_question(now);
        }
    }

    fn next_question(&mut self, now: u64) {
        let Some(run) = self.quiz.as_mut().map(Rc::make_mut) else {
            return;
        };
        if run.quiz.go_to(run.quiz.position() + 1) {
            run.draft = run.quiz.current().and_then(|item| item.answer.clone());
            return;
        }
        // The last question of a timed set does not end it: the learner may still go back.
        if !run.quiz.is_timed() {
            let settled = run.quiz.finish(now);
            self.settle(settled);
        }
    }

    fn settle(&mut self, settled: Vec<Settled>) {
        let progress = Rc::make_mut(&mut self.progress);
        for one in settled {
            progress.note(one.id, one.right);
        }
    }

    fn keep(&mut self) {
        let kept = Kept {
            format: FORMAT,
            progress: (*self.progress).clone(),
            run: self.quiz.as_ref().map(|run| run.quiz.clone()),
        };
        // INVARIANT: plain data with string keys; JSON can always hold it.
        let text = serde_json::to_string(&kept).unwrap_or_default();
        self.effect(Effect::SaveProgress(text));
    }

    /// Takes up what was kept; whether it could be read.
    pub(super) fn take_up(&mut self, text: &str) -> bool {
        let Ok(kept) = serde_json::from_str::<Kept>(text) else {
            return false;
        };
        self.progress = Rc::new(kept.progress);
        self.quiz = kept.run.filter(|quiz| !quiz.items().is_empty()).map(run);
        true
    }

    /// Builds, in a lab of its own, the world in which an option visibly fails. The learner's own lab waits.
    fn show(&mut self, question: &str, check: &str) {
        let staged = content::question(question).map(|question| verify::stage(question, check));
        let Some(Ok(lines)) = staged else { return };
        if self.stash.is_none() {
            self.catch_up();
            self.stash = Some(Rc::new((self.session.clone(), self.caller.clone())));
        }
        self.session = Session::new(verify::SEED);
        self.caller = ec2_lab_engine::Caller::default();
        self.lag = 0;
        self.selected = None;
        self.attempt = None;
        self.go(Route::Lab(Section::Instances));
        let prompt = Rc::make_mut(&mut self.prompt);
        prompt.say(
            LineKind::Output,
            "# A lab of its own, built for the question",
        );
        for line in &lines {
            self.run_line(line);
        }
        self.prompt_open();
        let body = vec![
            "This lab was built for the question; the last command is the one that decides. Change what you like.".to_owned(),
            "Your own lab waits, untouched.".to_owned(),
        ];
        let mut notice = Notice::new(NoticeKind::Info, "See for yourself.", body)
            .with_action("Back to my lab", Message::BackToMyLab);
        notice.sticky = true;
        self.notify(notice);
    }

    pub(super) fn back_to_my_lab(&mut self) {
        let Some(stash) = self.stash.take() else {
            return;
        };
        self.session = stash.0.clone();
        self.caller = stash.1.clone();
        self.lag = 0;
        self.selected = None;
        self.attempt = None;
        Rc::make_mut(&mut self.notices).clear();
        if self.quiz.is_some() {
            self.go(Route::Quiz(None));
        }
    }
}

fn run(quiz: Quiz) -> Rc<QuizRun> {
    let draft = quiz.current().and_then(|item| item.answer.clone());
    Rc::new(QuizRun { quiz, draft })
}

/// A plan with all questions of these sections, for practice or against the clock.
#[must_use]
pub fn plan(seed: u64, sections: Vec<String>, length: u32, timed: bool) -> Plan {
    let plan = Plan {
        seed,
        sections,
        length,
        limit: None,
    };
    let asked = u64::from(length).min(plan.available() as u64);
    Plan {
        limit: timed.then_some(asked * PER_QUESTION),
        ..plan
    }
}
