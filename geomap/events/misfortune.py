"""Deaths and destruction by storms, earthquakes, fires and crashes, which nobody fought."""

from __future__ import annotations

import re
from dataclasses import replace

from geomap.events.judging import type_of
from geomap.events.lexicon import Trigger
from geomap.models import Lang

_DESTRUCTION = "Looting/property destruction"
_STRATEGIC = "Strategic developments"
_BLAST = re.compile(r"explo|blast|deton")
_DISASTER: dict[Lang, str] = {
    "de": r"(?:erd|nach|see)beben\w*|taifun\w*|hurrikan\w*|zyklon\w*|(?:wirbel|tropen|winter|sand|schnee)?st(?:u|ü)rme?n?s?(?! auf)|orkan\w*|tornado\w*|unwetter\w*|"
    r"überschwemmung\w*|überflutung\w*|hochwasser\w*|sturzflut\w*|erdrutsch\w*|schlammlawine\w*|lawine\w*|"
    r"waldbr(?:a|ä)nd\w*|buschbr(?:a|ä)nd\w*|vulkan\w*|tsunami\w*|hitzewelle\w*|grippewelle|\w*virus|cholera|ebola|epidemie|pandemie|hungersnot|seuche|masern|starkregen\w*|monsun\w*|dürre|blitzschlag",
    "en": r"(?:earth)?quakes?|aftershocks?|typhoons?|hurricanes?|cyclones?|(?:snow|sand|thunder|winter |tropical )?storms(?=\s+(?:batter|hit|kill|lash|swept|caus|in\b|across|that|have|struck|tore|ravag|rip|destroy|damag))|(?:snow|sand|thunder)storm|"
    r"(?:a|the|tropical|winter) storm|tornado(?:e?s)?|(?:flash )?floods?(?=\s+(?:in|kill|hit|destr|caus|swept|and|that|have|after|across))|flooding|floodwaters|landslides?|mudslides?|avalanches?|wildfires?|bushfires?|"
    r"volcan\w+|tsunamis?|heat ?waves?|\w*virus|cholera|ebola|epidemic|pandemic|famine|measles|monsoon\w*|droughts?|lightning",
}
_ACCIDENT: dict[Lang, str] = {
    "de": r"(?:bus|zug|flugzeug|schiffs|boots|gruben|bergwerks|verkehrs|lawinen)?unglück\w*|(?:\w+)?unf(?:a|ä)ll\w*|flugzeugabsturz|hubschrauberabsturz|"
    r"gekentert\w*|kenterte\w*|entgleist\w*|massenpanik|(?<!in )\w*brand (?:in|im)|feuer (?:in|im) (?:\w+ ){0,2}(?:fabrik|hochhaus|hotel|krankenhaus|wohnhaus|diskothek|nachtclub)|"
    r"zusammengestoßen|eingestürzt\w*|gasexplosion\w*|gasleck|gasleitung\w*|gasflasche\w*|chemie(?:werk|fabrik|anlage)\w*|feuerwerks(?:fabrik|lager)",
    "en": r"(?:bus|train|plane|car|road|helicopter|ferry) (?:crash|accident|collision)\w*|accidents?|derail\w+|capsiz\w+|stampede|"
    r"(?:fire|blaze) (?:at|in|tore)|(?:house|factory|hotel|warehouse|nightclub|apartment) fire|gas (?:leak|explosion)|mine collapse|chemical plant|fireworks factory",
}
_ARMED: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(
        r"angriff|angegriffen|anschl(?:a|ä)g|rebell|truppen|miliz|bewaffnet|rakete|drohne|bombe|schüsse|schuss|schoss|messer|mord|beschuss|kämpf|gefecht|krieg|terror|granate|offensive"
    ),
    "en": re.compile(
        r"attack|rebel|shot|shoot|stabb|knife|murder|soldier|troops|army|militia|gunm|armed|rocket|missile|drone|bomb|shell|fighting|fighter|clash|war\b|terror|gunfire|offensive|arson|storm(?:ed|ing)\b"
    ),
}


def as_misfortune(trigger: Trigger, words: str, sentence: str, lang: Lang) -> Trigger:
    """Return a trigger, read off ``words``, as one of a disaster or an accident if its sentence tells so.

    Only for the dead, the injured, the destroyed and explosions, in a sentence without any word of arms.
    """
    lowered = sentence.lower()
    blast = _BLAST.match(words.lower())
    harm = blast or trigger.type.generic or trigger.type.sub_event_type == _DESTRUCTION
    if not harm or not trigger.type.acled_scope or _ARMED[lang].search(lowered):
        return trigger
    for name, told in (("disaster", _DISASTER[lang]), ("accident", _ACCIDENT[lang])):
        if re.search(rf"\b(?:{told})\b", lowered):
            return replace(trigger, type=type_of(f"{_STRATEGIC}||{name}"))
    return trigger
