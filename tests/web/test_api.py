"""The interfaces for programs: what opens them, what they tell, and what never is in them."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netwerk.adapters.memory import MemoryStore
from netwerk.app import create_app
from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.errors import (
    InvalidInputError,
    NetwerkError,
    NotVisibleError,
    StoreUnavailableError,
)
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.records import Record, Subgraph
from netwerk.exchange.hsds.standard import standard
from netwerk.usecases import tokens
from netwerk.web.routes import hsds, v1
from netwerk.web.security import limiter
from tests.builders import memory_store
from tests.exchange.hsds_worlds import municipality
from tests.web.conftest import SETTINGS, Clock, Visitor
from tests.worlds import in_order, link, node, worlds

DAY = date(2026, 11, 2)
ALL = ("directory:read", "hsds:read")
MASKED: list[Record] = [
    node("Organization", "shelter", name="Opvang", kind="welfare", description="Opvang."),
    node("Service", "bed", name="Bed", formality="specialist", hours=["mo 09:00-12:00"]),
    node(
        "Location",
        "secret",
        name="Huis aan de Geheimlaan",
        address="Geheimlaan 1",
        postcode="5701 AB",
        city="Geheimstad",
        point=[5.61, 51.41],
        masked=True,
    ),
    node("Area", "BU1", code="BU1", name="Geheimbuurt", level="neighbourhood"),
    link("PROVIDES", "shelter", "bed"),
    link("LOCATED_AT", "bed", "secret"),
    link("LOCATED_AT", "shelter", "secret"),
    link("IN_AREA", "secret", "BU1"),
]


class Program:
    """A program with a token."""

    def __init__(self, app: Flask, store: MemoryStore, *scopes: str, days: int = 9) -> None:
        new = tokens.NewToken(name="a program", scopes=scopes, days=days)
        self.token, self.secret = tokens.make(store, "test", DAY, new)
        self.client: FlaskClient = app.test_client(use_cookies=False)

    def get(self, path: str, *, limited: bool = False) -> Any:
        if not limited:
            limiter.reset()  # it counts for this process, whatever the application
        bearer = {"Authorization": f"Bearer {self.secret}"}
        return self.client.get(path, headers=bearer, buffered=True)


def program(records: list[Record], *scopes: str) -> Program:
    store = memory_store(records)
    return Program(create_app(SETTINGS, store, Clock()), store, *(scopes or ALL))


@pytest.fixture(scope="module")
def town() -> Program:
    return program(list(in_order(municipality())))


def addresses(asked: Program, most: int = 30) -> list[str]:
    """Return an address of every operation, of each row that there is."""
    found = []
    for interface in (hsds.interface, hsds.oruk_interface, v1.interface):
        for each in interface.operations:
            path = interface.root + each.path
            if "{id}" in path:
                listed = asked.get(path.removesuffix("/{id}")).get_json()
                rows = listed.get("contents", listed.get("items"))
                found += [path.replace("{id}", row["id"]) for row in rows[:most]]
            else:
                found.append(path)
    return [*found, "/hsds/services?full=true", "/hsds/organizations?full=true&full_service=true"]


def test_a_token_opens_what_it_is_for_and_nothing_else(app: Flask, store: MemoryStore) -> None:
    for scope, opens, shut in (
        ("hsds:read", "/hsds/services", "/api/v1/services"),
        ("directory:read", "/api/v1/services", "/hsds/services"),
    ):
        reader = Program(app, store, scope)
        assert reader.get(opens).status_code == 200
        assert reader.get(shut).status_code == 403
        for page in ("/partners/", "/cases/", "/administration/", "/account"):
            assert reader.get(page).status_code == 303


def test_a_token_ends_when_it_is_withdrawn_and_when_its_days_are_over(
    app: Flask, store: MemoryStore, clock: Clock
) -> None:
    reader, other = Program(app, store, *ALL), Program(app, store, *ALL, days=2)
    tokens.withdraw(store, "test", reader.token.id)
    assert reader.get("/hsds/services").status_code == 401
    assert other.get("/hsds/services").status_code == 200
    clock.wait(days=2)
    refused = other.get("/hsds/services")
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_only_the_hash_of_a_token_is_kept_and_every_act_is_logged(
    app: Flask, store: MemoryStore
) -> None:
    reader = Program(app, store, "hsds:read")
    for _ in range(3):
        reader.get("/hsds/services")
    tokens.withdraw(store, "test", reader.token.id)
    kept = json.dumps([list(each) for each in store.system_records()], default=str)
    assert reader.secret not in kept
    events = [entry.event for entry in store.audit_entries()]
    told = [event.action for event in events if "token" in event.details]
    assert told == ["make-token", "use-token", "withdraw-token"]
    assert reader.secret not in json.dumps([event.to_json() for event in events])


def test_no_session_opens_an_interface_and_no_other_word_does(signed_in: Any, app: Flask) -> None:
    worker: Visitor = signed_in("own")
    client = app.test_client(use_cookies=False)
    assert worker.get("/hsds/services").status_code == 401
    for word in ("Bearer", "Bearer nw_x", "Basic bm93", "Bearer " + "x" * 5000, "nw_x"):
        assert client.get("/api/v1/needs", headers={"Authorization": word}).status_code == 401


def test_open_data_opens_hsds_to_everybody_and_the_rest_to_nobody(store: MemoryStore) -> None:
    client = create_app(replace(SETTINGS, open_data=True), store, Clock()).test_client()
    assert client.get("/hsds/services").status_code == 200
    assert client.get("/hsds/oruk/").status_code == 200
    assert client.get("/api/v1/services").status_code == 401


def test_a_program_that_asks_too_much_has_to_wait_and_others_do_not(
    app: Flask, store: MemoryStore
) -> None:
    eager, other = Program(app, store, *ALL), Program(app, store, *ALL)
    limiter.reset()
    answers = [eager.get("/api/v1/needs?x", limited=True).status_code for _ in range(601)]
    assert (answers[599], answers[600]) == (400, 429)
    assert eager.get("/api/v1/needs", limited=True).content_type == "application/problem+json"
    assert other.get("/api/v1/needs", limited=True).status_code == 200


@pytest.mark.parametrize("root", ["/hsds", "/hsds/oruk", "/api/v1"])
def test_what_goes_wrong_is_a_problem_that_tells_nothing(root: str, town: Program) -> None:
    for path, status in (
        ("/services/nothing", 404),
        ("/services/", 404),
        ("/nothing", 404),
        ("/services?x=<script>", 400),
        ("/services?page=0", 400),
        ("/services?page=1&page=2", 400),
        ("/services?search=", 400),
    ):
        answer = town.get(root + path)
        assert answer.status_code == status, path
        assert answer.content_type == "application/problem+json"
        assert {"status", "title", "detail"} <= set(answer.get_json())
        assert "script" not in answer.text
        assert answer.headers["API-Version"] == "1.0.0"
    posted = town.client.post(f"{root}/services")
    assert (posted.status_code, posted.content_type) == (405, "application/problem+json")
    assert "GET" in posted.headers["Allow"]
    assert "Access-Control-Allow-Origin" not in posted.headers


def test_all_faults_of_a_question_are_named_at_once(town: Program) -> None:
    answer = town.get("/hsds/services?page=0&per_page=x&day=XX&more=1&start_time=25:00")
    named = {each["name"] for each in answer.get_json()["errors"]}
    assert named == {"page", "per_page", "day", "more", "start_time"}


def test_a_failure_tells_nothing_of_itself(
    store: MemoryStore, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Program(app, store, *ALL)

    def broken(*_: Any) -> None:
        raise RuntimeError("Annie Bergman")

    monkeypatch.setattr("netwerk.usecases.publishing.published", broken)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = reader.get("/api/v1/services")
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert "Annie" not in answer.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (StoreUnavailableError("bolt://secret"), 503),
        (NotVisibleError(), 404),
        (InvalidInputError("Annie Bergman"), 400),
    ],
)
def test_our_own_errors_are_problems_that_tell_nothing_too(
    store: MemoryStore,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    error: NetwerkError,
    status: int,
) -> None:
    reader = Program(app, store, *ALL)

    def broken(*_: Any) -> None:
        raise error

    monkeypatch.setattr("netwerk.usecases.publishing.published", broken)
    answer = reader.get("/hsds/services")
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert "secret" not in answer.text
    assert "Annie" not in answer.text


def test_every_row_holds_to_the_published_schema(town: Program) -> None:
    for root, name in (("/hsds", "hsds"), ("/hsds/oruk", "oruk")):
        for table, path in (
            ("organization", "organizations?per_page=100&full=true&full_service=true"),
            ("service", "services?per_page=100&full=true"),
            ("service_at_location", "service_at_locations?per_page=100&full=true"),
            ("taxonomy", "taxonomies"),
            ("taxonomy_term", "taxonomy_terms?per_page=100"),
        ):
            rows = town.get(f"{root}/{path}").get_json()["contents"]
            assert rows
            for row in rows:
                assert not list(standard(name).errors(table, row))


def test_pages_follow_each_other_without_gaps(town: Program) -> None:
    whole = [row["id"] for row in town.get("/hsds/services?minimal=true").get_json()["contents"]]
    found: list[str] = []
    page = 1
    while True:
        answer = town.get(f"/hsds/services?page={page}&per_page=100").get_json()
        found += [row["id"] for row in answer["contents"]]
        if answer["last_page"]:
            break
        page += 1
    assert found == whole
    beyond = town.get("/hsds/services?page=99").get_json()
    assert (beyond["empty"], beyond["contents"]) == (True, [])
    lines = town.get("/hsds/services?format=ndjson").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == whole
    linked, address = [], "/api/v1/services?pageSize=100"
    while address:
        answer = town.get(address).get_json()
        linked += [row["id"] for row in answer["items"]]
        address = answer["links"]["next"]
    assert linked == whole


def ids(town: Program, address: str) -> set[str]:
    return {row["id"] for row in town.get(address).get_json()["contents"]}


FOUND: list[Record] = [
    node("Organization", "a", name="Alfa", kind="church"),
    node(
        "Service",
        "s1",
        name="Koffie",
        formality="informal",
        age_min=18,
        age_max=65,
        hours=["tu 10:00-12:00"],
    ),
    node("Service", "s2", name="Soep", formality="general", hours=["mo-fr 17:00-19:00"]),
    node("Need", "debts", label_nl="schulden", label_en="debts", synonyms_nl=["rood staan"]),
    node("Location", "l1", postcode="5701AB", point=[5.65, 51.48]),
    node("Location", "l2", postcode="5702 CD", point=[5.66, 51.48]),
    link("PROVIDES", "a", "s1"),
    link("PROVIDES", "a", "s2"),
    link("ADDRESSES", "s1", "debts"),
    link("LOCATED_AT", "s1", "l1"),
    link("LOCATED_AT", "s2", "l2"),
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("services?search=koffie", 1),
        ("services?search=ROOD staan", 1),
        ("services?search=alfa", 2),
        ("services?search=niets", 0),
        ("services?minimum_age=18", 1),
        ("services?minimum_age=19", 0),
        ("services?maximum_age=64", 0),
        ("services?maximum_age=65", 1),
        ("services?day=TU", 2),
        ("services?day=TU&end_time=12:00", 1),
        ("services?start_time=17:00", 1),
        ("services?day=SA", 0),
        ("services?organization_id=x", 0),
        ("services?taxonomy_term_id=x", 0),
        ("services?taxonomy_id=x", 0),
        ("services?modified_after=2030-01-01T00:00:00Z", 2),
        ("service_at_locations?postcode=5701", 1),
        ("service_at_locations?postcode=5702CD", 1),
        ("service_at_locations?postcode=5701AB&proximity=100", 1),
        ("service_at_locations?postcode=5701AB&proximity=1000", 2),
        ("service_at_locations?postcode=9999&proximity=1000", 0),
        ("service_at_locations?proximity=1", 2),
        ("organizations?search=alf", 1),
        ("taxonomies?search=hulpvragen", 1),
        ("taxonomy_terms?search=debts", 1),
        ("taxonomy_terms?parent_id=x", 0),
    ],
)
def test_filters_find_what_they_say(asked: str, found: int) -> None:
    reader = program([*FOUND])
    for root in ("/hsds", "/hsds/oruk"):
        assert len(ids(reader, f"{root}/{asked}")) == found


def test_what_changed_since_a_moment_is_found_and_says_when() -> None:
    store = memory_store([*FOUND])
    reader = Program(create_app(SETTINGS, store, Clock()), store, *ALL)
    keeper = Scope(viewer=OPERATOR, purpose=Purpose.DIRECTORY, as_of=DAY)
    for name, service in (("a", "s1"), ("b", "s1"), ("c", "s2")):
        with store.directory_work(keeper, OperationId(name)) as work:
            known = work.around({NodeId(service)}).nodes[NodeId(service)]
            work.save(known.with_properties(audience=name))
    rows = reader.get("/hsds/services?minimal=true").get_json()["contents"]
    assert {row["modified_date"][:10] for row in rows} == {"2026-11-02"}
    for moment, found in (("2026-11-02T09:00:00Z", 2), ("2026-11-02T10:00:01%2B01:00", 0)):
        assert len(ids(reader, f"/hsds/services?modified_after={moment}")) == found
    beyond = reader.get("/hsds/services?modified_after=0001-01-01T00:00:00%2B01:00")
    assert beyond.status_code == 400


def test_terms_find_services_and_who_offers_them() -> None:
    reader = program([*FOUND])
    term = reader.get("/hsds/taxonomy_terms?search=debts").get_json()["contents"][0]
    for asked in (
        f"taxonomy_term_id={term['id']}",
        f"taxonomy_id={term['taxonomy_detail']['id']}",
    ):
        assert len(ids(reader, f"/hsds/services?{asked}")) == 1
        assert len(ids(reader, f"/hsds/organizations?{asked}")) == 1
    below = reader.get(f"/hsds/taxonomy_terms?taxonomy_id={term['taxonomy_detail']['id']}")
    assert len(below.get_json()["contents"]) == 1
    need = reader.get("/api/v1/needs?search=debts").get_json()["items"][0]
    found = reader.get(f"/api/v1/services?needId={need['id']}&lang=en").get_json()["items"]
    assert [each["name"] for each in found] == ["Koffie"]
    assert found[0]["needs"][0]["name"] == "debts"


def test_a_masked_place_stays_masked_in_every_answer() -> None:
    reader = program([*FOUND, *MASKED])
    for address in addresses(reader):
        if "/areas" in address or "taxonomy" in address:
            continue  # the areas themselves are no secret
        answer = reader.get(address)
        assert answer.status_code == 200
        assert "Geheim" not in answer.text, address
        assert "51.41" not in answer.text
    for asked in ("postcode=5701AB", "postcode=5701&proximity=100000"):
        found = reader.get(f"/hsds/service_at_locations?{asked}").get_json()["contents"]
        assert "Bed" not in {row["service"]["name"] for row in found}
    assert reader.get("/api/v1/locations?search=geheimlaan").get_json()["total"] == 0


PUBLIC = {"Organization", "Service", "Location", "Need", "Area"}
JOINED = {"PROVIDES", "LOCATED_AT", "ADDRESSES", "IN_AREA", "PART_OF", "CONTACT_FOR"}


def public_part(world: Subgraph) -> list[Record]:
    """Return a world with nothing but what an outsider may know of it."""
    contacts = {r.source for r in world.of_type("CONTACT_FOR")}
    offered = {r.target for r in world.of_type("PROVIDES")}
    told = [
        node("Person", n.id, name=n.properties.get("name")) if n.label == "Person" else n
        for n in world.nodes.values()
        if n.id in contacts or (n.label in PUBLIC and (n.label != "Service" or n.id in offered))
    ]
    kept = {n.id for n in told}
    ties = [
        r
        for r in world.relationships.values()
        if r.type in JOINED
        and {r.source, r.target} <= kept
        and (r.type == "CONTACT_FOR" or world.nodes[r.source].label != "Person")
    ]
    return list(in_order(Subgraph.of([*told, *ties])))


@given(world=worlds(), masked=st.sampled_from([None, True]))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_not_public_changes_no_byte_of_any_answer(
    world: Subgraph, masked: bool | None
) -> None:
    places = [n.with_properties(masked=masked) for n in world.labelled("Location")]
    world = world | Subgraph.of(places)
    whole, part = program(list(in_order(world))), program(public_part(world))
    for address in addresses(whole, most=2):
        one, other = whole.get(address), part.get(address)
        assert one.status_code == other.status_code == 200
        assert one.data == other.data, address


def test_who_volunteers_or_has_no_role_is_in_no_answer(store: MemoryStore, app: Flask) -> None:
    reader = Program(app, store, *ALL)
    told = "".join(reader.get(address).text for address in addresses(reader))
    assert "Gijs Molenaar" in told
    for name in ("Bergman", "Bo Daalder", "Zwaantje", "Xander", "told_by", "Own"):
        assert name not in told


def test_the_page_makes_a_token_shows_it_once_and_withdraws_it(
    signed_in: Any, app: Flask, store: MemoryStore
) -> None:
    boss: Visitor = signed_in("administrator")
    page = boss.post(
        "/administration/tokens/", {"name": "Site", "scopes": ["hsds:read"], "days": "30"}
    )
    secret = page.text.partition("<code>")[2].partition("</code>")[0]
    client = app.test_client(use_cookies=False)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get("/hsds/services", headers=bearer).status_code == 200
    again = boss.get("/administration/tokens/")
    assert ("Site" in again.text, secret in again.text) == (True, False)
    token = tokens.tokens(store)[0]
    assert boss.post(f"/administration/tokens/{token.id}/withdraw").status_code == 303
    assert client.get("/hsds/services", headers=bearer).status_code == 401
    wrong = boss.post("/administration/tokens/", {"name": "Site", "days": "900"})
    assert "<code>" not in wrong.text
    assert not tokens.tokens(store)
