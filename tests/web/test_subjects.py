"""The inhabitant's side on the screen: their file in plain words, requests, exceptions, terms."""

import ast
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.advice import Mentioned
from netwerk.domain.audit import AuditEvent
from netwerk.domain.held import TELLS
from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.records import to_json
from netwerk.domain.visibility import CASE_RECORDS
from netwerk.schema import load_schema
from netwerk.web.presenters import erasing, to_inhabitant
from tests.web import street
from tests.web.conftest import Visitor
from tests.web.street import worker
from tests.worlds import TODAY, link, node

SignIn = Callable[[str], Visitor]
OWN_FILE = "/inhabitants/annie/own-file/"
ANNIE = "/subjects/annie/"
WHY = {"reason": "Verzoek om inzage, brief van 1 november."}
SURE = {**WHY, "password": street.PASSWORD}
ACTION = re.compile(r"[a-z]+(-[a-z]+)+")


def opened(signed_in: SignIn) -> Visitor:
    officer = signed_in("officer")
    assert officer.post(f"{ANNIE}open", WHY).status_code == 303
    return officer


def test_an_inhabitant_reads_what_is_held_and_who_looked_and_no_inner_words(
    signed_in: SignIn,
) -> None:
    own = signed_in("own")
    own.get("/inhabitants/annie/")
    page = own.get(OWN_FILE).text
    for said in (
        "Annie Bergman",
        "Bo Daalder",
        "Uw vraag",
        "Own",
        "keek erin",
        "om u te helpen",
        "in een overleg",
    ):
        assert said in page
    for inner in ("Casus", "casus", "annie-", "goal-", "case-", "uw buurt"):
        assert inner not in re.sub(r"<[^>]*>", " ", page)
    assert "Wat wij over u hebben" in own.get(f"{OWN_FILE}letter").text
    assert "zette het op papier" in own.get(OWN_FILE).text


def test_every_kind_of_a_file_has_a_plain_name(app: Flask) -> None:
    with app.test_request_context():
        assert set(to_inhabitant.titles()) == CASE_RECORDS | {"Case"}
        assert set(erasing.kinds()) >= CASE_RECORDS | {"Case", "Person", "TIE", "TAKES_PART"}


def test_what_only_opens_a_file_is_told_as_a_look() -> None:
    """Every action that a use case writes for a mere view; a request or a proposal writes too."""
    acts: set[str] = set()
    for path in Path("netwerk/usecases").rglob("*.py"):
        for found in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            told: list[ast.expr | None] = []
            if isinstance(found, ast.Call) and getattr(found.func, "attr", "") == "view":
                told = list(found.args)
            elif isinstance(found, ast.FunctionDef):
                named = zip(found.args.args[::-1], found.args.defaults[::-1], strict=False)
                told = [default for arg, default in named if arg.arg == "action"]
            texts = [each.value for each in told if isinstance(each, ast.Constant)]
            acts |= {t for t in texts if isinstance(t, str) and ACTION.match(t)}
    assert {"open-file", "see-strength", "show-own-file", "open-drawing"} <= acts
    both = {"request-volunteer", "propose-for-review"}
    unread = {a for a in acts - both if not to_inhabitant.is_look(a)}
    assert {a for a in unread if not a.startswith(("print-", "export-"))} == set()
    assert to_inhabitant.is_look("preview-erasure")
    assert not to_inhabitant.is_look("open-case")


def test_the_file_is_a_pdf_too_that_names_nobody_in_its_name(signed_in: SignIn) -> None:
    told = signed_in("own").get(f"{OWN_FILE}file.pdf")
    if told.status_code == 200:
        assert told.data.startswith(b"%PDF")
        assert "Annie" not in told.headers["Content-Disposition"]


def test_a_request_is_found_by_the_whole_name_and_opened(signed_in: SignIn) -> None:
    officer = signed_in("officer")
    assert "Niemand heet precies zo" in officer.post("/subjects/", {"name": "Annie", **WHY}).text
    found = officer.post("/subjects/", {"name": "annie bergman", **WHY}).text
    assert "Dit is diegene" in found
    assert "Zeg in een zin" in officer.post("/subjects/", {"name": "x", "reason": "kort"}).text
    assert officer.get(ANNIE).status_code == 404
    opened(signed_in)
    assert "Verzoek van Annie Bergman" in officer.get(ANNIE).text
    assert "Wat wij over u hebben" in officer.get(f"{ANNIE}file").text
    assert officer.get(f"{ANNIE}file.pdf").status_code in {200, 303}


