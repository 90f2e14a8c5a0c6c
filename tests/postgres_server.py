"""A PostgreSQL server of the tests' own: its data in a temporary folder, on loopback only."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import pytest

USER, PASSWORD = "boss", "s3cret-of-the-boss"
_TEMPLATE = "template_with_postgis"
# What is here need not outlive the machine.
_HASTY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
)


class Server:
    """A running server; ``lacking`` says why there is none."""

    def __init__(self, port: int, home: Path) -> None:
        self.port = port
        self.home = home
        self._numbers = count(1)
        self._names: list[str] = []

    def new_database(self, *, postgis: bool = True, options: str = "") -> str:
        """Make a database and return its name."""
        name = f"test_{next(self._numbers)}"
        template = _TEMPLATE if postgis else "template0"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} {options}", "postgres")
        self._names.append(name)
        return name

    def drop_databases(self) -> None:
        """Drop all that were made so far."""
        while self._names:
            self.run(f"DROP DATABASE {self._names.pop()} WITH (FORCE)", "postgres")

    def address(self, database: str, *, port: int | None = None) -> str:
        """Return its address; through another ``port`` it is not encrypted."""
        address = f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{port or self.port}/{database}"
        return f"{address}?sslmode=disable" if port else address

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

    def end_session_at(self, event: str, database: str) -> None:
        """Have the server end the session that would insert an event, in the midst of it."""
        self.run(
            "CREATE FUNCTION fall() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END'",
            database,
        )
        self.run(
            "CREATE TRIGGER fall BEFORE INSERT ON geomap_events FOR EACH ROW"
            f" WHEN (NEW.event_id = '{event}') EXECUTE FUNCTION fall()",
            database,
        )


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
            silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            subprocess.run([*before, *command], check=True, cwd=home, **silent)

        initdb, pg_ctl = str(programs / "initdb"), str(programs / "pg_ctl")
        call(
            initdb, "-D", "data", "-U", USER, "-A", "scram-sha-256", "--pwfile=password",
            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        port = _free_port()
        settings = ("listen_addresses=127.0.0.1", *_HASTY)
        options = f"-p {port} -k {home} " + " ".join(f"-c {setting}" for setting in settings)
        if shutil.which("openssl"):
            call(
                "openssl", "req", "-new", "-x509", "-nodes", "-batch", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost", "-out", "certificate.pem",
                "-keyout", "key.pem",
            )  # fmt: skip
            options += f" -c ssl=on -c ssl_cert_file={home}/certificate.pem"
            options += f" -c ssl_key_file={home}/key.pem"
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


Cut = Callable[[bytes], int]
"""Told what comes next; how much of it still goes through. Less than all of it is the end."""


def after_bytes(length: int) -> Cut:
    left = length

    def cut(data: bytes) -> int:
        nonlocal left
        left -= len(data)
        return min(len(data), len(data) + left)

    return cut


def within_words(words: bytes, times: int) -> Cut:
    """Cut in the midst of the words when they come that often."""
    left = times

    def cut(data: bytes) -> int:
        nonlocal left
        left -= data.count(words)
        return len(data) if left > 0 else data.rindex(words) + len(words) // 2

    return cut


@contextmanager
def cable(port: int, cut: Cut) -> Iterator[int]:
    """Yield the port of a way to the server that is cut at some point."""
    with socket.create_server(("127.0.0.1", 0)) as ours:
        thread = threading.Thread(target=_carry, args=(ours, port, cut))
        thread.start()
        yield ours.getsockname()[1]
        thread.join()


def _carry(ours: socket.socket, port: int, cut: Cut) -> None:
    client, _ = ours.accept()
    server = socket.create_connection(("127.0.0.1", port))

    def back() -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)

    answers = threading.Thread(target=back)
    answers.start()
    with suppress(OSError):
        while data := client.recv(65536):
            length = cut(data)
            server.sendall(data[:length])
            if length < len(data):
                break
    for end in (server, client):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
    answers.join()
    for end in (server, client):
        end.close()


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that was told, which holds no password."""
    captured = capsys.readouterr()
    line = captured.err.strip()
    assert "\n" not in line
    assert "Traceback" not in line
    assert PASSWORD not in captured.err + captured.out
    return line


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> Iterator[Server]:
    if "postgres" not in pytestconfig.option.markexpr:
        pytest.skip("takes two minutes: pytest -m postgres")
    if reason := lacking():
        # The gate has installed all of it: there nothing may be skipped.
        if os.environ.get("GEOMAP_NEEDS_POSTGRES"):
            pytest.fail(reason)
        pytest.skip(reason)
    with running() as server:
        yield server


@pytest.fixture
def postgres(postgres_server: Server) -> Iterator[Server]:
    yield postgres_server
    postgres_server.drop_databases()


@pytest.fixture
def database(postgres: Server) -> str:
    """A new database with PostGIS in it."""
    return postgres.new_database()
