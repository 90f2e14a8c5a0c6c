"""Who acts in an event and who is acted upon, with ACLED's codes for the kind of actor.

Precision comes first: a name becomes an actor only where a pattern says what it did or suffered.
Who merely reports, denies or accuses is none, and where two could have acted nobody did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from geomap.events.actor_cues import NOBODY_ACTS
from geomap.events.actor_list import ActorList
from geomap.events.actor_mentions import EXTERNAL, Demonym, Mention, country_of, find_mentions
from geomap.events.actor_patterns import (
    ACROSS_COMMAS,
    ACTIVE_DE,
    ADVERBIAL_DE,
    AFTERMATH,
    COORDINATED_DE,
    CROWD,
    ELSEWHERE,
    FILLING,
    FIRST,
    HARMED,
    INVERTED_DE,
    MARCHING,
    OBJECT_DE,
    PATTERNS,
    PRIVATE,
    PROTEST,
    STRIKES,
    SUBJECT_FIRST_DE,
)
from geomap.events.clauses import Clause
from geomap.events.lexicon import Trigger
from geomap.models import Lang

_CIVILIANS, _PROTESTERS = 7, 6
_BOTH_NAMED = ("between", "clash", "fight-each-other")
_OFTEN_NO_STATE = frozenset({"PS", "LB", "YE", "SO"})
"""Countries whose name on a strike ("Palestinian attack") does not mean their army."""

_HIT_DE = re.compile(r"\b(?:traf(?:en)?|trifft|treffen)\b", re.I)
_PROTESTING = re.compile(r"\b(?:demonstr|protest|march|rall)", re.I)
_PROTESTERS_NAME: dict[Lang, str] = {"de": "Demonstranten", "en": "protesters"}
_FORCES: dict[Lang, str] = {"de": "Streitkräfte", "en": "forces"}
_UNBROKEN = re.compile(r"\S+")
_SIDE_CLAUSE = re.compile(r"\b(?:while|whereas|während)\b", re.I)


class Actors(NamedTuple):
    """Who acts (``actor1``) and who is acted upon (``actor2``), and ACLED's inter codes."""

    actor1: str | None = None
    actor2: str | None = None
    inter1: int | None = None
    inter2: int | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one pattern says: who acts on whom, in which stretch of the text."""

    pattern: str
    start: int
    end: int
    agent: Mention | None = None
    patient: Mention | None = None


def actors_of(
    clause: Clause,
    trigger: Trigger,
    text: str,
    lang: Lang,
    demonym: Demonym,
    country: str | None,
    known: ActorList,
    places: Sequence[tuple[int, int]],
) -> Actors:
    """Return the actors of the event that ``trigger`` tells in ``clause``; none outside ACLED's scope.

    ``places`` are where the article names scenes: these are no actors ("die Anschläge von Paris").
    """
    if not trigger.type.is_conflict:
        return Actors()
    sentence = text[clause.start : clause.start + len(clause.mask)]
    spoken = _spoken(sentence, clause.mask)
    if clause.kind == "subordinate" and lang == "de" and clause.opener == "relative":
        spoken = _without_relative_pronoun(spoken)
    span = (trigger.start - clause.start, trigger.end - clause.start)
    scenes = [(start - clause.start, end - clause.start) for start, end in places]
    return find_actors(spoken, span, lang, demonym, country, known, scenes)


def _spoken(sentence: str, mask: str) -> str:
    """Return the clause's own words and the commas between them, at their places."""
    kept = [" "] * len(sentence)
    for stretch in _UNBROKEN.finditer(mask):
        begin, end = stretch.span()
        kept[begin:end] = sentence[begin:end]
        if sentence[end : end + 1] == "," and mask[end + 2 : end + 3].strip():
            kept[end] = ","
    return "".join(kept)


def find_actors(
    text: str,
    trigger: tuple[int, int],
    lang: Lang,
    demonym: Demonym,
    country: str | None,
    known: ActorList,
    scenes: Sequence[tuple[int, int]] = (),
) -> Actors:
    """Return who acts and who is acted upon in the event told by the words at ``trigger``.

    ``text`` is a clause or sentence, ``demonym`` tells the country of an adjective, and ``country``
    is that of the event: forces of another state are external there; ``known`` are the actors with
    a name of their own; ``scenes`` are where the text names places of events.
    """
    text = _around(text, trigger)
    readings = list(_readings(text, lang, demonym, country, known, scenes))
    if NOBODY_ACTS[lang].search(text):
        readings = [_blameless(r) for r in readings if r.patient and r.patient.inter == _CIVILIANS]
    readings = [r for r in readings if _speaks_of(r, trigger, text)]
    both = _told_by(trigger, [r for r in readings if r.pattern in _BOTH_NAMED])
    if both is not None:
        return _actors(both.agent, both.patient)
    agent = _agent(readings, trigger)
    patient = _patient(readings, trigger, agent)
    if _is_protest(text, trigger):
        return _of_protest(agent, patient, lang)
    return _actors(agent, patient)


