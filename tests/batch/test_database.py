"""``geomap batch -o postgresql://…``: the same parts, whole or not at all, in a real PostgreSQL."""

from __future__ import annotations

import json
import random
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from batch.archive import article, records, run, write_archive
from batch.runs import ARTICLES, PART_SIZE, Runs, descendants_of, wait_for_end, wait_until
from postgres_server import PASSWORD, Server, cable, told, within_words

from geomap.batch.manifest import read_manifest
from geomap.cli import main
from geomap.outputs.postgis import open_run, parse_address, runs

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(find_spec("geoalchemy2") is None, reason="needs geomap[postgis]"),
]

# In words and without times: the same for the same work, however often it was interrupted.
_CONTENTS = {
    "articles": "to_jsonb(t) - 'written_at'",
    "toponyms": "to_jsonb(t)",
    "events": "to_jsonb(t)",
    "runs": "to_jsonb(t) - 'begun_at' - 'changed_at'",
    "parts": "to_jsonb(t) - 'finished_at'",
    "errors": "to_jsonb(t)",
    "duplicates": "to_jsonb(t)",
}


def contents(postgres: Server, database: str) -> dict[str, list[Any]]:
    """All that a run has written, but for the times."""
    return {
        table: postgres.run(
            f"SELECT {row}::text FROM geomap_{table} t ORDER BY 1",  # noqa: S608
            database,
        )
        for table, row in _CONTENTS.items()
    }


def counts(postgres: Server, database: str) -> tuple[int, ...]:
    asked = ("articles", "toponyms", "events", "parts", "errors", "duplicates")
    return tuple(postgres.count(f"geomap_{table}", database) for table in asked)


@pytest.fixture
def whole(
    postgres: Server, in_process: None, capsys: pytest.CaptureFixture[str]
) -> dict[str, list[Any]]:
    """What an uninterrupted run writes of in.jsonl, which is made here."""
    write_archive(Path("in.jsonl"))
    database = postgres.new_database()
    assert run("in.jsonl", "-o", postgres.address(database), "--part-size", 5) == 3
    assert PASSWORD not in capsys.readouterr().err
    return contents(postgres, database)


def test_a_database_holds_what_a_folder_does(
    postgres: Server, database: str, whole: dict[str, list[Any]]
) -> None:
    assert run("in.jsonl", "-o", postgres.address(database), "--part-size", 5) == 3
    assert contents(postgres, database) == whole
    assert run("in.jsonl", "-o", "out", "--part-size", 5) == 3
    manifest = read_manifest(Path("out"))
    assert manifest is not None
    parts = [
        [p.number, p.input_sha256, p.counts.articles, p.counts.toponyms, p.counts.events]
        for p in manifest.parts
    ]
    assert parts == postgres.run(
        "SELECT part, input_sha256, articles, toponyms, events FROM geomap_parts ORDER BY part",
        database,
    )
    totals = manifest.totals
    found = (totals.articles, totals.toponyms, totals.events, 3, totals.failed, totals.duplicates)
    assert counts(postgres, database) == found
    events = [
        [line["id"], event["event_id"], event["lat"], event["lon"], event["date_start"]]
        for line in records(Path("out"))
        for event in line["events"]
    ]
    stored = postgres.run(
        "SELECT article_id, event_id, lat, lon, date_start::text FROM geomap_events", database
    )
    assert sorted(events, key=str) == sorted(stored, key=str)
    placed = postgres.run(
        "SELECT count(*) FROM geomap_events WHERE ST_Intersects(geometry,"
        " ST_SetSRID(ST_MakePoint(lon, lat), 4326)) AND ST_SRID(geometry) = 4326",
        database,
    )
    assert placed == [[totals.events]]


def test_what_failed_and_what_came_twice_is_in_tables(
    postgres: Server, database: str, whole: dict[str, list[Any]]
) -> None:
    assert run("in.jsonl", "gone.txt", "-o", postgres.address(database), "--part-size", 5) == 3
    assert postgres.run(
        "SELECT part, number, source, line, error FROM geomap_errors ORDER BY 1, 2", database
    ) == [
        [1, 1, "gone.txt", None, "InputError"],
        [1, 2, "in.jsonl", None, "UnsupportedLanguageError"],
        [2, 1, "in.jsonl", 12, "RecordError"],
    ]
    found = postgres.run("SELECT part, id, duplicate_of FROM geomap_duplicates", database)
    assert found == [[1, "again", "a1"]]


