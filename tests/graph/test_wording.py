"""A path in words: every step can be read aloud, in both languages, with or without a name."""

import pytest

from netwerk.domain.ids import NodeId, RelationshipId, WorkerId
from netwerk.domain.records import Subgraph
from netwerk.graph.question import Step
from netwerk.graph.wording import Wording
from netwerk.schema import load_schema
from tests.worlds import link, node

GRAPH = Subgraph.of(
    [
        node("Person", "ann", name="Ann"),
        node("Person", "bo", name="Bo"),
        node("Organization", "choir", name="Het koor"),
        node("Worker", "wil", name="Wil"),
        link(
            "TIE", "ann", "bo", "tie", owner="ann", kind="friend", contact="weekly",
            approach="may_ask",
        ),
        link("TIE", "ann", "bo", "bare", owner="ann", kind="friend"),
        link("TAKES_PART", "ann", "choir", "part", kind="member", approach="may_ask"),
    ]
)  # fmt: skip


def said(step: str, kind: str, record: str = "", language: str = "nl", target: str = "bo") -> str:
    return Wording(GRAPH, load_schema(), language).step(
        Step(
            step=step,
            source=NodeId("ann"),
            target=NodeId(target) if target else None,
            kind=kind,
            p=0.5,
            via=WorkerId(NodeId("wil")),
            record=RelationshipId(record) if record else None,
        )
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("step", "names"),
    [
        ("acquainted", ["Wil", "Bo"]),
        ("takes_part", ["Ann", "Bo"]),
        ("role", ["Ann", "Bo"]),
        ("contact", ["Bo", "Ann"]),
        ("provides", ["Ann", "Bo"]),
        ("volunteers", ["Ann", "Bo"]),
        ("talent", ["Ann"]),
        ("direct", ["Bo"]),
        ("tie", ["Bo"]),
    ],
)
def test_every_step_names_who_it_joins(step: str, names: list[str], language: str) -> None:
    kind = {"acquainted": "warm", "takes_part": "member", "tie": "friend"}.get(step, step)
    told = said(step, kind, "part" if step == "takes_part" else "", language)
    places = [told.index(each) for each in names]
    assert places == sorted(places)
    assert "{" not in told


def test_a_tie_tells_only_what_is_known_of_it() -> None:
    assert said("tie", "friend", "tie").count(",") == 3
    assert said("tie", "friend", "bare").count(",") == 1
    assert said("tie", "friend", "not there") == said("tie", "friend", "bare")


def test_languages_differ_and_another_one_is_dutch() -> None:
    assert said("role", "role") == "Ann is contactpersoon van Bo"
    assert said("role", "role", language="en") == "Ann is a contact person of Bo"
    assert said("role", "role", language="fr") == said("role", "role")


def test_who_has_no_name_is_called_by_id_and_nobody_by_nothing() -> None:
    words = Wording(GRAPH, load_schema(), "nl")
    assert [words.name(each) for each in (NodeId("bo"), NodeId("dee"), None)] == ["Bo", "dee", ""]
