"""The role of every toponym: the scene of an event, a government that acts, an origin.

Rules in a fixed order, the first that matches decides; its name is the evidence. About half of the
place names in news are not where anything happened.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from geomap.events.finest import PLACE_LEVEL
from geomap.events.lexicon import Trigger
from geomap.events.role_cues import CUES, Cues
from geomap.events.setting import Setting
from geomap.models import RoleDecision

_APPOSITION_WORDS = 8
TAKEN_BEFORE = "taken-before"
_CAPTURE = "Non-state actor overtakes territory"
_STRUCK = ("Battles", "Explosions/Remote violence")
_WITHDRAWAL = "Non-violent transfer of territory"
_ON_WATER = re.compile(r"\b(?:im|in der|in den|in dem|auf dem|auf der|in|on|in the|on the)\s+$")
_ONWARDS = re.compile(r"\s+(?:(?:über|via)\s+\w+\s+)?(?:nach|to)\s")


_GENITIVES = ("s", "x", "z", "ß", "’", "'")
_FALLS = re.compile(
    r"\s+(?:(?:has|had|soon|finally|too|also|then|now)\s+)?(?:falls?|fell|fallen|fällt|fiel|gefallen)\b"
)
_SAYS = re.compile(r"\s+(?:said|says|announced|reported|claimed)\b")
_FALLS_BEFORE = re.compile(r"\b(?:fällt|fiel|sollte)\s+$")
_SENTENCE_END = re.compile(r"[.!?;]\s")
_OPENS_WITH_AFTER = re.compile(r"\W*(?:nach|after)\s+")
_CONTAINED = re.compile(
    r"^(?:\s*,\s*|\s*\(\s*|,?\s+(?:in|im)\s+(?:der\s+|dem\s+|the\s+)?(?:\w+\s+)?)$"
)
_DEFINITE = re.compile(r"\b(?:der|die|den|dem|des|vom|von einem|the|that|this)\s+(?:\w+\s+)?$")
_ATTACHED = 25

Rule = Callable[[Setting], RoleDecision | None]


def decide_role(setting: Setting) -> RoleDecision:
    """Return the role by the first rule that matches."""
    for rule in _RULES:
        decision = rule(setting)
        if decision is not None:
            return decision
    return RoleDecision("background", "no-trigger")


def _dateline(s: Setting) -> RoleDecision | None:
    return RoleDecision("dateline", "dateline") if s.dateline else None


def _coordinated(s: Setting) -> RoleDecision | None:
    """Give a list its first member's role: "aus den USA und Saudi-Arabien"."""
    if s.previous is None or not s.cues.coordination.match(s.previous.between):
        return None
    before = s.previous.role
    if s.is_government and _SAYS.match(s.right):
        return None  # "shelled Goris, Yerevan said"
    if before.evidence == TAKEN_BEFORE and s.cues is CUES["en"] and "," in s.previous.between:
        return None  # "After Sloviansk, Kramatorsk too fell": the comma ends what was before
    return (
        None if before.role == "dateline" else RoleDecision(before.role, f"list:{before.evidence}")
    )


def _container(s: Setting) -> RoleDecision | None:
    """Read "Idlib, Syria" as one place: the area only says where the town lies."""
    if s.previous is None or s.place is None or s.previous.place is None:
        return None
    if not _CONTAINED.match(s.previous.between) or s.place.kind not in ("country", "admin1"):
        return None
    same_country = s.place.country == s.previous.place.country is not None
    finer = PLACE_LEVEL[s.previous.place.kind] < PLACE_LEVEL[s.place.kind]
    return RoleDecision("background", "contains-previous") if same_country and finer else None


def _possessor(s: Setting) -> RoleDecision | None:
    inside = s.is_palace and s.cues.locative.search(s.before)
    genitive = s.cues is CUES["en"] or s.text[s.position : s.end].endswith(_GENITIVES)
    if (
        s.is_government
        and not inside
        and genitive
        and s.cues.officeholder.match(s.after)
        and s.cues.possessive.match(s.right)
    ):
        return RoleDecision("actor", "possessor")
    return None


