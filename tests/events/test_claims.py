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
        ("de", "In Homs wurde gekämpft.", None, None),
        ("en", "Eight died, according to the Red Cross.", "third-party", "Red Cross"),
        ("en", "Jets struck the town, the army said.", "belligerent", "army"),
        ("en", "Jets struck the town on Monday.", None, None),
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
    ],
)
def test_unverified(lang: Lang, following: str) -> None:
    assert find_claim("X", following, lang, SIDES) == Claim(verification="unverified")
