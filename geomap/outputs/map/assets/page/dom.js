// Elements are made from tag, class and text only: no string of an article is ever read as HTML.
const given = JSON.parse(document.getElementById("data").textContent);
const data = given.packed ? JSON.parse(await (await unpack(given.packed)).text()) : given;
const words = data.strings;
const root = document.documentElement;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const byId = (id) => document.getElementById(id);
const count = (n) => (typeof n === "number" ? n.toLocaleString(data.lang === "de" ? "de" : "en-GB") : n);
const fill = (template, n, all) => template.replace("{n}", count(n)).replace("{all}", count(all));
const announce = (text) => { byId("status").textContent = text; };

// What is packed into the page: gzip in base64.
async function unpack(packed) {
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i); // Uint8Array.from takes a second.
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).blob();
}

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text != null) node.textContent = text;
  return node;
}

// Text of an article in its own direction.
function makeOwn(tag, className, text) {
  const node = make(tag, className, text);
  node.dir = "auto";
  return node;
}

function makeButton(text, act, className) {
  const button = make("button", className, text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

function caption(node, text) {
  node.title = text;
  node.setAttribute("aria-label", text);
  return node;
}

function draw(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const ours = (key) => window[data.names[key]];
const map = ours("map");
const cluster = ours("cluster");
const areas = ours("areas");
