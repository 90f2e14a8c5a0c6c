"""What the senses of a window say about each other's candidates, as numbers.

All N candidates of a window stand on one ``Board``, so that a round of evidence is a few array
operations. The company of a sense is the other senses, each with the probability that the last
round gave its candidates, weighted by how close in the text they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, permutations

import numpy as np

from geomap.resolution.company import FAR_WEIGHT, HEADING_WEIGHT, READ_ON_CHARS, weigh_company
from geomap.resolution.keys import SenseKey
from geomap.resolution.slates import (
    KINDS,
    BoolArray,
    FloatArray,
    IntArray,
    Slate,
    contained,
    is_short_form,
    kilometres,
)
from geomap.resolution.windows import Sense, Window

CONTEXT_FEATURES = (
    "hint",
    "hint_clash",
    "article",
    "full_name",
    "inside",
    "outside",
    "stated_distance",
    "earlier",
    "country",
    "against",
    "division",
    "near",
    "close",
    "namesake",
)
FIXED = CONTEXT_FEATURES.index("inside")
"""Features before this one do not depend on what the other names mean."""

_COLUMNS = CONTEXT_FEATURES[FIXED:]
(
    _INSIDE,
    _OUTSIDE,
    _STATED,
    _EARLIER,
    _SHARE,
    _AGAINST,
    _DIVISION,
    _NEAR,
    _CLOSE,
    _NAMESAKE,
) = range(len(_COLUMNS))

_CITY = KINDS.index("city")
_IS_POINT = np.array([float(k in ("city", "admin1", "admin2", "landmark")) for k in KINDS])
_IS_DIVISION = np.array([kind in ("admin1", "admin2", "region") for kind in KINDS])
_PAIR_LOG_ODDS = 4.0
_DEMONYM_WEIGHT = 1.0
_COUNTRY_DOUBT = 0.4
_KIN_HINT = 0.4
_NEAR_KM, _CLOSE_KM = 300.0, 40.0


@dataclass(slots=True)
class Board:
    """The candidates of a window, laid out in a row: N of them in S senses.

    ``owners`` (N) is each candidate's sense, ``is_part`` (N) tells of those whose name is only part
    of what the text says, ``starts`` (S) each sense's first candidate;
    ``country_cells`` and ``division_cells`` (N) are places in a table of S × groups.
    """

    senses: Sequence[Sense]
    owners: IntArray
    starts: IntArray
    units: FloatArray
    kinds: IntArray
    is_part: BoolArray
    countries: IntArray
    company: FloatArray
    demonyms: FloatArray
    points: FloatArray
    has_country: FloatArray
    country_cells: IntArray
    has_division: FloatArray
    division_cells: IntArray
    divisions_count: int
    links: list[tuple[int, int, FloatArray]]
    given: list[tuple[int, FloatArray]]
    distances: list[tuple[int, int, FloatArray]]
    namesakes: list[tuple[int, int, FloatArray]]
    earlier: FloatArray


def lay_out(
    window: Window,
    earlier: Mapping[str, int] | None = None,
    headed: Mapping[int, int] | None = None,
) -> Board:
    """Return the board of a window.

    ``earlier`` maps names to the ids of places chosen in windows before, ``headed`` counts the
    countries of those in the headline and the dateline.
    """
    senses = window.senses
    slates = [sense.slate for sense in senses]
    counts = np.array([len(slate.candidates) for slate in slates])
    owners = np.repeat(np.arange(len(senses)), counts)
    countries = np.concatenate([slate.countries for slate in slates])
    divisions = np.concatenate([slate.divisions for slate in slates])
    kinds = np.concatenate([slate.kinds for slate in slates])
    known, country_of = np.unique(countries, return_inverse=True)
    groups, division_of = np.unique(divisions, return_inverse=True)
    board = Board(
        senses=senses,
        owners=owners,
        starts=np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64),
        units=np.concatenate([slate.units for slate in slates]),
        kinds=kinds,
        is_part=np.array([c.match_kind == "part" for s in slates for c in s.candidates]),
        countries=countries,
        company=weigh_company(senses),
        demonyms=_demonyms(window, known, headed or {}),
        points=_IS_POINT[kinds],
        has_country=(countries >= 0).astype(float),
        country_cells=owners * len(known) + country_of,
        has_division=(divisions >= 0).astype(float),
        division_cells=owners * len(groups) + division_of,
        divisions_count=len(groups),
        links=[],
        given=[],
        distances=[],
        namesakes=[],
        earlier=_earlier(senses, earlier or {}),
    )
    _add_links(board)
    return board


def _demonyms(window: Window, countries: IntArray, headed: Mapping[int, int]) -> FloatArray:
    """Return S × countries: what headings and adjectives, the nearer the more, tell each sense."""
    heading = np.array([HEADING_WEIGHT * headed.get(c, 0) for c in countries.tolist()])
    told = np.tile(heading, (len(window.senses), 1))
    columns = {country: column for column, country in enumerate(countries.tolist())}
    found = [(at, columns[country]) for at, country in window.demonyms if country in columns]
    if found:
        offsets = np.array([at for at, _ in found], dtype=float)
        gaps = np.array(
            [np.abs(np.subtract.outer(s.positions, offsets)).min(axis=0) for s in window.senses]
        )
        weights = _DEMONYM_WEIGHT * (FAR_WEIGHT + np.exp(-gaps / READ_ON_CHARS))
        for position, (_, column) in enumerate(found):
            told[:, column] += weights[:, position]
    return np.where(countries >= 0, told, 0.0)


def _earlier(senses: Sequence[Sense], earlier: Mapping[str, int]) -> FloatArray:
    return np.array(
        [
            float(earlier.get(sense.key[0]) == candidate.place.id)
            for sense in senses
            for candidate in sense.slate.candidates
        ]
    )


def _add_links(board: Board) -> None:
    places: dict[SenseKey, int] = {sense.key: i for i, sense in enumerate(board.senses)}
    for i, sense in enumerate(board.senses):
        _add_containers(board, places, i, sense)
        for key, km in sense.distances.items():
            if (j := places.get(key)) is not None and j != i:
                board.distances.append((i, j, _as_stated(sense.slate, board.senses[j].slate, km)))
    _add_namesakes(board)


def _add_namesakes(board: Board) -> None:
    senses = board.senses
    # "Santiago de Cuba" says which Santiago is meant, "Mexico City" not that "Mexico" is a town.
    shortened = (
        (i, j)
        for i, j in permutations(range(len(senses)), 2)
        if is_short_form(senses[i].key.base, senses[j].key.base)
    )
    for i, j in chain(_pairs_of_one_name(senses), shortened):
        gap = min(abs(a - b) for a in senses[i].positions for b in senses[j].positions)
        nearness = float(np.exp(-gap / READ_ON_CHARS))
        board.namesakes.append((i, j, nearness * _kin(senses[i].slate, senses[j].slate)))


def _pairs_of_one_name(senses: Sequence[Sense]) -> Iterator[tuple[int, int]]:
    # The river says nothing of where "Niger" is a country, "Tripoli, Libya" nothing of another.
    by_name: dict[tuple[str, bool], list[int]] = {}
    for i, sense in enumerate(senses):
        by_name.setdefault((sense.key.base, sense.key.hint == "water"), []).append(i)
    for group in by_name.values():
        for i, j in permutations(group, 2):
            stated = {senses[i].key.container, senses[j].key.container} - {None}
            if len(stated) < 2:
                yield i, j


def _kin(first: Slate, second: Slate) -> FloatArray:
    """Return n × m ones where one candidate is the other, or one lies in the other."""
    rows, columns = ([c.place.id for c in slate.candidates] for slate in (first, second))
    same: BoolArray = np.array(rows)[:, None] == np.array(columns)
    inside = contained(first, second) + contained(second, first).T
    kin: FloatArray = (same | (inside > 0)).astype(float)
    return kin


def _add_containers(board: Board, places: dict[SenseKey, int], i: int, sense: Sense) -> None:
    for key in sorted(sense.containers, key=str):
        if (j := places.get(key)) is not None and j != i:
            inside = contained(sense.slate, board.senses[j].slate)
            if inside.any():
                board.links.append((i, j, inside))
    if sense.country is not None:
        board.given.append((i, (sense.slate.countries == sense.country).astype(float)))
    for slate in sense.stated:
        inside = contained(sense.slate, slate).max(axis=1, initial=0.0)
        if inside.any():
            board.given.append((i, inside))


def _as_stated(inner: Slate, anchor: Slate, km: float) -> FloatArray:
    """Return n × m, 1 where the distance is as the text says, falling off by its rounding."""
    off = np.abs(kilometres(inner.units, anchor.units) - km)
    return np.exp(-off / (0.25 * km + 5.0))


def fixed_features(board: Board) -> FloatArray:
    """Return N × FIXED: the features that the words beside the name decide."""
    hints = [sense.key[1] for sense in board.senses]
    features = np.zeros((len(board.owners), FIXED))
    if any(hints):
        asked = np.array([KINDS.index(hint) if hint else -1 for hint in hints])[board.owners]
        family = (asked >= 0) & _IS_DIVISION[asked] & _IS_DIVISION[board.kinds]
        features[:, 0] = np.where(board.kinds == asked, 1.0, np.where(family, _KIN_HINT, 0.0))
        features[:, 1] = (asked >= 0) & (features[:, 0] == 0)
    articles = np.array([sense.articles / len(sense.positions) for sense in board.senses])
    features[:, 2] = articles[board.owners] * (board.kinds == _CITY) * ~board.is_part
    features[:, 3] = np.concatenate([sense.slate.joined for sense in board.senses])
    return features


def company_features(board: Board, probabilities: FloatArray) -> FloatArray:
    """Return N × the features from ``inside`` on, given the candidates' probabilities (N)."""
    columns = np.zeros((len(_COLUMNS), len(board.owners)))
    _containers(board, probabilities, columns)
    _stated_distances(board, probabilities, columns)
    columns[_EARLIER] = board.earlier
    _country(board, probabilities, columns)
    _division(board, probabilities, columns)
    _nearness(board, probabilities, columns)
    _namesakes(board, probabilities, columns)
    return columns.T