def _left_cue(cue: Callable[[Cues], re.Pattern[str]], role: RoleDecision) -> Rule:
    """Return the rule that gives a role to whatever a pattern stands left of."""
    return lambda s: role if cue(s.cues).search(s.before) else None


def _agent(s: Setting) -> RoleDecision | None:
    """Read "die von den USA trainierten Rebellen" and "US-backed" as acts of a state."""
    by = re.search(r"\bvon\s+(?:den\s+|der\s+|dem\s+)?$", s.before)
    if s.cues is CUES["en"]:
        return RoleDecision("actor", "agent") if s.cues.trained_by.match(s.right) else None
    return RoleDecision("actor", "agent") if by and s.cues.trained_by.match(s.right) else None


def _ranking(s: Setting) -> RoleDecision | None:
    """Read "nach Tunesien das drittgrößte Kontingent" as a ranking, not a journey."""
    if not re.search(r"\bnach\s+(?:der\s+|dem\s+)?$", s.before):
        return None
    if not s.cues.after_ranking.search(s.after):
        return None
    return RoleDecision(
        "origin" if re.search(r"\baus\b", s.clause.mask) else "background", "ranking"
    )


def _partner(s: Setting) -> RoleDecision | None:
    if s.is_government and s.cues.partner.search(s.before):
        return RoleDecision("actor", "partner")
    return None


def _quoted(s: Setting) -> RoleDecision | None:
    """Read "nach Angaben des Kremls" and "aus dem Élysée hieß es" as who speaks."""
    left = s.before
    heard = re.search(r"\baus\s+(?:de[mr]\s+)?$", left) and s.cues.heard_from.search(s.clause.mask)
    if s.is_government and (heard or s.cues.quoted.search(left)):
        return RoleDecision("actor", "quoted")
    return None


def _taken_before(s: Setting) -> RoleDecision | None:
    """Read "nach Aleppo fiel nun auch Idlib": Aleppo had fallen before."""
    before = s.clause.mask[: s.position - s.clause.start]
    if (
        s.trigger is None
        or not s.trigger.type.is_conflict
        or not _OPENS_WITH_AFTER.fullmatch(before)
    ):
        return None
    told_of = s.cues.following_suit.search(_SENTENCE_END.split(s.after)[0])
    return RoleDecision("event", TAKEN_BEFORE) if told_of else None


def _fallen(s: Setting) -> RoleDecision | None:
    """Read "if Kyiv falls" as the city, not its government."""
    capture = s.trigger is not None and s.trigger.type.sub_event_type == _CAPTURE
    fell = _FALLS.match(s.after) or _FALLS_BEFORE.search(s.before)
    return RoleDecision("event", "fallen") if capture and fell else None


def _captured(s: Setting) -> RoleDecision | None:
    """Read "hat Homs erobert" and "captured the city of Homs": what was taken or struck is the scene."""
    trigger = s.trigger
    if trigger is None or trigger.type.event_type not in _STRUCK:
        return None
    noun = trigger.nominal and " " not in s.text[trigger.start : trigger.end]
    if noun:
        return None
    return RoleDecision("event", "captured") if s.cues.taken.search(s.before) else None


def _at_sea(s: Setting) -> RoleDecision | None:
    """Read "im Schwarzen Meer griff … an": seas are where ships are attacked, not only scenery."""
    trigger = s.trigger
    told = trigger is not None and trigger.type.acled_scope and not trigger.nominal
    at_sea = s.place is not None and s.place.kind == "water" and _ON_WATER.search(s.before)
    return RoleDecision("event", "at-sea") if told and at_sea else None


def _agency(s: Setting) -> RoleDecision | None:
    """Read "die Nachrichtenagentur Sana" as who writes."""
    named = s.cues.agency.search(s.before)
    return RoleDecision("other", "agency") if named else None


def _home(s: Setting) -> RoleDecision | None:
    """Read "der in Istanbul geborene Angreifer" as where he comes from."""
    home = s.cues.home_left.search(s.before) or s.cues.home_right.match(s.right)
    return RoleDecision("background", "home") if home else None


