"""How many were killed and injured, as the text says: bounds where it gives them, words where not.

"mindestens zwölf" bounds from below, "bis zu 30" from above, "Dutzende" stays a word; where two sources
differ the lower figure is the best. Totals of a war ("seit Kriegsbeginn") are of no single event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from geomap.events.date_words import ENGLISH_MONTHS, GERMAN_MONTHS, pattern
from geomap.events.numbers import ARTICLES, BOUND, DIGITS, NUMBER, bounded, to_int
from geomap.events.stemmed import Stemmed, stemmed
from geomap.models import Count, Lang

VICTIMS = {
    "de": r"(?:\s+(?!und\b|bei\b|in\b)[\wäöüß.-]+){0,4}?",
    "en": r"(?:\s+(?!and\b|in\b|at\b)[\w'’-]+){0,4}?",
}
# "zwölf Menschen, darunter drei Kinder, wurden getötet"
_AMONG = {
    "de": r"(?:,\s+(?:darunter|unter ihnen|einschließlich)\b[^,;.]{1,80},)?",
    "en": r"(?:,\s+(?:including|among them)\b[^,;.]{1,80},)?",
}
_ASIDE = re.compile("|".join(among[3:-2] for among in _AMONG.values()), re.IGNORECASE)
DIED = {
    "de": r"(?:getötet|ums leben|umgebracht|ermordet|erschossen|hingerichtet|gestorben|starb(?:en)?|sterben|stirbt|"
    r"ertrunken|ertranken?|umgekommen|umkamen|massakriert)\b",
    "en": r"(?:killed|dead|died|dies|shot dead|executed|murdered|drowned|perished|martyred|massacred)\b",
}
_DIED_STEMS = {
    "de": "getötet|ums leben|umgebracht|ermordet|erschossen|hingerichtet|gestorben|starb|sterb|stirbt|"
    "ertrunken|ertrank|umgekommen|umkam|massakriert",
    "en": "killed|dead|died|dies|executed|murdered|drowned|perished|martyred|massacred",
}
# Without an auxiliary "killed" has subject or object before it: "two killed in", but not "a strike killed two".
_WERE_KILLED = (
    r"(?:(?:were|was|have been|had been|are|is|being)\s+(?:found\s+)?(?:also\s+)?(?:killed|dead|shot dead|executed|murdered|massacred)\b"
    r"|(?:have\s+|had\s+)?(?:found\s+)?(?:dead|died|dies|drowned|perished|martyred)\b"
    r"|(?:killed|shot dead|executed|murdered|massacred)"
    r"(?=\s+(?:in|by|when|as(?! many)|after|during|on|near|and|while|overnight|at(?! least| most)|outside|there)\b|\s*[^\w\s]|\s*$))"
)
_DEAD = {
    "de": [
        stemmed(
            rf"{BOUND['de']}{NUMBER['de']}{VICTIMS['de']}{_AMONG['de']}\s+(?:wurden?|worden|sind|waren|starb(?:en)?|seien|kamen)?\s*(?:(?!und\b|verletz)\w+\s+){{0,6}}?"
            rf"{DIED['de']}",
            _DIED_STEMS["de"],
        ),
        stemmed(
            rf"{BOUND['de']}{NUMBER['de']}{VICTIMS['de']}\s+(?:(?:sind|waren?|seien|ist)\s+)?(?:sofort\s+)?tot\b",
            "tot",
        ),
        stemmed(
            rf"(?:starb(?:en)?|sterben|töteten?|tötete|(?:getötet|erschossen|ermordet|hingerichtet) (?:wurden?|worden)|ums leben kamen|erschossen|erschoss|ertranken)\s+(?:\w+\s+){{0,4}}?{BOUND['de']}{NUMBER['de']}(?=\s+[a-zäöüß]|\b)",
            "starb|sterben|tötete|getötet|erschoss|ermordet|hingerichtet|ums leben kamen|ertranken",
        ),
        stemmed(
            rf"{BOUND['de']}{NUMBER['de']}\s+(?:\w+\s+)?(?:tote[nr]?|todesopfer|leichen)\b",
            "tote|todesopfer|leichen",
        ),
        stemmed(
            rf"(?:riss|rissen|reißt|reißen)\s+(?:\w+\s+){{0,4}}?{BOUND['de']}{NUMBER['de']}(?=[^.;]{{1,60}}\bin den tod\b)",
            "riss|reiß",
        ),
        stemmed(
            rf"\bzahl der toten\b.{{0,30}}?auf\s+{BOUND['de']}{NUMBER['de']}\b", "zahl der toten"
        ),
    ],
    "en": [
        stemmed(
            rf"{BOUND['en']}{NUMBER['en']}{VICTIMS['en']}{_AMONG['en']}\s+{_WERE_KILLED}",
            _DIED_STEMS["en"],
        ),
        stemmed(
            rf"(?:kill(?:ed|ing|s)|shot dead|executed|murdered|massacred|claimed|left)\s+(?:the lives of\s+)?{BOUND['en']}{NUMBER['en']}\b(?=\s+\w|[.,;]|$)",
            "kill|shot dead|executed|murdered|massacred|claimed|left",
        ),
        stemmed(
            rf"\bdeath toll\b.{{0,30}}?(?:to|at)\s+{BOUND['en']}{NUMBER['en']}\b", "death toll"
        ),
        stemmed(
            rf"{BOUND['en']}{NUMBER['en']}\s+(?:\w+\s+)?(?:deaths|bodies|fatalities)\b",
            "deaths|bodies|fatalities",
        ),
    ],
}
_HURT = {
    "de": [
        stemmed(
            rf"{BOUND['de']}{NUMBER['de']}{VICTIMS['de']}\s+(?:wurden?|worden|sind|waren|erlitten)?\s*(?:(?!und\b|getötet)\w+\s+){{0,4}}?(?:verletzt|verwundet|\w*verletzungen|verbrennungen)\b",
            "verletzt|verwundet|verletzungen|verbrennungen",
        ),
        stemmed(rf"{BOUND['de']}{NUMBER['de']}\s+(?:\w+\s+)?verletzten?\b", "verletzte"),
        stemmed(
            rf"\b(?:verletzten?|verwundeten?)\s+{BOUND['de']}{NUMBER['de']}\b",
            "verletzte|verwundete",
        ),
    ],
    "en": [
        stemmed(
            rf"{BOUND['en']}{NUMBER['en']}{VICTIMS['en']}\s+(?:were|was|have been|had been|others)?\s*(?:wounded|injured|hurt)\b",
            "wounded|injured|hurt",
        ),
        stemmed(
            rf"(?:wound(?:ed|ing)|injur(?:ed|ing))\s+{BOUND['en']}{NUMBER['en']}\b", "wound|injur"
        ),
    ],
}
_NONE_DEAD = {
    "de": stemmed(
        r"\b(?:tote|verletzte|opfer)(?: (?:oder|und) (?:tote|verletzte))? gab es (?:\w+ ){0,4}nicht\b|\bweder (?:tote|verletzte) noch\b"
        r"|\bniemand\w*\b.{0,25}\b(?:getötet|ums leben|verletzt|starb|zu schaden)|\bstarb niemand\b|\bverletzt\w* wurde niemand"
        r"|\bkeine (?:toten|todesopfer|opfer)\b|\bnicht zu schaden\b",
        " gab es |weder |niemand|keine |nicht zu schaden",
    ),
    "en": stemmed(
        r"\b(?:no one|no-one|nobody)\b.{0,20}\b(?:killed|hurt|injured|died)|\bno (?:\w+ )?(?:deaths|casualties|fatalities|injuries)\b|\bwithout casualties\b"
        r"|\bcaus\w+ (?:neither|no) (?:deaths|casualties|injuries)\b",
        "no |no-one|nobody|without casualties|neither ",
    ),
}
_VAGUE_WORDS = {
    "de": r"(?:(?:mehrere|einige) (?:dutzend|hundert|tausend)|dutzende|hunderte|tausende|zahlreiche|mehrere|viele|etliche)",
    "en": r"(?:several (?:dozen|hundred|thousand)|dozens|scores|hundreds|thousands|several|many)",
}
_VAGUE = {
    "de": stemmed(
        rf"\b(?P<vague>{_VAGUE_WORDS['de']})\b(?:\s+\w+){{0,4}}?\s+(?:\w+\s+){{0,3}}?(?:getötet|ums leben|tote|starben|verletzt)"
        rf"|\b(?:starben|sterben|töteten?|forderten?)\s+(?:\w+\s+){{0,5}}?(?P<vague2>{_VAGUE_WORDS['de']})\b(?!\s+verletz)",
        "dutzend|hundert|tausend|zahlreiche|mehrere|viele|etliche",
    ),
    "en": stemmed(
        rf"\b(?P<vague>{_VAGUE_WORDS['en']}|numerous)\b(?:\s+\w+){{0,5}}?\s+(?:killed|dead|died|wounded|injured)"
        rf"|(?:killed|killing|kills)\s+(?P<vague2>{_VAGUE_WORDS['en']})",
        "several|dozens|scores|hundreds|thousands|many|numerous",
    ),
}
_MONTHS = r"januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|july|october|december"
_SINCE = stemmed(
    rf"\bseit (?:\w+ )?(?:(?:kriegs|jahres)?beginn|anfang|ausbruch|(?:{_MONTHS})|(?:\w+ )?(?:jahren|monaten)|\d{{4}})\b"
    rf"|\bsince (?:the )?(?:\w+ )?(?:war|conflict|start|beginning|outbreak|fighting|uprising|(?:{_MONTHS})|last year|\d{{4}})\b",
    "seit |since ",
)
# What is the worst or the first since then happened once.
_ONE_OF_ITS_KIND = re.compile(
    r"\b(?:(?:schwer|schlimm|blutig|tödlich|heftig|folgenreich|stärk)ste|größte|erst(?:mals|e[nrsm]?\b)|\w{4,}iest\b|worst\b|first\b|largest\b|biggest\b)"
)
_STRETCH = re.compile(r"(?:[^,;.]|[,.](?=\d))+")
_TOLD_OTHERWISE = {
    "de": re.compile(
        rf"\b(?:sprach(?:en)?|sprechen|spricht)\s+(?:\w+\s+){{0,2}}?von\s+{BOUND['de']}{NUMBER['de']}\s+(?:\w+\s+)?(?:toten|todesopfern|getöteten)\b"
    ),
    "en": re.compile(
        rf"\b(?:while|but|whereas)\b[^;.]{{3,60}}?\b(?:said|reported|put)\b[^;.]{{0,30}}?\b{BOUND['en']}{NUMBER['en']}{VICTIMS['en']}\s+{_WERE_KILLED}"
    ),
}
_PLURAL = re.compile(r"\b(?:wurden|sind|waren|seien|kamen|starben|were|are)\b")
_DIGIT = re.compile(r"\d")
# "starben am 3. Mai 2016 acht Menschen" are eight dead.
_DAY_OR_HOUR = {
    "de": re.compile(
        rf"\b\d{{1,2}}\.\s*(?:{pattern(GERMAN_MONTHS)}|\d{{1,2}}\.)\s*(?:\d{{4}}\b)?"
        rf"|\b(?:{pattern(GERMAN_MONTHS)})\s+\d{{4}}\b|\b\d{{1,2}}(?:[.:]\d\d)? uhr\b"
    ),
    "en": re.compile(
        rf"\b(?:{pattern(ENGLISH_MONTHS)})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?"
        rf"|\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:{pattern(ENGLISH_MONTHS)})\s+\d{{4}}\b"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{pattern(ENGLISH_MONTHS)})\b"
        r"|\b\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b"
    ),
}
# "Zwei Angreifer haben zehn Menschen getötet" counts killers first.
_KILLERS = re.compile(
    r"\b(?:hat|haben|habe|hatten?)\b.*\b(?:getötet|umgebracht|ermordet|erschossen|hingerichtet)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# "starben 2020 mehr als 200", "starben 2020 bei": a year, and no count.
_BARE_YEAR = re.compile(
    r"\b(?:19|20)\d\d(?=\s+(?:mehr als|rund|etwa|mindestens|wenigstens|über|bei|beim|durch|fast|knapp|insgesamt|hunderte|tausende|"
    r"dutzende|zahlreiche|mehrere|more than|about|at least|nearly|over|hundreds|thousands|dozens)\b)"
)
_SINCE_YEAR = re.compile(r"\b(?:seit|since|in|im|jahre?s?|year)\s+$")
_BESIDE = re.compile(
    r"\b(?:bei|nach|durch|von|mit|in|auf|gegen|after|by|from|with|at|near|of|during|on)\s+$"
)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    count: Count


@lru_cache(maxsize=32)
def count_casualties(text: str, lang: Lang) -> tuple[Count, Count]:
    """Return (deaths, injured) stated in ``text``; empty counts where nothing is said.

    Where only injured are counted, nobody was killed: deaths are 0, as coders of conflict data do.
    """
    lowered = _without_days(_without_totals(text.lower()), lang)
    deaths = Count(0, 0, 0) if _NONE_DEAD[lang].search(lowered) else _range(lowered, lang)
    if deaths == Count():
        deaths = _first(_DEAD[lang], lowered, lang, summed=True)
        deaths = _widened(deaths, lowered, lang)
    injured = _first(_HURT[lang], lowered, lang)
    if deaths == Count():
        deaths = _vague(lowered, lang)
    if deaths == Count() and injured != Count():
        deaths = Count(0, 0, 0)
    return _as_written(deaths, text), _as_written(injured, text)


def _without_days(text: str, lang: Lang) -> str:
    """Blank what says when: "am 3. Mai 2016" counts nobody."""
    if not _DIGIT.search(text):
        return text
    return _BARE_YEAR.sub(_blank, _DAY_OR_HOUR[lang].sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def hide_asides(text: str) -> str:
    """Return the text without the commas around "darunter drei Kinder", just as long."""
    return _ASIDE.sub(lambda match: f" {match[0][1:-1]} ", text)


def _without_totals(text: str) -> str:
    """Blank the stretches that count the dead of a whole war or year."""
    if not _SINCE.may_match(text):
        return text

    def blank(match: re.Match[str]) -> str:
        words = match[0]
        total = _SINCE.search(words) and not _ONE_OF_ITS_KIND.search(words)
        return " " * len(words) if total else words

    return _STRETCH.sub(blank, text)


def _widened(count: Count, text: str, lang: Lang) -> Count:
    """Return the count with the figure that another source told as its other end."""
    if count.best is None or count.low != count.high:
        return count
    other = _TOLD_OTHERWISE[lang].search(text)
    number = to_int(other["n"], lang) if other else None
    if number is None or count.best == number:
        return count
    low, high = sorted((count.best, number))
    return replace(count, low=low, best=low, high=high)


def _as_written(count: Count, text: str) -> Count:
    """Return a count with its words as the text has them, spaces apart."""
    flat = " ".join(text.split())
    start = flat.lower().find(count.text) if count.text else -1
    if count.text is None or start < 0 or len(flat.lower()) != len(flat):
        return count
    return replace(count, text=flat[start : start + len(count.text)])


def _first(patterns: list[Stemmed], text: str, lang: Lang, *, summed: bool = False) -> Count:
    found = sorted(_matches(patterns, text, lang, summed=summed), key=lambda f: f.start)
    return found[0].count if found else Count()


# "mindestens 60, womöglich mehr als 80", "32 bis 40", "between 100 and 200": bounds, one figure.
_RANGE = {
    "de": stemmed(
        rf"(?:mindestens|zwischen|von)?\s*\b(?P<low>{DIGITS}|\w+)"
        rf"(?:\s+(?:und|bis(?:\s+zu)?)\s+|,\s*(?:womöglich|möglicherweise|vielleicht|wohl)\s+(?:mehr als\s+|bis zu\s+|über\s+)?)"
        rf"(?P<high>{DIGITS}|\w+)\b{VICTIMS['de']}\s+(?:\w+\s+){{0,3}}?{DIED['de']}",
        _DIED_STEMS["de"],
    ),
    "en": stemmed(
        rf"(?:at least|between|from)?\s*\b(?P<low>{DIGITS}|\w+)"
        rf"(?:\s+(?:and|to)\s+|,\s*(?:possibly|perhaps|maybe)\s+(?:more than\s+|up to\s+|over\s+)?)"
        rf"(?P<high>{DIGITS}|\w+)\b{VICTIMS['en']}\s+(?:\w+\s+){{0,2}}?{DIED['en']}",
        _DIED_STEMS["en"],
    ),
}
_AND_MORE = {
    "de": re.compile(rf"^(?:\s+(?!und\b)[\wäöüß-]+){{1,3}}\s+und\s+{NUMBER['de']}(?=\s+[a-zäöü])"),
    "en": re.compile(rf"^(?:\s+(?!and\b)[\w'’-]+){{1,3}}\s+and\s+{NUMBER['en']}(?=\s+[a-z])"),
}
_HURT_WORD = re.compile(r"\s+(?:\w+\s+)?(?:\w*verletz|verwund|wound|injur|hurt)")
_MORE_BEFORE = {
    "de": re.compile(
        rf"{NUMBER['de']}(?:\s+(?!und\b)[\wäöüß-]+){{1,3}}\s+und\s+(?:(?:seine|ihre|deren|dessen)\s+)?$"
    ),
    "en": re.compile(
        rf"{NUMBER['en']}(?:\s+(?!and\b)[\w'’-]+){{1,3}}\s+and\s+(?:(?:his|her|their)\s+)?$"
    ),
}


def _range(text: str, lang: Lang) -> Count:
    bounds = _RANGE[lang]
    for match in bounds.pattern.finditer(text) if bounds.may_match(text) else ():
        low, high = to_int(match["low"], lang), to_int(match["high"], lang)
        if low is not None and high is not None and 1 < low < high:
            return Count(low=low, best=low, high=high, text=" ".join(match[0].split()))
    return Count()


def _added(text: str, match: re.Match[str], lang: Lang) -> int:
    """Return how many more stand beside a number: "zwölf Palästinenser und ein Soldat getötet"."""
    opens = match.start("n") <= match.start() + len(match["bound"] or "") + 1
    # In "überfielen einen Posten und töteten sechs" the post is not one of the dead.
    before = opens and _MORE_BEFORE[lang].search(text[: match.start()].rstrip() + " ")
    after = _AND_MORE[lang].match(text[match.end("n") :])
    if before:
        return to_int(before["n"], lang) or 0
    if after is None or match.end() >= match.end("n") + after.end("n"):
        return 0
    hurt = _HURT_WORD.match(text[match.end("n") + after.end() :])
    return 0 if hurt or re.search(DIED[lang], after[0]) else to_int(after["n"], lang) or 0


def _matches(patterns: list[Stemmed], text: str, lang: Lang, *, summed: bool) -> Iterator[_Found]:
    for words in patterns:
        for match in _counts(words, text):
            number = to_int(match["n"], lang)
            if number is not None:
                number += _added(text, match, lang) if summed else 0
                yield _Found(match.start("n"), bounded(number, match["bound"] or "", match[0]))


def _counts(words: Stemmed, text: str) -> Iterator[re.Match[str]]:
    """Yield the matches whose number counts people; behind a year or another's article they are sought anew."""
    match = words.search(text)
    while match is not None:
        other = _is_no_victim(text, match)
        if not other:
            yield match
        match = words.pattern.search(text, match.end("n") if other else match.end())


def _is_no_victim(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number is a year or no count of one: "bei einer Explosion wurden", "by a bomb"."""
    before = text[: match.start("n")]
    if _KILLERS.search(match[0]):
        return True
    if match["n"] not in ARTICLES:
        return bool(_YEAR.fullmatch(match["n"]) and _SINCE_YEAR.search(before))
    among = before.endswith((" und ", " and "))
    return bool((_PLURAL.search(match[0]) and not among) or _BESIDE.search(before))


def _vague(text: str, lang: Lang) -> Count:
    match = _VAGUE[lang].search(text)
    if match is None or re.search(r"verletzt|wounded|injured", match[0]):
        return Count()
    return Count(text=next(word for word in match.groups() if word))
