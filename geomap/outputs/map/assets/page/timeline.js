// The days of the events as bars, as wide as the dates are vague, and a window that filters.
const LANES = 5;
const BINS = 120;
const MOST_BARS = 80;
const TICKS = [1, 2, 7, 14, 31, 92, 183, 366, 1827, 3653, 36525];
const STRAGGLERS = 0.005; // Of many dates, as many at either end may lie beyond the strip …
const SHORTENED = 0.5; // … if it is at most so much shorter then.
let ends = null; // First and last day of all events, of many without stragglers.
let beyond = 0; // How many events begin before or end after the strip.
let playing = 0;

const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const say = (day, options) => new Intl.DateTimeFormat(data.lang === "de" ? "de" : "en-GB", { timeZone: "UTC", ...options }).format(day * DAY);
const longDay = (day) => say(day, { day: "numeric", month: "long", year: "numeric" });
const shortDay = (day) => say(day, { day: "numeric", month: "short", year: "numeric" });
const share = (day) => (100 * (day - ends[0])) / (ends[1] + 1 - ends[0]);

function extentOfDays() {
  const found = [Infinity, -Infinity];
  for (const { days } of drawn) {
    if (days) [found[0], found[1]] = [Math.min(found[0], days[0]), Math.max(found[1], days[1])];
  }
  return found;
}

// A single date of 1885 would leave an archive of two years no more than a few pixels.
function extentOfStrip(dated) {
  const whole = extentOfDays();
  if (dated.length <= MOST_BARS) return whole;
  const firsts = dated.map(({ days }) => days[0]).sort((a, b) => a - b);
  const lasts = dated.map(({ days }) => days[1]).sort((a, b) => b - a);
  const most = Math.ceil(dated.length * STRAGGLERS);
  const length = ([from, to]) => to - from + 1;
  const trims = [[firsts[most], lasts[0]], [firsts[0], lasts[most]], [firsts[most], lasts[most]]];
  const short = trims.find((trim) => trim[0] <= trim[1] && length(trim) <= SHORTENED * length(whole));
  return short || whole;
}

// Longer bars first and lowest; those that find no free lane share the last.
function packBars(dated) {
  const lanes = Array.from({ length: LANES }, () => []);
  const wide = (event) => event.days[1] - event.days[0];
  const gap = (ends[1] - ends[0]) / 200;
  for (const event of [...dated].sort((a, b) => wide(b) - wide(a))) {
    const clear = (bars) => bars.every(([from, to]) => event.days[0] > to + gap || event.days[1] < from - gap);
    const at = lanes.findIndex(clear);
    event.lane = at < 0 ? LANES - 1 : at;
    if (at >= 0) lanes[at].push(event.days);
  }
  return Math.max(...dated.map((event) => event.lane)) + 1;
}

function place(node, from, to) {
  node.style.left = `${share(from)}%`;
  node.style.width = `${share(to) - share(from)}%`;
}

function fillBars(dated) {
  const lanes = packBars(dated);
  const bars = dated.map((event) => {
    const bar = make("i", `bar k-${event.kind}${event.planned ? " planned" : ""}${event.open ? ` open-${event.open}` : ""}`);
    place(bar, event.days[0], event.days[1] + 1);
    bar.style.bottom = `${(100 * event.lane) / lanes}%`;
    bar.style.height = `calc(${100 / lanes}% - 1px)`;
    bar.classList.toggle("faint", !isShown(event));
    return bar;
  });
  byId("bars").replaceChildren(...bars);
}

// Many events are counted by day, week … and kind; a vague date is spread over all its days.
function countBins(dated, size) {
  const bins = Array.from({ length: Math.ceil((ends[1] + 1 - ends[0]) / size) }, () => new Map());
  for (const { days: [from, to], kind } of dated) {
    const last = Math.floor((Math.min(to, ends[1]) - ends[0]) / size);
    for (let at = Math.floor((Math.max(from, ends[0]) - ends[0]) / size); at <= last; at++) {
      const first = ends[0] + at * size;
      const part = Math.max(0, Math.min(to + 1, first + size) - Math.max(from, first)) / (to + 1 - from);
      bins[at].set(kind, (bins[at].get(kind) || 0) + part);
    }
  }
  return bins;
}

const sum = (bin) => [...bin.values()].reduce((all, n) => all + n, 0);

function fillBins(dated) {
  const size = Math.ceil((ends[1] + 1 - ends[0]) / BINS);
  const bins = countBins(dated.filter((event) => inArticle(event) && passes(event, null) && isFound(event)), size);
  const most = Math.max(1, ...bins.map(sum));
  const columns = bins.map((bin, at) => {
    const column = make("i", "bin");
    const from = ends[0] + at * size;
    place(column, from, from + size);
    column.classList.toggle("faint", period !== null && (from > period[1] || from + size <= period[0]));
    for (const kind of Object.keys(data.kinds).filter((id) => bin.has(id))) {
      const part = make("i", `part k-${kind}`);
      part.style.height = `${(100 * bin.get(kind)) / most}%`;
      column.append(part);
    }
    return column;
  });
  byId("bars").replaceChildren(...columns);
}

// Days, months or years, whichever keeps the marks apart.
function makeTicks() {
  const days = ends[1] + 1 - ends[0];
  const every = TICKS.find((length) => days / length <= 7) || TICKS.at(-1);
  const marks = make("div", "ticks");
  const format = every >= 366 ? { year: "numeric" } : every >= 31 ? { month: "short", year: "numeric" } : { day: "numeric", month: "short" };
  for (const day of listTicks(every)) {
    const mark = make("span", "", say(day, format));
    mark.style.left = `${share(day)}%`;
    marks.append(mark);
  }
  return marks;
}

