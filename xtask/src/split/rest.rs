//! The second module: cold functions only; everything else is imported from the first one.

use std::collections::BTreeMap;

use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind,
    GlobalKind, ImportKind, ImportedFunction, MemoryId, Module, ValType, ir::Value,
};

use super::{FIRST, Plan, emit, function_table, shared_name, walk};
use crate::steps::{Failure, Outcome};

/// Cuts the second module out of the whole one.
pub fn cut(mut module: Module, plan: &Plan) -> Outcome<Vec<u8>> {
    let table = function_table(&module)?;
    let pieces = pieces(&module, plan);
    forget_what_runs_once(&mut module);
    import_functions(&mut module, plan);
    import_state(&mut module);
    let row = module.tables.get_mut(table);
    row.initial = plan.table_length;
    row.maximum = row.maximum.map(|most| most.max(plan.table_length));

    let by_index: BTreeMap<usize, FunctionId> = module
        .funcs
        .iter()
        .map(|function| (function.id().index(), function.id()))
        .collect();
    let mut by_slot: BTreeMap<u64, FunctionId> = BTreeMap::new();
    for (index, slots) in &plan.slots {
        if let Some(id) = by_index.get(index) {
            by_slot.extend(slots.iter().map(|slot| (*slot, *id)));
        }
    }
    for (start, items) in runs(by_slot) {
        let offset = ConstExpr::Value(Value::I32(i32::try_from(start).unwrap_or(i32::MAX)));
        let segment = module.elements.add(
            ElementKind::Active { table, offset },
            ElementItems::Functions(items),
        );
        module.tables.get_mut(table).elem_segments.insert(segment);
    }
    let memory = module.memories.iter().next().map(|memory| memory.id());
    let memory = memory.ok_or_else(|| Failure::new("the wasm has no memory"))?;
    for (address, bytes) in pieces {
        add_data(&mut module, memory, address, bytes);
    }
    add_start(&mut module);
    Ok(emit(module))
}

fn add_data(module: &mut Module, memory: MemoryId, address: u64, bytes: Vec<u8>) {
    let offset = ConstExpr::Value(Value::I32(i32::try_from(address).unwrap_or(i32::MAX)));
    let segment = module.data.add(DataKind::Active { memory, offset }, bytes);
    module
        .memories
        .get_mut(memory)
        .data_segments
        .insert(segment);
}

/// The bytes of the texts that move.
fn pieces(module: &Module, plan: &Plan) -> Vec<(u64, Vec<u8>)> {
    let bytes_at = |address: u64, length: usize| {
        module.data.iter().find_map(|segment| {
            let DataKind::Active { offset, .. } = &segment.kind else {
                return None;
            };
            let at = usize::try_from(address.checked_sub(walk::constant(offset)?)?).ok()?;
            segment.value.get(at..at + length).map(<[u8]>::to_vec)
        })
    };
    plan.data
        .iter()
        .filter_map(|(address, length)| Some((*address, bytes_at(*address, *length)?)))
        .collect()
}

/// Exports, data, table contents and the start function belong to the first module alone.
fn forget_what_runs_once(module: &mut Module) {
    let exports: Vec<_> = module.exports.iter().map(|export| export.id()).collect();
    for id in exports {
        module.exports.delete(id);
    }
    let segments: Vec<_> = module.data.iter().map(|segment| segment.id()).collect();
    for id in segments {
        module.data.delete(id);
    }
    let elements: Vec<_> = module.elements.iter().map(|element| element.id()).collect();
    for id in elements {
        module.elements.delete(id);
    }
    for table in module.tables.iter_mut() {
        table.elem_segments.clear();
    }
    for memory in module.memories.iter_mut() {
        memory.data_segments.clear();
    }
    module.start = None;
}

/// Every function that stays in the first module becomes an import; those that nothing calls are left out later.
fn import_functions(module: &mut Module, plan: &Plan) {
    let ids: Vec<FunctionId> = module.funcs.iter().map(|function| function.id()).collect();
    for id in ids {
        if plan.cold.contains(&id.index()) {
            continue;
        }
        let name = shared_name('f', id.index());
        match &module.funcs.get(id).kind {
            FunctionKind::Import(imported) => {
                let import = module.imports.get_mut(imported.import);
                import.module = FIRST.to_owned();
                import.name = name;
            }
            _ => {
                let ty = module.funcs.get(id).ty();
                let import = module.imports.add(FIRST, &name, ImportKind::Function(id));
                module.funcs.get_mut(id).kind =
                    FunctionKind::Import(ImportedFunction { import, ty });
            }
        }
    }
}

/// The memory, the tables and the globals are the first module's.
fn import_state(module: &mut Module) {
    let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
    for id in globals {
        let name = shared_name('g', id.index());
        let import = module.imports.add(FIRST, &name, ImportKind::Global(id));
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    let tables: Vec<_> = module.tables.iter().map(|table| table.id()).collect();
    for id in tables {
        let name = shared_name('t', id.index());
        let import = module.imports.add(FIRST, &name, ImportKind::Table(id));
        module.tables.get_mut(id).import = Some(import);
    }
    let memories: Vec<_> = module.memories.iter().map(|memory| memory.id()).collect();
    for id in memories {
        let name = shared_name('m', id.index());
        let import = module.imports.add(FIRST, &name, ImportKind::Memory(id));
        module.memories.get_mut(id).import = Some(import);
    }
}

/// Notes in the first module that the second one is here; it runs after the table has been filled.
fn add_start(module: &mut Module) {
    let (loaded, _) = module.add_import_global(FIRST, "loaded", ValType::I32, true, false);
    let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
    builder.func_body().i32_const(1).global_set(loaded);
    module.start = Some(builder.finish(Vec::new(), &mut module.funcs));
}

/// Slots that follow one another, together.
fn runs(by_slot: BTreeMap<u64, FunctionId>) -> Vec<(u64, Vec<FunctionId>)> {
    let mut runs: Vec<(u64, Vec<FunctionId>)> = Vec::new();
    for (slot, id) in by_slot {
        match runs.last_mut() {
            Some((start, items)) if *start + items.len() as u64 == slot => items.push(id),
            _ => runs.push((slot, vec![id])),
        }
    }
    runs
}
