"""How varied a corpus is: texts that are nearly the same, names that are everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from geomap.corpus.markup import MarkedText

NEAR_DUPLICATE = 0.5
"""Jaccard similarity of word triples from which two texts count as near duplicates."""

_SHINGLE_WORDS = 3
_PERMUTATIONS = 128


@dataclass(frozen=True, slots=True)
class Variety:
    """What ``measure_variety`` finds.

    ``words`` are the least, median and greatest number of words a text has; ``about_conflict`` the
    share of texts about one; ``names_once`` the share of distinct toponyms that occur in one text
    only, ``ten_commonest`` the share of all toponym mentions that the ten commonest names make.
    """

    texts: int
    words: tuple[int, int, int]
    styles: dict[str, int]
    conflicts: dict[str, int]
    about_conflict: float
    toponyms: int
    distinct: int
    names_once: float
    ten_commonest: float
    commonest: tuple[tuple[str, int], ...]
    near_duplicates: tuple[tuple[str, str], ...]


def measure_variety(texts: Sequence[MarkedText]) -> Variety:
    """Return figures on the variety of some texts, at least one."""
    mentions = Counter(name.text for text in texts for name in text.toponyms)
    bearers = Counter(name for text in texts for name in {n.text for n in text.toponyms})
    lengths = [len(text.text.split()) for text in texts]
    total = sum(mentions.values())
    return Variety(
        texts=len(texts),
        words=(min(lengths), int(median(lengths)), max(lengths)),
        styles=dict(Counter(text.style for text in texts).most_common()),
        conflicts=dict(Counter(text.conflict for text in texts).most_common()),
        about_conflict=sum(text.conflict != "none" for text in texts) / len(texts),
        toponyms=total,
        distinct=len(mentions),
        names_once=sum(count == 1 for count in bearers.values()) / max(1, len(bearers)),
        ten_commonest=sum(count for _, count in mentions.most_common(10)) / max(1, total),
        commonest=tuple(mentions.most_common(10)),
        near_duplicates=tuple(find_near_duplicates(texts)),
    )


def find_near_duplicates(texts: Iterable[MarkedText]) -> list[tuple[str, str]]:
    """Return the ids of texts that share half of their word triples or more, by MinHash."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=NEAR_DUPLICATE, num_perm=_PERMUTATIONS)
    pairs = []
    for text in texts:
        sketch = MinHash(num_perm=_PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in _shingles(text.text)])
        pairs += [(str(other), text.id) for other in sorted(index.query(sketch))]
        index.insert(text.id, sketch)
    return pairs


def _shingles(text: str) -> set[str]:
    words = text.casefold().split()
    return {" ".join(words[i : i + _SHINGLE_WORDS]) for i in range(len(words) - _SHINGLE_WORDS + 1)}
