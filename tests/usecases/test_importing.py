"""Bringing in a sheet: seen before, all or nothing, once, and undone."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.drafts import Choice, Standing
from netwerk.domain.errors import (
    InvalidInputError,
    NotAllowedError,
)
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.records import Record, Relationship
from netwerk.domain.staging import INDEX, PART, Import, State
from netwerk.exchange import delimited
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import importing
from tests.builders import memory_store
from tests.worlds import TODAY, StoppedClock, link, node

KEEPER = Scope(viewer=WorkerId(NodeId("co")), purpose=Purpose.DIRECTORY, as_of=TODAY)
WORKER = replace(KEEPER, viewer=WorkerId(NodeId("w0")))
CLOCK = StoppedClock()
HEAD = "Naam;Soort;Telefoon;Adres;Postcode;Plaats;Contactpersoon;Functie;Aanbod;Helpt bij"
CHURCH = "De Kandelaar;kerk;0492 123456;Dorpsstraat 1;5701 AB;Helmond;Bea Brand;dominee;Koffie;a"
HOUSE = "Buurthuis Zuid;buurthuis;;Laan 2;5702AC;Helmond;;;Eettafel;a, b"
LIKE = "Lichtkring, De;kerk;;Kerkpad 3;5703AD;Helmond;;;Zingen;b"


def records() -> list[Record]:
    return [
        node("Need", "n", label_nl="n", label_en="n"),
        node("Need", "n.a", label_nl="a", label_en="a", parent="n"),
        node("Need", "n.b", label_nl="b", label_en="b", parent="n"),
        node("Worker", "co", role="coordinator", name="Co"),
        node("Worker", "w0", role="worker", name="W"),
        node("Organization", "o0", name="De Lichtkring", kind="church", source="hand"),
        node("Location", "l0", address="Kerkpad 3", postcode="5703AD"),
        node("Service", "s0", name="Zingen", formality="informal"),
        node("Person", "p0", name="Annie", birth_year=1948),
        node("Case", "c0", question="?"),
        link("CONCERNS", "c0", "p0"),
        link("LEADS", "w0", "c0"),
        link("LOCATED_AT", "o0", "l0"),
        link("PROVIDES", "o0", "s0"),
        link("ADDRESSES", "s0", "n.a"),
    ]


@pytest.fixture
def store() -> Store:
    return memory_store(records())


def stored(store: Store) -> dict[str, Record]:
    return {record.id: record for record in store.dump()}


def facts(store: Store) -> dict[str, Any]:
    """Return everything that is stored, whatever its version."""
    return {key: replace(record, version=0) for key, record in stored(store).items()}


def sheet(*lines: str) -> Iterator[Any]:
    return delimited.read(io.BytesIO("\n".join(lines).encode()))


def checked(store: Store, *lines: str, key: str = "a", **plan: Any) -> Import:
    begun = importing.begin_sheet(
        store, KEEPER, CLOCK, importing.NewImport(key=key, title="lijst.csv"), sheet(*lines)
    )
    told = importing.SheetPlan(key=key, **{"mapping": begun.mapping, **plan})
    return importing.check_sheet(store, KEEPER, CLOCK, load_schema(), told)


def entered(store: Store, *lines: str, key: str = "a") -> Import:
    checked(store, *lines, key=key)
    return importing.enter(store, KEEPER, CLOCK, key)


def counts(found: Import) -> dict[str, int]:
    return {standing.value: number for standing, number in found.counts.items() if number}


def test_nothing_is_written_before_somebody_says_so(store: Store) -> None:
    before = stored(store)
    found = checked(store, HEAD, CHURCH, HOUSE)
    assert counts(found) == {"new": 2}
    assert stored(store) == before
    importing.drop(store, KEEPER, "a")
    assert stored(store) == before
    assert [kind for kind, _, _ in store.system_records()] == ["import-mapping"]


def test_a_row_becomes_a_partner_with_all_that_belongs_to_it(store: Store) -> None:
    entered(store, HEAD, CHURCH, HOUSE)
    new = [r for key, r in stored(store).items() if key not in {each.id for each in records()}]
    shown = sorted((type(r).__name__, getattr(r, "label", getattr(r, "type", ""))) for r in new)
    assert [name for kind, name in shown if kind == "Node"] == [
        *["Location"] * 2,
        *["Organization"] * 2,
        "Person",
        *["Service"] * 2,
    ]
    assert [name for kind, name in shown if kind != "Node"] == [
        *["ADDRESSES"] * 3,
        "CONTACT_FOR",
        *["LOCATED_AT"] * 4,
        *["PROVIDES"] * 2,
    ]
    church = next(r for r in new if r.properties.get("name") == "De Kandelaar")
    assert church.properties == {
        "name": "De Kandelaar",
        "kind": "church",
        "phone": "0492 123456",
        "source": "lijst",
    }
    role = next(r for r in new if getattr(r, "type", "") == "CONTACT_FOR")
    assert role.properties == {"role": "pastor"}


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    entered(store, HEAD, CHURCH, HOUSE)
    before = stored(store)
    assert counts(checked(store, HEAD, CHURCH, HOUSE, key="b")) == {"same": 2}
    assert counts(importing.enter(store, KEEPER, CLOCK, "b")) == {"same": 2}
    assert stored(store) == before


def test_what_the_file_says_otherwise_is_changed_and_the_rest_stays(store: Store) -> None:
    entered(store, HEAD, CHURCH)
    other = (
        CHURCH.replace("0492 123456", "0492 654321")
        .replace(";a", ";b")
        .replace("Dorpsstraat 1", "")
    )
    found = checked(store, HEAD, other, key="b")
    assert counts(found) == {"changed": 1}
    [entry] = importing.part(store, KEEPER, "b", 0)
    assert {(d.label, d.name, d.before, d.after) for d in entry.differences if d.name} == {
        ("Organization", "phone", "0492 123456", "0492 654321")
    }
    importing.enter(store, KEEPER, CLOCK, "b")
    told: list[Any] = [
        r.properties.get("address") for r in stored(store).values() if r.properties.get("address")
    ]
    assert sorted(told) == ["Dorpsstraat 1", "Kerkpad 3"]
    needs = {
        r.target
        for r in stored(store).values()
        if isinstance(r, Relationship) and r.type == "ADDRESSES"
    }
    assert needs == {"n.a", "n.b"}


@pytest.mark.parametrize(
    ("choice", "organizations"), [(Choice.UPDATE, 1), (Choice.SKIP, 1), (Choice.NEW, 2)]
)
def test_a_double_waits_for_a_choice(store: Store, choice: Choice, organizations: int) -> None:
    before = facts(store)
    found = checked(store, HEAD, LIKE)
    assert counts(found) == {"double": 1}
    [entry] = importing.part(store, KEEPER, "a", 0)
    assert [(each.id, each.title) for each in entry.likes] == [("o0", "De Lichtkring, 5703AD")]
    with pytest.raises(InvalidInputError):
        importing.enter(store, KEEPER, CLOCK, "a")
    assert facts(store) == before
    importing.choose(store, KEEPER, "a", choice)
    importing.enter(store, KEEPER, CLOCK, "a")
    found_ = [r for r in stored(store).values() if getattr(r, "label", "") == "Organization"]
    assert len(found_) == organizations
    if choice is Choice.SKIP:
        assert facts(store) == before
    if choice is Choice.UPDATE:
        services = [r for r in stored(store).values() if getattr(r, "label", "") == "Service"]
        assert [each.id for each in services] == ["s0"]
        assert stored(store)["o0"].properties["source"] == "hand"
        assert stored(store)["o0"].properties["name"] == "Lichtkring, De"
        assert counts(checked(store, HEAD, LIKE, key="b")) == {"same": 1}


def test_choices_can_be_made_one_by_one(store: Store) -> None:
    checked(
        store, HEAD, LIKE, LIKE.replace("Zingen", "Bidden").replace("Lichtkring, De", "Lichtkring")
    )
    entries = importing.part(store, KEEPER, "a", 0)
    importing.choose(store, KEEPER, "a", Choice.SKIP, {entries[0].draft.key})
    choices = [each.choice for each in importing.part(store, KEEPER, "a", 0)]
    assert choices == [Choice.SKIP, None]


def test_the_mapping_of_headings_is_remembered(store: Store) -> None:
    begun = importing.begin_sheet(
        store,
        KEEPER,
        CLOCK,
        importing.NewImport(key="a", title="x"),
        sheet("Wie;Bel;Naam", "De Bron;0492 111111;Bea"),
    )
    assert begun.mapping == {"Naam": "name"}
    mapping = {"Wie": "name", "Bel": "phone"}
    plan = importing.SheetPlan(key="a", mapping=mapping)
    importing.check_sheet(store, KEEPER, CLOCK, load_schema(), plan)
    again = importing.begin_sheet(
        store,
        KEEPER,
        CLOCK,
        importing.NewImport(key="b", title="y"),
        sheet("bel;WIE;Naam", "0492 222222;De Put;Cor"),
    )
    assert again.mapping == {"WIE": "name", "bel": "phone"}


@pytest.mark.parametrize(
    "mapping", [{}, {"Naam": "phone"}, {"Naam": "name", "Soort": "name"}, {"Wat": "name"}]
)
def test_a_mapping_that_cannot_be_is_refused(store: Store, mapping: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError):
        checked(store, HEAD, CHURCH, mapping=mapping)


def test_only_one_municipality_is_read_if_asked(store: Store) -> None:
    lines = ("Naam;Gemeente", "A school;CASTRICUM", "B school;Alkmaar")
    found = checked(store, *lines, only="castricum")
    assert counts(found) == {"new": 1}
    with pytest.raises(InvalidInputError):
        checked(store, *lines, only="Bergen", key="b")


def test_a_sheet_with_headings_alone_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInputError):
        checked(store, HEAD)


def test_what_is_wrong_is_named_and_left_out(store: Store) -> None:
    found = checked(
        store, HEAD, ";kerk;;;;;;;;", CHURCH.replace("kerk", "kark").replace("5701 AB", "57 B")
    )
    assert counts(found) == {"wrong": 1, "new": 1}
    wrong, right = (importing.part(store, KEEPER, "a", n)[0] for n in (0, 1))
    assert [(p.row, p.column, p.fatal) for p in wrong.draft.problems] == [(2, "Naam", True)]
    assert {(p.row, p.column, p.suggestion) for p in right.draft.problems} == {
        (3, "Soort", "kerk"),
        (3, "Postcode", ""),
    }
    importing.enter(store, KEEPER, CLOCK, "a")
    assert importing.undo(store, KEEPER, CLOCK, "a").kept == ()


@pytest.mark.parametrize(
    "act",
    [
        lambda s, who: importing.imports(s, who),
        lambda s, who: importing.opened(s, who, "a"),
        lambda s, who: importing.part(s, who, "a", 0),
        lambda s, who: importing.enter(s, who, CLOCK, "a"),
        lambda s, who: importing.undo(s, who, CLOCK, "a"),
        lambda s, who: importing.drop(s, who, "a"),
        lambda s, who: importing.choose(s, who, "a", Choice.NEW),
        lambda s, who: importing.recheck(s, who, CLOCK, "a"),
    ],
)
def test_only_who_keeps_the_directory_brings_in(
    store: Store, act: Callable[[Store, Scope], object]
) -> None:
    checked(store, HEAD, CHURCH)
    before = facts(store), list(store.system_records())
    with pytest.raises(NotAllowedError):
        act(store, WORKER)
    with pytest.raises(NotAllowedError):
        act(store, replace(KEEPER, viewer=WorkerId(NodeId("nobody"))))
    assert (facts(store), list(store.system_records())) == before


def test_the_operator_may_too(store: Store) -> None:
    checked(store, HEAD, CHURCH)
    operator = replace(KEEPER, viewer=OPERATOR)
    assert [each.id for each in importing.imports(store, operator)] == ["a"]
    assert importing.enter(store, operator, CLOCK, "a").state is State.ENTERED


def parts(store: Store) -> Iterable[str]:
    return [key for kind, key, _ in store.system_records() if kind in {PART, INDEX}]


def test_what_nobody_brings_in_is_forgotten_after_a_while(store: Store) -> None:
    class Later(StoppedClock):
        def now(self) -> Any:
            return super().now().replace(month=12)

    checked(store, HEAD, CHURCH)
    assert parts(store)
    again = importing.NewImport(key="b", title="x")
    importing.begin_sheet(store, KEEPER, Later(), again, sheet(HEAD, CHURCH))
    assert {key.partition("@")[0] for key in parts(store)} == {"b"}


def test_rows_of_a_sheet_are_forgotten_once_they_are_in(store: Store) -> None:
    checked(store, HEAD, CHURCH)
    assert any("@r" in key for key in parts(store))
    importing.enter(store, KEEPER, CLOCK, "a")
    assert not any("@r" in key for key in parts(store))


def test_many_partners_go_in_parts(store: Store) -> None:
    lines = [f"Club {n};sportclub;;;{5700 + n}AB;Helmond;;;;" for n in range(120)]
    found = checked(store, HEAD, *lines, CHURCH)
    assert found.parts == ((Standing.NEW, 50), (Standing.NEW, 50), (Standing.NEW, 21))
    shown = [e.draft.row for n in range(3) for e in importing.part(store, KEEPER, "a", n)]
    assert shown == list(range(2, 123))


def test_a_place_of_several_partners_is_saved_once(store: Store) -> None:
    head = "naam;postcode;adres;kenmerk plek"
    found = entered(store, head, "Een;5701AB;Straat 1;l-x", "Twee;5701AB;Straat 1;l-x")
    assert counts(found) == {"new": 2}
    places = [r for r in stored(store).values() if getattr(r, "label", "") == "Location"]
    assert len(places) == 2  # the one that was there, and one for both
