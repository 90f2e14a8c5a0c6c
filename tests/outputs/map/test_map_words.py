from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_records import EVENTS, syria, village

from geomap.outputs.map import phrases, spans, wording
from geomap.outputs.map.kinds import KINDS
from geomap.outputs.map.render import choose_lang
from geomap.outputs.map.sources import cite, find_host
from geomap.records import EventRecord


def event(**fields: Any) -> EventRecord:
    return EventRecord.model_validate(EVENTS[3] | fields)


@pytest.mark.parametrize(
    ("fields", "german", "english"),
    [
        ({"date_start": "2015-07-01"}, "1. Juli 2015", "1 July 2015"),
        (
            {"date_start": "2015-07-01", "date_end": "2015-07-10", "date_prec": 3},
            "1.–10. Juli 2015 (auf die Woche genau)",
            "1–10 Jul 2015 (to the week)",
        ),
        (
            {"date_start": "2015-06-29", "date_end": "2015-07-05"},
            "29. Juni – 5. Juli 2015",
            "29 Jun – 5 Jul 2015",
        ),
        (
            {"date_start": "2015-03-01", "date_end": "2015-03-31", "date_prec": 4},
            "März 2015",
            "March 2015",
        ),
        ({"date_start": "2015-01-01", "date_end": "2015-12-31", "date_prec": 5}, "2015", "2015"),
        (
            {"date_start": "2015-06-01", "date_end": "2015-07-31", "date_prec": 4},
            "Juni bis Juli 2015",
            "June to July 2015",
        ),
        (
            {"date_start": "2015-12-01", "date_end": "2016-01-31", "date_prec": 4},
            "Dezember 2015 bis Januar 2016",
            "December 2015 to January 2016",
        ),
        (
            {"date_start": "2014-01-01", "date_end": "2015-12-31", "date_prec": 5},
            "2014–2015",
            "2014–2015",
        ),
        (
            {"date_start": "2015-06-09", "date_end": "2015-06-01", "date_prec": 4},
            "Juni 2015",
            "June 2015",
        ),
        ({"date_start": "irgendwann"}, "irgendwann", "irgendwann"),
        ({}, None, None),
    ],
)
def test_dates_are_as_exact_as_they_are_known(
    fields: dict[str, Any], german: str | None, english: str | None
) -> None:
    assert phrases.say_when(event(**fields), "de") == german
    assert phrases.say_when(event(**fields), "en") == english


def test_words_of_the_text_and_the_source_of_a_date_are_told() -> None:
    dated = event(date_start="2015-06-25", date_text="gestern", date_source="publication")
    assert phrases.say_when(dated, "de") == (
        "25. Juni 2015 („gestern“, nach dem Erscheinungsdatum)"
    )


@pytest.mark.parametrize("words", ["am 3. Mai 2016", "on 3 May 2016"])
def test_words_of_the_text_that_are_the_date_are_not_said_twice(words: str) -> None:
    dated = event(date_start="2016-05-03", date_text=words)
    assert phrases.say_when(dated, "de") == "3. Mai 2016"
    assert phrases.say_when(dated, "en") == "3 May 2016"


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (None, 5, None, "5"),
        (5, 5, 5, "5"),
        (12, 15, 20, "12–20"),
        (12, 12, None, "mindestens 12"),
        (12, None, None, "mindestens 12"),
        (None, None, 9, "bis zu 9"),
        (None, None, None, None),
    ],
)
def test_counts(low: int | None, best: int | None, high: int | None, words: str | None) -> None:
    assert phrases.say_count(low, best, high, "de") == words


@pytest.mark.parametrize(
    ("fields", "german", "english"),
    [
        ({"deaths_best": 0}, "keine Toten", "no deaths"),
        (
            {"deaths_low": 0, "deaths_best": 0, "deaths_high": 0, "injured_best": 1},
            "1 Person verletzt",
            "1 injured",
        ),
        (
            {"deaths_best": 1, "injured_best": 0},
            "1 Todesopfer, keine Verletzten",
            "1 killed, nobody injured",
        ),
        ({"deaths_low": 0, "deaths_high": 5}, "bis zu 5 Tote", "up to 5 killed"),
        ({"deaths_low": 0}, None, None),
        ({"deaths_low": 30, "deaths_best": 30}, "mindestens 30 Tote", "at least 30 killed"),
    ],
)
def test_casualties_read_like_language(
    fields: dict[str, Any], german: str | None, english: str | None
) -> None:
    hurt = event(**{"deaths_text": None} | fields)
    assert phrases.say_casualties(hurt, "de") == german
    assert phrases.say_casualties(hurt, "en") == english


