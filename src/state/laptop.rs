//! The prompt's laptop between visits, and files that go to it and come from it.

use super::{AppState, Effect, Notice, NoticeKind};
use std::rc::Rc;

impl AppState {
    /// Keeps the laptop for the next visit.
    pub(super) fn save_laptop(&mut self) {
        let text = self.prompt.kept();
        self.effect(Effect::SaveLaptop(text));
    }

    pub(super) fn restore_laptop(&mut self, text: String) {
        let Err(why) = Rc::make_mut(&mut self.prompt).open(&text) else {
            return;
        };
        self.effect(Effect::KeepLaptopAside(text.clone()));
        let mut notice = Notice::new(
            NoticeKind::Error,
            "The prompt's files could not be opened.",
            vec![
                why,
                "They were put aside, and the prompt begins with an empty folder. Your lab is not affected."
                    .to_owned(),
            ],
        )
        .with_action(
            "Download what was kept",
            super::Message::DownloadAside(text),
        );
        notice.sticky = true;
        self.notify(notice);
    }

    pub(super) fn upload(&mut self, name: &str, bytes: &[u8]) {
        match Rc::make_mut(&mut self.prompt).put_file(name, bytes) {
            Ok(()) => {
                let said = format!("{name} is in the prompt's folder, {} bytes", bytes.len());
                self.effect(Effect::Announce(said));
                self.save_laptop();
            }
            Err(why) => {
                let notice = Notice::new(
                    NoticeKind::Error,
                    "The file was not put into the prompt's folder.",
                    vec![format!("{name}: {why}. The folder holds 1 MB.")],
                );
                self.notify(notice);
            }
        }
    }

    pub(super) fn download(&mut self, name: String) {
        if let Some(file) = self.prompt.files().get(&name) {
            let bytes = file.bytes.clone();
            self.effect(Effect::Download(name, bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::route::Route;
    use crate::state::{Message, Theme};
    use yew::Reducible;

    fn page() -> Rc<AppState> {
        Rc::new(AppState::new(1, Route::default(), Theme::default()))
    }

    fn kept(state: &AppState) -> Option<String> {
        let mut effects = state.effects.iter().rev();
        effects.find_map(|(_, effect)| match effect {
            Effect::SaveLaptop(text) => Some(text.clone()),
            _ => None,
        })
    }

    #[test]
    fn files_outlive_the_visit() {
        let page = page()
            .reduce(Message::Command("echo hello > a.txt".to_owned()))
            .reduce(Message::Upload("b.bin".to_owned(), vec![0, 255]));
        let again = self::page().reduce(Message::RestoreLaptop(kept(&page).unwrap()));
        assert_eq!(again.prompt.files(), page.prompt.files());
        assert_eq!(again.prompt.files().len(), 2);
        assert_eq!(again.prompt.history, ["echo hello > a.txt"]);
    }

    #[test]
    fn a_damaged_laptop_is_put_aside_and_explained() {
        let page = page().reduce(Message::RestoreLaptop(
            "{\"format\":1,\"files\":[7]}".to_owned(),
        ));
        assert!(page.prompt.files().is_empty());
        assert!(page.notices.iter().any(|notice| notice.sticky));
        assert!(
            page.effects
                .iter()
                .any(|(_, effect)| matches!(effect, Effect::KeepLaptopAside(_)))
        );
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let page = page().reduce(Message::Upload("big".to_owned(), vec![0; 2 << 20]));
        assert!(page.prompt.files().is_empty() && !page.notices.is_empty());
    }
}
