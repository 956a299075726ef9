// Starts the lab, and is what remains when the lab cannot start or stops: an overlay that offers to reload
// and to download the work. It stands outside the lab's own root and uses nothing of the lab.

const PREFIX = "ec2-lab.";
const byId = (id) => document.getElementById(id);

// Every item that the lab keeps in this browser. Texts stay texts: a damaged save must survive as it is.
function work() {
  const items = {};
  for (let index = 0; index < localStorage.length; index += 1) {
    const key = localStorage.key(index);
    if (key.startsWith(PREFIX)) {
      items[key] = localStorage.getItem(key);
    }
  }
  return items;
}

function download() {
  const note = byId("rescue-note");
  try {
    const items = work();
    if (Object.keys(items).length === 0) {
      note.textContent = "There is nothing to download: this browser holds no work of the lab.";
      return;
    }
    const file = new Blob([JSON.stringify(items, null, 2)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "ec2-lab-work.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    note.textContent = "Your work is in ec2-lab-work.json, in your downloads.";
  } catch (error) {
    note.textContent = `This browser does not let the page read what it kept: ${error.message}`;
  }
}

// Shows the overlay. The first message stays: what follows a failure is mostly its echo.
function rescue(message) {
  const overlay = byId("rescue");
  if (!overlay.hidden) {
    return;
  }
  byId("rescue-detail").textContent = String(message);
  byId("app").inert = true;
  // Modal dialogs and popovers of the lab would lie above the overlay.
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  document.querySelectorAll(":popover-open").forEach((popover) => popover.hidePopover());
  overlay.hidden = false;
  document.documentElement.dataset.state = "stopped";
  byId("rescue-reload").focus();
}

byId("rescue-reload").addEventListener("click", () => location.reload());
byId("rescue-download").addEventListener("click", download);

// The lab's panic hook calls this by name.
window.__ec2lab_rescue = rescue;

// A panic without the hook, and a memory that ran full, end in a trap of the wasm.
window.addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) {
    rescue(event.error.stack ?? event.message);
  }
});

// The lab's wasm comes in two parts: what the first page runs, and the rest. The rest is joined to the first part's
// memory and function table; in a build of one part there is nothing to join.
const REST = new URL("../ec2-lab-page_rest.wasm", import.meta.url);
let first = null;
let fetched = null;
let whole = false;

// Fetches and compiles the rest once, without waiting for it.
function fetchRest() {
  fetched ??= fetch(REST).then(async (answer) => {
    if (!answer.ok) {
      throw new Error(`${REST.pathname}: ${answer.status} ${answer.statusText}`);
    }
    return WebAssembly.compile(await answer.arrayBuffer());
  });
  fetched.catch(() => {
    fetched = null;
  });
  return fetched;
}

function join(module) {
  if (!whole) {
    new WebAssembly.Instance(module, { first });
    whole = true;
  }
}

// The lab calls this by name when it runs into a function of the rest: there is no waiting in the middle of a call.
window.__ec2lab_rest = () => {
  if (whole) {
    return;
  }
  const request = new XMLHttpRequest();
  request.open("GET", REST, false);
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  if (request.status !== 200 && request.status !== 0) {
    throw new Error(`${REST.pathname}: ${request.status} ${request.statusText}`);
  }
  join(new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0))));
};

// Every page but the first one needs the rest, and so does a lab with a history.
const isFirst = (fragment) => ["", "#", "#/"].includes(fragment);
function begun() {
  try {
    return Object.keys(work()).some((key) => key !== `${PREFIX}theme`);
  } catch {
    return false;
  }
}

// Waits with a line at the top of the page: a slow connection must not look like a dead link.
async function bringRest() {
  document.documentElement.dataset.rest = "coming";
  try {
    join(await fetchRest());
  } finally {
    delete document.documentElement.dataset.rest;
  }
}

// Before the lab hears of a new address, the rest is here. Registered before the lab's own listener, so it comes first.
window.addEventListener(
  "hashchange",
  (event) => {
    if (whole || first === null || isFirst(location.hash)) {
      return;
    }
    event.stopImmediatePropagation();
    bringRest().then(
      () => window.dispatchEvent(new HashChangeEvent("hashchange", event)),
      (error) => rescue(error?.stack ?? error),
    );
  },
  { capture: true },
);

// Who points at a link that leads further will most likely follow it.
for (const sign of ["pointerover", "pointerdown", "focusin"]) {
  document.addEventListener(
    sign,
    (event) => {
      const link = event.target instanceof Element && event.target.closest('a[href^="#/"]');
      if (link && !whole && first !== null && !isFirst(link.hash)) {
        fetchRest().catch(() => {});
      }
    },
    { passive: true },
  );
}

try {
  const wanted = !isFirst(location.hash) || begun();
  // Not a static import: that one cannot be caught when the file is missing.
  const lab = await import("../ec2-lab-page.js");
  const exports = await lab.default({ module_or_path: new URL("../ec2-lab-page_bg.wasm", import.meta.url) });
  whole = !("loaded" in exports);
  first = exports;
  if (wanted && !whole) {
    await bringRest();
  }
  lab.run();
  document.documentElement.dataset.state = "ready";
} catch (error) {
  byId("rescue-title").textContent = "The lab could not start";
  byId("boot-status")?.replaceChildren("The lab could not start.");
  rescue(error?.stack ?? error);
}
