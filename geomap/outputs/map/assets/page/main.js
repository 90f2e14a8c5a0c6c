function fitTo(bounds) {
  if (!bounds) return map.setView([25, 20], 2.5, { animate: false });
  const wide = innerWidth >= 760;
  const legend = wide ? byId("legend").offsetWidth + 24 : 30;
  const padding = { paddingTopLeft: [legend, 30], paddingBottomRight: wide ? [60, 40] : [30, 40] };
  return map.fitBounds(bounds, { ...padding, maxZoom: 8, animate: false });
}

function isTyping(target) {
  return target.closest("input, select, textarea") && target.type !== "checkbox";
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
    else if (key.key === "n") step(1);
    else if (key.key === "p") step(-1);
    else if (key.key === " " && key.target.matches(".marker")) {
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
  for (const [place, key] of Object.entries(labelled)) {
    const node = box.querySelector(place);
    node.title = words[key];
    node.setAttribute("aria-label", words[key]);
  }
}

// Paper has another shape: it shows the same part of the world, and the screen gets its view back.
function setUpPrint() {
  let before = null;
  matchMedia("print").addEventListener("change", ({ matches }) => {
    const seen = map.getBounds();
    if (matches) before = [map.getCenter(), map.getZoom()];
    map.invalidateSize({ animate: false });
    if (matches) map.fitBounds(seen, { animate: false });
    else if (before) map.setView(...before, { animate: false });
  });
}

function followHash() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (id && id !== chosen) select(id);
}

setUpTheme();
setUpMap();
setUpEvents();
setUpLinks();
setUpLegend();
setUpDownload();
setUpChooser();
setUpKeys();
const relabel = setUpPlaces();
fitTo(data.bounds);
relabel();
followHash();
addEventListener("hashchange", followHash);
setUpPrint();
root.dataset.ready = "";
