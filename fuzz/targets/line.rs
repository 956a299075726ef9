//! Fuzz target: any text at the prompt, read as words, as a script, and run as the shell runs it.
#![no_main]

use ec2_lab_cli::{MemoryFiles, words};
use ec2_lab_engine::shell;
use ec2_lab_fuzz::{as_in_the_browser, prompt};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: as_in_the_browser(), |text: &str| {
    if let Ok(all) = words::split_plain(text) {
        let line: Vec<String> = all.iter().map(|word| words::quote(word)).collect();
        assert_eq!(
            words::split_plain(&line.join(" ")).as_ref(),
            Ok(&all),
            "quoted words read as the same words"
        );
    }
    let _ = words::split(text, words::Dollar::Expands);
    let _ = words::is_open(text);
    for (line, statement) in words::statements(text) {
        assert!(line <= text.lines().count() && !statement.trim().is_empty());
    }
    let _ = shell::is_open(text);
    let answer = prompt(MemoryFiles::new([("f.json", "{}")])).run(text);
    if shell::parse(text).is_err() {
        assert!(answer.exit != 0 && !answer.stderr.is_empty(), "{answer:?}");
    }
});
