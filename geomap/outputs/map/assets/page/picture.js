// The view as a PNG: what is drawn, copied into one SVG with its looks written out, then painted.
const TEXT_LOOKS = ["font-family", "font-size", "font-weight", "font-style", "letter-spacing"];
const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", ...TEXT_LOOKS, "text-anchor"];
const SHARPNESS = 2;
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function takeLooks(from, to) {
  const style = getComputedStyle(from);
  for (const look of LOOKS) to.setAttribute(look, style.getPropertyValue(look));
  [...from.children].forEach((child, i) => takeLooks(child, to.children[i]));
}

function copyDrawing(svg, frame) {
  const box = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true);
  takeLooks(svg, copy);
  copy.removeAttribute("style"); // Where it stands is said below.
  for (const hidden of copy.querySelectorAll(".number")) hidden.remove();
  const place = { x: box.left - frame.left, y: box.top - frame.top, width: box.width, height: box.height, overflow: "visible" };
  for (const [key, value] of Object.entries(place)) copy.setAttribute(key, value);
  return copy;
}

function copyText(node, frame) {
  const box = node.getBoundingClientRect();
  const style = getComputedStyle(node);
  const upper = style.textTransform === "uppercase";
  const text = draw("text", { x: box.left - frame.left, y: box.top - frame.top + box.height * 0.75, fill: style.color });
  text.textContent = (upper ? node.textContent.toLocaleUpperCase() : node.textContent).replace(NOT_XML, "");
  for (const look of TEXT_LOOKS) text.setAttribute(look, style.getPropertyValue(look));
  const land = getComputedStyle(root).getPropertyValue("--land");
  for (const [key, value] of Object.entries({ stroke: land, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" })) text.setAttribute(key, value);
  return text;
}

function copyDot(node, frame) {
  const { left, top } = node.parentNode.getBoundingClientRect();
  const ink = getComputedStyle(node).color;
  return draw("circle", { cx: left - frame.left, cy: top - frame.top, r: 2.4, fill: "none", stroke: ink });
}

function copyView() {
  const box = map.getContainer();
  const frame = box.getBoundingClientRect();
  const view = draw("svg", { xmlns: "http://www.w3.org/2000/svg", width: Math.round(frame.width), height: Math.round(frame.height) });
  view.append(draw("rect", { width: "100%", height: "100%", fill: getComputedStyle(box).backgroundColor }));
  for (const svg of box.querySelectorAll(".leaflet-overlay-pane > svg")) view.append(copyDrawing(svg, frame));
  for (const label of box.querySelectorAll(".label")) view.append(copyText(label, frame));
  for (const label of box.querySelectorAll(".label.city")) view.append(copyDot(label, frame));
  for (const svg of box.querySelectorAll(".marker svg")) view.append(copyDrawing(svg, frame));
  view.append(copyText(box.querySelector(".leaflet-control-attribution"), frame));
  return view;
}

async function paint(view) {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(view))}`;
  await picture.decode();
  const canvas = make("canvas");
  canvas.width = view.getAttribute("width") * SHARPNESS;
  canvas.height = view.getAttribute("height") * SHARPNESS;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}

// Tiles stay out: browsers let no page copy pictures of other hosts.
async function savePicture() {
  const box = map.getContainer();
  const tiled = box.classList.contains("tiled");
  box.classList.remove("tiled");
  const view = copyView();
  box.classList.toggle("tiled", tiled);
  saveAs(await paint(view), "map.png");
}
