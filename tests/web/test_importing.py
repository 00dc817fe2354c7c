"""Bringing in and taking out in the browser: by whom, how much, and what is said."""

import csv
import gc
import io
import json
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import pytest
from werkzeug.test import TestResponse

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.staging import INDEX
from netwerk.web.security import LARGEST_FILE
from tests.web import street
from tests.web.conftest import Visitor

SignIn = Callable[[str], Visitor]
SHEET = "Naam;Soort;Telefoon\nDe Kandelaar;kark;0492 123456\nLichtkring;kerk;\n"
SENT = "a" * 32


def kept_under(operation: str) -> str:
    """Return the key of a file that is given with this operation."""
    asked = json.dumps(["/exchange/import?", [["operation", operation]]])
    return blake2b(asked.encode(), digest_size=16).hexdigest()


KEY = kept_under(SENT)
ONE = f"/exchange/import/{KEY}"


@pytest.fixture
def keeper(signed_in: SignIn) -> Visitor:
    return signed_in("coordinator")


def give(who: Visitor, content: bytes, name: str = "lijst.csv", **data: Any) -> TestResponse:
    sent = {"file": (io.BytesIO(content), name), "operation": SENT, **data}
    return who.post("/exchange/import", sent, content_type="multipart/form-data")


def staged(who: Visitor, content: str = SHEET) -> str:
    assert give(who, content.encode()).status_code == 303
    columns = {"column-0": "name", "column-1": "kind", "column-2": "phone"}
    assert who.post(f"{ONE}/columns", columns).status_code == 303
    return who.get(ONE).text


def names(store: MemoryStore) -> set[Any]:
    return {record.properties.get("name") for record in store.dump()}


def test_a_file_is_looked_through_before_it_comes_in(keeper: Visitor, store: MemoryStore) -> None:
    before = names(store)
    assert give(keeper, SHEET.encode()).location == ONE
    assert "Wat staat er in de kolommen?" in keeper.get(ONE).text
    page = staged(keeper)
    assert "Lijkt op:" in page
    assert "Bedoel je “kerk”?" in keeper.get(f"{ONE}?part=1").text
    assert names(store) == before
    refused = keeper.post(f"{ONE}/enter")
    assert refused.status_code == 400
    assert "Kies eerst" in refused.text
    keeper.post(f"{ONE}/choose", {"all": "skip"})
    assert keeper.post(f"{ONE}/enter").status_code == 303
    assert names(store) == before | {"De Kandelaar"}
    assert "Het is ingevoerd" in keeper.get(ONE).text
    assert keeper.post(f"{ONE}/undo").status_code == 303
    assert names(store) == before
    assert "Het is ongedaan gemaakt" in keeper.get(ONE).text


def test_choices_are_kept_one_by_one(keeper: Visitor, store: MemoryStore) -> None:
    page = staged(keeper, "Naam;a;b\nLichtkring;;\n")
    name = page.partition('name="choice-')[2].partition('"')[0]
    keeper.post(f"{ONE}/choose", {f"choice-{name}": "new"})
    assert "checked" in keeper.get(ONE).text
    assert keeper.post(f"{ONE}/choose", {f"choice-{name}": "no"}).status_code == 400
    keeper.post(f"{ONE}/enter")
    assert {"Lichtkring", "De Lichtkring"} <= names(store)


def test_what_changed_meanwhile_is_compared_again(keeper: Visitor) -> None:
    staged(keeper, "Naam;a;b\nDe Bron;;\n")
    give(keeper, b"Naam;a;b\nDe Bron;;\n", operation="b" * 32)
    other = kept_under("b" * 32)
    keeper.post(f"/exchange/import/{other}/columns", {"column-0": "name"})
    assert keeper.post(f"{ONE}/enter").status_code == 303
    answer = keeper.post(f"/exchange/import/{other}/enter")
    assert answer.status_code == 409
    assert "opnieuw vergeleken" in answer.text
    assert keeper.post(f"/exchange/import/{other}/enter").status_code == 303


def test_a_mapping_that_cannot_be_is_told_and_kept(keeper: Visitor) -> None:
    give(keeper, SHEET.encode())
    answer = keeper.post(f"{ONE}/columns", {"column-1": "kind"})
    assert answer.status_code == 400
    assert "de naam van de organisatie" in answer.text
    assert keeper.get(f"{ONE}?columns=1").status_code == 200