def _between(s: Setting) -> RoleDecision | None:
    """Read "zwischen Donezk und Luhansk toben Kämpfe" as a scene, between towns that do not fight."""
    told = s.trigger is not None and s.trigger.type.acled_scope and not s.trigger.type.generic
    town = s.place is not None and s.place.kind == "city" and not s.is_government
    if told and town and re.search(r"\b(?:zwischen|between)\s+$", s.before):
        return RoleDecision("event", "between")
    return None


def _reaction(s: Setting) -> RoleDecision | None:
    """Read "der Angriff löste in Brüssel Empörung aus": what was attacked is elsewhere."""
    trigger = s.trigger
    if trigger is None or not trigger.nominal or not s.cues.locative.search(s.before):
        return None
    match = s.cues.reaction.search(s.clause.mask)
    if match is None:
        return None
    verb = s.clause.start + match.start()
    apart = s.position < trigger.start or trigger.start < verb < s.position
    return RoleDecision("background", "reaction-in") if apart else None


def _origin(s: Setting) -> RoleDecision | None:
    left = s.before
    if re.search(r"\b(?:von|from)\s+$", left) and _ONWARDS.match(s.after):
        told = s.trigger is not None and s.trigger.type.geomap_type
        return RoleDecision("origin", "from-to") if told else None
    advancing = s.trigger is not None and s.trigger.type.geomap_type == "advance"
    if advancing and s.cues.via.search(left):
        return RoleDecision("origin", "advance-via")
    from_place = s.cues.out_of.search(left) and not s.cues.beside.search(left)
    if from_place and s.trigger and s.trigger.type.sub_event_type == _WITHDRAWAL:
        return RoleDecision("event", "withdrawal-from")
    if s.cues.person_origin.search(left):
        return RoleDecision("origin", "people-from")
    if not from_place:
        return None
    out = re.search(r"\b(?:aus|from|out of)\s+(?:\w+\s+){0,3}$", left)
    return (
        RoleDecision("origin", "from") if out or s.cues.origin_verb.search(s.clause.mask) else None
    )


def _road(s: Setting) -> RoleDecision | None:
    """Read "on the road from Homs to Palmyra" as a scene between the two."""
    if s.trigger is None or not s.trigger.type.acled_scope:
        return None
    if s.cues.road_from.search(s.left):
        return RoleDecision("event", "road-from")
    begun = s.previous is not None and s.previous.role.evidence == "road-from"
    if begun and s.previous is not None and s.cues.road_to.match(s.previous.between):
        return RoleDecision("event", "road-to")
    return None


def _subject(s: Setting) -> RoleDecision | None:
    """Bare name of a country, capital or palace that speaks, wants, knows or denies."""
    if not s.is_government or _has_preposition(s):
        return None
    if s.cues.actor_verb.search(s.clause.mask):
        bare = s.is_palace and s.opens_clause
        return RoleDecision("actor", "palace-speaks" if bare else "subject-of-speech")
    if s.is_palace and s.opens_clause and s.cues.acts.match(s.right):
        return RoleDecision("actor", "palace-speaks")
    if s.place is not None and s.place.kind == "country":
        return RoleDecision("actor", "state-as-subject")
    opens_clause = not s.left.strip() and re.match(r"\s+[a-zäöü]", s.right)
    return RoleDecision("actor", "opens-clause") if opens_clause and s.trigger is None else None


def _has_preposition(s: Setting) -> bool:
    left = s.before
    cues = s.cues
    return any(
        pattern.search(left)
        for pattern in (cues.locative, cues.out_of, cues.directional, cues.place_noun, cues.border)
    )


def _suburb(s: Setting) -> RoleDecision | None:
    """Read "im Beirut-Vorort Ghobeiri": the scene is the suburb."""
    return RoleDecision("background", "suburb-of") if s.cues.suburb.match(s.right) else None


