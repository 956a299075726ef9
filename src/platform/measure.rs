//! Where elements stand: boxes relative to a container, so that lines can be drawn between them.

use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::NodeRef;

#[wasm_bindgen]
extern "C" {
    /// An element, for the one method that is needed of it here.
    type Measured;
    #[wasm_bindgen(method, js_name = getBoundingClientRect)]
    fn bounds(this: &Measured) -> Bounds;

    #[wasm_bindgen(method, js_name = scrollIntoView)]
    fn scroll_into_view(this: &Measured);

    /// What that method answers.
    type Bounds;
    #[wasm_bindgen(method, getter)]
    fn left(this: &Bounds) -> f64;
    #[wasm_bindgen(method, getter)]
    fn top(this: &Bounds) -> f64;
    #[wasm_bindgen(method, getter)]
    fn width(this: &Bounds) -> f64;
    #[wasm_bindgen(method, getter)]
    fn height(this: &Bounds) -> f64;

    /// The answer to a media query.
    type MediaAnswer;
    #[wasm_bindgen(js_name = matchMedia, catch)]
    fn match_media(query: &str) -> Result<MediaAnswer, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn matches(this: &MediaAnswer) -> bool;
}

/// A box in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Distance of its left edge from the container's.
    pub x: f64,
    /// Distance of its top edge from the container's.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

impl Rect {
    /// Its right edge.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Its lower edge.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Its middle.
    #[must_use]
    pub fn middle(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

/// Elements of a container that are found by their `data-spot`.
pub struct Boxes {
    container: Option<(Element, Rect)>,
}

impl Boxes {
    /// Those inside `container`; outside a browser, none.
    #[must_use]
    pub fn of(container: &NodeRef) -> Self {
        if !cfg!(target_arch = "wasm32") {
            return Boxes { container: None };
        }
        let container = container.cast::<Element>().map(|element| {
            let rect = absolute(&element);
            (element, rect)
        });
        Boxes { container }
    }

    /// The container's own size.
    #[must_use]
    pub fn size(&self) -> Option<(f64, f64)> {
        self.container
            .as_ref()
            .map(|(_, rect)| (rect.width, rect.height))
    }

    /// The box of the element with this `data-spot`, unless it is missing or not drawn.
    #[must_use]
    pub fn get(&self, spot: &str) -> Option<Rect> {
        let (element, origin) = self.container.as_ref()?;
        // Names are ids of the lab; anything else could end the selector's string early.
        if !spot
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            return None;
        }
        let found = element
            .query_selector(&format!("[data-spot=\"{spot}\"]"))
            .ok()??;
        let rect = absolute(&found);
        let drawn = rect.width > 0.0 && rect.height > 0.0;
        drawn.then_some(Rect {
            x: rect.x - origin.x,
            y: rect.y - origin.y,
            ..rect
        })
    }
}

fn absolute(element: &Element) -> Rect {
    let bounds = element.unchecked_ref::<Measured>().bounds();
    Rect {
        x: bounds.left(),
        y: bounds.top(),
        width: bounds.width(),
        height: bounds.height(),
    }
}

/// Brings the element with this id into sight when its upper part is out of it.
pub fn reveal(id: &str) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    if let Some(element) = gloo::utils::document().get_element_by_id(id)
        && absolute(&element).y < 0.0
    {
        element.unchecked_ref::<Measured>().scroll_into_view();
    }
}

/// Whether the learner asked the system for less motion.
#[must_use]
pub fn reduced_motion() -> bool {
    cfg!(target_arch = "wasm32")
        && match_media("(prefers-reduced-motion: reduce)").is_ok_and(|answer| answer.matches())
}

/// Calls back whenever the window changes its size, until the listener is dropped.
#[must_use]
pub fn on_resize(callback: impl Fn() + 'static) -> Option<gloo::events::EventListener> {
    if !cfg!(target_arch = "wasm32") {
        return None;
    }
    let window = gloo::utils::window();
    Some(gloo::events::EventListener::new(
        &window,
        "resize",
        move |_| callback(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_knows_its_edges() {
        let rect = Rect {
            x: 10.0,
            y: 20.0,
            width: 30.0,
            height: 40.0,
        };
        assert_eq!(
            (rect.right(), rect.bottom(), rect.middle()),
            (40.0, 60.0, (25.0, 40.0))
        );
    }

    #[test]
    fn nothing_is_measured_outside_a_browser() {
        let boxes = Boxes::of(&NodeRef::default());
        assert!(boxes.size().is_none() && boxes.get("laptop").is_none() && !reduced_motion());
    }
}
