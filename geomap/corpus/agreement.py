"""How far two annotators of the same texts agree: on names, roles and events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geomap.corpus.markup import MarkedClause, MarkedName, MarkedText

_SAME_CLAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares between 0 and 1, over all texts together.

    ``toponyms`` is the F1 of equal toponym spans, ``names`` that of equal spans with equal labels
    (toponyms count as one label); ``roles`` the share of equal roles among shared toponyms and
    ``roles_kappa`` Cohen's kappa of them; ``events`` the F1 of clauses that share at least half of
    their characters, ``event_types`` and ``event_statuses`` the shares of equal types and statuses
    among shared clauses.
    """

    texts: int
    toponyms: float
    names: float
    roles: float
    roles_kappa: float
    events: float
    event_types: float
    event_statuses: float


def measure_agreement(pairs: Sequence[tuple[MarkedText, MarkedText]]) -> Agreement:
    """Return the agreement over texts annotated twice. Raises ValueError if two texts differ."""
    for one, other in pairs:
        if one.text != other.text:
            raise ValueError(f"{one.id}: the two annotators had different words before them")
    toponyms = [_spans(one.toponyms, other.toponyms) for one, other in pairs]
    names = [_spans(one.names, other.names, labelled=True) for one, other in pairs]
    roles = [roles for one, other in pairs for roles in _shared_roles(one, other)]
    clauses = [shared for one, other in pairs for shared in _shared_clauses(one, other)]
    events = [(len(one.clauses), len(other.clauses)) for one, other in pairs]
    return Agreement(
        texts=len(pairs),
        toponyms=_f1(*map(sum, zip(*toponyms, strict=True))),
        names=_f1(*map(sum, zip(*names, strict=True))),
        roles=_share(one == other for one, other in roles),
        roles_kappa=_kappa(roles),
        events=_f1(len(clauses), *map(sum, zip(*events, strict=True))),
        event_types=_share(one.notes.type == other.notes.type for one, other in clauses),
        event_statuses=_share(one.notes.status == other.notes.status for one, other in clauses),
    )


def _spans(
    first: Iterable[MarkedName], second: Iterable[MarkedName], *, labelled: bool = False
) -> tuple[int, int, int]:
    """Return how many spans are shared, and how many either annotator has."""
    one, other = ({_key(name, labelled) for name in names} for names in (first, second))
    return len(one & other), len(one), len(other)


def _key(name: MarkedName, labelled: bool) -> tuple[int, int, str]:
    label = name.code if name.code.isupper() else "LOC"
    return name.start, name.end, label if labelled else ""


def _shared_roles(one: MarkedText, other: MarkedText) -> list[tuple[str, str]]:
    codes = {(name.start, name.end): name.code for name in other.toponyms}
    return [
        (name.code, codes[name.start, name.end])
        for name in one.toponyms
        if (name.start, name.end) in codes
    ]


def _shared_clauses(one: MarkedText, other: MarkedText) -> list[tuple[MarkedClause, MarkedClause]]:
    return [
        (clause, twin)
        for clause in one.clauses
        if (twin := next((c for c in other.clauses if _overlap(clause, c) >= _SAME_CLAUSE), None))
    ]


def _overlap(one: MarkedClause, other: MarkedClause) -> float:
    """Return the characters two clauses share, as a share of those that either has (Jaccard)."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def _f1(shared: int, first: int, second: int) -> float:
    return 2 * shared / (first + second) if first + second else 1.0


def _share(answers: Iterable[bool]) -> float:
    listed = list(answers)
    return sum(listed) / len(listed) if listed else 1.0


def _kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa (1960): agreement beyond what the two margins give by chance."""
    if not pairs:
        return 1.0
    first, second = (Counter(codes) for codes in zip(*pairs, strict=True))
    chance = sum(first[code] * second[code] for code in first) / len(pairs) ** 2
    observed = _share(one == other for one, other in pairs)
    return (observed - chance) / (1 - chance) if chance < 1 else 1.0
