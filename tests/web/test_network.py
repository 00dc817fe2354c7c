"""The page of the network: what if somebody falls away, and two days beside each other."""

from collections.abc import Callable

from tests.web.conftest import Visitor

SignIn = Callable[[str], Visitor]
NETWORK = "/inhabitants/annie/network/"
TOLD = {
    "kind": "neighbour",
    "closeness": "5",
    "contact": "weekly",
    "support": "companionship",
    "approach": "may_ask",
}


def changed(signed_in: SignIn) -> Visitor:
    own = signed_in("own")
    address = "/inhabitants/annie/ties/annie-bo"
    assert own.post(address, TOLD | {"version": "1"}).status_code == 303
    return own


def test_what_remains_without_somebody_is_told_without_javascript(signed_in: SignIn) -> None:
    own = changed(signed_in)
    assert "Wat wegvalt" not in own.get(NETWORK).text
    page = own.get(f"{NETWORK}?without=bo").text
    assert "Wat wegvalt: gezelschap." in page
    assert "Wat blijft: niets." in page


def test_somebody_who_gives_nothing_or_is_nobody_here_is_not_told_of(signed_in: SignIn) -> None:
    own = changed(signed_in)
    plain = own.get(NETWORK)
    for key in ("xi", "annie", "nobody", "<script>"):
        page = own.get(NETWORK, query_string={"without": key})
        assert (page.status_code, "Wat wegvalt" in page.text) == (200, False)
        assert page.text.split("<main")[1] == plain.text.split("<main")[1]


def test_two_days_say_what_is_told_otherwise_whichever_is_named_first(signed_in: SignIn) -> None:
    own = changed(signed_in)
    page = own.get(f"{NETWORK}?then=2026-01-01").text
    assert "hoe dichtbij: eerst 4 van 5, daarna 5 van 5" in page
    assert "steun: eerst niets, daarna gezelschap" in page
    one = own.get(f"{NETWORK}?then=2026-01-01&now=2026-06-01").text
    assert "Tussen deze twee dagen is niets anders verteld." in one
    other = own.get(f"{NETWORK}?then=2026-06-01&now=2026-01-01").text
    assert one.split("<main")[1] == other.split("<main")[1]


def test_a_day_that_is_none_or_has_not_been_is_as_if_not_chosen(signed_in: SignIn) -> None:
    own = signed_in("own")
    for then in ("", "morgen", "2027-01-01", "2026-02-30"):
        assert "Twee dagen naast elkaar" not in own.get(NETWORK, query_string={"then": then}).text
