//! From one state and a message to the next. Pure: what has to happen outside is left as an effect.

use super::{AppState, Attempt, Effect, LineKind, Message, Notice, NoticeKind, Selected, Speed};
use crate::route::{Route, Section};
use crate::ui::words;
use ec2_lab_cli::configure::profile_of;
use ec2_lab_course::journal::Action;
use ec2_lab_course::save;
use ec2_lab_course::session::Session;
use ec2_lab_engine::ids::AccountId;
use ec2_lab_engine::network::Call;
use ec2_lab_engine::{ApiError, Caller, Value};
use std::rc::Rc;
use yew::Reducible;

impl Reducible for AppState {
    type Action = Message;

    fn reduce(self: Rc<Self>, message: Message) -> Rc<Self> {
        // A clock that stands makes no new state.
        if matches!(message, Message::Tick(_)) && self.speed.factor() == 0 {
            return self;
        }
        let mut next = (*self).clone();
        next.revision += 1;
        next.handle(message);
        Rc::new(next)
    }
}

/// A terminal's code for an empty screen, as `clear` prints it.
const CLEAR: &str = "\u{1b}[H";

impl AppState {
    fn handle(&mut self, message: Message) {
        match message {
            Message::Call(calls) => self.call_all(calls, None),
            Message::CallSaying(calls, words) => self.call_all(calls, Some(words)),
            Message::Command(line) => self.command(&line),
            Message::Upload(name, bytes) => self.upload(&name, &bytes),
            Message::DownloadFile(name) => self.download(name),
            Message::RestoreLaptop(text) => self.restore_laptop(text),
            Message::PromptSize(size) => Rc::make_mut(&mut self.prompt).size = size,
            Message::Connect(probe) => self.connect(probe),
            Message::ApplyFix(index) => self.apply_fix(index),
            Message::ClearAttempt => self.attempt = None,
            Message::Viewpoint(source) => self.viewpoint = source,
            Message::Tick(milliseconds) => self.tick(milliseconds),
            Message::SetSpeed(speed) => self.speed = speed,
            Message::ToNextEvent => self.next_event(),
            Message::Undo => self.step_back(false),
            Message::Redo => self.step_back(true),
            Message::Reset(seed) => self.reset(seed),
            Message::Region(name) => {
                self.caller = Caller {
                    region: name,
                    ..self.caller.clone()
                };
                self.selected = None;
                self.attempt = None;
                self.save();
            }
            Message::Account(account) => self.switch_account(account),
            Message::Arrived(route) => self.route = route,
            Message::Go(route) => self.go(route),
            Message::Select(selected) => self.selected = selected,
            Message::Dismiss(id) => {
                Rc::make_mut(&mut self.notices).retain(|notice| notice.id != id)
            }
            Message::NoticeAction(id) => {
                let action = self
                    .notices
                    .iter()
                    .find(|notice| notice.id == id)
                    .and_then(|notice| notice.action.clone());
                Rc::make_mut(&mut self.notices).retain(|notice| notice.id != id);
                if let Some(action) = action {
                    self.handle(*action.message);
                }
            }
            Message::SetTheme(theme) => {
                self.theme = theme;
                self.effect(Effect::Theme(theme));
            }
            Message::Copy(text, what) => {
                self.effect(Effect::Copy(text));
                self.effect(Effect::Announce(format!("Copied {what}")));
            }
            Message::Restore(lab, progress) => self.restore(lab, progress),
            Message::Export => {
                let text = save::encode(&self.session, self.caller.region);
                self.effect(Effect::Download(
                    "ec2-lab.json".to_owned(),
                    text.into_bytes(),
                ));
            }
            Message::ExportScript => {
                let text = words::script(self.session.journal());
                self.effect(Effect::Download("ec2-lab.sh".to_owned(), text.into_bytes()));
            }
            Message::DownloadAside(text) => self.effect(Effect::Download(
                "ec2-lab-damaged.txt".to_owned(),
                text.into_bytes(),
            )),
            Message::Import(text) => self.open(&text, true),
            Message::StorageFailed(why) => {
                let body = vec![why, "Your work goes on, but a reload would lose it. Export it to a file in Settings.".to_owned()];
                let mut notice = Notice::new(
                    NoticeKind::Warning,
                    "This browser does not keep your work.",
                    body,
                );
                notice.sticky = true;
                if !self.notices.iter().any(|other| other.title == notice.title) {
                    self.notify(notice);
                }
            }
            Message::Quiz(message) => self.quiz(message),
            Message::BackToMyLab => self.back_to_my_lab(),
            Message::EffectsDone(number) => {
                Rc::make_mut(&mut self.effects).retain(|(id, _)| *id > number)
            }
        }
    }

    /// The page and its prompt go to another account.
    fn switch_account(&mut self, account: AccountId) {
        if account == self.caller.account {
            return;
        }
        self.caller.account = account;
        self.selected = None;
        self.attempt = None;
        let profile = profile_of(&account.to_string());
        let prompt = Rc::make_mut(&mut self.prompt);
        prompt.say(LineKind::Clicked, format!("export AWS_PROFILE={profile}"));
        prompt.use_profile(profile);
    }

    pub(super) fn save(&mut self) {
        // A lab that was built for a question is not the learner's: it is not kept.
        if self.stash.is_some() {
            return;
        }
        let text = save::encode(&self.session, self.caller.region);
        self.effect(Effect::SaveLab(text));
    }

