// Chooses the theme before the first paint: the learner's choice, else the system's.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("ec2-lab.theme");
  } catch {
    // Storage can be blocked; the system's choice is then the best guess.
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = chosen === "light" || chosen === "dark" ? chosen : dark ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
})();
