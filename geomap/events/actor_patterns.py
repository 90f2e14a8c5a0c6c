"""Sentence patterns that tell who acts and who is acted upon, over a clause with its actors masked.

In a masked clause each actor is one private character, by its case, and filling: offsets stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from geomap.events.stemmed import Stemmed, stemmed
from geomap.models import Lang

FIRST = {"direct": 0xE000, "oblique": 0xE200, "genitive": 0xE400}
FILLING = "\uf8ff"
PRIVATE = re.compile(rf"[\ue000-\ue5ff{FILLING}]")
"""What masks an actor; where it stands in a text itself, it is an icon of a web page."""
_F = rf"{FILLING}*+"
_D = rf"[\ue000-\ue1ff]{_F}"
_O = rf"[\ue200-\ue3ff]{_F}"
_G = rf"[\ue400-\ue5ff]{_F}"
_ANY = rf"[\ue000-\ue5ff]{_F}"


class Pattern(NamedTuple):
    """A pattern with the groups ``a`` (who acts) and ``p`` (who is acted upon), either or both.

    It matches only where so many ``actors`` are named, one of them in ``case`` if that is given.
    """

    regex: re.Pattern[str]
    name: str
    actors: int
    case: str | None

    def may_match(self, cases: Sequence[str]) -> bool:
        """Tell whether the cases of a clause's actors allow a match."""
        return len(cases) >= self.actors and (self.case is None or self.case in cases)


def _a(actor: str) -> str:
    return f"(?P<a>{actor})"


def _p(actor: str) -> str:
    return f"(?P<p>{actor})"