def _bearing_anchor(s: Setting) -> RoleDecision | None:
    """Read "in X, 18 Kilometer südöstlich von Y": X is the scene, Y only says where X is.

    If X is in no gazetteer, Y is all there is: the scene lies that far from it.
    """
    if s.previous is None or s.previous.place is None or not s.cues.distance.search(s.before):
        return None
    near = len(s.previous.between.split()) <= _APPOSITION_WORDS and not re.search(
        r"[.;]", s.previous.between
    )
    scene = s.previous.role.role in ("event", "destination", "background")
    return RoleDecision("background", "bearing-anchor") if scene and near else None


def _protested(s: Setting) -> RoleDecision | None:
    """Read "in Köln gegen den Einsatz in Afrin protestiert": nobody protested in Afrin."""
    protest = s.trigger is not None and s.trigger.type.event_type == "Protests"
    if protest and s.previous is not None and s.cues.protested.search(s.previous.between.lower()):
        return RoleDecision("background", "protested-against")
    return None


def _destination(s: Setting) -> RoleDecision | None:
    if not s.cues.directional.search(s.before):
        return None
    trigger = s.trigger
    if trigger is not None and trigger.type.geomap_type == "visit":
        return RoleDecision("destination", "visit-to")
    if re.search(r"^\s*nach\s+$", s.before):
        return RoleDecision("background", "after")
    into = re.search(r"\b(?:into|toward|towards)\s+(?:\w+\s+){0,2}$", s.before)
    if into and trigger is not None and not trigger.type.generic:
        return None
    return RoleDecision("destination", "towards")


def _statement_place(s: Setting) -> RoleDecision | None:
    if not (s.cues.locative.search(s.before) and s.cues.speech_verb.search(s.clause.mask)):
        return None
    if s.trigger is None or _is_talked_about(s, s.trigger):
        return RoleDecision("other", "said-in")
    return None


def _is_talked_about(s: Setting, trigger: Trigger) -> bool:
    """Read "in Riad nannte er den Angriff legitim": the attack was elsewhere."""
    definite = _DEFINITE.search(s.text[max(0, trigger.start - 20) : trigger.start].lower())
    after = 0 <= s.position - trigger.end < _ATTACHED
    return trigger.nominal and definite is not None and not after


def _is_topic(s: Setting) -> bool:
    """Tell whether others talk about the place: "Gespräche über eine Waffenruhe in Gaza … in Kairo"."""
    left = s.before
    elsewhere = s.cues.elsewhere.match(s.right)
    return bool(s.cues.talked_about.search(left) or (elsewhere and s.cues.truce_in.search(left)))


def _scene(s: Setting) -> RoleDecision | None:
    trigger = s.trigger
    if trigger is None:
        return None
    agreed = trigger.type.sub_event_type == "Agreement"
    if (agreed or not trigger.type.is_conflict) and _is_topic(s):
        return RoleDecision("background", "talked-about")
    if not trigger.type.is_conflict:
        scene = s.cues.locative.search(s.before) or s.cues.place_noun.search(s.before)
        return RoleDecision("meeting", "meeting-in") if scene else None
    if not trigger.nominal and not trigger.type.generic and s.cues.building.search(s.before):
        return RoleDecision("event", "building-of")
    return RoleDecision("event", "scene" if _has_preposition(s) else "named")


_RULES: tuple[Rule, ...] = (
    _dateline,
    _agency,
    _home,
    _container,
    _coordinated,
    _left_cue(lambda cues: cues.apposition_of_states, RoleDecision("actor", "friends-and-foes")),
    _agent,
    _left_cue(lambda cues: cues.mood_in, RoleDecision("actor", "mood-in")),
    _possessor,
    _left_cue(lambda cues: cues.office_in, RoleDecision("other", "office-in")),
    _ranking,
    _left_cue(lambda cues: cues.border, RoleDecision("background", "border-with")),
    _suburb,
    _bearing_anchor,
    _protested,
    _partner,
    _quoted,
    _taken_before,
    _fallen,
    _captured,
    _reaction,
    _between,
    _at_sea,
    _road,
    _origin,
    _subject,
    _destination,
    _statement_place,
    _scene,
)