def test_an_export_is_taken_with_reason_and_password_and_carries_a_mark(
    signed_in: SignIn,
) -> None:
    officer = opened(signed_in)
    assert WHY["reason"] in officer.get(f"{ANNIE}export").text
    wrong = officer.post(f"{ANNIE}export", {**WHY, "password": "iets anders"})
    assert (wrong.status_code, "Dit is niet je wachtwoord" in wrong.text) == (401, True)
    taken = officer.post(f"{ANNIE}export", SURE)
    assert taken.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(taken.data)) as archive:
        told = json.loads(archive.read("dossier.json"))
        assert "Annie Bergman" in archive.read("dossier.html").decode()
    assert told["person"] == "annie"
    assert told["taken_out"]["by"] == "Officer"


def test_erasing_shows_first_what_goes_and_then_does_it(
    signed_in: SignIn, store: MemoryStore
) -> None:
    officer = opened(signed_in)
    page = officer.get(f"{ANNIE}erase").text
    assert "Doelen: <strong>1</strong>" in page
    assert "Een team helpt deze persoon nog" in page
    assert "Dit advies hoort bij een besluit" in page
    assert officer.post(f"{ANNIE}erase", {**WHY, "password": "x"}).status_code == 401
    assert any(r.id == "annie" for r in store.dump())
    done = officer.post(f"{ANNIE}erase", SURE)
    assert done.status_code == 303
    assert "Gewist" in officer.get(done.headers["Location"]).text
    assert not any("Annie Bergman" in str(r.properties) for r in store.dump())


def test_breaking_the_glass_opens_for_an_hour_and_the_officer_reads_of_it(
    signed_in: SignIn,
) -> None:
    other, officer = signed_in("other"), signed_in("officer")
    told = {"name": "Annie Bergman", "reason": "Ze belde in paniek."}
    assert other.get("/inhabitants/annie/").status_code == 404
    assert (
        "Hiermee gaat geen dossier open"
        in other.post("/emergency/", {**told, "name": "Niemand Hier", "operation": "1" * 32}).text
    )
    assert other.post("/emergency/", {**told, "operation": "2" * 32}).status_code == 303
    assert other.get("/inhabitants/annie/").status_code == 200
    page = officer.get("/oversight/").text
    assert "Ze belde in paniek." in page
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    assert officer.post("/oversight/exceptions/seen", {"key": key[1]}).status_code == 303
    assert "Je hebt dit gelezen" in officer.get("/oversight/").text


@pytest.mark.parametrize("reason", ["", "kort"])
def test_a_reason_that_says_nothing_opens_nothing(signed_in: SignIn, reason: str) -> None:
    told = {"name": "Annie Bergman", "reason": reason}
    assert "Zeg in een zin" in signed_in("other").post("/emergency/", told).text


def test_the_officer_sees_what_goes_by_itself_as_counts(signed_in: SignIn) -> None:
    assert "Wat vanzelf weggaat" in signed_in("officer").get("/oversight/retention").text


def noted(own: Visitor) -> str:
    """Note that something is not right; return where it is answered."""
    sent = {"said": "Bo is mijn zus.", "operation": "3" * 32}
    done = own.post("/inhabitants/annie/corrections/new?record=annie-bo", sent)
    page = own.get(done.headers["Location"]).text
    assert "Bo is mijn zus." in page
    link = re.search(r'button--primary-action" href="(/inhabitants/annie/corrections/[^"]+)"', page)
    assert link is not None
    return link[1]


def test_what_is_not_right_is_noted_beside_what_it_is_about(signed_in: SignIn) -> None:
    own = signed_in("own")
    new = "/inhabitants/annie/corrections/new?record=annie-bo"
    assert f'href="{new}"' in own.get(OWN_FILE).text
    form = own.get(new).text
    assert "De mensen om u heen: Bo Daalder" in form
    assert "mag gevraagd worden" in form
    assert own.get(new.replace("annie-bo", "zwaan-xi")).status_code == 404
    assert "Schrijf op wat er niet klopt" in own.post(new, {"said": " "}).text
    noted(own)
    assert "Er klopt iets niet in het dossier" in own.get("/cases/").text
    assert "U heeft nog geen antwoord" in own.get(OWN_FILE).text


def test_an_answer_is_read_back_and_never_overwrites_another(signed_in: SignIn) -> None:
    own = signed_in("own")
    answer = noted(own)
    told = {"version": "1", "outcome": "not_done", "operation": "4" * 32}
    assert "Zeg waarom het niet is aangepast" in own.post(answer, told).text
    assert own.post(answer, {**told, "words": "Dat vertelde u zelf."}).status_code == 303
    late = own.post(answer, {**told, "words": "Anders.", "operation": "5" * 32}).text
    assert "Anders." in late
    assert "Dat vertelde u zelf." in late
    page = own.get(OWN_FILE).text
    assert "Dat vertelde u zelf." in page
    assert "U heeft antwoord" in page
    assert "Er klopt iets niet" not in own.get("/cases/").text


