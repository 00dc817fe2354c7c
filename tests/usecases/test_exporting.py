"""Taking out: what comes back changes nothing, and nothing secret goes along."""

import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netwerk.domain.access import OPERATOR
from netwerk.domain.drafts import Standing
from netwerk.domain.errors import InvalidInputError, NotAllowedError
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.records import Record
from netwerk.exchange import areas, delimited, sheets
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import exporting, importing
from tests.builders import memory_store
from tests.usecases.test_importing import CLOCK, KEEPER, WORKER
from tests.worlds import link, node

WISH = exporting.Wish(kind="csv", reason="voor de folder")
WORDS = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Co"], exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=30,
    )
    # What stands around a text is no part of it: a form and a sheet leave it out alike.
    .map(str.strip)
    .filter(lambda text: text != "" and "_x" not in text)
)
NAMES = st.one_of(
    WORDS,
    st.sampled_from(
        ["=SOM(A1)", "+31 (verzonnen)", "-", "@home", "'t Huis", "Ελπίδα", "مسجد", "日本語", "0123"]
    ),
)
LISTED = WORDS.filter(lambda text: not set(text) & set(";|\n\u2028\u2029\x85"))
PHONES = st.sampled_from(["+31 6 12345678", "0492 123456", "06-12345678", "0031 492 1"])
DAYS = st.dates().map(lambda day: day.isoformat())
MAYBE = st.none()


@st.composite
def directories(draw: st.DrawFn) -> list[Record]:
    def some(strategy: st.SearchStrategy[Any]) -> Any:
        return draw(MAYBE | strategy)

    made: list[Record] = [
        node("Need", "n", label_nl="n", label_en="n"),
        node("Need", "n.a", label_nl="a", label_en="a", parent="n"),
        node("Worker", "co", role="coordinator", name="Co"),
    ]
    for number in range(draw(st.integers(1, 3))):
        key = f"o{number}"
        made += [
            node(
                "Organization",
                key,
                name=draw(NAMES),
                alternate_names=some(st.lists(LISTED, min_size=1, max_size=2)),
                kind=some(st.sampled_from(["church", "other"])),
                description=some(NAMES),
                phone=some(PHONES),
                email=some(st.just("info@voorbeeld.example")),
                url=some(st.sampled_from(["www.voorbeeld.example", "https://voorbeeld.example/x"])),
                source=some(WORDS),
                source_id=some(WORDS),
                verified_on=some(DAYS),
            ),
            node(
                "Location",
                f"l{number}",
                name=some(NAMES),
                address=some(NAMES),
                postcode=some(st.just("5701AB")),
                point=some(st.just([5.6512345, 51.4812345])),
                wheelchair=some(st.booleans()),
                masked=some(st.booleans()),
            ),
            node(
                "Service",
                f"s{number}",
                name=draw(NAMES),
                formality=draw(st.sampled_from(["informal", "specialist"])),
                delivery=some(st.sampled_from(["on_site", "at_home"])),
                capacity=some(st.integers(0, 100)),
                languages=some(st.just(["nl", "ti"])),
                hours=some(st.just(["tu 10:00-12:00", "we 10:00-12:00"])),
                cost=some(NAMES),
            ),
            node("Person", f"c{number}", name=draw(NAMES)),
            link("PROVIDES", key, f"s{number}"),
            link("ADDRESSES", f"s{number}", "n.a"),
            link("CONTACT_FOR", f"c{number}", key, role="pastor", phone=some(PHONES)),
        ]
        if draw(st.booleans()):
            made.append(link("LOCATED_AT", key, f"l{number}"))
        if draw(st.booleans()):
            made.append(link("LOCATED_AT", f"s{number}", f"l{number}"))
    return made


def again(store: Store, file: io.BytesIO, key: str, *, excel: bool) -> dict[Standing, int]:
    read = sheets.read if excel else delimited.read
    new = importing.NewImport(key=key, title="x")
    begun = importing.begin_sheet(store, KEEPER, CLOCK, new, read(file))
    plan = importing.SheetPlan(key=key, mapping=begun.mapping)
    found = importing.check_sheet(store, KEEPER, CLOCK, load_schema(), plan)
    return {standing: number for standing, number in found.counts.items() if number}


@given(directories(), st.booleans(), st.sampled_from(["nl", "en"]))
@settings(max_examples=60)
def test_what_was_taken_out_comes_back_and_changes_nothing(
    records: list[Record], excel: bool, language: str
) -> None:
    store = memory_store(records)
    taken = exporting.partners(store, KEEPER, CLOCK, replace(WISH, language=language))
    to = io.BytesIO()
    if excel:
        sheets.write(to, taken)
    else:
        text = io.StringIO(newline="")
        delimited.write(text, taken)
        to = io.BytesIO(text.getvalue().encode("utf-8-sig"))
    found = again(store, to, "a", excel=excel)
    assert set(found) == {Standing.SAME}, [
        (e.differences, e.draft.problems) for e in importing.part(store, KEEPER, "a", 0)
    ]


