// The legend is the filter: each row a value that can be switched off, with its number of events.
function facetRow(facet, at, [value, text]) {
  const row = make("li");
  const label = make("label");
  const box = make("input");
  box.type = "checkbox";
  box.dataset[facet.id] = value;
  box.addEventListener("change", () => {
    if (box.checked) off.get(facet.id).delete(value);
    else off.get(facet.id).add(value);
    refresh();
  });
  label.append(box);
  if (facet.id === "kind") label.append(drawGlyph({ kind: value }, null));
  label.append(make("span", "name", text), make("span", "count"));
  row.append(label);
  row.refresh = (counts) => {
    box.checked = !off.get(facet.id).has(value);
    row.querySelector(".count").textContent = count(counts[at].get(value) || 0);
  };
  return row;
}

function signRow(node, text) {
  const row = make("li");
  const line = make("span");
  line.append(node, make("span", "name", text));
  row.append(line);
  return row;
}

function presentValues(at) {
  const present = new Set(drawn.flatMap((event) => event.values[at]));
  return facets[at].values.filter(([value]) => present.has(value));
}

// Days are written as the page's language does: a field of the browser's follows the browser's.
const writeDay = (day) => (data.lang === "de" ? isoDay(day).split("-").reverse().join(".") : isoDay(day));

// From either way of writing; null for what is no day.
function readDay(text) {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)?.reverse();
  if (!parts) return null;
  const [year, month, day] = (text.includes("-") ? parts.slice(1) : parts).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date / DAY : null;
}

function dayField(key, end) {
  const label = make("label", "day", `${words[key]} (${words.day_format})`);
  const field = make("input");
  field.type = "text";
  field.inputMode = "numeric";
  field.size = 10;
  field.autocomplete = "off";
  field.addEventListener("change", () => {
    const days = extentOfDays();
    const text = field.value.trim();
    const given = text ? readDay(text) : days[end];
    field.setAttribute("aria-invalid", given === null);
    if (given === null) {
      announce(fill(words.no_day, writeDay(days[end])));
      return;
    }
    period = period || [...days];
    period[end] = given;
    if (period[0] > period[1]) period[1 - end] = given;
    refresh();
  });
  label.append(field);
  label.refresh = () => {
    field.value = period ? writeDay(period[end]) : "";
    field.setAttribute("aria-invalid", false);
  };
  return label;
}

function fieldset(title, ...content) {
  const set = make("fieldset");
  set.append(make("legend", "", title), ...content);
  return set;
}

function makeMore() {
  const sets = [];
  facets.slice(1).forEach((facet, i) => {
    const values = presentValues(i + 1);
    if (values.length < 2) return;
    const list = make("ul");
    list.append(...values.map((value) => facetRow(facet, i + 1, value)));
    sets.push(fieldset(facet.name, list));
  });
  if (new Set(drawn.flatMap((event) => event.days || [])).size > 1) {
    sets.push(fieldset(words.facet_period, dayField("period_from", 0), dayField("period_to", 1)));
  }
  if (!sets.length) return [];
  const more = make("details");
  more.id = "more";
  more.append(make("summary", "", words.more_filters), ...sets);
  return [more];
}

function refreshLegend() {
  const counts = facets.map((_, at) => countValues(at));
  for (const node of document.querySelectorAll("#legend li, #legend .day")) if (node.refresh) node.refresh(counts);
}

function setUpLegend() {
  byId("kinds").append(...presentValues(0).map((value) => facetRow(facets[0], 0, value)));
  const signs = byId("signs");
  for (const flag of ["claim", "planned", "disputed"]) {
    const sample = drawn.find((event) => event[flag]);
    if (sample) signs.append(signRow(drawGlyph({ kind: sample.kind, [flag]: true }, null), words[flag]));
  }
  const advance = drawn.find((event) => event.approach);
  if (advance) signs.append(signRow(drawGlyph({ kind: advance.kind, approach: true, heading: advance.heading }, null), words.heading));
  if (drawn.some((event) => event.area)) signs.append(signRow(make("span", "dashed"), words.uncertain));
  if (data.disputed) signs.append(signRow(make("span", "border"), words.disputed_border));
  byId("legend").append(...makeMore());
  byId("legend").open = byId("mapbox").offsetWidth >= 760;
  byId("legend").hidden = !drawn.length;
  refreshLegend();
}