_CAP = r"(?-i:(?:(?:al|el|asch|as|ar|ad|an|at|bin|ben)[ -])?[A-ZÄÖÜ0-9][\w.’'-]*)"
_SUBJECT_DE = rf"{_a(_D)}(?:\s+(?:und|sowie)\s+{_ANY})?"
_GAP_DE = (
    r"(?:\s+(?:auch|erneut|wieder|bereits|dort|hier|gestern|heute|zuletzt|später|zunächst|dann|danach|mehrfach|wiederholt|gezielt|offenbar|zudem|inzwischen|weiter|sich|nun|"
    rf"dabei|daraufhin|(?:am|im|in|bei|nahe|aus|seit|um|nördlich von|südlich von|östlich von|westlich von)(?:\s+(?:der|den|dem))?(?:\s+[a-zäöüß]+en)?\s+{_CAP}(?:\s+{_CAP})?))*"
)
_VERB_DE = (
    r"(?:griff(?:en)?|greifen|greift|besch(?:oss|ossen|ießt|ießen)|bombardier(?:te|ten|t|en)|feuer(?:te|ten|t|n)|sch(?:oss|ossen|ießt|ießen)|eröffne(?:te|ten)|"
    r"töt(?:ete|eten|et|en)|ersch(?:oss|ossen|ießt|ießen)|ermorde(?:te|ten)|(?:zurück)?erober(?:te|ten|t|n)|(?:nahm|nahmen|nimmt|nehmen)(?=.*\b(?:ein|fest|gefangen|beschuss|besitz|kontrolle)\b)|"
    r"besetz(?:te|ten|t|en)|stürm(?:te|ten|t|en)|überf(?:iel|ielen|ällt|allen)|entführ(?:te|ten|t|en)|verschlepp(?:te|ten)|zerstör(?:te|ten|t|en)|plünder(?:te|ten|t|n)|"
    r"(?:rück|dräng)(?:te|ten|t|en)(?=.*\b(?:vor|ein|an|zu|auf|zurück)\b)|marschier(?:te|ten|t|en)|belager(?:te|ten|t|n)|umzingel(?:te|ten)|verüb(?:te|ten|t|en)|spreng(?:te|ten|t|en)|zünde(?:te|ten)|"
    r"warf(?:en)?(?!.*\bvor\b)|attackier(?:te|ten|t|en)|flog(?:en)?(?=.*angriff)|starte(?:te|ten|n|t)(?=.*(?:offensive|angriff|rakete|drohne|operation))|vertrieb(?:en)?|verdräng(?:te|ten)|verhafte(?:te|ten|t|n)|"
    r"übern(?:ahm|ahmen|immt|ehmen)(?=.*kontroll)|br(?:achte|achten|ingen|ingt)(?=.*kontrolle)|dr(?:ang|angen|ingt|ingen)(?=.*\b(?:ein|vor)\b)|kämpf(?:te|ten|t|en)|liefer(?:te|ten|n)(?=.*\bsich\b)|schl(?:ug|ugen|ägt|agen)(?=.*\b(?:zurück|nieder)\b)|"
    r"z(?:og|ogen|iehen|ieht)(?=.*\b(?:zurück|ein|ab)\b)|räum(?:te|ten|t|en)|ging(?:en)?(?=.*\bgegen\b)|setz(?:te|ten|t|en)(?=.*\b(?:tränengas|brand|wasserwerfer|fort)\b)|lös(?:te|ten)(?=.*\bauf\b)|"
    r"enthaupte(?:te|ten)|massakrier(?:te|ten)|misshandel(?:te|ten)|vergewaltig(?:te|ten)|blockier(?:te|ten|en)|leg(?:te|ten)(?=.*(?:feuer|hinterhalt))|brann(?:te|ten)(?=.*nieder)|fing(?:en)?(?=.*\bab\b)|"
    r"tra(?:f|fen)|trifft|treffen|demonstrier(?:te|ten|t|en)|protestier(?:te|ten|t|en)|befrei(?:te|ten)|wehr(?:te|ten)(?=.*\bab\b))"
)
_PARTICIPLE_DE = (
    r"(?:angegriffen|beschossen|bombardiert|getötet|erschossen|ermordet|(?:zurück)?erobert|eingenommen|besetzt|gestürmt|überfallen|entführt|verschleppt|zerstört|geplündert|belagert|verübt|gesprengt|gezündet|"
    r"attackiert|vertrieben|verdrängt|verhaftet|festgenommen|hingerichtet|übernommen|gekämpft|zurückgeschlagen|niedergeschlagen|zurückgezogen|geräumt|aufgelöst|enthauptet|massakriert|misshandelt|"
    r"vergewaltigt|blockiert|niedergebrannt|abgefangen|abgeschossen|abgewehrt|abgefeuert|gefeuert|geschossen|getroffen|verletzt|verwundet|befreit|gestoppt|umzingelt|eingekesselt|zurückgedrängt|gesetzt|eröffnet|"
    r"geworfen|gestartet|demonstriert|protestiert|gefoltert|unter beschuss genommen)"
)
_MOTION_DE = r"(?:vorgerückt|eingerückt|einmarschiert|eingedrungen|vorgedrungen|abgezogen|vorgestoßen|marschiert)"
_HAVE_DE = r"(?:hat|haben|hatte|hatten|habe|hätten|hätte)"
_BE_DE = r"(?:ist|sind|war|waren|sei|seien)"
_PASSIVE_DE = r"(?:wurden?|werden|wird|worden|würden)"
_ATTACK_DE = (
    r"\w*(?:angriff(?:e|en|s|es)?|offensiven?|anschl(?:ag|ags|ages|äge|ägen)|attacken?|vorst(?:oß|oßes|öße|ößen)|vormarsch(?:s|es)?|überf(?:all|alls|älle|ällen)|razzi(?:a|en)|einmarsch(?:s|es)?|"
    r"rückzug(?:s|es)?|abzug(?:s|es)?|luftschl(?:ag|ags|äge|ägen)|schüssen?|massakers?|invasion|hinterhalts?|bombardements?)"
)
_SHELLING_DE = rf"(?:{_ATTACK_DE}|\w*(?:beschuss(?:es)?|feuer))"
_DEED_DE = r"\w*(?:beschuss(?:es)?|einnahme|eroberung|bombardierung(?:en)?|tötung(?:en)?|festnahmen?|entführung(?:en)?|belagerung|besetzung|befreiung|vertreibung(?:en)?|ermordung|hinrichtung(?:en)?|zerstörung|plünderung(?:en)?)"
_HARM_DE = r"(?:tötung|ermordung|festnahmen?|verhaftung(?:en)?|entführung(?:en)?|vertreibung(?:en)?|hinrichtung(?:en)?|massakers?)"
_CLASH_DE = r"(?:\w*gefechten?|\w*kämpfen?|\w*zusammenst(?:oß|öße|ößen)|\w*schusswechsel[n]?|\w*auseinandersetzung(?:en)?|kampf)"
_OPENER_DE = r"^\W*(?:dass|daß|weil|nachdem|während|als|bevor|wenn|ob|wo|wie|wonach|da|obwohl)\b"

