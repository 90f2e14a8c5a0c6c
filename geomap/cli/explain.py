"""``geomap explain``: what was considered for each toponym, and why it was decided so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from geomap.cli import options
from geomap.cli.messages import printable
from geomap.cli.sources import Failures, iter_parsed

if TYPE_CHECKING:
    from geomap.models import Candidate, GeoparsedArticle, Place, Resolution, RoleDecision

_TELLING = 0.3


@click.command(epilog="Example: geomap explain article.txt --toponym Tripolis")
@options.inputs
@click.option("--toponym", metavar="NAME", help="Explain only toponyms that contain NAME.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an article and line.")
@options.parsing
def explain(inputs: tuple[str, ...], toponym: str | None, as_json: bool, **chosen: Any) -> None:
    """Tell for each toponym what was considered, what was chosen and why.

    Behind each candidate stand its confidence and what each piece of evidence adds to its score, in
    log-odds (docs/resolution.md explains their names).
    """
    settings = options.make_settings(**chosen)
    failures = Failures()
    done = 0
    named = False
    for parsed in iter_parsed(inputs, settings, failures, to_stdout=True):
        named = named or any(True for _ in _chosen(parsed, toponym))
        if as_json:
            click.echo(json.dumps(explanation(parsed, toponym), ensure_ascii=False))
        else:
            for line in explain_article(parsed, toponym):
                click.echo(printable(line))
        done += 1
    if done and toponym and not named:
        raise click.ClickException(f"no toponym contains {toponym!r}")
    failures.exit(anything_done=done > 0)


def explanation(parsed: GeoparsedArticle, only: str | None = None) -> dict[str, Any]:
    """Return what ``explain_article`` tells as plain data, ready for JSON."""
    toponyms = [_toponym_data(resolution, role) for resolution, role in _chosen(parsed, only)]
    return {"id": parsed.article.id, "lang": parsed.article.lang, "toponyms": toponyms}


def _chosen(
    parsed: GeoparsedArticle, only: str | None
) -> Iterator[tuple[Resolution, RoleDecision]]:
    for resolution, role in zip(parsed.resolutions, parsed.roles, strict=True):
        if only is None or only.casefold() in resolution.toponym.text.casefold():
            yield resolution, role


def _toponym_data(resolution: Resolution, role: RoleDecision) -> dict[str, Any]:
    toponym, place = resolution.toponym, resolution.place
    return {
        "text": toponym.text,
        "start": toponym.start,
        "end": toponym.end,
        "score": round(toponym.score, 3),
        "found_by": toponym.found_by,
        "role": role.role,
        "role_evidence": role.evidence,
        "place": place and _place_data(place) | {"contributions": dict(resolution.features)},
        "confidence": round(resolution.confidence, 3),
        "method": resolution.method,
        "reason": resolution.reason,
        "alternatives": [_candidate_data(candidate) for candidate in resolution.alternatives],
    }


def _candidate_data(candidate: Candidate) -> dict[str, Any]:
    return _place_data(candidate.place) | {
        "matched_name": candidate.matched_name,
        "match": candidate.match_kind,
        "confidence": round(candidate.score, 3),
        "contributions": dict(candidate.features),
    }


def _place_data(place: Place) -> dict[str, Any]:
    return {
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "feature": f"{place.feature_class}/{place.feature_code}",
        "geonameid": place.geonameid,
    }


def explain_article(parsed: GeoparsedArticle, only: str | None = None) -> Iterator[str]:
    """Yield the explanation of an article, line by line."""
    article = parsed.article
    yield f"{article.id} ({article.lang}, {len(parsed.resolutions)} toponyms)"
    for resolution, role in _chosen(parsed, only):
        yield from _explain_toponym(resolution, role)


def _explain_toponym(resolution: Resolution, role: RoleDecision) -> Iterator[str]:
    toponym, place = resolution.toponym, resolution.place
    yield ""
    head = f"{toponym.text} [{toponym.start}–{toponym.end}]"
    if place is None:
        yield f"{head}: not resolved"
    else:
        yield (
            f"{head}: {_where(place)} {place.lat:.4f}, {place.lon:.4f}"
            f"  {place.feature_class}/{place.feature_code}  confidence {resolution.confidence:.2f}"
        )
    yield f"  name: score {toponym.score:.2f} [{toponym.found_by}]"
    yield f"  why:  {resolution.reason} [{resolution.method}]"
    yield f"  role: {role.role} [{role.evidence}]"
    if resolution.features:
        yield f"  for:  {_evidence(resolution.features)}"
    for candidate in resolution.alternatives:
        place = candidate.place
        yield (
            f"  also: {_where(place)} {place.feature_class}/{place.feature_code}"
            f"  {candidate.score:.2f}  {_evidence(candidate.features)}"
        )


def _where(place: Place) -> str:
    within = ", ".join(part for part in (place.admin1, place.country) if part)
    return f"{place.name} ({within or 'no country'})"


def _evidence(features: tuple[tuple[str, float], ...]) -> str:
    """Put the telling contributions into words, the weightiest first."""
    weighty = sorted(features, key=lambda item: -abs(item[1]))
    return " ".join(f"{name} {value:+.1f}" for name, value in weighty if abs(value) >= _TELLING)