def test_vague_numbers_stay_words() -> None:
    vague = event(deaths_text="Dutzende Tote", injured_best=3)
    assert phrases.say_casualties(vague, "de") == "Dutzende Tote, 3 Verletzte"


@given(st.none() | st.integers(1, 7), st.none() | st.floats(0, 1e4), st.floats(0, 1))
def test_precision_and_confidence_have_words(
    where_prec: int | None, km: float | None, confidence: float
) -> None:
    for lang in wording.Lang.__args__:
        assert phrases.say_precision(where_prec, km, lang)
        assert "%" in phrases.say_confidence(confidence, lang)


def test_every_text_is_there_in_both_languages() -> None:
    assert all(german and english for german, english in wording.UI.values())
    assert set(wording.SCRIPT_KEYS) <= set(wording.UI)


def test_violent_kinds_differ_in_letter() -> None:
    for lang in wording.Lang.__args__:
        letters = [kind.letters[lang] for kind in KINDS if kind.violent]
        assert len(set(letters)) == len(letters)


@pytest.mark.parametrize(
    ("fields", "days", "open_end"),
    [
        ({}, None, None),
        ({"date_start": "irgendwann"}, None, None),
        ({"date_start": "2015-06-23"}, ("2015-06-23", "2015-06-23"), None),
        ({"date_start": "2015-06-23", "date_prec": 2}, ("2015-06-21", "2015-06-25"), None),
        ({"date_start": "2015-02-03", "date_prec": 4}, ("2015-02-01", "2015-02-28"), None),
        ({"date_start": "2015-02-03", "date_prec": 5}, ("2015-01-01", "2015-12-31"), None),
        ({"date_start": "0001-01-01", "date_prec": 3}, ("0001-01-01", "0001-01-01"), None),
        (
            {"date_start": "2015-07-10", "date_end": "2015-07-01"},
            ("2015-07-01", "2015-07-10"),
            None,
        ),
        ({"date_end": "2015-06-25"}, ("2015-06-25", "2015-06-25"), "start"),
        (
            {"date_start": "2015-06-25", "modality": "future", "date_source": "publication"},
            ("2015-06-25", "2015-06-25"),
            "end",
        ),
    ],
)
def test_days_are_as_many_as_a_date_leaves_open(
    fields: dict[str, Any], days: tuple[str, str] | None, open_end: str | None
) -> None:
    found = spans.span_of(event(**fields))
    assert (found and tuple(day.isoformat() for day in found)) == days
    assert spans.find_open_end(event(**fields)) == open_end


def test_numbers_and_shares_are_those_of_the_language() -> None:
    assert phrases.say_number(12500, "de") == "12.500"
    assert phrases.say_number(12500, "en") == "12,500"
    assert phrases.say_share(0.834, "de") == "83\N{NO-BREAK SPACE}%"


def test_names_from_right_to_left_turn_nothing_around_them() -> None:
    assert phrases.isolate("Aleppo") == "Aleppo"
    assert phrases.isolate("حلب") == "\N{FIRST STRONG ISOLATE}حلب\N{POP DIRECTIONAL ISOLATE}"


def test_a_source_is_cited_with_day_and_address() -> None:
    assert cite(syria(), "de") == (
        "„Kämpfe rücken an die Hauptstadt heran“, Beispielblatt, 25. Juni 2015. "
        "https://example.org/syrien"
    )
    assert cite(village(), "en") == "village-1."


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.org/a", "example.org"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://[", None),
        ("//example.org", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, host: str | None) -> None:
    assert find_host(url) == host


@pytest.mark.parametrize(
    ("langs", "lang"),
    [(("en", "de", "de"), "de"), (("de", "en", "en"), "en"), (("en", "de"), "en")],
)
def test_a_page_of_several_articles_speaks_as_most_of_them(
    langs: tuple[str, ...], lang: str
) -> None:
    records = [village(n).model_copy(update={"lang": of}) for n, of in enumerate(langs)]
    assert choose_lang(None, records) == lang