_GAP_EN = (
    r"(?:\s+(?:have|has|had|also|then|later|again|overnight|early|late|\w+ly|on|(?:this|last)\s+(?:week|month|year|morning|night)|"
    rf"(?:in|on|at|from|near|around|outside|across|since|during|inside|of)\s+(?:the\s+)?(?:[a-z]+ern\s+)?{_CAP}(?:\s+{_CAP})?|monday|tuesday|wednesday|thursday|friday|saturday|sunday))*"
)
_SUBJECT_EN = rf"{_a(_D)}(?:\s+and\s+{_ANY})?"
_TRANSITIVE_EN = (
    r"(?:shell(?:ed|s)?|bomb(?:ed|s|arded)|attack(?:ed|s)?|struck|strikes?|hit|hits|pounded|raid(?:ed|s)|storm(?:ed|s)?|ambush(?:ed|es)?|captur(?:ed?|es)|seiz(?:ed?|es)|retook|recaptur(?:ed?|es)|overran|occup(?:ied|y|ies)|invad(?:ed?|es)|"
    r"besieged?|kill(?:ed|s)?|shot|shoot(?:s)?|execut(?:ed?|es)|murdered|massacred|wound(?:ed|s)?|injur(?:ed?|es)|abduct(?:ed|s)?|kidnap(?:ped|s)?|arrest(?:ed|s)?|detain(?:ed|s)?|loot(?:ed|s)?|torch(?:ed|es)?|burn(?:ed|t)|"
    r"destroy(?:ed|s)?|beat|tortured|raped|repell?(?:ed|s)?|target(?:ed|s)?|beheaded|dispers(?:ed?|es)|liberat(?:ed?|es)|intercept(?:ed|s)?|downed|assaulted|encircled|displaced|expelled)"
)
_INTRANSITIVE_EN = (
    r"(?:open(?:ed)? fire|fired?|fires|advanc(?:ed?|es)|launch(?:ed|es)?|carr(?:ied|y|ies) out|conduct(?:ed|s)?|stag(?:ed?|es)|clash(?:ed|es)?|fought|battl(?:ed?|es)|exchanged|enter(?:ed|s)?|withdr(?:ew|aw)|retreat(?:ed|s)?|pull(?:ed|s)? (?:out|back)|"
    r"t(?:ook|ake|akes|aken)|mov(?:ed?|es) into|push(?:ed|es)? into|used (?:tear gas|live|force)|set fire|demonstrat(?:ed?|es)|protest(?:ed|s)?|march(?:ed|es)?|rall(?:ied|y)|broke into|laid siege|swept|dropped|planted|detonated|blew up)"
)
_NOT_REDUCED = (
    r"(?=\s+\S)(?!\s+(?:in|by|during|when|after|as|on|at|near|since|and|amid|while|dead)\b)"
)
_VERB_EN = rf"(?:{_TRANSITIVE_EN}\b{_NOT_REDUCED}|{_INTRANSITIVE_EN}\b)"
_STRIKE_EN = r"(?:(?:air|drone|missile|rocket|artillery|mortar|ground|suicide|bomb|gun|cross-border)\s?)?(?:strikes?|attacks?|raids?|fire|assaults?|barrages?)|airstrikes?|shelling|bombings?|bombardment|ambush(?:es)?|gunfire"
_DEED_EN = rf"(?:{_STRIKE_EN}|offensive|incursion|invasion|advance|siege|killings?|crackdown|seizure|capture|takeover|withdrawal|massacre|destruction|abductions?)"
_NOT_DEED_BY = r"(?<!\bbacked )(?<!\bheld )(?<!\bcontrolled )(?<!\bclaimed )(?<!\bcondemned )(?<!\bsupported )(?<!\bled )(?<!\brun )(?<!\breported )(?<!\bsaid )(?<!\bdenied )(?<!\bdescribed )(?<!\bconfirmed )(?<!\bseen )(?<!\bcited )(?<!\bused )(?<!\boccupied )(?<!\bfollowed )(?<!\baccompanied )"
_AFTER_EN = r"(?=\s*(?:$|[,.;:)]|\s(?:in|at|near|on|from|with|who|and|during|over|across|as|by|to|of|after|overnight|early|late|while|dead|or|inside|outside|trying|waiting|\ue000-\ue5ff)\b))"
_CLASH_EN = r"(?:clash(?:es|ed)?|fighting|fought|battl(?:e|es|ed|ing)|firefights?|gun ?battles?|skirmish(?:es|ed)?|exchange of fire)"

