//! Everything that can happen to the page.

use crate::route::Route;
use ec2_lab_engine::ids::AccountId;
use ec2_lab_engine::network::{Call, Probe, Source};

/// How fast the lab's clock runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    /// Not at all.
    Paused,
    /// As fast as the learner's own.
    #[default]
    Normal,
    /// A minute in a second.
    Fast,
}

impl Speed {
    /// Lab milliseconds per real millisecond.
    #[must_use]
    pub fn factor(self) -> u64 {
        match self {
            Speed::Paused => 0,
            Speed::Normal => 1,
            Speed::Fast => 60,
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

impl Theme {
    /// The value of `data-theme`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// What the inspector shows, by id as text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum Selected {
    Instance(ec2_lab_engine::ids::InstanceId),
    SecurityGroup(ec2_lab_engine::ids::SecurityGroupId),
    PlacementGroup(ec2_lab_engine::ids::PlacementGroupId),
    Subnet(ec2_lab_engine::ids::SubnetId),
    Address(ec2_lab_engine::ids::AllocationId),
    NetworkInterface(ec2_lab_engine::ids::NetworkInterfaceId),
    KeyPair(ec2_lab_engine::ids::KeyPairId),
}

/// Something happened in the quiz. Times are real milliseconds.
#[derive(Clone, Debug, PartialEq)]
pub enum QuizMessage {
    /// Begin a run.
    Begin {
        /// What to ask.
        plan: ec2_lab_course::quiz::Plan,
        /// The time.
        now: u64,
    },
    /// The learner's choice so far, not yet given as the answer.
    Draft(ec2_lab_course::grade::Answer),
    /// The draft is the answer.
    Submit(u64),
    /// The next question, or after the last one of practice the result.
    Next(u64),
    /// To the question at this place.
    GoTo(usize),
    /// Time passes.
    Tick(u64),
    /// End the run.
    Finish(u64),
    /// Practise what was missed.
    Again(u64),
    /// Back to the start page of the quiz.
    Leave,
    /// Build the world of this question up to this check.
    Show {
        /// The question's id.
        question: String,
        /// The check's id.
        check: String,
    },
}

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// Calls that one click makes; undone together. The first refusal ends them and takes all of them back.
    Call(Vec<Call>),
    /// As `Call`, with words for the success message.
    CallSaying(Vec<Call>, String),
    /// A line of the prompt.
    Command(String),
    /// A file of the learner's goes to the laptop: name and content.
    Upload(String, Vec<u8>),
    /// A file of the laptop's goes to the learner.
    DownloadFile(String),
    /// What was kept of the laptop.
    RestoreLaptop(String),
    /// The prompt's drawer: open further or close.
    PromptSize(crate::ui::components::DrawerSize),
    /// Try to connect.
    Connect(Probe),
    /// Carry out the fix of this place in the list, and try again.
    ApplyFix(usize),
    /// Put the last attempt away.
    ClearAttempt,
    /// See the ports from another place.
    Viewpoint(Source),
    /// Real time has passed: milliseconds.
    Tick(u64),
    /// Another speed.
    SetSpeed(Speed),
    /// Straight to what happens next.
    ToNextEvent,
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Begin anew with this seed.
    Reset(u64),
    /// Another Region.
    Region(&'static str),
    /// Another account.
    Account(AccountId),
    /// The address changed, by a link or by the browser's own buttons.
    Arrived(Route),
    /// Go there.
    Go(Route),
    /// Show this in the inspector, or nothing.
    Select(Option<Selected>),
    /// Take this message away.
    Dismiss(u64),
    /// A button of a message.
    NoticeAction(u64),
    /// Another theme.
    SetTheme(Theme),
    /// Put this on the clipboard and say so: text, and what it is.
    Copy(String, String),
    /// What was kept from the last visit: the lab, and the quiz progress.
    Restore(Option<String>, Option<String>),
    /// Hand the lab to the learner as a file.
    Export,
    /// Hand the journal to the learner as a shell script for the real AWS CLI.
    ExportScript,
    /// Open a lab from a file's text.
    Import(String),
    /// Hand a damaged save to the learner as a file.
    DownloadAside(String),
    /// The browser could not keep the lab: why.
    StorageFailed(String),
    /// The quiz.
    Quiz(QuizMessage),
    /// Leave the lab that was built for a question.
    BackToMyLab,
    /// These effects were carried out, up to this number.
    EffectsDone(u64),
}