function listTicks(every) {
  const found = [];
  const first = new Date(ends[0] * DAY);
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth()];
  const months = Math.round(every / 30.5);
  for (let i = 0; found.length < 10; i++) {
    const day = every < 31 ? ends[0] + i * every : Date.UTC(every >= 366 ? Math.ceil(year / (months / 12)) * (months / 12) : year, every >= 366 ? i * months : month + i * months) / DAY;
    if (day > ends[1]) break;
    if (day >= ends[0] && share(day) < 94) found.push(day);
  }
  return found;
}

function makeHandle(end) {
  const handle = make("input", end ? "to" : "from");
  handle.type = "range";
  [handle.min, handle.max] = [ends[0], ends[1] + 1];
  handle.setAttribute("aria-label", end ? words.window_to : words.window_from);
  handle.addEventListener("input", () => {
    const now = [...(period || ends)];
    now[end] = end ? Math.max(now[0], handle.value - 1) : Math.min(now[1], +handle.value);
    setPeriod(now);
  });
  return handle;
}

function setPeriod(days) {
  period = days[0] <= ends[0] && days[1] >= ends[1] ? null : days;
  refresh();
}

// A window of the same length, one length on; from all days, the first tenth.
function moveWindow(by) {
  const length = period ? period[1] - period[0] + 1 : Math.max(1, Math.round((ends[1] - ends[0] + 1) / 10));
  let from = period ? period[0] + by * length : by > 0 ? ends[0] : ends[1] - length + 1;
  if (from > ends[1]) from = ends[0];
  if (from + length - 1 < ends[0]) from = ends[1] - length + 1;
  setPeriod([from, from + length - 1]);
}

function setPlaying(on) {
  clearInterval(playing);
  playing = on ? setInterval(() => moveWindow(1), 1200) : 0;
  const button = byId("play");
  button.textContent = on ? "❚❚" : "▶";
  caption(button, on ? words.pause : words.play);
  if (on) moveWindow(1);
}

// Dragging the window moves it, dragging beside it makes a new one.
function makeDraggable(track) {
  const dayAt = (x) => {
    const box = track.getBoundingClientRect();
    return Math.floor(ends[0] + ((x - box.left) / box.width) * (ends[1] + 1 - ends[0]));
  };
  const within = (day) => Math.min(ends[1], Math.max(ends[0], day));
  track.addEventListener("pointerdown", (press) => {
    if (press.target.matches("input")) return;
    const start = dayAt(press.clientX);
    const held = period && start >= period[0] && start <= period[1] ? [...period] : null;
    track.setPointerCapture(press.pointerId);
    const drag = (move) => {
      const by = dayAt(move.clientX) - start;
      if (!held) return by && setPeriod([within(Math.min(start, start + by)), within(Math.max(start, start + by))]);
      const shift = Math.min(Math.max(by, ends[0] - held[0]), ends[1] - held[1]);
      return setPeriod([held[0] + shift, held[1] + shift]);
    };
    track.addEventListener("pointermove", drag);
    track.addEventListener("lostpointercapture", () => track.removeEventListener("pointermove", drag), { once: true });
  });
}

function refreshTimeline() {
  if (!ends) return;
  const strip = byId("timeline");
  const [from, to] = period || ends;
  const pane = strip.querySelector(".window");
  pane.hidden = !period;
  const left = Math.min(Math.max(from, ends[0]), ends[1]);
  place(pane, left, Math.max(left, Math.min(to, ends[1]) + 1));
  for (const [node, day] of [[strip.querySelector(".from"), from], [strip.querySelector(".to"), to]]) {
    node.value = node.matches(".to") ? day + 1 : day; // A day lasts until its evening.
    node.setAttribute("aria-valuetext", longDay(day));
  }
  const undated = period ? drawn.filter((event) => inArticle(event) && !event.days).length : 0;
  const write = matchMedia("(max-width: 759px)").matches ? shortDay : longDay;
  const span = from === to ? write(from) : `${write(from)} – ${write(to)}`;
  const remarks = [undated && fill(words.undated, undated), beyond && fill(words.beyond, beyond)].filter(Boolean);
  byId("span").textContent = remarks.length ? `${span} (${remarks.join(", ")})` : span;
  byId("whole").disabled = !period;
  const dated = drawn.filter((event) => event.days);
  if (dated.length > MOST_BARS) fillBins(dated);
  else fillBars(dated);
}

function makeControls() {
  const play = makeButton("▶", () => setPlaying(!playing));
  play.id = "play";
  const whole = makeButton(words.whole_time, () => { setPlaying(false); setPeriod(ends); });
  whole.id = "whole";
  const span = make("output", "span");
  span.id = "span";
  const row = make("div", "controls");
  row.append(
    caption(makeButton("‹", () => moveWindow(-1), "back"), words.earlier),
    caption(play, words.play),
    caption(makeButton("›", () => moveWindow(1), "on-ward"), words.later),
    span, whole,
  );
  return row;
}

// Fewer than three dates are read faster than dragged.
function setUpTimeline() {
  const dated = drawn.filter((event) => event.days);
  if (dated.length < 3) return;
  ends = extentOfStrip(dated);
  if (ends[0] === ends[1]) {
    ends = null;
    return;
  }
  beyond = dated.filter(({ days }) => days[0] < ends[0] || days[1] > ends[1]).length;
  const track = make("div", "track");
  const pane = make("div", "window");
  const bars = make("div", "bars");
  bars.id = "bars";
  track.append(bars, makeTicks(), pane, makeHandle(0), makeHandle(1));
  makeDraggable(track);
  const strip = byId("timeline");
  strip.append(makeControls(), track);
  strip.hidden = false;
  map.invalidateSize({ animate: false });
  refreshTimeline();
}