_SOURCES: dict[Lang, tuple[tuple[str, str], ...]] = {
    "de": (
        ("between", rf"\bzwischen\s+{_a(_ANY)}\s+und\s+{_p(_ANY)}"),
        (
            "clash",
            rf"{_a(_D)}{_GAP_DE}\s+(?:\S+\s+){{0,3}}?{_CLASH_DE}\b[^,]{{0,40}}?\s(?:mit|gegen)\s+{_p(_ANY)}",
        ),
        ("clash-with", rf"\b{_CLASH_DE}\b[^,]{{0,30}}?\s(?:mit|gegen)\s+{_p(_ANY)}"),
        (
            "fight-each-other",
            rf"{_a(_D)}\s+und\s+{_p(_ANY)}{_GAP_DE}\s+(?:kämpf(?:t|ten|en)|liefer(?:n|ten)(?:\s+sich)?|bekämpf(?:t|ten|en))\b(?!.*\bgegen\b)",
        ),
        (
            "fight-each-other",
            rf"\b(?:liefer(?:n|ten)|bekämpf(?:en|ten))\s+sich{_GAP_DE}\s+{_a(_D)}\s+und\s+{_p(_ANY)}",
        ),
        (
            "claim",
            rf"(?:{_a(_D)}{_GAP_DE}\s+bekann(?:te|ten)\s+sich|\bbekann(?:te|ten)\s+sich\s+{_SUBJECT_DE.replace('<a>', '<a2>')})",
        ),
        ("subject", rf"{_SUBJECT_DE}{_GAP_DE}\s+{_VERB_DE}\b"),
        (
            "subject-have",
            rf"{_SUBJECT_DE}{_GAP_DE}\s+{_HAVE_DE}\b(?!.*\bworden\b).*?\b{_PARTICIPLE_DE}\b",
        ),
        ("subject-motion", rf"{_SUBJECT_DE}{_GAP_DE}\s+{_BE_DE}\b.*?\b{_MOTION_DE}\b"),
        ("verb-first", rf"\b{_VERB_DE}{_GAP_DE}\s+{_SUBJECT_DE}"),
        (
            "have-first",
            rf"\b{_HAVE_DE}{_GAP_DE}\s+{_SUBJECT_DE}(?!.*\bworden\b).*?\b{_PARTICIPLE_DE}\b",
        ),
        ("motion-first", rf"\b{_BE_DE}{_GAP_DE}\s+{_SUBJECT_DE}.*?\b{_MOTION_DE}\b"),
        (
            "subordinate",
            rf"{_OPENER_DE}{_GAP_DE}\s+{_SUBJECT_DE}(?!.*\b{_PASSIVE_DE}\b).*?\b(?:{_VERB_DE}\W*$|(?:{_PARTICIPLE_DE}\s+{_HAVE_DE}|{_MOTION_DE}\s+{_BE_DE})\b)",
        ),
        (
            "passive-agent",
            rf"\b{_PASSIVE_DE}\b[^,]*?\b(?:von|vom|durch)\s+{_a(_ANY)}(?!\s+aus\b)[^,]*?\b{_PARTICIPLE_DE}\b",
        ),
        (
            "passive-agent",
            rf"\b(?:von|vom|durch)\s+{_a(_ANY)}(?!\s+aus\b)[^,]*?\b{_PARTICIPLE_DE}\s+{_PASSIVE_DE}\b",
        ),
        ("deed-by", rf"\b{_DEED_DE}\b(?:\s[^,]{{0,50}}?)?\sdurch\s+{_a(_ANY)}"),
        ("attack-by", rf"\b{_SHELLING_DE}{_GAP_DE}\s+(?:von|vom|durch)\s+{_a(_ANY)}(?!\s+aus\b)"),
        ("attack-of", rf"\b{_ATTACK_DE}\s+{_a(f'(?:{_O}|{_G})')}"),
        ("possessive", rf"{_a(_G)}\s+(?:[a-zäöüß]+e[nrms]?\s+){{0,2}}{_SHELLING_DE}\b"),
        ("compound", rf"{_a(_ANY)}-{_SHELLING_DE}\b"),
        (
            "passive-subject",
            rf"{_p(_D)}{_GAP_DE}\s+(?:{_PASSIVE_DE}|{_BE_DE}(?=.*\bworden\b))\b.*?\b{_PARTICIPLE_DE}\b",
        ),
        ("passive-subject", rf"\b{_PASSIVE_DE}{_GAP_DE}\s+{_p(_D)}.*?\b{_PARTICIPLE_DE}\b"),
        (
            "passive-subject",
            rf"{_OPENER_DE}{_GAP_DE}\s+{_p(_D)}.*?\b{_PARTICIPLE_DE}\s+{_PASSIVE_DE}\b",
        ),
        (
            "target",
            rf"\b(?:{_SHELLING_DE}|{_VERB_DE}|gewalt|massaker)\b[^,]{{0,50}}?\s(?:auf|gegen|an)\s+{_p(_ANY)}",
        ),
        (
            "target",
            rf"\b(?:auf|gegen)\s+{_p(_ANY)}\s+(?:geschossen|gefeuert|abgefeuert|verübt|vor\b|eröffnet)",
        ),
        ("harm-of", rf"\b{_HARM_DE}\s+(?:von\s+|an\s+)?{_p(_ANY)}"),
        ("infinitive", rf"^\W*{_p(_D)}[^,]*\b{_PARTICIPLE_DE}\s+zu\s+haben\b"),
        (
            "died",
            rf"{_p(_D)}{_GAP_DE}\s+(?:starben|starb|kamen (?:ums leben|um)|sind tot|getötet|verletzt)\b",
        ),
        ("died", rf"\b(?:starben|kamen(?=.*\b(?:ums leben|um)\b)){_GAP_DE}\s+{_p(_D)}"),
        ("among", rf"\bdarunter\s+(?:auch\s+)?{_p(_ANY)}"),
    ),
    "en": (
        ("between", rf"\bbetween\s+{_a(_ANY)}\s+and\s+{_p(_ANY)}"),
        (
            "clash",
            rf"{_a(_D)}{_GAP_EN}\s+(?:\w+\s+){{0,3}}?{_CLASH_EN}\b[^,]{{0,30}}?\s(?:with|against)\s+{_p(_ANY)}",
        ),
        ("clash-with", rf"\b{_CLASH_EN}\b[^,]{{0,30}}?\s(?:with|against)\s+{_p(_ANY)}"),
        (
            "fight-each-other",
            rf"{_a(_D)}\s+and\s+{_p(_ANY)}{_GAP_EN}\s+(?:clash(?:ed)?|fought|battled|exchanged|traded)\b(?!.*\b(?:with|against)\b)",
        ),
        ("claim", rf"{_a(_D)}{_GAP_EN}\s+(?:claimed|claims)\s+responsibility"),
        ("subject", rf"{_SUBJECT_EN}{_GAP_EN}\s+{_VERB_EN}"),
        (
            "by",
            rf"\b(?:{_TRANSITIVE_EN}|taken|stopped|{_DEED_EN})\b[^,]{{0,60}}?\s{_NOT_DEED_BY}by\s+{_a(_ANY)}",
        ),
        ("possessive", rf"{_a(_G)}\s+(?:[\w-]+\s+){{0,3}}?{_DEED_EN}\b"),
        ("compound", rf"{_a(f'(?:{_D}|{_O})')}\s+(?:{_STRIKE_EN})\b"),
        (
            "passive-subject",
            rf"{_p(_D)}{_GAP_EN}\s+(?:was|were|been|is|are|being)(?:\s+being|\s+been)?(?:\s+\w+ly)?\s+{_TRANSITIVE_EN}\b",
        ),
        (
            "reduced-passive",
            rf"{_p(_D)}\s+(?:were\s+)?(?:killed|wounded|injured|shot|arrested|kidnapped|abducted|shot dead)(?:\s+(?:in|by|during|when|after|as|on|at|near)\b|\W*$)",
        ),
        ("object", rf"\b{_TRANSITIVE_EN}\s+{_p(_D)}{_AFTER_EN}"),
        (
            "object",
            rf"\b(?:killing|wounding|injuring|targeting|hitting|displacing|including|arresting|abducting)\s+{_p(_ANY)}{_AFTER_EN}",
        ),
        (
            "target",
            rf"\b(?:{_DEED_EN})(?:\s+\w+){{0,3}}?\s+(?:on|against|targeting)\s+{_p(_ANY)}{_AFTER_EN}",
        ),
        (
            "target",
            rf"\b(?:fired?|shot|shooting|firing)\s+(?:[\w-]+\s+){{0,3}}?(?:at|on|into)\s+{_p(_ANY)}{_AFTER_EN}",
        ),
        (
            "harm-of",
            rf"\b(?:killings?|arrests?|abductions?|murders?|massacre|detention|execution|shooting)\s+of\s+{_p(_ANY)}{_AFTER_EN}",
        ),
        ("died", rf"{_p(_D)}{_GAP_EN}\s+(?:died|dead)\b"),
    ),
}


