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

try {
  // Not a static import: that one cannot be caught when the file is missing.
  const { default: start } = await import("../ec2-lab-page.js");
  await start({ module_or_path: new URL("../ec2-lab-page_bg.wasm", import.meta.url) });
  document.documentElement.dataset.state = "ready";
} catch (error) {
  byId("rescue-title").textContent = "The lab could not start";
  byId("boot-status")?.replaceChildren("The lab could not start.");
  rescue(error?.stack ?? error);
}
