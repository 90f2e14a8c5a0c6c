"""``python -m geomap.gazetteer.build``: download, check, build, pack."""

from __future__ import annotations

import argparse
from pathlib import Path

from geomap.gazetteer.build.assembly import assemble
from geomap.gazetteer.build.excerpt import keep_excerpt
from geomap.gazetteer.build.packing import pack
from geomap.gazetteer.build.sources import Cache
from geomap.gazetteer.build.writer import write_draft

_ROOT = Path(__file__).parents[3]
VERSION = "2026.11"


def main() -> None:
    """Build the gazetteer and pack it into the package's data folder."""
    parser = argparse.ArgumentParser(prog="python -m geomap.gazetteer.build", description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="folder for the packages")
    parser.add_argument("--curated", type=Path, default=_ROOT / "gazetteer")
    parser.add_argument("--data", type=Path, default=_ROOT / "geomap" / "gazetteer" / "data")
    parser.add_argument("--sqlite", type=Path, help="also keep the unpacked file here")
    parser.add_argument("--only", metavar="CODES", help="countries of a small excerpt: SY,UA,PS")
    options = parser.parse_args()
    draft, disputed = assemble(Cache(options.cache), options.curated)
    version = VERSION
    if options.only:
        keep_excerpt(draft, frozenset(options.only.split(",")))
        version += "-excerpt"
    options.data.mkdir(parents=True, exist_ok=True)
    unpacked = options.sqlite or options.data / "gazetteer.sqlite"
    write_draft(draft, unpacked, version=version, disputed=disputed)
    pack(unpacked, options.data, version=version)
    if not options.sqlite:
        unpacked.unlink()


if __name__ == "__main__":
    main()
