//! Every code that the engine answers with is explained in `content/errors`, and nothing else is.
#![allow(
    clippy::disallowed_methods,
    reason = "the test reads the content folder"
)]

use ec2_lab_engine::error::CODES;
use std::collections::BTreeSet;
use std::path::Path;

/// Explained before the engine has them, each with what will answer with it.
const COMING: [(&str, &str); 1] = [(
    "UnauthorizedOperation",
    "instance profiles and their policies",
)];

fn files() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/errors");
    let names = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
        .collect()
}

#[test]
fn codes_and_explainers_match_both_ways() {
    let (codes, files): (BTreeSet<String>, _) = (
        CODES.iter().map(|code| (*code).to_owned()).collect(),
        files(),
    );
    let unexplained: Vec<_> = codes.difference(&files).collect();
    assert!(
        unexplained.is_empty(),
        "content/errors lacks {unexplained:?}"
    );
    let coming: BTreeSet<String> = COMING.iter().map(|(code, _)| (*code).to_owned()).collect();
    let idle: Vec<_> = files
        .difference(&codes)
        .filter(|code| !coming.contains(*code))
        .collect();
    assert!(idle.is_empty(), "the engine never answers with {idle:?}");
    let arrived: Vec<_> = coming.intersection(&codes).collect();
    assert!(
        arrived.is_empty(),
        "{arrived:?} have arrived: take them off the list"
    );
}

#[test]
fn an_explainer_has_its_parts() {
    for name in files() {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../content/errors/{name}.md"));
        let text = std::fs::read_to_string(path).unwrap();
        for part in [
            "title: ",
            "source: ",
            "**What it says.**",
            "**Why it happens.**",
            "**What to do.**",
        ] {
            assert!(text.contains(part), "{name} has no {part}");
        }
    }
}
