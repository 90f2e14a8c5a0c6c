function fitTo(bounds) {
  if (!bounds) return map.setView([25, 20], 2.5, { animate: false });
  const wide = innerWidth >= 760;
  const legend = wide ? byId("legend").offsetWidth + 24 : 30;
  // On a phone the timeline lies over the map's foot.
  const foot = wide ? 40 : 30 + byId("timeline").offsetHeight;
  const padding = { paddingTopLeft: [legend, 30], paddingBottomRight: [wide ? 60 : 30, foot] };
  return map.fitBounds(bounds, { ...padding, maxZoom: 8, animate: false });
}

const isTyping = (target) => target.closest("input, select, textarea") && target.type !== "checkbox";
const KEYS = { n: 1, p: -1, ArrowRight: 1, ArrowLeft: -1 };

// Arrows move the map while it has the focus.
function stepByKey(key) {
  if (key.key.startsWith("Arrow") && key.target === map.getContainer()) return;
  step(KEYS[key.key]);
}

function setUpKeys() {
  document.addEventListener("keydown", (key) => {
    if (key.ctrlKey || key.metaKey || key.altKey || isTyping(key.target)) return;
    const pressed = key.key === "Enter" || key.key === " ";
    if (pressed && key.target.matches(".marker, path")) {
      byKeyboard = true;
      origin = key.target;
    }
    if (key.key === "Escape") map.closePopup();
    else if (key.key in KEYS) stepByKey(key);
    else if (key.key === "/" && byId("search")) {
      key.preventDefault();
      byId("search").focus();
    } else if (key.key === " " && key.target.matches(".marker")) {
      key.preventDefault();
      key.target.click();
    }
  }, true);
}

// Nothing glides for a reader who asked for less motion; popups then stand still at once.
function calmDown() {
  const glide = map.panBy;
  map.panBy = (offset, options) => glide.call(map, offset, { ...options, animate: false });
  map.options.inertia = false;
}

function setUpMap() {
  const box = map.getContainer();
  if (calm) calmDown();
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", words.map);
  map.attributionControl.setPrefix(false);
  map.zoomControl.setPosition("topright");
  L.control.scale({ imperial: false }).addTo(map);
  const labelled = { ".leaflet-control-zoom-in": "zoom_in", ".leaflet-control-zoom-out": "zoom_out", ".leaflet-control-layers-toggle": "layers" };
  for (const [place, key] of Object.entries(labelled)) caption(box.querySelector(place), words[key]);
}

// Paper cannot be clicked: what is folded opens, until the screen is back.
let folded = [];

function unfold(on) {
  if (!on) folded.forEach((details) => { details.open = false; });
  folded = on ? [...folded, ...document.querySelectorAll(".article:not([hidden]) > details:not([open])")] : [];
  for (const details of folded) {
    details.open = true;
    drawEntries(details.closest(".article"));
  }
}

// Paper has another shape: it shows the same part of the world, and the screen gets its view back.
function setUpPrint() {
  let before = null;
  addEventListener("beforeprint", () => unfold(true));
  addEventListener("afterprint", () => unfold(false));
  matchMedia("print").addEventListener("change", ({ matches }) => {
    const seen = map.getBounds();
    if (matches) before = [map.getCenter(), map.getZoom()];
    unfold(matches);
    map.invalidateSize({ animate: false });
    if (matches) map.fitBounds(seen, { animate: false });
    else if (before) map.setView(...before, { animate: false });
  });
}

// What a link says after its #; of one that was cut, the words as they stand.
function readHash() {
  const id = location.hash.slice(1);
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

// Also on the way back: without an id nothing is open.
function followHash() {
  const id = readHash();
  if (id && !events.has(id) && !byId(id)) note(words.not_here);
  if (id && id !== chosen) select(id);
  if (id) return;
  chosen = null;
  map.closePopup();
}

root.classList.toggle("archive", !!data.archive);
setUpTheme();
setUpMap();
setUpEvents();
setUpLists();
setUpLegend();
setUpTable();
setUpSearch();
setUpTimeline();
setUpDownloads();
setUpTiles();
setUpChooser();
setUpKeys();
const relabel = setUpPlaces();
fitTo(data.bounds);
relabel();
followHash();
addEventListener("hashchange", followHash);
setUpPrint();
root.dataset.ready = "";
