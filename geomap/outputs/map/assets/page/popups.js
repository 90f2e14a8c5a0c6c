function quote(event) {
  const [before, name, after] = event.quote;
  const block = make("blockquote");
  block.dir = "auto";
  block.append(before);
  if (name) block.append(make("mark", "", name));
  block.append(after);
  return block;
}

function rows(event) {
  const list = make("dl");
  for (const [term, text] of event.rows) {
    const value = make("dd", "", text);
    value.dir = "auto";
    list.append(make("dt", "", term), value);
  }
  return list;
}

function popupHead(event) {
  const title = make(event.disputed ? "s" : "strong", "popup-title", event.title);
  title.dir = "auto";
  const kind = make("p", `popup-kind k-${event.kind}`, data.kinds[event.kind].name);
  for (const text of event.badges) {
    const badge = make("span", "badge", text);
    badge.dir = "auto";
    kind.append(" ", badge);
  }
  return [title, kind];
}

function popupFoot(event) {
  const foot = make("p", "popup-foot");
  const show = make("button", "", words.show_in_text);
  show.type = "button";
  show.addEventListener("click", () => showInText(event, true));
  const link = make("a", "", words.permalink);
  link.href = `#${event.id}`;
  foot.append(show, link);
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
