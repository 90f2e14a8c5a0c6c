"""The words that give a place its role, as patterns on the text left and right of its name.

Left patterns end at the toponym, right patterns start behind it; both see lower-cased text except
where a capital letter carries the meaning.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from geomap.events.relation_cues import ROAD_FROM, ROAD_TO
from geomap.models import Lang


class Cues(NamedTuple):
    """The patterns of one language; see the rules in ``roles.py`` for what each decides."""

    dateline: re.Pattern[str]
    locative: re.Pattern[str]
    place_noun: re.Pattern[str]
    taken: re.Pattern[str]
    """Left of what is taken ("hat", "captured the town of")."""
    reaction: re.Pattern[str]
    """What an attack brings about elsewhere ("löst … Empörung", "drew criticism")."""
    agency: re.Pattern[str]
    """Left of the name of who writes ("Nachrichtenagentur")."""
    home_left: re.Pattern[str]
    home_right: re.Pattern[str]
    """Around where somebody was born or lives ("der in Istanbul geborene")."""
    building: re.Pattern[str]
    """Left of where a building stands ("das Krankenhaus von"), which is stormed or burnt."""
    person_origin: re.Pattern[str]
    out_of: re.Pattern[str]
    directional: re.Pattern[str]
    apposition_of_states: re.Pattern[str]
    trained_by: re.Pattern[str]
    partner: re.Pattern[str]
    quoted: re.Pattern[str]
    """Left of who is quoted ("nach Angaben des Kremls", "according to")."""
    heard_from: re.Pattern[str]
    """In a clause that tells what is heard from a place ("aus dem Kreml hieß es")."""
    following_suit: re.Pattern[str]
    """In a clause that tells what befell one place after another ("nun auch")."""
    mood_in: re.Pattern[str]
    office_in: re.Pattern[str]
    actor_verb: re.Pattern[str]
    acts: re.Pattern[str]
    """Right of a subject that does something, in the active voice ("hat … ausgeschlossen")."""
    speech_verb: re.Pattern[str]
    possessive: re.Pattern[str]
    officeholder: re.Pattern[str]
    coordination: re.Pattern[str]
    after_ranking: re.Pattern[str]
    via: re.Pattern[str]
    protested: re.Pattern[str]
    distance: re.Pattern[str]
    beside: re.Pattern[str]
    """Left of what an event lies at or away from, not where somebody comes from."""
    road_from: re.Pattern[str]
    road_to: re.Pattern[str]
    talked_about: re.Pattern[str]
    """Left of what a meeting is about ("über die Lage in", "talks on")."""
    truce_in: re.Pattern[str]
    elsewhere: re.Pattern[str]
    """Around where a truce is wanted that is talked about somewhere else."""
    suburb: re.Pattern[str]
    border: re.Pattern[str]
    origin_verb: re.Pattern[str]


_DE_ARTICLE = r"(?:(?:der|die|das|dem|den|des|einer|einem|ihrer|seiner)\s+)?"
_DE_ADJECTIVE = r"(?:[a-zäöüß-]+(?:en|er|es|em|e)\s+){0,2}"
_DE_PLACE_NOUN = (
    r"(?:(?:[a-zäöü]+-?)?(?:stadt|städte[n]?|hochburg|metropole|region|provinz|gebiet|insel|halbinsel|enklave|oase|hafen)"
    r"|ort(?:es|schaft)?|dorf(?:es)?|gemeinde|bezirk|distrikt|kreis|vorort(?:es)?|stadtteil|viertel|"
    r"gouvernement|department|bundesstaat|teilstaat|grenzübergang|flughafen|lager|flüchtlingslager|fluss|"
    r"stützpunkt|luftwaffenstützpunkt|front|meerenge|millionenstadt|industriebezirk|siedlung|kloster)"
)
_EN_PLACE_NOUN = (
    r"(?:(?:port |border |capital |northern |southern |eastern |western |central )?(?:city|town|village|district|province|region|"
    r"suburb|neighbou?rhood|island|enclave|stronghold|capital|camp|area|state|port|valley)(?: of)?)"
)

CUES: dict[Lang, Cues] = {
    "de": Cues(
        dateline=re.compile(
            r"^(?:/[A-ZÄÖÜ][\w ./-]{2,30})?(?:,\s*\d{1,2}\.\s*\w+)?\s*(?:\([^)\n]{2,40}\)\s*(?:[–—-]|\.|:)?|[–—-]\s|\.(?=\s))"
        ),
        locative=re.compile(
            rf"(?:^|\W)(?:in|im|bei|beim|nahe|um|rund um|am|an|vor(?!\s+allem)|auf|über|unweit|innerhalb|außerhalb|gegenüber(?: von)?|"
            rf"zwischen|(?:nördlich|südlich|östlich|westlich|nord\w+lich|süd\w+lich)(?: von)?|nähe(?: von)?|"
            rf"(?:süden|norden|osten|westen|zentrum|umland|vororten?|stadtrand|toren?|straßen|außenbezirken|herzen) (?:von|der|des)?|von)\s+"
            rf"{_DE_ARTICLE}{_DE_ADJECTIVE}(?:{_DE_PLACE_NOUN}\s+)?(?:von\s+)?[„\"»]?$"
        ),
        place_noun=re.compile(rf"(?:^|\W){_DE_PLACE_NOUN}\s+[„\"»]?$"),
        taken=re.compile(
            r"\b(?:hat|haben|habe|hatten?|hätten?)\s+(?:(?:den|die|das)\s+)?(?:\w*(?:stadt|ort|dorf)\s+)?[„\"»]?$"
        ),
        reaction=re.compile(
            r"\b(?:löst|lösten?|sorgt|sorgten?|stie(?:ß|ss)(?:en)?|stößt|stoßen|rief(?:en)?|ruft|rufen|trafen?|trifft|treffen|weckt|weckten?|schürt|schürten?)\b"
            r".{0,80}\b(?:empörung|entsetzen|bestürzung|kritik|sorgen?|besorgnis|trauer|freude|ablehnung|verständnis|zustimmung|"
            r"erleichterung|wut|zorn|aufsehen|diskussion\w*|debatten?|ängste?|irritation\w*|unmut|mitgefühl)\b"
        ),
        agency=re.compile(r"\b(?:\w*agentur|tageszeitung|zeitung|fernsehsender)\s+[„\"»]?$"),
        home_left=re.compile(r"(?!)"),
        home_right=re.compile(
            r"\s+(?:geborene|lebende|ansässige|aufgewachsene|wohnhafte|wohnende|beheimatete|inhaftierte|stationierte)[nrms]?\b"
        ),
        building=re.compile(
            r"(?:krankenhaus|klinik|rathaus|flughafen|bahnhof|kaserne|moschee|kirche|kathedrale|schule|markt|hafen|gefängnis|"
            r"botschaft|konsulat|stützpunkt|universität|zitadelle|wache|gericht|palast|fabrik|raffinerie|kraftwerk)s?\s+(?:von|in)\s+$"
        ),
        person_origin=re.compile(
            r"(?:kämpfer|gotteskrieger|söldner|soldaten|truppen|einheiten|rekruten|freiwillige|flüchtlinge?|menschen|männer|frauen|"
            r"mann|frau|familien|kollegen|amtskollegen|minister|diplomaten|touristen|arbeiter|helfer|ärzte|journalist|bewohner|"
            r"vertriebene|milizen|dschihadisten|generals?|delegation|flugzeug|waffen|hilfsgüter|raketen|drohnen)\w*\s+(?:\w+\s+){0,2}?aus\s+"
            r"(?:der\s+|dem\s+|den\s+)?$"
        ),
        out_of=re.compile(
            rf"(?:^|\W)(?:aus|ab|von)\s+{_DE_ARTICLE}{_DE_ADJECTIVE}(?:{_DE_PLACE_NOUN}\s+)?$"
        ),
        directional=re.compile(
            rf"(?:^|\W)(?:nach|in die|in den|ins|in das|in richtung|richtung|bis nach|bis|zum|zur|um das)\s+{_DE_ADJECTIVE}(?:{_DE_PLACE_NOUN}\s+)?$"
        ),
        apposition_of_states=re.compile(
            r"(?:feinde|freunde|verbündeten?|partner|gegner|rivalen|staaten|länder|mächte|nachbarn|großmächte)\s+$"
        ),
        trained_by=re.compile(
            r"^\s+(?!gedacht)(?:ge|ver|be|er|ent|unter|über|aus|an|auf|zer|[a-zäöüß]+(?:ge|ier))[a-zäöüß]*(?:te|ten|ter|tes|ierte\w*|ene|enen|ener|enes)\s+[A-ZÄÖÜ]"
        ),
        partner=re.compile(
            r"(?:^|\W)(?:mit|gegen|für|laut|seitens|statt|außer|samt)\s+(?:der\s+|dem\s+|den\s+|die\s+|das\s+)?$"
        ),
        quoted=re.compile(
            r"\b(?:laut|gemäß|(?:angaben|darstellung|worten|einschätzung|erkenntnissen|auskunft|mitteilung)"
            r"\s+(?:aus|von|vom|der|des))\s+(?:de[mrs]\s+)?$"
        ),
        heard_from=re.compile(r"\b(?:hei?(?:ß|ss)t? es|hieß es|verlautete)\b"),
        following_suit=re.compile(r"\bauch\b"),
        mood_in=re.compile(
            r"(?:konstellation|signalen?|stimmung|kurs|haltung|druck|botschaft|reaktion|linie)\w*\s+(?:in|aus)\s+$"
        ),
        office_in=re.compile(
            r"(?:ministerium|regierung|regierungen|militärregierungen|führung|behörden|gouverneurs?|präsidenten?|außenministeriums?|botschaft|mission|"
            r"verwaltung|gericht|sprecher|sitz|zentrale|redaktion|universität|börse)\w*\s+(?:in|von|im)\s+$"
        ),
        actor_verb=re.compile(
            r"\b(?:weiß|wissen|forder\w+|dementier\w+|erklär\w+|kündig\w+|warn\w+|droh\w+|bestätig\w+|verurteil\w+|kritisier\w+|meld\w+|"
            r"bezeichne\w+|lehn\w+|weist|wies|wiesen|wirft|warf|begrüß\w+|reagier\w+|hoff\w+|glaub\w+|setzt|setzte|dräng\w+|biet\w+|bot|boten|"
            r"unterstütz\w+|schick\w+|liefer\w+|will|wollen|wollte\w*|plan\w+|schätz\w+|bestritt\w*|bestreit\w+|widersprach\w*|widersprich\w+|"
            r"sag\w+|zusag\w+|zusagte\w*|beteuer\w+|fürchte\w*|befürcht\w+|verlang\w+|schließt|schloss|behaupt\w+|hält|halten|hielt\w*|stellt\w*|"
            r"gratulier\w+|mahn\w+|vermittel\w+|ließ|lässt|sieht|sah|trauert\w*|frustriert|empört|brach|bricht|zog|zieht|stimm\w+|beschuldig\w+|"
            r"verhäng\w+|rief|ruft|appellier\w+|prüf\w+|erwäg\w+|einig\w+|dulde\w+|wirbt|warb|sprach|spricht|bedauer\w+|zeigt\w*|beharr\w+)\b"
        ),
        acts=re.compile(r"\s+(?:hat|habe|hatte|hätte)\b(?!.*\b(?:gebrannt|gewackelt)\b)"),
        speech_verb=re.compile(
            r"\b(?:sag\w+|erklär\w+|berichte\w+|teil\w*.*\bmit|orakel\w+|deklamier\w+|kündig\w+|droh\w+|warn\w+|sprach|sprachen|spricht|meld\w+|"
            r"betont\w*|forder\w+|verurteil\w+|nannten?|lobten?|kritisier\w+|bezeichne\w+|erinner\w+|begrüßten?|rechtfertig\w+|bedauer\w+|beklag\w+|versicher\w+|äußer\w+|bekräftig\w+|kommentier\w+)\b"
        ),
        possessive=re.compile(r"^\s+(?:[a-zäöüß]+e[rnsm]?\s+)?[A-ZÄÖÜ][a-zäöü]"),
        officeholder=re.compile(
            r"^\s+(?:[a-zäöüß]+\s+)?(?:präsident|könig|regierung|minister|außenminister|verteidigungsminister|armee|generalstab|militär|kanzler|premier|"
            r"regierungschef|staatschef|streitkräfte|truppen|soldaten|luftwaffe|marine|parlament|botschafter|präsidentin|sprecher|geheimdienst|"
            r"kronprinz|führung|staatsmedien|behörden|diplomaten|machthaber|junta|emir|sultan|verbündete|nachbarn)\w*"
        ),
        coordination=re.compile(
            r"^(?:\s*,\s*|\s+und\s+|\s+oder\s+|\s+sowie\s+|\s+noch\s+|\s*/\s*|\s+wie auch\s+)(?:(?:in|im|aus|nach|der|dem|den|die|das)\s+){0,2}$"
        ),
        after_ranking=re.compile(r"\b(?:erst|zweit|dritt|viert|fünft)?(?:größt|stärkst|meist)\w*"),
        via=re.compile(r"\büber\s+$"),
        protested=re.compile(
            r"\b(?:gegen|für)\s+(?:\w+\s+){1,5}(?:in|im|auf|bei)\s+(?:\w+\s+){0,2}$"
        ),
        talked_about=re.compile(
            r"\b(?:über|wegen|angesichts)\s+(?:(?:die|den|das|der|des)\s+)?(?:\w*(?:lage|situation|krieg|konflikt|krise|kämpfe|gewalt|zukunft|wiederaufbau|entwicklung)e?[sn]?\s+"
            r"(?:in|im|um|mit|der|des|von)\s+)?(?:(?:der|dem|den|die)\s+)?$"
            r"|\b(?:zur|zum|um|die)\s+(?:\w+\s+)?(?:lage|situation|krise|konflikt|krieg)\s+(?:in|im)\s+(?:(?:der|dem|den)\s+)?$"
            r"|\w+(?:lieferungen|hilfen?|exporte|sanktionen)\s+(?:an|in|für|gegen)\s+(?:(?:die|den|das)\s+)?$"
        ),
        truce_in=re.compile(
            r"\b(?:über|um|für)\s+eine?n?\s+(?:\w+\s+)?(?:waffenruhe|feuerpause|waffenstillstand|friedensplan)\s+(?:in|im)\s+(?:der\s+|dem\s+)?$"
        ),
        elsewhere=re.compile(r"[^.;,]{1,40}?\b(?:in|im)\s+[A-ZÄÖÜ]"),
        suburb=re.compile(r"-(?:Vorort|Stadtteil|Stadtviertel|Viertel|Bezirk)\s+[A-ZÄÖÜ]"),
        distance=re.compile(
            r"(?:kilometer|km|meter)?\s*(?:gegenüber|nördlich|südlich|östlich|westlich|nord\w+lich|süd\w+lich|entfernt|weit)\s+(?:von\s+|vom\s+)?(?:der\s+|des\s+)?$"
            r"|(?:kilometer|km)\s+(?:von|vor)\s+$"
        ),
        beside=re.compile(
            r"(?:\b(?:(?:stadt|orts)?rande?|nähe|umgebung|umkreis|umland|vorort(?:e[ns]?|s)?|zentrum|außenbezirken?|norden|süden|"
            r"osten|westen|küste)|(?:kilometern?|km|meilen)(?:\s+entfernt)?)\s+vo[nm]\s+(?:der\s+|den\s+)?(?:\w+\s+)?$"
        ),
        road_from=ROAD_FROM["de"],
        road_to=ROAD_TO["de"],
        border=re.compile(
            r"(?:grenze|grenzgebiet|grenzregion)\w*\s+(?:zu|zum|zur|mit|nach|von|zwischen)\s+(?:der\s+|dem\s+|den\s+)?$"
        ),
        origin_verb=re.compile(
            r"\b(?:stamm\w+|floh\w*|flieh\w+|flücht\w+|geflohen|kam|kamen|kommt|kommen|vorgerückt|gekommen|rett\w+|verlegt\w*|vertrieben|geflüchtet)\b"
        ),
    ),
    "en": Cues(
        dateline=re.compile(
            r"^(?:/[A-Z][\w ./-]{2,30})?(?:,\s*[A-Z]\w+\.?(?:\s+\d{1,2})?)?\s*(?:\([^)\n]{2,40}\)\s*(?:[–—-]|\.|:)?|[–—-]{1,2}\s)"
        ),
        locative=re.compile(
            rf"(?:^|\W)(?:in|at|near|outside|inside|around|on|over|above|across|throughout|within|off|along|between|through|into|against|toward|towards|under|"
            rf"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of|centre of|center of|outskirts of|"
            rf"(?:capture|seizure|siege|fall|control|bombing|shelling|part|parts|north|south|east|west|streets|suburb|port|bombardment) of)\s+"
            rf"(?:the\s+)?(?:[a-z]+(?:ern|ed|al|by|ing|an|y)\s+){{0,2}}(?:{_EN_PLACE_NOUN}\s+)?[“\"]?$"
        ),
        place_noun=re.compile(rf"(?:^|\W){_EN_PLACE_NOUN}\s+[“\"]?$"),
        taken=re.compile(
            r"\b(?:captured|seized|took|taken|retook|retaken|recaptured|overran|overrun|conquered|liberated)\s+"
            r"(?:the\s+)?(?:\w+\s+){0,2}?(?:(?:city|town|village|port) of\s+)?$"
        ),
        reaction=re.compile(
            r"\b(?:spark\w*|caus\w+|drew|draws|provok\w+|trigger\w*|prompt\w*|brought|met with|stirr?\w*|rais\w+)\b.{0,80}"
            r"\b(?:outrage|condemnation|anger|criticism|concerns?|alarm|dismay|shock|relief|fury|debates?|fears?|grief|sympathy|unease)\b"
        ),
        agency=re.compile(r"\bnews agency\s+$"),
        home_left=re.compile(r"\b(?:born|raised|living|resident|educated)\s+in\s+$"),
        home_right=re.compile(r"-(?:born|raised|educated)\b"),
        building=re.compile(
            r"(?:hospital|clinic|city hall|airport|station|barracks|mosque|church|cathedral|school|market|port|prison|jail|"
            r"embassy|consulate|base|university|citadel|court(?:house)?|palace|factory|refinery|plant)\s+(?:of|in|at)\s+$"
        ),
        person_origin=re.compile(
            r"(?:fighters?|soldiers?|troops|men|women|people|refugees|militants|recruits|volunteers|mercenaries|minister|colleagues?|diplomats?|tourists|"
            r"workers?|families|man|woman|jets|planes|drones?|rockets?|missiles?|ships?|delegation|units)\s+(?:\w+\s+){0,2}?from\s+(?:the\s+)?$"
        ),
        out_of=re.compile(
            rf"(?:^|\W)(?:from|out of)\s+(?:the\s+)?(?:\w+ern\s+)?(?:{_EN_PLACE_NOUN}\s+)?$"
        ),
        directional=re.compile(
            rf"(?:^|\W)(?:to|for|toward|towards|into|back to)\s+(?:the\s+)?(?:\w+ern\s+)?(?:{_EN_PLACE_NOUN}\s+)?$"
        ),
        apposition_of_states=re.compile(
            r"(?:enemies|allies|partners|rivals|neighbou?rs|powers|states|nations)\s+$"
        ),
        trained_by=re.compile(
            r"^-?(?:backed|trained|led|brokered|supplied|based|allied|made|mediated|supported)\b"
        ),
        partner=re.compile(r"(?:^|\W)(?:with|against|by|for|via|despite|without)\s+(?:the\s+)?$"),
        quoted=re.compile(
            r"\b(?:according to|(?:statement|sources?|figures|word) (?:from|in|at))\s+(?:the\s+)?$"
        ),
        heard_from=re.compile(r"(?!)"),
        following_suit=re.compile(r"\b(?:too|also|as well|next)\b"),
        mood_in=re.compile(r"(?:mood|signals?|reaction|pressure|tone|line)\s+(?:in|from)\s+$"),
        office_in=re.compile(
            r"(?:ministry|government|officials?|officers?|diplomats|sources|analysts|commanders|leadership|authorities|embassy|governor|president|spokes\w+|mission|court|headquarters|university|reporters|journalists|based)\s+(?:in|of|at)\s+(?:the\s+)?$"
        ),
        actor_verb=re.compile(
            r"\b(?:said|says|say|told|denied|denies|deny|warn\w*|demand\w*|announc\w+|condemn\w*|accus\w+|insist\w*|reject\w*|urg\w+|call\w*|vow\w*|threaten\w*|"
            r"want\w*|plan\w*|believ\w+|hop\w+|know\w*|agre\w+|offer\w*|suppl\w+|support\w*|back\w*|sent|send\w*|suspend\w*|recall\w*|expel\w*|confirm\w*|claim\w*|"
            r"blam\w+|express\w*|respond\w*|react\w*|consider\w*|impos\w+|pledg\w+|welcom\w+|criticis\w+|criticiz\w+|promis\w+|seek\w*|sought|fear\w*|could|would|"
            r"put|puts|maintain\w*|refus\w+|broker\w*|mediat\w+|ban\w*|declin\w+|acknowledg\w+|summon\w*|dismiss\w*|estimat\w+)\b"
        ),
        acts=re.compile(r"\s+(?:has|had)\s+(?!been\b|come\b|burn)"),
        speech_verb=re.compile(
            r"\b(?:said|says|told|announced|declared|warned|reported|stated|condemned|urged|briefed|argued|testified|speaking|spoke)\b"
        ),
        possessive=re.compile(r"^[’']s?\s+\w"),
        officeholder=re.compile(
            r"^(?:[’']s?)?\s+(?:[a-z]+\s+)?(?:president|king|government|minister|prime|foreign|defen[cs]e|army|military|chancellor|premier|forces|troops|parliament|"
            r"ambassador|spokes|intelligence|ruler|authorities|officials?|leader|air force|navy|crown|junta|envoy|health ministry)\w*"
        ),
        coordination=re.compile(
            r"^(?:\s*,\s*|\s+and\s+|\s+or\s+|\s*,\s+and\s+|\s+as well as\s+|\s*/\s*)(?:(?:in|from|to|the)\s+){0,2}$"
        ),
        after_ranking=re.compile(
            r"\b(?:second|third|fourth|fifth)?-?(?:largest|biggest|strongest)\b"
        ),
        via=re.compile(r"\b(?:via|through)\s+$"),
        protested=re.compile(
            r"\b(?:against|over|for)\s+(?:[\w’'-]+\s+){1,5}(?:in|on|at)\s+(?:\w+\s+){0,2}$"
        ),
        talked_about=re.compile(
            r"\b(?:on|about|over|regarding|discuss\w*|concerning)\s+(?:the\s+)?(?:(?:situation|war|conflict|crisis|fighting|violence|future|escalation|developments)\s+(?:in|of)\s+(?:the\s+)?)?$"
        ),
        truce_in=re.compile(
            r"\b(?:on|about|over|for)\s+an?\s+(?:\w+\s+)?(?:ceasefire|truce|peace plan|deal)\s+in\s+(?:the\s+)?$"
        ),
        elsewhere=re.compile(r"[^.;,]{1,40}?\bin\s+[A-Z]"),
        suburb=re.compile(r"\s+(?:suburb|district|neighbou?rhood) of\s+[A-Z]"),
        distance=re.compile(
            r"(?:kilomet(?:er|re)s?|km|miles?)\s+(?:\([^)]*\)\s+)?(?:(?:north|south|east|west)[\w-]*|away|outside)?\s*(?:of|from|outside)?\s*$"
            r"|\b(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of\s+(?:the\s+)?$"
        ),
        beside=re.compile(
            r"(?:kilomet(?:er|re)s?|kms?|miles?)(?:\s+\([^)]*\))?(?:\s+(?:away|north|south|east|west|(?:north|south)-?(?:east|west)))?"
            r"\s+from\s+(?:the\s+)?(?:\w+\s+of\s+)?$|\bfar from\s+$"
        ),
        road_from=ROAD_FROM["en"],
        road_to=ROAD_TO["en"],
        border=re.compile(r"(?:border|frontier)s?\s+(?:with|between|to|of)\s+(?:the\s+)?$"),
        origin_verb=re.compile(
            r"\b(?:fled|flee\w*|came|come|comes|travel\w+|arriv\w+|displaced|hail\w*|launched|fired|escaped?|evacuat\w+)\b"
        ),
    ),
}
