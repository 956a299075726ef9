//! A teacher's mistakes, each named with its file.

use crate::findings::{Findings, Source};
use crate::syllabus::Syllabus;
use crate::{explainers, questions};

const SYLLABUS: &str = r#"
[[fact]]
id = "1-1"
section = "1"
title = "Introduction"
text = "EC2 rents machines."
kind = "definition"
simulate = false
"#;

const GOOD: &str = r#"
section = "1"
facts = ["1-1"]
kind = "single"
level = 1
prompt = "What?"
explain = "This."

[[options]]
text = "a"
reason = "No."
show = "check"

[[options]]
text = "b"
right = true
reason = "Yes."

[[options]]
text = "c"
reason = "No."

[verify]
setup = "x=1"

[[verify.checks]]
id = "check"
run = "aws ec2 describe-vpcs"
query = "length(Vpcs)"
equals = 1
says = "wrong"
"#;

fn source(name: &str, text: &str) -> Source {
    Source {
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

fn found(sources: &[Source]) -> String {
    let mut findings = Findings::default();
    let syllabus = Syllabus::read(
        [source("content/syllabus.toml", SYLLABUS)].iter(),
        &mut findings,
    );
    questions::read(sources, &syllabus, &mut findings);
    findings.all().join("\n")
}

#[test]
fn a_good_question_has_no_findings() {
    assert_eq!(found(&[source("content/quiz/topic/slug.toml", GOOD)]), "");
}

#[test]
fn every_mistake_in_a_question_is_named() {
    for (old, new, finding) in [
        (
            "level = 1",
            "level = 1\nmood = 2",
            "content/quiz/topic/slug.toml: unknown key `mood`",
        ),
        ("level = 1", "level = 4", "`level` must be 1, 2 or 3"),
        ("\"1-1\"", "\"1-9\"", "unknown fact `1-9`"),
        ("[\"1-1\"]", "[]", "`facts` must be a list"),
        ("section = \"1\"", "section = \"9\"", "unknown section `9`"),
        ("prompt = \"What?\"", "prompt = \" \"", "`prompt` is empty"),
        ("explain = \"This.\"", "", "`explain` is missing"),
        ("kind = \"single\"", "kind = \"essay\"", "not `essay`"),
        (
            "kind = \"single\"",
            "kind = \"multiple\"",
            "at least two options must be right, 1 are",
        ),
        ("kind = \"single\"", "kind = \"order\"", "none has `right`"),
        (
            "kind = \"single\"",
            "kind = \"match\"",
            "`match` has [[pairs]]",
        ),
        (
            "right = true",
            "",
            "exactly one option must be right, 0 are",
        ),
        (
            "right = true",
            "right = 1",
            "option 2: `right` must be true or false",
        ),
        (
            "text = \"c\"",
            "text = \"A\"",
            "option 3: the text is there twice",
        ),
        (
            "reason = \"Yes.\"",
            "reason = \"\"",
            "option 2: `reason` is empty",
        ),
        (
            "show = \"check\"",
            "show = \"chekc\"",
            "option 1: `show` names no check: chekc",
        ),
        (
            "says = \"wrong\"",
            "says = \"right\"",
            "which says \"right\"",
        ),
        (
            "says = \"wrong\"",
            "says = \"maybe\"",
            "check 1: `says` must be",
        ),
        ("equals = 1\n", "", "`query` and `equals` belong together"),
        (
            "says =",
            "error = \"X\"\nsays =",
            "`error` or `query`, not both",
        ),
        (
            "run = \"aws ec2",
            "run = \"rm ec2",
            "`run` must be one `aws` or `lab` line",
        ),
        (
            "id = \"check\"",
            "id = \"My check\"",
            "the id must be kebab-case",
        ),
        ("setup = \"x=1\"", "", "verify: `setup` is missing"),
        ("level = 1", "level =", "is no TOML"),
    ] {
        let text = GOOD.replacen(old, new, 1);
        assert_ne!(text, GOOD, "{old}");
        let all = found(&[source("content/quiz/topic/slug.toml", &text)]);
        assert!(all.contains(finding), "{finding} is not in:\n{all}");
    }
}

#[test]
fn all_mistakes_are_found_at_once() {
    let text = GOOD
        .replace("level = 1", "level = 9")
        .replace("reason = \"No.\"", "reason = \"\"");
    assert_eq!(
        found(&[source("content/quiz/topic/slug.toml", &text)])
            .lines()
            .count(),
        3
    );
}

#[test]
fn names_must_be_places() {
    let all = found(&[
        source("content/quiz/topic/slug.toml", GOOD),
        source("content/quiz/other/slug.toml", GOOD),
        source("content/quiz/topic/My_Slug.toml", GOOD),
        source("content/quiz/stray.toml", GOOD),
    ]);
    assert!(
        all.contains(
            "content/quiz/other/slug.toml: the slug is taken by content/quiz/topic/slug.toml"
        ),
        "{all}"
    );
    assert!(
        all.contains("content/quiz/topic/My_Slug.toml: topic and slug must be kebab-case"),
        "{all}"
    );
    assert!(
        all.contains("content/quiz/stray.toml: must be content/quiz/<topic>/<slug>.toml"),
        "{all}"
    );
}

#[test]
fn mistakes_in_explainers_are_named() {
    const GOOD: &str = "---\ntitle: T\nsource: https://a\n---\n**Lead.** Words with `code`.\n\n```sh\naws ec2 x\n\naws ec2 y\n```\n";
    let read = |name: &str, text: &str| {
        let mut findings = Findings::default();
        let all = explainers::read(&[source(name, text)], &mut findings);
        (all, findings.all().join("\n"))
    };
    let (all, findings) = read("content/errors/Some.Code.md", GOOD);
    assert_eq!(findings, "");
    let expected = serde_json::json!([
        "Some.Code",
        "T",
        "https://a",
        [["Lead.", "Words with `code`."], "aws ec2 x\n\naws ec2 y"]
    ]);
    assert_eq!(all, [expected]);
    for (old, new, finding) in [
        ("title: T\n", "", "`title` is missing"),
        ("source: https://a", "source: page 7", "`source` must be"),
        (
            "source:",
            "mood: x\nsource:",
            "unknown or repeated line `mood: x`",
        ),
        ("---\n**", "**", "must begin with front matter"),
        ("`code`", "`code", "the page shows only paragraphs"),
        ("Words", "[Words](x)", "the page shows only paragraphs"),
        ("```\n", "", "never closed"),
    ] {
        let findings = read("content/errors/Some.Code.md", &GOOD.replacen(old, new, 1)).1;
        assert!(
            findings.contains(finding),
            "{finding} is not in: {findings}"
        );
    }
    assert!(
        read("content/errors/Some Code.md", GOOD)
            .1
            .contains("must be an error code")
    );
}