def test_thrown_away_is_gone(keeper: Visitor) -> None:
    staged(keeper)
    keeper.post(f"{ONE}/drop")
    assert keeper.get(ONE).status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leeg"),
        (b"\xd0\xcf\x11\xe0 old", "oud Excel-bestand"),
        (b"PK\x03\x04 no zip", "geen Excel-bestand"),
        (b"{", "geen GeoJSON"),
        (b"\x00\x01\x02", "geen tekst"),
    ],
)
def test_what_cannot_be_read_is_said(keeper: Visitor, content: bytes, said: str) -> None:
    answer = give(keeper, content)
    assert (answer.status_code, said in answer.text) == (200, True)


def test_without_a_file_it_asks_for_one(keeper: Visitor) -> None:
    assert "Kies eerst een bestand" in keeper.post("/exchange/import").text


# The test client leaves the temporary file of a large body to be collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_file_may_be_larger_than_a_form_but_not_much(keeper: Visitor, signed_in: SignIn) -> None:
    line = b"Naam;Telefoon\n" + b"Club;\n" * 400_000
    assert len(line) > 2_000_000
    assert give(keeper, line).status_code in {200, 303}
    assert give(keeper, b"x" * (LARGEST_FILE + 1_000)).status_code == 413
    assert give(signed_in("own"), line).status_code == 403
    gc.collect()


def test_hostile_texts_of_a_file_are_text(keeper: Visitor) -> None:
    page = staged(keeper, 'Naam;"<b>x</b>";c\n<script>alert(1)</script>;;\n')
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def export(who: Visitor, **sent: str) -> TestResponse:
    return who.post("/exchange/export", {"kind": "csv", "reason": "voor de folder", **sent})


def test_taking_out_asks_for_a_reason_and_the_password(keeper: Visitor, store: MemoryStore) -> None:
    assert export(keeper).status_code == 200
    assert export(keeper, password="wrong").status_code == 401
    assert export(keeper, password=street.PASSWORD, reason="x").status_code == 200
    assert not [e for e in store.audit_entries() if e.event.action == "export-directory"]
    answer = export(keeper, password=street.PASSWORD)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "netwerk-20261102-0900-coordinator.csv" in answer.headers["Content-Disposition"]
    [noted] = [e.event for e in store.audit_entries() if e.event.action == "export-directory"]
    assert (noted.actor, dict(noted.details)) == (
        "w-coordinator",
        {"kind": "csv", "reason": "voor de folder"},
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "hsds", "oruk", "tables"])
def test_what_is_taken_out_says_nothing_that_is_secret(keeper: Visitor, kind: str) -> None:
    answer = export(keeper, kind=kind, password=street.PASSWORD)
    assert answer.status_code == 200
    for secret in (*street.NOWHERE, "Annie", "Zwaantje", "Riet Verstraten"):
        assert secret.encode() not in answer.data
    if kind in {"hsds", "oruk", "tables"}:
        assert "coordinator" in answer.headers["Content-Disposition"]
        page = keeper.get(give(keeper, answer.data).location).text
        assert "zoals het was" in page
        assert "nieuw</a>" not in page
        assert "veranderd</a>" not in page


def test_every_row_that_is_taken_out_is_marked_and_comes_back_unchanged(keeper: Visitor) -> None:
    taken = export(keeper, password=street.PASSWORD).data
    rows = list(csv.reader(io.StringIO(taken.decode("utf-8-sig")), delimiter=";"))
    assert {row[-1] for row in rows[1:]} == {"Coordinator, 2026-11-02 09:00 UTC"}
    assert give(keeper, taken).status_code == 303
    headings = {f"column-{n}": "" for n in range(len(rows[0]))}
    page = keeper.get(ONE).text
    for n in range(len(rows[0])):
        chosen = page.partition(f'name="column-{n}"')[2].partition("</select>")[0]
        before, _, _ = chosen.partition('" selected')
        headings[f"column-{n}"] = before.rpartition('value="')[2]
    keeper.post(f"{ONE}/columns", headings)
    page = keeper.get(ONE).text
    assert "zoals het was" in page
    assert "nieuw</a>" not in page
    assert "veranderd</a>" not in page


def test_five_wrong_passwords_make_one_wait(keeper: Visitor) -> None:
    answers = [export(keeper, password="wrong").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_the_list_tells_what_came_before(keeper: Visitor, store: MemoryStore) -> None:
    staged(keeper)
    page = keeper.get("/exchange/import").text
    assert "lijst.csv" in page
    assert "wacht op je ja" in page
    with store.system() as work:
        assert KEY in {key for key, _ in work.find(INDEX)}
