//! Messages above the work: what happened, why, what to do.

use crate::state::Message;
use ec2_lab_engine::ApiError;

/// The kind of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum NoticeKind {
    Success,
    Error,
    Warning,
    Info,
}

/// A button of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct NoticeAction {
    /// Its words.
    pub text: String,
    /// What it does.
    pub message: Box<Message>,
}

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its number; given when it is shown.
    pub id: u64,
    /// Its kind.
    pub kind: NoticeKind,
    /// The first words.
    pub title: String,
    /// The rest, a paragraph each.
    pub body: Vec<String>,
    /// An error code to explain.
    pub code: Option<String>,
    /// A button.
    pub action: Option<NoticeAction>,
    /// Stays when the next message comes.
    pub sticky: bool,
}

impl Notice {
    /// A message without a button.
    #[must_use]
    pub fn new(kind: NoticeKind, title: impl Into<String>, body: Vec<String>) -> Self {
        Notice {
            id: 0,
            kind,
            title: title.into(),
            body,
            code: None,
            action: None,
            sticky: false,
        }
    }

    /// A refused call: AWS's code and message, then what to do about it.
    #[must_use]
    pub fn refused(operation: &str, error: &ApiError) -> Self {
        let title = format!("{operation} was refused: {}", error.code());
        Notice {
            code: Some(error.code().to_owned()),
            ..Notice::new(NoticeKind::Error, title, vec![error.message()])
        }
    }

    /// With a button.
    #[must_use]
    pub fn with_action(mut self, text: impl Into<String>, message: Message) -> Self {
        self.action = Some(NoticeAction {
            text: text.into(),
            message: Box::new(message),
        });
        self
    }
}
