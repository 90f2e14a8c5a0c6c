"""Parts of an archive: records as compressed JSON Lines, or as tables of GeoParquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from geomap.outputs.vector import export_unplaced
from geomap.records import ArticleRecord

PartFormat = Literal["jsonl.zst", "geoparquet"]
PART_NAME = r"(?:(?:articles|toponyms|events)/)?part-\d{6,}\.(?:jsonl\.zst|parquet)"
PART_FORMATS: tuple[PartFormat, ...] = ("jsonl.zst", "geoparquet")

_LEVEL = 6
_ARTICLE_TEXTS = ("id", "lang", "published", "title", "text")
_SOURCE_TEXTS = ("url", "publisher", "author", "retrieved", "archive_url", "sha256")


def part_names(number: int, fmt: PartFormat) -> list[str]:
    """Return the names of a part's files, relative to the folder of the archive."""
    if fmt == "jsonl.zst":
        return [f"part-{number:06d}.jsonl.zst"]
    return [f"{table}/part-{number:06d}.parquet" for table in _TABLES]


def find_parts(folder: Path) -> Iterator[Path]:
    """Yield the files of parts, of either form, that lie in the folder of an archive."""
    for fmt in PART_FORMATS:
        for name in part_names(1, fmt):
            yield from folder.glob(name.replace("000001", "??????"))


def write_part(records: Sequence[ArticleRecord], paths: Sequence[Path], fmt: PartFormat) -> None:
    """Write a part to ``paths``, in the order of ``part_names``; same records, same bytes.

    Raises OutputError, or OSError where the disk refuses.
    """
    if fmt == "jsonl.zst":
        _write_lines(records, paths[0])
        return
    for path, write in zip(paths, _TABLES.values(), strict=True):
        write(records, path)


def _write_lines(records: Sequence[ArticleRecord], path: Path) -> None:
    from zstandard import ZstdCompressor

    compressor = ZstdCompressor(level=_LEVEL, write_checksum=True)
    with path.open("wb") as raw, compressor.stream_writer(raw, closefd=False) as stream:
        for record in records:
            stream.write(record.to_json().encode("utf-8") + b"\n")


def _write_articles(records: Sequence[ArticleRecord], path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    texts = (*_ARTICLE_TEXTS, *_SOURCE_TEXTS, "focus_country", "diagnostics", *_MADE_BY)
    columns = [*((name, pa.string()) for name in texts), *((n, pa.int64()) for n in _COUNTS)]
    rows = [_article_row(record) for record in records]
    parquet.write_table(pa.Table.from_pylist(rows, schema=pa.schema(columns)), path)


_MADE_BY = ("geomap", "model", "gazetteer")
_COUNTS = ("toponyms", "events")


def _article_row(record: ArticleRecord) -> dict[str, Any]:
    return {
        **{name: getattr(record, name) for name in _ARTICLE_TEXTS},
        **record.source.model_dump(),
        **record.made_by.model_dump(),
        "focus_country": record.focus_country,
        "diagnostics": "; ".join(record.diagnostics) or None,
        "toponyms": len(record.toponyms),
        "events": len(record.events),
    }


def _write_toponyms(records: Sequence[ArticleRecord], path: Path) -> None:
    export_unplaced(records, path, toponyms=True)


def _write_events(records: Sequence[ArticleRecord], path: Path) -> None:
    export_unplaced(records, path, toponyms=False)


_TABLES: dict[str, Callable[[Sequence[ArticleRecord], Path], None]] = {
    "articles": _write_articles,
    "toponyms": _write_toponyms,
    "events": _write_events,
}
