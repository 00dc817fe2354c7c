"""Drawing a network on a tablet, with an inhabitant beside it: by touch, by keyboard, as forms."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import objections, sign_in

TABLET: Final[ViewportSize] = {"width": 768, "height": 1024}
MOST_INTERACTIONS: Final = 60
"""A tap or a typed line takes about six seconds with somebody beside you: six minutes."""
LINES: Final = (
    "dochter Karin, elke week, boodschappen, advies",
    "zoon Peter, af en toe",
    "zus Lies, maandelijks, luistert",
    "buurvrouw Ans, dagelijks, koffie, heel dichtbij",
    "meneer Aydin, buurman",
    "vriendin Truus, wekelijks, wandelen, troost",
    "oud-collega Corrie, jaarlijks, ver weg",
    "schoonzoon Frank, ruzie",
)
TAPS: Final = ("kleinkind", "buurvrouw", "vriend", "maatje")


class Hand:
    """A finger that counts what it does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def tap(self, what: Locator) -> None:
        self.count += 1
        what.tap()

    def type(self, line: str) -> None:
        """Type a line and press the tick of the keyboard."""
        self.count += 1
        self.page.locator("#line").fill(line)
        self.page.keyboard.press("Enter")

    def drag(self, figure: Locator, ring: int) -> None:
        """Drag somebody to a ring along the line to the middle."""
        self.count += 1
        to = self.page.evaluate(
            """([key, ring]) => {
              const svg = document.getElementById('board');
              const figure = svg.querySelector(`[data-key="${key}"]`);
              const middle = Number(svg.dataset.middle);
              const radius = svg.dataset.radii.split(' ').map(Number)[5 - ring];
              const [x, y] = [Number(figure.dataset.x), Number(figure.dataset.y)];
              const angle = Math.atan2(y - middle, x - middle);
              const at = (a, b) => new DOMPoint(a, b).matrixTransform(svg.getScreenCTM());
              const end = at(middle + radius * Math.cos(angle), middle + radius * Math.sin(angle));
              const from = at(x, y);
              return [from.x, from.y, end.x, end.y];
            }""",
            [figure.get_attribute("data-key"), ring],
        )
        touch(self.page, to)


