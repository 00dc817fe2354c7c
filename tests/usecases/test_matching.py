"""Requests for a volunteer: who knows what, and what comes of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import InvalidInputError, NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId, WorkerId
from netwerk.domain.records import Node, Record, text
from netwerk.domain.requests import RequestStatus
from netwerk.domain.ties import Approach
from netwerk.usecases import matching, network
from tests.builders import memory_store
from tests.worlds import SCOPE, TODAY, link, node

NEED = NeedId(NodeId("n.a"))
KEEPER = Scope(viewer=WorkerId(NodeId("co")), purpose=Purpose.DIRECTORY, as_of=TODAY)
OTHER = replace(SCOPE, viewer=WorkerId(NodeId("w1")))
LATER = TODAY + timedelta(days=14)
VERA, WIL, TIM = (PersonId(NodeId(each)) for each in ("vera", "wil", "tim"))
_numbers = iter(range(1_000_000))


def records() -> list[Record]:
    return [
        node("Need", "n", label_nl="n", label_en="n"),
        node("Need", "n.a", label_nl="a", label_en="a", parent="n"),
        node("Need", "n.b", label_nl="b", label_en="b", parent="n"),
        node("Worker", "co", role="coordinator", name="Co"),
        node("Worker", "w0", role="worker", name="W"),
        node("Worker", "w1", role="worker", name="X"),
        node("Person", "p0", name="Annie", point=[5.65, 51.48], languages=["nl"]),
        node("Case", "c0", question="?"),
        link("CONCERNS", "c0", "p0"),
        link("LEADS", "w0", "c0"),
        node("Service", "s0", name="Boodschappen", formality="informal"),
        node("Service", "s1", name="Bellen", formality="informal"),
        node("Organization", "o0", name="Buurt", kind="civic_initiative"),
        link("PROVIDES", "o0", "s0"),
        link("PROVIDES", "o0", "s1"),
        link("ADDRESSES", "s0", "n.a"),
        link("ADDRESSES", "s1", "n.b"),
        node("Person", "vera", name="Vera", point=[5.65, 51.48], capacity=1, languages=["nl"]),
        node("Person", "wil", name="Wil", willing_to_help=True),
        node("Person", "tim", name="Tim", ask_again_from="2027-01-01"),
        node("Person", "una", name="Una", willing_to_help=False),
        link("VOLUNTEERS_FOR", "vera", "s0"),
        link("VOLUNTEERS_FOR", "wil", "s1", capacity=2, load=1),
        link("VOLUNTEERS_FOR", "tim", "s0"),
        link("VOLUNTEERS_FOR", "una", "s0"),
        link("ADDRESSES", "wil", "n.a"),
    ]


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(records())


def operation() -> OperationId:
    return OperationId(f"operation-{next(_numbers)}")


def posted(store: MemoryStore, note: str = "") -> str:
    return matching.post(store, SCOPE, operation(), NEED, note)


def of_inhabitant(store: MemoryStore, scope: Scope) -> list[matching.Proposed]:
    return matching.of_file(store, scope, network.open_file(store, scope))


def asks(store: MemoryStore) -> Iterator[Node]:
    return (r for r in store.dump() if isinstance(r, Node) and r.label == "Ask")


def proposed(store: MemoryStore, key: str, helper: PersonId = VERA) -> None:
    assert matching.confirm(store, KEEPER, operation(), {key: helper}) == 1


def test_a_request_says_what_is_wanted_and_never_for_whom(store: MemoryStore) -> None:
    key = posted(store, " op dinsdag ")
    board = matching.board(store, KEEPER)
    (request,) = board.requests
    assert (request.key, request.note, request.status) == (key, "op dinsdag", RequestStatus.OPEN)
    assert [m.person for m in board.proposal.candidates[key]] == ["vera", "wil"]
    assert board.proposal.matches[key].person == "vera"
    assert board.name(VERA) == "Vera"
    assert (board.name(NodeId("p0")), board.name(None)) == ("", "")
    assert all(n.label != "Person" or n.id != "p0" for n in board.graph.nodes.values())


def test_sending_it_twice_asks_once(store: MemoryStore) -> None:
    same = operation()
    assert matching.post(store, SCOPE, same, NEED, "") == matching.post(
        store, SCOPE, same, NEED, ""
    )
    assert len(matching.board(store, KEEPER).requests) == 1


def test_what_cannot_be_asked_is_refused(store: MemoryStore) -> None:
    with pytest.raises(InvalidInputError):
        matching.post(store, SCOPE, operation(), NeedId(NodeId("no such need")), "")
    with pytest.raises(InvalidInputError):
        posted(store, "x" * 201)
    for scope in (OTHER, replace(SCOPE, subject=None), KEEPER):
        with pytest.raises(NotVisibleError):
            matching.post(store, scope, operation(), NEED, "")
    assert not matching.board(store, KEEPER).requests


def test_whom_the_inhabitant_wants_left_alone_is_not_proposed(store: MemoryStore) -> None:
    tie = link(
        "TIE", "p0", "vera", owner="p0", kind="ex_partner", approach=Approach.DO_NOT_APPROACH.value
    )
    store.load([tie])
    key = posted(store)
    assert [m.person for m in matching.board(store, KEEPER).proposal.candidates[key]] == ["wil"]


def test_what_is_proposed_comes_to_who_asked_and_becomes_an_ask_once(store: MemoryStore) -> None:
    key = posted(store)
    proposed(store, key)
    (mine,) = of_inhabitant(store, SCOPE)
    assert (mine.helper, mine.service) == ("Vera", "Boodschappen")
    assert [each.key for each in matching.proposed(store, SCOPE)] == [key]
    assert not matching.proposed(store, OTHER)
    with pytest.raises(NotVisibleError):
        of_inhabitant(store, OTHER)
    matching.accept(store, SCOPE, key, "Samira", LATER)
    with pytest.raises(NotVisibleError):
        matching.accept(store, SCOPE, key, "Samira", LATER)
    (ask,) = asks(store)
    assert ask.properties["supporter"] == "vera"
    assert ask.properties["step_kinds"] == ["volunteers"]
    assert ask.properties["suggested_rank"] == 1
    assert not of_inhabitant(store, SCOPE)
    file = network.open_file(store, SCOPE)
    assert [each.ask.id for each in file.asks] == [ask.id]


def test_a_request_that_was_accepted_takes_the_place(store: MemoryStore) -> None:
    first, second = posted(store), posted(store)
    proposed(store, first)
    board = matching.board(store, KEEPER)
    assert [r.key for r in board.waiting] == [first]
    assert [m.person for m in board.proposal.candidates[second]] == ["wil"]


def test_a_lost_answer_is_no_second_ask(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = posted(store)
    proposed(store, key)

    def lost(*_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patched, pytest.raises(ConnectionError):
        patched.setattr(matching, "_change", lost)
        matching.accept(store, SCOPE, key, "Samira", LATER)
    matching.accept(store, SCOPE, key, "Samira", LATER)
    assert len(list(asks(store))) == 1


def test_a_talent_is_asked_too(store: MemoryStore) -> None:
    key = posted(store)
    proposed(store, key, WIL)
    (mine,) = of_inhabitant(store, SCOPE)
    assert (mine.helper, mine.service) == ("Wil", "")
    matching.accept(store, SCOPE, key, "Samira", LATER)
    (ask,) = asks(store)
    assert (text(ask.properties, "service"), ask.properties["step_kinds"]) == (None, ["talent"])


def test_a_wish_to_be_left_alone_counts_after_the_proposal_too(store: MemoryStore) -> None:
    key = posted(store)
    proposed(store, key)
    store.load([link("TIE", "p0", "vera", owner="p0", kind="friend", approach="do_not_approach")])
    assert [each.helper for each in of_inhabitant(store, SCOPE)] == [""]
    with pytest.raises(NotVisibleError):
        matching.accept(store, SCOPE, key, "Samira", LATER)
    assert not list(asks(store))


def test_who_does_not_suit_is_not_proposed_again(store: MemoryStore) -> None:
    key = posted(store)
    proposed(store, key)
    matching.decline(store, SCOPE, key)
    board = matching.board(store, KEEPER)
    assert board.requests[0].status is RequestStatus.OPEN
    assert [m.person for m in board.proposal.candidates[key]] == ["wil"]
    with pytest.raises(NotVisibleError):
        matching.decline(store, SCOPE, key)
    proposed(store, key, WIL)
    matching.decline(store, SCOPE, key)
    left = matching.board(store, KEEPER).proposal
    assert (key in left.candidates, key in left.matches) == (True, False)


def test_a_request_taken_back_is_gone(store: MemoryStore) -> None:
    key = posted(store)
    matching.withdraw(store, SCOPE, key)
    assert not matching.board(store, KEEPER).requests
    assert not of_inhabitant(store, SCOPE)


def test_a_choice_that_no_longer_can_be_is_left_out(store: MemoryStore) -> None:
    key = posted(store)
    assert matching.confirm(store, KEEPER, operation(), {key: TIM, "gone": VERA}) == 0
    again = operation()
    assert matching.confirm(store, KEEPER, again, {key: VERA}) == 1
    assert matching.confirm(store, KEEPER, again, {key: VERA}) == 0
    assert matching.confirm(store, KEEPER, operation(), {key: WIL}) == 0


def test_it_is_decided_in_the_file_that_it_is_for(store: MemoryStore) -> None:
    key = posted(store)
    proposed(store, key)
    world = [node("Person", "p9", name="Ander"), node("Case", "c9", question="?")]
    store.load([*world, link("CONCERNS", "c9", "p9"), link("LEADS", "w0", "c9")])
    for scope in (
        replace(SCOPE, subject=PersonId(NodeId("p9"))),
        OTHER,
        KEEPER,
        replace(SCOPE, subject=VERA),
    ):
        for act in (matching.decline, matching.withdraw):
            with pytest.raises(NotVisibleError):
                act(store, scope, key)
    with pytest.raises(NotVisibleError):
        matching.withdraw(store, SCOPE, "nothing")
    with pytest.raises(InvalidInputError):
        matching.accept(store, SCOPE, key, "Samira", TODAY - timedelta(days=1))


def test_somebody_elses_change_in_between_wins(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = posted(store)
    real = matching._change

    def later(*arguments: object) -> None:
        monkeypatch.setattr(matching, "_change", real)
        matching.withdraw(store, SCOPE, key)
        real(*arguments)  # type: ignore[arg-type]

    proposed(store, key)
    monkeypatch.setattr(matching, "_change", later)
    with pytest.raises(NotVisibleError):
        matching.decline(store, SCOPE, key)
