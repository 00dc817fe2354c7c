"""A closed file is found back and opened again on the screen."""

from collections.abc import Callable

from tests.web.conftest import Visitor

SignIn = Callable[[str], Visitor]
CLOSE = {
    "version": "1",
    "because": "moved",
    "closed_on": "2026-11-02",
    "operation": f"{1:032x}",
}
AGAIN = "/cases/closed/case-annie/open"


def test_a_file_that_was_closed_is_opened_again(signed_in: SignIn) -> None:
    own = signed_in("own")
    assert "De afgelopen drie maanden sloot je team geen dossier." in own.get("/cases/closed/").text
    own.post("/inhabitants/annie/close", CLOSE)
    assert 'href="/cases/closed/"' in own.get("/cases/?closed=1").text
    for page in (own.get("/cases/closed/"), own.post("/cases/closed/", {"name": "Annie Bergman"})):
        assert "Annie Bergman" in page.text
        assert AGAIN in page.text
    assert AGAIN not in own.post("/cases/closed/", {"name": "Annie"}).text
    assert "Annie Bergman" in own.get(AGAIN).text
    empty = own.post(AGAIN, {"reason": " ", "operation": f"{2:032x}"})
    assert (empty.status_code, "Schrijf waarom" in empty.text) == (200, True)
    for _ in range(2):
        sent = {"reason": "Ze belde weer.", "operation": f"{3:032x}"}
        answer = own.post(AGAIN, sent)
        assert (answer.status_code, answer.location) == (303, "/cases/?opened=1")
    assert "Annie Bergman" in own.get("/cases/?opened=1").text
    assert own.get("/inhabitants/annie/").status_code == 200
    assert own.get(AGAIN).status_code == 404
    for where in ("timeline/", "own-file/"):
        assert "Ze belde weer." in own.get(f"/inhabitants/annie/{where}").text, where


def test_another_team_sees_nothing_of_it(signed_in: SignIn) -> None:
    signed_in("own").post("/inhabitants/annie/close", CLOSE)
    other = signed_in("other")
    assert "Annie" not in other.get("/cases/closed/").text
    found = other.post("/cases/closed/", {"name": "Annie Bergman"})
    assert AGAIN not in found.text
    assert other.get(AGAIN).status_code == 404
