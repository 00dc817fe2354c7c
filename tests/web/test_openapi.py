"""schemathesis asks both interfaces all that their descriptions allow, and what they do not."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from netwerk.adapters.memory import MemoryStore
from netwerk.app import create_app
from netwerk.web.security import limiter
from tests.builders import memory_store
from tests.web import street
from tests.web.conftest import SETTINGS, Clock
from tests.web.test_api import ALL, FOUND, Program


def described(path: str) -> tuple[Any, Program]:
    store: MemoryStore = memory_store([*street.records(), *FOUND])
    app = create_app(SETTINGS, store, Clock())
    return schemathesis.openapi.from_wsgi(path, app), Program(app, store, *ALL)


HSDS, ORUK, V1 = (
    described(path)
    for path in ("/hsds/openapi.json", "/hsds/oruk/openapi.json", "/api/v1/openapi.json")
)
BOUNDED = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def checked(case: Any, program: Program) -> None:
    limiter.reset()
    case.call_and_validate(headers={"Authorization": f"Bearer {program.secret}"})


@HSDS[0].parametrize()  # type: ignore[untyped-decorator]
@BOUNDED
def test_hsds_does_what_it_says(case: Any) -> None:
    checked(case, HSDS[1])


@ORUK[0].parametrize()  # type: ignore[untyped-decorator]
@BOUNDED
def test_oruk_does_what_it_says(case: Any) -> None:
    checked(case, ORUK[1])


@V1[0].parametrize()  # type: ignore[untyped-decorator]
@BOUNDED
def test_the_directory_does_what_it_says(case: Any) -> None:
    checked(case, V1[1])


@pytest.mark.parametrize("which", [HSDS, ORUK, V1])
def test_a_description_is_valid_openapi(which: tuple[Any, Program]) -> None:
    which[0].validate()
