//! What functions refer to, and where static data stands.

use std::collections::BTreeSet;

use walrus::ir::{Const, Load, Value, Visitor, dfs_in_order};
use walrus::{ConstExpr, DataKind, FunctionId, FunctionKind, GlobalId, Module, TableId};

/// What some functions refer to, each by its place in the module.
#[derive(Default)]
pub struct References {
    /// Functions called, or whose address is taken.
    pub functions: BTreeSet<usize>,
    /// Globals read or written.
    pub globals: BTreeSet<usize>,
    /// Tables used.
    pub tables: BTreeSet<usize>,
    /// 32-bit constants: every address of static data is among them.
    pub constants: BTreeSet<u64>,
}

impl<'instr> Visitor<'instr> for References {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.functions.insert(function.index());
    }
    fn visit_global_id(&mut self, global: &GlobalId) {
        self.globals.insert(global.index());
    }
    fn visit_const(&mut self, constant: &Const) {
        if let Value::I32(value) = constant.value {
            self.constants.insert(u64::from(value.cast_unsigned()));
        }
    }
    fn visit_load(&mut self, load: &Load) {
        self.constants.insert(load.arg.offset);
    }
    fn visit_table_id(&mut self, table: &TableId) {
        self.tables.insert(table.index());
    }
}

/// All that the functions of the module whose place `chosen` accepts refer to.
pub fn called(module: &Module, chosen: impl Fn(usize) -> bool) -> References {
    let mut found = References::default();
    for function in module.funcs.iter() {
        if let FunctionKind::Local(local) = &function.kind
            && chosen(function.id().index())
        {
            dfs_in_order(&mut found, local, local.entry_block());
        }
    }
    found
}

/// The value of a constant offset.
pub fn constant(offset: &ConstExpr) -> Option<u64> {
    match offset {
        ConstExpr::Value(Value::I32(value)) => u64::try_from(*value).ok(),
        ConstExpr::Value(Value::I64(value)) => u64::try_from(*value).ok(),
        _ => None,
    }
}

/// Where `text` stands in the static data: its address and length. Only a whole piece inside one segment counts.
pub fn find_data(module: &Module, text: &[u8]) -> Option<(u64, usize)> {
    let head = text
        .get(..text.len().min(64))
        .filter(|head| !head.is_empty())?;
    module.data.iter().find_map(|segment| {
        let DataKind::Active { offset, .. } = &segment.kind else {
            return None;
        };
        let start = constant(offset)?;
        let at = segment
            .value
            .windows(head.len())
            .enumerate()
            .filter(|(_, window)| *window == head)
            .find_map(|(at, _)| segment.value.get(at..)?.starts_with(text).then_some(at))?;
        Some((start + u64::try_from(at).ok()?, text.len()))
    })
}
