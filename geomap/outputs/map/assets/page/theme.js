function remember(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch {
    // Some browsers give files on disk no storage: the theme is then chosen anew each time.
  }
  return null;
}

const darkWish = matchMedia("(prefers-color-scheme: dark)");

function applyTheme() {
  root.dataset.theme = remember("geomap-theme") || (darkWish.matches ? "dark" : "light");
}

function setUpTheme() {
  applyTheme();
  darkWish.addEventListener("change", applyTheme);
  byId("theme").addEventListener("click", () => {
    const next = root.dataset.theme === "dark" ? "light" : "dark";
    remember("geomap-theme", next);
    root.dataset.theme = next;
  });
}
