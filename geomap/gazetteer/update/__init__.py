"""Updates from GeoNames' dump files: streamed, merged by number, swapped in atomically."""

from geomap.gazetteer.update.report import UpdateReport
from geomap.gazetteer.update.updating import UpdateRequest, update_gazetteer

__all__ = ["UpdateReport", "UpdateRequest", "update_gazetteer"]