def _span(board: Board, sense: int) -> slice:
    begin = int(board.starts[sense])
    return slice(begin, begin + len(board.senses[sense].slate.candidates))


def _containers(board: Board, p: FloatArray, columns: FloatArray) -> None:
    inside, outside = columns[_INSIDE], columns[_OUTSIDE]
    for i, j, matrix in board.links:
        own = _span(board, i)
        inside[own] = np.maximum(inside[own], _as_pair(matrix @ p[_span(board, j)]))
        outside[own] = 1.0
        # "Atlanta, Georgia" says as much of Georgia as of Atlanta.
        outer = _span(board, j)
        inside[outer] = np.maximum(inside[outer], _as_pair(p[own] @ matrix))
        outside[outer] = 1.0
    for i, row in board.given:
        own = _span(board, i)
        inside[own] = np.maximum(inside[own], row)
        outside[own] = 1.0
    outside *= 1.0 - inside


def _as_pair(probability: FloatArray) -> FloatArray:
    """Return how much a name's container speaks for its candidates, from 0 to 1.

    The two are decided as a pair: "Athens, Georgia" is in the state although each of the names
    alone is likelier another place. So a message grows with the log of the pair's odds.
    """
    scaled: FloatArray = np.log1p(np.expm1(_PAIR_LOG_ODDS) * probability) / _PAIR_LOG_ODDS
    return scaled


