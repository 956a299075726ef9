//! `test` and `[`: conditions.

use super::{Host, Ran, Scope};
use std::cmp::Ordering;

pub(super) fn test(host: &mut dyn Host, scope: &Scope, rest: &[&str]) -> Ran {
    let number = |text: &str| text.trim().parse::<i64>().ok();
    let compare = |a: &str, b: &str, wanted: &[Ordering]| {
        number(a)
            .zip(number(b))
            .map(|(a, b)| wanted.contains(&a.cmp(&b)))
    };
    use Ordering::{Equal, Greater, Less};
    let holds = match rest {
        [] => Some(false),
        ["!", inner @ ..] => {
            return Ran {
                exit: i32::from(test(host, scope, inner).exit == 0),
                ..Ran::default()
            };
        }
        ["-z", text] => Some(text.is_empty()),
        ["-n", text] => Some(!text.is_empty()),
        ["-e" | "-f" | "-s" | "-r", path] => Some(host.read(scope, path).is_ok()),
        [a, "=" | "==", b] => Some(a == b),
        [a, "!=", b] => Some(a != b),
        [a, "-eq", b] => compare(a, b, &[Equal]),
        [a, "-ne", b] => compare(a, b, &[Less, Greater]),
        [a, "-lt", b] => compare(a, b, &[Less]),
        [a, "-le", b] => compare(a, b, &[Less, Equal]),
        [a, "-gt", b] => compare(a, b, &[Greater]),
        [a, "-ge", b] => compare(a, b, &[Greater, Equal]),
        [text] => Some(!text.is_empty()),
        _ => None,
    };
    match holds {
        Some(holds) => Ran {
            exit: i32::from(!holds),
            ..Ran::default()
        },
        None => Ran::fail(2, "bash: [: this condition is not modelled in this shell"),
    }
}
