// Which events are shown: of the chosen article, and hidden by no facet, search or period.
const DAY = 864e5;
const facets = [
  { id: "kind", name: words.kind, values: Object.entries(data.kinds).map(([kind, { name }]) => [kind, name]) },
  ...data.facets,
];
const off = new Map(facets.map(({ id }) => [id, new Set()]));
const events = new Map();
const drawn = [];
let article = null;
let query = [];
let period = null; // First and last day, counted from 1970.

for (const event of data.events) {
  event.values = [[event.kind], ...event.facets];
  if (event.days) event.days = event.days.map((day) => Date.parse(day) / DAY);
  events.set(event.id, event);
  if (event.mode) event.number = drawn.push(event);
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
const matches = (text) => query.every((word) => text.includes(word));
const isFound = (event) => !query.length || matches(searchable(event));

function searchable(event) {
  const { title, source } = data.archive ? data.articles[event.article] : {};
  const parts = [event.title, data.kinds[event.kind].name, ...event.quote, ...Object.values(event.rows), title, source];
  return (event.searchable ??= plain(parts.join(" ")));
}

const inPeriod = (event) => !period || (event.days && event.days[0] <= period[1] && event.days[1] >= period[0]);
const inArticle = (event) => article === null || event.article === article;
const passes = (event, except) => facets.every(({ id }, at) => at === except || !event.values[at].some((value) => off.get(id).has(value)));
const isShown = (event) => inArticle(event) && passes(event, null) && inPeriod(event) && isFound(event);
const isFiltered = () => query.length > 0 || period !== null || [...off.values()].some((values) => values.size);

// How many drawn events have a value, and nothing else hides them.
function countValues(at) {
  const counts = new Map();
  for (const event of drawn) {
    if (!inArticle(event) || !passes(event, at) || !inPeriod(event) || !isFound(event)) continue;
    for (const value of event.values[at]) counts.set(value, (counts.get(value) || 0) + 1);
  }
  return counts;
}

function setQuery(text) {
  query = plain(text).split(/\s+/).filter(Boolean);
}

function clearFilters() {
  for (const values of off.values()) values.clear();
  period = null;
  query = [];
  byId("search").value = "";
}

// Lifts whatever hides one event.
function reveal(event) {
  facets.forEach(({ id }, at) => event.values[at].forEach((value) => off.get(id).delete(value)));
  if (!inPeriod(event)) period = null;
  if (!isFound(event)) {
    query = [];
    byId("search").value = "";
  }
  if (!inArticle(event)) showArticle(null);
}
