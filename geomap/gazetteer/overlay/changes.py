"""What a user does to the own layer: add, edit, remove, block and unblock, each one checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from geomap.errors import GazetteerError
from geomap.gazetteer.distances import distance_km
from geomap.gazetteer.names import normalise
from geomap.gazetteer.overlay.layer import (
    DEFAULT_IMPORTANCE,
    FOUND_IMPORTANCE,
    Block,
    Layer,
    OwnPlace,
)
from geomap.gazetteer.store import Gazetteer
from geomap.gazetteer.update.selection import radius_km_of
from geomap.models import Place

_SAME_PLACE_KM = 1.0
_EDITABLE = "name lat lon country radius_km importance source licence".split()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a user says about a place; None: nothing. ``feature`` is like "P/PPL"."""

    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    feature: str | None = None
    country: str | None = None
    radius_km: float | None = None
    importance: float | None = None
    names: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    licence: str | None = None


def parse_names(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return (language, name) pairs of texts such as "de:Robotyne"; no language is ""."""
    pairs = []
    for text in texts:
        lang, colon, name = text.partition(":")
        known = bool(colon) and len(lang.strip()) in (2, 3) and lang.strip().islower()
        pairs.append((lang.strip(), name.strip()) if known else ("", text.strip()))
    return tuple(pair for pair in pairs if pair[1])


def add_place(layer: Layer, gazetteer: Gazetteer, facts: Facts) -> OwnPlace:
    """Add a place; country and radius are found out if not given.

    Raises GazetteerError if values are wrong or missing, or the place is in the layer already.
    """
    feature_class, code = _feature(facts.feature or "P/PPL")
    place = OwnPlace(
        id=layer.next_id(),
        name=facts.name,
        lat=facts.lat,
        lon=facts.lon,
        feature_class=feature_class,
        feature_code=code,
        country=facts.country,
        radius_km=facts.radius_km or radius_km_of(feature_class, code, 0),
        importance=DEFAULT_IMPORTANCE if facts.importance is None else facts.importance,
        source=facts.source,
        licence=facts.licence,
        names=facts.names,
    )
    place.check()
    _refuse_double(layer, place)
    place = _with_country(place, gazetteer)
    layer.put(place)
    return place


def keep_found(layer: Layer, found: Place, name: str, lang: str) -> OwnPlace:
    """Add a place that a service found by ``name``; one that is there gets the name only.

    Raises GazetteerError if its values are wrong.
    """
    new = OwnPlace(
        id=layer.next_id(),
        name=found.name,
        lat=found.lat,
        lon=found.lon,
        feature_class=found.feature_class,
        feature_code=found.feature_code,
        country=found.country,
        radius_km=found.radius_km,
        importance=FOUND_IMPORTANCE,
        source=found.source,
        licence=found.licence or None,
    )
    kept = _double(layer, new) or new
    known = {normalise(other) for _, other in (*kept.names, ("", kept.name or ""))}
    if normalise(name) not in known:
        kept = replace(kept, names=(*kept.names, (lang, name)))
    layer.put(kept)
    return kept


def _refuse_double(layer: Layer, new: OwnPlace) -> None:
    if old := _double(layer, new):
        raise GazetteerError(f"{new.name} is there already: geomap gazetteer edit {old.id}")


def _double(layer: Layer, new: OwnPlace) -> OwnPlace | None:
    """Return the place of the layer that has the name of the new one and lies there."""
    for old in layer.places.values():
        if None in (old.lat, old.lon, old.name, new.lat, new.lon, new.name):
            continue
        same = normalise(str(old.name)) == normalise(str(new.name))
        if same and _km(old, new) < _SAME_PLACE_KM:
            return old
    return None


def _km(one: OwnPlace, other: OwnPlace) -> float:
    return distance_km(one.lat or 0, one.lon or 0, other.lat or 0, other.lon or 0)


def _with_country(place: OwnPlace, gazetteer: Gazetteer) -> OwnPlace:
    if place.country is not None:
        _check_country(place.country, gazetteer)
    elif place.lat is not None and place.lon is not None:
        return replace(place, country=gazetteer.country_at(place.lat, place.lon))
    return place


def _check_country(code: str, gazetteer: Gazetteer) -> None:
    if gazetteer.country(code) is None:
        raise GazetteerError(f"no country has the code {code!r}: give two letters, such as SY")


def edit_place(layer: Layer, gazetteer: Gazetteer, number: int, facts: Facts) -> OwnPlace:
    """Change a place of one's own, or correct one of the gazetteer; names are added.

    Raises GazetteerError if there is no such place, nothing is changed or a value is wrong.
    """
    if facts == Facts():
        raise GazetteerError("say what to change, for example --name, --lat and --lon")
    old = layer.places.get(number) or OwnPlace(_known(gazetteer, number))
    if facts.country is not None:
        _check_country(facts.country, gazetteer)
    feature = _feature(facts.feature) if facts.feature else (old.feature_class, old.feature_code)
    given = {key: value for key in _EDITABLE if (value := getattr(facts, key)) is not None}
    names = tuple(dict.fromkeys((*old.names, *facts.names)))
    new = replace(old, **given, feature_class=feature[0], feature_code=feature[1], names=names)
    layer.put(new)
    return new


def remove_place(layer: Layer, number: int) -> OwnPlace:
    """Take a place, or a correction, out of the layer. Raises GazetteerError if it is not there."""
    if number not in layer.places:
        raise GazetteerError(
            f"the own layer has no place {number}; to hide a place of the gazetteer,"
            f" use: geomap gazetteer block NAME --place {number}"
        )
    return layer.places.pop(number)


def block_name(layer: Layer, gazetteer: Gazetteer, name: str, place: int | None) -> Block:
    """Block a name, or only its meaning one place. Raises GazetteerError."""
    if place is not None and place not in layer.places:
        _known(gazetteer, place)
    block = Block(name, place)
    layer.block(block)
    return block


def unblock_name(layer: Layer, name: str, place: int | None) -> Block:
    """Lift a block. Raises GazetteerError if there is none."""
    block = layer.blocks.pop((normalise(name), place), None)
    if block is None:
        of = "" if place is None else f" for place {place}"
        raise GazetteerError(f"{name!r} is not blocked{of}")
    return block


def _known(gazetteer: Gazetteer, number: int) -> int:
    if gazetteer.place(number) is None:
        raise GazetteerError(
            f"there is no place {number}: geomap gazetteer search NAME --json shows the ids"
        )
    return number


def _feature(text: str) -> tuple[str, str]:
    feature_class, _, code = text.replace(".", "/").partition("/")
    return feature_class.strip(), code.strip()
