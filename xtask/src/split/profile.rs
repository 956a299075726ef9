//! Finding out which functions the first page runs: every function marks itself when it is entered.

use walrus::ir::{MemArg, StoreKind};
use walrus::{FunctionKind, Module};

use super::read;
use crate::steps::Outcome;

/// The export under which a page finds the marks: a memory with one byte for each function.
const MARKS: &str = "marks";

/// The names of the functions of an instrumented module, by their places in the marks.
pub struct Recorder(pub Vec<String>);

/// Gives every function of `module` a mark in a memory of their own.
///
/// # Errors
/// If the module cannot be read.
pub fn instrument(module: &[u8]) -> Outcome<(Vec<u8>, Recorder)> {
    let mut module: Module = read(module)?;
    let ids: Vec<_> = module
        .funcs
        .iter()
        .filter(|function| matches!(function.kind, FunctionKind::Local(_)))
        .map(|function| function.id())
        .collect();
    let pages = (ids.len() as u64).div_ceil(65_536);
    let marks = module
        .memories
        .add_local(false, false, pages, Some(pages), None);
    module.exports.add(MARKS, marks);
    let mut names = Vec::with_capacity(ids.len());
    for (place, id) in ids.into_iter().enumerate() {
        let function = module.funcs.get_mut(id);
        names.push(function.name.clone().unwrap_or_default());
        if let FunctionKind::Local(local) = &mut function.kind {
            let arg = MemArg {
                align: 1,
                offset: 0,
            };
            let place = i32::try_from(place).unwrap_or(i32::MAX);
            let mut body = local.builder_mut().func_body();
            body.instr_at(
                0,
                walrus::ir::Const {
                    value: walrus::ir::Value::I32(place),
                },
            );
            body.instr_at(
                1,
                walrus::ir::Const {
                    value: walrus::ir::Value::I32(1),
                },
            );
            body.store_at(2, marks, StoreKind::I32_8 { atomic: false }, arg);
        }
    }
    Ok((module.emit_wasm(), Recorder(names)))
}
