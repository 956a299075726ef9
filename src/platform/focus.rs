//! Moves keyboard focus: to one element, or along a group of them.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::NodeRef;

/// A step along a group of controls that share one tab stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// To the one after, or from the last to the first.
    Next,
    /// To the one before, or from the first to the last.
    Previous,
    /// To the first.
    First,
    /// To the last.
    Last,
}

impl Move {
    /// The step a key asks for in a row of controls (left and right arrows).
    pub fn along_row(key: &str) -> Option<Self> {
        match key {
            "ArrowRight" => Some(Self::Next),
            "ArrowLeft" => Some(Self::Previous),
            "Home" => Some(Self::First),
            "End" => Some(Self::Last),
            _ => None,
        }
    }

    /// The step a key asks for in a column of controls (up and down arrows).
    pub fn along_column(key: &str) -> Option<Self> {
        match key {
            "ArrowDown" => Some(Self::Next),
            "ArrowUp" => Some(Self::Previous),
            "Home" => Some(Self::First),
            "End" => Some(Self::Last),
            _ => None,
        }
    }

    /// The index the step leads to among `count` controls; `None` when there are none.
    pub fn target(self, current: Option<usize>, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        Some(match (self, current) {
            (Self::First, _) | (Self::Next, None) => 0,
            (Self::Last, _) | (Self::Previous, None) => last,
            (Self::Next, Some(index)) => {
                if index >= last {
                    0
                } else {
                    index + 1
                }
            }
            (Self::Previous, Some(index)) => index.checked_sub(1).unwrap_or(last),
        })
    }
}

/// Focuses the element a component holds.
pub fn focus(node: &NodeRef) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Focuses the element with this id and scrolls it into view.
///
/// A heading or landmark needs `tabindex="-1"` to take focus.
pub fn focus_id(id: &str) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    let element = gloo::utils::document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Moves focus along the elements inside `group` that match `selector`.
pub fn rove(group: &NodeRef, selector: &str, step: Move) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    let Some(found) = group
        .cast::<HtmlElement>()
        .and_then(|element| element.query_selector_all(selector).ok())
    else {
        return;
    };
    let elements: Vec<HtmlElement> = (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into().ok())
        .collect();
    let active = gloo::utils::document().active_element();
    let current = elements
        .iter()
        .position(|element| active.as_ref() == Some(element.as_ref()));
    if let Some(element) = step
        .target(current, elements.len())
        .and_then(|index| elements.get(index))
    {
        let _ = element.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::Move;

    #[test]
    fn steps_wrap_around() {
        assert_eq!(Move::Next.target(Some(2), 3), Some(0));
        assert_eq!(Move::Previous.target(Some(0), 3), Some(2));
        assert_eq!(Move::Next.target(None, 3), Some(0));
        assert_eq!(Move::Last.target(Some(0), 3), Some(2));
        assert_eq!(Move::First.target(None, 0), None);
    }

    #[test]
    fn other_keys_do_not_move() {
        assert_eq!(Move::along_row("ArrowDown"), None);
        assert_eq!(Move::along_column("ArrowDown"), Some(Move::Next));
        assert_eq!(Move::along_row("a"), None);
    }
}
