// Watches the first page for `cargo xtask first-page`: keeps hold of the wasm when it starts, does what a newcomer may do
// before going on, and then puts the marks of the functions that ran into the page.
(() => {
  let marks = null;
  const keep = (result) => {
    const exports = (result.instance ?? result).exports;
    marks = exports.marks ?? marks;
    return result;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = (...rest) => original(...rest).then(keep);
  }
  // A slow machine takes other ways, such as a pause between two renders: here every look at the clock takes a while.
  let passed = 0;
  for (const [clock, name] of [[Date, "now"], [performance, "now"]]) {
    const original = clock[name].bind(clock);
    clock[name] = () => original() + (passed += 7);
  }
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const watch = async () => {
    while (document.documentElement.dataset.state !== "ready") {
      await pause(100);
    }
    await pause(2_500);
    for (let press = 0; press < 2; press += 1) {
      document.getElementById("theme")?.click();
      await pause(300);
    }
    for (const element of document.querySelectorAll("#app a, #app button, #app summary")) {
      element.focus();
    }
    scrollTo(0, document.body.scrollHeight);
    await pause(2_500);
    const told = document.createElement("pre");
    told.id = "marks";
    told.textContent = new Uint8Array(marks.buffer).reduce((text, mark) => text + mark, "");
    document.body.append(told);
  };
  watch();
})();
