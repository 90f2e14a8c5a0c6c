// Lists, legend, download: all that listens outside the map.
function setUpLinks() {
  byId("panel").addEventListener("click", (click) => {
    const link = click.target.closest("a[data-ev]");
    if (!link) return;
    click.preventDefault();
    const ids = link.dataset.ev.split(" ");
    origin = link;
    byKeyboard = click.detail === 0;
    select(ids[(ids.indexOf(chosen) + 1) % ids.length]);
  });
  for (const node of document.querySelectorAll(".events > li")) {
    const event = events.get(node.id.slice(3));
    node.querySelector(".glyph").replaceWith(drawGlyph(event, null));
  }
}

function legendRow(look, text, count) {
  const row = make("li");
  const label = make(count == null ? "span" : "label");
  if (count != null) {
    const box = make("input");
    box.type = "checkbox";
    box.checked = true;
    box.dataset.kind = look.kind;
    box.addEventListener("change", () => toggleKind(look.kind, box.checked));
    label.append(box);
  }
  label.append(look.node || drawGlyph(look, null), make("span", "name", text));
  if (count != null) label.append(make("span", "count", count));
  row.append(label);
  return row;
}

function toggleKind(kind, shown) {
  if (shown) hidden.delete(kind);
  else hidden.add(kind);
  map.closePopup();
  showEvents();
  refreshLegend();
}

function refreshLegend() {
  for (const box of document.querySelectorAll("#kinds input")) box.checked = !hidden.has(box.dataset.kind);
  for (const event of data.events) byId(`ev-${event.id}`).classList.toggle("hidden", hidden.has(event.kind));
}

function setUpLegend() {
  const counts = new Map();
  for (const event of data.events) counts.set(event.kind, (counts.get(event.kind) || 0) + 1);
  for (const kind of Object.keys(data.kinds)) {
    if (counts.has(kind)) byId("kinds").append(legendRow({ kind }, data.kinds[kind].name, counts.get(kind)));
  }
  const signs = byId("signs");
  for (const flag of ["claim", "planned", "disputed"]) {
    const sample = data.events.find((event) => event[flag]);
    if (sample) signs.append(legendRow({ kind: sample.kind, [flag]: true }, words[flag]));
  }
  const advance = data.events.find((event) => event.approach);
  if (advance) signs.append(legendRow({ kind: advance.kind, approach: true, heading: advance.heading }, words.heading));
  if (data.events.some((event) => event.area)) signs.append(legendRow({ node: make("span", "dashed") }, words.uncertain));
  byId("legend").open = innerWidth >= 760;
  byId("legend").hidden = !data.events.length;
}

// A circle as a polygon: GeoJSON has none, and a point would look exact.
function circleRing(event, corners = 48) {
  const reach = event.km / 111.2;
  const ring = [];
  for (let i = 0; i <= corners; i++) {
    const angle = ((i % corners) / corners) * 2 * Math.PI;
    const lon = event.lon + (reach * Math.cos(angle)) / Math.cos((event.lat * Math.PI) / 180);
    ring.push([+lon.toFixed(4), +(event.lat + reach * Math.sin(angle)).toFixed(4)]);
  }
  return { type: "Polygon", coordinates: [ring] };
}

function toFeature(event) {
  const point = { type: "Point", coordinates: [event.lon, event.lat] };
  const area = event.mode === "area" ? data.shapes[event.shape] : circleRing(event);
  const properties = { ...event.properties, description: event.quote.join(""), kind: event.kind };
  return { type: "Feature", id: event.id, geometry: event.mode === "point" ? point : area, properties };
}

function setUpDownload() {
  byId("download").addEventListener("click", () => {
    const collection = { type: "FeatureCollection", features: data.events.map(toFeature) };
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(collection)], { type: "application/geo+json" }));
    link.download = "events.geojson";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}

function showArticle(number) {
  article = number;
  for (const node of document.querySelectorAll(".article")) {
    node.hidden = number !== null && node.id !== `article-${number}`;
  }
  byId("chooser").value = number === null ? "" : number;
}

function setUpChooser() {
  const chooser = byId("chooser");
  if (!chooser) return;
  chooser.addEventListener("change", () => {
    showArticle(chooser.value === "" ? null : Number(chooser.value));
    map.closePopup();
    showEvents();
    byId("panel").scrollTop = 0;
    fitTo(article === null ? data.bounds : data.articles[article]);
  });
}
