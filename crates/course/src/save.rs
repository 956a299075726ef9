//! Saving: the seed and the journal as JSON with a format version. A save of any earlier version opens; one that cannot be
//! read is refused with its reason, and the page keeps it aside.

use crate::journal::Entry;
use crate::session::Session;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The format that this version writes.
pub const FORMAT: u64 = 2;
/// The longest save that is read: far above any real one, far below what would freeze a page.
pub const SIZE_LIMIT: usize = 16 * 1024 * 1024;

/// What a save holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Saved {
    format: u64,
    seed: u64,
    region: String,
    journal: Vec<Entry>,
    /// The hash of the world when it was saved, in hexadecimal: a version that replays differently says so.
    world: String,
}

/// A lab that was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The lab.
    pub session: Session,
    /// The Region that was in sight.
    pub region: String,
    /// What the learner should know, if replaying did not give exactly the saved world.
    pub note: Option<String>,
}

/// Why a save cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// It is longer than any lab.
    TooLong,
    /// It is not JSON, or ends too early.
    NotJson,
    /// It is JSON, but not a lab.
    NotALab,
    /// A newer version of the lab wrote it.
    Newer(u64),
}

impl std::fmt::Display for SaveError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SaveError::TooLong => f.write_str("The file is too long to be a saved lab."),
            SaveError::NotJson => f.write_str("The file is damaged: it is not complete JSON."),
            SaveError::NotALab => {
                f.write_str("The file is not a saved lab: what a lab needs is missing.")
            }
            SaveError::Newer(format) => write!(
                f,
                "A newer version of EC2 Lab wrote this file (format {format}). Reload the page to get that version."
            ),
        }
    }
}

/// A lab as text.
#[must_use]
pub fn encode(session: &Session, region: &str) -> String {
    let saved = Saved {
        format: FORMAT,
        seed: session.world().seed(),
        region: region.to_owned(),
        journal: session.journal().to_vec(),
        world: format!("{:016x}", session.world().state_hash()),
    };
    // INVARIANT: every part of it is plain data with string keys, which JSON can always hold.
    serde_json::to_string(&saved).unwrap_or_default()
}

/// The lab of a text.
///
/// # Errors
/// See [`SaveError`].
pub fn decode(text: &str) -> Result<Opened, SaveError> {
    if text.len() > SIZE_LIMIT {
        return Err(SaveError::TooLong);
    }
    let value: Value = serde_json::from_str(text).map_err(|_| SaveError::NotJson)?;
    let value = migrate(value)?;
    let saved: Saved = serde_json::from_value(value).map_err(|_| SaveError::NotALab)?;
    let (session, refused) = Session::replay(saved.seed, saved.journal);
    let same = format!("{:016x}", session.world().state_hash()) == saved.world;
    let note = match (refused.len(), same) {
        (0, true) => None,
        (0, false) => Some("This version of the lab works out some details differently than the one that saved it.".to_owned()),
        (count, _) => Some(format!("This version of the lab refuses {count} of the saved steps; they were left out.")),
    };
    let region =
        ec2_lab_engine::catalogue::region(&saved.region).map_or("us-east-1", |region| region.name);
    Ok(Opened {
        session,
        region: region.to_owned(),
        note,
    })
}

/// Brings a save of an earlier format to today's, one format after the other.
fn migrate(mut value: Value) -> Result<Value, SaveError> {
    // 1 → 2: calls may name an account. Without one they are the home account's, which all of format 1 were.
    if value.get("format").and_then(Value::as_u64) == Some(1)
        && let Some(map) = value.as_object_mut()
    {
        map.insert("format".to_owned(), Value::from(2));
    }
    match value.get("format").and_then(Value::as_u64) {
        Some(FORMAT) => Ok(value),
        Some(newer) if newer > FORMAT => Err(SaveError::Newer(newer)),
        _ => Err(SaveError::NotALab),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::journal::Action;
    use ec2_lab_engine::Caller;
    use serde_json::json;

    fn lab() -> Session {
        let mut session = Session::new(3);
        session.begin_step();
        let input = ec2_lab_engine::json::json!({"GroupName": "web", "Description": "d"});
        session
            .apply(Action::Execute {
                account: None,
                region: "eu-west-1".into(),
                operation: "CreateSecurityGroup".into(),
                input,
            })
            .0
            .unwrap();
        session.advance_to(session.world().now().plus(90_000));
        session
    }

    #[test]
    fn what_is_saved_opens_again() {
        let session = lab();
        let opened = decode(&encode(&session, "eu-west-1")).unwrap();
        assert_eq!(
            opened.session.world().state_hash(),
            session.world().state_hash()
        );
        assert_eq!((opened.region.as_str(), opened.note), ("eu-west-1", None));
    }

    #[test]
    fn a_save_of_the_first_format_opens_as_the_same_world() {
        let text = encode(&lab(), "eu-west-1").replace("{\"format\":2", "{\"format\":1");
        assert!(text.starts_with("{\"format\":1"));
        assert_eq!(decode(&text).unwrap().note, None);
    }

    #[test]
    fn what_a_partner_did_is_saved_as_the_partners() {
        let mut session = lab();
        let partner = Caller::of("222233334444", "us-east-1").unwrap();
        session.begin_step();
        let input = ec2_lab_engine::json::json!({"KeyName": "theirs"});
        let call = Action::call(&partner, "CreateKeyPair", input);
        session.apply(call).0.unwrap();
        let opened = decode(&encode(&session, "us-east-1")).unwrap();
        assert_eq!(opened.note, None);
        let world = opened.session.world();
        assert_eq!(world.region(&partner).unwrap().key_pairs.len(), 1);
        assert_eq!(world.region(&Caller::default()).unwrap().key_pairs.len(), 0);
    }

    #[test]
    fn damaged_saves_are_refused_with_their_reason() {
        let whole = encode(&lab(), "us-east-1");
        assert_eq!(
            decode(&whole[..whole.len() / 2]).unwrap_err(),
            SaveError::NotJson
        );
        assert_eq!(decode("[]").unwrap_err(), SaveError::NotALab);
        assert_eq!(decode(r#"{"format":1}"#).unwrap_err(), SaveError::NotALab);
        assert_eq!(
            decode(r#"{"format":99}"#).unwrap_err(),
            SaveError::Newer(99)
        );
        assert_eq!(decode("").unwrap_err(), SaveError::NotJson);
    }

    #[test]
    fn a_step_that_is_refused_today_is_left_out_and_said() {
        let mut value: Value = serde_json::from_str(&encode(&lab(), "us-east-1")).unwrap();
        value["journal"].as_array_mut().unwrap().push(json!({"step": 9, "do": "execute", "region": "us-east-1", "operation": "NoSuchThing", "input": {}}));
        let opened = decode(&value.to_string()).unwrap();
        assert!(opened.note.unwrap().contains("refuses 1"));
    }
}
