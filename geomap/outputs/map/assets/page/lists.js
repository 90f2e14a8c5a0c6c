// The panel beside the map: text and lists, linked with the map both ways.
function textPlace(id) {
  const anchor = byId(`m-${id}`);
  return (anchor && anchor.nextElementSibling) || document.querySelector(`#texts [data-c~="${id}"]`);
}

function scrollPanel(node) {
  const panel = byId("panel");
  const at = node.getBoundingClientRect().top - panel.getBoundingClientRect().top;
  panel.scrollTo({ top: panel.scrollTop + at - panel.clientHeight * 0.4, behavior: calm ? "auto" : "smooth" });
}

function openAround(node) {
  const closed = node.closest("details:not([open])");
  if (closed && byId("texts").contains(closed)) closed.open = true;
}

function showInText(event, focus) {
  if (data.archive) turnTo(event);
  const entry = byId(`ev-${event.id}`);
  const row = byId(`row-${event.id}`);
  if (focus) showTable(false);
  openAround(entry);
  const place = (event.mode && textPlace(event.id)) || entry;
  entry.classList.add("on");
  for (const node of document.querySelectorAll(`#panel [data-ev~="${event.id}"]`)) node.classList.add("on");
  for (const node of document.querySelectorAll(`#panel [data-c~="${event.id}"]`)) node.classList.add("on");
  if (row) row.classList.add("on");
  scrollPanel(row && !byId("table").hidden ? row : place);
  if (focus) (place.matches("a") ? place : entry.querySelector("a")).focus({ preventScroll: true });
}

function showMention(id) {
  const place = byId(id);
  for (const node of document.querySelectorAll("#texts .on")) node.classList.remove("on");
  place.classList.add("on");
  scrollPanel(place);
}

// In a list of sources only those stay that have something to show.
function refreshArticles() {
  if (data.archive) return;
  const told = new Set(data.events.filter(isShown).map((event) => event.article));
  data.articles.forEach((_, number) => {
    const chosen = article === null ? !isFiltered() || told.has(number) : article === number;
    byId(`article-${number}`).hidden = data.articles.length > 1 && !chosen;
  });
}

function refreshLists() {
  refreshArticles();
  const shown = drawn.filter(isShown).length;
  const all = drawn.filter(inArticle).length;
  const text = fill(words.shown, shown, all);
  if (data.archive) {
    leaf = 0;
    refreshEntries();
  } else for (const event of data.events) byId(`ev-${event.id}`).hidden = !isShown(event);
  for (const item of document.querySelectorAll(".off li:not(.undrawn)")) {
    item.hidden = query.length > 0 && !matches(plain(item.textContent));
  }
  byId("shown").hidden = !isFiltered();
  byId("shown").firstElementChild.textContent = text;
  announce(isFiltered() ? text : "");
}

function followLink(click) {
  const mention = click.target.closest("a.to-text");
  const link = click.target.closest("a[data-ev]");
  if (mention || link) click.preventDefault();
  if (mention) showMention(mention.hash.slice(1));
  if (!link) return;
  const ids = link.dataset.ev.split(" ");
  origin = link;
  byKeyboard = click.detail === 0;
  select(ids[(ids.indexOf(chosen) + 1) % ids.length]);
}

function drawEntries(article) {
  for (const node of article.querySelectorAll(".events > li")) {
    const event = events.get(node.id.slice(3));
    const letter = node.querySelector("span.glyph");
    node.dataset.number = event.number;
    if (letter) letter.replaceWith(drawGlyph(event, null));
  }
}

function setUpLists() {
  if (data.archive) refreshEntries();
  byId("panel").addEventListener("click", followLink);
  for (const node of document.querySelectorAll(".article")) {
    const details = node.querySelector("details");
    if (!details || details.open) drawEntries(node);
    else details.addEventListener("toggle", () => drawEntries(node), { once: true });
  }
}

function showArticle(number) {
  article = number;
  if (number !== null) byId(`article-${number}`).querySelector("details").open = true;
  byId("chooser").value = number === null ? "" : number;
}

function setUpChooser() {
  const chooser = byId("chooser");
  if (!chooser) return;
  chooser.addEventListener("change", () => {
    showArticle(chooser.value === "" ? null : Number(chooser.value));
    refresh();
    byId("panel").scrollTop = 0;
    fitTo(article === null ? data.bounds : data.articles[article].bounds);
  });
}
