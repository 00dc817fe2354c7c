"""HSDS and ORUK: what comes in goes out as it came, and what we tell is as published."""

import copy
import csv
import io
import json
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Subgraph
from netwerk.exchange.hsds import files, hours, tabular
from netwerk.exchange.hsds.dataset import Dataset, pruned
from netwerk.exchange.hsds.naming import id_of
from netwerk.exchange.hsds.standard import standard
from netwerk.exchange.hsds.taking import canonical, take
from tests.exchange.hsds_worlds import (
    EXAMPLES,
    FOLDERS,
    applied,
    brought_in,
    documents,
    emptied,
    examples,
    municipality,
    public,
    read,
    told,
)
from tests.worlds import link, node

ENTITIES = {"organization", "service", "location", "service_at_location"}
HSDS = standard("hsds")


def is_same(one: Any, other: Any) -> bool:
    return canonical(one) == canonical(other)


@pytest.mark.parametrize(("folder", "file", "table"), examples())
def test_a_published_example_comes_back_as_it_was(folder: str, file: str, table: str) -> None:
    of = standard(FOLDERS[folder])
    for document in documents(folder, file):
        data = read(table, document, of)
        assert is_same(data.document(table, document["id"]), document)


@pytest.mark.parametrize(("folder", "file", "table"), [e for e in examples() if e[2] in ENTITIES])
def test_an_example_comes_back_from_our_records(folder: str, file: str, table: str) -> None:
    of = standard(FOLDERS[folder])
    for document in documents(folder, file):
        graph = brought_in(emptied(municipality()), read(table, document, of))
        assert is_same(told(graph, of.name).document(table, document["id"]), document)


def test_published_lists_have_the_shape_of_their_schema() -> None:
    for folder, file, table in examples():
        shape = standard(FOLDERS[folder]).lists.get(table)
        if "_list" in file and shape is not None and folder != "oruk-fixture":
            for document in documents(folder, file):
                assert pruned(document, shape) == document


def tables() -> dict[str, str]:
    folder = EXAMPLES / "hsds-3.1" / "csv"
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def lines(text: str) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(text))
    found = [{k: v.removeprefix("'") for k, v in row.items() if v} for row in rows]
    return sorted(found, key=lambda row: row["id"])


def test_the_published_tables_come_back_as_they_were() -> None:
    given_ = {name: text for name, text in tables().items() if name.endswith(".csv")}
    written = tabular.write(files.read_tables(tables()))
    assert set(written) - {tabular.PACKAGE} == set(given_)
    for name, text in given_.items():
        assert lines(written[name]) == lines(text), name


def test_the_rows_of_the_tabular_example_are_those_of_its_tables() -> None:
    rows = json.loads((EXAMPLES / "hsds-3.1" / "tabular.json").read_text(encoding="utf-8"))
    written = {}
    for name, every in rows.items():
        out = io.StringIO()
        writer = csv.DictWriter(out, sorted({key for row in every for key in row}))
        writer.writeheader()
        writer.writerows(every)
        written[name] = out.getvalue()
    back = tabular.write(tabular.read(written, HSDS))
    for name in rows:
        assert lines(back[name]) == lines(written[name]), name


@pytest.mark.parametrize("name", ["hsds", "oruk"])
def test_the_demo_is_told_as_published_and_nothing_changes_when_it_comes_back(name: str) -> None:
    graph = municipality()
    data = told(graph, name)
    document = json.loads(json.dumps(files.write(data)))
    for table in ("organization", "service", "location"):
        for each in document[f"{table}s"]:
            assert not list(data.standard.errors(table, each))
    assert applied(graph, take(files.read_document(document), public(graph))) == graph


