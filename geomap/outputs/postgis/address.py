"""Where a database is, said as PostgreSQL's tools say it: ``postgresql://user@host:5432/name``.

A password is in no message and no ``repr``.
"""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from geomap.errors import DatabaseError

SslMode = Literal["disable", "prefer", "require", "verify-ca", "verify-full"]
PORT = 5432

_SCHEMES = ("postgresql://", "postgres://", "postgis://")
_SHAPE = "postgresql://user@host:5432/database"
_OPTIONS = ("host", "port", "sslmode", "sslrootcert", "connect_timeout")
_SOCKETS = ("/var/run/postgresql", "/tmp")  # noqa: S108 - where servers listen
_CONNECT_TIMEOUT_S = 10.0
_PASS_FIELD = re.compile(r"((?:\\.|[^:\\])*)(?::|$)")


@dataclass(frozen=True, slots=True)
class Address:
    """A database and how to reach it; ``host`` may be the folder of a Unix socket."""

    host: str
    port: int
    database: str
    user: str
    password: str | None = field(default=None, repr=False)
    sslmode: SslMode = "prefer"
    sslrootcert: str | None = None
    connect_timeout_s: float = _CONNECT_TIMEOUT_S

    def __str__(self) -> str:
        """Return it as a user may see it, without the password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        if self.socket:
            return f"postgresql://{self.user}@/{self.database} (socket {self.socket})"
        return f"postgresql://{self.user}@{host}:{self.port}/{self.database}"

    @property
    def socket(self) -> str | None:
        """The path of the Unix socket, if it is reached by one."""
        return f"{self.host}/.s.PGSQL.{self.port}" if self.host.startswith("/") else None


def is_database(target: str) -> bool:
    """Return whether ``target`` is the address of a database, not of a file."""
    return target.lower().startswith(_SCHEMES)


def parse_address(text: str, environment: Mapping[str, str] = os.environ) -> Address:
    """Return what an address says; what it leaves out is as PostgreSQL's tools would have it.

    That is PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD, PGSSLMODE and the password file
    (``~/.pgpass`` or PGPASSFILE). Raises DatabaseError for what is no address.
    """
    parts, given_port = _split(text)
    options = _read_options(parts.query)
    host = unquote(options.get("host") or parts.hostname or environment.get("PGHOST") or _local())
    user = unquote(parts.username or environment.get("PGUSER") or getpass.getuser())
    database = unquote(parts.path.removeprefix("/")) or environment.get("PGDATABASE") or user
    port = options.get("port") or given_port or environment.get("PGPORT") or str(PORT)
    number = _port_number(port)
    given = unquote(parts.password or "") or environment.get("PGPASSWORD")
    return Address(
        host=host,
        port=number,
        database=database,
        user=user,
        password=given or _look_up(environment, (host, str(number), database, user)),
        sslmode=_ssl_mode(options.get("sslmode") or environment.get("PGSSLMODE") or "prefer"),
        sslrootcert=options.get("sslrootcert"),
        connect_timeout_s=_seconds(options.get("connect_timeout")),
    )


def _read_options(query: str) -> dict[str, str]:
    options = {name: values[-1] for name, values in parse_qs(query).items()}
    if unknown := [name for name in options if name not in _OPTIONS]:
        known = ", ".join(_OPTIONS)
        raise DatabaseError(f"{unknown[0]!r} is no option of an address here; there are: {known}")
    return options


def _split(text: str) -> tuple[SplitResult, str]:
    """Return the parts of an address, and its port, empty where it has none."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _unclear() from error
    if "@" in parts.path + parts.query or parts.fragment:
        raise _unclear()
    return parts, "" if port is None else str(port)


def _unclear() -> DatabaseError:
    # The address itself is not told: it may hold a password, even where no password should be.
    message = f"the address of the database is unclear; write {_SHAPE}"
    return DatabaseError(f"{message}, with %2F %3A %3F %23 %40 for / : ? # @ in a password")


def _port_number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise DatabaseError(f"{text!r} is not the number of a port; write {_SHAPE}")
    return int(text)


def _ssl_mode(text: str) -> SslMode:
    for mode in get_args(SslMode):
        if text == mode:
            found: SslMode = mode
            return found
    raise DatabaseError(f"sslmode {text!r} is none of {', '.join(get_args(SslMode))}")


def _seconds(text: str | None) -> float:
    if text is None:
        return _CONNECT_TIMEOUT_S
    if not text.isdecimal() or not int(text):
        raise DatabaseError(f"connect_timeout {text!r} is not a number of seconds")
    return float(text)


def _local() -> str:
    """Return the folder of a server's socket on this machine, else its own name."""
    here = (folder for folder in _SOCKETS if Path(folder, f".s.PGSQL.{PORT}").exists())
    return next(here, "localhost")


def _look_up(environment: Mapping[str, str], asked: tuple[str, ...]) -> str | None:
    """Return the password of the first line of the password file that fits."""
    path = Path(environment.get("PGPASSFILE") or Path.home() / ".pgpass")
    try:
        # As PostgreSQL's tools do: passwords that others may read are not used.
        if os.name == "posix" and path.stat().st_mode & 0o077:
            return None
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    host, *others = asked
    wanted: list[Any] = [("localhost" if host.startswith("/") else host), *others]
    for line in lines:
        if line.startswith("#"):
            continue
        cells = [re.sub(r"\\(.)", r"\1", cell) for cell in _PASS_FIELD.findall(line)]
        fits = len(cells) > len(wanted) and all(
            cell in ("*", value) for cell, value in zip(cells, wanted, strict=False)
        )
        if fits:
            return cells[len(wanted)]
    return None
