"""The short list for an inhabitant: who may, what is logged, and who is not on it."""

from datetime import date

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import ConflictError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.domain.records import Record
from netwerk.usecases import shortlist
from netwerk.usecases.shortlist import Act, Change, Entry
from tests.builders import memory_store
from tests.web import street
from tests.worlds import link, node


def scope(who: str = "own", person: str | None = "annie") -> Scope:
    subject = None if person is None else PersonId(NodeId(person))
    return Scope(
        viewer=street.worker(who),
        purpose=Purpose.SUPPORT,
        as_of=date(2026, 11, 2),
        subject=subject,
    )


def store(*more: Record) -> MemoryStore:
    return memory_store([*street.records(), *more])


def do(kept: MemoryStore, act: Act, record: str, who: Scope | None = None, **told: object) -> None:
    do.count += 1  # type: ignore[attr-defined]
    operation = OperationId(f"{do.count:032x}")  # type: ignore[attr-defined]
    wanted = Change(act=act, record=NodeId(record), **told)  # type: ignore[arg-type]
    shortlist.change(kept, who or scope(), operation, wanted)


do.count = 0  # type: ignore[attr-defined]


def entries(kept: MemoryStore, *records: str) -> list[Entry]:
    for record in records:
        do(kept, Act.ADD, record)
    return list(shortlist.opened(kept, scope()).entries)


def test_a_service_stands_there_with_where_and_whom_to_ask() -> None:
    coffee, church = entries(store(link("LOCATED_AT", "church", "hall")), "coffee", "church")
    assert (coffee.name, coffee.by) == ("Koffie op woensdag", ("De Lichtkring",))
    assert [place.name for place in coffee.places] == ["Kerkzaal"]
    assert [(c.name, c.role) for c in coffee.contacts] == [("Gijs Molenaar", "pastor")]
    assert coffee.distance_m is not None
    assert 150 < coffee.distance_m < 200
    assert (church.name, church.distance_m) == ("De Lichtkring", coffee.distance_m)
    assert [need.id for need in coffee.needs] == [street.NEED]


def test_a_list_is_signed_by_who_made_it() -> None:
    listed = shortlist.opened(store(), scope())
    assert (listed.person.name, listed.worker, listed.team) == (
        "Annie Bergman",
        "Own",
        "Team Noord",
    )
    assert (listed.entries, shortlist.listed(store(), scope())) == ((), frozenset())


def test_of_a_volunteer_a_first_name_stands_there_and_of_a_shelter_no_place() -> None:
    kept = store()
    riet, bed = entries(kept, "volunteer", "bed")
    assert (riet.name, riet.by, riet.volunteer) == ("Riet", ("Koffie op woensdag",), True)
    assert (riet.places, riet.contacts, riet.distance_m) == ((), (), None)
    assert all(place.masked and place.point is None for place in bed.places)
    assert bed.distance_m is None
    everything = repr(shortlist.opened(kept, scope()))
    for secret in (*street.NOWHERE, "Verstraten"):
        assert secret not in everything


def test_what_is_no_longer_there_says_so() -> None:
    gone = node("Service", "over", name="Voorbij", formality="informal", valid_to="2026-11-02")
    lost = node("Organization", "lost", name="Weg", valid_to="2026-01-01")
    kept = store(gone, lost, node("Service", "alone", name="Los", formality="informal"))
    assert [each.gone for each in entries(kept, "over", "lost", "alone")] == [True, True, False]
    with kept.system() as work:
        row = {"record": "vanished", "sentence": ""}
        work.put("shortlist", "annie", {"owner": "annie", "version": 9, "items": [row]})
    assert [(e.name, e.gone) for e in shortlist.opened(kept, scope()).entries] == [("", True)]


@pytest.mark.parametrize("record", ["zwaan", "bo", "pastor", "hall", "nothing", "case-annie"])
def test_only_what_the_directory_shows_can_stand_there(record: str) -> None:
    kept = store(node("Person", "cor", name="Cor"))
    with pytest.raises(NotVisibleError):
        do(kept, Act.ADD, "cor" if record == "bo" else record)
    assert shortlist.listed(kept, scope()) == frozenset()


@pytest.mark.parametrize("who", [scope("other"), scope("coordinator"), scope(person=None)])
def test_a_list_is_of_who_may_open_the_file(who: Scope) -> None:
    kept = store()
    do(kept, Act.ADD, "coffee")
    with pytest.raises(NotVisibleError):
        shortlist.opened(kept, who)
    for act in Act:
        with pytest.raises(NotVisibleError):
            do(kept, act, "walk", who)
    assert shortlist.listed(kept, scope()) == {"coffee"}


def test_it_is_ordered_and_written_on_and_all_of_it_is_logged() -> None:
    kept = store()
    entries(kept, "coffee", "walk")
    do(kept, Act.DOWN, "coffee")
    do(kept, Act.UP, "coffee")
    do(kept, Act.SAY, "walk", sentence="Neem een jas mee.", version=4)
    do(kept, Act.REMOVE, "coffee")
    listed = shortlist.opened(kept, scope("mate"), "print-shortlist")
    assert [(e.item.record, e.item.sentence) for e in listed.entries] == [
        ("walk", "Neem een jas mee.")
    ]
    changes = [
        (e.event.action, e.event.subject, e.event.details.get("record"))
        for e in kept.audit_entries()
        if e.event.action != "open-shortlist"
    ]
    assert changes == [
        ("add-to-shortlist", "annie", "coffee"),
        ("add-to-shortlist", "annie", "walk"),
        ("move-down-shortlist", "annie", "coffee"),
        ("move-up-shortlist", "annie", "coffee"),
        ("write-on-shortlist", "annie", "walk"),
        ("take-off-shortlist", "annie", "coffee"),
        ("print-shortlist", "annie", None),
    ]


def test_two_who_write_at_once_lose_nothing() -> None:
    kept = store()
    entries(kept, "coffee")
    do(kept, Act.SAY, "coffee", sentence="De eerste.", version=1)
    with pytest.raises(ConflictError):
        do(kept, Act.SAY, "coffee", sentence="De tweede.", version=1)
    assert shortlist.opened(kept, scope()).entries[0].item.sentence == "De eerste."


def test_what_comes_to_you_is_not_far_and_without_a_home_nothing_is() -> None:
    home = node("Service", "visit", name="Bezoek", formality="informal", delivery="at_home")
    kept = store(home, link("LOCATED_AT", "visit", "hall"))
    assert [each.distance_m for each in entries(kept, "visit")] == [None]
    records = [
        each.with_properties(point=None) if each.id == "annie" else each
        for each in street.records()
    ]
    homeless = memory_store(records)
    assert [each.distance_m for each in entries(homeless, "coffee")] == [None]


def test_a_colleague_who_left_signs_nothing() -> None:
    kept = memory_store(street.records())
    with kept.directory(scope()) as view:
        stranger = scope()
        unknown = Scope(
            viewer=street.worker("nobody"),
            purpose=stranger.purpose,
            as_of=stranger.as_of,
        )
        assert shortlist._signed_by(view, unknown) == ("", "")
