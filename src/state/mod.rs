//! The page's state: one value, changed only by messages; whatever has to happen outside rides in it as a numbered effect.

mod attempt;
mod connecting;
mod laptop;
mod message;
mod notice;
mod opening;
mod passing;
mod prompt;
mod quiz;
mod reduce;

pub use attempt::Attempt;
pub use message::{Message, QuizMessage, Selected, Speed, Theme};
pub use notice::{Notice, NoticeAction, NoticeKind};
pub use prompt::{Line, LineKind, Prompt};
pub use quiz::{PER_QUESTION, QuizRun, plan};

use crate::route::Route;
use ec2_lab_course::grade::Progress;
use ec2_lab_course::session::Session;
use ec2_lab_engine::network::{Call, Source};
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::{Caller, Instant, Value};
use std::rc::Rc;
use yew::prelude::*;

/// Something to do outside: it is done once, by its number.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Keep the lab.
    SaveLab(String),
    /// Keep the quiz progress.
    SaveProgress(String),
    /// Put a damaged save aside.
    KeepAside(String),
    /// Keep the laptop.
    SaveLaptop(String),
    /// Put a damaged laptop aside.
    KeepLaptopAside(String),
    /// Put text on the clipboard.
    Copy(String),
    /// Hand a file to the learner: name and content.
    Download(String, Vec<u8>),
    /// Say it to a screen reader.
    Announce(String),
    /// Go to another address.
    Go(Route),
    /// Use and keep a theme.
    Theme(Theme),
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct AppState {
    /// Counts changes, so that two states are compared by a number.
    revision: u64,
    /// The lab.
    pub session: Session,
    /// Whose Region is in sight.
    pub caller: Caller,
    /// The place in the page.
    pub route: Route,
    /// What the inspector shows.
    pub selected: Option<Selected>,
    /// Messages, newest first.
    pub notices: Rc<Vec<Notice>>,
    /// The last attempt to connect.
    pub attempt: Option<Rc<Attempt>>,
    /// From whose place the ports are drawn.
    pub viewpoint: Source,
    /// How fast the clock runs.
    pub speed: Speed,
    /// Milliseconds of lab time that have passed since the world last moved.
    pub lag: u64,
    /// Light or dark.
    pub theme: Theme,
    /// The prompt at the foot.
    pub prompt: Rc<Prompt>,
    /// How the learner did in the quiz.
    pub progress: Rc<Progress>,
    /// The learner's own lab, while another one is shown for a question.
    pub stash: Option<Rc<(Session, Caller)>>,
    /// The quiz that runs.
    pub quiz: Option<Rc<QuizRun>>,
    /// What is left to do outside, by number.
    pub effects: Rc<Vec<(u64, Effect)>>,
    next_effect: u64,
    next_notice: u64,
}

impl PartialEq for AppState {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision
    }
}

/// The handle that every component takes from the context.
pub type App = UseReducerHandle<AppState>;

impl AppState {
    /// A fresh page.
    #[must_use]
    pub fn new(seed: u64, route: Route, theme: Theme) -> Self {
        AppState {
            revision: 0,
            session: Session::new(seed),
            caller: Caller::default(),
            route,
            selected: None,
            notices: Rc::default(),
            attempt: None,
            viewpoint: Source::Laptop,
            speed: Speed::Normal,
            lag: 0,
            theme,
            prompt: Rc::default(),
            progress: Rc::default(),
            stash: None,
            quiz: None,
            effects: Rc::default(),
            next_effect: 0,
            next_notice: 0,
        }
    }

    /// The lab's clock as it is shown.
    #[must_use]
    pub fn clock(&self) -> Instant {
        self.session.world().now().plus(self.lag)
    }

    /// The Region in sight; `None` never happens for a Region of the catalogue.
    #[must_use]
    pub fn region(&self) -> Option<&RegionState> {
        self.session.world().region(&self.caller)
    }

    /// A call in the Region in sight.
    #[must_use]
    pub fn call(&self, operation: &'static str, input: Value) -> Call {
        Call {
            caller: self.caller.clone(),
            operation,
            input,
        }
    }

    /// Whether a call would be refused, and why; the world is not touched. For validation beside a form.
    ///
    /// # Errors
    /// AWS's refusal.
    pub fn try_call(&self, call: &Call) -> Result<Value, ec2_lab_engine::ApiError> {
        self.session
            .world()
            .clone()
            .execute(&call.caller, call.operation, &call.input)
            .result
    }

    fn effect(&mut self, effect: Effect) {
        // What was queued for the same purpose before is overtaken: only the last save counts.
        let same = std::mem::discriminant(&effect);
        let keep_latest = matches!(
            effect,
            Effect::SaveLab(_) | Effect::SaveProgress(_) | Effect::SaveLaptop(_)
        );
        let queue = Rc::make_mut(&mut self.effects);
        if keep_latest {
            queue.retain(|(_, queued)| std::mem::discriminant(queued) != same);
        }
        queue.push((self.next_effect, effect));
        self.next_effect += 1;
    }

    fn notify(&mut self, mut notice: Notice) {
        notice.id = self.next_notice;
        self.next_notice += 1;
        let notices = Rc::make_mut(&mut self.notices);
        // One action, one message: the page says exactly one thing.
        notices.retain(|other| other.sticky);
        notices.insert(0, notice);
    }
}
