// Colour, shape and letter of an event; a 40 × 40 drawing around its middle.
const SHAPES = {
  battle: ["circle", { cx: 20, cy: 20, r: 12 }],
  blast: ["polygon", { points: star(8, 14, 10.5) }],
  civilians: ["polygon", { points: star(3, 13.5, 13.5) }],
  riot: ["polygon", { points: "20,6 34.5,31.5 5.5,31.5" }],
  protest: ["polygon", { points: star(2.5, 14, 14) }],
  strategic: ["polygon", { points: "20,5.5 34.5,20 20,34.5 5.5,20" }],
  meeting: ["rect", { x: 8.5, y: 8.5, width: 23, height: 23, rx: 5 }],
  statement: ["path", { d: "M10 8h20a3 3 0 0 1 3 3v13a3 3 0 0 1-3 3H20l-6 6v-6h-4a3 3 0 0 1-3-3V11a3 3 0 0 1 3-3z" }],
  other: ["rect", { x: 9.5, y: 9.5, width: 21, height: 21, rx: 1 }],
};

function star(pairs, outer, inner) {
  const count = pairs * 2;
  const corners = [];
  for (let i = 0; i < count; i++) {
    const angle = (i / count) * 2 * Math.PI - Math.PI / 2;
    const radius = i % 2 ? inner : outer;
    corners.push(`${(20 + radius * Math.cos(angle)).toFixed(1)},${(20 + radius * Math.sin(angle)).toFixed(1)}`);
  }
  return corners.join(" ");
}

function glyphClass(look) {
  const flags = ["planned", "claim", "disputed"].filter((flag) => look[flag]);
  return ["glyph", `k-${look.kind}`, ...flags].join(" ");
}

// The wedge comes from where the advance comes from; without a heading, a ring says "aimed at".
function drawHeading(look) {
  if (look.heading == null) return draw("circle", { class: "aim", cx: 20, cy: 20, r: 16.5 });
  const wedge = { class: "wedge", d: "M20 6.5 14 -3.5h12z", transform: `rotate(${(look.heading + 180) % 360} 20 20)` };
  return draw("path", wedge);
}

// On paper a sign says which entry of the list it is.
function drawNumbers(numbers) {
  const node = draw("text", { class: "number", x: 20, y: 46 });
  node.textContent = numbers.length > 5 ? `${numbers.slice(0, 4).join(", ")} …` : numbers.join(", ");
  return node;
}

function drawGlyph(look, label) {
  const [tag, attributes] = SHAPES[look.kind];
  const letter = draw("text", { x: 20, y: look.kind === "riot" ? 27.5 : look.kind === "statement" ? 22 : 24.5 });
  letter.textContent = data.kinds[look.kind].letter;
  const parts = [draw(tag, { class: "shape", ...attributes }), letter];
  if (look.approach) parts.unshift(drawHeading(look));
  if (label) parts.push(drawNumbers([look.number]));
  if (look.disputed) parts.push(draw("path", { class: "strike", d: "M7 33 33 7" }));
  const role = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return draw("svg", { viewBox: "0 0 40 40", width: 40, height: 40, class: glyphClass(look), ...role }, ...parts);
}

// A ring with one arc a kind, the number of events inside.
function drawCluster(group) {
  const kinds = new Map();
  for (const marker of group.getAllChildMarkers()) {
    kinds.set(marker.event.kind, (kinds.get(marker.event.kind) || 0) + 1);
  }
  const count = group.getChildCount();
  const round = 2 * Math.PI * 15;
  let turned = 0;
  const arcs = [...kinds].map(([kind, n]) => {
    const share = (n / count) * round;
    const dash = { "stroke-dasharray": `${share} ${round - share}`, "stroke-dashoffset": -turned };
    turned += share;
    return draw("circle", { class: `arc k-${kind}`, cx: 20, cy: 20, r: 15, ...dash });
  });
  const number = draw("text", { class: count > 999 ? "many" : "", x: 20, y: 24.5 });
  number.textContent = count;
  const label = { role: "img", "aria-label": fill(words.cluster, count) };
  const svg = draw("svg", { viewBox: "0 0 40 40", width: 40, height: 40, class: "ring", ...label },
    draw("circle", { class: "core", cx: 20, cy: 20, r: 17.5 }), ...arcs, number, drawNumbers(group.getAllChildMarkers().map((marker) => marker.event.number).sort((a, b) => a - b)));
  return L.divIcon({ html: svg, className: "marker", iconSize: [40, 40] });
}
