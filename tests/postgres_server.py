"""A PostgreSQL server of the tests' own: its data in a temporary folder, on loopback only."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import pytest

USER, PASSWORD = "boss", "s3cret-of-the-boss"
_TEMPLATE = "template_with_postgis"


class Server:
    """A running server; ``lacking`` says why there is none."""

    def __init__(self, port: int, home: Path) -> None:
        self.port = port
        self.home = home
        self._numbers = count(1)

    def new_database(self, *, postgis: bool = True) -> str:
        """Make a database and return its name."""
        name = f"test_{next(self._numbers)}"
        template = _TEMPLATE if postgis else "template1"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}", "postgres")
        return name

    def address(self, database: str, *, port: int | None = None) -> str:
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{port or self.port}/{database}"

    def run(self, statement: str, database: str, user: str = USER) -> list[list[Any]]:
        """Return the rows of one statement, none of it through geomap."""
        import pg8000.dbapi

        connection = pg8000.dbapi.connect(
            user=user, password=PASSWORD, host="127.0.0.1", port=self.port, database=database
        )
        try:
            connection.autocommit = True
            cursor = connection.cursor()
            cursor.execute(statement)
            return [list(row) for row in cursor.fetchall()] if cursor.description else []
        finally:
            connection.close()

    def count(self, table: str, database: str) -> int:
        return int(self.run(f"SELECT count(*) FROM {table}", database)[0][0])  # noqa: S608


def lacking() -> str | None:
    """Return what is missing for a server, None if nothing is."""
    if missing := [name for name in ("sqlalchemy", "geoalchemy2", "pg8000") if not find_spec(name)]:
        return f"needs geomap[postgis] ({missing[0]} is missing)"
    programs = _programs()
    if programs is None:
        return "needs PostgreSQL's initdb"
    shared = subprocess.run(
        [programs / "pg_config", "--sharedir"], check=True, capture_output=True, text=True
    )
    if not Path(shared.stdout.strip(), "extension/postgis.control").exists():
        return "needs PostGIS"
    if os.geteuid() == 0 and not _has_user():
        return "PostgreSQL does not run as root, and there is no user postgres"
    return None


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    program = found[-1] if found else shutil.which("initdb")
    return Path(program).parent if program else None


def _has_user() -> bool:
    import pwd

    return any(entry.pw_name == "postgres" for entry in pwd.getpwall())


@contextmanager
def running() -> Iterator[Server]:
    programs = _programs()
    assert programs is not None
    as_root = os.geteuid() == 0
    before = ["runuser", "-u", "postgres", "--"] if as_root else []
    with tempfile.TemporaryDirectory(prefix="geomap-pg-") as folder:
        home = Path(folder)
        (home / "password").write_text(PASSWORD, "utf-8")
        if as_root:
            for path in (home, home / "password"):
                shutil.chown(path, "postgres", "postgres")

        def call(*command: str) -> None:
            subprocess.run([*before, *command], check=True, cwd=home, stdout=subprocess.DEVNULL)

        initdb, pg_ctl = str(programs / "initdb"), str(programs / "pg_ctl")
        call(
            initdb, "-D", "data", "-U", USER, "-A", "scram-sha-256", "--pwfile=password",
            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        port = _free_port()
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off"
        call(pg_ctl, "-D", "data", "-l", "log", "-o", options, "-w", "start")
        try:
            server = Server(port, home)
            server.run(f"CREATE DATABASE {_TEMPLATE}", "postgres")
            server.run("CREATE EXTENSION postgis", _TEMPLATE)
            yield server
        finally:
            call(pg_ctl, "-D", "data", "-m", "immediate", "-w", "stop")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    if reason := lacking():
        # The gate has installed all of it: there nothing may be skipped.
        if os.environ.get("GEOMAP_NEEDS_POSTGRES"):
            pytest.fail(reason)
        pytest.skip(reason)
    with running() as server:
        yield server


@pytest.fixture
def database(postgres: Server) -> str:
    """A new database with PostGIS in it."""
    return postgres.new_database()
