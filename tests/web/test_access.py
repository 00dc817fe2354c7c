"""Who gets what: every route, for everybody, from one table."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from netwerk.adapters.memory import MemoryStore
from netwerk.app import create_app
from tests.web.access_of_assessments import OF_ASSESSMENTS
from tests.web.access_of_closing import OF_CLOSING
from tests.web.access_of_effort import OF_EFFORT
from tests.web.access_of_knowledge import OF_KNOWLEDGE
from tests.web.access_of_report import OF_REPORT
from tests.web.access_of_reviews import OF_REVIEWS
from tests.web.access_of_signals import OF_SIGNALS
from tests.web.access_of_stories import OF_STORIES
from tests.web.access_of_subjects import OF_SUBJECTS
from tests.web.access_rules import (
    ACQUAINTED,
    CARRIED,
    COLLEAGUES,
    DIRECTORY,
    KEEPERS,
    WORKERS,
    Rule,
    everybody,
    filled_in,
    in_file,
    keeper,
    only,
)
from tests.web.conftest import SETTINGS, Clock, Visitor, without_what_is_made_once
from tests.web.street import MINE, NEED, ROLES, THEIRS

PEOPLE = ("nobody", *ROLES)
PATH = f"need={NEED}&path=annie,church,coffee"
FAMILY = '{"label_nl":"familie","label_en":"family"}'
QUESTION = {"version": "1", "question": "Nog steeds alleen.", "safety": "none", "needs": [NEED]}
TIE = {
    "version": "1",
    "kind": "friend",
    "approach": "may_ask",
    "contact": "",
    "closeness": "",
    "valence": "",
}
STAGED = "/exchange/import/staged"
RULES: dict[str, list[Rule]] = {
    **OF_KNOWLEDGE,
    **OF_ASSESSMENTS,
    **OF_CLOSING,
    **OF_EFFORT,
    **OF_REPORT,
    **OF_REVIEWS,
    **OF_SIGNALS,
    **OF_STORIES,
    **OF_SUBJECTS,
    "static": [everybody("GET", "/static/css/tokens.css")],
    "account.start": [everybody("GET", "/", 303)],
    "account.sign_in": [
        everybody("GET", "/sign-in"),
        everybody("POST", "/sign-in", 401, username="own", password="wrong"),
    ],
    "account.sign_out": [only(COLLEAGUES, "POST", "/sign-out", 303)],
    "account.own": [
        only(COLLEAGUES, "GET", "/account"),
        only(COLLEAGUES, "POST", "/account", old="wrong", new="x"),
    ],
    "account.end_session": [only(COLLEAGUES, "POST", "/account/sessions/abc/end", 303)],
    "account.set_page": [everybody("POST", "/setting/size/large", 303)],
    "acquaintances.index": [only(ACQUAINTED, "GET", "/acquaintances/?all=1&wijk=x")],
    "acquaintances.spoke": [only(ACQUAINTED, "POST", "/acquaintances/spoke/church", 303)],
    "acquaintances.plan": [
        only(ACQUAINTED, "GET", "/acquaintances/plan/church"),
        only(
            ACQUAINTED,
            "POST",
            "/acquaintances/plan/church",
            who="",
            on="",
        ),
    ],
    "acquaintances.answer": [
        only(ACQUAINTED, "POST", "/acquaintances/plans/nothing/met", 303),
        only(ACQUAINTED, "POST", "/acquaintances/plans/nothing/drop", 303),
    ],
    "acquaintances.present": [
        only(ACQUAINTED, "GET", "/acquaintances/present/church"),
        only(ACQUAINTED, "POST", "/acquaintances/present/church", 303, hours="tu 10:00-12:00"),
    ],
    "administration.index": [only(frozenset({"administrator"}), "GET", "/administration/")],
    "administration.change": [
        only(frozenset({"administrator"}), "POST", "/administration/accounts/mate/disable", 303)
    ],
    "tokens.index": [
        only(frozenset({"administrator"}), "GET", "/administration/tokens/"),
        only(frozenset({"administrator"}), "POST", "/administration/tokens/", name="?"),
    ],
    "tokens.withdraw": [
        only(frozenset({"administrator"}), "POST", "/administration/tokens/abc/withdraw", 400)
    ],
    "advice.index": [in_file("GET", "advice/")],
    "advice.start": [in_file("POST", "advice/", 303)],
    "advice.draft": filled_in("advice/{advice}-draft/draft", needs=[NEED], product=""),
    "advice.show": [in_file("GET", "advice/{advice}-given")],
    "advice.give": [in_file("POST", "advice/{advice}-draft/give", 303, version="1")],
    "advice.renew": [in_file("POST", "advice/{advice}-given/new-version", 303)],
    "advice.withdraw": [in_file("POST", "advice/{advice}-given/withdraw", 303, version="1")],
    "advice.decision": filled_in(
        "advice/{advice}-given/decision", status="refused", on="2026-11-01"
    ),
    "advice.follow": filled_in("advice/{advice}-granted/follow", takeover="whole"),
    "advice.paper": [in_file("GET", "advice/{advice}-given/paper")],
    "advice.document": [in_file("GET", "advice/{advice}-given.pdf")],
    "advice.data": [in_file("GET", "advice/{advice}-given.json")],
    "asks.new": [
        in_file("GET", f"asks/new?{PATH}"),
        in_file("POST", f"asks/new?{PATH}", 303, asked_by="Own", look_again_on="2026-11-16"),
    ],
    "asks.result": [
        in_file("GET", "asks/{ask}"),
        in_file("POST", "asks/{ask}", 303, version="1", outcome="accepted", on="2026-11-01"),
    ],
    "asks.take_back": [in_file("POST", "asks/{ask}/take-back", 303)],
    "cases.index": [only(WORKERS, "GET", "/cases/")],
    "cases.search": [only(WORKERS, "POST", "/cases/", q="annie")],
    "cases.new": [
        only(WORKERS, "GET", "/cases/new"),
        only(WORKERS, "POST", "/cases/new", 303, name="Mies", area="", question="?", safety="none"),
    ],
    "clarify.index": [
        in_file("GET", "clarify/"),
        in_file("POST", "clarify/", 303, version="1", question="Nog steeds alleen."),
    ],
    "duty.index": [in_file("GET", "duty/")],
    "plan.index": [in_file("GET", "plan/")],
    "plan.new_goal": [
        in_file("GET", "plan/goals/new"),
        in_file("POST", "plan/goals/new", 303, text="Ik wil koken.", result=""),
    ],
    "plan.goal": [
        in_file("GET", "plan/goals/{goal}"),
        in_file("POST", "plan/goals/{goal}", 303, version="1", text="Koken", result="reached"),
    ],
    "plan.new_action": [
        in_file("GET", "plan/actions/new"),
        in_file("POST", "plan/actions/new", 303, text="Belt.", who="inhabitant:", goal=""),
    ],
    "plan.action": [
        in_file("GET", "plan/actions/{action}"),
        in_file(
            "POST", "plan/actions/{action}", 303, version="1", text="Ja", who="inhabitant:", goal=""
        ),
    ],
    "plan.close": [in_file("POST", "plan/actions/{action}/close", 303, how="done")],
    "plan.letter": [in_file("GET", "plan/letter")],
    "plan.paper": [in_file("GET", "plan/letter.pdf")],
    "directory.borders": [only(DIRECTORY, "GET", "/partners/areas.geojson")],
    "directory.index": [only(DIRECTORY, "GET", "/partners/")],
    "directory.search": [only(DIRECTORY, "POST", "/partners/", q="koffie")],
    "directory.partner": [only(DIRECTORY, "GET", "/partners/church")],
    "directory.volunteer": [
        only(WORKERS | {"coordinator"}, "GET", "/partners/volunteers/volunteer")
    ],
    "doubles.index": [only(KEEPERS, "GET", "/doubles/")],
    "doubles.pair": [
        only(KEEPERS, "GET", "/doubles/coffee/walk"),
        only(KEEPERS, "POST", "/doubles/coffee/walk", 303, version="1", other_version="1"),
    ],
    "doubles.not_same": [only(KEEPERS, "POST", "/doubles/coffee/walk/not-the-same", 303)],
    "doubles.undo": [only(KEEPERS, "POST", "/doubles/undo/nothing", 404)],
    "exporting.index": [
        only(KEEPERS, "GET", "/exchange/export"),
        only(KEEPERS, "POST", "/exchange/export", 401, kind="csv", reason="folder", password="x"),
    ],
    "importing.index": [
        only(KEEPERS, "GET", "/exchange/import"),
        only(KEEPERS, "POST", "/exchange/import"),
    ],
    "importing.one": [only(KEEPERS, "GET", STAGED)],
    "importing.columns": [only(KEEPERS, "POST", f"{STAGED}/columns", 303, **{"column-0": "name"})],
    "importing.choose": [only(KEEPERS, "POST", f"{STAGED}/choose", 303, all="skip")],
    "importing.enter": [only(KEEPERS, "POST", f"{STAGED}/enter", 303)],
    "importing.undo": [only(KEEPERS, "POST", f"{STAGED}/undo", 400)],
    "importing.drop": [only(KEEPERS, "POST", f"{STAGED}/drop", 303)],
    "drawing.index": [in_file("GET", "drawing/")],
    "drawing.add": [in_file("POST", "drawing/add", 303, line="zus Truus, elke week, koffie")],
    "drawing.understand": [
        only(WORKERS, "POST", "/inhabitants/{person}/drawing/understand", line="zus Truus")
    ],
    "drawing.move": [in_file("POST", "drawing/move/{tie}", 303, version="1", closeness="2")],
    "drawing.tell": [
        in_file(
            "POST",
            "drawing/tell/{tie}",
            303,
            version="1",
            person_version="1",
            name="Bo",
            kind="other",
        )
    ],
    "drawing.gone": [in_file("POST", "drawing/gone/{tie}", 303, version="1")],
    "drawing.know": [in_file("POST", "drawing/know/bo", 404, other="bo")],
    "drawing.take_part": [
        in_file("POST", "drawing/take-part", 303, organization="shelter", how="visitor")
    ],
    "drawing.say_approach": [in_file("POST", "drawing/say/{tie}", 303, approach="support_only")],
    "drawing.pets": [in_file("POST", "drawing/pets", 303, version="1", pets="Minoes")],
    "drawing.paper": [in_file("GET", "drawing/paper")],
    "drawing.pdf_paper": [in_file("GET", "drawing/paper.pdf")],
    "family.index": [in_file("GET", "family/")],
    "family.join": [in_file("POST", "family/", 303, name="Bas")],
    "drawing.undo": [in_file("POST", "drawing/undo", 303)],
    "health.live": [everybody("GET", "/health/live")],
    "health.ready": [everybody("GET", "/health/ready")],
    "health.metrics": [everybody("GET", "/metrics")],
    "inhabitant.index": [in_file("GET", "")],
    "inhabitant.person_facts": [
        in_file("GET", "person"),
        in_file("POST", "person", 303, version="1", name="Annie", area=""),
    ],
    "inhabitant.question": [
        in_file("GET", "question"),
        in_file("POST", "question", 303, **QUESTION),
    ],
    "inhabitant.new_tie": [
        in_file("GET", "ties/new"),
        in_file("POST", "ties/new", 303, name="Cor", **TIE),
    ],
    "inhabitant.change_tie": [
        in_file("GET", "ties/{tie}"),
        in_file("POST", "ties/{tie}", 303, **TIE),
    ],
    "inhabitant.end_tie": [
        in_file("GET", "ties/{tie}/end"),
        in_file("POST", "ties/{tie}/end", 303, on="2026-11-01"),
    ],
    "inhabitant.new_participation": [
        in_file("GET", "participations/new"),
        in_file(
            "POST",
            "participations/new",
            303,
            organization="church",
            how="visitor",
            approach="may_ask",
        ),
    ],
    "inhabitant.end_participation": [
        in_file("GET", "participations/{part}/end"),
        in_file("POST", "participations/{part}/end", 303, on="2026-11-01"),
    ],
    "inhabitant.approach": [in_file("POST", "approach/{tie}", 303, approach="do_not_approach")],
    "inhabitant.talents": [
        in_file("GET", "talents"),
        in_file("POST", "talents", 303, willing="yes", needs=[NEED]),
    ],
    "matching.index": [
        only(frozenset({"coordinator"}), "GET", "/matching"),
        only(frozenset({"coordinator"}), "POST", "/matching", act="again"),
    ],
    "matching.new": [
        in_file("GET", "requests/new"),
        in_file("POST", "requests/new", 303, need=NEED),
    ],
    "matching.show": [
        in_file("GET", "requests/{request}"),
        in_file("POST", "requests/{request}", asked_by=""),
    ],
    "matching.decline": [in_file("POST", "requests/{request}/decline", 303)],
    "matching.withdraw": [in_file("POST", "requests/{request}/withdraw", 303)],
    "network.index": [in_file("GET", "network/?then=2026-01-01")],
    "keeping.index": [keeper("GET", f"/keep/{each}") for each in ("", "services/", "volunteers/")],
    "keeping.search": [keeper("POST", "/keep/volunteers/", q="bo")],
    "keeping.gone": [keeper("GET", "/keep/gone")],
    "keeping.words": [keeper("POST", "/keep/words", words="contact")],
    "keeping.new": [
        keeper("GET", "/keep/services/new?of=church"),
        keeper("GET", "/keep/volunteers/new"),
        keeper("POST", "/keep/organizations/new", 303, was="{}", name="Nieuw", kind=""),
        keeper("POST", "/keep/contacts/new?of=church", 303, was="{}", name="Jo", role="chair"),
    ],
    "keeping.edit": [
        keeper("GET", "/keep/organizations/church/edit"),
        keeper("GET", "/keep/volunteers/bo/edit"),
        keeper("GET", "/keep/helps/bo/VOLUNTEERS_FOR.bo.walk/edit"),
        keeper(
            "POST",
            "/keep/needs/family/edit",
            303,
            was=FAMILY,
            label_nl="f",
            label_en="f",
            parent="",
        ),
    ],
    "keeping.verify": [keeper("POST", "/keep/organizations/church/verify", 303)],
    "keeping.past": [keeper("GET", "/keep/volunteers/bo/history")],
    "keeping.undo": [keeper("POST", "/keep/organizations/church/undo", 404, step="never")],
    "keeping.end": [
        keeper("GET", "/keep/organizations/church/end"),
        keeper("GET", "/keep/contacts/church/CONTACT_FOR.pastor.church/end"),
        keeper("POST", "/keep/services/coffee/end", 303, on="2026-11-30"),
        keeper("POST", "/keep/volunteers/bo/end", 303),
    ],
    "keeping.remove": [
        keeper("POST", "/keep/services/bed/remove", 303),
        keeper("POST", "/keep/organizations/church/remove", 409),
    ],
    "oversight.index": [only(frozenset({"officer"}), "GET", "/oversight/")],
    "partner_link.index": [only(KEEPERS, "GET", "/ask-partners/")],
    "partner_link.invite": [
        only(KEEPERS, "POST", "/ask-partners/", 303, organization="church"),
        only(KEEPERS, "POST", "/ask-partners/", 303),
    ],
    "partner_link.withdraw": [only(KEEPERS, "POST", "/ask-partners/nothing/withdraw", 404)],
    "partner_link.send": [only(KEEPERS, "POST", "/ask-partners/send", 404)],
    "partner_link.decide": [
        only(KEEPERS, "GET", "/ask-partners/nothing", 404),
        only(KEEPERS, "POST", "/ask-partners/nothing", 404),
    ],
    "partner_link.thanks": [everybody("GET", "/partner/thanks")],
    "partner_link.partner": [
        everybody("GET", "/partner/nothing", 404),
        everybody("POST", "/partner/nothing", 404),
    ],
    "paths.index": [in_file("GET", f"paths/?need={NEED}")],
    "shortlist.index": [in_file("GET", "shortlist/")],
    "shortlist.add": [in_file("POST", "shortlist/", 303, record="coffee")],
    "shortlist.change": [in_file("POST", "shortlist/coffee", 303, act="remove")],
    "shortlist.letter": [in_file("GET", "shortlist/letter")],
    "shortlist.paper": [in_file("GET", "shortlist/letter.pdf")],
    "paths.words": [in_file("POST", "paths/", words="contact")],
    "proposals.index": [only(WORKERS, "GET", "/proposals/")],
    "proposals.new": [
        only(WORKERS, "GET", "/proposals/about/church"),
        only(WORKERS, "POST", "/proposals/about/church", 303, kind="closed"),
    ],
    "proposals.one": [only(KEEPERS, "GET", "/proposals/told")],
    "proposals.accept": [only(KEEPERS, "POST", "/proposals/told/accept", 303)],
    "proposals.decline": [only(KEEPERS, "POST", "/proposals/told/decline", 303, answer="Nee.")],
    "todo.index": [only(KEEPERS, "GET", "/todo/")],
    "white_spots.index": [
        only(KEEPERS, "GET", "/white-spots/"),
        only(KEEPERS, "GET", "/white-spots/?domain=family"),
    ],
    "todo.still_right": [only(KEEPERS, "POST", "/todo/still-right/organizations/church", 303)],
}
PROGRAMS: dict[str, Rule] = {}
"""What is for programs: no cookie opens it; what a token opens is in test_api.py."""
for _name, _root in (("hsds_hsds", "/hsds"), ("hsds_oruk", "/hsds/oruk"), ("v1", "/api/v1")):
    PROGRAMS[f"{_name}.openapi"] = everybody("GET", f"{_root}/openapi.json")
for _name, _root in (("hsds_hsds", "/hsds"), ("hsds_oruk", "/hsds/oruk")):
    PROGRAMS[f"{_name}.about"] = everybody("GET", f"{_root}/", 401)
    for _one, _many, _where in (
        ("organization", "organizations", "organizations"),
        ("service", "services", "services"),
        ("place", "places", "service_at_locations"),
        ("taxonomy", "taxonomies", "taxonomies"),
        ("term", "terms", "taxonomy_terms"),
    ):
        PROGRAMS[f"{_name}.{_many}"] = everybody("GET", f"{_root}/{_where}", 401)
        PROGRAMS[f"{_name}.{_one}"] = everybody("GET", f"{_root}/{_where}/x", 401)
for _one in ("organization", "service", "location", "need", "area"):
    PROGRAMS[f"v1.{_one}s"] = everybody("GET", f"/api/v1/{_one}s", 401)
    PROGRAMS[f"v1.{_one}"] = everybody("GET", f"/api/v1/{_one}s/x", 401)
_BACK = re.compile(r'name="back" value="[^"]*"')
"""Where the settings of the page lead back to: what was asked for."""
EVERY = [rule for rules in RULES.values() for rule in rules]
OF_FILES = [rule for rule in EVERY if rule.in_file]


def ask(visitor: Visitor, rule: Rule, ids: dict[str, str] = MINE) -> Any:
    address = rule.address.format(**ids)
    if rule.method == "GET":
        return visitor.get(address)
    return visitor.post(address, rule.sent)


def test_every_route_is_in_the_table(app: Flask) -> None:
    routes = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    table = {(name, rule.method) for name, rules in RULES.items() for rule in rules}
    assert routes == table | {(name, rule.method) for name, rule in PROGRAMS.items()}


def keeps(rule: Rule) -> bool:
    """Whether a form is kept when it comes too late: those that change a file."""
    if rule.address.startswith("/keep/"):
        return "/new" in rule.address or "/edit" in rule.address
    searches = {"/cases/", "/emergency/", "/inhabitants/{person}/paths/"}
    return rule.may in CARRIED and rule.address not in searches


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.name)
def test_who_gets_what(
    rule: Rule,
    who: str,
    visitor: Visitor,
    signed_in: Callable[[str], Visitor],
) -> None:
    someone = visitor if who == "nobody" else signed_in(who)
    answer = ask(someone, rule)
    if rule.may is None or who in rule.may - ({"other"} if rule.in_file else set()):
        assert answer.status_code == rule.answers
    elif who == "nobody" and rule.method == "POST" and keeps(rule):
        assert answer.status_code == 401
        assert "kept-address" in answer.text
    elif who == "nobody":
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in")
    elif who in rule.may:
        assert answer.status_code == 404
    else:
        assert answer.status_code == 403
    paper = answer.mimetype == "application/pdf"
    if not paper and not (who in ("own", "mate") and rule.may == WORKERS):
        assert "Bergman" not in answer.text


@pytest.mark.parametrize("who", PEOPLE)
def test_no_cookie_opens_what_is_for_programs(
    who: str, visitor: Visitor, signed_in: Callable[[str], Visitor]
) -> None:
    someone = visitor if who == "nobody" else signed_in(who)
    answers = {name: ask(someone, rule).status_code for name, rule in PROGRAMS.items()}
    assert answers == {name: rule.answers for name, rule in PROGRAMS.items()}


@pytest.mark.parametrize("rule", OF_FILES, ids=lambda rule: rule.name)
def test_hidden_and_missing_look_alike(rule: Rule, signed_in: Callable[[str], Visitor]) -> None:
    missing = dict.fromkeys(MINE, "nothing")
    own = signed_in("own")
    hidden, absent = ask(own, rule, THEIRS), ask(own, rule, missing)
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert headers(hidden) == headers(absent)
    pages = [_BACK.sub("", without_what_is_made_once(page.text)) for page in (hidden, absent)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    "rule",
    [r for r in OF_FILES if "{person}/" in r.address and r.address.count("{") > 1],
    ids=lambda rule: rule.name,
)
def test_a_record_of_another_file_is_not_reached_through_ones_own(
    rule: Rule, signed_in: Callable[[str], Visitor]
) -> None:
    mixed = THEIRS | {"person": MINE["person"]}
    assert ask(signed_in("own"), rule, mixed).status_code == 404


def headers(answer: Any) -> dict[str, str]:
    told = dict(answer.headers)
    told.pop("Content-Length", None)
    told.pop("Set-Cookie", None)
    return told


def test_a_route_that_says_nothing_is_shut(store: MemoryStore, clock: Clock) -> None:
    app = create_app(SETTINGS, store, clock)
    app.add_url_rule("/forgotten", "forgotten", lambda: "everything")
    own = Visitor(app)
    own.signs_in("own")
    answer = own.get("/forgotten")
    assert (answer.status_code, "everything" in answer.text) == (403, False)


@pytest.mark.parametrize(
    "rule", [r for r in EVERY if r.method != "GET"], ids=lambda rule: rule.name
)
def test_nothing_is_changed_without_the_token_against_forgery(
    rule: Rule, signed_in: Callable[[str], Visitor]
) -> None:
    who = next(iter(sorted(rule.may - {"other", "mate"}))) if rule.may else "own"
    someone = signed_in(who)
    sent = {"operation": "0" * 32, **rule.sent}
    answer = someone.client.post(rule.address.format(**MINE), data=sent)
    assert answer.status_code == 400
