"""A file that somebody gives: what it is shows in what is in it."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from netwerk.domain.access import OPERATOR
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.staging import Import
from netwerk.exchange import sheets
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import importing, setup
from tests.usecases.test_importing import CLOCK, KEEPER, store

__all__ = ("store",)
EXCHANGE = Path(__file__).parents[1] / "exchange"


def receive(store: Store, content: bytes, title: str = "x") -> Import:
    new = importing.NewImport(key="a", title=title)
    return importing.receive(store, KEEPER, CLOCK, new, io.BytesIO(content))


def packed(**members: bytes) -> bytes:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return to.getvalue()


def test_every_format_is_known_by_what_is_in_it(store: Store) -> None:
    book = io.BytesIO()
    sheets.write(book, [["Naam"], ["Koor"]])
    for content, kind in (
        (b"Naam\nKoor\n", importing.SHEET),
        (book.getvalue(), importing.SHEET),
        (b" " + (EXCHANGE / "castricum" / "buurten.geojson").read_bytes(), importing.AREAS),
        (next((EXCHANGE / "hsds").rglob("organization_full.json")).read_bytes(), importing.HSDS),
    ):
        assert receive(store, content).kind == kind


def test_a_zip_of_tables_is_a_package(store: Store) -> None:
    table = EXCHANGE / "hsds" / "hsds-3.1" / "csv" / "organizations.csv"
    tables = {table.name: table.read_bytes()}
    assert receive(store, packed(**tables)).kind == importing.HSDS


@pytest.mark.parametrize(
    "content",
    [b"", b" \n", b"\xd0\xcf\x11\xe0", b"PK\x03\x04", packed(x=b""), b"{", b"[[", b"5"],
    ids=lambda content: str(len(content)),
)
def test_what_is_none_of_them_is_refused(store: Store, content: bytes) -> None:
    with pytest.raises(InvalidInputError):
        receive(store, content)


def test_the_needs_are_set_up_once(store: Store) -> None:
    operator = replace(KEEPER, viewer=OPERATOR)
    for key, new in (("a", 89), ("b", 0)):
        named = importing.NewImport(key=key, title="needs", kind=setup.NEEDS)
        found = importing.stage(store, operator, CLOCK, named, setup.needs(load_schema()))
        assert found.counts["new"] == new  # type: ignore[index]
        importing.enter(store, operator, CLOCK, key)
    team = setup.NewTeam(id="t", name="Duin", cluster="Duin")
    setup.add_team(store, operator, team)
    assert any(r.properties.get("cluster") == "Duin" for r in store.dump())
