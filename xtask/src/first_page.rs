//! `cargo xtask first-page`: records which functions the first page runs, for the cut between the lab's two parts.
//!
//! A build in which every function marks itself is opened in Chromium at two widths, as a newcomer would see it; what
//! was marked is written to `xtask/first-page.txt`. A list that has become old costs nothing but bytes: a function
//! that is missing from it is fetched with the second part, and the end-to-end tests notice.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::thread;

use crate::browser::{Browser, SWITCHES};
use crate::static_server::Server;
use crate::steps::{Context, Failure, Outcome, ask, step};
use crate::two_parts::{self, LIST};
use crate::workspace::Workspace;
use crate::{dist, fingerprint, setup, split};

/// The sizes of the window.
const WINDOWS: [&str; 2] = ["1280,800", "360,740"];
/// What the page does while it is watched, and how it tells its marks.
const SCRIPT: &str = include_str!("first_page/record.js");
/// How many ids stand in a line of the list.
const A_LINE: usize = 12;

/// Records, and writes the list.
pub fn run(workspace: &Workspace) -> Outcome {
    setup::for_browser_tests(workspace)?;
    let list = workspace.root.join(LIST);
    if !list.is_file() {
        write(&list, &BTreeSet::new())?;
    }
    dist::build_if_changed(workspace)?;
    let folder = workspace.target.join("two-parts/watched");
    let names = step("a page in which every function marks itself", || {
        watched(workspace, &folder)
    })?;
    let mut ids = BTreeSet::new();
    for window in WINDOWS {
        let marks = step(format!("watching the first page at {window}"), || {
            watch(&folder, window)
        })?;
        let marked = names
            .iter()
            .zip(marks.bytes())
            .filter(|(_, mark)| *mark == b'1');
        ids.extend(marked.map(|(name, _)| two_parts::id(name)));
    }
    println!("    {} of {} functions run", ids.len(), names.len());
    write(&list, &ids)
}

/// Makes the page; the names of its functions in the order of their marks.
fn watched(workspace: &Workspace, folder: &Path) -> Outcome<Vec<String>> {
    let dist = workspace.dist();
    for file in fingerprint::files(&dist)? {
        let to = folder.join(file.strip_prefix(&dist).unwrap_or(&file));
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).context(format!("cannot make {}", parent.display()))?;
        }
        fs::copy(&file, &to).context(format!("cannot write {}", to.display()))?;
    }
    let whole = two_parts::whole(workspace);
    let bytes = fs::read(&whole).context(format!("cannot read {}", whole.display()))?;
    let (module, split::Recorder(names)) = split::instrument(&bytes)?;
    let put = |name: &Path, bytes: &[u8]| {
        fs::write(name, bytes).context(format!("cannot write {}", name.display()))
    };
    put(&two_parts::first(folder), &module)?;
    put(&folder.join("static/record.js"), SCRIPT.as_bytes())?;
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).context(format!("cannot read {}", page.display()))?;
    let script = "<head><script src=\"static/record.js\"></script>";
    put(&page, html.replacen("<head>", script, 1).as_bytes())?;
    Ok(names)
}

/// Opens the page in a window of that size; its marks, a `0` or `1` for each function.
fn watch(folder: &Path, window: &str) -> Outcome<String> {
    let server = Server::bind(folder, 0).context("cannot open a port")?;
    let address = server
        .address()
        .context("cannot read the server's address")?;
    thread::spawn(move || server.run());
    let browser = Browser::ensure()?;
    let profile = folder.with_file_name("profile");
    fs::remove_dir_all(&profile).ok();
    let page = ask(std::process::Command::new(&browser.chromium)
        .args(SWITCHES)
        .arg(format!("--window-size={window}"))
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(["--virtual-time-budget=20000", "--dump-dom"])
        .arg(format!("http://{address}/")));
    page.as_deref()
        .and_then(|page| page.split_once("<pre id=\"marks\">"))
        .and_then(|(_, rest)| rest.split_once("</pre>"))
        .map(|(marks, _)| marks.to_owned())
        .ok_or_else(|| Failure::new("the page told no marks; open it by hand to see why"))
}

fn write(list: &Path, ids: &BTreeSet<u32>) -> Outcome {
    let mut text = String::from(
        "# The functions that the first page runs, as ids of their names. Written by `cargo xtask first-page`.\n",
    );
    let words: Vec<String> = ids.iter().map(|id| format!("{id:08x}")).collect();
    for line in words.chunks(A_LINE) {
        writeln!(text, "{}", line.join(" ")).context("cannot write a line")?;
    }
    fs::write(list, text).context(format!("cannot write {}", list.display()))
}
