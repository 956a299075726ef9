//! Fuzz target: JSON and YAML from files and on the line. The first character picks the option.
#![no_main]

use ec2_lab_cli::MemoryFiles;
use ec2_lab_fuzz::{as_in_the_browser, aws, choose};
use libfuzzer_sys::fuzz_target;

const OPTIONS: [(&str, &str); 10] = [
    ("run-instances", "--cli-input-json"),
    ("describe-instances", "--cli-input-json"),
    ("authorize-security-group-ingress", "--cli-input-json"),
    ("create-launch-template", "--cli-input-json"),
    ("run-instances", "--cli-input-yaml"),
    ("describe-instances", "--filters"),
    ("run-instances", "--block-device-mappings"),
    ("authorize-security-group-ingress", "--ip-permissions"),
    ("create-launch-template", "--launch-template-data"),
    ("modify-vpc-attribute", "--enable-dns-support"),
];

fuzz_target!(init: as_in_the_browser(), |text: &str| {
    if let Some(((command, option), document)) = choose(&OPTIONS, text) {
        let file = || MemoryFiles::new([("f.json", document)]);
        let from_file = aws(file(), &["aws", "ec2", command, option, "file://f.json"]);
        aws(file(), &["aws", "ec2", command, option, document]);
        if from_file.exit == 0 {
            for output in ["text", "table", "yaml"] {
                let line = ["aws", "ec2", command, option, "file://f.json", "--output", output];
                aws(file(), &line);
            }
        }
    }
});