def touch(page: Page, to: list[float]) -> None:
    """Put a finger down, draw it over the screen, and lift it."""
    session = page.context.new_cdp_session(page)

    def send(kind: str, points: list[dict[str, float]]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", [{"x": to[0], "y": to[1]}])
    for part in (0.2, 0.6, 1.0):
        x, y = to[0] + (to[2] - to[0]) * part, to[1] + (to[3] - to[1]) * part
        send("touchMove", [{"x": x, "y": y}])
    send("touchEnd", [])
    session.detach()


def new_file(page: Page) -> str:
    """Open a file for somebody new; return the address of the drawing."""
    page.goto("/cases/new")
    page.locator("[name=name]").fill("Mevrouw Test")
    page.locator("[name=question]").fill("Zij zit veel alleen.")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/inhabitants/**")
    return page.url.split("?")[0].split("#")[0] + "drawing/"


def saved(page: Page) -> None:
    expect(page.locator("#drawing-state")).to_have_text("Alles is bewaard")


def figure(page: Page, name: str) -> Locator:
    called = re.compile(f"^{re.escape(name)}$")
    return page.locator(".board__figure", has=page.locator(".ecomap__name", has_text=called))


def names(page: Page) -> list[str]:
    return sorted(page.locator(".board__figure .ecomap__name").all_text_contents())


def told(page: Page, name: str) -> dict[str, Any]:
    found: dict[str, Any] = figure(page, name).evaluate("e => JSON.parse(e.dataset.told)")
    return found


@contextmanager
def at_the_table(visit: Visit, **options: Any) -> Iterator[Page]:
    with visit(width=TABLET["width"], has_touch=True, **options) as page:
        page.set_viewport_size(TABLET)
        sign_in(page)
        page.goto(new_file(page))
        page.wait_for_load_state("networkidle")
        yield page


def added(hand: Hand) -> None:
    """Put twelve people on the drawing: eight by a line, four by a tap."""
    for line in LINES:
        hand.type(line)
    chips = hand.page.get_by_role("group", name="Erbij met één tik")
    for word in TAPS:
        hand.tap(chips.get_by_text(word, exact=True))
    expect(hand.page.locator(".board__figure")).to_have_count(len(LINES) + len(TAPS))
    saved(hand.page)


def moved(hand: Hand) -> None:
    for name, ring in (("Karin", 5), ("Peter", 2), ("Lies", 4), ("Truus", 4)):
        hand.drag(figure(hand.page, name), ring)
        saved(hand.page)
        assert told(hand.page, name)["closeness"] == ring


def acquainted(hand: Hand) -> None:
    """Let Karin know her brother and her aunt: tap one, tap another."""
    page = hand.page
    hand.tap(figure(page, "Karin"))
    hand.tap(page.locator("#knows summary"))
    hand.tap(figure(page, "Peter"))
    hand.tap(figure(page, "Lies"))
    hand.tap(page.locator("#panel").get_by_role("link", name="Klaar"))


def asked(hand: Hand) -> None:
    """Ask about everybody, and get each answer as often."""
    hand.tap(hand.page.get_by_role("link", name="Als laatste"))
    words = (
        "Ja, dat mag",
        "Die is er voor mij; niet meer vragen",
        "Nee, met rust laten",
        "Nu niet",
    )
    for number in range(12):
        hand.tap(hand.page.locator("#ask").get_by_text(words[number % 4], exact=True))
    saved(hand.page)


def test_twelve_people_with_their_words_fit_in_six_minutes(visit: Visit) -> None:
    with at_the_table(visit) as page:
        hand = Hand(page)
        for part in (added, moved, acquainted, asked):
            part(hand)
        assert hand.count <= MOST_INTERACTIONS
        page.reload()
        shown = [told(page, name) for name in names(page)]
        assert len(shown) == 12
        words = Counter(each["approach"] for each in shown)
        assert words == dict.fromkeys(
            ("may_ask", "support_only", "do_not_approach", "not_discussed"), 3
        )
        assert len(told(page, "Karin")["knows"]) == 2
        assert told(page, "Ans")["support"] == ["companionship"]
        assert told(page, "Ans")["contact"] == "daily"
        assert objections(page) == []


def test_somebody_is_added_and_moved_by_keyboard_alone(visit: Visit) -> None:
    with at_the_table(visit) as page:
        page.locator("#line").focus()
        page.keyboard.type("buurvrouw Ans")
        page.keyboard.press("Enter")
        saved(page)
        for _ in range(40):
            if page.evaluate("document.activeElement.matches('.board__figure')"):
                break
            page.keyboard.press("Shift+Tab")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        saved(page)
        assert told(page, "Ans")["closeness"] == 5
        expect(figure(page, "Ans")).to_be_focused()
        expect(page.locator("#board-said")).to_have_text("Ans: heel dichtbij")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Ans", exact=True)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#panel")).to_be_hidden()
        page.get_by_role("button", name="Terug: Ans verschoven").press("Enter")
        saved(page)
        assert told(page, "Ans")["closeness"] == 4


def test_without_a_script_it_is_a_page_of_forms(visit: Visit) -> None:
    with at_the_table(visit, java_script_enabled=False) as page:
        page.locator("#line").fill("buurvrouw Ans, dagelijks, koffie")
        page.get_by_role("button", name="Erbij", exact=True).click()
        page.get_by_role("button", name="zoon", exact=True).click()
        assert names(page) == ["Ans", "zoon"]
        figure(page, "Ans").click()
        page.locator("[name=closeness][value='5']").check()
        page.locator("#panel").get_by_role("button", name="Opslaan").click()
        page.locator("#knows summary").click()
        page.locator("#knows").get_by_role("button", name="zoon").click()
        expect(page.locator("#knows-whom [aria-pressed=true]")).to_have_text("zoon")
        page.locator("#panel").get_by_role("link", name="Klaar").click()
        page.get_by_role("link", name="Als laatste").click()
        page.get_by_role("button", name="Ja, dat mag").click()
        page.get_by_role("button", name="Nee, met rust laten").click()
        expect(page.get_by_text("Iedereen is besproken.")).to_be_visible()
        page.get_by_role("button", name="Terug").click()
        expect(page.get_by_role("link", name="Als laatste")).to_be_visible()


def test_nothing_is_lost_without_a_connection(visit: Visit) -> None:
    with at_the_table(visit, failing="/drawing/") as page:
        page.context.set_offline(True)
        hand = Hand(page)
        hand.type("buurvrouw Ans, dagelijks")
        hand.tap(page.get_by_role("button", name="zoon", exact=True))
        hand.drag(page.locator(".board__figure").last, 5)
        expect(page.locator("#drawing-state")).to_contain_text("Op dit apparaat bewaard: 3")
        kept = page.evaluate("Object.entries(localStorage).map(each => each.join('=')).join('\\n')")
        assert kept.count("netwerk-drawing.") == 3
        assert "Ans" not in kept
        assert "inhabitants" not in kept
        page.context.set_offline(False)
        saved(page)
        page.reload()
        assert names(page) == ["Ans", "zoon"]
        assert told(page, "zoon")["closeness"] == 5
        assert page.evaluate("localStorage.length") == 0


def test_what_a_page_kept_is_saved_when_it_comes_back_and_only_once(visit: Visit) -> None:
    with at_the_table(visit, failing="/drawing/") as page:
        # It arrives, and the answer does not: nobody knows whether it was saved.
        page.route("**/drawing/add", lambda route: (route.fetch(), route.abort("failed")))
        Hand(page).type("buurvrouw Ans")
        expect(page.locator("#drawing-state")).to_contain_text("Op dit apparaat bewaard: 1")
        page.unroute("**/drawing/add")
        page.reload()
        saved(page)
        assert names(page) == ["Ans"]


def test_signing_out_leaves_nothing_that_can_be_read(visit: Visit) -> None:
    with at_the_table(visit, failing="/drawing/") as page:
        page.route("**/drawing/add", lambda route: route.abort("failed"))
        Hand(page).type("buurvrouw Ans")
        expect(page.locator("#drawing-state")).to_contain_text("Op dit apparaat bewaard: 1")
        key = page.evaluate(
            'fetch(location).then(a => a.text()).then(t => t.match(/data-key="([^"]+)/)[1])'
        )
        address = page.url
        page.goto("/account")
        expect(page.get_by_text("nog niet bewaard")).to_be_visible()
        page.get_by_role("button", name="Afmelden", exact=True).click()
        expect(page.get_by_text("Meld je je nu af, dan is het weg.")).to_be_visible()
        page.get_by_role("button", name="Afmelden", exact=True).click()
        page.wait_for_url("**/sign-in")
        assert page.evaluate("localStorage.length") == 0
        sign_in(page)
        page.goto(address)
        again = page.evaluate(
            'fetch(location).then(a => a.text()).then(t => t.match(/data-key="([^"]+)/)[1])'
        )
        assert again != key


def test_two_who_draw_at_once_both_see_what_the_other_did(visit: Visit) -> None:
    with at_the_table(visit, failing="/drawing/") as page, visit(failing="/drawing/") as other:
        Hand(page).type("buurvrouw Ans")
        saved(page)
        sign_in(other)
        other.goto(page.url)
        Hand(page).drag(figure(page, "Ans"), 5)
        saved(page)
        figure(other, "Ans").focus()
        other.keyboard.press("ArrowDown")
        clash = other.locator(".drawing__clash")
        expect(clash).to_contain_text("heel dichtbij")
        expect(clash).to_contain_text("niet zo dichtbij")
        page.reload()
        assert told(page, "Ans")["closeness"] == 5
        clash.get_by_role("button", name="Neem wat ik deed").click()
        saved(other)
        page.reload()
        assert told(page, "Ans")["closeness"] == 2


@pytest.mark.parametrize(
    "name", ["مريم بنت محمد", "👩\u200d👧 Jansen", "<img src=x onerror=alert(1)>"]
)
def test_every_name_is_drawn_as_it_is(visit: Visit, name: str) -> None:
    with at_the_table(visit) as page:
        Hand(page).type(name)
        saved(page)
        page.reload()
        assert page.locator(".board__figure").count() == 1
        figure_ = page.locator(".board__figure").first
        assert figure_.evaluate("e => JSON.parse(e.dataset.told).name") == name


def test_a_finger_that_is_interrupted_leaves_everybody_where_they_were(visit: Visit) -> None:
    with at_the_table(visit, failing="/drawing/") as page:
        Hand(page).type("buurvrouw Ans")
        saved(page)
        was = figure(page, "Ans").bounding_box()
        assert was is not None
        session = page.context.new_cdp_session(page)
        x, y = was["x"] + was["width"] / 2, was["y"] + 20

        def send(kind: str, *points: dict[str, float]) -> None:
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

        send("touchStart", {"x": x, "y": y})
        send("touchMove", {"x": x + 60, "y": y + 60})
        page.context.set_offline(True)
        send("touchCancel")
        assert figure(page, "Ans").bounding_box() == was
        send("touchStart", {"x": x, "y": y})
        send("touchMove", {"x": x - 60, "y": y + 20})
        send("touchEnd")
        expect(page.locator("#drawing-state")).to_contain_text("Op dit apparaat bewaard: 1")
        page.context.set_offline(False)
        saved(page)
        assert told(page, "Ans")["closeness"] is not None


def test_what_is_refused_stays_filled_in(visit: Visit) -> None:
    with at_the_table(visit, failing="/drawing/") as page:
        Hand(page).type("buurvrouw Ans")
        saved(page)
        figure(page, "Ans").tap()
        page.locator("#panel summary").first.tap()
        page.get_by_label("Sinds wanneer?").fill("2100-01-01")
        page.get_by_label("Wat is er nog gezegd?").tap()
        expect(page.get_by_text("Het kan niet na vandaag begonnen zijn.")).to_be_visible()
        expect(page.get_by_label("Sinds wanneer?")).to_have_value("2100-01-01")
        page.get_by_label("Sinds wanneer?").fill("2020-05-01")
        page.get_by_label("Wat is er nog gezegd?").tap()
        saved(page)
        assert told(page, "Ans")["valid_from"] == "2020-05-01"
