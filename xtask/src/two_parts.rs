//! From the wasm that Trunk leaves in `dist/` to the two files that a browser gets: see [`crate::split`].

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::fingerprint;
use crate::split;
use crate::steps::{Context, Failure, Outcome, call};
use crate::tools;
use crate::wasm_names;
use crate::workspace::{PAGE, Workspace};

/// The list of functions that the first page runs.
pub const LIST: &str = "xtask/first-page.txt";

/// The wasm that the page starts with.
pub fn first(dist: &Path) -> PathBuf {
    dist.join(format!("{PAGE}_bg.wasm"))
}

/// The wasm that is fetched when it is first needed.
pub fn rest(dist: &Path) -> PathBuf {
    dist.join(format!("{PAGE}_rest.wasm"))
}

/// The whole lab, optimised and with names.
pub fn whole(workspace: &Workspace) -> PathBuf {
    workspace.target.join("two-parts/whole.wasm")
}

/// Optimises `dist/`'s wasm and divides it.
pub fn divide(workspace: &Workspace) -> Outcome {
    let dist = workspace.dist();
    let whole = whole(workspace);
    let folder = whole.parent().unwrap_or(&workspace.target);
    fs::create_dir_all(folder).context(format!("cannot make {}", folder.display()))?;
    // Names stay for now: by them the cut is made, and `size` tells who takes how much.
    optimise(workspace, &first(&dist), &whole, &["-g"])?;

    let list = workspace.root.join(LIST);
    let hot = hot(&list)?;
    let module = read(&whole)?;
    let halves = split::split(
        &module,
        |name| !hot.contains(&id(name)) && !is_runtime(name),
        &texts(workspace)?,
    )?;
    let finish = |name: &str, bytes: &[u8], into: PathBuf| {
        let path = folder.join(name);
        fs::write(&path, bytes).context(format!("cannot write {}", path.display()))?;
        optimise(
            workspace,
            &path,
            &into,
            &["--strip-debug", "--strip-producers"],
        )
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| finish("rest.wasm", &halves.rest, rest(&dist)));
        finish("first.wasm", &halves.first, first(&dist))?;
        other
            .join()
            .map_err(|_| Failure::new("wasm-opt of the second part stopped"))?
    })
}

/// Whether a function belongs to what every page runs on, whichever of it was seen to run: whether Yew pauses between
/// two renders, for one, depends on how fast the machine is.
fn is_runtime(name: &str) -> bool {
    let name = wasm_names::plain(name);
    ["yew::", "wasm_bindgen::", "js_sys::", "web_sys::", "gloo"]
        .iter()
        .any(|part| name.contains(part))
        && !name.contains("ec2_lab")
}

fn optimise(workspace: &Workspace, from: &Path, to: &Path, more: &[&str]) -> Outcome {
    let mut wasm_opt = tools::command(workspace, "wasm-opt")?;
    wasm_opt.arg("-Oz").args(more).arg(from).arg("-o").arg(to);
    call(&mut wasm_opt)
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).context(format!("cannot read {}", path.display()))
}

/// The texts that crates include as a whole: they move where only the second part reads them.
fn texts(workspace: &Workspace) -> Outcome<Vec<Vec<u8>>> {
    let mut texts = Vec::new();
    for folder in ["crates/cli/data", "crates/engine/data"] {
        for file in fingerprint::files(&workspace.root.join(folder))? {
            texts.push(read(&file)?);
        }
    }
    let built = workspace
        .target
        .join("wasm32-unknown-unknown/release/build");
    for entry in fs::read_dir(&built)
        .context(format!("cannot list {}", built.display()))?
        .flatten()
    {
        if entry
            .file_name()
            .to_string_lossy()
            .starts_with("ec2-lab-course-")
            && let Ok(text) = fs::read(entry.path().join("out/content.json"))
        {
            texts.push(text);
        }
    }
    Ok(texts)
}

/// The list as [`id`]s.
fn hot(list: &Path) -> Outcome<BTreeSet<u32>> {
    let text = fs::read_to_string(list).context(format!("cannot read {}", list.display()))?;
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_ascii_whitespace)
        .map(|word| {
            u32::from_str_radix(word, 16)
                .map_err(|_| Failure::new(format!("{}: `{word}` is no id", list.display())))
        })
        .collect()
}

/// A short id of a function's name (FNV-1a), the same on every machine: the numbers in brackets, which tell builds of
/// a crate apart, do not count.
pub fn id(name: &str) -> u32 {
    wasm_names::plain(name)
        .bytes()
        .fold(0x811c_9dc5, |hash: u32, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_does_not_depend_on_the_build() {
        let here = id("<yew[3febfdbd64b34798]::html::Scope<lab[41f7]::Top>>::new");
        assert_eq!(here, id("<yew[0]::html::Scope<lab[1]::Top>>::new"));
        assert_ne!(here, id("<yew[0]::html::Scope<lab[1]::Tip>>::new"));
    }
}
