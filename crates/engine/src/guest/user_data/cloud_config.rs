//! `#cloud-config`: what a machine should have, in YAML (<https://cloudinit.readthedocs.io/en/latest/reference/modules.html>).
//! It becomes the shell script that does it, in cloud-init's own order.

use super::Read;
use base64ct::{Base64, Encoding};
use yaml_rust2::{Yaml, YamlLoader};

/// Keys that are read, in the order in which cloud-init does them.
const KEYS: [&str; 8] = [
    "bootcmd",
    "write_files",
    "package_update",
    "package_upgrade",
    "package_reboot_if_required",
    "packages",
    "runcmd",
    "final_message",
];

/// The script for a machine with this package manager.
pub(super) fn script(text: &str, manager: &str) -> Read {
    let documents = YamlLoader::load_from_str(text).map_err(|error| {
        format!("cloud-init: WARNING: Failed loading yaml blob. Invalid format: {error}")
    })?;
    let config = match documents.first() {
        None | Some(Yaml::Null) => return Ok((Vec::new(), String::new())),
        Some(Yaml::Hash(config)) => config,
        Some(_) => {
            return Err(
                "cloud-init: WARNING: Failed loading yaml blob. Yaml load allows mappings at the top level only."
                    .to_owned(),
            );
        }
    };
    let mut said = vec!["cloud-init: running modules of #cloud-config".to_owned()];
    for key in config.keys() {
        let key = plain(key).unwrap_or_default();
        if !KEYS.contains(&key.as_str()) {
            said.push(format!(
                "cloud-init: WARNING: the key {key} is not modelled in this lab; it was left out"
            ));
        }
    }
    let at = |key: &str| config.get(&Yaml::String(key.to_owned()));
    let yes = |key: &str| at(key).and_then(Yaml::as_bool) == Some(true);
    let mut script = String::new();
    commands(&mut script, at("bootcmd"), "bootcmd")?;
    for file in list(at("write_files"), "write_files")? {
        write_file(&mut script, file)?;
    }
    if yes("package_update") || yes("package_upgrade") {
        script.push_str(&format!("{manager} -y update\n"));
    }
    if yes("package_upgrade") {
        script.push_str(&format!("{manager} -y upgrade\n"));
    }
    let names = list(at("packages"), "packages")?
        .iter()
        .map(|name| match name {
            // A name with its version.
            Yaml::Array(pair) => pair.first().and_then(plain),
            one => plain(one),
        })
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| wrong("packages"))?;
    if !names.is_empty() {
        let words: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        script.push_str(&format!("{manager} -y install {}\n", words.join(" ")));
    }
    commands(&mut script, at("runcmd"), "runcmd")?;
    if let Some(message) = at("final_message").and_then(plain) {
        script.push_str(&format!("echo {}\n", quoted(&message)));
    }
    Ok((said, script))
}

fn wrong(key: &str) -> String {
    format!("cloud-init: WARNING: Invalid cloud-config provided: {key} has a wrong form")
}

fn list<'y>(value: Option<&'y Yaml>, key: &str) -> Result<&'y [Yaml], String> {
    match value {
        None | Some(Yaml::Null) => Ok(&[]),
        Some(Yaml::Array(items)) => Ok(items),
        Some(_) => Err(wrong(key)),
    }
}

/// Commands: a text is a line of shell, a list is a program with its words.
fn commands(script: &mut String, value: Option<&Yaml>, key: &str) -> Result<(), String> {
    for command in list(value, key)? {
        let line = match command {
            Yaml::Array(words) => {
                let words: Option<Vec<_>> = words.iter().map(plain).collect();
                let words = words.ok_or_else(|| wrong(key))?;
                let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
                words.join(" ")
            }
            Yaml::Null => continue,
            one => plain(one).ok_or_else(|| wrong(key))?,
        };
        script.push_str(&line);
        script.push('\n');
    }
    Ok(())
}

fn write_file(script: &mut String, file: &Yaml) -> Result<(), String> {
    let part = |key: &str| {
        file.as_hash()?
            .get(&Yaml::String(key.to_owned()))
            .and_then(plain)
    };
    let path = part("path").ok_or_else(|| wrong("write_files"))?;
    let mut content = part("content").unwrap_or_default();
    if matches!(part("encoding").as_deref(), Some("b64" | "base64")) {
        let packed: String = content.split_whitespace().collect();
        content = Base64::decode_vec(&packed)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .ok_or_else(|| wrong("write_files"))?;
    }
    let arrow = if part("append").as_deref() == Some("true") {
        ">>"
    } else {
        ">"
    };
    // A closing line that the content does not have.
    let mut end = "END_OF_FILE".to_owned();
    while content.lines().any(|line| line == end) {
        end.push('_');
    }
    let line = if content.is_empty() || content.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    script.push_str(&format!(
        "cat {arrow} {} <<'{end}'\n{content}{line}{end}\n",
        quoted(&path)
    ));
    for (program, key) in [("chmod", "permissions"), ("chown", "owner")] {
        if let Some(word) = part(key) {
            script.push_str(&format!("{program} {} {}\n", quoted(&word), quoted(&path)));
        }
    }
    Ok(())
}

/// A scalar as text.
fn plain(value: &Yaml) -> Option<String> {
    Some(match value {
        Yaml::String(text) | Yaml::Real(text) => text.clone(),
        Yaml::Integer(number) => number.to_string(),
        Yaml::Boolean(truth) => truth.to_string(),
        _ => return None,
    })
}

/// A word that the shell takes as it is.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
