//! `docs/coverage.md` says what the registry says.

#[path = "../examples/coverage.rs"]
mod coverage;

#[test]
fn the_page_is_current() {
    let page = include_str!("../../../docs/coverage.md");
    assert!(
        page == coverage::page(),
        "docs/coverage.md is old: run `cargo xtask coverage`"
    );
}
