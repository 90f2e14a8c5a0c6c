"""Sentences become clauses: the reach within which a trigger speaks of a place.

No parser is at hand, so clauses are read off commas and the words that open a subordinate clause.
A clause is kept as a mask of its sentence: lower-cased, the same length, with everything that
belongs to other clauses (and the names that would fire triggers) blanked. Offsets therefore stay
those of the article, and a clause interrupted by a relative clause is still one string.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from geomap.events.lower_case import lower
from geomap.models import Lang, Sentence

ClauseKind = Literal["main", "subordinate", "report"]

_BREAK = re.compile(
    r",(?!\d)|[;!?]|:(?!\d)|\s[–—-]\s|[„“”\"«»]"
    r"|\b(?=(?:als (?:Vergeltung|Reaktion|Antwort)|in (?:retaliation|response|revenge))\b)"
)
_WORD = re.compile(r"[^\W\d_]+")
_SUBORDINATORS: dict[Lang, frozenset[str]] = {
    "de": frozenset(
        "dass daß weil obwohl nachdem während als bevor wenn falls ob bis damit sodass indem wo wobei "
        "was wer wie wonach womit wodurch woraufhin wofür um ohne anstatt seitdem sobald solange denn".split()
    ),
    "en": frozenset(
        "that which who whose whom when after before while if although though because unless until "
        "where since as whether amid".split()
    ),
}
_RELATIVE = {
    "de": re.compile(r"(?:\w+\s+)?(?:der|die|das|dem|den|deren|dessen|denen|welche[rnms]?)\b"),
    "en": re.compile(r"(?:\w+\s+)?(?:which|whom|whose|who)\b"),
}
_COORDINATORS: dict[Lang, frozenset[str]] = {
    "de": frozenset("und oder doch aber sondern jedoch dagegen".split()),
    "en": frozenset("and or but yet".split()),
}
# A verb torn in two ("rückt … auf Latakia zu") ends a main clause; a relative clause keeps it whole.
_SPLIT_PREFIXES = frozenset(
    "zu vor an ab ein zurück heran aus auf fest nieder zusammen mit nach um".split()
)
_REPORT = {
    "de": re.compile(
        r"(?:so |wie )?(?:berichtete?n?|sagte?n?|teilten?|hieß|erklärten?|meldeten?|schrieb(?:en)?|betonten?|"
        r"warnten?|behauptete?n?|erzählten?|beteuerten?|fügten?|sagt|meldet|berichtet)\b"
    ),
    "en": re.compile(
        r"(?:(?:the |a |an )?[\w' -]{0,60}?\b)?(?:said|says|told|reported|added|according to|announced)\b"
    ),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its mask over the sentence, and the subordinator that opens it.

    ``start`` is the sentence's offset in the article; ``matrix`` the clause that governs this one.
    """

    start: int
    mask: str
    kind: ClauseKind
    opener: str = ""
    matrix: Clause | None = field(default=None, repr=False)

    @property
    def extent(self) -> tuple[int, int]:
        """First and last offset of the clause's words in the article."""
        bare = self.mask.rstrip(" ,;:–—-!?\n")
        begin = len(bare) - len(bare.lstrip(' ,;:–—-!?\n„“”"«»'))
        return self.start + begin, self.start + len(bare)

    def covers(self, offset: int) -> bool:
        """Tell whether the article's character at ``offset`` belongs to this clause."""
        position = offset - self.start
        return 0 <= position < len(self.mask) and not self.mask[position].isspace()


@dataclass(slots=True)
class _Group:
    kind: ClauseKind
    opener: str
    parts: list[tuple[int, int]]
    matrix: int | None = None


def split_clauses(
    text: str, sentence: Sentence, lang: Lang, blanked: Sequence[tuple[int, int]] = ()
) -> list[Clause]:
    """Return the clauses of ``sentence``; ``blanked`` spans (organisations …) fire no trigger."""
    source = text[sentence.start : sentence.end]
    lowered = lower(source)
    spoken = _blank(lowered, [(s - sentence.start, e - sentence.start) for s, e in blanked])
    groups = _group_parts(source, lowered, lang)
    clauses: list[Clause] = []
    for group in groups:
        governing = clauses[group.matrix] if group.matrix is not None else None
        mask = _keep(spoken, group.parts)
        clauses.append(Clause(sentence.start, mask, group.kind, group.opener, governing))
    return clauses


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    # A placeholder, not a space: the clause still covers the name, it only cannot match a trigger.
    for first, last in spans:
        start, end = max(0, first), min(len(text), last)
        text = text[:start] + "·" * (end - start) + text[end:]
    return text


