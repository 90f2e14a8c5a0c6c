"""An article's toponyms as senses to be decided, in windows short enough to decide together.

Long articles are cut at paragraphs, so that several theatres of war do not testify for each other
and the cost stays linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geomap.models import Article, Toponym
from geomap.resolution.context import (
    abbreviated_container,
    has_article,
    heading_end,
    is_placed,
    linked_containers,
    listed,
    names_with_kind,
    stated_distance,
)
from geomap.resolution.keys import SenseKey, make_keys
from geomap.resolution.slates import Slate, Slates

_MAX_SENSES = 48
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(slots=True)
class Sense:
    """One name of a window with its candidates and what the text links it to.

    ``containers`` and ``neighbours`` (names in one list with it) are keys of other senses,
    ``stated`` the slates of containers that are no toponyms themselves ("Paris, Tex."),
    ``distances`` how many kilometres from another sense the text puts it, ``country`` the number of
    the one that an adjective names ("im libanesischen Tripolis"), ``articles`` the mentions right
    after an article, ``placed`` those after a preposition of place; ``heads``: the headline or
    dateline names it; ``clashes``: a person or organisation of the article bears the name.
    """

    key: SenseKey
    name: str
    slate: Slate
    positions: list[int] = field(default_factory=list)
    weight: float = 0.0
    containers: set[SenseKey] = field(default_factory=set)
    neighbours: set[SenseKey] = field(default_factory=set)
    stated: list[Slate] = field(default_factory=list)
    distances: dict[SenseKey, float] = field(default_factory=dict)
    country: int | None = None
    articles: int = 0
    placed: int = 0
    heads: bool = False
    clashes: bool = False
    toponyms: list[int] = field(default_factory=list)

    @property
    def speaks(self) -> bool:
        """Whether it is named for its government alone, one that speaks of everywhere.

        That is: Washington or the United States, and nothing is said to be in, at or from there.
        Hundreds of towns there are named after those that it speaks of.
        """
        place = self.slate.candidates[0].place
        return not self.placed and place.country == "US" and place.feature_code in ("PPLC", "PCLI")


@dataclass(frozen=True, slots=True)
class Window:
    """Senses that are decided together; ``demonyms`` are (offset, country number)."""

    senses: tuple[Sense, ...]
    demonyms: tuple[tuple[int, int], ...] = ()


def cut_windows(
    article: Article,
    toponyms: Sequence[Toponym],
    demonyms: Sequence[tuple[int, int]],
    slates: Slates,
    other_names: Sequence[Toponym] = (),
) -> Iterator[Window]:
    """Yield the windows of an article; ``demonyms`` are (offset, country number) in order.

    ``Sense.toponyms`` index into ``toponyms``; ``other_names`` are the article's names of people
    and organisations.
    """
    clashing = set(_clashing_words(other_names))
    heading = heading_end(article.text)
    keys = make_keys(article, toponyms, demonyms, slates)
    for begin, end in _ranges(article.text, toponyms, keys):
        senses = _collect(article, toponyms, keys, range(begin, end), slates)
        start = toponyms[begin].start if begin else 0
        stop = toponyms[end].start if end < len(toponyms) else len(article.text)
        for sense in senses:
            sense.heads = sense.positions[0] < heading
            sense.clashes = sense.key.base in clashing
        near = tuple(found for found in demonyms if start <= found[0] < stop)
        yield Window(tuple(senses), near)


def _clashing_words(names: Sequence[Toponym]) -> Iterator[str]:
    """Yield parts of people's names, and organisations' whole: "Duma", not "FC Barcelona"."""
    for name in names:
        if name.label == "PER":
            yield from name.text.casefold().split()
        elif name.label == "ORG":
            yield name.text.casefold()


def _ranges(
    text: str, toponyms: Sequence[Toponym], keys: Sequence[SenseKey]
) -> Iterator[tuple[int, int]]:
    """Yield ranges of toponyms of at most ``_MAX_SENSES`` names, cut at paragraphs if possible."""
    breaks = [match.end() for match in _PARAGRAPH.finditer(text)]
    begin = 0
    while begin < len(toponyms):
        seen: set[SenseKey] = set()
        end = begin
        while end < len(toponyms) and len(seen) < _MAX_SENSES:
            seen.add(keys[end])
            end += 1
        if end < len(toponyms):
            end = _at_paragraph(breaks, toponyms, begin, end)
        yield begin, end
        begin = end


def _at_paragraph(breaks: Sequence[int], toponyms: Sequence[Toponym], begin: int, end: int) -> int:
    """Return the toponym at the last paragraph in the second half of a range, else its end."""
    position = bisect_right(breaks, toponyms[end].start) - 1
    if position >= 0:
        first = bisect_right([t.start for t in toponyms[begin:end]], breaks[position] - 1) + begin
        if first > (begin + end) // 2:
            return first
    return end


def _collect(
    article: Article,
    toponyms: Sequence[Toponym],
    keys: Sequence[SenseKey],
    chosen: range,
    slates: Slates,
) -> list[Sense]:
    senses: dict[SenseKey, Sense] = {}
    for position in chosen:
        toponym, key = toponyms[position], keys[position]
        if toponym.label in ("COORD", "DEMONYM"):
            continue
        if key not in senses:
            senses[key] = Sense(
                key,
                toponym.text,
                slates.slate(
                    toponym.text,
                    article.lang,
                    toponym.found_by == "given",
                    names_with_kind(article.text, toponym, article.lang),
                ),
            )
        sense = senses[key]
        sense.positions.append(toponym.start)
        sense.toponyms.append(position)
        sense.weight = min(sense.weight + 1.0, 3.0)
        if key.container and key.container.startswith("#"):
            sense.country = int(key.container[1:])
        _link(article, toponyms, keys, position, sense, slates)
    return [sense for sense in senses.values() if len(sense.slate.candidates)]


def _link(
    article: Article,
    toponyms: Sequence[Toponym],
    keys: Sequence[SenseKey],
    position: int,
    sense: Sense,
    slates: Slates,
) -> None:
    toponym = toponyms[position]
    sense.articles += has_article(article.text, toponym, article.lang)
    sense.placed += is_placed(article.text, toponym, article.lang)
    for other in linked_containers(article.text, toponyms, position):
        sense.containers.add(keys[other])
    for other in listed(article.text, toponyms, position):
        if keys[other] != sense.key:
            sense.neighbours.add(keys[other])
    if found := stated_distance(article.text, toponyms, position):
        sense.distances[keys[found[0]]] = found[1]
    following = toponyms[position + 1].start if position + 1 < len(toponyms) else None
    if name := abbreviated_container(article.text, toponym, following):
        sense.stated.append(slates.slate(name, article.lang, False))
