"""Articles, toponyms and events in a PostgreSQL database with PostGIS.

::

    postgresql://… → Address → connection → tables (made or checked) → records, a batch at a time

Each batch of articles is one transaction; an article that is there already is replaced by what it
is now. Needs SQLAlchemy, GeoAlchemy2 and pg8000 (``pip install geomap[postgis]``).
"""

from geomap.outputs.postgis.address import Address, is_database, parse_address
from geomap.outputs.postgis.database import Database, open_database
from geomap.outputs.postgis.layout import DEFAULT_PREFIX
from geomap.outputs.postgis.rows import Rows, make_rows
from geomap.outputs.postgis.runs import RunStore, open_run

__all__ = [
    "DEFAULT_PREFIX",
    "Address",
    "Database",
    "Rows",
    "RunStore",
    "is_database",
    "make_rows",
    "open_database",
    "open_run",
    "parse_address",
]
