"""What a classifier sees of a toponym in its clause: words, cues of the rules, the kind of place.

Features are strings ("left1=in", "word=einschlug"), so that what a model has learnt can be read.
Place names themselves are left out: a model is to learn how places are spoken of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from geomap.events.clauses import Clause
from geomap.events.setting import Setting
from geomap.models import Lang, RoleDecision

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_DAY = {
    "de": re.compile(
        r"\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|gestern|heute|"
        r"nacht|morgens?|abends?|am \d|januar|februar|märz|april|mai|juni|juli|august|september|"
        r"oktober|november|dezember)"
    ),
    "en": re.compile(
        r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|overnight|"
        r"night|morning|january|february|march|april|may \d|june|july|august|september|october|"
        r"november|december)"
    ),
}
_VICTIMS = {
    "de": re.compile(r"\b(?:getötet|tote[nr]?|starb|ums leben|verletz|verwundet|opfer)"),
    "en": re.compile(r"\b(?:killed|dead|died|wounded|injured|casualties)"),
}
_PREFIX, _SUFFIX = 6, 5
_NEAR_WORDS = 3


def role_features(
    setting: Setting, rule: RoleDecision, lang: Lang, names: Sequence[tuple[int, int]]
) -> list[str]:
    """Return the features of a toponym; ``names`` are the spans of all toponyms, in order."""
    return [*place_features(setting, rule), *clause_features(setting, lang, names)]


def place_features(setting: Setting, rule: RoleDecision) -> list[str]:
    """Return the features of a toponym itself, without those of its clause."""
    kind = setting.place.kind if setting.place else "none"
    left = _TOKEN.findall(setting.before)[-_NEAR_WORDS:]
    right = _TOKEN.findall(setting.after)[:_NEAR_WORDS]
    before = left[-1] if left else "^"
    trigger = setting.trigger
    fired = trigger.type.geomap_type or trigger.type.event_type if trigger else "none"
    features = [
        "bias",
        f"rule={rule.role}",
        f"evidence={rule.evidence}",
        f"kind={kind}",
        f"capital={setting.is_capital}",
        f"trigger={fired}",
        f"trigger={fired}/{before}",
        f"nominal={trigger.nominal if trigger else None}/{before}",
        f"kind={kind}/{before}",
        f"rule={rule.role}/{before}",
        f"clause={setting.clause.kind}/{setting.clause.opener}",
        f"left2={' '.join(left[-2:])}",
        f"right1={right[0] if right else '$'}",
        f"right2={' '.join(right[:2])}",
        f"opens={not setting.left.strip()}",
    ]
    features += [f"left={word}" for word in left] + [f"right={word}" for word in right]
    if setting.previous is not None:
        between = " ".join(_TOKEN.findall(setting.previous.between.lower())[:2])
        features += [f"previous={setting.previous.role.role}", f"between={between}"]
    return features


def clause_features(setting: Setting, lang: Lang, names: Sequence[tuple[int, int]]) -> list[str]:
    """Return the features of the clause that a toponym stands in."""
    words = clause_words(setting.clause, names)
    return [
        *trigger_features(setting),
        *cue_features(setting.clause, lang),
        *(feature for word in words for feature in features_of_word(word)),
    ]


def trigger_features(setting: Setting) -> list[str]:
    """Return the features of what fires where a toponym stands."""
    kinds = [trigger.type for trigger in setting.triggers]
    return [f"fires={k.event_type}/{k.sub_event_type}/{k.geomap_type}" for k in kinds]


def cue_features(clause: Clause, lang: Lang) -> list[str]:
    """Return the features of a clause that tell of days and victims."""
    dated, victims = _DAY[lang].search(clause.mask), _VICTIMS[lang].search(clause.mask)
    return [f"dated={bool(dated)}", f"victims={bool(victims)}"]


def features_of_word(word: str) -> list[str]:
    """Return the features of a word of a clause."""
    if len(word) <= _PREFIX:
        return [f"word={word}"]
    return [f"word={word}", f"prefix={word[:_PREFIX]}", f"suffix={word[-_SUFFIX:]}"]


def _within(names: Sequence[tuple[int, int]], begin: int, end: int) -> Sequence[tuple[int, int]]:
    """Return those of the sorted spans that may touch a range: articles have thousands."""
    first = max(0, bisect_left(names, (begin, 0)) - 1)
    return names[first : bisect_left(names, (end, 0))]


def clause_words(clause: Clause, names: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield the words of a clause but for the place names, whose sorted spans are ``names``."""
    start = clause.start
    names = _within(names, start, start + len(clause.mask))
    for match in _WORD.finditer(clause.mask):
        begin, end = start + match.start(), start + match.end()
        if not any(first < end and begin < last for first, last in names):
            yield match[0]
