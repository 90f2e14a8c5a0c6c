// Tiles of an online service over the embedded basemap, which stays where they do not come.
function note(text) {
  const line = byId("note");
  line.textContent = text;
  line.hidden = false;
}

function setUpTiles() {
  const { tiles } = data;
  if (!tiles) return;
  if (location.protocol === "file:") {
    note(words.tiles_on_disk);
    return;
  }
  const box = map.getContainer();
  const { url, attribution, subdomains, max_zoom: maxNativeZoom } = tiles;
  const layer = L.tileLayer(url, { attribution, subdomains, maxNativeZoom, referrerPolicy: "strict-origin-when-cross-origin" });
  let came = false;
  layer.on("tileload", () => { came = true; });
  layer.on("tileerror", () => {
    if (came || !map.hasLayer(layer)) return;
    map.removeLayer(layer);
    note(words.tiles_failed);
  });
  layer.on("add remove", ({ type }) => box.classList.toggle("tiled", type === "add"));
  L.control.layers.made.addOverlay(layer, tiles.name);
  layer.addTo(map);
}
