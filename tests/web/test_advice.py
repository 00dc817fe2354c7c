"""An advice on the screen, on paper and as data: what it holds, and who is no longer in it."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pypdf import PdfReader

from netwerk.adapters.memory import MemoryStore
from netwerk.web import pdf
from tests.web import street
from tests.web.conftest import Visitor

SignIn = Callable[[str], Visitor]
ADVICE = "/inhabitants/annie/advice/"
DRAFT = f"{ADVICE}advice-annie-draft"
WRITTEN = {
    "version": "1",
    "needs": [street.NEED],
    "product": "household_help",
    "months": "6",
    "reason": "Bo Daalder redt het niet meer.",
    "keeps_doing": "Bo doet de boodschappen.",
}


def words_of(paper: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    return " ".join(text.split())


def test_from_draft_to_paper_and_who_is_left_alone_is_gone(signed_in: SignIn) -> None:
    own = signed_in("own")
    assert own.post(f"{DRAFT}/draft", WRITTEN).status_code == 303
    assert "via Bo Daalder" in own.get(f"{DRAFT}/draft").text
    assert own.post(f"{DRAFT}/give", {"version": "2"}).status_code == 303
    everywhere = (DRAFT, f"{DRAFT}/paper", f"{DRAFT}.json")
    for where in everywhere:
        assert "Bo Daalder" in own.get(where).text
    assert "Bo Daalder" in words_of(own.get(f"{DRAFT}.pdf").data)
    own.post("/inhabitants/annie/approach/annie-bo", {"approach": "support_only"})
    for where in everywhere:
        assert "Bo" not in own.get(where).text.replace("Bovenaan", "")
    assert "Bo" not in words_of(own.get(f"{DRAFT}.pdf").data)


def test_data_is_as_its_schema_says_and_no_more_than_paper(signed_in: SignIn) -> None:
    own = signed_in("own")
    own.post(f"{DRAFT}/draft", WRITTEN)
    own.post(f"{DRAFT}/give", {"version": "2"})
    told = json.loads(own.get(f"{DRAFT}.json").data)
    schema = json.loads(Path("docs/advice.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(told, schema)
    paper = words_of(own.get(f"{DRAFT}.pdf").data)
    for each in (told["reason"], told["product"]["label"], told["advisedBy"]):
        assert each in paper
    for each in told["suggested"]:
        assert each["title"] in paper


def test_the_paper_is_tagged_and_named_after_nobody(signed_in: SignIn) -> None:
    answer = signed_in("own").get(f"{ADVICE}advice-annie-given.pdf")
    assert answer.headers["Content-Disposition"] == "inline; filename=advies-2026-11-02.pdf"
    reader = PdfReader(io.BytesIO(answer.data))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    assert "Annie" not in str(reader.metadata)


def test_what_is_missing_is_said_and_nothing_is_lost(signed_in: SignIn) -> None:
    own, mate = signed_in("own"), signed_in("mate")
    bad = WRITTEN | {"months": "999"}
    answer = own.post(f"{DRAFT}/draft", bad)
    assert "Vul 1 tot 120 maanden in." in answer.text
    assert str(WRITTEN["reason"]) in answer.text
    own.post(f"{DRAFT}/draft", WRITTEN | {"reason": ""})
    assert own.post(f"{DRAFT}/give", {"version": "2"}).status_code == 400
    answer = mate.post(f"{DRAFT}/draft", WRITTEN | {"reason": "De tweede.", "operation": "b" * 32})
    assert "De tweede." in answer.text
    assert 'role="alert"' in answer.text
    assert 'name="version" type="hidden" value="2"' in answer.text
    given = f"{ADVICE}advice-annie-given"
    assert own.get(f"{given}/draft").status_code == 303
    assert own.post(f"{DRAFT}/new-version").status_code == 400
    assert own.post(f"{ADVICE}advice-annie-granted/withdraw").status_code == 400
    assert own.get(f"{DRAFT}/decision").status_code == 404
    assert own.get(f"{given}/follow").status_code == 404


def test_where_paper_cannot_be_made_the_page_is_there(
    signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "possible", lambda: False)
    answer = signed_in("own").get(f"{DRAFT}.pdf")
    assert (answer.status_code, answer.location) == (303, f"{DRAFT}/paper")


def test_taking_it_out_is_logged_with_whose_it_is(signed_in: SignIn, store: MemoryStore) -> None:
    own = signed_in("own")
    for end in ("/paper", ".pdf", ".json"):
        own.get(f"{DRAFT}{end}")
    told = [e.event for e in store.audit_entries() if e.event.action.endswith("t-advice")]
    assert [each.action for each in told] == ["print-advice", "export-advice", "export-advice"]
    assert {(each.subject, each.purpose, each.details["record"]) for each in told} == {
        ("annie", "support", "advice-annie-draft")
    }
