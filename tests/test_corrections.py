"""Records read back: a slip of the hand is named with its field, and nothing else is lost."""

from __future__ import annotations

from typing import Any

import pytest

from geomap.articles import UniqueIds
from geomap.corrections import check_geometry, make_record, rename_record
from geomap.errors import RecordError

SQUARE = [[36.0, 33.0], [39.0, 33.0], [39.0, 36.0], [36.0, 33.0]]


def item(event: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    filled = {
        "event_id": "a-e1",
        "event_type": "Battles",
        "description": "Kämpfe",
        "desc_start": 0,
        "desc_end": 6,
        **(event or {}),
    }
    return {"schema": "geomap/1", "id": "a", "lang": "de", "text": "Kämpfe", "events": [filled]} | (
        fields
    )


def area(coordinates: Any, kind: Any = "Polygon") -> dict[str, Any]:
    return {"geometry": {"type": kind, "coordinates": coordinates}}


@pytest.mark.parametrize(
    ("broken", "field", "says"),
    [
        (item(schema="geomap/2"), "schema", "geomap/1"),
        (item(published="gestern"), "published", "2015-09-01"),
        (item(published="20150901"), "published", "2015-09-01"),
        (item({"date_start": "2015-02-30"}), "events.0.date_start", "2015-09-01"),
        (item({"date_end": "September"}), "events.0.date_end", "2015-09-01"),
        (item({"deaths_low": 2**63}), "events.0.deaths_low", "less than or equal to"),
        (item({"inter1": -(2**70)}), "events.0.inter1", "greater than or equal to"),
        (item({"deaths_low": -1}), "events.0.deaths_low", "greater than or equal to 0"),
        (item({"uncertainty_km": 20041}), "events.0.uncertainty_km", "20040"),
        (item({"uncertainty_km": float("inf")}), "events.0.uncertainty_km", "finite"),
        (item({"relation": {"kind": "near", "bearing": float("nan")}}), "bearing", "finite"),
        (item(area(SQUARE)), "events.0.geometry", "not a position"),
        (item(area("x")), "events.0.geometry", "not lists"),
        (item(area([])), "events.0.geometry", "not lists"),
        (item(area([SQUARE], ["Polygon"])), "events.0.geometry", "type ['Polygon']"),
        (item(area([36.0, 33.0], "Point")), "events.0.geometry", "lat and lon"),
        (item(area([SQUARE[:3]])), "events.0.geometry", "four positions"),
        (item(area([[*SQUARE[:3], [1, 1]]])), "events.0.geometry", "end where it begins"),
        (item(area([[[91.0, 36.0, "up"]] * 4])), "events.0.geometry", "finite numbers"),
        (item(area([[[True, False]] * 4])), "events.0.geometry", "finite numbers"),
        (item(area([[[36.0, 133.0]] * 4])), "events.0.geometry", "not on the globe"),
        (item(area([[[float("nan"), 1.0]] * 4])), "events.0.geometry", "finite numbers"),
        (item(area([[[10**400, 1.0]] * 4])), "events.0.geometry", "finite numbers"),
        (item(area([[1.0, 1.0]], "LineString")), "events.0.geometry", "a line two"),
        (item(toponyms=[{"start": 0, "end": 3, "text": "Ort"}]), "", "does not stand at 0–3"),
        (item(title=["x"]), "title", "string"),
        (item(surprise=1), "surprise", "not permitted"),
    ],
)
def test_a_slip_is_named_with_line_and_field(broken: dict[str, Any], field: str, says: str) -> None:
    with pytest.raises(RecordError) as caught:
        make_record(broken, "r.jsonl", 7)
    message = str(caught.value)
    assert message.startswith("r.jsonl: line 7: is not a geomap record: ")
    assert field in message
    assert says in message
    assert "Value error" not in message
    assert "\n" not in message


@pytest.mark.parametrize(
    "geometry",
    [
        area([SQUARE])["geometry"],
        area([[SQUARE], [SQUARE]], "MultiPolygon")["geometry"],
        area(SQUARE[:2], "LineString")["geometry"],
        area([SQUARE[:2]], "MultiLineString")["geometry"],
        area([[[36, 33, 100.0], [39, 33, 1], [39, 36, 1], [36, 33, 100.0]]])["geometry"],
    ],
)
def test_lines_and_areas_pass(geometry: dict[str, Any]) -> None:
    check_geometry(geometry)
    record = make_record(item({"geometry": geometry}), "r.jsonl", 1)
    assert record.events[0].geometry == geometry


def test_events_are_renamed_with_their_article() -> None:
    ids = UniqueIds()
    record = make_record(item(), "r.jsonl", 1)
    assert rename_record(record, "a", ids.take) == record
    second = rename_record(record, "a-2", ids.take)
    assert (second.id, second.events[0].event_id) == ("a-2", "a-2-e1")


def test_an_event_id_given_twice_is_told_apart() -> None:
    twice = item()
    twice["events"] = [twice["events"][0] | {"event_id": "x"}] * 2
    record = rename_record(make_record(twice, "r.jsonl", 1), "a", UniqueIds().take)
    assert [event.event_id for event in record.events] == ["x", "x-2"]
