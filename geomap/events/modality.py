"""Whether a trigger says that something happened: asserted, denied, feared, planned or past.

The modes are PLOVER's auxiliary modes. A cue counts only where it governs the trigger: "konnte den
Vormarsch nicht stoppen" does not deny the advance, "keine Angriffe" does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from geomap.events.clauses import Clause
from geomap.events.cues import Cues
from geomap.events.cues_english import ENGLISH
from geomap.events.cues_german import GERMAN
from geomap.events.lexicon import Trigger
from geomap.events.lower_case import lower
from geomap.models import Lang, Modality

YEARS_AFTER = "years-after"
"""The cue of what a sentence is only dated by: "elf Jahre nach den Anschlägen"."""

_CUES: dict[Lang, Cues] = {"de": GERMAN, "en": ENGLISH}
_YEAR = re.compile(
    r"(?<!seit )(?<!since )(?<![\d.,])((?:19|20)\d\d)(?![\d.,]\d)\b(?!\s*(?:menschen|soldaten|people|tote))"
)
_PARTICIPLE = re.compile(
    r"\b(?:\w*ge\w{2,}(?:t|en)|\w{3,}iert|(?:be|er|ver|zer|ent|über)\w{2,}(?:t|en))\b(?!\s+werden)"
)
_TRAVEL_PRESENT = re.compile(r"\b(?:reist|reisen|fliegt|fliegen)\b")
_MEETING_PRESENT = re.compile(
    r"\b(?:trifft|treffen|empfängt|besucht|berät|beraten|verhandelt|findet|finden|beginnt|beginnen|tagt|tagen|kommt|kommen)\b"
)
_NOBODY_HURT = re.compile(
    r"\b(?:verletzt|getötet) wurde niemand\b|\bniemand wurde (?:verletzt|getötet)\b|\btote gab es nicht\b"
    r"|\b(?:no one|nobody) was (?:killed|hurt|injured|wounded)\b|\bkeine verletzten\b"
)
_MOURNED = re.compile(
    r"\W*[\w-]+ (?:jahre?|jahrzehnte?|years?|decades?) (?:nach|after)\b.*\b(?:trauer|gedenk|gedacht|erinner|ehrt|mourn|honou?r|remember|mark(?:s|ed)\b)"
)
_EXPECTED = re.compile(r"\b(?:wird|werden)\b.*\berwartet\b")
_WEEKDAY = re.compile(
    r"\b(?:am|on)\s+(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)\b"
)
# What a clause's mask keeps of its sentence.
_KEPT = re.compile(r"[^ ]+")
_STRETCH_END = re.compile(r"[,;:()](?!\d)|\s[–—-]\s|\b(?:but|aber|doch)\b")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A trigger in its clause, and what stands around it: lower-case, but for ``source``."""

    clause: Clause
    trigger: Trigger
    source: str
    sentence: str
    cues: Cues
    lang: Lang

    @property
    def mask(self) -> str:
        return self.clause.mask

    @property
    def words(self) -> str:
        """The clause with the names that its mask hides."""
        return _KEPT.sub(lambda kept: self.sentence[kept.start() : kept.end()], self.mask)

    @property
    def first(self) -> int:
        return self.trigger.start - self.clause.start

    @property
    def before(self) -> str:
        """The clause up to the trigger."""
        return self.mask[: self.first]

    @property
    def own(self) -> str:
        """The trigger's words."""
        return self.mask[self.first : self.trigger.end - self.clause.start]

    @property
    def stretch(self) -> tuple[int, int]:
        """Where the words between the commas around the trigger begin and end."""
        begin, end = 0, len(self.mask)
        for mark in _STRETCH_END.finditer(self.sentence):
            if mark.end() <= self.first:
                begin = mark.end()
            elif mark.start() >= self.trigger.end - self.clause.start:
                end = mark.start()
                break
        return begin, end

    @property
    def near(self) -> str:
        """The words between the commas around the trigger."""
        begin, end = self.stretch
        return self.mask[begin:end]

    @property
    def beyond(self) -> str:
        """The sentence without the trigger's clause."""
        others = list(self.sentence)
        for kept in _KEPT.finditer(self.mask):
            others[kept.start() : kept.end()] = " " * len(kept[0])
        return "".join(others)

    @property
    def governing(self) -> str:
        """The clause that governs the trigger's; of a leading clause, what follows it."""
        if self.clause.matrix is not None:
            return self.clause.matrix.mask
        return self.beyond if self.clause.kind == "subordinate" else ""

    @property
    def presupposed(self) -> bool:
        """Whether the event is taken for granted ("nach dem Angriff drohte …")."""
        leading = self.source[: self.first]
        return self.trigger.nominal and bool(self.cues.presupposed.search(leading))

    @property
    def infinitive(self) -> bool:
        """Whether the trigger is an infinitive that hangs on another verb ("drohte, … zu …")."""
        if self.lang == "en":
            governed = self.cues.infinitive.search(self.before)
            return bool(governed) and not self.cues.implied.search(self.before)
        _, end = self.stretch
        opened = "zu " if re.search(r"\bzu\s+$", self.before) and not self.trigger.nominal else ""
        found = self.cues.infinitive.search(opened + self.source[self.first : end])
        return bool(found) and not self.cues.implied.search(f"{self.mask} {self.governing}")


