"""Tables in the columns of conflict data sets: ACLED (31) and UCDP GED (49).

Only asserted events in the data set's scope that have a place: ACLED's six types; for UCDP those
with at least one death. Identifiers stay empty: the rows are for comparing and for coders to go on
from, not part of either data set. Columns: ACLED's guide of 2023; header of GED 23.1.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal, TypeAlias

from geomap.outputs.files import path_beside
from geomap.outputs.map.basemap import name_country
from geomap.outputs.vector import defuse_formula
from geomap.records import ArticleRecord, EventRecord

View: TypeAlias = Literal["acled", "ucdp"]
Cells: TypeAlias = dict[str, str | int | float | None]

ACLED_COLUMNS = tuple(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region "
    "country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale "
    "notes fatalities tags timestamp".split()
)
UCDP_COLUMNS = tuple(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a "
    "side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates "
    "where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country "
    "country_id region event_clarity date_prec date_start date_end deaths_a deaths_b "
    "deaths_civilians deaths_unknown best high low gwnoa gwnob".split()
)
_CIVILIANS, _STATE, _EXTERNAL = 7, 1, 8
_ONE_SIDED = "Violence against civilians"
_FORCE = "Excessive force against protesters"
# What coders write for words (ACLED: tens 10, dozens 12, hundreds 100).
_VAGUE = {"dutzende": 12, "dozens": 12, "tens": 10, "scores": 20, "hunderte": 100, "hundreds": 100}
_PUBLICATION_PRECISION = 2


def write_view(records: Iterable[ArticleRecord], target: Path | None, view: View) -> int:
    """Write a CSV table in the columns of ``view`` (None: to stdout); return the number of rows.

    Raises OutputError when the target cannot be written.
    """
    columns, row_of = _VIEWS[view]
    rows = [row_of(r, e) for r in records for e in r.events if _is_in_scope(e, view)]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    content = text.getvalue().encode("utf-8", "replace")
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    else:
        with path_beside(target) as temporary:
            temporary.write_bytes(content)
    return len(rows)


def _cell(value: str | int | float | None) -> str | int | float | None:
    return defuse_formula(value) if isinstance(value, str) else value


def _is_in_scope(event: EventRecord, view: View) -> bool:
    placed = event.lat is not None and event.lon is not None
    asserted = event.modality in (None, "asserted")
    deadly = view == "acled" or bool(event.deaths_best or event.deaths_low or event.deaths_high)
    return placed and asserted and event.acled_scope and deadly


def _acled_row(record: ArticleRecord, event: EventRecord) -> Cells:
    day = event.date_start or event.date_end
    return {
        "event_date": day,
        "year": int(day[:4]) if day else None,
        "time_precision": event.time_precision or (_PUBLICATION_PRECISION if day else None),
        "disorder_type": _disorder(event),
        "event_type": event.event_type,
        "sub_event_type": event.sub_event_type,
        "actor1": event.actor1,
        "inter1": event.inter1,
        "actor2": event.actor2,
        "inter2": event.inter2,
        "interaction": _interaction(event),
        "civilian_targeting": "Civilian targeting" if _is_against_civilians(event) else None,
        "country": name_country(event.country, "en") if event.country else None,
        "admin1": event.admin1,
        "location": event.name,
        "latitude": event.lat,
        "longitude": event.lon,
        "geo_precision": event.geo_precision,
        "source": record.source.publisher or record.source.url or record.id,
        "notes": event.description,
        "fatalities": _fatalities(event),
        "tags": _tags(event),
    }


def _disorder(event: EventRecord) -> str:
    if event.sub_event_type == _FORCE:
        return "Political violence; Demonstrations"
    if event.event_type == "Protests" or event.sub_event_type == "Violent demonstration":
        return "Demonstrations"
    if event.event_type == "Strategic developments":
        return "Strategic developments"
    return "Political violence"


def _interaction(event: EventRecord) -> str | None:
    """Return the two inter codes, the lower first; a sole actor's with a 0."""
    codes = sorted(code for code in (event.inter1, event.inter2) if code)
    return f"{codes[0]}{codes[1] if len(codes) > 1 else 0}" if codes else None


def _is_against_civilians(event: EventRecord) -> bool:
    return event.event_type == _ONE_SIDED or _CIVILIANS in (event.inter1, event.inter2)


def _fatalities(event: EventRecord) -> int | None:
    if event.deaths_best is not None or event.deaths_low is not None:
        return _with_attackers(event.deaths_best, event.deaths_low, event)
    return _VAGUE.get((event.deaths_text or "").casefold())


def _with_attackers(first: int | None, second: int | None, event: EventRecord) -> int | None:
    """Return the first that is known, and the attackers: these views count all the dead."""
    known = first if first is not None else second
    return None if known is None else known + (event.deaths_attackers or 0)


def _tags(event: EventRecord) -> str | None:
    told = (
        ("date of publication", event.date_source == "publication"),
        (f"reported by {event.reported_by}", bool(event.reported_by)),
        (f"disputed by {event.disputed_by}", bool(event.disputed_by)),
        (event.verification or "", bool(event.verification)),
        (f"attackers among the dead: {event.deaths_attackers}", bool(event.deaths_attackers)),
    )
    return "; ".join(words for words, holds in told if holds) or None


def _ucdp_row(record: ArticleRecord, event: EventRecord) -> Cells:
    day = event.date_start or event.date_end
    others = event.deaths_best if event.deaths_best is not None else event.deaths_low
    best = _with_attackers(others, None, event)
    one_sided = _is_against_civilians(event)
    return {
        "year": int(day[:4]) if day else None,
        "code_status": "geomap-auto",
        "type_of_violence": _type_of_violence(event),
        "side_a": event.actor1,
        "side_b": event.actor2,
        "number_of_sources": 1,
        "source_article": record.source.url or record.title or record.id,
        "source_office": record.source.publisher,
        "source_date": record.published,
        "source_headline": record.title,
        "where_prec": event.where_prec,
        "where_coordinates": event.name,
        "where_description": event.description,
        "adm_1": event.admin1,
        "latitude": event.lat,
        "longitude": event.lon,
        "geom_wkt": f"POINT ({event.lon} {event.lat})",
        "country": name_country(event.country, "en") if event.country else None,
        "date_prec": event.date_prec,
        "date_start": event.date_start or event.date_end,
        "date_end": event.date_end,
        "deaths_civilians": others if one_sided else None,
        "deaths_unknown": event.deaths_attackers if one_sided else best,
        "best": best,
        "high": _with_attackers(event.deaths_high, others, event),
        "low": _with_attackers(event.deaths_low, others, event),
    }


def _type_of_violence(event: EventRecord) -> int | None:
    """Return 1 state-based, 2 non-state, 3 one-sided; None where the text names no sides."""
    if _is_against_civilians(event):
        return 3
    codes = [code for code in (event.inter1, event.inter2) if code]
    if not codes:
        return None
    if _STATE in codes or _EXTERNAL in codes:
        return 1
    return 2 if len(codes) > 1 else None


_VIEWS: dict[View, tuple[tuple[str, ...], Callable[[ArticleRecord, EventRecord], Cells]]] = {
    "acled": (ACLED_COLUMNS, _acled_row),
    "ucdp": (UCDP_COLUMNS, _ucdp_row),
}
