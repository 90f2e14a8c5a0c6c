"""``geomap gazetteer search``: what the gazetteer knows under a name."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geomap.cli import options
from geomap.cli.exits import EXIT_FAILURE, EXIT_SOME_FAILED
from geomap.cli.gazetteer.tables import Point, path_option, show_table

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.gazetteer.search import Filters
    from geomap.models import Candidate, Worldview

_COLUMNS = ("name", "kind", "code", "country", "admin1", "lat", "lon", "population", "id", "match")
_BATCH = 200

Found = list[tuple[str, list["Candidate"]]]


@click.command()
@click.argument("name")
@click.option("--lang", type=click.Choice(["de", "en"]), help="Put names of this language first.")
@click.option("--country", metavar="XX", help="Only places of this country.")
@click.option(
    "--feature", metavar="KIND", help="Only city, water, landmark, admin1 … or GeoNames' P, P/PPLA."
)
@click.option("--near", type=Point(), metavar="LAT,LON", help="Nearest to this point first.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON, one object a line.")
@options.worldview
@path_option
def search(
    name: str,
    lang: str | None,
    country: str | None,
    feature: str | None,
    near: tuple[float, float] | None,
    limit: int,
    as_json: bool,
    worldview: Worldview,
    path: Path | None,
) -> None:
    """Show the places called NAME, most prominent first; "-" reads names from stdin, one a line.

    Spelling variants and romanisations are found too. Where nothing matches, similar names are
    suggested on stderr. Exits with 1 if nothing was found, with 3 if some names were not.

    \b
    Example: geomap gazetteer search Masar-i-Scharif --lang de --limit 3
    """
    from geomap.gazetteer import open_gazetteer
    from geomap.gazetteer.search import Filters, find_places

    filters = Filters(country, feature, near)
    asked = missing = 0
    with open_gazetteer(path, worldview) as store:
        if country and store.country(country.upper()) is None:
            raise click.BadParameter(f"no country has the code {country!r}: name it as in SY")
        for batch in _batches(_names(name)):
            found = [(n, find_places(store, n, filters, lang=lang, limit=limit)) for n in batch]
            _show(store, found, filters, as_json=as_json, many=name == "-")
            asked += len(found)
            missing += sum(not places for _, places in found)
    if missing:
        sys.exit(EXIT_FAILURE if missing == asked else EXIT_SOME_FAILED)


def _names(name: str) -> Iterator[str]:
    if name != "-":
        yield name
        return
    for line in sys.stdin.buffer:
        if text := line.decode("utf-8", "replace").strip():
            yield text


def _batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, _BATCH)):
        yield batch


def _show(store: Gazetteer, found: Found, filters: Filters, *, as_json: bool, many: bool) -> None:
    if as_json:
        for record in _records(store, found, filters):
            click.echo(json.dumps(record, ensure_ascii=False))
    elif rows := [
        ([query] if many else []) + _cells(candidate) + _distance(candidate, filters)
        for query, places in found
        for candidate in places
    ]:
        columns = (("query",) if many else ()) + _COLUMNS + (("km",) if filters.near else ())
        show_table(columns, rows)
    for query, places in found:
        if not places:
            _suggest(store, query, filters)


def _suggest(store: Gazetteer, query: str, filters: Filters) -> None:
    from geomap.gazetteer.search import suggest_names

    if store.is_blocked(query):
        click.echo(f"{query!r} is blocked; geomap gazetteer unblock lifts that", err=True)
        return
    if known := len(store.search(query, None, None)):
        click.echo(f"{query!r}: {known} place(s), but none that fits the filters", err=True)
        return
    click.echo(f"no place called {query!r}", err=True)
    suggestions = suggest_names(store, query, filters)
    for _, candidate in suggestions:
        place = candidate.place
        where = ", ".join(filter(None, (place.admin1, place.country)))
        # What matched by its sound has no spelling of its own to show.
        by_sound = candidate.match_kind == "fold"
        name = place.name if by_sound else f"{candidate.matched_name}? ({place.name}"
        rest = f"? ({where})" if by_sound else f"; {where})"
        click.echo(f"  did you mean {name}{rest}", err=True)
    if not suggestions:
        click.echo("  try another spelling; geomap gazetteer add puts it in", err=True)


def _records(store: Gazetteer, found: Found, filters: Filters) -> Iterable[dict[str, Any]]:
    names = store.names(c.place.id for _, places in found for c in places)
    fields = (
        *("id", "name", "kind", "feature_class", "feature_code", "country", "admin1", "admin2"),
        *("lat", "lon", "radius_km", "population", "geonameid", "wikidata", "source"),
        "importance",
    )
    for query, places in found:
        for rank, candidate in enumerate(places, 1):
            place = candidate.place
            record = {"query": query, "rank": rank} | {f: getattr(place, f) for f in fields}
            record |= {"matched_name": candidate.matched_name, "match_kind": candidate.match_kind}
            record |= {"lang": candidate.lang, "score": candidate.score}
            if (km := filters.distance_km(place)) is not None:
                record["distance_km"] = round(km, 1)
            yield record | {"names": names[place.id]}


def _cells(candidate: Candidate) -> list[str]:
    place = candidate.place
    return [
        place.name,
        place.kind,
        f"{place.feature_class}/{place.feature_code}",
        place.country or "",
        place.admin1 or "",
        f"{place.lat:.4f}",
        f"{place.lon:.4f}",
        str(place.population or ""),
        str(place.id),
        f"{candidate.match_kind}: {candidate.matched_name}",
    ]


def _distance(candidate: Candidate, filters: Filters) -> list[str]:
    km = filters.distance_km(candidate.place)
    return [] if km is None else [f"{km:.0f}"]
