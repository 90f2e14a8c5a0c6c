"""What happened in ACLED's, geomap's and PLOVER's terms."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from test_extractor import event_at

from geomap.events.codes import CODES, plover_code
from geomap.models import Lang
from geomap.records import EventRecord, RelationRecord

DOCS = Path(__file__).parents[2] / "docs"
# PLOVER's sixteen types; modes of the draft of version 2.
PLOVER = {
    "AGREE": set(),
    "CONSULT": {"visit", "third-party", "multilateral", "phone"},
    "SUPPORT": set(),
    "CONCEDE": set(),
    "COOPERATE": set(),
    "AID": {"economic", "military", "humanitarian", "asylum"},
    "RETREAT": {"withdraw", "release", "disarm", "ceasefire", "access", "resign"},
    "REQUEST": set(),
    "ACCUSE": set(),
    "REJECT": set(),
    "THREATEN": {"restrict", "ban", "arrest", "relations", "expel", "territory", "violence"},
    "PROTEST": {"demo", "riot", "strike", "hunger", "boycott", "obstruct"},
    "SANCTION": {"convict", "cancel", "expel", "withdraw", "sever"},
    "MOBILIZE": {"troops", "weapons", "police", "militia"},
    "COERCE": {"restrict", "ban", "censor", "curfew", "martial-law", "arrest", "deport"},
    "ASSAULT": {
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms",
        "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control",
        "unconventional",
    },
}  # fmt: skip


def test_acleds_types_are_whole() -> None:
    sub_types = Counter(code.event_type for code in CODES if code.geomap_type is None)
    assert sub_types == {
        "Battles": 3,
        "Explosions/Remote violence": 6,
        "Violence against civilians": 3,
        "Protests": 3,
        "Riots": 2,
        "Strategic developments": 8,
    }
    assert len({code.name for code in CODES}) == len(CODES)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_plovers_codes_exist(code) -> None:
    if code.plover is not None:
        kind, _, mode = code.plover.partition("/")
        assert not mode or mode in PLOVER[kind]
    assert plover_code(code.event_type, code.sub_event_type, code.geomap_type) == code.plover


def test_a_type_alone_has_no_mode() -> None:
    assert plover_code("Explosions/Remote violence", None, None) == "ASSAULT"


@pytest.mark.parametrize(
    ("lang", "text", "place", "sub_type", "plover"),
    [
        ("de", "Die Armee nahm Homs ein.", "Homs", "Government regains territory", "ASSAULT"),
        ("en", "Gunmen attacked civilians in Aden.", "Aden", "Attack", "ASSAULT"),
        ("de", "In Homs schlugen Raketen ein.", "Homs", "Shelling/artillery/missile attack",
         "ASSAULT/heavy-weapons"),
        ("de", "In Homs gab es Krawalle.", "Homs", "Violent demonstration", "PROTEST/riot"),
        ("de", "In Katar trafen sich die Minister.", "Katar", "Other", "CONSULT"),
        ("en", "Police arrested five people in London.", "London", "Arrests", "COERCE/arrest"),
    ],
)  # fmt: skip
def test_plover_follows_the_sub_type(
    lang: Lang, text: str, place: str, sub_type: str, plover: str
) -> None:
    event = event_at(text, place, lang)
    assert (event.sub_event_type, event.plover) == (sub_type, plover)


def test_the_documented_codes_are_these() -> None:
    rows = [
        tuple(cell.strip() or None for cell in line.strip("|").split("|"))
        for line in (DOCS / "events.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and line.count("|") == 5
    ]
    header = ("`event_type`", "`sub_event_type`", "`geomap_type`", "`plover`")
    start = rows.index(header) + 1
    assert [tuple(code) for code in CODES] == rows[start : start + len(CODES)]


@pytest.mark.parametrize("page", ["events.md", "schema.md"])
def test_every_field_is_documented(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert [name for name in EventRecord.model_fields if f"`{name}`" not in text] == []
    assert [name for name in RelationRecord.model_fields if f"`{name}`" not in text] == []
