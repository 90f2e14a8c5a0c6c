"""The English words that tell whether an event is denied, feared, planned or past."""

from __future__ import annotations

import re

from geomap.events.cues import Cues, whole_words

_ENGLISH_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
ENGLISH = Cues(
    denial=whole_words(
        "den(?:y|ied|ies|ying)",
        "rejected",
        "dismissed",
        "refuted",
        "disputed",
        "debunked",
        "(?:brush|shrug|laugh|wav|scoff)\\w* (?:aside|off|away|at)",
        "(?:was|were|is|are) (?:\\w+ )?(?:false|wrong|untrue|baseless|unfounded|fabricated)",
        "untrue",
        "not true",
        "baseless",
        "unfounded",
        "a (?:hoax|lie|fabrication|false alarm)",
        "no (?:\\w+ )?(?:evidence|truth|proof|sign|indication)",
    ),
    absent=whole_words(
        r"(?:(?:did|has|have|had|was|were) not|never|(?:didn|hasn|haven)[’']t)\s+(?:\w+\s+)?(?:take place|taken place|happen\w*|occur\w*|explode\w*|detonate\w*|resume\w*|materiali[sz]e\w*|been)",
        r"(?:nobody|no one|none)",
        r"never (?:made it|reached|arrived|came)",
        r"(?:didn[’']t|did not|never) (?:hit|strike|reach|land|fall|enter|roll)\w*",
    ),
    refused=whole_words(
        r"refus\w+ to",
        r"fail\w* to",
        r"declin\w+ to",
        r"unable to",
        "yet to",
        r"without (?:\w+ing)",
        r"not to",
        r"(?:kept|keeps?|stop\w*|prevent\w*|deter\w*) (?:\w+ ){1,5}from",
        r"instead of",
        r"rather than",
    ),
    denied_report=frozenset({"that", "relative", "which", "whether"}),
    no_noun=re.compile(r"\b(?:no|without|neither|nor|not an?)\s+(?:\w+\s+){0,2}$"),
    not_verb=re.compile(
        r"\b(?:not|never|no one|nobody|none|hardly|neither|failed to"
        r"|no(?= (?!longer|less|fewer|sooner|doubt|matter|later|stranger)\w))\b|n[’']t\b"
    ),
    superlative=re.compile(r"\bnot only\b|\bnever (?:before|so)\b|\bnot (?:be )?independently\b"),
    averted=whole_words(
        "averted",
        "foiled",
        "thwarted",
        "called off",
        "cancell?ed",
        "prevented",
        "postponed",
    ),
    forbidden=whole_words("forbidden", "banned"),
    presupposed=re.compile(
        r"\b(?:[Aa]fter|[Ff]ollowing|[Dd]espite|wake of)\s+(?:(?:an?|the|its|their|this|\w*ly)\s+)?(?:\w+\s+)?$"
    ),
    conditional=frozenset({"if", "unless", "whether"}),
    unreal=re.compile(r"^\W*(?:(?:had|should|were)\b.*,|(?:suppose|imagine|what if)\b)"),
    supposed=re.compile(r"(?<!even )(?<!as )\b(?:if|unless)\b|\bin case\b"),
    past_tense=whole_words(
        "was", "were", "has", "have", "had", r"\w+ed", "struck", "hit", "shot", "fell"
    ),
    matter_of_time=whole_words("matter of time", r"matter of (?:\w+ )?(?:days|hours|weeks)"),
    feared=re.compile(
        r"\b(?:threat\w*|(?<!as a )warn\w*|fear\w*(?! dead)|risk\w*|possib\w+|(?:un)?likely|danger"
        r"|ready to|considering|ruled? out|worr(?:y|ied|ies)|anxi\w+|brac(?:e|ed|es|ing) for|capable of"
        r"|in case|(?:is|was|remains?|remained) unclear|unconfirmed|rumou?r\w*|not confirm\w*|almost (?=\w+)|nearly (?=hit|struck)"
        r"|rumou?red|imminent|dread\w*)\b"
    ),
    hearsay=re.compile(r"(?!)"),
    modal=re.compile(
        r"\b(?:could(?! not)|would|might|(?<!\d )(?<!in )(?<!of )(?<!by )(?<!until )(?<!since )(?<!this )"
        r"(?<!last )(?<!early )(?<!late )(?<!mid-)(?<!/\d )may(?! \d)|should|wants?|wanted|plan(?:s|ned)? to"
        r"|intends?|hop(?:e|es|ed|ing) (?:to|for)|vow\w*|pledg\w*)\b"
    ),
    wanted=re.compile(
        r"\b(?:call(?:s|ed|ing)? (?:for )?(?:an? )(?:\w+ )?(?=rally|strike|protest|march|demonstration)"
        r"|announce[sd]? (?:an? )(?:\w+ )?(?=rally|strike|protest|march|demonstration))"
    ),
    infinitive=re.compile(r"\bto\s+(?:\w+ly\s+)?$"),
    implied=re.compile(
        r"\b(?:manag|beg[ai]n|began|start|continu|go(?:es)? on|went on|proceed|forc|help|mov|able|fail|seem"
        r"|appear|claim|prove|return|came|rush|used|compell|oblig)\w* (?:\w+ ){0,2}to\s+(?:\w+ly\s+)?$"
    ),
    coming=re.compile(
        r"\b(?:upcoming|planned|looming|impending|possible|potential|feared|next|threatened|alleged)"
        r"\s+(?:\w+\s+){0,2}$"
        r"|\b(?:plans?|preparations?|orders?|green light|calls?|prospect|talk)\s+(?:for|of)\s+(?:\w+\s+){0,3}$"
        r"|\b(?:ordered|authori[sz]ed|approved|considering|weighing|planning|preparing)\s+(?:(?!(?:to|the)\b)\w+\s+){0,2}$"
    ),
    will=re.compile(
        r"\b(?:will|shall|(?:is|are|was|were) (?:due|set|expected|scheduled|supposed|going|about|meant) to"
        r"|(?:is|are) to (?!blame)|(?:is|are) about to)\b"
    ),
    scheduled=re.compile(
        rf"\b(?:tomorrow|next (?:week|month|year|{_ENGLISH_DAY})|in the coming|for {_ENGLISH_DAY}"
        r"|(?:is|are) (?:\w+ )?(?:being prepared|expected|planned|announced|scheduled)|(?:was|were) planned"
        rf"|(?:opens?|begins?|starts?|meets?|sets? off|convenes?) (?:\w+ ){{0,5}}on {_ENGLISH_DAY}"
        r"|planned for|preparing to|gearing up|massing|expects?)\b"
    ),
    past=re.compile(
        r"\b(?:at the time|(?<!at )once(?! (?:again|more))|formerly|back then|in those days|anniversary of"
        r"|(?:\w+ )?(?:years?|decades?) (?:ago|earlier|later|on\b(?!\s+\w+day))|(?:year|decade)s? (?:has|have) (?:passed|gone by)"
        r"|a (?:year|decade|century) since|been an? (?:year|decade) since"
        r"|commemorat\w+|remember(?:s|ed)?|trial (?:of|over|for)|convicted (?:\w+ ){0,4}(?:of|for|over)|found guilty|sentenced\b.{0,60}\b(?:for|over)|world war|cold war"
        r"|(?:the )?(?:\d+s|nineties|eighties|seventies|sixties|fifties)|as a (?:young \w+|child|boy|girl))\b"
    ),
    years_after=re.compile(r"\b(?:years?|decades?) after\b[^,]*$"),
    remembered=whole_words(
        "(?:years?|decades?) after",
        r"anniversar\w+",
        r"memorials?",
        r"monuments?",
        r"museums?",
        r"exhibitions?",
        "in court",
        r"on trial",
        r"commemorat\w+",
        r"honou?rs?",
        r"(?:year|decade)s? (?:has|have) passed",
        r"been an? (?:year|decade)",
        r"remember\w*",
    ),
    staged=whole_words(
        r"exercises?",
        r"drills?",
        r"simulat\w+",
        "film",
        "movie",
        "novel",
        "video game",
        "war game",
    ),
)
