//! Divides the code of a WebAssembly module among the crates it came from, by its `name` section.

use std::collections::BTreeMap;

/// What one crate takes in the code section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The crate, or what else the function's name starts with.
    pub name: String,
    /// Bytes of function bodies.
    pub bytes: usize,
}

const IMPORT_SECTION: u8 = 2;
const CODE_SECTION: u8 = 10;
const CUSTOM_SECTION: u8 = 0;
const FUNCTION_NAMES: u8 = 1;

/// The shares of all crates, the largest first; `None` if the module is not readable or has no names.
pub fn bytes_by_crate(module: &[u8]) -> Option<Vec<Share>> {
    let mut input = Reader(module.strip_prefix(b"\0asm\x01\0\0\0")?);
    let (mut imported, mut bodies, mut names) = (0, Vec::new(), BTreeMap::new());
    while !input.0.is_empty() {
        let id = input.byte()?;
        let length = input.number()?;
        let mut section = Reader(input.bytes(length)?);
        match id {
            IMPORT_SECTION => imported = imported_functions(&mut section)?,
            CODE_SECTION => bodies = body_lengths(&mut section)?,
            CUSTOM_SECTION if section.text()? == "name" => names = function_names(&mut section)?,
            _ => {}
        }
    }
    if names.is_empty() {
        return None;
    }
    let mut shares = BTreeMap::<String, usize>::new();
    for (index, length) in bodies.iter().enumerate() {
        let crate_name = names.get(&(imported + index)).map_or_else(
            || "unnamed".to_owned(),
            |name| crate_of(&plain(name)).to_owned(),
        );
        *shares.entry(crate_name).or_default() += length;
    }
    let mut shares: Vec<Share> = shares
        .into_iter()
        .map(|(name, bytes)| Share { name, bytes })
        .collect();
    shares.sort_by_key(|share| std::cmp::Reverse(share.bytes));
    Some(shares)
}

/// A name without the numbers in brackets that tell builds of a crate apart: `yew[3feb]::html` is `yew::html`.
pub fn plain(name: &str) -> String {
    let mut in_brackets = false;
    name.chars()
        .filter(|letter| {
            let inside = in_brackets || *letter == '[';
            in_brackets = inside && *letter != ']';
            !inside
        })
        .collect()
}

/// The first path segment of a demangled name: `<yew::Scope as core::Drop>::drop` belongs to `yew`.
///
/// What drops a value belongs to the value, and what is written for any `T` to the trait.
fn crate_of(name: &str) -> &str {
    const NOISE: [&str; 10] = [
        "core::ptr::drop_in_place::<",
        "core::ptr::drop_in_place<",
        "<",
        "&",
        "(",
        "[",
        "*",
        "mut ",
        "dyn ",
        "const ",
    ];
    let mut path = name;
    while let Some(shorter) = NOISE.iter().find_map(|noise| path.strip_prefix(noise)) {
        path = shorter;
    }
    let end = path
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(path.len());
    let Some((crate_name, rest)) = path.split_at_checked(end) else {
        return name;
    };
    match rest.strip_prefix(" as ") {
        Some(implemented) if crate_name.len() == 1 => crate_of(implemented),
        _ if crate_name.is_empty() => name,
        _ => crate_name,
    }
}

fn imported_functions(section: &mut Reader<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                section.number()?;
                functions += 1;
            }
            1 => {
                section.byte()?;
                section.limits()?;
            }
            2 => section.limits()?,
            3 => {
                section.bytes(2)?;
            }
            _ => return None,
        }
    }
    Some(functions)
}

fn body_lengths(section: &mut Reader<'_>) -> Option<Vec<usize>> {
    let mut lengths = Vec::new();
    for _ in 0..section.number()? {
        let length = section.number()?;
        section.bytes(length)?;
        lengths.push(length);
    }
    Some(lengths)
}

fn function_names<'a>(section: &mut Reader<'a>) -> Option<BTreeMap<usize, &'a str>> {
    let mut names = BTreeMap::new();
    while !section.0.is_empty() {
        let id = section.byte()?;
        let length = section.number()?;
        let mut part = Reader(section.bytes(length)?);
        if id != FUNCTION_NAMES {
            continue;
        }
        for _ in 0..part.number()? {
            let index = part.number()?;
            names.insert(index, part.text()?);
        }
    }
    Some(names)
}

/// What is left to read of a module.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(head)
    }

    /// An unsigned number in LEB128.
    fn number(&mut self) -> Option<usize> {
        let mut value = 0_usize;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    fn limits(&mut self) -> Option<()> {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(module (import "m" "f" (func $imported)) (func $one) (func $two))` with the given names.
    fn module(names: &[(u8, &str)]) -> Vec<u8> {
        let section = |id: u8, body: Vec<u8>| [vec![id, body.len() as u8], body].concat();
        let text = |text: &str| [&[text.len() as u8], text.as_bytes()].concat();
        let mut map = vec![names.len() as u8];
        for (index, name) in names {
            map.push(*index);
            map.extend(text(name));
        }
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(
                IMPORT_SECTION,
                [vec![1], text("m"), text("f"), vec![0, 0]].concat(),
            ),
            section(CODE_SECTION, vec![2, 2, 0, 0x0b, 3, 0, 1, 0x0b]),
            section(
                CUSTOM_SECTION,
                [text("name"), section(FUNCTION_NAMES, map)].concat(),
            ),
        ]
        .concat()
    }

    #[test]
    fn code_is_counted_for_the_crate_in_the_name() {
        let bytes = module(&[
            (0, "imported"),
            (1, "yew::run"),
            (2, "<ec2_lab::App as yew::X>::view"),
        ]);
        let shares = bytes_by_crate(&bytes).unwrap();
        let expected = [("ec2_lab", 3), ("yew", 2)];
        assert_eq!(
            shares,
            expected.map(|(name, bytes)| Share {
                name: name.to_owned(),
                bytes
            })
        );
    }

    #[test]
    fn a_module_without_names_or_cut_short_gives_nothing() {
        assert_eq!(bytes_by_crate(&module(&[])), None);
        let bytes = module(&[(1, "a::b")]);
        assert_eq!(bytes_by_crate(bytes.get(..20).unwrap()), None);
        assert_eq!(bytes_by_crate(b"not wasm"), None);
    }

    #[test]
    fn names_start_with_their_crate() {
        assert_eq!(crate_of("core::fmt::write"), "core");
        let name = plain("core[c59]::ptr::drop_in_place::<core[c59]::option::Option<u8>>");
        assert_eq!(name, "core::ptr::drop_in_place::<core::option::Option<u8>>");
        assert_eq!(crate_of("core::ptr::drop_in_place::<yew::Scope>"), "yew");
        assert_eq!(
            crate_of("<&mut serde_json::Value as core::fmt::Debug>::fmt"),
            "serde_json"
        );
        assert_eq!(crate_of("<dyn core::any::Any>::is"), "core");
        assert_eq!(
            crate_of("core::ptr::drop_in_place<&mut yew::Scope>::h1"),
            "yew"
        );
        assert_eq!(
            crate_of("<T as wasm_bindgen::JsCast>::dyn_into"),
            "wasm_bindgen"
        );
        assert_eq!(
            crate_of("alloc[3ca501edff3f0c7c]::raw_vec::handle_error"),
            "alloc"
        );
        assert_eq!(crate_of("memcpy"), "memcpy");
    }
}