SECRET = "Schuilstraat"
STREET: list[Record] = [
    node("Worker", "co", role="coordinator", name="Co"),
    node("Worker", "w0", role="worker", name="W"),
    node("Area", "GM0383", code="GM0383", name="Castricum", level="municipality"),
    node("Organization", "o0", name="=Opvang", phone="+31 6 12345678"),
    node("Organization", "o1", name="Kerk"),
    node(
        "Location",
        "l0",
        name=SECRET,
        address=f"{SECRET} 1",
        postcode="5799XX",
        city=SECRET,
        accessibility=SECRET,
        point=[5.67891, 51.45678],
        masked=True,
    ),
    node("Location", "l1", address="Kerkpad 1", point=[5.65, 51.48]),
    node("Location", "l2", address="Nergens 1", point=[5.66, 51.48]),
    node("Person", "v", name="Vera", address="Thuisstraat 1", point=[5.6, 51.4]),
    node("Service", "s0", name="Bed", formality="general"),
    link("PROVIDES", "o0", "s0"),
    link("VOLUNTEERS_FOR", "v", "s0"),
    link("LOCATED_AT", "o0", "l0"),
    link("LOCATED_AT", "s0", "l0"),
    link("LOCATED_AT", "o1", "l1"),
]


@pytest.fixture
def store() -> Store:
    return memory_store(STREET)


def test_a_secret_place_stays_secret_in_every_format(store: Store) -> None:
    told = str(list(exporting.partners(store, KEEPER, CLOCK, WISH)))
    told += exporting.places(store, KEEPER, WISH)
    for secret in (SECRET, "5799XX", "5.67891", "51.45678", "Vera", "Thuisstraat", "Nergens"):
        assert secret not in told
    assert "Kerkpad 1" in told


def test_no_cell_begins_like_a_formula(store: Store) -> None:
    text = io.StringIO(newline="")
    delimited.write(text, exporting.partners(store, KEEPER, CLOCK, WISH))
    cells = [cell for line in text.getvalue().split("\r\n") for cell in line.split(";")]
    assert "'=Opvang" in cells
    assert "'+31 6 12345678" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_areas_come_back_as_they_went(store: Store) -> None:
    store = memory_store([])
    with open("tests/exchange/castricum/buurten.geojson", "rb") as file:  # noqa: PTH123
        drafts = areas.read(file)
    operator = replace(KEEPER, viewer=OPERATOR)
    importing.stage(store, operator, CLOCK, importing.NewImport(key="a", title="x"), drafts)
    importing.enter(store, operator, CLOCK, "a")
    taken = exporting.places(store, operator, WISH)
    again_ = areas.read(io.BytesIO(taken.encode()))
    new = importing.NewImport(key="b", title="x")
    found = importing.stage(store, operator, CLOCK, new, again_)
    assert found.counts[Standing.SAME] == len(drafts) == len(again_)


def test_taking_out_is_noted_with_its_reason_and_marked(store: Store) -> None:
    rows = list(exporting.partners(store, KEEPER, CLOCK, WISH))
    assert {row[-1] for row in rows[1:]} == {"Co, 2026-11-02 09:00 UTC"}
    [entry] = store.audit_entries()
    assert (entry.event.action, entry.event.actor) == ("export-directory", "co")
    assert entry.event.details == {"kind": "csv", "reason": "voor de folder"}
    told = list(exporting.partners(store, replace(KEEPER, viewer=OPERATOR), CLOCK, WISH))
    assert told[1][-1].startswith(OPERATOR)


@pytest.mark.parametrize("reason", ["", "    ", "kort", "x" * 301])
def test_without_a_reason_nothing_goes_out(store: Store, reason: str) -> None:
    with pytest.raises(InvalidInputError):
        exporting.partners(store, KEEPER, CLOCK, replace(WISH, reason=reason))
    assert list(store.audit_entries()) == []


@pytest.mark.parametrize("who", [WORKER, replace(KEEPER, viewer=WorkerId(NodeId("nobody")))])
def test_only_who_may_takes_out(store: Store, who: Any) -> None:
    with pytest.raises(NotAllowedError):
        exporting.partners(store, who, CLOCK, WISH)
    with pytest.raises(NotAllowedError):
        exporting.places(store, who, WISH)
