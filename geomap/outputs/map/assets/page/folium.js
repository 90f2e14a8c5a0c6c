// What objects added in Python expect: jQuery's way to make a popup, and a pin for markers.
// The policy allows no style attributes, which folium gives the boxes of popups.
window.$ = (html) => {
  const { body } = new DOMParser().parseFromString(html.replace(/ style="[^"]*"/g, ""), "text/html");
  return body.children;
};
L.Icon.Default.prototype._getIconUrl = (name) => {
  if (name !== "icon") return null;
  const probe = document.body.appendChild(document.createElement("div"));
  probe.className = "leaflet-default-icon-path";
  const url = getComputedStyle(probe).backgroundImage.slice(5, -2);
  probe.remove();
  return url;
};

// folium declares its layer control where no other script sees it.
const makeLayerControl = L.control.layers;
L.control.layers = (...given) => (L.control.layers.made = makeLayerControl(...given));
