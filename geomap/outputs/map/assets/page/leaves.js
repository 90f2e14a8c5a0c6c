// Long lists are shown some entries at a time: thousands at once would freeze the page.
const MOST_ENTRIES = 50;
const MOST_ROWS = 200;
let leaf = 0;

function makeLeaves(at, most, total, turn) {
  const row = make("p", "leaves");
  const first = at * most;
  const span = total ? `${count(first + 1)}–${count(Math.min(first + most, total))}` : "0";
  const button = (sign, by, text, able) => {
    const node = caption(makeButton(sign, () => turn(at + by)), text);
    node.disabled = !able;
    return node;
  };
  row.append(
    button("‹", -1, words.leaf_back, at > 0),
    make("span", "", fill(words.listed, span, total)),
    button("›", 1, words.leaf_on, first + most < total),
  );
  return row;
}

const listable = () => [...drawn, ...data.events.filter((event) => !event.mode)].filter(isShown);

function makeMeta(event) {
  const meta = make("p", "meta");
  const facts = [data.kinds[event.kind].name, event.rows.when, event.rows.casualties, event.why].filter(Boolean);
  facts.forEach((fact, i) => meta.append(i ? " · " : "", make("bdi", "", fact)));
  for (const text of event.badges ?? []) meta.append(" ", makeOwn("span", "badge", text));
  return meta;
}

function makeEntry(event) {
  const entry = make("li", `k-${event.kind}${event.mode ? "" : " undrawn"}`);
  entry.id = `ev-${event.id}`;
  if (event.number) entry.dataset.number = event.number;
  const link = make("a", "entry");
  link.href = `#${event.id}`;
  link.dataset.ev = event.id;
  link.append(drawGlyph(event, null), makeOwn(event.disputed ? "s" : "span", "name", event.title));
  const from = make("p", "meta from");
  from.append(...sourceOf(event).childNodes);
  entry.append(link, makeMeta(event), quote(event), from);
  return entry;
}

function refreshEntries() {
  const listed = listable();
  leaf = Math.max(0, Math.min(leaf, Math.ceil(listed.length / MOST_ENTRIES) - 1));
  const heading = make("h2", "", `${words.events} `);
  heading.append(make("small", "", count(listed.length)));
  const list = make("ol", "events");
  const first = leaf * MOST_ENTRIES;
  list.append(...listed.slice(first, first + MOST_ENTRIES).map(makeEntry));
  const turn = (to) => {
    leaf = to;
    refreshEntries();
    byId("panel").scrollTop = 0;
  };
  const leaves = () => makeLeaves(leaf, MOST_ENTRIES, listed.length, turn);
  byId("entries").replaceChildren(heading, leaves(), list, ...(listed.length > MOST_ENTRIES ? [leaves()] : []));
}

// Turns to where an event is listed.
function turnTo(event) {
  const at = Math.floor(listable().indexOf(event) / MOST_ENTRIES);
  if (at < 0 || (at === leaf && byId(`ev-${event.id}`))) return;
  leaf = at;
  refreshEntries();
}