def _around(text: str, trigger: tuple[int, int]) -> str:
    """Blank the side clauses ("while …") that do not hold the trigger; offsets stay."""
    cuts = [0, *(m.start() for m in _SIDE_CLAUSE.finditer(text) if m.start()), len(text)]
    for begin, end in pairwise(cuts):
        if begin <= trigger[0] < end:
            return " " * begin + text[begin:end]
    return text


def _without_relative_pronoun(text: str) -> str:
    """Blank the article that opens a relative clause: it is no article of what follows."""
    return re.sub(r"^\W*(?:der|die|das|dem|den)\b", lambda m: " " * len(m[0]), text, count=1)


def _blameless(reading: _Reading) -> _Reading:
    return _Reading("blameless", reading.start, reading.end, None, reading.patient)


def _readings(
    text: str,
    lang: Lang,
    demonym: Demonym,
    country: str | None,
    known: ActorList,
    scenes: Sequence[tuple[int, int]],
) -> Iterator[_Reading]:
    mentions = [
        mention
        for mention in find_mentions(text, lang, demonym, country, known)
        if mention.kind != "country" or not any(_touches(mention, scene) for scene in scenes)
    ]
    masked = _mask(text, mentions)
    cases = [mention.case for mention in mentions]
    acted = 0
    for pattern in (pattern for pattern in PATTERNS[lang] if pattern.may_match(cases)):
        for match in pattern.regex.finditer(masked):
            if pattern.name in INVERTED_DE and match.start() < acted:
                continue
            if pattern.name in INVERTED_DE and not _may_precede_subject(masked[: match.start()]):
                yield from _object_after(match, mentions)
                continue
            groups = match.groupdict()
            agent = _mention(groups.get("a") or groups.get("a2"), mentions)
            patient = _mention(groups.get("p"), mentions)
            reading = _Reading(pattern.name, match.start(), match.end(), agent, patient)
            if _is_sound(reading, match[0]):
                yield reading
                acted = max(acted, match.end() if pattern.name in SUBJECT_FIRST_DE else 0)
                if lang == "de" and pattern.name in ACTIVE_DE:
                    yield from _object(masked, match, mentions)
    yield from _strikes(masked, lang, demonym, country)


def _touches(mention: Mention, span: tuple[int, int]) -> bool:
    return mention.start < span[1] and span[0] < mention.end


def _mask(text: str, mentions: Sequence[Mention]) -> str:
    text = PRIVATE.sub("·", text)
    for number, mention in enumerate(mentions[:0x1FF]):
        sign = chr(FIRST[mention.case] + number)
        filled = sign + FILLING * (mention.end - mention.start - 1)
        text = text[: mention.start] + filled + text[mention.end :]
    return text


def _mention(masked: str | None, mentions: Sequence[Mention]) -> Mention | None:
    return mentions[(ord(masked[0]) - 0xE000) % 0x200] if masked else None


def _is_sound(reading: _Reading, words: str) -> bool:
    """Tell whether those may act or suffer: civilians do not act, countries are places too."""
    agent, patient = reading.agent, reading.patient
    if reading.pattern in _BOTH_NAMED:
        return agent is not None and patient is not None and agent.name != patient.name
    if agent is not None and (agent.inter == _CIVILIANS or _is_hit_by(agent, words)):
        return False
    if agent is not None and agent.kind == "country" and _PROTESTING.search(words):
        return False
    return patient is None or patient.kind not in {"country", "weapon"}


def _is_hit_by(agent: Mention, words: str) -> bool:
    """Tell whether people "treffen": they meet, only weapons hit."""
    return agent.kind != "weapon" and bool(_HIT_DE.search(words))


def _object(masked: str, match: re.Match[str], mentions: Sequence[Mention]) -> Iterator[_Reading]:
    found = OBJECT_DE.match(masked, match.end("a"))
    patient = _mention(found["p"], mentions) if found else None
    if found and patient is not None and patient.kind not in {"country", "weapon"}:
        yield _Reading("object", match.start(), max(found.end(), match.end()), None, patient)


