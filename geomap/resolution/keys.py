"""Which mentions of a name mean one place: those of one key are decided together.

A name means one place, unless the words beside a mention ask for another kind of place, put it in
another country, or name a place inside it that lies elsewhere ("Atlanta, Georgia" in an article on
Tbilisi). Ambiguous names are also decided apart in each part of an article, so that two theatres of
war can each have their Tripoli. Mentions of one name still testify for each other: see ``namesake``
in ``evidence``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from geomap.models import Article, Toponym
from geomap.resolution.context import adjective_before, feature_hint, is_at_water, linked_containers
from geomap.resolution.queries import name_forms
from geomap.resolution.slates import KINDS, Slates, contained

_AREAS = (KINDS.index("country"), KINDS.index("admin1"))
_WATER = KINDS.index("water")
_LINE_END = re.compile(r"\n\s*")
_PART_CHARS = 120


class SenseKey(NamedTuple):
    """What the mentions of one sense share.

    ``base`` is the name's base form in lower case, ``hint`` the kind of place that the words beside
    it ask for, ``container`` what the text puts it in ("tunis", "#12" for the country of that
    number) or, with "@", the place that the text puts inside it; ``part`` the part of the article.
    """

    base: str
    hint: str | None = None
    container: str | None = None
    part: int = 0


def make_keys(
    article: Article,
    toponyms: Sequence[Toponym],
    demonyms: Sequence[tuple[int, int]],
    slates: Slates,
) -> list[SenseKey]:
    """Return the toponyms' keys in order; ``demonyms`` are (offset, country number)."""
    adjectives = dict(demonyms)
    bases = [name_forms(toponym.text, article.lang)[-1].casefold() for toponym in toponyms]
    containers: list[str | None] = [None] * len(toponyms)
    for position in range(len(toponyms)):
        stated = _stated_container(article, toponyms, position, adjectives, slates)
        if isinstance(stated, int):
            containers[position] = bases[stated]
            if containers[stated] is None and _names_several_areas(
                slates, toponyms[stated], article
            ):
                containers[stated] = f"@{bases[position]}"
        elif stated:
            containers[position] = stated
    hints = [_hint(article, toponym, slates) for toponym in toponyms]
    parts = list(_parts(article, toponyms, slates))
    keys = map(SenseKey, bases, hints, containers, parts)
    return _with_nearest_container(list(keys))


def _hint(article: Article, toponym: Toponym, slates: Slates) -> str | None:
    hint = feature_hint(article.text, toponym, article.lang)
    if hint is None and is_at_water(article.text, toponym, article.lang):
        slate = slates.slate(toponym.text, article.lang, False)
        return "water" if _WATER in slate.kinds else None
    return hint


def _with_nearest_container(keys: list[SenseKey]) -> list[SenseKey]:
    """Return the keys where a mention without a container goes with the nearest that has one."""
    stated: dict[str, list[int]] = {}
    for position, key in enumerate(keys):
        if key.container and not key.container.startswith("@"):
            stated.setdefault(key.base, []).append(position)
    for position, key in enumerate(keys):
        if key.container is None and key.base in stated:
            nearest = min(stated[key.base], key=lambda other: (abs(other - position), other))
            container, part = keys[nearest].container, keys[nearest].part
            keys[position] = key._replace(container=container, part=part)
    return keys


def _stated_container(
    article: Article,
    toponyms: Sequence[Toponym],
    position: int,
    adjectives: Mapping[int, int],
    slates: Slates,
) -> int | str | None:
    """Return what the text puts a place in: a toponym's position, or "#" and a country's number.

    Only if some place of that name lies there.
    """
    text, toponym = article.text, toponyms[position]
    slate = slates.slate(toponym.text, article.lang, False)
    if (country := adjective_before(text, toponym, adjectives)) is not None:
        return f"#{country}" if (slate.countries == country).any() else None
    for other in linked_containers(text, toponyms, position):
        outer = slates.slate(toponyms[other].text, article.lang, False)
        areas = np.isin(outer.kinds, _AREAS)
        if len(outer.candidates) and contained(slate, outer)[:, areas].any():
            return other
    return None


def _names_several_areas(slates: Slates, toponym: Toponym, article: Article) -> bool:
    slate = slates.slate(toponym.text, article.lang, False)
    areas = np.isin(slate.kinds, _AREAS)
    return len(np.unique(slate.countries[areas])) > 1


def _parts(article: Article, toponyms: Sequence[Toponym], slates: Slates) -> Iterator[int]:
    """Yield the number of the part of the article that each ambiguous toponym stands in, else 0."""
    breaks: list[int] = [0]
    for line_end in _LINE_END.finditer(article.text):
        if line_end.end() - breaks[-1] >= _PART_CHARS:
            breaks.append(line_end.end())
    for toponym in toponyms:
        slate = slates.slate(toponym.text, article.lang, False)
        yield bisect_right(breaks, toponym.start) - 1 if slate.is_contested else 0
