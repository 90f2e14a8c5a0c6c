"""Places of those who report: "officials in Gaza said 20 were killed in Rafah" is of Rafah."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.events.scenes import Scene
from geomap.models import Article, Lang, Resolution, RoleDecision

_TELLERS: dict[Lang, str] = {
    "de": r"(?:behörden|ministerium|ministeriums|verwaltung|ärzten?|krankenhäusern?|aktivisten|anwohnern?|polizei|armee|militär|regierung|sprechern?)",
    "en": r"(?:ministry|officials?|authorities|administration|doctors|medics|activists|residents|witnesses|police|army|military|"
    r"air force|navy|government|hospitals?|spokes\w+|governor|mayor)",
}
_TELL: dict[Lang, str] = {
    "de": r"(?:sagten?|teilten?|meldeten?|berichteten?|erklärten?|zufolge)\b",
    "en": r"(?:have\s+|has\s+)?(?:said|says?|told|reported|announced|confirmed)\b",
}
_BEFORE = {
    lang: re.compile(
        rf"{tellers}(?:\s+(?:der|des|of|for)\s+(?:the\s+)?[\w-]+)?\s+(?:in|von|im|of)\s+(?:the\s+|der\s+)?$",
        re.IGNORECASE,
    )
    for lang, tellers in _TELLERS.items()
}
_AFTER = {lang: re.compile(rf"\s+{tell}") for lang, tell in _TELL.items()}
_OWN = {
    lang: re.compile(
        rf"(?:['’]s?)?\s+(?:[\w-]+\s+){{0,3}}?{tellers}\s+{_TELL[lang]}", re.IGNORECASE
    )
    for lang, tellers in _TELLERS.items()
}


def leave_to_told(
    article: Article,
    scene: Scene,
    roles: dict[int, RoleDecision],
    resolutions: Sequence[Resolution],
) -> dict[int, RoleDecision]:
    """Return the roles; that of those who tell is no scene beside another, or without a word of its own."""
    scenes = [p for p, role in roles.items() if role.role == "event"]
    tellers = [p for p in scenes if _is_of_teller(article, scene, resolutions[p])]
    if len(tellers) == len(scenes):
        told = [scene.triggers[scene.clause_of(resolutions[p].toponym.start)] for p in tellers]
        tellers = [p for p, own in zip(tellers, told, strict=True) if not own]
    return roles | dict.fromkeys(tellers, RoleDecision("other", "teller-in"))


def _is_of_teller(article: Article, scene: Scene, resolution: Resolution) -> bool:
    name, lang = resolution.toponym, article.lang
    right = article.text[name.end : scene.sentence.end]
    left = article.text[scene.sentence.start : name.start]
    if _AFTER[lang].match(right) and _BEFORE[lang].search(left):
        return True
    return not left.strip() and bool(_OWN[lang].match(right))
