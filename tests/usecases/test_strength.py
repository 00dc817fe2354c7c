"""Seeing the strength of a network: only with the file open, and always noted."""

import json
from dataclasses import replace

import pytest

from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.usecases import strength
from tests.builders import memory_store
from tests.worlds import SCOPE, link, node


def test_it_is_told_as_the_interface_says() -> None:
    store = memory_store(
        [
            node("Worker", "w0", role="worker", name="W"),
            node("Person", "p0", name="Zij"),
            node("Person", "p1", name="Ans", told_by="p0"),
            node("Case", "c0", question="?"),
            link("CONCERNS", "c0", "p0"),
            link("LEADS", "w0", "c0"),
            link("TIE", "p0", "p1", owner="p0", kind="friend", support=["emotional"]),
        ]
    )
    told = strength.told(SCOPE, strength.of_inhabitant(store, SCOPE))
    assert json.loads(json.dumps(told)) == told
    assert set(told) == {
        "person",
        "date",
        "measures",
        "bridges",
        "support",
        "load",
        "dropout",
        "approach",
        "stressful",
    }
    assert told["dropout"] == [
        {"person": "p1", "coverage": 0.0, "components": None, "support_left": 0.0}
    ]
    assert [entry.event.action for entry in store.audit_entries()] == ["see-strength"]
    for scope in (
        replace(SCOPE, subject=None),
        replace(SCOPE, viewer=WorkerId(NodeId("w1"))),
    ):
        with pytest.raises(NotVisibleError):
            strength.of_inhabitant(store, scope)
