// Finds what a person would: the visible element of a kind with an accessible name. Returns the element, or
// null with the names that were there. Arguments: kind, name, scope (a CSS selector or null).
const [kind, wanted, scope] = arguments;

const SELECTORS = {
  action: "button, a[href], summary, [role=button], [role=tab], [role=menuitem], [role=menuitemradio], [role=option], [role=switch]",
  field: "input, select, textarea, [role=combobox], [role=textbox], [role=slider], [contenteditable=true]",
};

const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

const referenced = (ids) =>
  tidy((ids ?? "").split(" ").map((id) => document.getElementById(id)?.innerText ?? "").join(" "));

const nameOf = (element) => {
  const labels = [...(element.labels ?? [])].map((label) => label.innerText).join(" ");
  return tidy(
    element.getAttribute("aria-label") ||
      referenced(element.getAttribute("aria-labelledby")) ||
      labels ||
      (kind === "action" ? element.innerText || element.textContent || element.value : element.placeholder),
  );
};

// What lies behind a modal dialog, is inert or hidden cannot be reached by a person either.
const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
const root = scope ? document.querySelector(scope) : (modal ?? document);
const reachable = (element) =>
  element.checkVisibility({ visibilityProperty: true }) &&
  !element.closest("[inert], [aria-hidden=true]") &&
  (!modal || modal.contains(element));

const candidates = root ? [...root.querySelectorAll(SELECTORS[kind])].filter(reachable) : [];
const named = candidates.map((element) => ({ element, name: nameOf(element) }));
const found = named.find(({ name }) => name === wanted) ?? named.find(({ name }) => name.startsWith(`${wanted} `));
return { element: found?.element ?? null, names: [...new Set(named.map(({ name }) => name))].filter(Boolean) };
