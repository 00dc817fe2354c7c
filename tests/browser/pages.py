"""Every page of the demo, by name: what is looked at, by people and by the tests."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from playwright.sync_api import FilePayload, Page

from tests.browser.visiting import DE_WIT, sign_in


def nothing(_: Page) -> None:
    """Leave the page as it came."""


@dataclass(frozen=True)
class Shown:
    """A page: who looks, where, and what they do there first."""

    name: str
    address: str
    who: str = "samira"
    act: Callable[[Page], None] = nothing


def follow(selector: str) -> Callable[[Page], None]:
    """Return what follows the first link that fits."""

    def act(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state()

    return act


def _together(page: Page) -> None:
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/together/knowing-*")


def _why(page: Page) -> None:
    page.locator("details.why summary").first.click()


def _typed(page: Page) -> None:
    page.locator("#words").press_sequentially("eenzam", delay=20)
    page.locator("#matches a").first.wait_for()


def _wrong(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("alert").wait_for()


def _not_opened(page: Page) -> None:
    page.locator("a[href$='/open']").first.click()
    page.wait_for_url("**/open")
    _wrong(page)


def _listed(page: Page) -> None:
    page.goto(f"{DE_WIT}paths/")
    if page.locator(".listed__add button").count() > 0:
        page.locator(".listed__add button").first.click()
        page.locator(".listed__there").first.wait_for()
    page.goto(f"{DE_WIT}shortlist/")


def _searched(page: Page) -> None:
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#q").fill("schulden")
    page.locator(".area-map__marker").first.wait_for()
    page.wait_for_timeout(200)


def _nothing_found(page: Page) -> None:
    page.locator("#q").fill("xyzzy")
    page.get_by_text("Niets past bij dit alles").wait_for()


def _lettered(page: Page) -> None:
    _listed(page)
    page.goto(f"{DE_WIT}shortlist/letter")


def _planned(page: Page) -> None:
    page.get_by_label("Welke dag?").fill((datetime.now(UTC) + timedelta(days=2)).date().isoformat())
    page.locator("input[name=participants]").first.check()
    page.get_by_role("button", name="Opslaan").click()
    page.locator("#seats").wait_for()


def _brought(page: Page) -> None:
    """Plan a session of its own, and bring the case to it."""
    _planned(page)
    key = page.url.partition("?")[0].rpartition("/")[2]
    page.goto(f"{DE_WIT}review")
    page.get_by_label("Op welk overleg?").select_option(key)
    page.get_by_label("Wat is de vraag?").fill("Zit veel alleen. Wie weet iets?")
    page.get_by_label("En de vraag achter de vraag?").fill("")
    page.get_by_role("button", name="Breng deze casus in").click()
    page.locator("#case-A").wait_for()


def _talked(page: Page) -> None:
    _brought(page)
    page.locator("a[href*='/cases/item-']").first.click()
    page.locator(".review__question").wait_for()


def _deciding(page: Page) -> None:
    _talked(page)
    page.locator("a[href$='/notes']").click()
    page.get_by_label("Wat besluiten we?").wait_for()


def _minutes(page: Page) -> None:
    _brought(page)
    page.locator("a[href$='/minutes']").first.click()
    page.locator(".letter").wait_for()


def _two_versions(page: Page) -> None:
    """Let somebody else change the first service while it is open, and save."""
    page.locator("ul.rows a").first.click()
    page.get_by_label("Naam").wait_for()
    was = page.locator("input[name=was]")
    was.evaluate("e => e.value = JSON.stringify({...JSON.parse(e.value), cost: '500 euro'})")
    page.get_by_label("Wat kost het?").fill("2 euro")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("heading", name="Wat wil je houden?").wait_for()


def _history(page: Page) -> None:
    """Change the first service, and look at what changed."""
    page.locator("ul.rows a").first.click()
    page.get_by_label("Voor wie is het?").fill(f"buren {datetime.now(UTC)}")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_text("Opgeslagen.").wait_for()
    page.get_by_role("link", name="Wat er veranderde, en terug").click()
    page.get_by_role("button", name="Zet terug").first.wait_for()


def _ending(page: Page) -> None:
    page.locator("ul.rows a").first.click()
    page.get_by_role("link", name="Deze organisatie stopt").click()
    page.get_by_label("Vanaf welke dag?").wait_for()


def _told(key: str, what: str, new: str) -> Callable[[Page], None]:
    """Let Samira tell that something about a club is not right; look at it as who decides."""

    def act(page: Page) -> None:
        page.goto(f"/partners/{key}")
        name = page.get_by_role("heading", level=1).inner_text()
        page.get_by_role("link", name="Dit klopt niet").first.click()
        page.get_by_label(what).check()
        page.get_by_label("Wat is het nieuwe adres").fill(new)
        page.get_by_role("button", name="Vertel het de coördinator").click()
        page.get_by_text("Dank je").wait_for()
        page.context.clear_cookies()
        sign_in(page, "coordinator")
        page.goto("/todo/?all=proposals")
        page.get_by_role("link", name=re.compile(f"Bekijk het.*{re.escape(name)}")).first.click()
        page.get_by_role("heading", name="Het klopt wat je collega zegt").wait_for()

    return act


def _moved(page: Page) -> None:
    _told("sport6", "Het zit nu ergens anders", "Badlaan 3, 5709 AB Helmond")(page)
    page.get_by_role("link", name="Bekijk het ingevulde formulier").click()
    page.get_by_text("zet ook de speld").wait_for()


def _linked(page: Page) -> None:
    """Ask a partner, and follow the link of its letter."""
    page.get_by_role("button", name=re.compile("^Stuur een bericht")).first.click()
    page.get_by_role("heading", name="Berichten die klaarstaan").wait_for()
    letter = page.locator("textarea").first.input_value()
    found = re.search(r"/partner/\S+", letter)
    assert found is not None
    page.goto(found[0])


def _answered(page: Page) -> None:
    """Let a partner answer, and look at it."""
    _linked(page)
    page.locator("textarea").last.fill("Wij zijn verhuisd naar de kade.")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/partner/thanks")
    page.goto("/ask-partners/")
    page.get_by_role("link", name=re.compile("^Bekijk")).first.click()
    page.get_by_role("heading", name=re.compile("^Wat .* zegt")).wait_for()


def _given(page: Page) -> None:
    lines = [
        "Naam;Soort;Tel.;Adres;Postcode;Contactpersoon;Aanbod;Helpt bij;Opmerking",
        "Inloop De Brug (verzonnen);kark;0492 12;Laan 1;57 AB;Bea;Koffie;schulden, eenzaam;let op",
        "Wijkhuis De Terp;buurthuis;0492 123456;;;;Eettafel;eenzaamheid;",
        ";kerk;;;;;;;",
    ]
    content = "\n".join(lines).encode("cp1252")
    file = FilePayload(name="partners.csv", mimeType="text/csv", buffer=content)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Bekijk het bestand").click()
    page.wait_for_url("**/exchange/import/*")


def _compared(page: Page) -> None:
    _given(page)
    page.get_by_role("button", name="Vergelijk").click()
    page.locator(".entries").wait_for()


def _drawn_who(page: Page) -> None:
    page.locator(".board__figure").first.click()
    page.get_by_label("Naam").wait_for()


def _drawn_ask(page: Page) -> None:
    page.get_by_role("link", name="Als laatste").click()
    page.get_by_role("button", name="Ja, dat mag").wait_for()


def _found(page: Page) -> None:
    page.get_by_label("De hele naam").fill("Mevrouw De Wit")
    page.get_by_label("Voor welk verzoek?").fill("Verzoek om inzage, brief van 2 november.")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("button", name="Dit is diegene").first.wait_for()


def _request(page: Page) -> None:
    _found(page)
    page.get_by_role("button", name="Dit is diegene").first.click()
    page.get_by_role("link", name="Wat we hebben").wait_for()


def _request_read(page: Page) -> None:
    _request(page)
    page.get_by_role("link", name="Wat we hebben").click()
    page.locator("main.letter").wait_for()


def _not_right(page: Page) -> None:
    page.get_by_role("link", name="Klopt dit niet?").nth(2).click()
    page.get_by_label("Wat klopt er niet").fill("Ik kook niet graag, ik kan het goed.")


def _noted(page: Page) -> None:
    _not_right(page)
    page.get_by_role("button", name="Schrijf het op").click()
    page.get_by_role("link", name="Geef antwoord").first.wait_for()


def _answering(page: Page) -> None:
    _noted(page)
    page.get_by_role("link", name="Geef antwoord").first.click()
    page.get_by_label("niet aangepast, wel erbij gezet").check()


def _withdrawn(page: Page) -> None:
    page.goto(f"{DE_WIT}drawing/paper")
    page.goto(DE_WIT)
    row = page.locator("li.tie", has_text="schoonzus Sjaan")
    row.get_by_role("button", name="Met rust laten").click()
    page.locator(".tie__papers").wait_for()


def _domain(page: Page) -> None:
    page.locator(".domain summary").first.click()


def _request_export(page: Page) -> None:
    _request(page)
    page.get_by_role("link", name="Maak de zip").click()
    page.get_by_role("button", name="Maak de zip").wait_for()


def _request_erase(page: Page) -> None:
    _request(page)
    page.get_by_role("link", name="Bekijk wat er weggaat").click()
    page.get_by_role("button", name="Wis voorgoed").wait_for()


def _advised(page: Page) -> None:
    page.locator("main .utrecht-button--primary-action").first.click()
    page.get_by_label("Waarom is specialistische hulp nodig?").wait_for()


SMEETS: Final = "/inhabitants/p-smeets/"
PAGES: Final = [
    Shown("sign-in", "/sign-in", who=""),
    Shown("missing", "/nothing", who=""),
    Shown("cases", "/cases/"),
    Shown("new-case", "/cases/new"),
    Shown("inhabitant", DE_WIT),
    Shown("person", f"{DE_WIT}person"),
    Shown("question", f"{DE_WIT}question"),
    Shown("talents", f"{DE_WIT}talents"),
    Shown("tie-new", f"{DE_WIT}ties/new"),
    Shown("participation", f"{DE_WIT}participations/new"),
    Shown("tie-wrong", f"{DE_WIT}ties/new", act=_wrong),
    Shown(
        "tie-change",
        DE_WIT,
        act=follow("a[href*='/ties/tie'], a[href*='/ties/']:not([href$='new']):not([href$='end'])"),
    ),
    Shown("tie-end", DE_WIT, act=follow("a[href$='/end']")),
    Shown("paths", f"{DE_WIT}paths/"),
    Shown("paths-why", f"{DE_WIT}paths/", act=_why),
    Shown("paths-typed", f"{DE_WIT}paths/", act=_typed),
    Shown("ask-new", f"{DE_WIT}paths/", act=follow("a[href*='asks/new']")),
    Shown("ask-own", f"{DE_WIT}paths/", act=follow("a[href*='asks/own']")),
    Shown("ask-result", "/cases/", act=follow("a[href*='/asks/']")),
    Shown("advice", f"{DE_WIT}advice/"),
    Shown("advice-draft", f"{DE_WIT}advice/", act=_advised),
    Shown("advice-given", f"{SMEETS}advice/advice-01"),
    Shown("advice-decision", f"{SMEETS}advice/advice-01/decision"),
    Shown("advice-granted", "/inhabitants/p-vossenberg/advice/advice-02"),
    Shown("advice-follow", "/inhabitants/p-vossenberg/advice/advice-02/follow"),
    Shown("advice-paper", f"{SMEETS}advice/advice-01/paper"),
    Shown("directory", "/partners/", act=_searched),
    Shown("directory-filters", "/partners/?wheelchair=1"),
    Shown("directory-empty", "/partners/", act=_nothing_found),
    Shown("network", f"{DE_WIT}network/?then=2026-01-01"),
    Shown("network-without", f"{DE_WIT}network/", act=follow(".what-if__who")),
    Shown("clarify", f"{DE_WIT}clarify/", act=_domain),
    Shown("duty", f"{DE_WIT}duty/"),
    Shown("plan", f"{DE_WIT}plan/"),
    Shown(
        "plan-goal",
        f"{DE_WIT}plan/",
        act=follow(".goal a[href*='/plan/goals/']"),
    ),
    Shown("plan-action", f"{DE_WIT}plan/actions/new"),
    Shown("timeline", f"{DE_WIT}timeline/"),
    Shown("timeline-network", f"{DE_WIT}timeline/?kind=network"),
    Shown("sheets", f"{DE_WIT}assessments/"),
    Shown("sheet-new", f"{DE_WIT}assessments/new/self_sufficiency"),
    Shown("sheet-numbers", f"{DE_WIT}assessments/new/lsns_6"),
    Shown(
        "sheet-remove",
        f"{DE_WIT}assessments/",
        act=follow("a[href$='/remove']"),
    ),
    Shown("plan-letter", f"{DE_WIT}plan/letter"),
    Shown("drawing", f"{DE_WIT}drawing/"),
    Shown("drawing-who", f"{DE_WIT}drawing/", act=_drawn_who),
    Shown("drawing-ask", f"{DE_WIT}drawing/", act=_drawn_ask),
    Shown("drawing-paper", f"{DE_WIT}drawing/paper"),
    Shown("family", f"{DE_WIT}family/"),
    Shown("signals", "/signals/"),
    Shown("signal-new", "/signals/new"),
    Shown("signal-wrong", "/signals/new", act=_wrong),
    Shown("signal-done", "/signals/", act=follow(".rows a")),
    Shown("reviews", "/reviews/"),
    Shown("reviews-proposed", "/reviews/proposed"),
    Shown("review-new", "/reviews/new"),
    Shown("review-wrong", "/reviews/new", act=_wrong),
    Shown("closing", f"{DE_WIT}close"),
    Shown("closed", "/cases/closed/"),
    Shown("open-again", "/cases/closed/", act=follow("a[href$='/open']")),
    Shown("open-again-wrong", "/cases/closed/", act=_not_opened),
    Shown("closing-wrong", f"{DE_WIT}close", act=_wrong),
    Shown("effort", f"{DE_WIT}effort/"),
    Shown("effort-new", f"{DE_WIT}effort/new"),
    Shown("effort-change", f"{DE_WIT}effort/", act=follow("a[href*='/effort/of/']")),
    Shown("scaling", f"{DE_WIT}effort/scaling/new"),
    Shown("scaling-change", f"{DE_WIT}effort/", act=follow("a[href*='/scaling/c-']")),
    Shown("review-bring", f"{DE_WIT}review"),
    Shown("review", "/reviews/new", act=_brought),
    Shown("review-case", "/reviews/new", act=_talked),
    Shown("review-notes", "/reviews/new", act=_deciding),
    Shown("review-minutes", "/reviews/new", act=_minutes),
    Shown("matching", "/matching", who="coordinator"),
    Shown("request-new", f"{DE_WIT}requests/new"),
    Shown("request", DE_WIT, act=follow("a[href*='/requests/rq-']")),
    Shown("partner", "/partners/terp"),
    Shown("volunteer", "/partners/volunteers/v-001"),
    Shown("todo", "/todo/", who="coordinator"),
    Shown("who_knows", f"{DE_WIT}who-knows"),
    Shown("knowing_new", "/knowledge/together/new"),
    Shown("knowing", "/knowledge/together/new", act=_together),
    Shown("knowledge_colleague", "/knowledge/", act=follow("a[href*='/knowledge/colleagues/']")),
    Shown("training", "/knowledge/training/"),
    Shown("training_new", "/knowledge/training/new?need=money.debts"),
    Shown("training_change", "/knowledge/training/", act=follow("a[href*='/training/training-']")),
    Shown("knowledge", "/knowledge/"),
    Shown("knowledge_money", "/knowledge/?domain=money"),
    Shown("knowledge_mine", "/knowledge/mine"),
    Shown("acquaintances", "/acquaintances/"),
    Shown("introduction", "/acquaintances/", act=follow("a[href*='/acquaintances/plan/']")),
    Shown("presence", "/acquaintances/", act=follow("a[href*='/acquaintances/present/']")),
    Shown("ask-partners", "/ask-partners/", who="coordinator"),
    Shown("partner-link", "/todo/", who="coordinator", act=_linked),
    Shown("partner-answer", "/todo/", who="coordinator", act=_answered),
    Shown("partner-thanks", "/partner/thanks", who=""),
    Shown("report", "/report/"),
    Shown("report-all", "/report/", who="coordinator"),
    Shown("report-of-no-team", "/report/", who="reviewer"),
    Shown("report-costs", "/report/costs"),
    Shown("report-costs-wrong", "/report/costs?hours_low=9&hours_high=3&rate_low=veel"),
    Shown("stories", f"{DE_WIT}stories/"),
    Shown("stories-wrong", f"{DE_WIT}stories/", act=_wrong),
    Shown("stories-team", "/stories/"),
    Shown("stories-take-back", "/stories/", who="coordinator"),
    Shown("learning", "/learning/"),
    Shown("learning-decide", "/learning/tie.neighbour", who="coordinator"),
    Shown("learning-decide-wrong", "/learning/tie.neighbour", who="coordinator", act=_wrong),
    Shown("white-spots", "/white-spots/", who="coordinator"),
    Shown("doubles", "/doubles/", who="coordinator"),
    Shown("double", "/todo/", who="coordinator", act=follow("a.utrecht-button[href^='/doubles/']")),
    Shown("proposals", "/proposals/"),
    Shown(
        "proposal",
        "/proposals/",
        act=_told("sport5", "Het telefoonnummer is anders", "0492 111222"),
    ),
    Shown("proposal-form", "/proposals/", act=_moved),
    Shown("proposal-new", "/partners/terp", act=follow("a[href*='/proposals/about/']")),
    Shown("shortlist", f"{DE_WIT}shortlist/", act=_listed),
    Shown("shortlist-letter", f"{DE_WIT}shortlist/letter", act=_lettered),
    Shown("keep", "/keep/", who="coordinator"),
    Shown("keep-organization", "/keep/", who="coordinator", act=follow("ul.rows a")),
    Shown("keep-service", "/keep/services/", who="coordinator", act=follow("ul.rows a")),
    Shown("keep-volunteer", "/keep/volunteers/", who="coordinator", act=follow("ul.rows a")),
    Shown("keep-place", "/keep/locations/", who="coordinator", act=follow("ul.rows a")),
    Shown("keep-two", "/keep/services/", who="coordinator", act=_two_versions),
    Shown("keep-history", "/keep/services/", who="coordinator", act=_history),
    Shown("keep-end", "/keep/", who="coordinator", act=_ending),
    Shown("importing", "/exchange/import", who="coordinator"),
    Shown("importing-columns", "/exchange/import", who="coordinator", act=_given),
    Shown("importing-preview", "/exchange/import", who="coordinator", act=_compared),
    Shown("exporting", "/exchange/export", who="coordinator"),
    Shown("account", "/account"),
    Shown("administration", "/administration/", who="administrator"),
    Shown("tokens", "/administration/tokens/", who="administrator"),
    Shown("oversight", "/oversight/", who="privacy-officer"),
    Shown("emergency", "/emergency/"),
    Shown("own-file", f"{DE_WIT}own-file/"),
    Shown("own-file-letter", f"{DE_WIT}own-file/letter"),
    Shown("not-right", f"{DE_WIT}own-file/", act=_not_right),
    Shown("corrections", f"{DE_WIT}own-file/", act=_noted),
    Shown("correction-answer", f"{DE_WIT}own-file/", act=_answering),
    Shown("papers", DE_WIT, act=_withdrawn),
    Shown("subjects", "/subjects/", who="privacy-officer"),
    Shown("subject-found", "/subjects/", who="privacy-officer", act=_found),
    Shown("subject", "/subjects/", who="privacy-officer", act=_request),
    Shown("subject-file", "/subjects/", who="privacy-officer", act=_request_read),
    Shown("subject-export", "/subjects/", who="privacy-officer", act=_request_export),
    Shown("subject-erase", "/subjects/", who="privacy-officer", act=_request_erase),
    Shown("retention", "/oversight/retention", who="privacy-officer"),
    Shown("refused", "/administration/"),
]
