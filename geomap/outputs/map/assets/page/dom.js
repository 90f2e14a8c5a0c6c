// Elements are made from tag, class and text only: no string of an article is ever read as HTML.
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.strings;
const root = document.documentElement;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const byId = (id) => document.getElementById(id);
const fill = (template, n) => template.replace("{n}", n);

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text != null) node.textContent = text;
  return node;
}

function draw(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const named = (name) => window[data.names[name]];
const map = named("map");
const cluster = named("cluster");
const areas = named("areas");
