// What stands on the map for each event, and how one is chosen.
let chosen = null;
let byKeyboard = false;
let origin = null;

const describe = (event) => [event.title, data.kinds[event.kind].name, ...event.badges ?? []].join(", ");
const pathClass = (event, extra) => {
  const flags = ["planned", "claim", "disputed"].filter((flag) => event[flag]);
  return ["area", `k-${event.kind}`, extra, ...flags].join(" ");
};

// Drawn when it is first seen: most markers of a large map stay in clusters.
const EventIcon = L.DivIcon.extend({
  createIcon(old) {
    this.options.html = drawGlyph(this.options.event, describe(this.options.event));
    return L.DivIcon.prototype.createIcon.call(this, old);
  },
});

function makeMarker(event) {
  const icon = new EventIcon({ event, className: "marker", iconSize: [40, 40] });
  const marker = L.marker([event.lat, event.lon], { icon, riseOnHover: true });
  marker.event = event;
  return marker;
}

const layers = new Map();
const MARKER_RADIUS = 14;
const MOST_LEGS = 24;
const placeKey = (event) => (event.shape ?? [event.lat, event.lon, event.km].join());

// Events that look the same at the same place share their area, which would else darken.
function areaOf(event) {
  const { mode, kind, planned, claim, disputed } = event;
  const key = [mode === "point", kind, planned, claim, disputed, placeKey(event)].join();
  if (!layers.has(key)) layers.set(key, makeArea(event));
  return layers.get(key);
}

// Uncertainty around a marker takes no clicks; an area that stands for events does.
function makeArea(event) {
  const own = event.mode !== "point";
  if (event.shape == null && !event.km) return null;
  const options = { className: pathClass(event, own ? "own" : "around"), interactive: own, weight: 1.6 };
  const shape = event.shape == null ? null : data.shapes[event.shape];
  const area = shape ? L.geoJSON(shape, options) : L.circle([event.lat, event.lon], { radius: event.km * 1000, ...options });
  if (!own) return area;
  area.on("add", () => makeReachable(event, area));
  area.on("click", (click) => {
    L.DomEvent.stop(click);
    select(nextAt(event).id, click.latlng);
  });
  return area;
}

const spots = new Map();
const spot = (event) => (event.marker ? [event.lat, event.lon].join() : `area ${placeKey(event)}`);
const sharing = (event) => spots.get(spot(event)).filter(isShown);

// Each click on an area shows the next of its events.
function nextAt(event, by = 1) {
  const group = sharing(event);
  const at = group.findIndex((other) => other.id === chosen);
  return group[(at + by + group.length) % group.length];
}

const paths = (layer) => (layer.getLayers ? layer.getLayers().flatMap(paths) : [layer]);

function makeReachable(event, area) {
  const count = sharing(event).length;
  for (const path of paths(area)) {
    const node = path.getElement();
    if (!node) continue;
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", count > 1 ? `${event.title}: ${fill(words.cluster, count)}` : describe(event));
    node.onkeydown = (key) => {
      if (key.key !== "Enter" && key.key !== " ") return;
      key.preventDefault();
      byKeyboard = true;
      select(nextAt(event).id);
    };
  }
}

function addEvent(event) {
  const content = () => {
    Object.assign(event.popup.options, popupOptions());
    return makePopup(event);
  };
  if (event.mode === "point") {
    event.marker = makeMarker(event).bindPopup(content);
    event.popup = event.marker.getPopup();
  } else event.popup = L.popup().setContent(content);
  event.popup.event = event;
  event.area = areaOf(event);
}

function showEvents() {
  const visible = drawn.filter(isShown);
  cluster.clearLayers();
  areas.clearLayers();
  cluster.addLayers(visible.filter((event) => event.marker).map((event) => event.marker));
  for (const event of visible) if (!event.marker) areas.addLayer(event.area);
  showCircles();
}

// A circle that its marker would cover says nothing, and one out of view need not be drawn.
function showCircles() {
  const view = map.getBounds().pad(0.5);
  for (const event of drawn) {
    if (!event.marker || !event.area) continue;
    const kmPerPixel = (40075 * Math.cos((event.lat * Math.PI) / 180)) / 2 ** (map.getZoom() + 8);
    const wide = event.shape != null || event.km > MARKER_RADIUS * kmPerPixel;
    const seen = wide && view.contains([event.lat, event.lon]);
    if (seen && isShown(event)) areas.addLayer(event.area);
    else if (!seen) areas.removeLayer(event.area);
  }
}

