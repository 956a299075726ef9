//! Divides the lab's wasm in two: what the first page runs, and the rest, which is fetched when it is first needed.
//!
//! Rust knows one module, and so does all of the lab's code: the cut is made afterwards, between functions. A function
//! that the first page does not run moves to a second module; in its place stays a stub of a few bytes that asks
//! `static/boot.js` for the second module (once) and then goes on there through the function table. The second
//! module shares memory, table and globals with the first one, so nothing is copied and nothing is started twice.

mod first;
mod profile;
mod rest;
mod walk;

pub use profile::{Recorder, instrument};

use std::collections::{BTreeMap, BTreeSet};

use walrus::{ElementItems, ElementKind, FunctionKind, Module, ModuleConfig, TableId};

use crate::steps::{Failure, Outcome};

/// The part of a name by which the import that fetches the second module is found; `src/platform/rest.rs` declares it.
pub const FETCH: &str = "ec2lab_rest";
/// Where the second module's imports come from: the first one's exports.
const FIRST: &str = "first";

/// The two modules.
pub struct Halves {
    /// What the page starts with.
    pub first: Vec<u8>,
    /// What is fetched later.
    pub rest: Vec<u8>,
}

/// What both halves must agree on. Functions are named by their place in the undivided module, which two readings of
/// the same bytes share.
struct Plan {
    /// Functions that move to the second module.
    cold: BTreeSet<usize>,
    /// Cold functions that the first module can call, with their slots in the function table.
    slots: BTreeMap<usize, Vec<u64>>,
    /// Functions of the first module that the second one calls.
    shared: BTreeSet<usize>,
    /// The length of the function table with the slots that were added.
    table_length: u64,
    /// Pieces of static data that only cold functions read: address and length.
    data: Vec<(u64, usize)>,
}

/// Divides `module`, which must carry names: `is_cold` chooses by a function's name what moves. `texts` are pieces of
/// static data that move as well, where they are found and only cold functions refer to them.
///
/// # Errors
/// If the module is not one of ours: no memory, no function table, or no import that fetches the second module.
pub fn split(module: &[u8], is_cold: impl Fn(&str) -> bool, texts: &[Vec<u8>]) -> Outcome<Halves> {
    let whole = read(module)?;
    let plan = plan(&whole, is_cold, texts)?;
    Ok(Halves {
        first: first::cut(read(module)?, &plan)?,
        rest: rest::cut(whole, &plan)?,
    })
}

/// Reads a module, keeping its names.
fn read(module: &[u8]) -> Outcome<Module> {
    let mut config = ModuleConfig::new();
    config.generate_producers_section(false);
    config
        .parse(module)
        .map_err(|error| Failure::new(format!("cannot read the wasm: {error}")))
}

/// The table that function pointers point into.
fn function_table(module: &Module) -> Outcome<TableId> {
    let table = module.tables.main_function_table();
    table
        .ok()
        .flatten()
        .ok_or_else(|| Failure::new("the wasm has no function table"))
}

fn plan(whole: &Module, is_cold: impl Fn(&str) -> bool, texts: &[Vec<u8>]) -> Outcome<Plan> {
    let cold: BTreeSet<usize> = whole
        .funcs
        .iter()
        .filter(|function| matches!(function.kind, FunctionKind::Local(_)))
        .filter(|function| function.name.as_deref().is_some_and(&is_cold))
        .map(|function| function.id().index())
        .collect();
    let table = function_table(whole)?;
    let mut slots: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    for element in whole.elements.iter() {
        let ElementKind::Active {
            table: into,
            offset,
        } = &element.kind
        else {
            continue;
        };
        let (true, Some(start), ElementItems::Functions(items)) =
            (*into == table, walk::constant(offset), &element.items)
        else {
            continue;
        };
        for (slot, item) in (start..).zip(items) {
            if cold.contains(&item.index()) {
                slots.entry(item.index()).or_default().push(slot);
            }
        }
    }
    let mut table_length = whole.tables.get(table).initial;
    for id in walk::called(whole, |index| !cold.contains(&index)).functions {
        if cold.contains(&id) && !slots.contains_key(&id) {
            slots.insert(id, vec![table_length]);
            table_length += 1;
        }
    }
    for export in whole.exports.iter() {
        if let walrus::ExportItem::Function(id) = export.item
            && cold.contains(&id.index())
            && !slots.contains_key(&id.index())
        {
            slots.insert(id.index(), vec![table_length]);
            table_length += 1;
        }
    }
    let mut shared = walk::called(whole, |index| cold.contains(&index)).functions;
    shared.retain(|index| !cold.contains(index));
    let constants = walk::called(whole, |index| !cold.contains(&index)).constants;
    let data = texts
        .iter()
        .filter_map(|text| walk::find_data(whole, text))
        .filter(|(address, length)| {
            // A function of the first page that knows the address may read the text, whether or not it was seen to.
            let end = address + *length as u64;
            constants.range(*address..end).next().is_none()
        })
        .collect();
    Ok(Plan {
        cold,
        slots,
        shared,
        table_length,
        data,
    })
}

/// The name under which both halves know a shared thing.
fn shared_name(kind: char, index: usize) -> String {
    format!("{kind}{index:x}")
}

/// Writes `module` without what nothing uses.
fn emit(mut module: Module) -> Vec<u8> {
    walrus::passes::gc::run(&mut module);
    module.emit_wasm()
}
