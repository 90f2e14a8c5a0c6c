// Labels of countries and towns: the more important first, none over another or over a marker.
// The further sides leave room for a marker on the town itself.
const LABEL_SIDES = [
  ["right", 7, -0.5], ["left", -7, -0.5], ["above", 0, -1.4], ["below", 0, 0.4],
  ["right far", 19, -0.5], ["left far", -19, -0.5], ["below far", 0, 1.1],
];

const LABEL_KINDS = ["country", "city", "water"];
const CITY = 1;

function labelWidth(label) {
  const [name, , , , kind] = label;
  return name.length * (kind ? 6.6 : 8.2) + 4;
}

function boxAt(label, point, side) {
  const width = labelWidth(label);
  const height = 15;
  if (label[4] !== CITY) return [point.x - width / 2, point.y - height / 2, point.x + width / 2, point.y + height / 2];
  const [name, dx, dy] = side;
  let left = point.x - width / 2;
  if (name.startsWith("right")) left = point.x + dx;
  if (name.startsWith("left")) left = point.x + dx - width;
  return [left, point.y + dy * height, left + width, point.y + (dy + 1) * height];
}

const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

// Markers of one spot, to some pixels, take its room once.
function markerBoxes() {
  const boxes = new Map();
  const size = map.getSize();
  for (const event of drawn) {
    if (event.mode !== "point" || !isShown(event)) continue;
    const { x, y } = map.latLngToContainerPoint([event.lat, event.lon]);
    if (x < -30 || y < -30 || x > size.x + 30 || y > size.y + 30) continue;
    const cell = `${Math.round(x / 8)},${Math.round(y / 8)}`;
    if (!boxes.has(cell)) boxes.set(cell, [x - 15, y - 15, x + 15, y + 15]);
  }
  return [...boxes.values()];
}

function placeLabel(label, taken) {
  const point = map.latLngToContainerPoint([label[1], label[2]]);
  for (const side of label[4] === CITY ? LABEL_SIDES : [["middle", 0, 0]]) {
    const box = boxAt(label, point, side);
    if (taken.some((other) => meets(box, other))) continue;
    taken.push(box);
    return side[0];
  }
  return null;
}

function addLabel(layer, label, side) {
  const text = make("span", `label ${LABEL_KINDS[label[4]]} ${side}`, label[0]);
  const icon = L.divIcon({ html: text, className: "label-at", iconSize: [0, 0] });
  const options = { icon, interactive: false, keyboard: false, pane: "labels" };
  L.marker([label[1], label[2]], options).addTo(layer);
}

function setUpPlaces() {
  const pane = map.createPane("labels");
  pane.setAttribute("aria-hidden", "true");
  const layer = ours("labels");
  const relabel = () => {
    layer.clearLayers();
    const view = map.getBounds().pad(0.02);
    const zoom = map.getZoom();
    const taken = markerBoxes();
    for (const label of data.labels) {
      if (zoom < label[3] || !view.contains([label[1], label[2]])) continue;
      if (label[4] !== CITY && zoom > label[3] + 5) continue;
      const side = placeLabel(label, taken);
      if (side) addLabel(layer, label, side);
    }
  };
  map.on("moveend", relabel);
  return relabel;
}
