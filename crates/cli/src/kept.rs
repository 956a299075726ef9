//! What a prompt keeps beyond its own end: the laptop's files, the hosts it has met, settings and history, as text.

use crate::configure::DEFAULT;
use crate::laptop::{Home, HomeFile};
use crate::shell::ShellState;
use crate::values::{base64, from_base64};
use ec2_lab_engine::json::{Map, Value, from_str};
use ec2_lab_engine::object;

/// The format of the text. A higher number is a later one.
const FORMAT: u64 = 1;
/// How many lines of history are kept.
const HISTORY: usize = 500;

/// The state as text. Where one is logged in, and what a script has set, ends with the prompt, as on a real laptop.
pub fn keep(state: &ShellState) -> String {
    let files = state.home.0.iter().map(|(name, file)| {
        object! { "name": name.as_str(), "mode": file.mode, "bytes": base64(&file.bytes) }
    });
    let hosts = state.known_hosts.iter();
    let settings = state.settings.iter(DEFAULT);
    let texts = |pairs: Vec<(&str, &str)>| -> Value {
        let entries = pairs.into_iter();
        entries
            .map(|(name, value)| (name, Value::from(value)))
            .collect()
    };
    let history = state.history.len().saturating_sub(HISTORY);
    let kept = object! {
        "format": FORMAT,
        "files": files.collect::<Vec<_>>(),
        "hosts": texts(hosts.map(|(name, value)| (name.as_str(), value.as_str())).collect()),
        "settings": texts(settings.collect()),
        "profiles": state
            .settings
            .profiles()
            .filter(|name| *name != DEFAULT)
            .map(|name| (name, texts(state.settings.iter(name).collect())))
            .collect::<Value>(),
        "history": state.history.get(history..).unwrap_or_default().to_vec(),
    };
    kept.to_string()
}

/// The state that was kept.
///
/// # Errors
/// What is wrong with the text.
pub fn open(text: &str) -> Result<ShellState, String> {
    let kept: Value = from_str(text).map_err(|error| format!("It is no JSON ({error})."))?;
    let part = |key: &str| kept.get(key).unwrap_or(&Value::Null);
    match part("format").as_u64() {
        Some(FORMAT) => {}
        Some(_) => return Err("It comes from a later version of EC2 Lab.".to_owned()),
        None => return Err("It is not what EC2 Lab keeps.".to_owned()),
    }
    let mut state = ShellState::default();
    for file in part("files").as_array().into_iter().flatten() {
        state.home = with(std::mem::take(&mut state.home), file)
            .ok_or_else(|| "A file in it is damaged.".to_owned())?;
    }
    let none = Map::new();
    let pairs = |key: &str| {
        let map = part(key).as_object().unwrap_or(&none).clone();
        map.into_iter()
            .filter_map(|(name, value)| Some((name.to_string(), value.as_str()?.to_owned())))
    };
    state.known_hosts = pairs("hosts").collect();
    for (name, value) in pairs("settings") {
        state.settings.set(DEFAULT, &name, &value);
    }
    // What was kept before there were profiles has none: those of a new laptop stay.
    for (profile, set) in part("profiles").as_object().unwrap_or(&none) {
        for (name, value) in set.as_object().unwrap_or(&none) {
            if let Some(value) = value.as_str() {
                state.settings.set(profile, name, value);
            }
        }
    }
    let history = part("history").as_array().into_iter().flatten();
    state.history = history
        .filter_map(|line| line.as_str().map(str::to_owned))
        .collect();
    Ok(state)
}

/// A home directory with one more file.
fn with(mut home: Home, file: &Value) -> Option<Home> {
    let name = Home::name(file.get("name")?.as_str()?)?;
    let bytes = from_base64(file.get("bytes")?.as_str()?)?;
    home.write(&name, &bytes, false).ok()?;
    let mode = u32::try_from(file.get("mode")?.as_u64()?).ok()? & 0o777;
    home.0.insert(name, HomeFile { bytes, mode });
    Some(home)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{MemoryFiles, Shell};
    use ec2_lab_engine::World;
    use proptest::prelude::*;

    #[test]
    fn what_is_kept_opens_again() {
        let mut shell = Shell::new(World::new(1), Box::new(MemoryFiles::default()));
        for line in [
            "aws configure set region eu-west-1",
            "aws configure set region eu-west-1 --profile third",
            "echo '<h1>hello</h1>' > page.html",
            "aws ec2 create-key-pair --key-name k --query KeyMaterial --output text > k.pem",
            "chmod 400 k.pem",
        ] {
            assert_eq!(shell.run(line).exit, 0, "{line}");
        }
        let opened = open(&keep(&shell.state)).unwrap();
        assert_eq!(opened.home, shell.state.home);
        assert_eq!(opened.history, shell.state.history);
        assert_eq!(opened.settings, shell.state.settings);
        assert_eq!(keep(&opened), keep(&shell.state));
    }

    proptest! {
        #[test]
        fn any_text_is_opened_or_refused(text in any::<String>(), name in any::<String>(), bytes in any::<String>()) {
            let _ = open(&text);
            let file = object! { "name": name.as_str(), "mode": 0o644, "bytes": bytes.as_str() };
            let _ = open(&object! { "format": 1, "files": vec![file] }.to_string());
        }

        #[test]
        fn files_of_any_bytes_are_kept(bytes in prop::collection::vec(any::<u8>(), 0..200), mode in 0_u32..0o777) {
            let mut state = ShellState::default();
            state.home.0.insert("a".to_owned(), HomeFile { bytes, mode });
            prop_assert_eq!(open(&keep(&state)).unwrap().home, state.home);
        }
    }
}
