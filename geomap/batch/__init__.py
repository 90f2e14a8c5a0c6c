"""Many articles: read as a stream, parsed on every core, written in parts that survive a crash.

::

    files → articles → Part → worker processes → part-000001 … → manifest

Parts are cut by the order of the input alone and enter the manifest in that order, so the number of
workers, or being killed and started again, changes nothing in what is written.
"""

from geomap.batch.manifest import MANIFEST_NAME, Manifest
from geomap.batch.run import DEFAULT_PART_SIZE, Job, Observer, run_batch

__all__ = [
    "DEFAULT_PART_SIZE",
    "MANIFEST_NAME",
    "Job",
    "Manifest",
    "Observer",
    "run_batch",
]