def _may_precede_subject(before: str) -> bool:
    """Tell whether what stands before a German verb leaves the subject to follow it."""
    part = before[before.rfind(",") + 1 :]
    if COORDINATED_DE.search(part):
        return False
    opening = part if part.strip() else before
    return not opening.strip() or bool(ADVERBIAL_DE.match(opening))


def _object_after(match: re.Match[str], mentions: Sequence[Mention]) -> Iterator[_Reading]:
    """Read "… und töteten Soldaten" after a verb whose subject has been named as its object."""
    patient = _mention(match["a"], mentions)
    if patient is None or patient.kind in {"country", "weapon"} or _is_hit_by(patient, match[0]):
        return
    yield _Reading("object", match.start(), match.end(), None, patient)


def _strikes(masked: str, lang: Lang, demonym: Demonym, country: str | None) -> Iterator[_Reading]:
    """Read "israelische Luftangriffe" abroad as the work of Israel's forces."""
    if country is None or not STRIKES[lang].may_match(masked):
        return
    for match in STRIKES[lang].pattern.finditer(masked):
        code = country_of(match["who"], demonym)
        if code is None or code == country or code in _OFTEN_NO_STATE:
            continue
        name = _forces_of(match["who"], lang)
        agent = Mention(match.start(), match.end(), name, EXTERNAL, "force", "direct")
        yield _Reading("strike", match.start(), match.end(), agent)


def _forces_of(demonym: str, lang: Lang) -> str:
    if lang == "en":
        return f"{demonym} {_FORCES[lang]}"
    if demonym == "US":
        return f"US-{_FORCES[lang]}"
    return re.sub(r"e[nrms]?$", "e", demonym.lower()) + f" {_FORCES[lang]}"


def _overlaps(reading: _Reading, trigger: tuple[int, int]) -> bool:
    return reading.start < trigger[1] and trigger[0] < reading.end


def _speaks_of(reading: _Reading, trigger: tuple[int, int], text: str) -> bool:
    """Tell whether a reading is of the trigger's event: not of another one behind a comma."""
    if _overlaps(reading, trigger):
        return True
    if reading.start > trigger[0] and AFTERMATH.search(text[: trigger[0]]):
        return False
    first, last = min(reading.end, trigger[1]), max(reading.start, trigger[0])
    between = text[first:last]
    if "," not in between or reading.pattern == "among":
        return True
    if ELSEWHERE.search(between[between.rfind(",") :]):
        return False
    came_of_it = reading.end <= trigger[0] and HARMED.match(text[trigger[0] : trigger[1]])
    return reading.pattern in ACROSS_COMMAS or bool(came_of_it)


def _told_by(trigger: tuple[int, int], readings: Sequence[_Reading]) -> _Reading | None:
    near = [r for r in readings if _overlaps(r, trigger)] or list(readings)
    return near[0] if near else None


def _agent(readings: Sequence[_Reading], trigger: tuple[int, int]) -> Mention | None:
    """Return who acts: by the pattern that holds the trigger, else the only one who acts at all."""
    acting = [r for r in readings if r.agent is not None and r.pattern not in _BOTH_NAMED]
    for group in ([r for r in acting if _overlaps(r, trigger)], acting):
        agents = {r.agent.name: r.agent for r in group if r.agent is not None}
        if len(agents) == 1:
            return next(iter(agents.values()))
        if len(agents) > 1:
            return None
    return None


def _patient(
    readings: Sequence[_Reading], trigger: tuple[int, int], agent: Mention | None
) -> Mention | None:
    suffering = [
        r
        for r in readings
        if r.patient is not None
        and r.pattern not in _BOTH_NAMED
        and (agent is None or r.patient.name != agent.name)
    ]
    told = _told_by(trigger, suffering)
    return told.patient if told else None


def _is_protest(text: str, trigger: tuple[int, int]) -> bool:
    words = text[trigger[0] : trigger[1]]
    return bool(PROTEST.match(words) or (MARCHING.match(words) and CROWD.search(text)))


def _of_protest(agent: Mention | None, patient: Mention | None, lang: Lang) -> Actors:
    """Return the actors of a protest: those who protest act, unless the text says who acts on them."""
    if agent is not None and agent.inter == _PROTESTERS:
        return _actors(agent, None)
    if agent is not None or (patient is not None and patient.inter == _PROTESTERS):
        return _actors(agent, patient)
    return Actors(_PROTESTERS_NAME[lang], None, _PROTESTERS, None)


def _actors(agent: Mention | None, patient: Mention | None) -> Actors:
    return Actors(
        agent.name if agent else None,
        patient.name if patient else None,
        agent.inter if agent else None,
        patient.inter if patient else None,
    )
