"""The options that several commands share, in one place, and the settings they make."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.request import url2pathname

import click
from click.core import ParameterSource

from geomap.articles.files import without_password
from geomap.articles.reader import parse_date
from geomap.models import Lang, Worldview
from geomap.settings import DEFAULT_GEOCODE_MAX_AGE_DAYS, DEFAULT_MAX_BYTES, Settings

if TYPE_CHECKING:
    from geomap.outputs.selection import Selection

F = TypeVar("F", bound=Callable[..., Any])


class _Date(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Turn 2015-09-01 into a date."""
        if isinstance(value, date):
            return value
        try:
            return parse_date(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class LocalFile(click.Path):
    """A file to be written on this machine, which ``file://`` may name too.

    Paths know no double slash: any other URL would become a folder called after its scheme, and
    nobody would look there.
    """

    def __init__(self, *, dir_okay: bool = True) -> None:
        super().__init__(path_type=Path, dir_okay=dir_okay)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; refuse URLs of other places."""
        from geomap.outputs.postgis.address import is_database

        scheme, found, rest = str(value).partition("://")
        if not found or isinstance(value, Path):
            return super().convert(value, param, ctx)
        if is_database(value):
            message = "databases are written to by geomap export --to and geomap batch -o only"
            self.fail(message, param, ctx)
        host, stroke, path = rest.partition("/")
        if scheme.lower() != "file" or host not in ("", "localhost") or not stroke:
            message = (
                f"{without_password(value)!r} is no file of this machine; write one and copy it"
            )
            self.fail(message, param, ctx)
        return super().convert(url2pathname(f"/{path}"), param, ctx)


def adding(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Return the decorator that adds options, told by ``--help`` in their order."""

    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def inputs(command: F) -> F:
    """Add ``INPUT...``: files, folders, glob patterns or ``-``."""
    return click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)(command)


worldview = click.option(
    "--worldview",
    type=click.Choice(["un", "de-facto"]),
    default=Settings().worldview,
    show_default=True,
    envvar="GEOMAP_WORLDVIEW",
    help="Whose disputed land is: as the United Nations and Germany see it, or whoever holds it.",
)


def output_file(help_text: str) -> Callable[[F], F]:
    """Add ``-o/--output``."""
    return click.option("-o", "--output", type=LocalFile(), default=None, help=help_text)


def _countries(
    _context: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> frozenset[str]:
    from geomap.outputs.selection import find_country

    codes = set()
    for name in _split(values):
        code = find_country(name)
        if code is None:
            raise click.BadParameter(f"{name!r} is no country; write its code, as in --country SY")
        codes.add(code)
    return frozenset(codes)


def _event_types(
    _context: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> frozenset[str]:
    from geomap.events.codes import CODES

    known = {name for code in CODES for name in code[:3] if name}
    folded = {name.casefold() for name in known}
    for value in values:
        if value.casefold() not in folded:
            types = ", ".join(dict.fromkeys(code.event_type for code in CODES))
            message = f"{value!r} is no type of event; choose of {types}, or a sub-type of these"
            raise click.BadParameter(f"{message} (all of them: docs/events.md)")
    return frozenset(values)


def _split(values: tuple[str, ...]) -> list[str]:
    return [item for value in values for item in value.split(",") if item.strip()]


selecting = adding(
    click.option("--since", type=_Date(), help="Events from this day on, e.g. 2015-09-01."),
    click.option("--until", type=_Date(), help="Events up to this day, included."),
    click.option(
        "--country",
        "countries",
        metavar="CODE_OR_NAME",
        multiple=True,
        callback=_countries,
        help="Events in this country: SY, Syria or Syrien; SY,IQ or repeated for several.",
    ),
    click.option(
        "--event-type",
        "event_types",
        metavar="TYPE",
        multiple=True,
        callback=_event_types,
        help="Events of this type or sub-type of ACLED's, or of geomap's own: Battles,"
        " 'Air/drone strike', displacement …; repeat it for several.",
    ),
)
"""Adds the options that say which events are wanted, all but ``--min-confidence``."""

min_event_confidence = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Events of at least this confidence.",
)


def take_selection(chosen: dict[str, Any], min_confidence: float = 0.0) -> Selection:
    """Return the selection of those options, which are taken out of what was ``chosen``."""
    from geomap.outputs.selection import Selection

    since, until = chosen.pop("since"), chosen.pop("until")
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}")
    return Selection(
        since, until, chosen.pop("countries"), chosen.pop("event_types"), min_confidence
    )


