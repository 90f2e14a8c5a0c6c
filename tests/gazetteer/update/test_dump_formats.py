"""Rows of GeoNames' files: good ones are read, bad ones counted, listed and skipped."""

from __future__ import annotations

import pytest
from dump_files import alternate, geoname
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import GazetteerError
from geomap.gazetteer.update.formats import (
    RowCount,
    parse_alternate_name,
    parse_deletion,
    parse_division,
    parse_geoname,
    parse_name_deletion,
    read_rows,
)
from geomap.gazetteer.update.idset import IdSet


def test_a_row_of_places() -> None:
    row = parse_geoname(geoname(7, "Idlib", 35.9, 36.6, admin1="12", population=5).split("\t"))
    assert (row.id, row.name, row.lat, row.lon, row.admin1) == (7, "Idlib", 35.9, 36.6, "12")
    assert (row.feature_class, row.feature_code, row.country, row.population) == (
        *("P", "PPL", "SY"),
        5,
    )


def test_rows_of_the_other_files() -> None:
    name = parse_alternate_name(alternate(1, 7, "de-AT", "Idlib").split("\t"))
    assert name == (7, "de", "Idlib")
    assert parse_deletion(["7", "Idlib", "duplicate"]) == (7, "Idlib")
    assert parse_name_deletion(["1", "7", "Idlib", "wrong"]) == (7, "Idlib")
    assert parse_division(["SY.12", "Idlib", "Idlib", "169387"]) == ("SY.12", 169387)


GOOD = geoname(7, "Idlib", 35.9, 36.6)
BAD_ROWS = {
    "": "1 columns instead of 19",
    GOOD + "\t": "20 columns instead of 19",
    GOOD.replace("7", "x", 1): "no GeoNames number: 'x'",
    GOOD.replace("7", "-7", 1): "no GeoNames number: '-7'",
    GOOD.replace("7", "1000000000", 1): "no GeoNames number",
    GOOD.replace("35.9", "95"): "no such point",
    GOOD.replace("36.6", "nan"): "no such point",
    GOOD.replace("35.9", "north"): "could not convert",
    GOOD.replace("Idlib", ""): "no name",
    GOOD.replace("\tP\t", "\tQ\t"): "no such feature class: 'Q'",
}


@pytest.mark.parametrize("row", BAD_ROWS, ids=range(len(BAD_ROWS)))
def test_bad_rows_are_counted_listed_and_skipped(row: str) -> None:
    count = RowCount("SY.txt")
    read = list(read_rows([GOOD.encode(), row.encode(), GOOD.encode()], parse_geoname, count))
    assert (len(read), count.rows, count.bad) == (2, 3, 1)
    assert count.shown[0].startswith("SY.txt line 2: ")
    assert BAD_ROWS[row] in count.shown[0]


def test_bytes_that_are_no_text_are_a_bad_row() -> None:
    count = RowCount("SY.txt")
    assert list(read_rows([GOOD.encode() + b"\xff"], parse_geoname, count)) == []
    assert count.shown == ["SY.txt line 1: not UTF-8"]


def test_a_file_of_bad_rows_is_no_dump() -> None:
    count = RowCount("SY.txt")
    with pytest.raises(GazetteerError, match=r"SY\.txt is no GeoNames file: 60 of 60 rows"):
        list(read_rows([b"<html>"] * 60, parse_geoname, count))
    assert len(count.shown) == 5


@settings(deadline=None)
@given(line=st.binary(max_size=200))
def test_no_line_is_too_odd(line: bytes) -> None:
    for parse in (parse_geoname, parse_alternate_name, parse_deletion, parse_division):
        assert len(list(read_rows([line], parse, RowCount("x")))) <= 1


@settings(deadline=None)
@given(numbers=st.sets(st.integers(0, 200_000)))
def test_a_set_of_ids_is_a_set(numbers: set[int]) -> None:
    ids = IdSet(numbers)
    assert set(ids) == numbers
    assert all((number in ids) == (number in numbers) for number in range(0, 200_000, 997))


@pytest.mark.parametrize("number", [-1, 1_000_000_000])
def test_a_set_of_ids_stays_small(number: int) -> None:
    with pytest.raises(ValueError, match="no GeoNames number"):
        IdSet().add(number)