def _pattern(name: str, source: str) -> Pattern:
    actors = sum(f"(?P<{group}>" in source for group in "ap")
    cases = (case for case, actor in (("direct", _D), ("genitive", _G)) if f">{actor}" in source)
    return Pattern(re.compile(source, re.I), name, actors, next(cases, None))


PATTERNS: dict[Lang, tuple[Pattern, ...]] = {
    lang: tuple(_pattern(name, source) for name, source in sources)
    for lang, sources in _SOURCES.items()
}
OBJECT_DE = re.compile(rf"(?:\s+(?:und|sowie)\s+{_ANY})?+[^,]*?(?<!\w)(?P<p>{_D})", re.I)
"""What follows the subject of an active German clause: its object."""

ACTIVE_DE = frozenset({"subject", "subject-have", "verb-first", "have-first", "subordinate"})
SUBJECT_FIRST_DE = frozenset({"subject", "subject-have", "subject-motion", "claim"})
INVERTED_DE = frozenset({"verb-first", "have-first", "motion-first"})
"""Patterns that hold only where nothing acts before the verb."""
STRIKES: dict[Lang, Stemmed] = {
    "de": stemmed(
        rf"(?P<who>US|[\w]+?e[nrms]?)(?:-|\s+(?:[a-zäöüß]+e[nrms]?\s+)?){_SHELLING_DE}\b",
        "angriff|offensive|anschl|attacke|vorst|vormarsch|überf|razzi|einmarsch|rückzug|abzug|luftschl|"
        "schüsse|massaker|invasion|hinterhalt|bombardement|beschuss|feuer",
        re.I,
    ),
    "en": stemmed(
        rf"(?P<who>[\w.]+)\s+(?:[a-z]+\s+)?(?:{_STRIKE_EN})\b",
        "strike|attack|raid|fire|assault|barrage|shelling|bombing|bombardment|ambush",
        re.I,
    ),
}
ADVERBIAL_DE = re.compile(
    r"^\W*(?:(?:und|doch|aber)\s+)?(?:in|im|am|an|auf|bei|beim|nach|vor|seit|mit|aus|um|bis|gegen|unter|über|während|nahe|nördlich|südlich|östlich|westlich|von|zum|zur|ab|"
    r"nur|wenige|kurz|rund|etwa|ungefähr|knapp|gut|\d+\s+kilometer|\w+\s+(?:jahre?|monate?|wochen?|tage?|stunden?)|heute|gestern|dort|hier|dabei|daraufhin|danach|dann|zuvor|zudem|außerdem|auch|erst|bereits|schon|anfang|ende|mitte|tags|stunden|später|zeitgleich|"
    r"unterdessen|derweil|inzwischen|ferner|zuletzt|erneut|gleichzeitig|zugleich|mittlerweile|nachts|als|laut|zwei|drei|\S+(?:\s+\S+){0,4}\s+zufolge|"
    r"(?:die|den|das)\s+(?:[a-zäöüß]+e[ns]?\s+)?\w*(?:stadt|ort|dorf|ortschaft|siedlung|provinz|region|flughafen|stützpunkt))\b",
    re.I,
)
"""How a German clause begins whose subject follows its verb."""

