"""``python -m geomap.gazetteer.build``: download, check, build, pack."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from geomap.gazetteer.build.assembly import assemble
from geomap.gazetteer.build.draft import Draft
from geomap.gazetteer.build.excerpt import keep_excerpt
from geomap.gazetteer.build.packing import pack
from geomap.gazetteer.build.sources import Cache
from geomap.gazetteer.build.writer import write_draft

_ROOT = Path(__file__).parents[3]
VERSION = "2026.11"
EXCERPT_COUNTRIES = "SY,UA,SD,PS,JO,LB,IL,IQ,EG,XK,RS,GE,AZ,AM,CY,MD,EH,SS,TR"


def main() -> None:
    """Build the gazetteer and pack it into the package's data folder."""
    parser = argparse.ArgumentParser(prog="python -m geomap.gazetteer.build", description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="folder for the packages")
    parser.add_argument("--curated", type=Path, default=_ROOT / "gazetteer")
    parser.add_argument("--data", type=Path, default=_ROOT / "geomap" / "gazetteer" / "data")
    parser.add_argument("--excerpt", type=Path, help="also pack a small excerpt into this folder")
    parser.add_argument("--only", default=EXCERPT_COUNTRIES, help="countries of the excerpt")
    options = parser.parse_args()
    draft = assemble(Cache(options.cache), options.curated)
    _write(draft, options.data, VERSION)
    if options.excerpt:
        keep_excerpt(draft, frozenset(options.only.split(",")))
        _write(draft, options.excerpt, f"{VERSION}-excerpt")


def _write(draft: Draft, data: Path, version: str) -> None:
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        unpacked = Path(folder) / "gazetteer.sqlite"
        write_draft(draft, unpacked, version=version)
        pack(unpacked, data, version=version)


if __name__ == "__main__":
    main()
