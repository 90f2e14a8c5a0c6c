"""Rebuild the vendored browser libraries: a maintainer's program, never run by users.

::

    npm install leaflet@1.9.4 leaflet.markercluster@1.5.3
    python -m geomap.outputs.map.vendor node_modules

Copies scripts, style sheets, pictures and licences into ``assets/vendor`` and writes
``assets/manifest.json``: per asset the name folium knows it by, package, version, licence and
SHA-256. A copied file whose hash no longer fits is refused when a map is made.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).parent / "assets"

# folium's name of an asset → package, path inside it.
LINKED = {
    "leaflet": ("leaflet", "dist/leaflet.js"),
    "leaflet_css": ("leaflet", "dist/leaflet.css"),
    "markerclusterjs": ("leaflet.markercluster", "dist/leaflet.markercluster.js"),
    "markerclustercss": ("leaflet.markercluster", "dist/MarkerCluster.css"),
}
# What the style sheets refer to by url(), and the licences.
OTHERS = (
    ("leaflet", "dist/images/layers.png"),
    ("leaflet", "dist/images/layers-2x.png"),
    ("leaflet", "dist/images/marker-icon.png"),
    ("leaflet", "LICENSE"),
    ("leaflet.markercluster", "MIT-LICENCE.txt"),
)
LICENCES = {"leaflet": "BSD-2-Clause", "leaflet.markercluster": "MIT"}


def copy(modules: Path, package: str, path: str) -> dict[str, Any]:
    """Copy one file; return its line of the manifest."""
    content = (modules / package / path).read_bytes()
    target = ASSETS / "vendor" / package / Path(path).name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return {
        "file": f"vendor/{package}/{target.name}",
        "package": package,
        "version": json.loads((modules / package / "package.json").read_text())["version"],
        "licence": LICENCES[package],
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def main() -> None:
    """Copy all, write the manifest."""
    modules = Path(sys.argv[1])
    linked = {name: copy(modules, *source) for name, source in LINKED.items()}
    others = [copy(modules, *source) for source in OTHERS]
    manifest = {"linked": linked, "others": others}
    text = json.dumps(manifest, indent=2) + "\n"
    (ASSETS / "manifest.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
