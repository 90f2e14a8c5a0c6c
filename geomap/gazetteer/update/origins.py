"""Where dump files come from: a folder, or a server that downloads can go on from after a break."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

DEFAULT_URL = "https://download.geonames.org/export/dump/"
MAX_DOWNLOAD_BYTES = 4_000_000_000
"""allCountries.zip has 0.4 GB, alternateNamesV2.zip 0.2 GB."""

_CHUNK_BYTES = 1 << 18
_ATTEMPTS = 5
_TIMEOUT_S = 60.0
_MARKS = ("ETag", "Last-Modified")
_HEADERS = {"User-Agent": "geomap", "Accept-Encoding": "identity", "Connection": "close"}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_log = logging.getLogger(__name__)

Progress = Callable[[str, int, int | None], None]
"""Called with a file's name, the bytes that are there and the bytes there will be."""


class Origin(Protocol):
    """Where dump files come from."""

    def fetch(self, name: str) -> Path | None:
        """Return a local copy of a file ("alternatenames/SY.zip"), None if there is no such file.

        Raises GazetteerError if it cannot be had whole.
        """

    def discard(self, name: str) -> None:
        """Forget a file that turned out to be damaged, so that it is fetched anew."""

    def list_dated(self, prefix: str, days: list[str]) -> list[str]:
        """Return the names of the daily files ("modifications-2026-11-22.txt"), oldest first."""


def open_origin(place: str, work_folder: Path, progress: Progress | None = None) -> Origin:
    """Return the origin for a folder or an https address. Raises GazetteerError for others."""
    parts = urlsplit(place)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return Server(place, work_folder / "downloads", progress)
    if "://" in place:
        raise GazetteerError(f"{place}: only https addresses and folders can be updated from")
    if not Path(place).is_dir():
        raise GazetteerError(f"{place} is no folder: download the GeoNames files into one")
    return Folder(Path(place))


class Folder:
    """Dump files that the user has downloaded; ``.txt`` files may be unpacked already."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetch(self, name: str) -> Path | None:
        """Return the file, packed or not."""
        packed = self._folder / name
        for path in (packed, packed.with_suffix(".txt")):
            if path.is_file():
                return path
        return None

    def discard(self, name: str) -> None:
        """Leave the user's files alone."""

    def list_dated(self, prefix: str, days: list[str]) -> list[str]:
        """Return all daily files in the folder, whatever their day."""
        dated = f"{prefix}-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].txt"
        return sorted(path.name for path in self._folder.glob(dated))


