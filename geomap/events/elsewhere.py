"""What the text ties to another place: "nach dem Angriff auf Isfahan" did not happen in Frankfurt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.events.coreference import STAND_IN
from geomap.events.lexicon import Trigger
from geomap.events.scenes import Scene, reachable_triggers
from geomap.models import Article, Lang, Place, Resolution, RoleDecision

ELSEWHERE = "elsewhere"
_CAUSE_REACH = 60
_NO_PLACES = ("DEMONYM", STAND_IN)
_TIE: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"(?:\s+(?:eines|einer|des|der)\s+(?:[\w-]+\s+){0,1}?[\w-]+)?\s+(?:auf|in|im|bei|von|gegen|nahe|an)\s+(?:(?:der|die|das|den|dem|ein|eine|einen|einem|einer)\s+)?(?:[\w-]+\s+){0,2}?"
        r"(?:(?:in|im|bei|von|nahe)\s+(?:der\s+|dem\s+)?)?"
    ),
    "en": re.compile(
        r"\s+(?:on|in|at|of|against|near)\s+(?:(?:the|an?)\s+)?(?:[\w-]+\s+){0,3}?(?:(?:in|at|of|near)\s+(?:the\s+)?)?"
    ),
}
_STRIKING: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(r"\s+"),
    "en": re.compile(r"\s+(?:the\s+)?(?:(?:city|town|village|port) of\s+)?"),
}
# What comes before in the sentence only follows from what stands behind these words.
_CAUSE: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:nach|wegen|infolge|um|(?:reaktion|antwort|vergeltung) (?:auf|für)|angesichts|trotz|seit|zu|über|gegen|drahtzieher\w*|hintermann|hintermänner|"
        r"verdächtige\w*|täters?|attentäters?|opfer\w*|urheber\w*|planung|beteiligung an)\s+"
        r"(?:(?:der|des|dem|den|die|einem|einer|eines)\s+)?(?:[\w-]+\s+){0,2}$",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:after|following|over|because of|in response to|in retaliation for|against|despite|since|about|behind|suspected of|mastermind of|"
        r"suspects? in|for)\s+(?:(?:the|an?|its|this|that|last)\s+)?(?:[\w’'-]+\s+){0,2}$",
        re.I,
    ),
}

_JOINED: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(r"\s*(?:,|und|sowie|oder|/|\(|in|im|bei|nahe|an|auf)\s"),
    "en": re.compile(r"\s*(?:,|and|or|/|\(|in|near|at|on)\s"),
}


def triggers_at(
    article: Article,
    scene: Scene,
    clause: int,
    position: int,
    resolutions: Sequence[Resolution],
) -> tuple[Trigger, ...]:
    """Return the triggers that ``clause`` can reach without those tied to another place.

    Such a trigger opens an aside on cause or time and stands right before its place ("wegen des
    Massakers in A", "after Israel bombed B"), while ``position`` is outside of that aside. Places that lie in
    each other, and those of one list, share what happened.
    """
    reached = reachable_triggers(scene, clause)
    toponym, lang = resolutions[position].toponym, article.lang
    names = [resolutions[p].toponym.start for p in scene.members]
    behind = {t: _first_behind(t, names) for t in reached}
    own = [
        t
        for t in reached
        if behind[t] == toponym.start and _aside(article.text, t, toponym.start, lang) is not None
    ]
    if own:
        return tuple(own)
    rivals = [
        resolutions[p]
        for p in scene.members
        if resolutions[p].toponym.label not in _NO_PLACES
        and not _shares(resolutions[p].place, resolutions[position].place)
    ]
    return tuple(
        t
        for t in reached
        if not any(
            behind[t] == rival.toponym.start and _ties(article.text, t, rival, toponym.start, lang)
            for rival in rivals
        )
    )


def _first_behind(trigger: Trigger, starts: Sequence[int]) -> int | None:
    """Return where the first name behind a trigger starts."""
    return min((start for start in starts if start >= trigger.end), default=None)


def leave_to_tied(
    article: Article,
    scene: Scene,
    roles: dict[int, RoleDecision],
    resolutions: Sequence[Resolution],
) -> dict[int, RoleDecision]:
    """Return the roles; a place is no scene if all that its clause tells is tied to another."""
    scenes = [p for p, role in roles.items() if role.role == "event"]
    for position in scenes:
        if roles[position].evidence.startswith("list:"):
            continue
        clause = scene.clause_of(resolutions[position].toponym.start)
        read = (article, scene, clause, position, resolutions)
        if reachable_triggers(scene, clause) and not triggers_at(*read):
            roles[position] = RoleDecision("background", ELSEWHERE)
    return roles


def _aside(text: str, trigger: Trigger, start: int, lang: Lang) -> int | None:
    """Return where the aside opens that ties a trigger to the place at ``start``, None without one."""
    if start < trigger.end:
        return None
    between = text[trigger.end : start].lower()
    tied = _STRIKING[lang].fullmatch(between) or (trigger.nominal and _TIE[lang].fullmatch(between))
    begin = max(0, trigger.start - _CAUSE_REACH)
    opened = _CAUSE[lang].search(text[begin : trigger.start]) if tied else None
    return begin + opened.start() if opened else None


def _ties(text: str, trigger: Trigger, rival: Resolution, start: int, lang: Lang) -> bool:
    """Tell whether a trigger is tied to a rival place, and the place at ``start`` out of its aside."""
    aside = _aside(text, trigger, rival.toponym.start, lang)
    if aside is None or re.search(r"[:;]\s", text[min(start, aside) : max(start, aside)]):
        return False
    return start < aside or (start > rival.toponym.end and _apart(text, rival, start, lang))


def _apart(text: str, rival: Resolution, start: int, lang: Lang) -> bool:
    """Tell whether words stand between a place and the next that part the two."""
    between = text[rival.toponym.end : start].lower()
    return len(between.split()) > 1 and not _JOINED[lang].match(between)


def _shares(one: Place | None, other: Place | None) -> bool:
    """Tell whether two places may be one scene: the same, or an area and what lies in it."""
    if one is None or other is None or one.id == other.id:
        return True
    areas = [
        p for p in (one, other) if p.kind in ("country", "admin1", "admin2", "region", "water")
    ]
    return bool(areas) and one.country == other.country