def test_the_demo_as_tables_changes_nothing() -> None:
    graph = municipality()
    data = told(graph)
    came = files.read("partners.zip", files.zipped(tabular.write(data)))
    assert came.rows == data.rows
    # A row of a place names one organization: who shares it names it no more.
    kept = {
        at: {k: v for k, v in held.items() if k != "locations"} for at, held in data.nested.items()
    }
    assert all(came.nested.get(at, {}).items() >= held.items() for at, held in kept.items())
    assert applied(graph, take(came, public(graph))) == graph


def test_the_demo_is_told_the_same_elsewhere_and_needs_nothing_kept_for_it() -> None:
    data = told(municipality())
    elsewhere = brought_in(emptied(municipality()), files.read_document(files.write(data)))
    assert not any("extra" in each.properties for each in elsewhere.nodes.values())
    assert is_same(files.write(told(elsewhere)), files.write(data))


def test_what_is_told_holds_to_the_formats_of_the_schema() -> None:
    data = told(municipality())
    bundle = {"$ref": "#/$defs/organization", "$defs": HSDS.schemas}
    checker = Draft202012Validator(bundle, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for row in data.of("organization"):
        checker.validate(data.document("organization", row))


def test_no_cell_begins_a_formula_and_all_come_back() -> None:
    data = Dataset(standard=HSDS)
    for start in ("=1+1", "+31 492 123456", "-1", "@a", "\tx", "\rx", "'=1", "'s avonds", "'"):
        data.add("phone", {"id": start, "number": start})
    written = tabular.write(data)["phones.csv"]
    cells = [cell for row in csv.reader(io.StringIO(written, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert tabular.read({"phones.csv": written}, HSDS).rows == data.rows


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)
UNKNOWN: st.SearchStrategy[Any] = st.sampled_from(
    [None, "x", 7, [1, "a"], {"deep": {"er": []}}, [], [{"no": "id"}]]
)


@st.composite
def foreign(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a valid document of a service: an example with less, other values and unknown keys."""
    document = copy.deepcopy(documents("hsds-3.1", "service_full.json")[0])
    return _drawn(draw, "service", document, str(draw(st.uuids(version=4))))


def _drawn(draw: st.DrawFn, table: str, row: dict[str, Any], seed: str) -> dict[str, Any]:
    required = set(HSDS.schemas[table].get("required", ()))
    children = HSDS.tables[table].children
    found: dict[str, Any] = {}
    for key, value in row.items():
        if key not in required and draw(st.integers(0, 4)) == 0:
            continue
        if key == "id":
            found[key] = str(uuid.uuid5(uuid.UUID(seed), str(value) + table))
        elif key in children:
            to, many = children[key]
            inside = [_drawn(draw, to, each, seed + "") for each in (value if many else [value])]
            found[key] = inside if many else inside[0]
        elif isinstance(value, str) and "enum" not in HSDS.schemas[table]["properties"].get(
            key, {}
        ):
            found[key] = draw(
                st.sampled_from([value, value, "", "MO", "x" * 60, "y" * 600]) | texts
            )
        else:
            found[key] = value
    if draw(st.integers(0, 3)) == 0:
        found["x_unknown"] = draw(UNKNOWN)
    return found


@given(document=foreign())
@settings(max_examples=60)
def test_any_service_of_another_system_comes_back_as_it_was(document: dict[str, Any]) -> None:
    assert not list(HSDS.errors("service", document))
    try:
        data = read("service", document, HSDS)
    except InvalidInputError:
        return  # one row was told in two ways
    try:
        graph = brought_in(Subgraph(), data)
    except InvalidInputError:
        return  # a name that is longer than ours can be
    assert is_same(told(graph).document("service", document["id"]), document)


def other_system() -> tuple[Subgraph, dict[str, Any]]:
    """Return a graph with one service of another system, and its document."""
    document = documents("hsds-3.1", "service_full.json")[0]
    return brought_in(emptied(municipality()), read("service", document, HSDS)), document


def changed(graph: Subgraph, label: str, **properties: Any) -> Subgraph:
    found = graph.labelled(label)[0]
    other = found.with_properties(**properties)
    return Subgraph(nodes={**graph.nodes, found.id: other}, relationships=graph.relationships)


def test_what_is_changed_here_is_told_and_the_rest_stays_as_it_came() -> None:
    graph, document = other_system()
    graph = changed(graph, "Service", name="Praten", phone="0492 123456", payment="free")
    now = told(graph).document("service", document["id"])
    assert (now["name"], now["phones"][0]["number"]) == ("Praten", "0492 123456")
    assert now["cost_options"][0]["amount"] == 0
    for key in set(document) - {"name", "phones", "cost_options", "attributes"}:
        assert is_same(now[key], document[key]), key
    assert document["attributes"][0] in now["attributes"]


def test_who_is_no_contact_any_more_is_not_named_again() -> None:
    graph, document = other_system()
    links = {k: r for k, r in graph.relationships.items() if r.type != "CONTACT_FOR"}
    now = told(Subgraph(nodes=graph.nodes, relationships=links))
    organization = now.document("service", document["id"])["organization"]
    assert organization["contacts"] == []


def test_a_masked_place_tells_nothing_even_if_it_came_with_everything() -> None:
    graph, document = other_system()
    now = told(changed(graph, "Location", masked=True)).document("service", document["id"])
    place = now["service_at_locations"][0]
    assert set(place) == {"id", "location"}
    assert set(place["location"]) == {"id", "location_type", "attributes"}
    assert "Main Street" not in json.dumps(now)
    assert "MyCity Civic Center" not in json.dumps(now)


def test_a_closed_service_is_not_active_and_one_that_came_closed_is_closed_here() -> None:
    graph, document = other_system()
    closed = changed(graph, "Service", valid_to="2026-11-01")
    assert told(closed).document("service", document["id"])["status"] == "inactive"
    came = {**document, "status": "defunct"}
    graph = brought_in(emptied(municipality()), read("service", came, HSDS))
    assert graph.labelled("Service")[0].properties["valid_to"] == "2026-11-25"
    assert told(graph).document("service", document["id"])["status"] == "defunct"


def test_what_only_a_volunteer_offers_is_not_told() -> None:
    graph = Subgraph.of(
        [
            node("Person", "vera", name="Vera"),
            node("Service", "walk", name="Wandelen", formality="informal"),
            link("VOLUNTEERS_FOR", "vera", "walk"),
        ]
    )
    assert not told(graph).rows


def test_records_have_the_same_uuid_always_and_keep_one_that_they_came_with() -> None:
    made = Node(label="Service", id=NodeId("s-1"))
    assert id_of(made) == id_of(made) == str(uuid.UUID(id_of(made)))
    came = str(uuid.uuid4())
    assert id_of(Node(label="Service", id=NodeId(came))) == came


@pytest.mark.parametrize(
    "lines_",
    [
        ["tu 10:00-12:00"],
        ["mo-fr 09:00-12:00,13:00-17:00", "sa 10:00-12:00"],
        ["mo[1] 14:00-16:00", "fr[-1] 20:00-24:00"],
        ["2026-12-05 19:00-21:00"],
    ],
)
def test_opening_hours_come_back_from_schedules(lines_: list[str]) -> None:
    rows = hours.schedules("owner", lines_, "kom langs")
    assert (hours.lines(rows), hours.told(rows)) == (lines_, "kom langs")
    assert not [e for row in rows for e in HSDS.errors("schedule", row)]


@pytest.mark.parametrize(
    "said",
    [
        {"freq": "DAILY"},
        {"interval": 2},
        {"valid_to": "2026-12-31"},
        {"byday": "XX"},
        {"opens_at": None},
        {"opens_at": "soon"},
        {"bymonthday": "1"},
    ],
)
def test_a_schedule_that_says_more_than_a_line_can_gives_no_hours(said: dict[str, Any]) -> None:
    row = {"id": "x", "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "10:00"}
    assert hours.lines([row]) == ["mo 09:00-10:00"]
    assert hours.lines([row | said]) is None
    assert hours.lines([{"id": "x", "dtstart": "never", "count": 1, "opens_at": "1:00"}]) is None


SERVICE = {"id": "s", "name": "n", "status": "active"}
WRONG: list[tuple[Any, str]] = [
    ({"version": "4.0", "services": []}, "nothing of HSDS"),
    ({"version": "4.0", "services": [SERVICE]}, "4.0"),
    ({"version": ["x"], "services": [SERVICE]}, "What can be read"),
    ([], "nothing of HSDS"),
    ([7], "[0]"),
    ([SERVICE, {"id": "t", "status": "active"}], "[1]: “name”"),
    ([SERVICE | {"status": "open"}], "[0].status: this must be one of"),
    ([SERVICE | {"minimum_age": "twelve"}], "[0].minimum_age: this must be a number"),
    ([SERVICE | {"schedules": [{"id": "x", "freq": "DAILY"}]}], "[0].schedules[0].freq"),
    ([SERVICE | {"organization_id": "nobody"}], "organization nobody"),
    ([SERVICE, SERVICE | {"name": "other"}], "[1].name"),
    ([SERVICE | {"id": ""}], "“id” is missing"),
    ([SERVICE | {"name": "x" * 301}], "too long"),
]


@pytest.mark.parametrize(("document", "told_"), WRONG)
def test_what_is_wrong_is_said_with_its_place(document: Any, told_: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        take(files.read("f.json", json.dumps(document).encode()), public(Subgraph()))
    assert told_ in str(refused.value)


def test_the_published_tables_name_what_is_not_there_and_are_refused() -> None:
    with pytest.raises(InvalidInputError) as refused:
        take(files.read_tables(tables()), public(Subgraph()))
    assert "which is not there. Nothing was brought in." in str(refused.value)


@pytest.mark.parametrize(
    ("name", "text", "told_"),
    [
        ("services.csv", "id,organization_id,name,status\n1,o,n", "row 2: “status” is missing"),
        ("services.csv", "id,name\n1,n,3", "more cells than columns"),
        ("locations.csv", "id,location_type,latitude\n1,physical,north", "row 2, latitude"),
        ("services.csv", 'id,name\n"1', "not CSV"),
        ("other.csv", "id", "no HSDS tables"),
        ("datapackage.json", '{"version": "9"}', "This is HSDS 9"),
        ("datapackage.json", "[", "not JSON"),
        ("datapackage.json", "[]", "not JSON"),
    ],
)
def test_wrong_tables_are_refused_with_row_and_column(name: str, text: str, told_: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        files.read_tables({name: text})
    assert told_ in str(refused.value)


def test_hostile_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (b"PK nonsense", b"\xff", b"{", b"[" * 100_000, b"NaN"):
        with pytest.raises(InvalidInputError):
            files.read("f", data)
    monkeypatch.setattr(files, "LARGEST", 1000)
    with pytest.raises(InvalidInputError, match="too large"):
        files.read("f", b" " * 1001)
    bomb = files.zipped({"services.csv": "0" * 100_000})
    assert len(bomb) < 1000
    with pytest.raises(InvalidInputError, match="too large"):
        files.read("f", bomb)
    many = files.zipped({str(n): "" for n in range(65)})
    monkeypatch.setattr(files, "LARGEST", 100_000)
    with pytest.raises(InvalidInputError, match="too large"):
        files.read("f", many)


def test_what_is_nested_without_end_is_refused() -> None:
    document: dict[str, Any] = {**SERVICE}
    for number in range(20_000):
        place = {"id": f"at{number}", "service": document}
        document = {**SERVICE, "service_at_locations": [place]}
    with pytest.raises(InvalidInputError, match="nested deeper"):
        files.read_document(document)


def test_there_is_no_other_profile() -> None:
    with pytest.raises(InvalidInputError, match="hsds or oruk"):
        standard("fhir")
