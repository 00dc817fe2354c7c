"""The short list on the screen, on paper and as PDF: whose names are on it, and whose are not."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from netwerk.adapters.memory import MemoryStore
from netwerk.app import create_app
from netwerk.domain.records import Record
from netwerk.web import pdf
from tests.builders import memory_store
from tests.web import street
from tests.web.conftest import SETTINGS, Clock, Visitor, with_accounts
from tests.web.test_leaks import CORPUS, harmless, poisoned

SignIn = Callable[[str], Visitor]
LIST = "/inhabitants/annie/shortlist/"
NETWORK = ("Bo Daalder", "Zwaantje", "Xander")


def put(visitor: Visitor, *records: str) -> None:
    for number, record in enumerate(records):
        sent = {"record": record, "operation": f"{number + 1:032x}"}
        assert visitor.post(LIST, sent).status_code == 303


def words_of(paper: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    return " ".join(text.split())


def opened(records: list[Record]) -> Visitor:
    clock = Clock()
    visitor = Visitor(create_app(SETTINGS, with_accounts(memory_store(records), clock), clock))
    visitor.signs_in("own")
    return visitor


def test_something_is_put_on_the_list_from_a_path(signed_in: SignIn) -> None:
    own = signed_in("own")
    page = own.get(f"/inhabitants/annie/paths/?need={street.NEED}").text
    found = re.search(r'name="record" value="([^"]+)"', page)
    assert found is not None
    put(own, found[1])
    assert "✓ Op het lijstje" in own.get(f"/inhabitants/annie/paths/?need={street.NEED}").text
    assert "1 plek om naartoe te gaan" in own.get("/inhabitants/annie/").text


def test_with_htmx_one_stays_where_one_is(signed_in: SignIn) -> None:
    answer = signed_in("own").post(LIST, {"record": "coffee"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "✓ Op het lijstje" in answer.text
    assert "<html" not in answer.text


def test_the_letter_speaks_to_the_inhabitant_and_of_nobody_else(signed_in: SignIn) -> None:
    own = signed_in("own")
    put(own, "coffee", "volunteer", "bed")
    letter = own.get(f"{LIST}letter").text
    paper = words_of(own.get(f"{LIST}letter.pdf").data)
    for text in (letter, paper):
        for told in ("Voor Annie Bergman", "Koffie op woensdag", "Gijs Molenaar", "Riet"):
            assert told in text
        assert "zo'n 4 minuten lopen" in text.replace("&#39;", "'").replace("\u2019", "'")
        assert "Het adres is geheim" in text
        assert "door Own, Team Noord" in text
        assert "maandag 2 november 2026" in text
        for name in (*NETWORK, *street.NOWHERE, "Verstraten"):
            assert name not in text


def test_the_letter_is_dutch_whatever_its_worker_reads(signed_in: SignIn) -> None:
    own = signed_in("own")
    put(own, "coffee")
    own.post("/setting/language/en")
    assert 'lang="nl"' in own.get(f"{LIST}letter").text
    assert "Naar wie kunt u vragen?" in own.get(f"{LIST}letter").text
    assert "On the list" in own.get(LIST).text


def test_the_paper_is_tagged_and_named_after_nobody(signed_in: SignIn) -> None:
    own = signed_in("own")
    put(own, "coffee")
    answer = own.get(f"{LIST}letter.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == "inline; filename=lijstje-2026-11-02.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    reader = PdfReader(io.BytesIO(answer.data))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    assert "Annie" not in str(reader.metadata)
    pages: list[Any] = list(reader.pages)
    fonts = [font.get_object() for p in pages for font in p["/Resources"]["/Font"].values()]
    assert fonts
    assert all("Atkinson" in font["/BaseFont"] for font in fonts)


@pytest.mark.parametrize("text", CORPUS)
def test_a_hostile_name_on_paper_is_a_name(text: str) -> None:
    visitor = opened([poisoned(each, text) for each in street.records()])
    put(visitor, "coffee", "church")
    harmless(visitor.get(f"{LIST}letter").text, text)
    harmless(visitor.get(LIST).text, text)
    assert PdfReader(io.BytesIO(visitor.get(f"{LIST}letter.pdf").data)).pages


def test_letters_of_other_alphabets_are_on_paper() -> None:
    name = "Żaneta Ćwikła-Şahin"
    records = [
        each.with_properties(name=name) if each.id == "pastor" else each
        for each in street.records()
    ]
    visitor = opened(records)
    put(visitor, "coffee")
    assert name in words_of(visitor.get(f"{LIST}letter.pdf").data)


@pytest.mark.parametrize(
    "address",
    [
        "http://elsewhere.example/static/css/tokens.css",
        "https://netwerk.invalid/static/css/tokens.css",
        "file:///etc/passwd",
        "data:text/css,x",
        "http://netwerk.invalid/static/../netwerk/app.py",
        "http://netwerk.invalid/static/%2e%2e/setup.cfg",
        "http://netwerk.invalid/static/css",
        "http://netwerk.invalid/static/css/nothing.css",
        "http://netwerk.invalid/etc/passwd",
    ],
)
def test_paper_fetches_nothing_but_our_own_files(address: str) -> None:
    with pytest.raises(ValueError, match="not a file of ours"):
        pdf.own_file(address)
    with pytest.raises(ValueError, match="not a file of ours"):
        pdf._fetcher().fetch(address)


def test_paper_has_our_own_files() -> None:
    file = pdf.own_file("http://netwerk.invalid/static/css/tokens.css?v=1")
    assert file == Path("static/css/tokens.css").resolve()


def test_where_paper_cannot_be_made_the_page_says_what_is_missing(
    signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "possible", lambda: False)
    own = signed_in("own")
    answer = own.get(f"{LIST}letter.pdf")
    assert (answer.status_code, answer.location) == (303, f"{LIST}letter")
    letter = own.get(f"{LIST}letter").text
    assert "libpango-1.0-0" in letter
    assert "letter.pdf" not in letter


def test_what_cannot_be_kept_says_so_and_stays(signed_in: SignIn, store: MemoryStore) -> None:
    own, mate = signed_in("own"), signed_in("mate")
    put(own, "coffee")
    long = {"act": "say", "sentence": "x" * 401, "version": "1", "operation": "a" * 32}
    answer = own.post(f"{LIST}coffee", long)
    assert answer.status_code == 400
    assert "Houd het bij 400 tekens." in answer.text
    first = {"act": "say", "sentence": "De eerste.", "version": "1", "operation": "b" * 32}
    assert mate.post(f"{LIST}coffee", first).status_code == 303
    second = {"act": "say", "sentence": "De tweede.", "version": "1", "operation": "c" * 32}
    answer = own.post(f"{LIST}coffee", second)
    assert answer.status_code == 409
    assert "De tweede.</textarea>" in answer.text
    assert "Wat er nu staat: De eerste." in answer.text
    assert own.post(f"{LIST}coffee", {"act": "burn"}).status_code == 400
    rows = [{"record": f"r{n}", "sentence": ""} for n in range(12)]
    with store.system() as work:
        work.put("shortlist", "annie", {"owner": "annie", "version": 5, "items": rows})
    answer = own.post(LIST, {"record": "walk", "operation": "d" * 32})
    assert answer.status_code == 400
    assert "Er staan er al 12 op het lijstje." in answer.text


def test_reading_and_printing_are_told_apart_in_the_log(
    signed_in: SignIn, store: MemoryStore
) -> None:
    own = signed_in("own")
    for page in ("", "letter", "letter.pdf"):
        own.get(f"{LIST}{page}")
    actions = [e.event.action for e in store.audit_entries() if "shortlist" in e.event.action]
    assert actions == ["open-shortlist", "print-shortlist", "export-shortlist"]
