//! The lab's clock: what time it is there, how fast it runs, and the way to what happens next.

use crate::app::use_app;
use crate::state::{Message, Speed};
use crate::ui::components::{Button, ButtonVariant, IconName, Select, SelectOption};
use crate::ui::words;
use yew::prelude::*;

/// Clock, speed and the button to the next event.
#[component]
pub fn ClockTools() -> Html {
    let app = use_app();
    let options: Vec<SelectOption> = [("0", "Paused"), ("1", "×1"), ("60", "×60")]
        .into_iter()
        .map(|(value, label)| SelectOption::new(value, label))
        .collect();
    let value = app.speed.factor().to_string();
    let speed = app.dispatcher();
    let onchange = move |choice: AttrValue| {
        let speed_of = match choice.as_str() {
            "0" => Speed::Paused,
            "60" => Speed::Fast,
            _ => Speed::Normal,
        };
        speed.dispatch(Message::SetSpeed(speed_of));
    };
    let next = app.dispatcher();
    let idle = app.session.world().next_wakeup().is_none();
    html! {
        <div class="clock" role="group" aria-label="The lab's clock">
            <span class="clock-time" id="clock">{ words::clock(app.clock()) }</span>
            <Select id="speed" label="Speed of the clock" {value} {options} {onchange} />
            <Button variant={ButtonVariant::Icon} icon={IconName::Step} label="To the next event" id="next-event"
                disabled_reason={idle.then(|| AttrValue::from("Nothing is due"))}
                onclick={move |_| next.dispatch(Message::ToNextEvent)} />
        </div>
    }
}
