//! The root: state, clock, address, frame.

use crate::effects::use_effects;
use crate::platform::storage::{self, LocalStore, Store};
use crate::platform::{focus, page, rest};
use crate::route::Route;
use crate::state::{App, AppState, Message, Speed, Theme};
use crate::ui::pages;
use yew::prelude::*;

/// Real milliseconds between two ticks of the lab's clock.
const TICK: u32 = 1_000;

/// The page's state, from the context that the root provides.
#[hook]
pub fn use_app() -> App {
    let fallback = use_reducer(|| AppState::new(1, Route::Home, Theme::Light));
    use_context::<App>().unwrap_or(fallback)
}

/// The page.
#[component]
pub fn Root() -> Html {
    let app = use_reducer(|| {
        let theme = if page::theme().as_deref() == Some("dark") {
            Theme::Dark
        } else {
            Theme::Light
        };
        AppState::new(page::fresh_seed(), Route::parse(&page::fragment()), theme)
    });
    use_restore(&app);
    use_effects(&app);
    use_address(&app);
    use_clock(&app);
    html! {
        <ContextProvider<App> context={app.clone()}>
            <pages::Page />
        </ContextProvider<App>>
    }
}

/// Brings back what the last visit left.
#[hook]
fn use_restore(app: &App) {
    let dispatch = app.dispatcher();
    use_effect_with((), move |()| {
        let (lab, progress) = (
            LocalStore.get(storage::LAB),
            LocalStore.get(storage::PROGRESS),
        );
        if let Some(laptop) = LocalStore.get(storage::LAPTOP) {
            rest::ready();
            dispatch.dispatch(Message::RestoreLaptop(laptop));
        }
        if lab.is_some() || progress.is_some() {
            // What was done is done again, with all that the engine can.
            rest::ready();
            dispatch.dispatch(Message::Restore(lab, progress));
        }
    });
}

/// Follows the address, and tells a screen reader where one has arrived.
#[hook]
fn use_address(app: &App) {
    let dispatch = app.dispatcher();
    use_effect_with((), move |()| {
        let listener = page::on_fragment(move |fragment| {
            dispatch.dispatch(Message::Arrived(Route::parse(&fragment)))
        });
        move || drop(listener)
    });
    let first = use_mut_ref(|| true);
    use_effect_with(app.route.clone(), move |route| {
        page::set_title(&route.title());
        // On the first page the browser's own start of reading is right.
        if !first.replace(false) {
            focus::focus_id("main-title");
        }
    });
}

/// The longest that the shown clock may lag behind: it shows minutes.
const SHOWN: u64 = 60_000;

/// Lets the lab's clock run. A new state is made only when something falls due or the shown minute changes.
#[hook]
fn use_clock(app: &App) {
    let dispatch = app.dispatcher();
    let waiting = use_mut_ref(|| 0_u64);
    let clock = app.clock();
    let due = app
        .session
        .world()
        .next_wakeup()
        .map(|next| next.since(clock));
    use_effect_with((app.speed, clock, due), move |(speed, _, due)| {
        let (factor, due) = (speed.factor(), due.unwrap_or(SHOWN).min(SHOWN));
        let last = std::cell::Cell::new(page::now());
        let interval = (*speed != Speed::Paused).then(|| {
            page::every(TICK, move || {
                let now = page::now();
                // A page that slept, in a background tab or a closed laptop, does not make hours pass at once.
                let passed = (now - last.replace(now)).clamp(0.0, 5_000.0);
                let mut waiting = waiting.borrow_mut();
                *waiting += passed as u64;
                if *waiting * factor >= due {
                    dispatch.dispatch(Message::Tick(std::mem::take(&mut *waiting)));
                }
            })
        });
        move || drop(interval)
    });
}
