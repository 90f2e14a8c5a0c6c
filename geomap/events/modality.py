"""Whether a trigger says that something happened: asserted, denied, feared, planned or past.

The modes are PLOVER's auxiliary modes. A cue counts only where it governs the trigger: "konnte den
Vormarsch nicht stoppen" does not deny the advance, "keine Angriffe" does.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from geomap.events.clauses import Clause
from geomap.events.lexicon import Trigger
from geomap.models import Lang, Modality


class _Cues(NamedTuple):
    denial: re.Pattern[str]
    denied_report: frozenset[str]
    no_noun: re.Pattern[str]
    not_verb: re.Pattern[str]
    superlative: re.Pattern[str]
    averted: re.Pattern[str]
    conditional: frozenset[str]
    matter_of_time: re.Pattern[str]
    feared: re.Pattern[str]
    modal: re.Pattern[str]
    coming: re.Pattern[str]
    will: re.Pattern[str]
    scheduled: re.Pattern[str]
    past: re.Pattern[str]
    staged: re.Pattern[str]


_YEAR = re.compile(
    r"(?<!seit )(?<!since )(?<![\d.,])((?:19|20)\d\d)(?![\d.,]\d)\b(?!\s*(?:menschen|soldaten|people|tote))"
)
_CUES: dict[Lang, _Cues] = {
    "de": _Cues(
        denial=re.compile(
            r"\b(?:dementier\w+|bestritt\w*|bestreit\w+|widersprach\w*|widersprich\w+|(?:wies|wiesen|weist|weisen)\b.*\bzurück|zurückgewiesen|"
            r"trafen? nicht zu|trifft nicht zu|falsch\w*|unzutreffend|erfunden|leugne\w+)\b"
        ),
        denied_report=frozenset({"dass", "daß", "wonach", "relative", "wodurch"}),
        no_noun=re.compile(r"\b(?:kein\w*|ohne|keinerlei|weder|statt)\s+(?:\w+\s+){0,2}$"),
        not_verb=re.compile(r"\b(?:nicht|nie|niemals|niemand|keine?n?r?|kaum|weder)\b"),
        superlative=re.compile(
            r"\bnicht (?:nur|zuletzt|allein)\b|\bnie(?:\s+(?:zuvor|mehr))?\b.*\bso\b|\bnoch nie\b|\bnicht unabhängig\b"
        ),
        averted=re.compile(
            r"\b(?:verhinder\w*|vereitel\w*|abgewendet|abgesagt|verschob\w*|verschoben|scheiter\w*|gescheitert\w*)\b"
        ),
        conditional=frozenset({"wenn", "falls", "ob", "bevor", "damit"}),
        matter_of_time=re.compile(r"\bfrage der zeit\b"),
        feared=re.compile(
            r"\b(?:droh(?!n)\w*|warn\w*|fürcht\w*|befürcht\w*|furcht|sorge|gefahr|möglich\w*|denkbar|wahrscheinlich|erwäg\w*|nicht aus(?:zuschließen)?|rechne\w* mit)\b"
        ),
        modal=re.compile(
            r"\b(?:könnt\w*|würd\w*|dürft\w*|müsst\w*|sollte[nt]?|wollen|will|wollte\w*|möcht\w*|plan(?:t|en|te|ten)|beabsichtig\w*|einrennen|zu (?:verhindern|vermeiden))\b"
        ),
        coming=re.compile(
            r"\b(?:kommende\w*|bevorstehende\w*|geplante\w*|angekündigte\w*|anstehende\w*|drohende\w*|befürchtete\w*|nächste\w*|künftige\w*|möglich\w+)\s+(?:\w+\s+){0,2}$"
        ),
        will=re.compile(r"\b(?:wird|werden|werde|wirst)\b"),
        scheduled=re.compile(
            r"\b(?:am|im|in der|in den|in|ab|ende|anfang|mitte)\s+(?:kommenden?|nächsten?|nächster|kommender)\b|(?<!am )(?<!dem )\b(?:morgen|übermorgen|demnächst|geplant|angesetzt|vorgesehen)\b"
        ),
        past=re.compile(
            r"\b(?:damals|einst|seinerzeit|vor (?:\w+ )?(?:jahren|jahrzehnten|einem jahr)|jahre? nach|jahrestag\w*|früher|gedacht|gedachten?|gedenk\w*|erinner\w* an|(?:prozess|verfahren|urteil)\w* (?:um|gegen|wegen|zu))\b"
        ),
        # Exercises, films and games stage what did not happen.
        staged=re.compile(
            r"\b(?:übt|übten?|übung|manöver|simulier\w*|film|filme?s|serie|roman|videospiel|theaterstück)\b"
        ),
    ),
    "en": _Cues(
        denial=re.compile(
            r"\b(?:den(?:y|ied|ies|ying)|rejected|dismissed|refuted|disputed|was false|were false|untrue|not true)\b"
        ),
        denied_report=frozenset({"that", "relative", "which", "whether"}),
        no_noun=re.compile(r"\b(?:no|without|neither|nor|not an?)\s+(?:\w+\s+){0,2}$"),
        not_verb=re.compile(r"\b(?:not|never|no one|nobody|hardly|neither|failed to)\b|n[’']t\b"),
        superlative=re.compile(
            r"\bnot only\b|\bnever (?:before|so)\b|\bnot (?:be )?independently\b"
        ),
        averted=re.compile(
            r"\b(?:averted|foiled|thwarted|called off|cancell?ed|prevented|postponed)\b"
        ),
        conditional=frozenset({"if", "unless", "whether"}),
        matter_of_time=re.compile(r"\bmatter of time\b"),
        feared=re.compile(
            r"\b(?:threat\w*|(?<!as a )warn\w*|fear\w*(?! dead)|risk\w*|possib\w+|(?:un)?likely|danger|ready to|considering|ruled? out)\b"
        ),
        modal=re.compile(
            r"\b(?:could|would|might|may|should|wants?|wanted|plan(?:s|ned)? to|intends?|hopes? to|vow\w*|pledg\w*)\b"
        ),
        coming=re.compile(
            r"\b(?:upcoming|planned|looming|impending|possible|potential|feared|next|threatened|alleged)\s+(?:\w+\s+){0,2}$"
        ),
        will=re.compile(
            r"\b(?:will|shall|(?:is|are|was|were) (?:due|set|expected|scheduled|supposed) to)\b"
        ),
        scheduled=re.compile(
            r"\b(?:tomorrow|next (?:week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|in the coming)\b"
        ),
        past=re.compile(
            r"\b(?:at the time|once|formerly|(?:\w+ )?(?:years?|decades?) (?:ago|earlier|after|later)|anniversary|commemorat\w+|remember(?:s|ed)?|trial (?:of|over))\b"
        ),
        staged=re.compile(
            r"\b(?:exercises?|drills?|simulat\w+|film|movie|novel|video game|war game)\b"
        ),
    ),
}
_PARTICIPLE = re.compile(
    r"\b(?:\w*ge\w{2,}(?:t|en)|\w{3,}iert|(?:be|er|ver|zer|ent|über)\w{2,}(?:t|en))\b(?!\s+werden)"
)
_TRAVEL_PRESENT = re.compile(r"\b(?:reist|reisen|fliegt|fliegen)\b")
_MEETING_PRESENT = re.compile(
    r"\b(?:trifft|treffen|empfängt|besucht|findet|finden|beginnt|beginnen|tagt|tagen|kommt|kommen)\b"
)
_NOBODY_HURT = re.compile(
    r"\b(?:verletzt|getötet) wurde niemand\b|\bniemand wurde (?:verletzt|getötet)\b|\btote gab es nicht\b"
    r"|\bno (?:one|body) was (?:killed|hurt|injured)\b|\bkeine verletzten\b"
)
_EXPECTED = re.compile(r"\b(?:wird|werden)\b.*\berwartet\b")
_WEEKDAY = re.compile(
    r"\b(?:am|on)\s+(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)\b"
)
_ENGLISH_REPORTED = re.compile(r"\bcould not\b|\bwould not\b")


def decide_modality(
    clause: Clause, trigger: Trigger, sentence: str, lang: Lang, published: date | None
) -> tuple[Modality, str]:
    """Return the mode of ``trigger`` in ``clause`` and the name of the cue that decided it."""
    cues = _CUES[lang]
    before = clause.mask[: trigger.start - clause.start]
    if sentence.rstrip(' “”"»«').endswith("?"):
        return "hypothetical", "question"
    denied = _denial(clause, trigger, before, cues)
    if denied:
        return "negation", denied
    doubted = _doubt(clause, cues)
    if doubted:
        return "hypothetical", doubted
    planned = _plan(clause, trigger, before, cues, lang)
    if planned:
        return "future", planned
    past = _past(clause, cues, published)
    return ("historical", past) if past else ("asserted", "plain")


def _denial(clause: Clause, trigger: Trigger, before: str, cues: _Cues) -> str | None:
    if cues.denial.search(clause.mask):
        return "denial"
    matrix = clause.matrix
    if (
        matrix is not None
        and clause.opener in cues.denied_report
        and cues.denial.search(matrix.mask)
    ):
        return "denied-report"
    if trigger.nominal:
        if cues.no_noun.search(before[-30:]):
            return "no-noun"
    else:
        # "Raketen schlugen ein, verletzt wurde niemand" denies the injured, not the rockets.
        said = clause.mask if trigger.type.generic else _NOBODY_HURT.sub(" ", clause.mask)
        if cues.not_verb.search(said) and not cues.superlative.search(said):
            return "not-verb"
    return "averted" if cues.averted.search(clause.mask) else None


def _doubt(clause: Clause, cues: _Cues) -> str | None:
    if clause.opener in cues.conditional:
        return "conditional"
    for name in ("staged", "modal", "feared"):
        if getattr(cues, name).search(clause.mask):
            return name
    matrix = clause.matrix
    if matrix is None or clause.kind == "report":
        return None
    if cues.matter_of_time.search(matrix.mask):
        return "matter-of-time"
    governed = clause.opener in cues.denied_report and clause.opener != "relative"
    return "feared-report" if governed and cues.feared.search(matrix.mask) else None


def _plan(clause: Clause, trigger: Trigger, before: str, cues: _Cues, lang: Lang) -> str | None:
    if cues.coming.search(before[-40:]):
        return "coming"
    if cues.scheduled.search(clause.mask) or _EXPECTED.search(clause.mask):
        return "scheduled"
    if cues.will.search(clause.mask):
        passive = lang == "de" and _PARTICIPLE.search(clause.mask)
        return None if passive else "will"
    if lang == "de" and re.search(r"\bsoll(?:en)?\b", clause.mask):
        reported = re.search(r"\b(?:haben|sein|worden)\b", clause.mask)
        return None if reported else "is-to"
    return "present-for-future" if lang == "de" and _is_present(clause, trigger) else None


def _is_present(clause: Clause, trigger: Trigger) -> bool:
    """Read "Am Donnerstag findet … statt" and "reist nach" as what is to come."""
    if trigger.type.geomap_type not in ("visit", "meeting"):
        return False
    dated = _MEETING_PRESENT.search(clause.mask) and _WEEKDAY.search(clause.mask)
    return bool(dated or _TRAVEL_PRESENT.search(clause.mask))


def _past(clause: Clause, cues: _Cues, published: date | None) -> str | None:
    if cues.past.search(clause.mask):
        return "long-ago"
    if published is None:
        return None
    years = [int(match[1]) for match in _YEAR.finditer(clause.mask)]
    return "earlier-year" if years and max(years) < published.year else None
