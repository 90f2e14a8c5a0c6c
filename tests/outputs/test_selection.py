"""Which events a period, countries, types and a confidence leave."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
import pytest

from geomap.cli import options
from geomap.outputs.selection import Selection, find_country
from geomap.records import ArticleRecord, EventRecord


def event(**fields: Any) -> EventRecord:
    told = {"event_id": "e", "event_type": "Battles", "description": "x"}
    return EventRecord.model_validate(told | {"desc_start": 0, "desc_end": 1} | fields)


LASTED = {"date_start": "2015-08-30", "date_end": "2015-09-02"}


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        (None, None, True),
        ("2015-09-02", None, True),
        ("2015-09-03", None, False),
        (None, "2015-08-30", True),
        (None, "2015-08-29", False),
        ("2015-09-01", "2015-09-01", True),
    ],
)
def test_an_event_that_lasted_is_kept_if_a_day_of_it_is(
    since: str | None, until: str | None, kept: bool
) -> None:
    first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    assert Selection(since=first, until=last).keeps(event(**LASTED)) is kept


def test_without_a_date_the_day_of_publication_counts() -> None:
    wanted = Selection(since=date(2015, 9, 1))
    assert wanted.keeps(event(), "2015-09-01")
    assert not wanted.keeps(event(), "2015-08-31")
    assert not wanted.keeps(event())
    assert Selection().keeps(event())


def test_types_and_sub_types_of_either_list() -> None:
    strike = event(event_type="Explosions/Remote violence", sub_event_type="Air/drone strike")
    flight = event(event_type="Strategic developments", geomap_type="displacement")
    assert Selection(event_types=frozenset({"air/Drone strike"})).keeps(strike)
    assert Selection(event_types=frozenset({"explosions/remote violence"})).keeps(strike)
    assert Selection(event_types=frozenset({"displacement"})).keeps(flight)
    assert not Selection(event_types=frozenset({"displacement"})).keeps(strike)


def test_a_record_loses_only_events() -> None:
    events = [event(country="SY", confidence=0.9), event(country="IQ"), event()]
    record = ArticleRecord(id="a", lang="de", text="x", events=events)
    kept = Selection(countries=frozenset({"SY"}), min_confidence=0.5).select(record)
    assert [e.country for e in kept.events] == ["SY"]
    assert kept.model_copy(update={"events": events}) == record
    assert Selection().select(record) is record


@pytest.mark.parametrize("name", ["SY", "sy", "Syria", "syrien", " Syrien "])
def test_countries_by_code_and_name(name: str) -> None:
    assert find_country(name) == "SY"


@pytest.mark.parametrize("name", ["", "Atlantis", "EU", "001", "Europa"])
def test_what_is_no_country(name: str) -> None:
    assert find_country(name) is None


def choose(*arguments: str) -> Selection:
    @click.command()
    @options.selecting
    @options.min_event_confidence
    def command(**chosen: Any) -> Selection:
        return options.take_selection(chosen, chosen["min_confidence"])

    made: Selection = command.main(list(arguments), standalone_mode=False)
    return made


def test_options() -> None:
    assert not choose()
    made = choose("--country", "Syria,IQ", "--country", "UA", "--event-type", "Battles")
    assert made.countries == {"SY", "IQ", "UA"}
    assert made.event_types == {"battles"}
    assert choose("--since", "2015-09-01").since == date(2015, 9, 1)
    assert choose("--min-confidence", "0.5").min_confidence == 0.5


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--country", "Atlantis"], "'Atlantis' is no country"),
        (["--event-type", "Batles"], "'Batles' is no type of event; choose of Battles,"),
        (["--since", "2015-09-02", "--until", "2015-09-01"], "--since 2015-09-02 is after"),
        (["--since", "yesterday"], "is not a date like"),
    ],
)
def test_slips_are_told(arguments: list[str], says: str) -> None:
    with pytest.raises(click.UsageError, match=says):
        choose(*arguments)
