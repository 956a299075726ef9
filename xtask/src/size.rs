//! `cargo xtask size`: what a learner downloads before the first page shows, against the budget.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::dist;
use crate::steps::{Context, Failure, Outcome};
use crate::two_parts;
use crate::wasm_names;
use crate::workspace::Workspace;

/// The budget of the first page in bytes after gzip: 350 kB, two seconds on a slow mobile line (1.5 Mbit/s).
pub const BUDGET: usize = 350_000;

/// The files that the first page starts from; everything they name is loaded with them.
const ENTRIES: [&str; 2] = ["index.html", "static/boot.js"];

/// How many rows the table of crates has.
const ROWS: usize = 15;

/// Prints the size of each file and the total; fails if the total is over the budget.
pub fn run(workspace: &Workspace) -> Outcome {
    dist::build_if_changed(workspace)?;
    let dist = workspace.dist();
    println!("\n{:>10} {:>10}  file", "raw", "gzip -9");
    let (mut raw_total, mut total) = (0, 0);
    for file in first_page(&dist)? {
        let bytes =
            fs::read(dist.join(&file)).context(format!("cannot read {}", file.display()))?;
        let packed = gzip(&bytes)?;
        println!("{:>10} {packed:>10}  {}", bytes.len(), file.display());
        raw_total += bytes.len();
        total += packed;
    }
    println!("{raw_total:>10} {total:>10}  total; the budget is {BUDGET}");
    let later = two_parts::rest(&dist);
    let bytes = fs::read(&later).context(format!("cannot read {}", later.display()))?;
    println!(
        "{:>10} {:>10}  {} is fetched when the learner goes on from the first page",
        bytes.len(),
        gzip(&bytes)?,
        later.file_name().unwrap_or_default().display(),
    );
    who_takes_it(workspace)?;
    if total > BUDGET {
        return Err(Failure::new(format!(
            "the first page is {} bytes over its budget",
            total - BUDGET
        )));
    }
    println!("\n{} bytes are left.", BUDGET - total);
    Ok(())
}

/// Prints how the code in the wasm divides among the crates, if it carries names.
///
/// The names are gone from `dist/`, so the undivided module is read.
fn who_takes_it(workspace: &Workspace) -> Outcome {
    let path = two_parts::whole(workspace);
    let Ok(bytes) = fs::read(&path) else {
        return Ok(());
    };
    let Some(shares) = wasm_names::bytes_by_crate(&bytes) else {
        println!("\nThe wasm carries no names, so its code cannot be divided among the crates.");
        return Ok(());
    };
    let sum: usize = shares.iter().map(|share| share.bytes).sum::<usize>().max(1);
    println!("\nCode of both parts by crate (data such as texts is not in it):");
    for share in shares.iter().take(ROWS) {
        let percent = share.bytes * 100 / sum;
        println!("{:>10} {percent:>3} %  {}", share.bytes, share.name);
    }
    let rest: usize = shares.iter().skip(ROWS).map(|share| share.bytes).sum();
    println!(
        "{rest:>10} {:>3} %  {} others",
        rest * 100 / sum,
        shares.len().saturating_sub(ROWS)
    );
    Ok(())
}

fn gzip(bytes: &[u8]) -> Outcome<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).context("cannot compress")?;
    Ok(encoder.finish().context("cannot compress")?.len())
}

/// The entries and, again and again, every file of `dist/` that a file among them names, but for the lab's second part:
/// an end-to-end test watches that the first page does without it.
fn first_page(dist: &Path) -> Outcome<BTreeSet<PathBuf>> {
    let later = two_parts::rest(Path::new(""));
    let mut found = BTreeSet::new();
    let mut waiting: Vec<PathBuf> = ENTRIES.iter().map(PathBuf::from).collect();
    while let Some(file) = waiting.pop() {
        if file == later || !found.insert(file.clone()) {
            continue;
        }
        let names_others = matches!(
            file.extension().and_then(|extension| extension.to_str()),
            Some("html" | "css" | "js" | "mjs")
        );
        if names_others {
            let text = fs::read_to_string(dist.join(&file))
                .context(format!("cannot read dist/{}", file.display()))?;
            waiting.extend(
                references(&file, &text)
                    .into_iter()
                    .filter(|f| dist.join(f).is_file()),
            );
        }
    }
    Ok(found)
}

/// Every quoted or bracketed word of a text as a path relative to `dist/`, whether or not it is a file.
fn references(file: &Path, text: &str) -> Vec<PathBuf> {
    let folder = file.parent().unwrap_or(Path::new(""));
    text.split(['"', '\'', '`', '(', ')', '\n', ' '])
        .filter(|word| word.contains('.') && !word.contains("://"))
        .filter_map(|word| inside(&folder.join(word.split(['?', '#']).next()?)))
        .collect()
}

/// Resolves `.` and `..`; `None` for a path that leaves `dist/`.
fn inside(path: &Path) -> Option<PathBuf> {
    let mut resolved = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => resolved.push(name),
            Component::CurDir => {}
            Component::ParentDir if resolved.pop() => {}
            _ => return None,
        }
    }
    Some(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_relative_to_the_file_that_names_them() {
        let css = "@import url(\"tokens.css\");\n.a { src: url('../fonts/a.woff2?v=1') }";
        let found = references(Path::new("static/styles/main.css"), css);
        assert!(
            found.contains(&PathBuf::from("static/styles/tokens.css")),
            "{found:?}"
        );
        assert!(
            found.contains(&PathBuf::from("static/fonts/a.woff2")),
            "{found:?}"
        );
        let script = "const glue = await import(\"../ec2-lab.js\");";
        assert!(
            references(Path::new("static/boot.js"), script).contains(&PathBuf::from("ec2-lab.js"))
        );
    }

    #[test]
    fn nothing_outside_dist_is_counted() {
        assert_eq!(inside(Path::new("static/../../Cargo.toml")), None);
        assert_eq!(inside(Path::new("/etc/passwd")), None);
        assert!(
            references(
                Path::new("index.html"),
                "href=\"https://example.com/a.css\""
            )
            .is_empty()
        );
    }

    #[test]
    fn gzip_shrinks_what_repeats() {
        assert!(gzip(&[7; 10_000]).map_err(|f| f.to_string()).unwrap() < 100);
    }
}
