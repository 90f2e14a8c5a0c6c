"""Addresses of databases, and passwords that nobody sees."""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path

import pytest

from geomap.cli import main
from geomap.cli.messages import set_up_logging, without_passwords
from geomap.errors import DatabaseError
from geomap.outputs.postgis import open_database as opened
from geomap.outputs.postgis.address import is_database, parse_address

NOWHERE = {"PGPASSFILE": "/nonexistent"}


def test_the_whole_address() -> None:
    found = parse_address(
        "postgresql://eva:a%2Fb@db.example.org:5433/news?sslmode=require", NOWHERE
    )
    assert (found.host, found.port, found.database) == ("db.example.org", 5433, "news")
    assert (found.user, found.password, found.sslmode) == ("eva", "a/b", "require")
    assert str(found) == "postgresql://eva@db.example.org:5433/news"
    assert "a/b" not in repr(found)


def test_what_is_left_out_is_as_for_postgresqls_tools() -> None:
    environment = {
        "PGHOST": "db", "PGPORT": "6000", "PGUSER": "eva", "PGDATABASE": "news",
        "PGPASSWORD": "pw", "PGSSLMODE": "disable",
    }  # fmt: skip
    found = parse_address("postgresql://", environment)
    assert (found.host, found.port, found.user, found.database) == ("db", 6000, "eva", "news")
    assert (found.password, found.sslmode) == ("pw", "disable")
    assert parse_address("postgresql://h/d", environment).host == "h"


@pytest.mark.parametrize("text", ["postgresql://[::1]:5433/d", "postgres://[::1]:5433/d"])
def test_ipv6(text: str) -> None:
    found = parse_address(text, NOWHERE | {"PGUSER": "eva"})
    assert (found.host, found.port) == ("::1", 5433)
    assert str(found) == "postgresql://eva@[::1]:5433/d"


def test_sockets() -> None:
    found = parse_address("postgresql://eva@/news?host=/run/pg", NOWHERE)
    assert found.socket == "/run/pg/.s.PGSQL.5432"
    assert str(found) == "postgresql://eva@/news (socket /run/pg/.s.PGSQL.5432)"


@pytest.mark.parametrize("password", ["p@ss", "p:ss", "p%40ss", "ä€"])
def test_passwords_with_signs(password: str) -> None:
    found = parse_address(f"postgresql://eva:{password}@h/d", NOWHERE)
    assert found.password == password.replace("%40", "@")
    assert (found.host, found.user) == ("h", "eva")


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://eva:s3c/ret@h/d",
        "postgresql://eva:12/s3cret@h/d",
        "postgresql://eva:s3cret?x@h/d",
        "postgresql://eva:s3cret#x@h/d",
        "postgresql://eva:s3cret@[h/d",
        "postgresql://eva:s3cret@h:port/d",
        "postgresql://eva:s3cret@h:0/d",
        "postgresql://eva:s3cret@h:99999/d",
        "postgresql://eva:s3cret@h/d?sslmode=maybe",
        "postgresql://eva:s3cret@h/d?nonsense=1",
        "postgresql://eva:s3cret@h/d?connect_timeout=soon",
    ],
)
def test_slips_are_told_without_the_password(text: str) -> None:
    with pytest.raises(DatabaseError) as slip:
        parse_address(text, NOWHERE)
    assert "s3c" not in str(slip.value)
    assert "ret@" not in str(slip.value)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("h:5432:d:eva:pw", "pw"),
        ("*:*:*:eva:p\\:w\\\\", "p:w\\"),
        ("# a remark\nother:5432:d:eva:no\nh:5432:*:eva:pw", "pw"),
        ("h:5433:d:eva:pw", None),
        ("nonsense", None),
    ],
)
def test_the_password_file(tmp_path: Path, line: str, found: str | None) -> None:
    path = tmp_path / "pass"
    path.write_text(line + "\n", "utf-8")
    path.chmod(0o600)
    assert parse_address("postgresql://eva@h/d", {"PGPASSFILE": str(path)}).password == found


def test_a_password_file_that_others_read_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "pass"
    path.write_text("*:*:*:*:pw\n", "utf-8")
    path.chmod(0o644)
    assert parse_address("postgresql://eva@h/d", {"PGPASSFILE": str(path)}).password is None


@pytest.mark.parametrize("missing", ["sqlalchemy", "geoalchemy2", "pg8000.dbapi"])
def test_without_the_extra(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    address = parse_address("postgresql://eva:pw@127.0.0.1/d", NOWHERE)
    with pytest.raises(DatabaseError, match="pip install 'geomap\\[postgis\\]'"), opened(address):
        pass


def test_what_is_a_database() -> None:
    assert is_database("postgresql://h/d")
    assert is_database("POSTGRES://h/d")
    assert not is_database("parsed")
    assert not is_database("https://h/d")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("postgresql://eva:s3cret@h/d: no such file", "postgresql://eva@h/d: no such file"),
        ("postgresql:/eva:s3c@ret@h/d: no", "postgresql:/eva@h/d: no"),
        (
            "see https://example.org:8080/a and a@b.org",
            "see https://example.org:8080/a and a@b.org",
        ),
    ],
)
def test_no_message_holds_a_password(
    text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert without_passwords(text) == told
    set_up_logging()
    logging.getLogger("geomap.cli").error("%s", text)
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("command", ["export", "map", "parse"])
def test_an_address_is_no_file(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main([command, "a.txt", "-o", "postgresql://eva:s3cret@h/d"])
    captured = capsys.readouterr().err
    assert "databases are written to by geomap export --to" in captured
    assert "s3cret" not in captured
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["parsed", "https://eva:s3cret@h/d", "s3://bucket/d"])
def test_what_is_no_address(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "a.txt", "--to", address])
    captured = capsys.readouterr().err
    assert "that is no address of a database; write postgresql://user@host/name" in captured
    assert "s3cret" not in captured


def test_shapes_of_messages_are_one_line() -> None:
    with pytest.raises(DatabaseError) as slip:
        parse_address("postgresql://eva:s3c/ret@h/d", NOWHERE)
    assert re.fullmatch(r"[^\n]+", str(slip.value))
