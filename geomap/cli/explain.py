"""``geomap explain``: what was considered for each toponym, and why it was decided so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from geomap.cli import options
from geomap.cli.messages import printable
from geomap.cli.sources import Failures, iter_parsed

if TYPE_CHECKING:
    from geomap.models import Candidate, GeoparsedArticle, Resolution, RoleDecision


@click.command(epilog="Example: geomap explain article.txt --only Tripolis")
@options.inputs
@click.option("--only", metavar="NAME", help="Explain only toponyms that contain NAME.")
@options.parsing
def explain(inputs: tuple[str, ...], only: str | None, **chosen: Any) -> None:
    """Tell for each toponym what was considered, what was chosen and why."""
    settings = options.make_settings(**chosen)
    failures = Failures()
    done = 0
    for parsed in iter_parsed(inputs, settings, failures, to_stdout=True):
        for line in explain_article(parsed, only):
            click.echo(printable(line))
        done += 1
    failures.exit(anything_done=done > 0)


def explain_article(parsed: GeoparsedArticle, only: str | None = None) -> Iterator[str]:
    """Yield the explanation of an article, line by line."""
    article = parsed.article
    yield f"{article.id} ({article.lang}, {len(parsed.resolutions)} toponyms)"
    for resolution, role in zip(parsed.resolutions, parsed.roles, strict=True):
        if only is None or only.casefold() in resolution.toponym.text.casefold():
            yield from _explain_toponym(resolution, role)


def _explain_toponym(resolution: Resolution, role: RoleDecision) -> Iterator[str]:
    toponym, place = resolution.toponym, resolution.place
    yield ""
    head = f"{toponym.text} [{toponym.start}–{toponym.end}]"
    if place is None:
        yield f"{head}: not resolved"
    else:
        within = ", ".join(part for part in (place.admin1, place.country) if part)
        yield (
            f"{head}: {place.name} ({within or 'no country'}) {place.lat:.4f}, {place.lon:.4f}"
            f"  {place.feature_class}/{place.feature_code}  confidence {resolution.confidence:.2f}"
        )
    yield f"  name: score {toponym.score:.2f} [{toponym.found_by}]"
    yield f"  why:  {resolution.reason} [{resolution.method}]"
    yield f"  role: {role.role} [{role.evidence}]"
    for candidate in resolution.alternatives:
        yield f"  also: {_describe(candidate)}"


def _describe(candidate: Candidate) -> str:
    place = candidate.place
    within = ", ".join(part for part in (place.admin1, place.country) if part)
    telling = " ".join(f"{name}={value:g}" for name, value in candidate.features if value)
    return (
        f"{place.name} ({within or 'no country'}) {place.feature_class}/{place.feature_code}"
        f"  {candidate.score:.2f}  {telling}"
    )
