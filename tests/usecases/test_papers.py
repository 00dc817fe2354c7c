"""On which papers somebody stood who is to be left alone: named from the log, and only those."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.advice import Mentioned
from netwerk.domain.audit import AuditEvent
from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.ties import Approach
from netwerk.graph.papers import printed
from netwerk.usecases import advice, drawing, network, own_file, papers, plan, shortlist
from netwerk.usecases.network import TieFacts
from netwerk.usecases.papers import OnPaper
from netwerk.usecases.shortlist import Act, Change
from tests.builders import memory_store
from tests.web import street
from tests.web.street import NEED, worker
from tests.worlds import TODAY, link, node

ANNIE = PersonId(NodeId("annie"))
OWN = Scope(viewer=worker("own"), purpose=Purpose.SUPPORT, as_of=TODAY, subject=ANNIE)
BO, CHURCH = RelationshipId("annie-bo"), RelationshipId("annie-church")
PRINTED_ON = date(2026, 11, 2)
_OPERATIONS = iter(range(10_000))
Print = Callable[[MemoryStore], object]


def once() -> OperationId:
    return OperationId(f"op{next(_OPERATIONS)}")


def path_by(of: str, records: tuple[str, ...] = ()) -> str:
    return Mentioned(
        need=NeedId(NodeId(NEED)),
        title="Koffie",
        first_step="Bel.",
        of="annie",
        nodes=("annie", of),
        records=records,
    ).written()


@pytest.fixture
def store() -> MemoryStore:
    advised = {"person": "annie", "status": "given", "advised_on": "2026-10-10"}
    return memory_store(
        [
            *street.records(),
            node("ReferralAdvice", "by-bo", suggested=[path_by("bo")], **advised),
            node("ReferralAdvice", "by-tie", asks=[path_by("x", (BO,))], **advised),
            node("ReferralAdvice", "by-none", asks=[path_by("pastor")], **advised),
            *(link("ADVISES", key, "case-annie") for key in ("by-bo", "by-tie", "by-none")),
            node("Action", "with-bo", text="Belt.", by_whom="network", person="bo"),
            link("KEPT_IN", "with-bo", "case-annie"),
        ]
    )


def say(store: MemoryStore, key: RelationshipId, word: Approach) -> None:
    network.set_approach(store, OWN, once(), key, word)


def found(store: MemoryStore, key: RelationshipId = BO) -> tuple[OnPaper, ...]:
    return papers.still_on_paper(store, OWN, network.open_file(store, OWN), key)


def put(store: MemoryStore, record: str, act: Act = Act.ADD) -> None:
    shortlist.change(store, OWN, once(), Change(act=act, record=NodeId(record)))


def print_drawing(store: MemoryStore) -> None:
    drawing.open_drawing(store, OWN, "print-drawing")


@pytest.mark.parametrize(
    ("kind", "put_on_paper"),
    [
        ("drawing", print_drawing),
        ("drawing", lambda s: drawing.open_drawing(s, OWN, "export-drawing")),
        ("own-file", lambda s: own_file.own_file(s, OWN, "print-own-file")),
        ("plan", lambda s: plan.on_paper(s, OWN, "print-plan")),
        ("advice", lambda s: advice.opened(s, OWN, "by-bo", "print-advice")),
        ("advice", lambda s: advice.opened(s, OWN, "by-tie", "export-advice")),
    ],
)
def test_a_paper_on_which_somebody_stood_is_named_with_day_and_printer(
    store: MemoryStore, kind: str, put_on_paper: Print
) -> None:
    put_on_paper(store)
    put_on_paper(store)
    assert found(store) == ()
    say(store, BO, Approach.DO_NOT_APPROACH)
    assert found(store) == (OnPaper(kind=kind, on=PRINTED_ON, by="Own"),)
    say(store, BO, Approach.MAY_ASK)
    assert found(store) == ()


@pytest.mark.parametrize(
    "look",
    [
        lambda s: drawing.open_drawing(s, OWN),
        lambda s: own_file.own_file(s, OWN),
        lambda s: advice.opened(s, OWN, "by-none", "print-advice"),
        lambda s: shortlist.opened(s, OWN, "print-shortlist"),
    ],
)
def test_what_was_only_looked_at_or_did_not_name_them_is_not(
    store: MemoryStore, look: Print
) -> None:
    look(store)
    say(store, BO, Approach.SUPPORT_ONLY)
    assert found(store) == ()


def test_what_is_printed_after_it_was_said_is_not_named(store: MemoryStore) -> None:
    say(store, BO, Approach.DO_NOT_APPROACH)
    print_drawing(store)
    assert found(store) == ()


def test_who_was_told_of_after_the_printing_did_not_stand_on_it(store: MemoryStore) -> None:
    print_drawing(store)
    key = network.add_tie(store, OWN, once(), "Nel", TieFacts(kind="friend"))
    say(store, key, Approach.DO_NOT_APPROACH)
    assert found(store, key) == ()
    print_drawing(store)
    say(store, key, Approach.SUPPORT_ONLY)
    assert [each.kind for each in found(store, key)] == ["drawing"]


def test_of_whom_nothing_was_ever_said_nothing_is_to_be_collected(store: MemoryStore) -> None:
    key = network.add_tie(store, OWN, once(), "Nel", TieFacts(kind="friend"))
    print_drawing(store)
    assert found(store, key) == ()


def test_who_was_gone_stands_on_no_drawing_and_does_in_the_file(store: MemoryStore) -> None:
    network.end_tie(store, OWN, once(), BO, TODAY.replace(year=2025))
    print_drawing(store)
    own_file.own_file(store, OWN, "print-own-file")
    say(store, BO, Approach.DO_NOT_APPROACH)
    assert [each.kind for each in found(store)] == ["own-file"]


@pytest.mark.parametrize("record", ["church", "walk"])
def test_a_list_is_named_for_what_stood_on_it_then(store: MemoryStore, record: str) -> None:
    """The church, or what it offers; and what was taken off before it was printed is not."""
    put(store, record)
    put(store, record, Act.REMOVE)
    shortlist.opened(store, OWN, "print-shortlist")
    say(store, CHURCH, Approach.SUPPORT_ONLY)
    assert found(store, CHURCH) == ()
    put(store, record)
    shortlist.opened(store, OWN, "print-shortlist")
    put(store, record, Act.REMOVE)
    say(store, CHURCH, Approach.DO_NOT_APPROACH)
    assert [each.kind for each in found(store, CHURCH)] == ["shortlist"]


def test_who_speaks_for_an_organization_on_the_list_stands_on_it(store: MemoryStore) -> None:
    with store.work(OWN, once()) as work:
        tie = work.own_file().relationships[BO]
        work.save(replace(tie, id=RelationshipId("pastor"), target=NodeId("pastor"), version=0))
    put(store, "coffee")
    shortlist.opened(store, OWN, "print-shortlist")
    say(store, RelationshipId("pastor"), Approach.DO_NOT_APPROACH)
    assert [each.kind for each in found(store, RelationshipId("pastor"))] == ["shortlist"]


def test_minutes_name_nobody_and_a_refusal_printed_nothing(store: MemoryStore) -> None:
    drawing.open_drawing(store, OWN, "print-review")
    with store.system() as work:
        refused = replace(AuditEvent.within(OWN, "print-drawing"), outcome="refused")
        work.audit(refused)
    say(store, BO, Approach.DO_NOT_APPROACH)
    assert found(store) == ()
    assert [each.kind for each in printed(store.audit_about(ANNIE))] == ["review"]


def test_an_advice_that_is_gone_and_a_tie_that_is_not_there_name_nothing(
    store: MemoryStore,
) -> None:
    with store.view(OWN, "print-advice", {"record": "gone"}):
        pass
    say(store, BO, Approach.DO_NOT_APPROACH)
    assert found(store) == ()
    assert found(store, RelationshipId("nothing")) == ()
