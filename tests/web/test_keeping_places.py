"""Where something is: pointed at, or in the middle of a buurt; and what an organization was."""

from html import unescape

import pytest

from netwerk.adapters.memory import MemoryStore
from tests.web.test_keeping import SignIn, ends, facts, sent
from tests.worlds import link

HALL = "/keep/locations/hall/edit"


@pytest.mark.parametrize(
    ("typed", "point", "inside"),
    [
        ({"latitude": "51,46", "longitude": "5.61"}, [5.61, 51.46], True),
        ({"latitude": "52.46", "longitude": "5.61"}, [5.61, 52.46], False),
        ({"latitude": "", "longitude": "", "area": ""}, None, False),
        ({"latitude": "", "longitude": "", "area": "bu"}, [5.65, 51.45], True),
    ],
)
def test_a_place_is_where_it_was_pointed_at(
    typed: dict[str, str],
    point: list[float] | None,
    inside: bool,
    signed_in: SignIn,
    store: MemoryStore,
) -> None:
    keeper = signed_in("coordinator")
    far = sent(keeper.get(HALL).text, latitude="53", longitude="6", area="")
    assert keeper.post(HALL, far).status_code == 303
    assert facts(store, "hall")["point"] == [6.0, 53.0]
    assert keeper.post(HALL, sent(keeper.get(HALL).text) | typed).status_code == 303
    assert facts(store, "hall").get("point") == point
    assert (("hall", "bu") in {ends(r) for r in store.dump()}) is inside


def test_what_happened_to_an_organization_is_told_with_its_people_and_places(
    signed_in: SignIn, store: MemoryStore
) -> None:
    store.load([link("LOCATED_AT", "church", "hall"), link("CONTACT_FOR", "volunteer", "church")])
    keeper, church = signed_in("coordinator"), "/keep/organizations/church"
    keeper.post(f"{church}/edit", sent(keeper.get(f"{church}/edit").text, places=[], phone="1"))
    keeper.post("/keep/contacts/church/CONTACT_FOR.pastor.church/end")
    keeper.post("/keep/contacts/church/CONTACT_FOR.volunteer.church/end")
    keeper.post(f"{church}/end", {"on": "2026-11-30"})
    page = unescape(keeper.get(f"{church}/history").text)
    for text in ("Is te vinden op", "Kerkzaal", "Telefoon", "pastor of predikant", "Gestopt"):
        assert text in page
    assert "Iemand stopte" in page
    assert "Wandelen in het park: Tot" in page
    gone = keeper.post("/keep/services/bed/remove")
    assert gone.status_code == 303
    assert "Opvang voor vrouwen" in keeper.get("/keep/gone").text
    page = unescape(keeper.get("/keep/services/bed/history").text)
    assert "Weggehaald" in page
    assert "staat niet meer op de kaart" in page