COORDINATED_DE = re.compile(r"(?:^|\W)(?:und|oder|sowie)\s+$", re.I)
ACROSS_COMMAS = frozenset(
    {
        "attack-by",
        "attack-of",
        "deed-by",
        "by",
        "possessive",
        "compound",
        "strike",
        "object",
        "died",
        "among",
        "reduced-passive",
        "passive-subject",
    }
)
"""Patterns that may tell of a trigger on the other side of a comma."""

AFTERMATH = re.compile(
    r"\b(?:nach|seit|trotz|vor|wegen|after|following|since|before|despite|over)\s+(?:\w+\s+){0,2}$",
    re.I,
)
"""Before a trigger: who acts afterwards did not do it."""

HARMED = re.compile(
    r"tote|tot\b|starb|gestorben|getötet|verletz|verschleppt|ums leben|kill|dead|died|wound|injur|death",
    re.I,
)
"""Triggers that tell what came of what stands before the comma."""

ELSEWHERE = re.compile(r"(?i:\b(?:in|bei|nahe|near|at))\s+[A-ZÄÖÜ]")
PROTEST = re.compile(
    r"demonstr|kundgebung|proteste\b|protestmarsch|protestzug|protests\b|protesters|rall(?:y|ies)\b|marchers",
    re.I,
)
MARCHING = re.compile(r"protestier|protest(?:ed)?\b|rallied|march", re.I)
"""Words that tell of a protest only where a crowd does it: governments protest, troops march."""

CROWD = re.compile(
    r"\b(?:tausende|hunderte|dutzende|menschen|studenten|studierende|arbeiter|anhänger|thousands|hundreds|dozens|people|students|workers|crowds?)\b",
    re.I,
)
