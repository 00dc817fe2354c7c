"""Keeping the map in the browser's words: what was typed is never lost, nor what others did."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.records import Record, Relationship, to_json
from tests.web import street
from tests.web.conftest import Visitor
from tests.web.street import NEED
from tests.worlds import link, node

SignIn = Callable[[str], Visitor]
CHURCH, COFFEE = "/keep/organizations/church/edit", "/keep/services/coffee/edit"
PASTOR = "/keep/contacts/church/CONTACT_FOR.pastor.church/edit"
EDITS = (
    CHURCH,
    COFFEE,
    PASTOR,
    "/keep/services/bed/edit",
    "/keep/locations/hall/edit",
    "/keep/locations/hidden/edit",
    "/keep/volunteers/bo/edit",
    "/keep/volunteers/volunteer/edit",
    "/keep/helps/volunteer/VOLUNTEERS_FOR.volunteer.coffee/edit",
    "/keep/areas/bu/edit",
    f"/keep/needs/{NEED}/edit",
)
LISTS = tuple(f"/keep/{each}/" for each in ("services", "volunteers", "locations", "needs"))


class Form(HTMLParser):
    """What a browser sends of the form of a page when nothing is changed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._select: str | None = None
        self._first: str | None = None
        self._chosen: str | None = None
        self._text: str | None = None
        self.feed(page.partition('class="form"')[2].partition("</form>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, value = said.get("name") or "", said.get("value") or ""
        if tag == "input" and (said.get("type") not in {"radio", "checkbox"} or "checked" in said):
            self.sent.setdefault(name, []).append(value)
        elif tag == "select":
            self._select, self._first, self._chosen = name, None, None
        elif tag == "option":
            self._first = value if self._first is None else self._first
            self._chosen = value if "selected" in said else self._chosen
        elif tag == "textarea":
            self._text = name
            self.sent.setdefault(name, []).append("")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            # A browser leaves out the line end right after the tag, and sends CR LF.
            self.sent[self._text][-1] += data.removeprefix("\n").replace("\n", "\r\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select is not None:
            value = self._chosen if self._chosen is not None else self._first
            self.sent.setdefault(self._select, []).append(value or "")
        if tag == "textarea":
            self._text = None


def sent(page: str, **changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = Form(page).sent | changes
    found.pop("csrf_token", None)  # each browser has its own
    return found


def stored(store: MemoryStore) -> dict[str, Any]:
    return {r.id: (dict(r.properties), ends(r)) for r in store.dump()}


def ends(record: Record) -> tuple[str, ...]:
    return (record.source, record.target) if isinstance(record, Relationship) else (record.label,)


def facts(store: MemoryStore, key: str) -> dict[str, Any]:
    found: dict[str, Any] = stored(store)[key][0]
    return found


@pytest.mark.parametrize("address", EDITS)
def test_saving_what_was_not_changed_changes_nothing(
    address: str, signed_in: SignIn, store: MemoryStore
) -> None:
    full = {
        "description": " Koffie,\nen praten. ",
        "hours": ["mo-fr 09:00-12:00,13:00-17:00", "tu[1,-1] 10:00-11:00", "by appointment"],
        "languages": ["tr", "xx", "nl"],
        "capacity": 0,
        "open_on_holidays": False,
        "valid_to": "2027-01-01",
        "extra": {"x": 1},
    }
    _set(store, "coffee", full)
    before, keeper = stored(store), signed_in("coordinator")
    answer = keeper.post(address, sent(keeper.get(address).text))
    assert answer.status_code == 303
    assert stored(store) == before


def _set(store: MemoryStore, key: str, properties: dict[str, Any]) -> None:
    """Put properties on a record, as an import would."""
    from tests.usecases.test_keeping import KEEPER, once

    with store.directory_work(KEEPER, once()) as work:
        from netwerk.domain.ids import NodeId

        seen = work.around([NodeId(key)]).nodes[NodeId(key)]
        work.save(seen.with_properties(**properties))


def test_a_service_is_filled_in_by_words_and_rows(signed_in: SignIn, store: MemoryStore) -> None:
    keeper, where = signed_in("coordinator"), "/keep/services/new?of=church"
    typed = sent(keeper.get(where).text, name="Soep", formality="informal", words="contakt")
    more = keeper.post(where, typed | {"again": "words"})
    assert f'value="{NEED}" id="match-{NEED}"' in more.text
    assert 'value="Soep"' in more.text
    rows = {
        "hours-days": ["tu", "mo", "mo-fr"],
        "hours-which": ["", "1", ""],
        "hours-opens": ["10", "14:00", "9.30"],
        "hours-closes": ["12", "16:00", "10"],
        "hours-on-days": ["2026-12-05"],
        "hours-on-opens": ["19:00"],
        "hours-on-closes": ["24:00"],
        "needs": [NEED],
    }
    made = keeper.post(where, typed | rows | {"operation": "a" * 32})
    assert made.status_code == 303
    key = made.location.split("/")[3]
    soup = facts(store, key)
    assert soup["hours"] == [
        "tu 10:00-12:00",
        "mo[1] 14:00-16:00",
        "mo-fr 09:30-10:00",
        "2026-12-05 19:00-24:00",
    ]
    assert (soup["verified_on"], soup["verified_by"]) == ("2026-11-02", "Coordinator")
    joined = {ends(r) for r in store.dump() if isinstance(r, Relationship)}
    assert {("church", key), (key, NEED)} <= joined
    again = f"/keep/services/{key}/edit"
    before = stored(store)
    assert keeper.post(again, sent(keeper.get(again).text)).status_code == 303
    assert stored(store) == before


WRONG = [
    (COFFEE, {"name": " "}, "Vul de naam in"),
    (COFFEE, {"hours-days": ["tu"], "hours-opens": ["10"], "hours-closes": [""]}, "regel 1"),
    (COFFEE, {"hours-days": ["tu"], "hours-opens": ["12"], "hours-closes": ["10"]}, "eind"),
    (
        COFFEE,
        {
            "hours-days": ["mo-fr"],
            "hours-which": ["1"],
            "hours-opens": ["9"],
            "hours-closes": ["10"],
        },
        "regel 1",
    ),
    (COFFEE, {"age_min": "60", "age_max": "20"}, "lager"),
    (COFFEE, {"capacity": "veel"}, ""),
    (COFFEE, {"valid_from": "2026-12-01", "valid_to": "2026-11-01"}, "stoppen"),
    (COFFEE, {"url": "javascript:alert(1)"}, "https://"),
    (CHURCH, {"email": "geen adres"}, "naam@voorbeeld.nl"),
    ("/keep/locations/hall/edit", {"latitude": "noord"}, "51.4816"),
    ("/keep/locations/hall/edit", {"latitude": "91"}, "51.4816"),
    ("/keep/locations/hall/edit", {"longitude": ""}, "allebei"),
    ("/keep/locations/hall/edit", {"name": ""}, "postcode"),
    ("/keep/volunteers/bo/edit", {"birth_year": "48"}, "1948"),
    ("/keep/volunteers/bo/edit", {"vog_on": "gisteren"}, "30-11-2026"),
    (PASTOR, {"role": "bishop"}, ""),
    ("/keep/volunteers/new", {"name": "Vic", "service": ""}, "Kies"),
    ("/keep/needs/new", {"label_nl": "x", "label_en": "contact", "parent": "family"}, "al een"),
    ("/keep/helps/bo/VOLUNTEERS_FOR.bo.walk/end", {}, "laatste"),
]


@pytest.mark.parametrize(("address", "typed", "told"), WRONG)
def test_what_is_wrong_is_said_and_kept(
    address: str, typed: dict[str, Any], told: str, signed_in: SignIn, store: MemoryStore
) -> None:
    keeper, before = signed_in("coordinator"), stored(store)
    answer = keeper.post(address, sent(keeper.get(address).text) | typed)
    alert = re.search(r'role="alert".*?</div>', answer.text, re.DOTALL)
    assert answer.status_code == 200
    assert alert is not None
    assert told in unescape(alert[0])
    assert stored(store) == before
    for value in typed.values():
        for each in value if isinstance(value, list) else [value]:
            assert each.strip() in unescape(answer.text) or each == "bishop"


# --- two at once


@pytest.fixture
def pair(signed_in: SignIn) -> tuple[Visitor, Visitor]:
    """Return two coordinators who both have the coffee open."""
    return signed_in("coordinator"), signed_in("coordinator")


def test_both_versions_are_shown_and_chosen_from_field_by_field(
    pair: tuple[Visitor, Visitor], store: MemoryStore
) -> None:
    one, other = pair
    opened = one.get(COFFEE).text
    first = sent(opened, name="Thee op woensdag", cost="gratis", needs=["family"])
    assert other.post(COFFEE, first | {"operation": "a" * 32}).status_code == 303
    late = sent(opened, name="Soep op woensdag", how_to_apply="Bel even.", operation="b" * 32)
    answer = one.post(COFFEE, late)
    page = unescape(answer.text)
    assert answer.status_code == 409
    assert facts(store, "coffee")["name"] == "Thee op woensdag"
    for text in (
        "Koffie op woensdag",
        "Thee op woensdag",
        "Soep op woensdag",
        "Bel even.",
        "familie",
    ):
        assert text in page
    chosen = sent(answer.text, operation="c" * 32)
    # What the other changed alone is kept unless one chooses else; what one typed oneself is too.
    assert chosen["choose-name"] == ["typed"]
    assert chosen["choose-cost"] == chosen["choose-needs"] == ["stored"]
    assert chosen["choose-how_to_apply"] == ["typed"]
    assert one.post(COFFEE, chosen | {"choose-name": "stored"}).status_code == 303
    soup = facts(store, "coffee")
    told = {name: soup[name] for name in ("name", "cost", "how_to_apply")}
    assert told == {"name": "Thee op woensdag", "cost": "gratis", "how_to_apply": "Bel even."}


def test_a_third_change_while_one_chooses_is_shown_too(
    pair: tuple[Visitor, Visitor], store: MemoryStore
) -> None:
    one, other = pair
    opened = one.get(COFFEE).text
    other.post(COFFEE, sent(opened, name="Thee", operation="a" * 32))
    choosing = one.post(COFFEE, sent(opened, name="Soep", operation="b" * 32))
    other.post(COFFEE, sent(other.get(COFFEE).text, name="Taart", operation="c" * 32))
    again = one.post(COFFEE, sent(choosing.text, operation="d" * 32))
    assert again.status_code == 409
    assert all(name in again.text for name in ("Thee", "Taart", "Soep"))
    wrong = one.post(COFFEE, sent(again.text, cost="x" * 301, operation="e" * 32))
    assert wrong.status_code == 200
    assert all(name in wrong.text for name in ("Thee", "Taart", "Soep", "choose-name"))
    assert facts(store, "coffee")["name"] == "Taart"
    assert one.post(COFFEE, sent(again.text, operation="f" * 32)).status_code == 303
    assert facts(store, "coffee")["name"] == "Soep"


def test_what_was_typed_about_what_is_gone_by_now_is_shown(
    pair: tuple[Visitor, Visitor], store: MemoryStore
) -> None:
    one, other = pair
    bed = "/keep/services/bed/edit"
    typed = sent(one.get(bed).text, audience="vrouwen met kinderen")
    assert other.post("/keep/services/bed/remove").status_code == 303
    before = stored(store)
    answer = one.post(bed, typed)
    assert answer.status_code == 409
    assert "vrouwen met kinderen" in answer.text
    assert "/keep/services/bed/history" in answer.text
    assert stored(store) == before
    assert one.post("/keep/services/never/edit", typed).status_code == 404
    assert one.post("/keep/contacts/church/never/edit", typed).status_code == 404
    gone = "/keep/contacts/church/CONTACT_FOR.pastor.church"
    typed = sent(one.get(f"{gone}/edit").text, phone="0492")
    other.post(f"{gone}/end")
    answer = one.post(f"{gone}/edit", typed)
    assert (answer.status_code, "0492" in answer.text) == (409, True)


@pytest.mark.parametrize("was", ["", "[]", "{", "null", '"x"'])
def test_a_form_that_does_not_say_what_it_was_is_refused(
    was: str, signed_in: SignIn, store: MemoryStore
) -> None:
    before, keeper = stored(store), signed_in("coordinator")
    answer = keeper.post(COFFEE, sent(keeper.get(COFFEE).text, was=was, name="Anders"))
    assert answer.status_code in {400, 409}
    assert stored(store) == before


# --- what nobody sees


def test_where_somebody_lives_or_hides_is_on_no_page_but_that_of_the_place(
    signed_in: SignIn,
) -> None:
    keeper = signed_in("coordinator")
    keeper.post("/keep/organizations/shelter/verify")
    lives = "/keep/volunteers/volunteer/edit"
    keeper.post(lives, sent(keeper.get(lives).text, phone="06", operation="1" * 32))
    for address in (*EDITS, *LISTS, "/keep/organizations/shelter/edit", "/keep/gone"):
        page = keeper.get(address).text + keeper.get(address.replace("/edit", "/history")).text
        for secret in street.NOWHERE:
            assert secret not in page or address == "/keep/locations/hidden/edit", address


def test_a_volunteer_lives_in_the_middle_of_a_buurt_and_nobody_reads_where(
    signed_in: SignIn, store: MemoryStore
) -> None:
    keeper, where = signed_in("coordinator"), "/keep/volunteers/bo"
    page = keeper.get(f"{where}/edit").text
    assert keeper.post(f"{where}/edit", sent(page, area="bu")).status_code == 303
    assert facts(store, "bo")["point"] == [5.65, 51.45]
    assert ("bo", "bu") in {ends(r) for r in store.dump()}
    for address in (f"{where}/edit", f"{where}/history"):
        page = unescape(keeper.get(address).text)
        assert "Buurt Oost" in page
        assert "51.45" not in page
    step = re.search(r'name="step" value="([^"]+)"', page)
    assert step is not None
    keeper.post(f"{where}/undo", {"step": step[1]})
    assert "point" not in facts(store, "bo")


def test_a_coordinator_sees_nothing_of_the_file_of_a_volunteer(signed_in: SignIn) -> None:
    keeper = signed_in("coordinator")
    where = "/keep/volunteers/bo"
    keeper.post(f"{where}/edit", sent(keeper.get(f"{where}/edit").text, phone="06"))
    for address in (f"{where}/edit", f"{where}/history", f"{where}/end"):
        page = keeper.get(address).text
        assert "annie" not in page.lower()
        assert "told_by" not in page


def test_history_says_who_changed_what_and_puts_it_back(
    signed_in: SignIn, store: MemoryStore
) -> None:
    keeper, before = signed_in("coordinator"), facts(store, "coffee")
    typed = sent(keeper.get(COFFEE).text, name="Thee", needs=["family"], open_on_holidays="no")
    keeper.post(COFFEE, typed)
    page = unescape(keeper.get("/keep/services/coffee/history").text)
    for text in ("Coordinator", "Koffie op woensdag", "Thee", "Helpt bij", "familie", "contact"):
        assert text in page
    step = re.search(r'name="step" value="([^"]+)"', page)
    assert step is not None
    undone = keeper.post("/keep/services/coffee/undo", {"step": step[1]})
    assert undone.status_code == 303
    assert facts(store, "coffee") == before
    assert "Teruggezet" in keeper.get("/keep/services/coffee/history").text


def test_a_name_that_is_searched_for_is_in_no_address(signed_in: SignIn) -> None:
    keeper = signed_in("coordinator")
    page = keeper.post("/keep/volunteers/", {"q": "riet"}).text
    assert "Riet Verstraten" in page
    assert "Bo Daalder" not in page
    assert "q=riet" not in page
    assert "Riet" in keeper.get("/keep/volunteers/?q=daalder").text


def test_what_to_mind_of_a_volunteer_is_said_and_nothing_is_refused(
    signed_in: SignIn, store: MemoryStore
) -> None:
    store.load([node("Person", "old", name="Ot", vog_on="2020-02-29", capacity=1)])
    store.load([link("VOLUNTEERS_FOR", "old", "walk", capacity=1, load=2)])
    keeper, where = signed_in("coordinator"), "/keep/volunteers/old/edit"
    page = keeper.get(where).text
    assert "ouder dan drie jaar" in page
    assert page.count("notice--warn") == 3
    assert keeper.post(where, sent(page)).status_code == 303
    assert "geen VOG" not in keeper.get("/keep/volunteers/volunteer/edit").text


def test_what_was_typed_is_a_value_of_its_own_form(signed_in: SignIn) -> None:
    keeper = signed_in("coordinator")
    text = '"><img src=x onerror=alert(1)>'
    answer = keeper.post(CHURCH, sent(keeper.get(CHURCH).text, name=text, kind="no such kind"))
    assert "<img src=x" not in answer.text
    answer = keeper.post("/keep/words", {"words": text})
    assert "<img src=x" not in answer.text
    answer = keeper.post(
        CHURCH, sent(keeper.get(CHURCH).text, was=to_json({"name": text}), name="X")
    )
    assert answer.status_code == 409
    assert "<img src=x" not in answer.text


def test_a_move_that_a_colleague_told_is_filled_in_and_saving_takes_it_over(
    signed_in: SignIn,
) -> None:
    own, keeper = signed_in("own"), signed_in("coordinator")
    new = {"kind": "moved", "value": "Laan 5, 5703 CD Helmond"}
    assert own.post("/proposals/about/shelter", new).status_code == 303
    key = re.findall(r"/proposals/(proposal-[^\"/]+)", keeper.get("/todo/?all=proposals").text)[-1]
    shown = keeper.get(f"/proposals/{key}").text
    where = unescape(re.findall(r'href="(/keep/[^"]*proposal=[^"]*)"', shown)[0])
    # Where the shelter was is secret, and stays so beside where it goes.
    assert street.SECRET not in shown
    page = keeper.get(where).text
    assert "zegt:" in page
    filled = sent(page)
    assert (filled["address"], filled["postcode"]) == (["Laan 5"], ["5703 CD"])
    assert keeper.post(where, filled).status_code == 303
    assert "Overgenomen" in own.get("/proposals/").text
    assert "zegt:" not in keeper.get(where).text
