//! One file per address of the page.

pub mod home;
pub mod lab;
pub mod not_found;
pub mod quiz;
pub mod settings;

mod clock;
mod frame;

use crate::app::use_app;
use crate::route::Route;
use yew::prelude::*;

/// The page of the address.
#[component]
pub fn Page() -> Html {
    let app = use_app();
    match &app.route {
        Route::Home => html! { <frame::Plain><home::Home /></frame::Plain> },
        Route::Lab(section) => html! { <lab::Lab section={*section} /> },
        Route::Launch => html! { <lab::Launch /> },
        Route::Quiz(_) => html! { <frame::Plain><quiz::Quiz /></frame::Plain> },
        Route::Settings => html! { <frame::Plain><settings::Settings /></frame::Plain> },
        Route::NotFound(path) => {
            html! { <frame::Plain><not_found::NotFound path={path.clone()} /></frame::Plain> }
        }
    }
}
