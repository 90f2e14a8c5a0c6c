"""``geomap export --to`` and a real PostgreSQL with PostGIS."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from postgres_server import PASSWORD, USER, Cut, Server, after_bytes, cable, told, within_words
from stored_archive import record, write_folder

from geomap.cli import databases, main
from geomap.outputs.postgis import open_database, parse_address
from geomap.records import ArticleRecord

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(find_spec("geoalchemy2") is None, reason="needs geomap[postgis]"),
]


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, small_gazetteer_path: Path, tmp_path: Path) -> None:
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(small_gazetteer_path))
    monkeypatch.chdir(tmp_path)


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def archive(count: int = 12, folder: str = "parts") -> Path:
    return write_folder(Path(folder), [record(number) for number in range(count)])


def counts(postgres: Server, database: str, prefix: str = "geomap_") -> tuple[int, ...]:
    asked = ("articles", "toponyms", "events")
    return tuple(postgres.count(f"{prefix}{table}", database) for table in asked)


def save(*items: dict[str, Any], name: str = "records.jsonl") -> Path:
    path = Path(name)
    path.write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
    return path


def plain(number: int) -> dict[str, Any]:
    return json.loads(record(number).to_json())  # type: ignore[no-any-return]


def test_all_there_is_is_written(
    postgres: Server, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", archive(), "--to", postgres.address(database)) == 0
    where = f"postgresql://{USER}@127.0.0.1:{postgres.port}/{database}"
    assert told(capsys) == f"{where}: 12 article(s), 36 event(s) written"
    assert counts(postgres, database) == (12, 24, 36)


def test_geometries_are_valid_indexed_and_in_wgs84(postgres: Server, database: str) -> None:
    run("export", archive(), "--to", postgres.address(database))
    found = postgres.run(
        "SELECT GeometryType(geometry), ST_SRID(geometry), ST_IsValid(geometry), count(*)"
        " FROM geomap_events GROUP BY 1, 2, 3 ORDER BY 1",
        database,
    )
    assert found == [
        ["LINESTRING", 4326, True, 3],
        ["POINT", 4326, True, 24],
        ["POLYGON", 4326, True, 6],
        [None, None, None, 3],
    ]
    methods = postgres.run(
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'gist' ORDER BY 1",
        database,
    )
    assert methods == [["geomap_events_geometry_idx"], ["geomap_toponyms_geometry_idx"]]
    registered = postgres.run(
        "SELECT f_table_name, srid, type FROM geometry_columns ORDER BY 1", database
    )
    assert registered == [
        ["geomap_events", 4326, "GEOMETRY"],
        ["geomap_toponyms", 4326, "POINT"],
    ]


def test_types_are_those_of_a_database(postgres: Server, database: str) -> None:
    run("export", archive(3), "--to", postgres.address(database))
    columns = dict(
        postgres.run(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_name = 'geomap_events'",
            database,
        )
    )
    assert columns["date_start"] == "date"
    assert columns["evidence"] == "ARRAY"
    assert columns["mentions"] == "jsonb"
    assert columns["acled_scope"] == "boolean"
    assert columns["confidence"] == "double precision"
    found = postgres.run(
        "SELECT date_end - date_start, evidence[1], mentions->0->>'text', deaths_best"
        " FROM geomap_events WHERE event_id = 'a0-e1'",
        database,
    )
    assert found == [[0, "clause", "dort", 3]]
    written = postgres.run("SELECT now() - written_at < '1 hour' FROM geomap_articles", database)
    assert written == [[True]] * 3


def test_geopandas_reads_it(postgres: Server, database: str) -> None:
    import geopandas
    import sqlalchemy

    run("export", archive(), "--to", postgres.address(database))
    address = postgres.address(database).replace("postgresql", "postgresql+pg8000")
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        query = sqlalchemy.text("SELECT * FROM geomap_events WHERE geometry IS NOT NULL")
        frame = geopandas.read_postgis(query, connection, geom_col="geometry")
    assert frame.crs.to_epsg() == 4326
    assert len(frame) == 33
    assert frame.geometry.geom_type.value_counts()["Point"] == 24


def test_once_more_doubles_nothing_and_what_is_gone_goes(
    postgres: Server, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address = postgres.address(database)
    for _ in range(2):
        assert run("export", archive(), "--to", address) == 0
    assert counts(postgres, database) == (12, 24, 36)
    mended = plain(0)
    mended["events"] = mended["events"][1:]
    mended["events"][0]["deaths_best"] = 8
    mended["toponyms"] = []
    mended["title"] = "Berichtigt"
    assert run("export", save(mended), "--to", address) == 0
    assert counts(postgres, database) == (12, 22, 35)
    found = postgres.run(
        "SELECT title, e.event_id, deaths_best FROM geomap_articles a"
        " JOIN geomap_events e USING (article_id) WHERE article_id = 'a0' ORDER BY 2",
        database,
    )
    assert found == [["Berichtigt", "a0-e2", 8], ["Berichtigt", "a0-e3", 3]]


def test_columns_of_ones_own_are_kept(postgres: Server, database: str) -> None:
    address = postgres.address(database)
    run("export", archive(3), "--to", address)
    postgres.run("ALTER TABLE geomap_events ADD reviewed_by text", database)
    postgres.run("UPDATE geomap_events SET reviewed_by = 'eva'", database)
    assert run("export", archive(4), "--to", address) == 0
    found = postgres.run("SELECT reviewed_by, count(*) FROM geomap_events GROUP BY 1", database)
    assert sorted(found, key=str) == [["eva", 9], [None, 3]]


def test_an_article_takes_what_is_its_own_with_it(postgres: Server, database: str) -> None:
    run("export", archive(3), "--to", postgres.address(database))
    postgres.run("DELETE FROM geomap_articles WHERE article_id = 'a1'", database)
    assert counts(postgres, database) == (2, 4, 6)


def test_articles_are_parsed_on_the_way(postgres: Server, database: str) -> None:
    text = "Bei Luftangriffen auf Idlib sind am Montag mindestens acht Menschen getötet worden."
    Path("bericht.txt").write_text(text, "utf-8")
    address = postgres.address(database)
    assert run("export", "bericht.txt", "--date", "2015-09-01", "--to", address) == 0
    found = postgres.run("SELECT name, deaths_low, date_start::text FROM geomap_events", database)
    assert found == [["Idlib", 8, "2015-08-31"]]


def test_tables_of_geoparquet_parts(postgres: Server, database: str) -> None:
    folder = write_folder(Path("tables"), [record(n) for n in range(5)], "geoparquet", size=2)
    assert run("export", folder, "--to", postgres.address(database)) == 0
    assert counts(postgres, database) == (5, 10, 15)


def test_odd_texts_arrive(postgres: Server, database: str) -> None:
    odd = 'It\'s "odd": \\ \\u0000 %s :name {x} \t\n \0 \U0001f30d\x85; DROP TABLE geomap_events;'
    item = plain(0) | {"title": odd, "diagnostics": [odd, "a,b", "{}", ""]}
    item["events"][0]["reported_by"] = odd
    with open_database(parse_address(postgres.address(database))) as opened:
        opened.write([ArticleRecord.model_validate(item)])
    arrived = odd.replace("\0", "\ufffd")
    found = postgres.run(
        "SELECT title, diagnostics, reported_by FROM geomap_articles"
        " JOIN geomap_events USING (article_id) WHERE event_id = 'a0-e1'",
        database,
    )
    assert found == [[arrived, [arrived, "a,b", "{}", ""], arrived]]


def test_names_that_come_twice_in_an_article(postgres: Server, database: str) -> None:
    item = plain(0)
    item["toponyms"] = [item["toponyms"][0], item["toponyms"][0]]
    assert run("export", save(item), "--to", postgres.address(database)) == 0
    found = postgres.run("SELECT toponym_id FROM geomap_toponyms ORDER BY 1", database)
    assert found == [["a0-t15"], ["a0-t15-2"]]


def test_schema_and_prefix(
    postgres: Server, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address = postgres.address(database)
    options = ["--schema", "Lage: 2015", "--table-prefix", ""]
    for _ in range(2):
        assert run("export", archive(3), "--to", address, *options) == 0
        told(capsys)
    assert counts(postgres, database, '"Lage: 2015".') == (3, 6, 9)
    assert run("export", archive(3), "--to", address, "--table-prefix", "a-b") == 1
    assert "'a-b' cannot begin the names of tables" in told(capsys)


def test_postgis_in_a_schema_of_its_own(postgres: Server) -> None:
    database = postgres.new_database(postgis=False)
    postgres.run("CREATE SCHEMA gis", database)
    postgres.run("CREATE EXTENSION postgis SCHEMA gis", database)
    assert run("export", archive(3), "--to", postgres.address(database)) == 0
    assert counts(postgres, database) == (3, 6, 9)


def test_wrong_password(
    postgres: Server, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address = postgres.address(database).replace(PASSWORD, "wr0ng")
    assert run("-v", "export", archive(), "--to", address) == 1
    line = told(capsys)
    assert "password authentication failed" in line
    assert "check user and password" in line
    assert "wr0ng" not in line


def test_without_a_password(
    postgres: Server,
    database: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGPASSFILE", "/nonexistent")
    address = postgres.address(database).replace(f":{PASSWORD}", "")
    assert run("export", archive(), "--to", address) == 1
    assert "PGPASSWORD and ~/.pgpass are read" in told(capsys)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert run("export", archive(), "--to", address) == 0


def test_through_a_socket(postgres: Server, database: str) -> None:
    address = (
        f"postgresql://{USER}:{PASSWORD}@/{database}?host={postgres.home}&port={postgres.port}"
    )
    postgres.home.chmod(0o755)
    assert run("export", archive(3), "--to", address) == 0
    assert counts(postgres, database) == (3, 6, 9)


@pytest.mark.parametrize("mode", ["prefer", "require", "verify-ca", "verify-full"])
def test_encrypted(postgres: Server, database: str, mode: str) -> None:
    certificate = postgres.home / "certificate.pem"
    if not certificate.exists():
        pytest.skip("needs openssl")
    postgres.home.chmod(0o755)
    address = postgres.address(database).replace("127.0.0.1", "localhost")
    trusted = f"&sslrootcert={certificate}" if mode.startswith("verify") else ""
    parsed = parse_address(f"{address}?sslmode={mode}{trusted}")
    with open_database(parsed) as opened, opened.connection.begin():
        encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert opened.connection.exec_driver_sql(encrypted).scalar() is True


def test_a_certificate_that_nobody_vouches_for(
    postgres: Server, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if not (postgres.home / "certificate.pem").exists():
        pytest.skip("needs openssl")
    address = postgres.address(database)
    assert run("export", archive(), "--to", f"{address}?sslmode=verify-full") == 1
    assert "certificate verify failed" in told(capsys)
    missing = f"{address}?sslmode=verify-full&sslrootcert=gone.pem"
    assert run("export", archive(), "--to", missing) == 1
    assert "sslrootcert gone.pem cannot be read" in told(capsys)
    assert run("export", archive(), "--to", f"{address}?sslmode=disable") == 0


def test_no_server(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        address = f"postgresql://eva:{PASSWORD}@127.0.0.1:{port}/news"
        assert run("export", archive(), "--to", address) == 1
    line = told(capsys)
    assert f"postgresql://eva@127.0.0.1:{port}/news: no PostgreSQL answers there" in line


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"NR\0\0\0\5x", b"NZ\0\0\0\x04", b"N?\0\0\0\x04", b""],
)
def test_something_else_listens_there(answer: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(60)

        def serve() -> None:
            client, _ = other.accept()
            with client:
                client.recv(1000)
                client.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        address = f"postgresql://eva:{PASSWORD}@127.0.0.1:{other.getsockname()[1]}/news"
        assert run("export", archive(), "--to", address) == 1
        thread.join()
    assert "no PostgreSQL answers there" in told(capsys)


def test_no_such_database(postgres: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", archive(), "--to", postgres.address("nowhere")) == 1
    assert 'database "nowhere" does not exist); make it with createdb' in told(capsys)


def test_a_database_of_few_letters(postgres: Server, capsys: pytest.CaptureFixture[str]) -> None:
    narrow = postgres.new_database(postgis=False, options="ENCODING 'LATIN1' LOCALE 'C'")
    item = plain(0) | {"title": "Кобани"}
    assert run("export", save(item), "--to", postgres.address(narrow)) == 1
    assert "make the database with ENCODING 'UTF8'" in told(capsys)
    assert counts(postgres, narrow) == (0, 0, 0)
    assert run("export", archive(3), "--to", postgres.address(narrow)) == 0
    assert counts(postgres, narrow) == (3, 6, 9)


def test_postgis_is_made_where_that_is_allowed(postgres: Server) -> None:
    database = postgres.new_database(postgis=False)
    assert run("export", archive(3), "--to", postgres.address(database)) == 0
    assert counts(postgres, database) == (3, 6, 9)


@pytest.fixture
def guest(postgres: Server, database: str) -> Iterator[str]:
    """A user who may connect to the database, no more."""
    postgres.run(f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'", database)
    yield f"postgresql://guest:{PASSWORD}@127.0.0.1:{postgres.port}"
    postgres.run("DROP OWNED BY guest", database)
    postgres.run("DROP ROLE guest", database)


def test_without_postgis(postgres: Server, guest: str, capsys: pytest.CaptureFixture[str]) -> None:
    bare = postgres.new_database(postgis=False)
    assert run("export", archive(), "--to", f"{guest}/{bare}") == 1
    assert "an administrator run CREATE EXTENSION postgis there" in told(capsys)
    tables = postgres.run("SELECT 1 FROM pg_tables WHERE schemaname = 'public'", bare)
    assert tables == []


def test_without_rights(
    postgres: Server, database: str, guest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", archive(), "--to", f"{guest}/{database}") == 1
    assert "permission denied for schema public); have the owner grant that" in told(capsys)
    run("export", archive(3), "--to", postgres.address(database))
    capsys.readouterr()
    assert run("export", archive(), "--to", f"{guest}/{database}") == 1
    assert "permission denied" in told(capsys)
    assert counts(postgres, database) == (3, 6, 9)
    for right in ("SELECT", "INSERT", "UPDATE", "DELETE"):
        for table in ("articles", "toponyms", "events"):
            postgres.run(f"GRANT {right} ON geomap_{table} TO guest", database)
    assert run("export", archive(), "--to", f"{guest}/{database}") == 0
    assert counts(postgres, database) == (12, 24, 36)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("ALTER TABLE geomap_events DROP COLUMN deaths_best", "lacks the column deaths_best"),
        ("ALTER TABLE geomap_events ALTER date_start TYPE text", "its column date_start is TEXT"),
        (
            "ALTER TABLE geomap_events DROP CONSTRAINT geomap_events_pkey",
            "its primary key is not (article_id, event_id)",
        ),
    ],
)
def test_tables_of_another_layout(
    postgres: Server, database: str, change: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run("export", archive(3), "--to", postgres.address(database))
    postgres.run(change, database)
    capsys.readouterr()
    assert run("export", archive(), "--to", postgres.address(database)) == 1
    line = told(capsys)
    assert "table public.geomap_events was made by another version of geomap" in line
    assert says in line
    assert counts(postgres, database) == (3, 6, 9)


def test_a_session_that_is_ended_midway_leaves_whole_batches(
    postgres: Server,
    database: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(databases, "_MOST_ARTICLES", 5)
    address = postgres.address(database)
    run("export", archive(1), "--to", address)
    postgres.end_session_at("a7-e2", database)
    capsys.readouterr()
    assert run("export", archive(), "--to", address) == 1
    line = told(capsys)
    assert "the connection was lost" in line
    assert "run the same command again" in line
    assert counts(postgres, database) == (5, 10, 15)
    postgres.run("DROP TRIGGER fall ON geomap_events", database)
    assert run("export", archive(), "--to", address) == 0
    assert counts(postgres, database) == (12, 24, 36)


EVENTS = b"INSERT INTO public.geomap_events"


@pytest.mark.parametrize(
    ("cut", "articles"),
    [
        (after_bytes(3000), 1),
        (within_words(EVENTS, 1), 1),
        (within_words(EVENTS, 2), 5),
        (within_words(b"commit", 6), 5),
        (within_words(EVENTS, 3), 10),
    ],
)
def test_a_cable_that_is_cut_leaves_whole_batches(
    postgres: Server,
    database: str,
    cut: Cut,
    articles: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(databases, "_MOST_ARTICLES", 5)
    run("export", archive(1), "--to", postgres.address(database))
    capsys.readouterr()
    with cable(postgres.port, cut) as port:
        assert run("export", archive(), "--to", postgres.address(database, port=port)) == 1
    assert "the connection was lost" in told(capsys)
    assert counts(postgres, database) == (articles, 2 * articles, 3 * articles)
    assert run("export", archive(), "--to", postgres.address(database)) == 0
    assert counts(postgres, database) == (12, 24, 36)


@pytest.mark.parametrize("length", [20, 100])
def test_a_cable_that_is_cut_at_once(
    postgres: Server, database: str, length: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with cable(postgres.port, after_bytes(length)) as port:
        address = postgres.address(database, port=port)
        assert run("export", archive(), "--to", address) == 1
    assert "no PostgreSQL answers there" in told(capsys)


def test_two_at_once(postgres: Server, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [record(number) for number in range(40)]
    address = parse_address(postgres.address(database))
    failed: list[BaseException] = []

    def write(some: list[Any]) -> None:
        try:
            with open_database(address) as opened:
                for begin in range(0, len(some), 8):
                    opened.write(some[begin : begin + 8])
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=[some]) for some in (records, records[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert counts(postgres, database) == (40, 80, 120)
