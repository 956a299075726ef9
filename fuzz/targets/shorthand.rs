//! Fuzz target: shorthand (`Key=Value,List=[a,b]`) for options of many shapes. The first character picks the option.
#![no_main]

use ec2_lab_cli::{MemoryFiles, shorthand};
use ec2_lab_fuzz::{as_in_the_browser, aws, choose};
use libfuzzer_sys::fuzz_target;

const OPTIONS: [(&str, &str); 12] = [
    ("describe-instances", "--filters"),
    ("run-instances", "--tag-specifications"),
    ("run-instances", "--block-device-mappings"),
    ("run-instances", "--network-interfaces"),
    ("run-instances", "--metadata-options"),
    ("run-instances", "--user-data"),
    ("run-instances", "--count"),
    ("authorize-security-group-ingress", "--ip-permissions"),
    ("create-tags", "--tags"),
    ("modify-instance-attribute", "--disable-api-termination"),
    ("create-launch-template", "--launch-template-data"),
    ("create-fleet", "--launch-template-configs"),
];

fuzz_target!(init: as_in_the_browser(), |text: &str| {
    if let Some(((command, option), value)) = choose(&OPTIONS, text) {
        let files = MemoryFiles::new([("f", "a=b"), ("-", "")]);
        // The grammar alone is a hundred times faster than a command. What it refuses goes on as one text in some.
        if shorthand::parse(value, &files).is_err() && value.len() % 8 != 0 {
            return;
        }
        // One word as it is, and the same text as several.
        let words: Vec<&str> = value.split(' ').collect();
        for values in [&[value][..], &words] {
            let mut line = vec!["aws", "ec2", command, option];
            line.extend_from_slice(values);
            aws(files.clone(), &line);
        }
    }
});
