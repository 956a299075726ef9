//! Tests of `shorthand`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use super::*;
use crate::files::MemoryFiles;
use ec2_lab_engine::json::json;

fn read(text: &str) -> Value {
    parse(text, &MemoryFiles::default()).unwrap()
}

#[test]
fn the_clients_own_examples() {
    assert_eq!(read("foo=bar"), json!({"foo": "bar"}));
    assert_eq!(read("foo=bar,baz"), json!({"foo": ["bar", "baz"]}));
    assert_eq!(
        read("foo=a,b,c=d,e=f"),
        json!({"foo": ["a", "b"], "c": "d", "e": "f"})
    );
    assert_eq!(read("foo=a,b=c,d"), json!({"foo": "a", "b": ["c", "d"]}));
    assert_eq!(
        read("foo={a=1,b=[x,{y=z}]}"),
        json!({"foo": {"a": "1", "b": ["x", {"y": "z"}]}})
    );
    assert_eq!(read("foo=a\\,b"), json!({"foo": "a,b"}));
    assert_eq!(
        read(r#"foo="a,b",c='d e'"#),
        json!({"foo": "a,b", "c": "d e"})
    );
    assert_eq!(read("foo="), json!({"foo": ""}));
    assert_eq!(read("foo=,bar=1"), json!({"foo": "", "bar": "1"}));
    assert_eq!(
        read("Name=tag:a/b,Values=x=y"),
        json!({"Name": "tag:a/b", "Values": "x=y"})
    );
    assert_eq!(read("foo=[]"), json!({"foo": []}));
}

#[test]
fn errors_point_at_the_place() {
    let error = parse("foo", &MemoryFiles::default()).unwrap_err();
    assert_eq!(
        error,
        ShorthandError::Syntax("Expected: '=', received: 'EOF' for input:\nfoo\n   ^".into())
    );
    let ShorthandError::Syntax(twice) = parse("a=1,a=2", &MemoryFiles::default()).unwrap_err()
    else {
        panic!()
    };
    assert!(twice.starts_with("Second instance of key \"a\""), "{twice}");
    assert!(parse(&"a=".repeat(10_000), &MemoryFiles::default()).is_ok());
    assert!(
        parse(
            &format!("a={}", "[".repeat(100_000)),
            &MemoryFiles::default()
        )
        .is_err()
    );
}

#[test]
fn a_value_may_come_from_a_file() {
    let files = MemoryFiles::new([("d.txt", "a, b")]);
    assert_eq!(
        parse("Description@=file://d.txt", &files).unwrap(),
        json!({"Description": "a, b"})
    );
}

use proptest::prelude::*;

proptest! {
    #[test]
    fn any_text_is_shorthand_or_not(text in "[a-c=,{}\\[\\]\"'\\\\@ \n]{0,40}|\\PC{0,40}") {
        let _ = parse(&text, &MemoryFiles::default());
    }
}