def _keep(text: str, parts: Sequence[tuple[int, int]]) -> str:
    kept, done = "", 0
    for start, end in parts:
        kept += " " * (start - done) + text[start:end]
        done = end
    return kept + " " * (len(text) - done)


def _parts(source: str) -> list[tuple[int, int, str]]:
    """Return (start, end, separator before) of the stretches between separators."""
    parts, begin, separator = [], 0, ""
    for match in _BREAK.finditer(source):
        parts.append((begin, match.start(), separator))
        begin, separator = match.end(), match[0].strip()
    parts.append((begin, len(source), separator))
    return [part for part in parts if source[part[0] : part[1]].strip()]


def _group_parts(source: str, lowered: str, lang: Lang) -> list[_Group]:
    groups: list[_Group] = []
    main: int | None = None
    for start, end, separator in _parts(source):
        stretch = lowered[start:end].strip()
        kind, opener = _classify(stretch, source[start:end].strip(), separator, lang)
        if groups and _continues(groups[-1], kind, separator, source, lang):
            target = groups[-1]
        elif (
            kind == "main" and main is not None and separator in (",", "“", "”", "«", "»", '"', "„")
        ):
            target = _resume(groups, main, stretch, lang)
        else:
            target = _Group(kind, opener, [])
            groups.append(target)
            target.matrix = _matrix_of(groups, main, kind)
        target.parts.append((start, end))
        if target.kind == "main":
            main = next(i for i, group in enumerate(groups) if group is target)
    _attach_leading_subordinates(groups)
    return groups


def _classify(lowered: str, original: str, separator: str, lang: Lang) -> tuple[ClauseKind, str]:
    words = _WORD.findall(lowered)
    first = words[0] if words else ""
    second = words[1] if len(words) > 1 else ""
    if first in _SUBORDINATORS[lang]:
        return "subordinate", first
    if first in ("und", "oder", "aber", "and", "but", "or") and second in _SUBORDINATORS[lang]:
        return "subordinate", second
    if separator == "," and _RELATIVE[lang].match(lowered) and _ends_in_verb(original, lang):
        return "subordinate", "relative"
    if separator and _REPORT[lang].match(lowered) and len(words) < 16:
        return "report", first
    return "main", ""


def _ends_in_verb(original: str, lang: Lang) -> bool:
    """German relative clauses end in a verb, so in a lower-case word; lists end in a noun."""
    if lang == "en":
        return True
    words = _WORD.findall(original)
    return bool(words) and words[-1][0].islower() and words[-1] not in _SPLIT_PREFIXES


def _continues(last: _Group, kind: ClauseKind, separator: str, source: str, lang: Lang) -> bool:
    """Tell whether an unmarked stretch after a comma goes on with an open subordinate clause."""
    if kind != "main" or last.kind == "main" or separator != ",":
        return False
    if lang == "en":
        return False
    begin, end = last.parts[-1]
    return not _ends_in_verb(source[begin:end], lang)


def _resume(groups: list[_Group], main: int, stretch: str, lang: Lang) -> _Group:
    """Go on with the main clause, or open a coordinate one ("…, doch die Stadt ist gefallen")."""
    words = _WORD.findall(stretch)
    if words and words[0] in _COORDINATORS[lang] and len(words) > 3:
        group = _Group("main", "", [])
        groups.append(group)
        return group
    return groups[main]


def _matrix_of(groups: list[_Group], main: int | None, kind: ClauseKind) -> int | None:
    if kind == "main" or len(groups) < 2:
        return None
    previous = len(groups) - 2
    return previous if groups[previous].kind != "subordinate" or main is None else main


def _attach_leading_subordinates(groups: list[_Group]) -> None:
    """Leave a clause that opens the sentence without matrix: its opener decides its modality."""
    if groups and groups[0].kind != "main":
        groups[0].matrix = None
