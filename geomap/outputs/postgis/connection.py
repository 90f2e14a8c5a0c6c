"""A connection to PostgreSQL, and its refusals in plain words."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from geomap.errors import DatabaseError, GeomapError
from geomap.outputs.postgis.address import Address

if TYPE_CHECKING:
    from ssl import SSLContext

    from sqlalchemy import Connection, Engine

INSTALL = "databases need more of Python: pip install 'geomap[postgis]'"

# What the driver stumbles over where something else than PostgreSQL answers.
_NONSENSE = (struct.error, LookupError, ValueError)
# After so long without an answer a connection counts as lost, not as slow.
_SILENCE_S = 60
# Of a terminated session, a server that shuts down or crashed, one that starts.
_ENDED = ("57P01", "57P02", "57P03", "57P05")
_ADVICE = {
    "22P05": "make the database with ENCODING 'UTF8': it has not the letters of every language",
    "28P01": "check user and password (PGPASSWORD and ~/.pgpass are read too)",
    "28000": "check user and host; the server's pg_hba.conf says who may come from where",
    "3D000": "make it with createdb, or name another",
    "40001": "others wrote the same; run the same command again",
    "40P01": "others wrote the same; run the same command again",
    "42501": "have the owner grant that, or connect as another user",
    "25006": "it is read-only: a standby, perhaps; connect to the primary",
    "53100": "the server's disk is full; make room there and run the same command again",
    "53300": "the server takes no more connections; try again later",
    "55P03": "something else holds a lock; try again later",
    "57014": "the server gave up on it (statement_timeout); raise that, or try again",
}


@contextmanager
def connected(address: Address) -> Iterator[Connection]:
    """Yield a connection; raises DatabaseError where there is none to be had, or it is lost."""
    try:
        engine = _make_engine(address)
    except ImportError as error:
        raise DatabaseError(INSTALL) from error
    with telling(address, _unreachable):
        connection = engine.connect()
    try:
        yield connection
    finally:
        # A connection that is lost cannot be closed in good order.
        with _quiet():
            connection.close()
        engine.dispose()


def _unreachable(address: Address, reason: str) -> DatabaseError:
    message = f"{address}: no PostgreSQL answers there ({reason})"
    return DatabaseError(f"{message}; check host, port and sslmode, and whether it is running")


def _lost(address: Address, reason: str) -> DatabaseError:
    message = f"{address}: the connection was lost ({reason}); what was finished is kept whole"
    return DatabaseError(f"{message}: run the same command again")


@contextmanager
def telling(
    address: Address, without_answer: Callable[[Address, str], DatabaseError] = _lost
) -> Iterator[None]:
    """Turn what the driver and the server say into one line with what to do.

    ``without_answer`` makes the error for when the server said nothing, not even good-bye.
    """
    from pg8000.exceptions import InterfaceError
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except GeomapError:
        raise
    except SQLAlchemyError as error:
        raise _explained(address, getattr(error, "orig", None) or error, without_answer) from error
    except (OSError, InterfaceError) as error:
        raise _explained(address, error, without_answer) from error


@contextmanager
def _quiet() -> Iterator[None]:
    from pg8000.exceptions import Error
    from sqlalchemy.exc import SQLAlchemyError

    with suppress(SQLAlchemyError, Error, OSError):
        yield


def _make_engine(address: Address) -> Engine:
    import geoalchemy2  # noqa: F401 - the tables need it
    import pg8000.dbapi
    from sqlalchemy import NullPool, create_engine

    return create_engine(
        "postgresql+pg8000://",
        creator=lambda: _connect(pg8000.dbapi.connect, address),
        poolclass=NullPool,
        client_encoding="utf8",
    )


def _connect(connect: Any, address: Address) -> Any:
    reached = _reach(address)
    try:
        connection = connect(
            user=address.user,
            # Servers that ask for none do not look at it.
            password=address.password or "",
            database=address.database,
            host=address.host,
            sock=reached,
            ssl_context=_ssl_context(address),
            application_name="geomap",
        )
    except BaseException as error:
        reached.close()
        # A certificate that is refused is a ValueError too.
        if isinstance(error, _NONSENSE) and not isinstance(error, OSError):
            raise _unreachable(address, "what answers is something else") from error
        raise
    # The time for connecting is not the time for an answer; TLS has wrapped the socket anew.
    connection._usock.settimeout(None)
    return connection


def _reach(address: Address) -> socket.socket:
    if address.socket:
        reached = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        reached.settimeout(address.connect_timeout_s)
        reached.connect(address.socket)
        return reached
    reached = socket.create_connection((address.host, address.port), address.connect_timeout_s)
    reached.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    # Not every system has these.
    for name, value in (("TCP_KEEPIDLE", _SILENCE_S), ("TCP_USER_TIMEOUT", _SILENCE_S * 1000)):
        if hasattr(socket, name):
            reached.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
    return reached


def _ssl_context(address: Address) -> SSLContext | bool | None:
    """Return what the driver takes: False for none, None to ask for it and go without."""
    import ssl

    if address.sslmode == "disable" or address.socket:
        return False
    if address.sslmode == "prefer":
        return None
    try:
        context = ssl.create_default_context(cafile=address.sslrootcert)
    except OSError as error:
        message = f"sslrootcert {address.sslrootcert} cannot be read ({error.strerror or error})"
        raise DatabaseError(message) from error
    context.check_hostname = address.sslmode == "verify-full"
    if address.sslmode == "require":
        context.verify_mode = ssl.CERT_NONE
    return context


def _explained(
    address: Address,
    error: BaseException,
    without_answer: Callable[[Address, str], DatabaseError],
) -> DatabaseError:
    answer = error.args[0] if error.args else None
    if not isinstance(answer, dict):
        reason = getattr(error, "strerror", None) or str(error)
        return without_answer(address, " ".join(reason.split()) or type(error).__name__)
    code, says = answer.get("C", ""), " ".join(str(answer.get("M", "")).split())
    if code in _ENDED:
        return without_answer(address, says)
    advice = _ADVICE.get(code, f"code {code}")
    return DatabaseError(f"{address}: the database refuses ({says}); {advice}")


def answer_code(error: BaseException) -> str | None:
    """Return the SQLSTATE of what the server said, None where it said nothing."""
    answer = getattr(getattr(error, "orig", None), "args", [None])[0]
    return answer.get("C") if isinstance(answer, dict) else None
