"""The pages of the questionnaires: points in words, then and now, and texts only by licence."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from netwerk.adapters.memory import MemoryStore
from netwerk.app import create_app
from tests.web.conftest import SETTINGS, Clock, Visitor

SignIn = Callable[[str], Visitor]
SHEETS = "/inhabitants/annie/assessments/"
OWN = SHEETS + "sheet-annie"


def send(visitor: Visitor, number: int, address: str, **sent: str) -> int:
    told = {"taken_on": "2026-10-20"} | sent
    return visitor.post(address, told | {"operation": f"{number:032x}"}).status_code


def test_then_and_now_stand_beside_each_other_and_a_skip_is_no_zero(signed_in: SignIn) -> None:
    own, new = signed_in("own"), f"{SHEETS}new/self_sufficiency"
    assert send(own, 1, new, taken_on="2026-09-01", item_housing="2", item_justice="5") == 303
    assert send(own, 2, new, item_housing="4", taken_by="Annie en Sam") == 303
    page = own.get(SHEETS).text
    assert page.count("hoger dan eerst") == 1
    assert "4 · gaat voldoende" in page
    assert page.count("niet ingevuld") == 2 * 13 - 3
    assert "Ingevuld door Annie en Sam." in page
    for number, day in enumerate(("2026-10-21", "2026-10-22"), 3):
        assert send(own, number, new, taken_on=day, item_housing="4") == 303
    assert "Laat ook eerdere keren zien (1)" in own.get(SHEETS).text
    assert "1 sep 2026" in own.get(f"{SHEETS}?all=1").text


def test_points_are_told_in_words_and_too_few_are_not_added_up(signed_in: SignIn) -> None:
    own, new = signed_in("own"), f"{SHEETS}new/lsns_6"
    assert "Te weinig antwoorden" in own.get(SHEETS).text
    assert send(own, 1, new, **{f"item_{at}": "2" for at in range(1, 7)}) == 303
    assert "12 van de 30 punten: er zijn mensen" in own.get(SHEETS).text
    carer = {f"item_{at}": "1" for at in range(1, 16)}
    assert send(own, 2, f"{SHEETS}new/ediz_plus", about="de dochter", **carer) == 303
    assert "EDIZ-plus (druk door mantelzorg): de dochter" in own.get(SHEETS).text
    assert own.get(f"{SHEETS}new/else").status_code == 404


def test_what_changed_meanwhile_is_shown_and_nothing_typed_is_lost(signed_in: SignIn) -> None:
    own = signed_in("own")
    assert send(own, 1, OWN, item_1="5", version="1", note="Eerst.") == 303
    answer = own.post(
        OWN,
        {"taken_on": "2026-10-20", "item_1": "0", "version": "1", "note": "Mijn woord."}
        | {"operation": "2" * 32},
    )
    assert answer.status_code == 200
    for told in ("Wat er nu is opgeslagen", "Vraag 1: 5", "Eerst.", "Mijn woord."):
        assert told in answer.text
    assert send(own, 3, OWN, version="1") == 200


def test_what_does_not_belong_here_goes_after_a_question(signed_in: SignIn) -> None:
    own = signed_in("own")
    assert "komt niet terug" in own.get(f"{OWN}/remove").text
    assert send(own, 1, OWN, item_1="5", version="1", note="Eerst.") == 303
    early = own.post(f"{OWN}/remove", {"operation": "2" * 32, "version": "1"})
    assert (early.status_code, "zojuist veranderd" in early.text) == (200, True)
    assert 'value="2"' in early.text
    assert own.post(f"{OWN}/remove", {"operation": "3" * 32}).status_code == 400
    assert own.post(f"{OWN}/remove", {"operation": "4" * 32, "version": "2"}).status_code == 303
    assert own.get(OWN).status_code == 404


def test_texts_are_those_of_the_file_of_who_has_a_licence(
    tmp_path: Path, store: MemoryStore, clock: Clock, signed_in: SignIn
) -> None:
    assert "Leg het papieren formulier ernaast" in signed_in("own").get(f"{SHEETS}new/lsns_6").text
    texts = tmp_path / "texts.yaml"
    texts.write_text(
        "lsns_6: {licence: Licentie van de test, answers: {0: niemand}, items: {1: Wie groet u}}\n"
        "self_sufficiency: {licence: Ook, items: {housing: {answers: {1: op straat}}}}",
        encoding="utf-8",
    )
    own = Visitor(create_app(replace(SETTINGS, instruments=texts), store, clock))
    own.signs_in("own")
    page = own.get(f"{SHEETS}new/lsns_6").text
    for told in ("Vraag 1: Wie groet u", "0 · niemand", "Teksten: Licentie van de test"):
        assert told in page
    assert "papieren formulier" not in page
    assert "1 · op straat" in own.get(f"{SHEETS}new/self_sufficiency").text


def test_the_inhabitant_reads_their_answers_in_words(signed_in: SignIn) -> None:
    own = signed_in("own")
    assert send(own, 1, f"{SHEETS}new/self_sufficiency", item_housing="4") == 303
    page = own.get("/inhabitants/annie/own-file/").text
    assert "Huisvesting: gaat voldoende" in page
    assert "Vraag 1: 2" in page
