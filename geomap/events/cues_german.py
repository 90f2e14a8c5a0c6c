"""The German words that tell whether an event is denied, feared, planned or past."""

from __future__ import annotations

import re

from geomap.events.cues import Cues, whole_words

_GERMAN_DAY = (
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|wochenende)"
)
_SEPARABLE = (
    "(?:ab|an|auf|aus|bei|durch|ein|fest|frei|her|hin|heran|heraus|los|mit|nach|nieder|um|"
    "unter|vor|weg|zu|zurück|zusammen|zurückzu)"
)
GERMAN = Cues(
    denial=whole_words(
        r"dementier\w+",
        r"bestritt\w*",
        r"bestreit\w+",
        r"widersprach\w*",
        r"widersprich\w+",
        r"(?:wies|wiesen|weist|weisen)\b.*\b(?:zurück|von sich)",
        r"zurückgewiesen",
        r"verneint\w*",
        r"leugne\w+",
        r"(?:stritt|stritten|streitet|streiten)\b.*\bab",
        r"abgestritten",
        r"in abrede",
        r"(?:trafen?|trifft|treffen|stimmt|stimmte|stimmen) nicht(?: zu)?",
        r"falsch\w*",
        r"fehlalarm",
        r"unwahr\w*(?<!unwahrscheinlich)",
        r"unzutreffend\w*",
        r"erfunden\w*",
        r"erfindung(?:en)?",
        r"(?:als|eine) (?:\w+ )?(?:lügen?|propaganda|ente|märchen|fälschung)",
        r"haltlos\w*",
        r"widerlegt\w*",
        r"entbehr\w+ jeder grundlage",
        r"keine? (?:\w+ )?(?:belege?|beweise?|rede|anzeichen|wahres wort)",
        r"nichts (?:geschehen|bekannt)",
        r"(?:ist|sind|war) es\b.*\bnicht (?:\w+ )?gekommen",
        "verschont",
        r"(?:nicht|nie|niemals)\s+(?:\w+\s+){0,2}(?:stattgefunden|gegeben|zustande\w*|ereignet)",
        r"(?:gilt|gelten) (?:\w+ )?als ausgeschlossen",
        r"(?:schloss|schließt)\b(?!.*\bnicht\b).*\baus",
    ),
    absent=whole_words(
        r"(?:kam|kamen|kommt|gab|gibt|fand|fanden)(?: es)?\b(?!.*\bnicht (?:nur|zuletzt|allein)).*\b(?:nicht|nie)",
        r"(?:blieb|blieben|fiel|fielen)\b.*\baus",
        r"ausgeblieben",
        r"(?:trafen?|verletzten?|töteten?) niemand\w*",
        r"abgeflaut",
    ),
    refused=whole_words(
        r"weiger\w+",
        r"verweiger\w+",
        r"verzichte\w*",
        r"denkt nicht daran",
        r"vergeblich",
        r"(?:gelang|gelingt|gelungen)\b.*\bnicht",
        r"nicht (?:\w+ )?(?:gelang|gelingt|gelungen)",
        r"lehn\w+\b.*\bab",
        r"abgelehnt",
    ),
    denied_report=frozenset({"dass", "daß", "wonach", "relative", "wodurch"}),
    no_noun=re.compile(r"\b(?:kein\w*|ohne|keinerlei|weder|statt|anstatt)\s+(?:[\w-]+\s+){0,2}$"),
    not_verb=whole_words("nicht", "nie", "niemals", "niemand", r"keine?n?r?", "kaum", "weder"),
    superlative=re.compile(
        r"\bnicht (?:nur|zuletzt|allein)\b|\bnie(?:\s+(?:zuvor|mehr))?\b.*\bso\b|\bso\b.*\bwie nie\b"
        r"|\bnoch nie\b|\bnicht unabhängig\b"
    ),
    averted=whole_words(
        r"verhinder\w*",
        r"vereitel\w*",
        "abgewendet",
        "abgesagt",
        "abgeblasen",
        r"verschob\w*",
        "verschoben",
        r"scheiter\w*",
        r"gescheitert\w*",
    ),
    forbidden=whole_words("verboten", r"untersagt\w*"),
    presupposed=re.compile(
        r"\b(?:[Nn]ach|[Ss]eit|[Ii]nfolge|[Tt]rotz)\s+(?:[a-zäöüß]+\s+){0,2}(?:[\w-]+-)?$"
    ),
    conditional=frozenset({"wenn", "falls", "ob", "bevor", "damit", "sobald", "solange"}),
    unreal=re.compile(
        r"^\W*(?:(?:hätten?|wären?|sollten?|würden?|käme)\b.*,|(?:angenommen|gesetzt den fall)\b"
        r"|(?:bricht|brechen|fällt|fallen|greift|greifen|kommt|rückt|rücken|gelingt|scheitert|zieht|ziehen"
        r"|stürmt|stürmen|marschiert|marschieren|eskaliert)\b.*, (?:dann |so )?\w+(?:t|en|e)\b)"
    ),
    supposed=re.compile(
        r"(?<!auch )(?<!selbst )(?<!sogar )(?<!außer )(?<!als )\b(?:wenn|falls|sofern)\b(?! auch)"
    ),
    past_tense=whole_words(
        "hat",
        "haben",
        "habe",
        "wurden?",
        "waren?",
        "hatten?",
        r"\w+te",
        r"\w+[^\Waeiouäöü]ten",
        r"ge\w+(?:t|en)",
    ),
    matter_of_time=whole_words("frage der zeit", r"frage von (?:\w+ )?(?:tagen|wochen|stunden)"),
    feared=whole_words(
        r"droh(?!n)\w*",
        r"warn\w*",
        r"fürcht\w*",
        r"befürcht\w*",
        "furcht",
        r"angst (?:vor|um)",
        "sorge",
        "gefahr",
        r"zitter\w* vor",
        r"möglich\w*",
        r"womöglich(?! (?:mehr|bis|über|\d))",
        r"vielleicht(?! (?:mehr|bis|über|\d))",
        "denkbar",
        r"wahrscheinlich\w*",
        r"unwahrscheinlich\w*",
        r"erwäg\w*",
        "(?:wird|werden) geprüft",
        "nicht aus(?:zuschließen)?",
        "nicht ausgeschlossen",
        r"(?:rechne\w*|gerechnet) (?:\w+ )?(?:mit|damit)",
        r"(?:hält|halten|hielt|hielten) sich\b.*\boffen",
        r"gerüchte?n?",
        r"unbestätigt\w*",
        "nicht bestätigt",
        "(?:ist|war|bleibt|blieb) unklar",
        "unklar (?:ist|war|bleibt|blieb)",
        r"(?:hätten?|wären?)\b.*\b(?:beinahe|fast)",
        "um ein haar",
        r"in der lage",
    ),
    hearsay=re.compile(r"\bsoll(?:en)?\b.*\b(?:haben|sein)\b|\b(?:haben|sein) soll(?:en)?\b"),
    modal=re.compile(
        r"\b(?:könnt\w*|würd\w*|dürft\w*|müsst\w*|sollte[nt]?|hätte|wäre|wollen(?!.*\bhaben\s*$)"
        r"|hoff\w* auf|will(?!.*\bhaben\s*$)|wollte\w*|möcht\w*|plan(?:t|en|te|ten)|beabsichtig\w*|einrennen"
        r"|zu (?:verhindern|vermeiden)|soll\w* verhindern)\b"
    ),
    wanted=whole_words(r"(?:ruf|rief)\w*\b.*\bauf", r"aufgerufen", r"aufrufe?n?"),
    infinitive=re.compile(
        rf"^(?:.*?\s)?(?:zu\s+(?!haben\b|sein\b|werden\b|hören\b|sehen\b|spüren\b|verzeichnen\b|beklagen\b)[a-zäöü]\w+n|{_SEPARABLE}zu(?!g)\w{{3,}}n)\b"
    ),
    implied=whole_words(
        r"beg[ao]nn\w*",
        r"(?:fing|fingen)\b.*\ban",
        r"angefangen",
        r"gelang\w*",
        r"gelungen",
        r"schaff\w+",
        r"w(?:ag|ei[gt])\w+",
        r"gezwungen",
        r"zw[aiu]ng\w*",
        r"dabei",
        r"übergegangen",
        r"vermocht\w*",
        r"nutz\w+",
    ),
    coming=re.compile(
        r"\b(?:kommende\w*|bevorstehende\w*|geplante\w*|angekündigte\w*|anstehende\w*|drohende\w*"
        r"|befürchtete\w*|nächste\w*|künftige\w*|möglich\w+)\s+(?:\w+\s+){0,2}$"
        r"|\b(?:pl[aä]ne?n?|planung\w*|vorbereitung\w*|grünes licht|befehle?|aufrufe?|forderung\w*|bereitschaft)"
        r"\s+(?:für|zu[mr]?|auf)\s+(?:\w+\s+){0,3}$"
    ),
    will=whole_words("wird", "werden", "werde", "wirst"),
    scheduled=re.compile(
        r"\b(?:am|im|in der|in den|in|ab|ende|anfang|mitte)\s+(?:kommenden?|nächsten?|nächster|kommender)\b"
        r"|\b(?:kommende|nächste)[nrms]? (?:woche|monat|jahr|tage?n?|stunden|wochenende)\b"
        r"|(?<!am )(?<!dem )(?<!diesem )\bmorgen\b(?! des\b| de[sr] )(?<!selben morgen)(?<!gleichen morgen)"
        r"|(?<!wie )\b(?:geplant|angekündigt|angesetzt|vorgesehen|anberaumt|angemeldet|beschlossene sache)\b"
        r"|\b(?:übermorgen|demnächst|künftig|bis (?:jahres|monats)ende|steh\w+ (?:\w+ )?bevor)\b"
        r"|\b(?:kündig\w+\b.*\ban|bereite[nt]?\b.*\bvor|mach\w* sich bereit|sammeln sich)\b"
        r"|\bwird\b.*\bvorbereitet\b|\bis?t?\b.*\b(?:genehmigt|befohlen)\b"
        rf"|\bfür (?:den (?:\d+\.|heutigen|morgigen)|heute|morgen|{_GERMAN_DAY})\b"
    ),
    past=whole_words(
        "damals",
        "einst",
        "seinerzeit",
        r"vor (?:\w+ )?(?:jahren|jahrzehnten|jahrhunderten)",
        r"vor (?:rund |fast |gut |etwa )?einem (?:jahr|jahrzehnt|jahrhundert|vierteljahrhundert)",
        r"(?:jahre?|jahrzehnte?) (?:nachdem|danach|ist es her|(?:ist|sind) vergangen)",
        r"weltkriegs?",
        r"(?:zwanziger|dreißiger|vierziger|fünfziger|sechziger|siebziger|achtziger|neunziger|\d+er)[ -]?jahren?",
        "früher",
        "gedacht",
        r"gedachten?",
        r"gedenk\w*",
        r"erinner\w* an",
        r"erinner\w* sich",
        r"erinnerung\w* an",
        r"jähr(?:t|te|en|ten) sich",
        r"jahrestag\w* (?:des|der|von|seit)",
        r"(?:prozess|verfahren|urteil)\w* (?:um|gegen|wegen|zu)",
        r"(?:steht|stehen|stand|standen)\b.*\bvor gericht",
        r"gericht\w*\b.*\b(?:verurteil|sprach)\w*",
        r"verurteilt (?:worden|wurden?)|wurden?\b.*\bverurteilt",
        r"gericht\w* verhandelt",
    ),
    years_after=re.compile(r"\b(?:jahre?|jahrzehnte?) nach (?:\w+ ){0,3}$"),
    remembered=whole_words(
        "(?:jahre?|jahrzehnte?) nach",
        r"jahrestag\w*",
        r"ausstellung\w*",
        r"denkmal\w*",
        r"mahnmal\w*",
        r"gedenkstätte\w*",
        r"gedenktafel\w*",
        r"museum\w*",
        r"im prozess",
        r"vor gericht",
        r"angeklagte\w*",
        r"wieder ?aufgebaut",
        r"wiederaufbau\w*",
    ),
    # Exercises, films and games stage what did not happen.
    staged=whole_words(
        "übt",
        "übten?",
        "übung",
        "manöver",
        r"simulier\w*",
        "film",
        "filme?s",
        "serie",
        "roman",
        "videospiel",
        "theaterstück",
    ),
)
