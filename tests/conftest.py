"""Fixtures that several stages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from postgres_server import database, postgres, postgres_server

from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.gazetteer.shipped import ensure_unpacked

__all__ = ["database", "postgres", "postgres_server"]

# The same examples each time: a gate that fails by chance tells nothing of the change.
# To search for more: pytest --hypothesis-profile=search.
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.register_profile("search", derandomize=False)
hypothesis.settings.load_profile("same")

SMALL_GAZETTEER = Path(__file__).parent / "data" / "gazetteer"


@pytest.fixture(autouse=True, scope="session")
def no_own_layer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the own layer of whoever runs the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOMAP_OVERLAY", str(tmp_path_factory.mktemp("own") / "none.sqlite"))
        yield


@pytest.fixture(scope="session")
def small_gazetteer_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked excerpt: real data of a few countries, the curated places and homonyms."""
    target = tmp_path_factory.mktemp("gazetteer") / "small.sqlite"
    return ensure_unpacked(target, SMALL_GAZETTEER)


@pytest.fixture(scope="session")
def small_gazetteer(small_gazetteer_path: Path) -> Iterator[Gazetteer]:
    with Gazetteer(small_gazetteer_path) as gazetteer:
        yield gazetteer


@pytest.fixture(scope="session")
def shipped_gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    """The gazetteer that users get, unpacked as they would (a few seconds)."""
    with open_gazetteer(tmp_path_factory.mktemp("shipped") / "gazetteer.sqlite") as gazetteer:
        yield gazetteer
