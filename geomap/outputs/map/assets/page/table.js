// All events as a table beside the map, sorted by any column.
const COLUMNS = [
  ["number", (event) => event.number ?? Infinity],
  ["place", (event) => plain(event.title)],
  ["kind", (event) => data.kinds[event.kind].name],
  ["when", (event) => (event.days ? event.days[0] : Infinity)],
  ["casualties", (event) => -(event.deaths ?? -1)],
  ["told", (event) => event.rows.told ?? ""],
  ["confidence", (event) => -event.sure],
];
let sorting = ["number", 1];
let tableLeaf = 0;

function cellOf(event, column) {
  const cell = makeOwn("td", column);
  if (column === "number") cell.textContent = event.number ?? "–";
  else if (column === "kind") cell.append(drawGlyph(event, null), make("span", "", data.kinds[event.kind].name));
  else if (column === "confidence") cell.textContent = event.rows.confidence;
  else if (column !== "place") cell.textContent = event.rows[column] ?? "";
  else {
    const link = make("a");
    link.href = `#${event.id}`;
    link.dataset.ev = event.id;
    link.append(makeOwn(event.disputed ? "s" : "span", "name", event.title));
    cell.append(link);
    if (event.why) cell.append(makeOwn("span", "why", event.why));
  }
  return cell;
}

function rowOf(event) {
  const row = make("tr", event.mode ? "" : "undrawn");
  row.id = `row-${event.id}`;
  row.append(...COLUMNS.map(([column]) => cellOf(event, column)));
  return row;
}

const inOrder = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b, data.lang) : inOrder(a, b));

function refreshTable() {
  const body = byId("table").querySelector("tbody");
  if (!body || byId("table").hidden) return;
  const [column, way] = sorting;
  const key = COLUMNS.find(([id]) => id === column)[1];
  const listed = data.events.filter(isShown).sort((a, b) => way * compare(key(a), key(b)));
  tableLeaf = Math.max(0, Math.min(tableLeaf, Math.ceil(listed.length / MOST_ROWS) - 1));
  const first = data.archive ? tableLeaf * MOST_ROWS : 0;
  const part = data.archive ? listed.slice(first, first + MOST_ROWS) : listed;
  body.replaceChildren(...part.map((event) => (event.row ??= rowOf(event))));
  if (data.archive) turnTable(listed.length);
  for (const head of byId("table").querySelectorAll("th")) {
    const now = head.dataset.column === column;
    head.setAttribute("aria-sort", now ? (way > 0 ? "ascending" : "descending") : "none");
  }
}

function turnTable(total) {
  const turn = (to) => {
    tableLeaf = to;
    refreshTable();
    byId("panel").scrollTop = 0;
  };
  byId("table").querySelector(".leaves")?.remove();
  byId("table").prepend(makeLeaves(tableLeaf, MOST_ROWS, total, turn));
}

function makeTable() {
  const table = make("table");
  const heads = make("tr");
  for (const [column] of COLUMNS) {
    const head = make("th", column);
    head.scope = "col";
    head.dataset.column = column;
    const sort = makeButton(words[column], () => {
      sorting = [column, sorting[0] === column ? -sorting[1] : 1];
      tableLeaf = 0;
      refreshTable();
    });
    head.append(caption(sort, `${words.sort_by}: ${words[column]}`));
    heads.append(head);
  }
  const top = make("thead");
  top.append(heads);
  table.append(top, make("tbody"));
  return table;
}

function showTable(on) {
  if (byId("table").hidden === !on) return;
  byId("table").hidden = !on;
  byId("texts").hidden = on;
  byId("as-table").setAttribute("aria-pressed", on);
  byId("as-text").setAttribute("aria-pressed", !on);
  if (on && !byId("table").firstChild) byId("table").append(makeTable());
  refreshTable();
  byId("panel").scrollTop = 0;
  map.invalidateSize({ animate: false });
  const open = events.get(chosen);
  if (open && open.mode && open.popup.isOpen()) open.popup.update();
}

function setUpTable() {
  if (!byId("as-table")) return;
  byId("as-table").addEventListener("click", () => showTable(true));
  byId("as-text").addEventListener("click", () => showTable(false));
}
