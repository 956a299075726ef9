//! Opening a lab: what the last visit left, or a file of the learner's.

use super::{AppState, Effect, Message, Notice, NoticeKind};
use ec2_lab_course::save;
use ec2_lab_engine::Caller;

impl AppState {
    pub(super) fn restore(&mut self, lab: Option<String>, progress: Option<String>) {
        if let Some(text) = progress
            && !self.take_up(&text)
        {
            self.effect(Effect::KeepAside(text));
        }
        if let Some(text) = lab {
            self.open(&text, false);
        }
    }

    /// Opens a lab from text; `by_hand` when the learner chose a file.
    pub(super) fn open(&mut self, text: &str, by_hand: bool) {
        match save::decode(text) {
            Ok(opened) => {
                self.session = opened.session;
                self.caller = Caller::in_region(&opened.region).unwrap_or_default();
                self.lag = 0;
                self.selected = None;
                self.attempt = None;
                if let Some(note) = opened.note {
                    self.notify(Notice::new(
                        NoticeKind::Warning,
                        "Your lab was opened, with a difference.",
                        vec![note],
                    ));
                } else if by_hand {
                    self.notify(Notice::new(
                        NoticeKind::Success,
                        "The lab was opened.",
                        Vec::new(),
                    ));
                }
                if by_hand {
                    self.save();
                }
            }
            Err(error) => {
                let mut body = vec![error.to_string()];
                if !by_hand {
                    self.effect(Effect::KeepAside(text.to_owned()));
                    body.push(
                        "It was put aside, and a fresh lab was opened. You can download it."
                            .to_owned(),
                    );
                }
                let mut notice = Notice::new(
                    NoticeKind::Error,
                    "The saved lab could not be opened.",
                    body,
                );
                if !by_hand {
                    notice = notice.with_action(
                        "Download the damaged save",
                        Message::DownloadAside(text.to_owned()),
                    );
                    notice.sticky = true;
                }
                self.notify(notice);
            }
        }
    }
}