// After anything that shows or hides events.
function refresh() {
  map.closePopup();
  showEvents();
  refreshLists();
  refreshLegend();
  refreshTable();
  refreshTimeline();
  relabel();
}

function choose(event) {
  if (location.hash !== `#${event.id}`) history.pushState(null, "", `#${event.id}`);
  if (byId("note").textContent === words.not_here) byId("note").hidden = true;
  const before = events.get(chosen);
  chosen = event.id;
  for (const node of document.querySelectorAll(".on")) node.classList.remove("on");
  if (before) highlight(before, false);
  highlight(event, true);
  showInText(event, false);
}

function highlight(event, on) {
  const nodes = event.area ? paths(event.area).map((path) => path.getElement()) : [];
  for (const node of nodes) if (node) node.classList.toggle("on", on);
}

function openPopup(event, at) {
  const parent = event.marker && cluster.getVisibleParent(event.marker);
  if (!event.marker || (parent && parent.getChildCount && parent.getChildCount() > MOST_LEGS)) {
    event.popup.setLatLng(at || (parent ? parent.getLatLng() : event.area.getBounds().getCenter())).openOn(map);
    return;
  }
  if (parent && parent !== event.marker) parent.spiderfy();
  event.marker.openPopup();
}

// Hundreds of events at one place would cover a country: they are leafed through instead.
function spreadOut() {
  const spread = L.MarkerCluster.prototype.spiderfy;
  L.MarkerCluster.prototype.spiderfy = function () {
    if (this.getChildCount() <= MOST_LEGS) spread.call(this);
    else select(nextAt(this.getAllChildMarkers()[0].event).id, this.getLatLng());
  };
}

function viewOf(event) {
  if (event.mode !== "point") return event.area.getBounds();
  return L.latLngBounds([[event.lat, event.lon]]);
}

// Stays where it is when the place is well in view already.
function bringIntoView(event) {
  const bounds = viewOf(event);
  const zoom = map.getZoom();
  const seen = map.getBounds().pad(-0.1).contains(bounds) && zoom >= (event.mode === "point" ? 5 : 3);
  if (seen) return;
  const target = event.mode === "point" ? Math.max(zoom, 7) : Math.min(map.getBoundsZoom(bounds), 8);
  map.setView(bounds.getCenter(), target, { animate: false });
}

// What is not drawn is shown where it is listed.
function select(id, at) {
  const event = events.get(id);
  if (!event) return false;
  if (!isShown(event)) {
    reveal(event);
    refresh();
  }
  map.closePopup();
  if (!event.mode) {
    choose(event);
    return true;
  }
  if (!at) bringIntoView(event);
  openPopup(event, at);
  return true;
}

function step(by) {
  const visible = drawn.filter(isShown);
  if (!visible.length) return;
  const at = visible.findIndex((event) => event.id === chosen);
  const next = at < 0 ? (by > 0 ? 0 : visible.length - 1) : (at + by + visible.length) % visible.length;
  select(visible[next].id);
}

function setUpEvents() {
  cluster.options.iconCreateFunction = drawCluster;
  spreadOut();
  drawn.forEach(addEvent);
  for (const event of drawn) {
    const at = spot(event);
    if (!spots.has(at)) spots.set(at, []);
    spots.get(at).push(event);
  }
  showEvents();
  map.on("moveend", showCircles);
  map.on("popupopen", ({ popup }) => {
    if (popup.event) choose(popup.event);
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close.setAttribute("aria-label", words.close);
    close.href = "#panel";
    const box = popup.getElement().querySelector(".popup");
    if (byKeyboard && box) box.focus({ preventScroll: true });
    byKeyboard = false;
  });
  map.on("popupclose", ({ popup }) => {
    const focused = document.activeElement;
    const lost = focused === document.body || popup.getElement().contains(focused);
    if (lost && origin && origin.isConnected) origin.focus({ preventScroll: true });
  });
}