class Server:
    """Dump files on a server. An interrupted download goes on where it stopped.

    The part that is there is only added to if the server says (by ETag or date) that the file is
    still the same one; otherwise it begins anew.
    """

    def __init__(self, url: str, folder: Path, progress: Progress | None = None) -> None:
        self._url = url if url.endswith("/") else f"{url}/"
        self._folder = folder
        self._progress = progress or (lambda name, done, total: None)
        self._pool: PoolManager | None = None
        self.pause_s = 1.0

    def list_dated(self, prefix: str, days: list[str]) -> list[str]:
        """Return the names for the days asked for: GeoNames keeps only the last two."""
        return [f"{prefix}-{day}.txt" for day in days]

    def fetch(self, name: str) -> Path | None:
        """Download a file, or what is missing of it; raises GazetteerError after five attempts."""
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        reason = ""
        for attempt in range(_ATTEMPTS):
            if attempt:
                _log.info("%s: %s; going on", name, reason)
                time.sleep(self.pause_s * attempt)
            try:
                return self._attempt(name, target)
            except _BrokenOffError as error:
                reason = str(error)
        raise GazetteerError(
            f"{self._url}{name}: {reason}; what has arrived is kept, run the update again to go on"
        )

    def discard(self, name: str) -> None:
        """Forget a damaged download."""
        (self._folder / name).unlink(missing_ok=True)

    def _attempt(self, name: str, target: Path) -> Path | None:
        part = target.with_name(f"{target.name}.part")
        known = _read_facts(target)
        if known and (target.exists() or _size(part) == known["bytes"]):
            if self._is_unchanged(name, known):
                return target if target.exists() else part.replace(target)
            part.unlink(missing_ok=True)
        start = _size(part) if known else 0
        response = self._request("GET", name, _resume_headers(start, known))
        try:
            if response.status == 404:
                return None
            if response.status == 416:
                part.unlink(missing_ok=True)
                raise _BrokenOffError("the file has changed")
            if response.status not in (200, 206):
                raise GazetteerError(
                    f"{self._url}{name}: the server answered {response.status}; nothing was changed"
                )
            self._receive(name, response, target, known if response.status == 206 else None)
        finally:
            response.close()
        return part.replace(target)

    def _receive(
        self, name: str, response: BaseHTTPResponse, target: Path, known: dict[str, Any] | None
    ) -> None:
        """Write an answer; ``known`` is what the part came from that it goes on with."""
        part = target.with_name(f"{target.name}.part")
        start = _size(part) if known else 0
        total = _total_bytes(response, start)
        limit = MAX_DOWNLOAD_BYTES if total is None else total
        if limit > MAX_DOWNLOAD_BYTES:
            raise GazetteerError(f"{self._url}{name}: {total} bytes are refused as too many")
        if known and known["bytes"] != total:
            part.unlink()
            raise _BrokenOffError(
                f"{start} of {known['bytes']} bytes arrived, now {total} are said"
            )
        _write_facts(target, response, total)
        done = start
        with part.open("ab" if start else "wb") as stream:
            for chunk in _chunks(response):
                done += len(chunk)
                if done > limit:
                    break
                stream.write(chunk)
                self._progress(name, done, total)
        if done > limit:
            part.unlink()
        if done != total and (total is not None or done > limit):
            raise _BrokenOffError(f"{done} of {total} bytes arrived")

    def _is_unchanged(self, name: str, known: dict[str, Any]) -> bool:
        response = self._request("HEAD", name, {})
        marks = {key: response.headers.get(key) for key in _MARKS}
        same = any(marks.values()) and marks == {key: known[key] for key in _MARKS}
        response.close()
        return response.status == 200 and same

    def _request(self, method: str, name: str, headers: dict[str, str]) -> BaseHTTPResponse:
        import urllib3

        if self._pool is None:
            timeout = urllib3.Timeout(connect=15.0, read=_TIMEOUT_S)
            self._pool = urllib3.PoolManager(timeout=timeout, retries=False)
        headers = _HEADERS | headers
        try:
            return self._pool.request(
                method,
                f"{self._url}{name}",
                headers=headers,
                preload_content=False,
                redirect=False,
                enforce_content_length=False,
            )
        except urllib3.exceptions.HTTPError as error:
            raise _BrokenOffError(f"no connection ({type(error).__name__})") from error


class _BrokenOffError(Exception):
    """A download stopped early; it may be tried again."""


def _chunks(response: BaseHTTPResponse) -> Iterator[bytes]:
    import urllib3

    try:
        yield from response.stream(_CHUNK_BYTES, decode_content=False)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _BrokenOffError(f"the connection broke ({type(error).__name__})") from error


def _resume_headers(start: int, known: dict[str, Any] | None) -> dict[str, str]:
    """Ask for the rest, on condition that the file is the one the part came from."""
    if not start or known is None:
        return {}
    mark = known["ETag"] or known["Last-Modified"]
    if not mark or mark.startswith("W/"):
        return {}
    return {"Range": f"bytes={start}-", "If-Range": mark}


def _total_bytes(response: BaseHTTPResponse, start: int) -> int | None:
    if response.status == 206:
        span = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", response.headers.get("Content-Range", ""))
        if span is None or int(span[1]) != start:
            raise _BrokenOffError("the server sent another part than asked for")
        return int(span[2])
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdigit() else None


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _facts_path(target: Path) -> Path:
    return target.with_name(f"{target.name}.json")


def _write_facts(target: Path, response: BaseHTTPResponse, total: int | None) -> None:
    facts = {key: response.headers.get(key) for key in _MARKS} | {"bytes": total}
    _facts_path(target).write_text(json.dumps(facts), encoding="utf-8")


def _read_facts(target: Path) -> dict[str, Any] | None:
    """Return what the server said of the file begun last time: its marks and its size in bytes."""
    try:
        facts = json.loads(_facts_path(target).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return facts if isinstance(facts, dict) and set(facts) == {*_MARKS, "bytes"} else None