def _stated_distances(board: Board, p: FloatArray, columns: FloatArray) -> None:
    for i, j, matrix in board.distances:
        # From −1, nowhere near the distance that the text states, to 1.
        columns[_STATED, _span(board, i)] = 2 * (matrix @ p[_span(board, j)]) - 1


def _tally(board: Board, cells: IntArray, groups: int, p: FloatArray) -> FloatArray:
    """Return S × groups: the company's probability mass in each group, weighted."""
    mass = np.bincount(cells, weights=p, minlength=len(board.senses) * groups)
    return board.company @ mass.reshape(len(board.senses), groups)


def _country(board: Board, p: FloatArray, columns: FloatArray) -> None:
    tally = _tally(board, board.country_cells, board.demonyms.shape[1], p * board.has_country)
    tally += board.demonyms
    total = tally.sum(axis=1)[board.owners]
    own = tally.ravel()[board.country_cells] * board.has_country
    columns[_SHARE] = own / (total + _COUNTRY_DOUBT)
    columns[_AGAINST] = np.tanh(total / 2) * np.exp(-own / 0.3) * board.has_country


def _division(board: Board, p: FloatArray, columns: FloatArray) -> None:
    tally = _tally(board, board.division_cells, board.divisions_count, p * board.has_division)
    own = tally.ravel()[board.division_cells] * board.has_division
    columns[_DIVISION] = own / (tally.sum(axis=1)[board.owners] + 1.0)


def _nearness(board: Board, p: FloatArray, columns: FloatArray) -> None:
    """Fill in closeness within a region and within a few kilometres, of points to points."""
    likeliest = _likeliest(board, p)
    distance = kilometres(board.units, board.units[likeliest])
    weight = board.company * (p[likeliest] * board.points[likeliest])
    weight = weight[board.owners] * board.points[:, None]
    region = np.einsum("ij,ij->i", weight, np.exp(distance / -_NEAR_KM))
    town = np.einsum("ij,ij->i", weight, np.exp(distance / -_CLOSE_KM))
    columns[_NEAR] = region / (weight.sum(axis=1) + 1.0)
    columns[_CLOSE] = town / (town + 1.0)


def _likeliest(board: Board, p: FloatArray) -> IntArray:
    """Return the best candidate of each sense."""
    order = np.lexsort((-p, board.owners))
    best: IntArray = order[board.starts]
    return best


def _namesakes(board: Board, p: FloatArray, columns: FloatArray) -> None:
    """Fill in what other mentions of the name, decided apart, are taken for."""
    for i, j, matrix in board.namesakes:
        own = _span(board, i)
        columns[_NAMESAKE, own] = np.maximum(columns[_NAMESAKE, own], matrix @ p[_span(board, j)])
