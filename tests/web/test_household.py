"""Home and care: told on the drawing, read on the network and the family's page."""

from collections.abc import Callable

from tests.web.conftest import Visitor

SignIn = Callable[[str], Visitor]
DRAWING = "/inhabitants/annie/drawing/"
NETWORK = "/inhabitants/annie/network/"
FAMILY = "/inhabitants/annie/family/"


def tell(visitor: Visitor, **told: str) -> None:
    sent = {"version": "1", "person_version": "1", "name": "Bo Daalder", "operation": "1" * 32}
    answer = visitor.post(f"{DRAWING}tell/annie-bo", sent | told)
    assert answer.status_code == 303, answer.text


def test_nothing_told_helps_on(signed_in: SignIn) -> None:
    assert "Vraag: wie woont er bij u" in signed_in("own").get(NETWORK).text


def test_home_and_care_are_told_on_the_drawing_and_read_elsewhere(signed_in: SignIn) -> None:
    own = signed_in("own")
    tell(own, kind="child", lives_with="y", carer="y", support_given="instrumental")
    for page in (own.get(NETWORK).text, own.get(FAMILY).text):
        told = " ".join(page.split())
        assert "<dt>In huis</dt><dd>Annie Bergman</dd><dd>Bo Daalder (kind)</dd>" in told
        assert "<dt>Mantelzorgers</dt><dd>Bo Daalder (kind)</dd>" in told
        assert "<dt>Voor wie de inwoner iets doet</dt><dd>Bo Daalder (kind)</dd>" in told
        assert "Kinderen die ergens anders wonen" not in told
    assert 'class="ecomap__house"' in own.get(NETWORK).text
    assert "Bo Daalder" not in signed_in("other").get("/inhabitants/zwaan/network/").text


def test_a_child_that_moved_out_and_no_longer_cares_is_told_so(signed_in: SignIn) -> None:
    own = signed_in("own")
    tell(own, kind="child")
    told = own.get(NETWORK).text
    assert "<dt>Kinderen die ergens anders wonen</dt><dd>Bo Daalder (kind)</dd>" in told
    assert "<dt>In huis</dt>" not in told
    assert "<dt>Mantelzorgers</dt>" not in told
