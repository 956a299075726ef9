//! The first module: cold functions become stubs, the texts they read go, and what the rest needs is exported.

use walrus::{
    ConstExpr, DataKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalId,
    LocalFunction, Module, TableId, ValType,
};

use super::{FETCH, Plan, emit, function_table, shared_name, walk};
use crate::steps::{Failure, Outcome};

/// Cuts the first module out of the whole one.
pub fn cut(mut module: Module, plan: &Plan) -> Outcome<Vec<u8>> {
    let table = function_table(&module)?;
    let needs = walk::called(&module, |index| plan.cold.contains(&index));
    let loaded = module.globals.add_local(
        ValType::I32,
        true,
        false,
        ConstExpr::Value(walrus::ir::Value::I32(0)),
    );
    let ensure = add_ensure(&mut module, loaded)?;

    let ids: Vec<FunctionId> = module.funcs.iter().map(|function| function.id()).collect();
    for id in &ids {
        if plan.cold.contains(&id.index()) {
            let slot = plan.slots.get(&id.index()).and_then(|slots| slots.first());
            let stub = stub(&mut module, *id, ensure, table, slot.copied());
            module.funcs.get_mut(*id).kind = FunctionKind::Local(stub);
        } else if plan.shared.contains(&id.index()) {
            module.exports.add(&shared_name('f', id.index()), *id);
        }
    }
    export_rest(&mut module, &needs, table);
    module.exports.add("loaded", loaded);
    let row = module.tables.get_mut(table);
    row.initial = plan.table_length;
    row.maximum = row.maximum.map(|most| most.max(plan.table_length));
    take_data_out(&mut module, plan);
    Ok(emit(module))
}

/// Globals, tables and the memory that cold functions use.
fn export_rest(module: &mut Module, needs: &walk::References, table: TableId) {
    let globals: Vec<GlobalId> = module.globals.iter().map(|global| global.id()).collect();
    for id in globals {
        if needs.globals.contains(&id.index()) {
            module.exports.add(&shared_name('g', id.index()), id);
        }
    }
    let tables: Vec<TableId> = module.tables.iter().map(|row| row.id()).collect();
    for id in tables {
        if id == table || needs.tables.contains(&id.index()) {
            module.exports.add(&shared_name('t', id.index()), id);
        }
    }
    let memories: Vec<_> = module.memories.iter().map(|memory| memory.id()).collect();
    for id in memories {
        module
            .exports
            .add(&shared_name('m', id.index()), ExportItem::Memory(id));
    }
}

/// A function that fetches the second module unless it is here.
fn add_ensure(module: &mut Module, loaded: GlobalId) -> Outcome<FunctionId> {
    let fetch = module.imports.iter().find_map(|import| match import.kind {
        walrus::ImportKind::Function(id) if import.name.contains(FETCH) => Some(id),
        _ => None,
    });
    let fetch = fetch.ok_or_else(|| {
        Failure::new(format!(
            "the wasm imports no function with `{FETCH}` in its name"
        ))
    })?;
    let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
    builder.name("ensure_rest".to_owned());
    builder.func_body().global_get(loaded).if_else(
        None,
        |_| {},
        |absent| {
            absent.call(fetch);
        },
    );
    Ok(builder.finish(Vec::new(), &mut module.funcs))
}

/// What stands in a cold function's place. Without a slot nothing calls it any more, and it will be left out.
fn stub(
    module: &mut Module,
    id: FunctionId,
    ensure: FunctionId,
    table: TableId,
    slot: Option<u64>,
) -> LocalFunction {
    let ty = module.funcs.get(id).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let args: Vec<_> = params.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    match slot.and_then(|slot| i32::try_from(slot).ok()) {
        Some(slot) => {
            body.call(ensure);
            for arg in &args {
                body.local_get(*arg);
            }
            body.i32_const(slot).call_indirect(ty, table);
        }
        None => {
            body.unreachable();
        }
    }
    builder.local_func(args)
}

/// Zeroes the pieces of data that move: the optimiser leaves runs of zeros out of the file.
fn take_data_out(module: &mut Module, plan: &Plan) {
    let segments: Vec<_> = module.data.iter().map(|segment| segment.id()).collect();
    for id in segments {
        let segment = module.data.get_mut(id);
        let DataKind::Active { offset, .. } = &segment.kind else {
            continue;
        };
        let Some(start) = walk::constant(offset) else {
            continue;
        };
        for (address, length) in &plan.data {
            let Some(at) = address
                .checked_sub(start)
                .and_then(|at| usize::try_from(at).ok())
            else {
                continue;
            };
            if let Some(piece) = segment.value.get_mut(at..at + length) {
                piece.fill(0);
            }
        }
    }
}