def asked_confidence(value: float) -> float:
    """Return the least confidence of events: that of toponyms, where somebody asks for one."""
    asked = click.get_current_context().get_parameter_source("min_confidence")
    return value if asked is ParameterSource.COMMANDLINE else 0.0


parsing = adding(
    click.option(
        "--lang", type=click.Choice(["de", "en"]), help="Language of the text (default: detected)."
    ),
    click.option("--date", "published", type=_Date(), help="Day of publication, e.g. 2015-09-01."),
    click.option("--model", metavar="NAME_OR_PATH", help="An installed spaCy pipeline to use."),
    click.option(
        "--gazetteer",
        type=click.Path(path_type=Path),
        envvar="GEOMAP_GAZETTEER",
        help="A gazetteer file to use (default: the shipped one).",
    ),
    click.option(
        "--actors",
        type=click.Path(path_type=Path),
        help="A CSV table of your own actors, with lines like"
        " 'blue-brigade,group,3,SY|IQ,f,Blaue Brigade,Blue Brigade'"
        " (default: $GEOMAP_ACTORS; columns: docs/events.md).",
    ),
    click.option(
        "--triggers",
        type=click.Path(path_type=Path),
        help="A CSV table of your own words for events, with lines like"
        " 'de,gleitflugkörper*,Air/drone strike'; the type 'none' silences a word"
        " (default: $GEOMAP_TRIGGERS; columns: docs/events.md).",
    ),
    worldview,
    click.option(
        "--geocode",
        "geocoder",
        metavar="PROVIDER",
        help="Ask this online service (nominatim, photon, pelias, geonames, google, here … by"
        " geopy's names) for names the gazetteer lacks; keys are set as GEOMAP_GEOCODER_API_KEY.",
    ),
    click.option("--geocode-url", "geocoder_url", metavar="URL", help="Your own geocoding server."),
    click.option(
        "--geocode-contact",
        "geocoder_contact",
        metavar="EMAIL_OR_URL",
        envvar="GEOMAP_CONTACT",
        help="Whom the service may write to; public services ask for it.",
    ),
    click.option("--geocode-all", is_flag=True, help="Ask for every name; local decisions stay."),
    click.option(
        "--geocode-max-age",
        type=click.FloatRange(min=0),
        metavar="DAYS",
        default=DEFAULT_GEOCODE_MAX_AGE_DAYS,
        show_default=True,
        help="Ask again for what was answered longer ago.",
    ),
    click.option(
        "--save-geocoded", is_flag=True, help="Add what the service finds to your own layer."
    ),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=Settings().min_confidence,
        show_default=True,
        help="Leave a toponym unresolved below this confidence.",
    ),
    click.option(
        "--max-bytes",
        type=click.IntRange(min=1),
        default=DEFAULT_MAX_BYTES,
        show_default=True,
        help="Refuse longer articles.",
    ),
)
"""Adds the options that say how to parse."""


def make_settings(
    *,
    lang: Lang | None,
    published: date | None,
    model: str | None,
    gazetteer: Path | None,
    actors: Path | None,
    triggers: Path | None,
    worldview: Worldview,
    geocoder: str | None,
    geocoder_url: str | None,
    geocoder_contact: str | None,
    geocode_all: bool,
    geocode_max_age: float,
    save_geocoded: bool,
    min_confidence: float,
    max_bytes: int,
    demonyms: bool = False,
    given_spans: bool = False,
) -> Settings:
    """Return the settings of the parsing options."""
    for name, wanted in (("--geocode-all", geocode_all), ("--save-geocoded", save_geocoded)):
        if wanted and geocoder is None:
            raise click.UsageError(f"{name} needs --geocode SERVICE")
    return Settings(
        lang=lang,
        published=published,
        max_bytes=max_bytes,
        model=model,
        gazetteer=gazetteer,
        actors=actors,
        triggers=triggers,
        worldview=worldview,
        geocoder=geocoder,
        geocoder_url=geocoder_url,
        geocoder_contact=geocoder_contact,
        geocode_all=geocode_all,
        geocode_max_age=geocode_max_age,
        save_geocoded=save_geocoded,
        min_confidence=min_confidence,
        demonyms=demonyms,
        given_spans=given_spans,
    )
