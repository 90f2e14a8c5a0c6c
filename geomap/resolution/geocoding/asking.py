"""Asks a service politely: in turn with all other processes, again after hiccups, not for ever.

Nominatim's usage policy asks for at most one request a second
(https://operations.osmfoundation.org/policies/nominatim/); the same manners hold for every service.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from geopy.adapters import AdapterHTTPError, get_retry_after
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from geomap.errors import GeocodingError
from geomap.resolution.geocoding.answers import Answer
from geomap.resolution.geocoding.cache import AnswerCache, Held, Question, Turn
from geomap.resolution.geocoding.providers import Service
from geomap.settings import DEFAULT_GEOCODE_MAX_AGE_DAYS

SECONDS_BETWEEN = 1.0
MAX_ATTEMPTS = 3
MAX_RETRY_AFTER_S = 60.0
"""Who asks for a longer pause is left alone for the rest of the run, by other runs until then."""

FAILURES_TO_STOP = 3
_LONGEST_PAUSE_S = 86400.0
_REFUSED = (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQuotaExceeded,
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Clock:
    """The time in seconds since 1970, and how to wait; tests bring their own."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class _FailedError(GeocodingError):
    """One request failed; ``again``: another may succeed; ``hopeless``: no other name will."""

    def __init__(
        self,
        message: str,
        *,
        provider: str,
        again: bool = False,
        hopeless: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, provider=provider)
        self.again = again
        self.hopeless = hopeless
        self.retry_after = retry_after


class PoliteGeocoder:
    """Asks a service at most once a second, and not again within ``max_age_days`` for one name.

    All processes that share the cache's file together ask once in ``SECONDS_BETWEEN``. After three
    failures in a row, or one that no other name can mend (a refused key, a used-up quota), the
    service is not asked again; what is wrong is told once, as a warning.
    """

    def __init__(
        self,
        service: Service,
        cache: AnswerCache,
        *,
        max_age_days: float = DEFAULT_GEOCODE_MAX_AGE_DAYS,
        clock: Clock | None = None,
    ) -> None:
        self.provider = service.provider
        self.confines = service.confines
        self._service = service
        self._cache = cache
        self._max_age_days = max_age_days
        self._clock = clock or Clock()
        self._failures = 0
        self._told = False

    def ask(self, name: str, lang: str, countries: Sequence[str]) -> tuple[Answer, ...]:
        """Return the service's places for ``name`` in ``countries`` (none: anywhere), best first.

        Raises GeocodingError when the service fails or is no longer asked.
        """
        # Articles from JSON may hold lone surrogates, which go into no address and no file.
        name = name.encode("utf-8", "ignore").decode("utf-8")
        question = Question(
            self.provider, self._service.server, lang, name, ",".join(sorted(countries))
        )
        try:
            kept = self._cache.recall(question, self._max_age_days, self._clock.now())
            if kept is not None:
                return kept
            return self._ask_anew(question, countries)
        except (OSError, sqlite3.Error, ValueError, TypeError) as error:
            if isinstance(error, GeocodingError):
                raise
            message = (
                f"the cache {self._cache.path} cannot be used ({error}); geomap geocode-cache clear"
                " makes it anew"
            )
            failure = _FailedError(message, provider=self.provider, hopeless=True)
            raise self._give_up(failure) from error

    def _ask_anew(self, question: Question, countries: Sequence[str]) -> tuple[Answer, ...]:
        if self._failures >= FAILURES_TO_STOP:
            raise GeocodingError(f"{self.provider} is not asked again", provider=self.provider)
        retrying = Retrying(
            sleep=self._clock.sleep,
            stop=stop_after_attempt(MAX_ATTEMPTS),
            wait=wait_exponential_jitter(initial=1, max=20, jitter=1),
            retry=retry_if_exception(lambda e: isinstance(e, _FailedError) and e.again),
            reraise=True,
        )
        try:
            answers = retrying(self._attempt, question, countries)
        except _FailedError as error:
            raise self._give_up(error) from None
        self._failures = 0
        return answers

    def _give_up(self, error: _FailedError) -> GeocodingError:
        self._failures = FAILURES_TO_STOP if error.hopeless else self._failures + 1
        if not self._told:
            _log.warning("%s", error)
        self._told = True
        return error

    def _attempt(self, question: Question, countries: Sequence[str]) -> tuple[Answer, ...]:
        with self._cache.turn() as held:
            # Another process may have asked while this one waited.
            kept = held.recall(question, self._max_age_days, self._clock.now())
            if kept is not None:
                return kept
            self._wait(held.last(question))
            return self._request(held, question, countries)

    def _wait(self, last: Turn) -> None:
        now = self._clock.now()
        if last.asked > now:
            # A clock that was set back must not make anyone wait for hours.
            self._clock.sleep(SECONDS_BETWEEN)
            return
        pause = max(last.asked + SECONDS_BETWEEN, last.not_before) - now
        if pause > MAX_RETRY_AFTER_S:
            raise self._failed(f"it asked not to be asked for {pause:.0f} s", hopeless=True)
        if pause > 0:
            self._clock.sleep(pause)

    def _request(
        self, held: Held, question: Question, countries: Sequence[str]
    ) -> tuple[Answer, ...]:
        turn = Turn()
        try:
            answers = self._service.search(question.name, question.lang, countries)
        except Exception as error:
            # geopy's parsers raise whatever an answer of another shape leads to.
            failure = self._explain(error)
            turn = replace(turn, not_before=self._clock.now() + (failure.retry_after or 0.0))
            raise failure from None
        finally:
            held.note(question, replace(turn, asked=self._clock.now()))
        held.keep(question, answers, self._clock.now())
        return answers

    def _explain(self, error: Exception) -> _FailedError:
        """Return what a failed request means for the next ones."""
        cause = error.__cause__
        http = cause if isinstance(cause, AdapterHTTPError) else None
        if isinstance(error, GeocoderRateLimited) or (http and http.status_code >= 500):
            return self._overloaded(error, http)
        if isinstance(error, GeocoderTimedOut | GeocoderUnavailable):
            return self._failed(str(error), again=True)
        if isinstance(error, _REFUSED):
            return self._failed(f"it refused: {error}", hopeless=True)
        if isinstance(error, GeocoderParseError) or not isinstance(error, GeopyError):
            said = str(error) if isinstance(error, GeopyError) else "its answer is not of its form"
            return self._failed(said)
        return self._failed(str(error))

    def _overloaded(self, error: Exception, http: AdapterHTTPError | None) -> _FailedError:
        wait = get_retry_after(http.headers) if http else getattr(error, "retry_after", None)
        pause = float(min(wait, _LONGEST_PAUSE_S)) if wait else None
        too_long = pause is not None and pause > MAX_RETRY_AFTER_S
        said = f"{error}, it asks for a pause of {pause:.0f} s" if too_long else str(error)
        return self._failed(said, again=not too_long, hopeless=too_long, retry_after=pause)

    def _failed(
        self,
        said: str,
        *,
        again: bool = False,
        hopeless: bool = False,
        retry_after: float | None = None,
    ) -> _FailedError:
        message = (
            f"{self.provider} cannot be asked ({self._service.without_secrets(said)}): names that"
            " the gazetteer lacks stay unresolved"
        )
        return _FailedError(
            message,
            provider=self.provider,
            again=again,
            hopeless=hopeless,
            retry_after=retry_after,
        )