def decide_modality(
    clause: Clause, trigger: Trigger, sentence: str, lang: Lang, published: date | None
) -> tuple[Modality, str]:
    """Return the mode of ``trigger`` in ``clause`` and the name of the cue that decided it."""
    reading = _Reading(clause, trigger, sentence, lower(sentence), _CUES[lang], lang)
    if sentence.rstrip(' “”"»«').endswith("?"):
        return "hypothetical", "question"
    past = _past(reading, published)
    if not reading.presupposed:
        denied = _denial(reading)
        if denied:
            return "negation", denied
        doubted = _doubt(reading)
        if doubted:
            return "hypothetical", doubted
        planned = _plan(reading)
        if planned:
            return "future", planned
    if past:
        return "historical", past
    return ("hypothetical", "infinitive") if reading.infinitive else ("asserted", "plain")


def _denial(reading: _Reading) -> str | None:
    cues, clause, nominal = reading.cues, reading.clause, reading.trigger.nominal
    if cues.denial.search(reading.words):
        return "denial"
    if clause.opener in cues.denied_report and cues.denial.search(reading.governing):
        return "denied-report"
    if _refused(reading):
        return "refused"
    negated = _negated_noun(reading) if nominal else _negated_verb(reading)
    if negated:
        return negated
    governing = reading.governing if clause.opener in ("dass", "daß", "that") else ""
    return "averted" if cues.averted.search(f"{clause.mask} {governing}") else None


def _refused(reading: _Reading) -> bool:
    cues, nominal = reading.cues, reading.trigger.nominal
    if nominal and cues.forbidden.search(reading.mask):
        return True
    governed = nominal or reading.infinitive or reading.own.endswith("ing")
    return governed and bool(cues.refused.search(f"{reading.mask} {reading.governing}"))


def _negated_noun(reading: _Reading) -> str | None:
    cues = reading.cues
    if cues.no_noun.search(reading.before[-30:]):
        return "no-noun"
    if cues.not_verb.search(reading.own) or cues.absent.search(_without_unhurt(reading)):
        return "absent"
    return None


def _negated_verb(reading: _Reading) -> str | None:
    said = _without_unhurt(reading)
    if reading.cues.not_verb.search(said) and not reading.cues.superlative.search(reading.mask):
        return "not-verb"
    return None


def _without_unhurt(reading: _Reading) -> str:
    """Return the words around the trigger without "verletzt wurde niemand", if it is no such verb.

    "Raketen schlugen ein, verletzt wurde niemand" denies the injured, not the rockets.
    """
    return reading.near if reading.trigger.type.generic else _NOBODY_HURT.sub(" ", reading.near)


def _doubt(reading: _Reading) -> str | None:
    cues, clause = reading.cues, reading.clause
    if clause.opener in cues.conditional:
        return "conditional"
    if cues.unreal.search(reading.sentence) or _is_consequence(reading):
        return "supposed"
    for name in ("matter_of_time", "staged", "modal", "feared"):
        if getattr(cues, name).search(clause.mask):
            return name.replace("_", "-")
    if cues.hearsay.search(reading.near):
        return "hearsay"
    return None if clause.kind == "report" else _governing_doubt(reading)


def _is_consequence(reading: _Reading) -> bool:
    """Tell whether the clause says what follows from a condition that another clause names."""
    told = reading.clause.kind != "main" or reading.cues.past_tense.search(reading.mask)
    return not told and bool(reading.cues.supposed.search(reading.beyond))


def _governing_doubt(reading: _Reading) -> str | None:
    cues, governing, opener = reading.cues, reading.governing, reading.clause.opener
    if not governing:
        return None
    if cues.matter_of_time.search(governing):
        return "matter-of-time"
    governed = opener in cues.denied_report and opener != "relative"
    if not governed and opener not in ("wie", "how"):
        return None
    if cues.staged.search(governing):
        return "staged"
    return "feared-report" if governed and cues.feared.search(governing) else None


def _plan(reading: _Reading) -> str | None:
    cues, mask = reading.cues, reading.mask
    if cues.coming.search(reading.before[-40:]):
        return "coming"
    if cues.wanted.search(mask):
        return "called-for"
    if cues.scheduled.search(mask) or _EXPECTED.search(mask):
        return "scheduled"
    if cues.will.search(mask):
        passive = reading.lang == "de" and _PARTICIPLE.search(mask)
        return None if passive else "will"
    return _german_plan(reading) if reading.lang == "de" else None


def _german_plan(reading: _Reading) -> str | None:
    if re.search(r"\bsoll(?:en)?\b", reading.mask) and not reading.cues.hearsay.search(
        reading.mask
    ):
        return "is-to"
    return "present-for-future" if _is_present(reading.clause, reading.trigger) else None


def _is_present(clause: Clause, trigger: Trigger) -> bool:
    """Read "Am Donnerstag findet … statt" and "reist nach" as what is to come."""
    if trigger.type.geomap_type not in ("visit", "meeting"):
        return False
    dated = _MEETING_PRESENT.search(clause.mask) and _WEEKDAY.search(clause.mask)
    return bool(dated or _TRAVEL_PRESENT.search(clause.mask))


def _past(reading: _Reading, published: date | None) -> str | None:
    cues, opener = reading.cues, reading.clause.opener
    if cues.past.search(reading.words):
        return "long-ago"
    if cues.years_after.search(reading.sentence[: reading.first]):
        return YEARS_AFTER
    if reading.trigger.type.generic and _MOURNED.match(reading.sentence):
        return YEARS_AFTER
    governing = reading.governing
    if governing and (cues.remembered.search(governing) or cues.past.search(governing)):
        return "remembered"
    if published is None:
        return None
    said = f"{reading.mask} {governing}" if opener == "relative" else reading.mask
    years = [int(match[1]) for match in _YEAR.finditer(said)]
    return "earlier-year" if years and max(years) < published.year else None
