"""``geomap geocode-cache``: what geocoding services answered and geomap remembers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from geomap.errors import GeocodingError

if TYPE_CHECKING:
    from geomap.resolution.geocoding.cache import AnswerCache, ProviderStats


@click.group("geocode-cache")
def geocode_cache() -> None:
    """Tell or forget what geocoding services answered.

    \b
    Example: geomap geocode-cache stats
    """


@contextmanager
def _opened() -> Iterator[AnswerCache]:
    from geomap.resolution.geocoding.cache import ENVIRONMENT_VARIABLE, AnswerCache, cache_path

    cache = AnswerCache(cache_path())
    try:
        yield cache
    except (OSError, sqlite3.Error) as error:
        message = (
            f"the cache {cache.path} cannot be used ({error}); geomap geocode-cache clear makes it"
            f" anew, {ENVIRONMENT_VARIABLE} names another"
        )
        raise GeocodingError(message, provider="") from error


@geocode_cache.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def stats(as_json: bool) -> None:
    """Tell how many answers are kept, of which service, how old and where.

    \b
    Example: geomap geocode-cache stats --json
    """
    with _opened() as cache:
        providers = [_row(stats) for stats in cache.stats()]
        size = cache.path.stat().st_size if cache.path.exists() else 0
    if as_json:
        content = {"path": str(cache.path), "bytes": size, "providers": providers}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    for row in providers:
        click.echo(
            f"{row['provider']} ({row['server']}): {row['entries']} answer(s), {row['empty']} of"
            f" them empty, from {row['oldest']} to {row['newest']}"
        )
    click.echo(f"{cache.path}: {sum(row['entries'] for row in providers)} answer(s), {size} bytes")


@geocode_cache.command()
@click.option("--provider", metavar="NAME", help="Only the answers of this service.")
@click.option(
    "--older-than",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="DAYS",
    help="Only answers that are older.",
)
@click.option("--yes", is_flag=True, help="Do not ask back.")
def clear(provider: str | None, older_than: float, yes: bool) -> None:
    """Forget answers: all, or those of one service, or the old ones.

    \b
    Example: geomap geocode-cache clear --provider photon --older-than 90 --yes
    """
    with _opened() as cache:
        if provider:
            _check_provider(cache, provider)
        which = f" of {provider}" if provider else ""
        age = f" older than {older_than:g} days" if older_than else ""
        if not yes:
            click.confirm(f"Forget all answers{which}{age} in {cache.path}?", abort=True, err=True)
        count = cache.clear(provider.lower() if provider else None, older_than)
    click.echo(f"{count} answer(s) forgotten")


def _check_provider(cache: AnswerCache, provider: str) -> None:
    kept = sorted({stats.provider for stats in cache.stats()})
    if provider.lower() not in kept:
        there = f"there are answers of {', '.join(kept)}" if kept else "it is empty"
        raise click.UsageError(f"nothing of {provider!r} is in {cache.path}: {there}")


def _row(stats: ProviderStats) -> dict[str, Any]:
    days = {
        key: datetime.fromtimestamp(getattr(stats, key), UTC).isoformat(timespec="seconds")
        for key in ("oldest", "newest")
    }
    return asdict(stats) | days
