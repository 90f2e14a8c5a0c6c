"""``geomap evaluate``: figures against gold annotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geomap.cli import options
from geomap.cli.messages import printable
from geomap.cli.sources import Failures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.evaluation import GoldArticle, Report
    from geomap.records import ArticleRecord
    from geomap.settings import Settings


@click.command(epilog="Example: geomap evaluate gold.jsonl --lang de")
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--predictions",
    type=click.Path(path_type=Path),
    help="Score these records of `geomap parse` instead of parsing the gold texts.",
)
@click.option("--given-spans", is_flag=True, help="Resolve the gold spans, do not recognise.")
@click.option(
    "--candidates",
    is_flag=True,
    help="Only tell how often the right place is among the gazetteer's candidates.",
)
@click.option("--split", metavar="NAME", help="Only articles whose `split` is NAME (held_out).")
@click.option(
    "--exclude-kinds",
    default="",
    metavar="KIND,…",
    help="Neither search for gold toponyms of these kinds, nor count finding them as wrong.",
)
@click.option("--demonyms", is_flag=True, help="Also find demonyms (syrisch, Londoner).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@options.parsing
def evaluate(
    gold: tuple[Path, ...],
    predictions: Path | None,
    given_spans: bool,
    candidates: bool,
    split: str | None,
    exclude_kinds: str,
    demonyms: bool,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Measure recognition, resolution, roles and events against gold annotations.

    Each GOLD is JSON Lines (or one article as .json) in the form that docs/evaluation.md describes.
    With --lang only the articles of that language are scored.
    """
    from geomap.evaluation import evaluate as score
    from geomap.evaluation import read_gold

    settings = options.make_settings(**chosen, given_spans=given_spans, demonyms=demonyms)
    out = frozenset(kind.strip() for kind in exclude_kinds.split(",") if kind.strip())
    read = [article for path in gold for article in read_gold(path, settings.lang, split)]
    articles = [article.leave_out(out) for article in read]
    if out and not any(article.ignored for article in articles):
        raise click.BadParameter(f"no gold toponym is of kind {', '.join(sorted(out))}")
    if candidates:
        click.echo(_candidate_figures(articles, settings, as_json=as_json))
        return
    failures = Failures()
    records = list(
        _read_predictions(predictions, failures)
        if predictions
        else _parse(articles, settings, failures)
    )
    if not records:
        failures.exit(anything_done=False)
    if predictions:
        _refuse_strangers(articles, records, predictions)
    report = score(articles, records)
    click.echo(json.dumps(report.figures(), indent=1) if as_json else _table(report))
    failures.exit(anything_done=True)


def _refuse_strangers(gold: list[GoldArticle], records: list[ArticleRecord], path: Path) -> None:
    """Raise InputError where no record belongs to any gold article: zeros would mislead."""
    from geomap.errors import InputError

    known = {article.id for article in gold}
    if not any(record.id in known for record in records):
        message = "holds no record with the id of a gold article; nothing can be scored"
        raise InputError(message, source=str(path))


def _candidate_figures(articles: list[GoldArticle], settings: Settings, *, as_json: bool) -> str:
    from geomap.evaluation import score_candidates
    from geomap.pipeline import Geoparser

    geoparser = Geoparser(settings)
    bare = (article.article(given_spans=True) for article in articles)
    score = score_candidates(articles, (geoparser.candidates(article) for article in bare))
    if as_json:
        return json.dumps(score.figures(), indent=1)
    cells = "  ".join(f"{name} {_cell(value)}" for name, value in score.figures().items())
    missed = printable(", ".join(score.missed)) or "none"
    return f"candidates  {cells}\nmissed  {missed}"


def _parse(
    articles: list[GoldArticle], settings: Settings, failures: Failures
) -> Iterator[ArticleRecord]:
    from geomap.pipeline import Geoparser
    from geomap.records import record_of

    bare = (article.article(given_spans=settings.given_spans) for article in articles)
    for parsed in Geoparser(settings).parse_many(bare, failures.report):
        yield record_of(parsed)


def _read_predictions(path: Path, failures: Failures) -> Iterator[ArticleRecord]:
    from geomap.articles import read_objects
    from geomap.corrections import make_record
    from geomap.errors import RecordError

    for found in read_objects(str(path), failures.report):
        try:
            yield make_record(found.content, found.source, found.line)
        except RecordError as error:
            failures.report(error)


def _table(report: Report) -> str:
    lines = [f"{report.articles} articles"]
    for group, figures in report.figures().items():
        cells = "  ".join(f"{name} {_cell(value)}" for name, value in figures.items())
        lines.append(f"{group:20}  {cells}")
    return "\n".join(lines)


def _cell(value: float | int | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
