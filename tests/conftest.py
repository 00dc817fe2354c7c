"""What all tests share: one Neo4j a run, how hard hypothesis looks, and what tests the rules."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from tests import neo4j_server

_ON_NEO4J: Final = re.compile(r"[\[-]neo4j[-\]]")
"""How the contract's tests are called that run on Neo4j."""
_HERE: Final = Path(__file__).parent
_RULES: Final = frozenset({"domain", "graph", "usecases", "contract"})

settings.register_profile(
    "plain",
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("ci", settings.get_profile("plain"), derandomize=True, max_examples=200)
settings.load_profile("ci" if os.environ.get("CI") else "plain")


@pytest.fixture(scope="session")
def neo4j_url() -> Iterator[str]:
    """Return the address of a Neo4j that this run may fill and empty as it likes.

    NETWERK_TEST_NEO4J names a server that is there already. Without Java and Maven the tests that
    need it are left out, but never in the continuous run.
    """
    given = os.environ.get("NETWERK_TEST_NEO4J")
    if given:
        yield given
        return
    missing = [tool for tool in ("java", "javac", "mvn") if shutil.which(tool) is None]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"Neo4j needs {', '.join(missing)}")
    with neo4j_server.running() as url:
        yield url


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Neo4j, and what tests the rules themselves.

    Coverage makes a test twice as slow: it is measured over the tests of the rules alone, which
    must reach every branch of them without help from a screen.
    """
    for item in items:
        if "neo4j_url" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.neo4j)
        elif item.get_closest_marker("neo4j") is None and (
            item.path.relative_to(_HERE).parts[0] in _RULES
        ):
            item.add_marker(pytest.mark.rules)


class _Together(LoadScopeScheduling):
    """Deals tests out one by one, but all of the one Neo4j, or of the one Chromium, to one worker.

    Marks of a group do the same, but are not seen by this pytest with this pytest-xdist.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith("tests/browser/"):
            return "browser"
        if nodeid.startswith("tests/neo4j/") or _ON_NEO4J.search(nodeid):
            return "neo4j"
        return nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _Together:
    """Return what deals the tests out."""
    return _Together(config, log)