def test_a_finished_run_is_left_as_it_is(
    postgres: Server,
    database: str,
    whole: dict[str, list[Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ("in.jsonl", "-o", postgres.address(database), "--part-size", 5)
    run(*arguments)
    times = postgres.run("SELECT max(written_at) FROM geomap_articles", database)
    capsys.readouterr()
    assert run(*arguments) == 3
    assert "3 part(s) are there already, all of them" in capsys.readouterr().err
    assert postgres.run("SELECT max(written_at) FROM geomap_articles", database) == times


class CrashError(BaseException):
    """The program dies."""


def test_a_crash_at_any_step_costs_nothing(
    monkeypatch: pytest.MonkeyPatch,
    postgres: Server,
    database: str,
    whole: dict[str, list[Any]],
) -> None:
    """Fail before the first statement that changes something, then before the second, and so on."""
    from pg8000.core import CoreConnection

    real, left = CoreConnection.execute_unnamed, 0

    def step(self: Any, statement: str, *given: Any, **more: Any) -> Any:
        nonlocal left
        if statement.split(maxsplit=1)[0].upper() in ("INSERT", "DELETE", "COMMIT", "CREATE"):
            left -= 1
            if left == 0:
                raise CrashError
        return real(self, statement, *given, **more)

    crashes = 0
    for at in range(1, 100):
        left = at
        monkeypatch.setattr(CoreConnection, "execute_unnamed", step)
        with pytest.raises((CrashError, SystemExit)) as ended:
            main(["batch", "in.jsonl", "-o", postgres.address(database), "--part-size", "5"])
        monkeypatch.setattr(CoreConnection, "execute_unnamed", real)
        if ended.type is SystemExit:
            break
        crashes += 1
        if postgres.run("SELECT to_regclass('geomap_parts')", database) != [[None]]:
            has_only_whole_parts(postgres, database, whole)
    assert crashes > 15
    assert contents(postgres, database) == whole


def has_only_whole_parts(postgres: Server, database: str, whole: dict[str, list[Any]]) -> None:
    """Check that all that is there belongs to finished parts."""
    found = contents(postgres, database)
    for table in ("articles", "toponyms", "events", "parts", "errors", "duplicates"):
        assert all(row in whole[table] for row in found[table])
    noted = postgres.run(
        "SELECT coalesce(sum(articles), 0), coalesce(sum(toponyms), 0), coalesce(sum(events), 0)"
        " FROM geomap_parts",
        database,
    )
    assert noted == [[len(found[table]) for table in ("articles", "toponyms", "events")]]


@pytest.mark.parametrize(
    ("words", "times", "parts"),
    [
        (b"INSERT INTO public.geomap_events", 1, 0),
        (b"INSERT INTO public.geomap_parts", 2, 1),
        (b"INSERT INTO public.geomap_articles", 3, 2),
    ],
)
def test_a_cable_that_is_cut_leaves_whole_parts(
    postgres: Server,
    database: str,
    whole: dict[str, list[Any]],
    words: bytes,
    times: int,
    parts: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = ("--part-size", 5)
    with cable(postgres.port, within_words(words, times)) as port:
        capsys.readouterr()
        assert run("in.jsonl", "-o", postgres.address(database, port=port), *options) == 1
    line = told(capsys)
    assert "the connection was lost" in line
    assert "run the same command again" in line
    assert postgres.count("geomap_parts", database) == parts
    has_only_whole_parts(postgres, database, whole)
    assert run("in.jsonl", "-o", postgres.address(database), *options) == 3
    assert contents(postgres, database) == whole


def test_a_session_that_is_ended_leaves_whole_parts(
    postgres: Server,
    database: str,
    whole: dict[str, list[Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ("in.jsonl", "-o", postgres.address(database), "--part-size", 5)
    run(*arguments)
    last = postgres.run("SELECT event_id FROM geomap_events WHERE article_id = 'a6'", database)
    postgres.end_session_at(last[0][0], database)
    capsys.readouterr()
    assert run(*arguments, "--restart") == 1
    assert "the connection was lost" in told(capsys)
    assert postgres.count("geomap_parts", database) == 1
    has_only_whole_parts(postgres, database, whole)
    postgres.run("DROP TRIGGER fall ON geomap_events", database)
    assert run(*arguments) == 3
    assert contents(postgres, database) == whole


def test_two_runs_refuse_each_other(
    postgres: Server,
    database: str,
    whole: dict[str, list[Any]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "_LOCK_WAIT", "50ms")
    address = postgres.address(database)
    arguments = ("in.jsonl", "-o", address, "--part-size", 5)
    with open_run(parse_address(address), "other"):
        assert run(*arguments) == 1
        assert "another geomap batch is writing to these tables" in told(capsys)
        assert run(*arguments, "--schema", "elsewhere") == 3
    capsys.readouterr()
    assert run(*arguments) == 3
    assert contents(postgres, database) == whole


def test_what_was_begun_otherwise_is_refused(
    postgres: Server,
    database: str,
    whole: dict[str, list[Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    address = postgres.address(database)
    assert run("in.jsonl", "-o", address, "--part-size", 5) == 3
    capsys.readouterr()
    assert run("in.jsonl", "-o", address, "--part-size", 4) == 1
    line = told(capsys)
    assert "run 'archive': was begun otherwise (part_size was 5, is now 4)" in line
    assert "name another --run, or begin anew with --restart" in line
    Path("in.jsonl").write_text("\n".join(map(json.dumps, map(article, range(3)))), "utf-8")
    assert run("in.jsonl", "-o", address, "--part-size", 5) == 1
    message = "the input has changed since part 1 was made of it; name another --run"
    assert message in capsys.readouterr().err
    assert contents(postgres, database) == whole


def test_several_runs_share_the_tables(
    postgres: Server, database: str, in_process: None, capsys: pytest.CaptureFixture[str]
) -> None:
    address = postgres.address(database)
    for name, numbers in (("a", range(5)), ("b", range(4, 9))):
        lines = "\n".join(json.dumps(article(number)) for number in numbers)
        Path(f"{name}.jsonl").write_text(lines, "utf-8")
        assert run(f"{name}.jsonl", "-o", address, "--run", name) == 0
    assert "run 'b': 1 article(s) of this part are there already" in capsys.readouterr().err
    by_run = "SELECT run, count(*) FROM geomap_articles GROUP BY 1 ORDER BY 1"
    assert postgres.run(by_run, database) == [["a", 4], ["b", 5]]
    Path("b.jsonl").write_text(json.dumps(article(20)), "utf-8")
    assert run("b.jsonl", "-o", address, "--run", "b", "--restart") == 0
    assert postgres.run(by_run, database) == [["a", 4], ["b", 1]]
    assert postgres.count("geomap_parts", database) == 2


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("-f", "jsonl.zst"), "a database has tables, not files: leave out -f"),
        (("--table-prefix", "a b"), "'a b' cannot begin the names of tables"),
    ],
)
def test_wrong_usage(
    postgres: Server,
    database: str,
    in_process: None,
    options: tuple[str, ...],
    says: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_archive(Path("in.jsonl"))
    assert run("in.jsonl", "-o", postgres.address(database), *options) in (1, 2)
    assert says in told(capsys)


def test_a_folder_has_no_runs(in_process: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("in.jsonl", "-o", "out", "--run", "x") == 2
    assert "--run is of a database; name one: postgresql://" in told(capsys)


def test_a_wrong_password(
    postgres: Server, database: str, in_process: None, capsys: pytest.CaptureFixture[str]
) -> None:
    write_archive(Path("in.jsonl"))
    address = postgres.address(database).replace(PASSWORD, "wr0ng")
    assert run("in.jsonl", "-o", address) == 1
    line = told(capsys)
    assert "check user and password" in line
    assert "wr0ng" not in line


def test_without_the_extra(
    in_process: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_archive(Path("in.jsonl"))
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    assert run("in.jsonl", "-o", "postgresql://eva@127.0.0.1/news") == 1
    assert "pip install 'geomap[postgis]'" in told(capsys)


def test_killed_at_a_random_point_it_goes_on(
    postgres: Server, database: str, small_gazetteer_path: Path, tmp_path: Path
) -> None:
    articles = 4 * ARTICLES  # parts enough that the run is not done before it is seen and killed
    archive = write_archive(tmp_path / "in.jsonl", articles)
    processes = Runs(archive, small_gazetteer_path)
    address, seed = postgres.address(database), random.randrange(10**6)
    print("seed", seed)
    point = random.Random(seed).randrange(1, articles // PART_SIZE // 2)

    def parts_done() -> int:
        there = postgres.run("SELECT to_regclass('geomap_parts')", database) != [[None]]
        return postgres.count("geomap_parts", database) if there else 0

    killed = processes.start(address, workers=1)
    wait_until(lambda: parts_done() >= point, killed)
    children = descendants_of(killed.pid)
    killed.kill()
    killed.communicate()
    wait_for_end(children)
    assert point <= parts_done() < articles // PART_SIZE
    processes.finish(address, workers=1)
    after = contents(postgres, database)
    again = postgres.new_database()
    processes.finish(postgres.address(again), workers=2)
    assert after == contents(postgres, again)
    assert len(after["articles"]) == articles


def test_a_mistyped_name_leaves_nothing_in_the_way(
    postgres: Server, database: str, whole: dict[str, list[Any]]
) -> None:
    assert run("im.jsonl", "-o", postgres.address(database)) == 1
    assert run("in.jsonl", "-o", postgres.address(database), "--part-size", 5) == 3
    assert contents(postgres, database) == whole
