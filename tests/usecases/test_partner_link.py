"""The link of a partner: it opens its own public listing, for a while, once; it changes nothing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import InvalidInputError, NotAllowedError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.domain.partner_links import LASTS, LINK, LinkState, PartnerLink
from netwerk.domain.records import Node, Record
from netwerk.usecases import partner_link
from tests.builders import memory_store
from tests.worlds import TODAY, link, node

CO = Scope(viewer=WorkerId(NodeId("co")), purpose=Purpose.DIRECTORY, as_of=TODAY)
SAM = replace(CO, viewer=WorkerId(NodeId("sam")))
CHURCH = NodeId("church")
KEY = "i-0"


def records() -> list[Record]:
    old = (TODAY - timedelta(days=500)).isoformat()
    return [
        node("Worker", "co", name="Co", role="coordinator"),
        node("Worker", "sam", name="Sam", role="worker"),
        node("Organization", "church", name="De Lichtkring", phone="1", verified_on=old),
        node("Organization", "club", name="VV Noord", verified_on=TODAY.isoformat()),
        node("Service", "coffee", name="Koffie", formality="informal", cost="gratis"),
        node("Service", "over", name="Voorbij", formality="informal", valid_to="2026-01-01"),
        node("Service", "walk", name="Lopen", formality="informal"),
        node("Location", "hall", address="Kerkstraat 1", postcode="5701 AA", city="Helmond"),
        node("Location", "secret", address="Blijfhuis 7", postcode="5702 BB", masked=True),
        node("Person", "pastor", name="Gijs Molenaar"),
        link("CONTACT_FOR", "pastor", "church", role="pastor", phone="06-geheim"),
        link("PROVIDES", "church", "coffee"),
        link("PROVIDES", "church", "over"),
        link("PROVIDES", "club", "walk"),
        link("LOCATED_AT", "church", "hall"),
        link("LOCATED_AT", "church", "secret"),
    ]


@pytest.fixture
def store() -> MemoryStore:
    made = memory_store(records())
    partner_link.invite(made, CO, OperationId("i"), [CHURCH])
    return made


def stored(store: MemoryStore, key: str) -> Node:
    (found,) = (each for each in store.dump() if each.id == key and isinstance(each, Node))
    return found


def kept(store: MemoryStore) -> PartnerLink:
    with store.system() as work:
        return PartnerLink.read(KEY, work.get(LINK, KEY) or {})


def test_a_partner_sees_its_own_public_listing_and_nobody(store: MemoryStore) -> None:
    shown = partner_link.listing(store, TODAY, KEY)
    assert [each.id for each in shown.records] == ["church", "coffee"]
    assert shown.places == ("Kerkstraat 1, 5701 AA, Helmond",)
    assert shown.roles == ("pastor",)
    assert "Gijs" not in repr(shown)
    assert "geheim" not in repr(shown)
    assert "Blijfhuis" not in repr(shown)


def test_what_it_says_changes_nothing_until_it_is_taken_over(store: MemoryStore) -> None:
    before = list(store.dump())
    texts = {
        "church": {"name": "Lichtkring", "phone": "1", "email": "a@b.example", "kind": "mosque"},
        "coffee": {"cost": "", "stopped": "yes"},
        "walk": {"name": "Niet van ons"},
    }
    partner_link.answer(store, TODAY, KEY, (texts, "Tot ziens."))
    assert list(store.dump()) == before
    (sent,) = partner_link.sent(store, CO)
    assert (sent.name, sent.link.state, sent.link.note) == (
        "De Lichtkring",
        LinkState.ANSWERED,
        "Tot ziens.",
    )
    changes = {
        "church": {"name": "Lichtkring", "email": "a@b.example"},
        "coffee": {"cost": "", "stopped": "yes"},
    }
    assert partner_link.answered(store, CO, KEY).link.changes == changes
    taken = [("church", "email"), ("coffee", "cost"), ("coffee", "stopped"), ("walk", "name")]
    for operation in ("d", "d2"):
        partner_link.decide(store, CO, OperationId(operation), KEY, taken)
    church, coffee = stored(store, "church").properties, stored(store, "coffee").properties
    assert (church["name"], church["email"], church["phone"]) == (
        "De Lichtkring",
        "a@b.example",
        "1",
    )
    assert "cost" not in coffee
    assert coffee["valid_to"] == coffee["verified_on"] == TODAY.isoformat()
    assert church["verified_by"] == "Co"
    assert stored(store, "walk").properties["name"] == "Lopen"
    assert stored(store, "church").version == 2
    assert partner_link.sent(store, CO) == []
    assert kept(store).state is LinkState.DONE


def test_it_is_all_still_right(store: MemoryStore) -> None:
    partner_link.answer(store, TODAY, KEY, ({"church": {"name": "De Lichtkring"}}, ""))
    assert kept(store).confirmed
    partner_link.decide(store, CO, OperationId("d"), KEY, ())
    assert stored(store, "church").properties["verified_on"] == TODAY.isoformat()


@pytest.mark.parametrize("texts", [{"church": {"name": ""}}, {"church": {"phone": "1" * 41}}])
def test_what_does_not_fit_is_asked_again(
    store: MemoryStore, texts: dict[str, dict[str, str]]
) -> None:
    with pytest.raises(InvalidInputError):
        partner_link.answer(store, TODAY, KEY, (texts, ""))
    assert kept(store).state is LinkState.OPEN


def refused(store: MemoryStore, key: str = KEY, on: date = TODAY) -> None:
    before = list(store.system_records())
    with pytest.raises(NotVisibleError):
        partner_link.listing(store, on, key)
    with pytest.raises(NotVisibleError):
        partner_link.answer(store, on, key, ({}, ""))
    assert list(store.system_records()) == before


def test_a_link_opens_for_thirty_days(store: MemoryStore) -> None:
    partner_link.listing(store, TODAY + LASTS - timedelta(days=1), KEY)
    refused(store, on=TODAY + LASTS)


def test_a_link_works_once_and_not_when_it_is_withdrawn_or_none(store: MemoryStore) -> None:
    refused(store, key="i-1")
    partner_link.answer(store, TODAY, KEY, ({}, ""))
    refused(store)
    partner_link.withdraw(store, CO, OperationId("w"), KEY)
    assert kept(store).state is LinkState.ANSWERED, "an answer is not withdrawn"


def test_a_link_that_is_withdrawn_while_it_is_answered_keeps_nothing(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = partner_link._changes

    def withdrawn(*told: Any) -> Any:
        partner_link.withdraw(store, CO, OperationId("w"), KEY)
        return compared(*told)

    monkeypatch.setattr(partner_link, "_changes", withdrawn)
    with pytest.raises(NotVisibleError):
        partner_link.answer(store, TODAY, KEY, ({}, ""))
    assert kept(store).state is LinkState.WITHDRAWN


def test_a_link_is_withdrawn_by_hand_or_by_a_newer_one(store: MemoryStore) -> None:
    partner_link.invite(store, CO, OperationId("j"), [CHURCH])
    refused(store)
    partner_link.listing(store, TODAY, "j-0")
    for _ in range(2):
        partner_link.withdraw(store, CO, OperationId("w"), "j-0")
    refused(store, key="j-0")
    partner_link.invite(store, CO, OperationId("k"), [CHURCH])
    partner_link.listing(store, TODAY, "k-0")


def test_a_partner_that_is_gone_opens_nothing(store: MemoryStore) -> None:
    partner_link.invite(store, CO, OperationId("j"), [NodeId("club")])
    partner_link.answer(store, TODAY, KEY, ({}, ""))
    with store.directory_work(CO, OperationId("x")) as work:
        seen = work.around([NodeId("club")])
        work.remove(*seen.of_type("PROVIDES"), seen.nodes[NodeId("club")])
    with pytest.raises(NotVisibleError):
        partner_link.listing(store, TODAY, "j-0")
    assert [each.organization.id for each in partner_link.sent(store, CO)] == ["church"]


def test_who_was_not_asked_for_a_year_is_asked_once(store: MemoryStore) -> None:
    assert partner_link.stale(store, CO) == []
    assert partner_link.stale(store, replace(CO, as_of=TODAY + LASTS)) == ["church"]


def test_only_who_keeps_the_directory_asks_and_decides(store: MemoryStore) -> None:
    partner_link.answer(store, TODAY, KEY, ({}, ""))
    for act in (
        lambda: partner_link.invite(store, SAM, OperationId("x"), [CHURCH]),
        lambda: partner_link.withdraw(store, SAM, OperationId("x"), KEY),
        lambda: partner_link.decide(store, SAM, OperationId("x"), KEY, ()),
        lambda: partner_link.answered(store, SAM, KEY),
        lambda: partner_link.sent(store, SAM),
        lambda: partner_link.stale(store, SAM),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_what_is_not_there_is_not_there(store: MemoryStore) -> None:
    for act in (
        lambda: partner_link.invite(store, CO, OperationId("x"), [NodeId("coffee")]),
        lambda: partner_link.invite(store, CO, OperationId("x"), [NodeId("nothing")]),
        lambda: partner_link.withdraw(store, CO, OperationId("x"), "nothing"),
        lambda: partner_link.decide(store, CO, OperationId("x"), "nothing", ()),
        lambda: partner_link.answered(store, CO, KEY),
    ):
        with pytest.raises(NotVisibleError):
            act()


def test_that_a_letter_was_sent_is_noted_once(store: MemoryStore) -> None:
    for _ in range(2):
        partner_link.note_sent(store, CO, OperationId("s"), KEY)
    assert kept(store).sent_on == TODAY.isoformat()
    partner_link.listing(store, TODAY, KEY)
    with pytest.raises(NotVisibleError):
        partner_link.note_sent(store, CO, OperationId("x"), "nothing")
