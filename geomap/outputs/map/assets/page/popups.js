function quote(event) {
  const [before, name, after] = event.quote;
  const block = makeOwn("blockquote");
  block.lang = data.articles[event.article].lang;
  block.append(before);
  if (name) block.append(make("mark", "", name));
  block.append(after);
  return block;
}

function rows(event) {
  const list = make("dl");
  for (const [key, text] of Object.entries(event.rows)) {
    list.append(make("dt", "", words[key]), makeOwn("dd", "", text));
  }
  const told = sourceOf(event);
  if (told.hasChildNodes()) list.append(make("dt", "", words.source), told);
  return list;
}

// Of several articles, which one it is.
function sourceOf(event) {
  const article = data.articles[event.article];
  const told = makeSource(article);
  if (data.articles.length < 2) return told;
  if (told.hasChildNodes()) told.prepend(" · ");
  told.prepend(make("bdi", "", article.title));
  return told;
}

function makeSource({ source, url, host }) {
  const value = makeOwn("dd", "", source);
  if (!url) return value;
  const link = make("a", "", host);
  link.href = url;
  link.rel = "noreferrer noopener";
  value.append(source ? " · " : "", link);
  return value;
}

function popupHead(event) {
  const title = makeOwn(event.disputed ? "s" : "strong", "popup-title", event.title);
  const kind = make("p", `popup-kind k-${event.kind}`, data.kinds[event.kind].name);
  for (const text of event.badges ?? []) kind.append(" ", makeOwn("span", "badge", text));
  return [...makePager(event), title, kind];
}

// Leafs through the events of one place.
function makePager(event) {
  const group = sharing(event);
  if (group.length < 2) return [];
  const pager = make("p", "pager");
  const leaf = (sign, by, text) => caption(makeButton(sign, () => {
    byKeyboard = true;
    select(nextAt(event, by).id, event.popup.getLatLng());
  }), text);
  pager.append(
    leaf("‹", -1, words.previous),
    make("span", "", `${group.indexOf(event) + 1} / ${group.length}`),
    leaf("›", 1, words.next),
  );
  return [pager];
}

// Files on disk may not use the clipboard in every browser: the older way asks nobody.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", "copying", text);
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

function copyButton(text, content) {
  const button = makeButton(text, async () => {
    const done = await copy(content);
    button.textContent = done ? words.copied : words.copy_failed;
    announce(button.textContent);
    button.focus();
    setTimeout(() => { button.textContent = text; }, 2000);
  });
  return button;
}

function popupFoot(event) {
  const foot = make("p", "popup-foot");
  const link = new URL(`#${event.id}`, location.href).href;
  const quoted = data.lang === "de" ? `„${event.quote.join("")}“` : `“${event.quote.join("")}”`;
  foot.append(
    makeButton(words.show_in_text, () => showInText(event, true)),
    copyButton(words.copy_link, link),
    copyButton(words.copy_citation, `${quoted} – ${data.articles[event.article].citation}`),
  );
  return foot;
}

function makePopup(event) {
  const box = make("div", "popup");
  box.tabIndex = -1;
  box.dataset.event = event.id;
  box.append(...popupHead(event), quote(event), rows(event), popupFoot(event));
  return box;
}

function popupOptions() {
  const small = innerWidth < 760;
  const legend = byId("legend");
  // Popups keep clear of the open legend where there is room for both.
  const beside = legend.open ? legend.offsetWidth + 24 : 60;
  const left = Math.max(10, Math.min(beside, map.getSize().x - 450));
  return {
    maxWidth: Math.min(340, innerWidth - 56),
    minWidth: Math.min(260, innerWidth - 80),
    maxHeight: Math.max(150, map.getSize().y - (small ? 105 : 150)),
    autoPanPaddingTopLeft: small ? [10, 12] : [left, 20],
    autoPanPaddingBottomRight: small ? [10, 30] : [60, 40],
  };
}