    pub(super) fn go(&mut self, route: Route) {
        self.effect(Effect::Go(route.clone()));
        self.route = route;
    }

    /// The world catches up with the clock that is shown.
    pub(super) fn catch_up(&mut self) {
        let now = self.clock();
        self.lag = 0;
        self.session.advance_to(now);
    }

    /// Carries out calls as one step: all, or none when one is refused. The last answer.
    pub(super) fn perform(&mut self, calls: &[Call]) -> Result<Value, (&'static str, ApiError)> {
        let before = self.session.clone();
        let now = self.clock();
        self.session.begin_step();
        self.session.advance_to(now);
        let mut answer = Value::Null;
        for call in calls {
            let action = Action::call(&call.caller, call.operation, call.input.clone());
            let line = words::line(call, &self.caller);
            match self.session.apply(action).0 {
                Ok(value) => {
                    Rc::make_mut(&mut self.prompt).say(LineKind::Clicked, line);
                    answer = value;
                }
                Err(error) => {
                    let prompt = Rc::make_mut(&mut self.prompt);
                    prompt.say(LineKind::Clicked, line);
                    prompt.say(
                        LineKind::Error,
                        format!(
                            "An error occurred ({}) when calling the {} operation: {}",
                            error.code(),
                            call.operation,
                            error.message()
                        ),
                    );
                    self.session = before;
                    return Err((call.operation, error));
                }
            }
        }
        self.lag = 0;
        self.save();
        Ok(answer)
    }

    fn call_all(&mut self, calls: Vec<Call>, said: Option<String>) {
        let Some(last) = calls.last().cloned() else {
            return;
        };
        match self.perform(&calls) {
            Ok(answer) => {
                let title =
                    said.unwrap_or_else(|| words::success(last.operation, &last.input, &answer));
                let mut notice = Notice::new(NoticeKind::Success, title, Vec::new());
                if let Some(extra) = words::next_step(self, last.operation, &answer) {
                    notice = Notice {
                        body: extra.0,
                        action: extra.1,
                        ..notice
                    };
                }
                self.notify(notice);
                self.after_change(last.operation, &answer);
            }
            Err((operation, error)) => self.notify(Notice::refused(operation, &error)),
        }
    }

    /// Where the page goes after a successful call, and what it forgets.
    fn after_change(&mut self, operation: &str, answer: &Value) {
        self.attempt = None;
        if operation == "RunInstances" {
            let id = answer
                .pointer("/Instances/0/InstanceId")
                .and_then(Value::as_str);
            self.selected = id
                .and_then(ec2_lab_engine::ids::ResourceId::parse)
                .map(Selected::Instance);
            self.go(Route::Lab(Section::Instances));
        }
    }

    fn command(&mut self, line: &str) {
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        let prompt = Rc::make_mut(&mut self.prompt);
        if prompt.history.last().map(String::as_str) != Some(line) {
            prompt.history.push(line.to_owned());
        }
        if line == "clear" {
            prompt.clear();
            return;
        }
        self.attempt = None;
        self.run_line(line);
        self.save();
        self.save_laptop();
    }

    /// Runs a line of the prompt; an attempt to connect is shown in the picture as well.
    pub(super) fn run_line(&mut self, line: &str) {
        let now = self.clock();
        let session = self.session.clone();
        let region = self.caller.region;
        let prompt = Rc::make_mut(&mut self.prompt);
        prompt.say(LineKind::Typed, line);
        let done = prompt.run(session, now, region, line);
        if done.answer.stdout.starts_with(CLEAR) {
            prompt.clear();
        } else {
            prompt.say(LineKind::Output, done.answer.stdout.trim_end());
        }
        prompt.say(LineKind::Error, done.answer.stderr.trim());
        self.session = done.session;
        self.lag = 0;
        // Who exports another profile goes to another account, here as well.
        if let Some(account) = done.account.filter(|id| *id != self.caller.account) {
            self.caller.account = account;
            self.selected = None;
        }
        if let Some((caller, probe)) = done.attempt {
            let number = self.attempt.as_ref().map_or(0, |attempt| attempt.number) + 1;
            self.attempt = Attempt::make(number, self.session.world(), &caller, probe)
                .ok()
                .map(Rc::new);
        }
    }

    pub(super) fn prompt_open(&mut self) {
        let prompt = Rc::make_mut(&mut self.prompt);
        if prompt.size == crate::ui::components::DrawerSize::Closed {
            prompt.size = crate::ui::components::DrawerSize::Half;
        }
    }

    fn step_back(&mut self, again: bool) {
        let done = if again {
            self.session.redo()
        } else {
            self.session.undo()
        };
        if done {
            self.lag = 0;
            self.attempt = None;
            let word = if again { "Done again." } else { "Undone." };
            self.notify(Notice::new(NoticeKind::Info, word, Vec::new()));
            self.save();
        }
    }

    fn reset(&mut self, seed: u64) {
        self.session = Session::new(seed);
        self.lag = 0;
        self.speed = Speed::Normal;
        self.selected = None;
        self.attempt = None;
        self.notify(Notice::new(NoticeKind::Info, "A fresh account.", vec!["Everything is as AWS hands it out: a default VPC in each Region, and nothing in it.".to_owned()]));
        self.save();
    }
}
