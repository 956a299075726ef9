//! The way from an instance to the form that connects to it.

use crate::platform::focus;
use crate::route::{Route, Section};
use crate::state::{App, Message, Selected};
use ec2_lab_engine::ids::InstanceId;

/// Id of the field of the form that says what to connect to.
const FORM: &str = "connect-to";

/// Chooses the instance, which the form takes as its target, and goes to the form.
pub fn start_connecting(app: &App, id: InstanceId) {
    app.dispatch(Message::Select(Some(Selected::Instance(id))));
    let has_form = matches!(app.route, Route::Lab(section) if section != Section::PlacementGroups);
    if has_form {
        focus::focus_id(FORM);
    } else {
        app.dispatch(Message::Go(Route::Lab(Section::Instances)));
    }
}
