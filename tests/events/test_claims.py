from __future__ import annotations

import pytest

from geomap.events.claims import Claim, find_claim
from geomap.models import Lang

SIDES = frozenset({"kiew", "moskau", "russland"})


@pytest.mark.parametrize(
    ("lang", "sentence", "attribution", "reported_by"),
    [
        ("de", "In Homs starben nach Angaben von Ärzten acht Menschen.", "third-party", "Ärzten"),
        ("de", "Laut der Armee wurde Homs erobert.", "belligerent", "Armee"),
        ("de", "Die Stadt ist dem Generalstab zufolge gefallen.", "belligerent", "Generalstab"),
        ("de", "Die Armee hat nach eigenen Angaben Homs erobert.", "belligerent", None),
        ("de", "Es gab Tote, meldeten Aktivisten.", "third-party", "Aktivisten"),
        (
            "de",
            "Laut dem ukrainischen Generalstab gab es Tote.",
            "belligerent",
            "ukrainischer Generalstab",
        ),
        (
            "de",
            "Nach Angaben des syrischen Militärs fiel Homs.",
            "belligerent",
            "syrisches Militär",
        ),
        (
            "de",
            "Nach Angaben ukrainischer Behörden fiel Homs.",
            "belligerent",
            "ukrainische Behörden",
        ),
        ("de", "Nach Angaben des Roten Kreuzes gab es Tote.", "third-party", "Rotes Kreuz"),
        ("de", "Homs fiel nach russischen Angaben.", "belligerent", "russische Seite"),
        ("de", "Nach Behördenangaben gab es Tote.", "belligerent", "Behörden"),
        (
            "de",
            "Aus Sicherheitskreisen hieß es, Homs sei gefallen.",
            "third-party",
            "Sicherheitskreise",
        ),
        (
            "de",
            "Homs sei gefallen, berichtete die „Syrische Beobachtungsstelle für Menschenrechte“.",
            "third-party",
            "Syrische Beobachtungsstelle für Menschenrechte",
        ),
        (
            "de",
            "Der Gouverneur der Region Belgorod, W. Gladkow, schrieb auf Telegram, es gebe Tote.",
            "belligerent",
            "Gouverneur der Region Belgorod",
        ),
        (
            "de",
            "Am Freitag sagte ein Sprecher der Armee, Homs sei gefallen.",
            "belligerent",
            "Sprecher der Armee",
        ),
        ("de", "Augenzeugen berichteten von Explosionen.", "third-party", "Augenzeugen"),
        ("de", "In Homs wurde gekämpft.", None, None),
        ("en", "Eight died, according to the Red Cross.", "third-party", "Red Cross"),
        ("en", "Jets struck the town, the army said.", "belligerent", "army"),
        ("en", "Jets struck the town on Monday.", None, None),
        ("en", "Gaza's health ministry said 20 died.", "belligerent", "Gaza's health ministry"),
        (
            "en",
            "Ten died, a spokesman for the group said.",
            "belligerent",
            "spokesman for the group",
        ),
        ("en", "Ten died, while activists said there were more.", "third-party", "activists"),
        ("en", "State media reported shelling.", "belligerent", "State media"),
        ("en", "The governor, Oleh K., said on Telegram that ten died.", "belligerent", "governor"),
        ("en", "Witnesses told Reuters that ten died.", "third-party", "Witnesses"),
        ("en", "The bombing in Baghdad claimed the lives of ten people.", None, None),
        ("en", "Shelling reported near Homs.", None, None),
        ("en", "He said jets struck the town.", None, None),
    ],
)
def test_who_says_so(
    lang: Lang, sentence: str, attribution: str | None, reported_by: str | None
) -> None:
    claim = find_claim(sentence, "", lang, SIDES)
    assert (claim.attribution, claim.reported_by) == (attribution, reported_by)


@pytest.mark.parametrize(
    ("lang", "following", "by"),
    [
        ("de", " Kiew wies das zurück.", "Kiew"),
        ("de", " Ein Sprecher in Moskau wies dies umgehend zurück.", "Moskau"),
        ("de", " Die Regierung wies Rücktrittsforderungen zurück.", None),
        ("en", " The army denied this.", "army"),
        ("en", " The army denied that its troops had left.", None),
    ],
)
def test_who_disputes_it(lang: Lang, following: str, by: str | None) -> None:
    disputed = find_claim("X wurde erobert.", following, lang, SIDES).disputed_by
    assert (disputed or "").endswith(by or "")
    assert bool(disputed) == bool(by)


@pytest.mark.parametrize(
    ("lang", "following"),
    [
        ("de", " Die Angaben ließen sich nicht unabhängig überprüfen."),
        ("en", " The report could not be independently verified."),
        ("en", " Reuters could not independently verify the report."),
        ("en", " It was not possible to verify the report."),
    ],
)
def test_unverified(lang: Lang, following: str) -> None:
    assert find_claim("X", following, lang, SIDES) == Claim(verification="unverified")


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        (
            "de",
            "Ein Boot wurde beschossen.",
            " In Idlib starben zwölf; die Rebellen wiesen dies zurück.",
        ),
        ("en", "A boat was shelled.", " Twelve died in Idlib; the rebels rejected this."),
    ],
)
def test_what_is_disputed_stands_right_before(lang: Lang, first: str, second: str) -> None:
    assert find_claim(first, second, lang, SIDES).disputed_by is None
    assert find_claim(second.strip(), "", lang, SIDES).disputed_by in ("Rebellen", "rebels")
