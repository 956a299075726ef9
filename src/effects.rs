//! Carries out what the state leaves to be done outside, each effect once, in order.

use crate::platform::storage::{self, LocalStore, Store};
use crate::platform::{hand_over, live, page};
use crate::state::{App, Effect, Message};
use yew::prelude::*;

/// Carries out the waiting effects after every change.
#[hook]
pub fn use_effects(app: &App) {
    let dispatch = app.dispatcher();
    use_effect_with(app.effects.clone(), move |effects| {
        let Some((last, _)) = effects.last() else {
            return;
        };
        for (_, effect) in effects.iter() {
            if let Err(why) = carry_out(effect) {
                dispatch.dispatch(Message::StorageFailed(why));
            }
        }
        dispatch.dispatch(Message::EffectsDone(*last));
    });
}

fn carry_out(effect: &Effect) -> Result<(), String> {
    match effect {
        Effect::SaveLab(text) => LocalStore.put(storage::LAB, text)?,
        Effect::SaveProgress(text) => LocalStore.put(storage::PROGRESS, text)?,
        Effect::SaveLaptop(text) => LocalStore.put(storage::LAPTOP, text)?,
        Effect::KeepLaptopAside(text) => LocalStore.put(storage::LAPTOP_ASIDE, text)?,
        Effect::KeepAside(text) => LocalStore.put(storage::ASIDE, text)?,
        Effect::Copy(text) => hand_over::copy(text),
        Effect::Download(name, bytes) => hand_over::download(name, bytes),
        Effect::Announce(text) => live::announce(text),
        Effect::Go(route) => page::set_fragment(&route.href()),
        Effect::Theme(theme) => {
            page::set_theme(theme.as_str());
            LocalStore.put(storage::THEME, theme.as_str())?;
        }
    }
    Ok(())
}