def test_only_in_the_own_file_can_something_be_noted(signed_in: SignIn) -> None:
    assert "Klopt dit niet?" not in opened(signed_in).get(f"{ANNIE}file").text
    assert "Klopt dit niet?" not in signed_in("own").get(f"{OWN_FILE}letter").text


@pytest.mark.parametrize("headers", [{}, {"Netwerk-Part": "row"}])
def test_who_is_left_alone_is_told_on_which_papers_the_name_still_stands(
    signed_in: SignIn, headers: dict[str, str]
) -> None:
    own = signed_in("own")
    own.get("/inhabitants/annie/drawing/paper")
    where = "/inhabitants/annie/approach/annie-bo"
    answer = own.post(where, {"approach": "do_not_approach"}, headers=headers)
    page = own.get(answer.headers["Location"]).text if not headers else answer.text
    told = "de tekening, maandag 2 november, door Own"
    assert told in page
    assert told in own.get("/inhabitants/annie/ties/annie-bo").text
    assert told not in own.get("/inhabitants/annie/").text
    back = own.post(where, {"approach": "may_ask"}, headers=headers)
    assert told not in (own.get(back.headers["Location"]).text if not headers else back.text)


def test_what_the_program_keeps_in_its_own_form_is_told_in_words(
    signed_in: SignIn, store: MemoryStore
) -> None:
    path = Mentioned(
        need=NeedId(NodeId(street.NEED)),
        title="Wandelen met de kerk",
        first_step="Bel de pastor.",
        of="annie",
        nodes=("annie", "pastor"),
        records=(),
    ).written()
    advised = {"person": "annie", "status": "given", "advised_on": "2026-10-10"}
    domain = next(iter(load_schema().vocabularies["self_sufficiency_domain"].values))
    sheets = {"self_sufficiency": [f"{domain}:2"], "lsns_6": ["3:4"]}
    kept = [
        node("Assessment", f"sheet-{name}", instrument=name, taken_on="2026-10-01", scores=scores)
        for name, scores in sheets.items()
    ]
    scope = Scope(
        viewer=worker("own"),
        purpose=Purpose.SUPPORT,
        as_of=TODAY,
        subject=PersonId(NodeId("annie")),
    )
    with store.work(scope, OperationId("kept")) as work:
        work.save(node("ReferralAdvice", "told", suggested=[path], asks=["ask-x"], **advised))
        work.save(link("ADVISES", "told", "case-annie"))
        tie = work.own_file().relationships[RelationshipId("annie-bo")]
        was = to_json({"kind": "friend", "closeness": 2, "until": "2026-05-01"})
        work.save(tie.with_properties(earlier=[was]))
        for each in kept:
            work.save(each)
            work.save(link("KEPT_IN", each.id, "case-annie"))
    page = signed_in("own").get(OWN_FILE).text
    assert "tot 1 mei 2026: vriend of vriendin, 2 van de 5" in page
    assert "Wandelen met de kerk" in page
    assert "Vraag 3: 4" in page
    label = load_schema().label("self_sufficiency_domain", domain, "nl")
    assert f"{label}: " in page
    for inner in ("{", "}", f"{domain}:2", "ask-x"):
        assert inner not in re.sub(r"<[^>]*>", " ", page)


@pytest.mark.parametrize("headers", [{}, {"Netwerk-Part": "drawing"}])
def test_who_is_left_alone_while_drawing_is_told_of_with_the_papers(
    signed_in: SignIn, headers: dict[str, str]
) -> None:
    own = signed_in("own")
    own.get("/inhabitants/annie/drawing/paper")
    sent = {"approach": "do_not_approach", "operation": "6" * 32}
    answer = own.post("/inhabitants/annie/drawing/say/annie-bo", sent, headers=headers)
    page = answer.text if headers else own.get(answer.headers["Location"]).text
    assert "de tekening, maandag 2 november, door Own" in page


def test_the_log_is_read_in_words_with_what_the_program_calls_it_beside(
    signed_in: SignIn, store: MemoryStore
) -> None:
    signed_in("own").get("/inhabitants/annie/")
    with store.system() as work:
        event = AuditEvent(action="open-file", actor=worker("mate"), purpose="support")
        work.audit(replace(event, subject="annie", outcome="refused"))
    text = re.sub(r"<[^>]*>", " ", signed_in("officer").get("/oversight/").text)
    page = " ".join(text.split())
    assert "Own keek erin open-file annie hulp aan een inwoner" in page
    assert "Mate keek erin open-file geweigerd annie" in page
    assert "w-own" not in page


def test_everything_beside_a_file_has_a_name_for_the_inhabitant(app: Flask) -> None:
    with app.test_request_context():
        assert set(to_inhabitant.kept_beside()) == set(TELLS)
