"""Erasing somebody, and letting go of what was kept long enough: alike on every store."""

import json
from dataclasses import asdict, replace
from datetime import date

import pytest

from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.audit import first_bad_entry
from netwerk.domain.errors import InvalidInputError, NotAllowedError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId, WorkerId
from netwerk.domain.records import Record
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import erasing, retaining
from tests.contract.conftest import Fresh
from tests.worlds import KEY, link, node

CANARY = "Kanarina Zangvogel"
NICK = "Kanarie"
WHY = "Verzoek om te wissen van 1 november."
TODAY = date(2026, 11, 2)
OFFICER = Scope(
    viewer=WorkerId(NodeId("officer")),
    purpose=Purpose.DATA_SUBJECT,
    as_of=TODAY,
    subject=PersonId(NodeId("p0")),
)
ONE, TWO = OperationId("one"), OperationId("two")


def records() -> list[Record]:
    return [
        node("Worker", "officer", role="privacy_officer", name="O"),
        node("Worker", "w0", role="worker", name="W"),
        node("Team", "team", name="T"),
        node("Need", "n", label_nl="n", label_en="n"),
        node("Organization", "o0", name="Kerk", kind="church"),
        node("Service", "s0", name="Koffie", formality="informal"),
        node("Person", "p0", name=CANARY, alias=NICK, willing_to_help=True, connector=True),
        node("Person", "bo", name=f"Bo, buur van {CANARY}", told_by="p0"),
        node("Person", "cy", name="Cy", told_by="p0"),
        node("Person", "other", name="Ander"),
        node("Case", "c0", question=f"{CANARY} is alleen.", opened_on="2025-01-01"),
        node("Goal", "g0", text=f"{CANARY} wil naar buiten"),
        node("Ask", "a0", need="n", asked_on="2026-01-01", outcome="open", title=NICK),
        node(
            "ReferralAdvice", "ra", advised_on="2026-01-01", reason=f"{NICK} kan niet", asks=["a0"]
        ),
        node("CaseReview", "cr", held_on="2026-01-01", decision=f"bij {CANARY} langs"),
        node(
            "Case", "c1", question=f"Buurvrouw {NICK.upper()} komt elke dag", opened_on="2025-01-01"
        ),
        node(
            "Ask",
            "a1",
            need="n",
            asked_on="2026-01-01",
            outcome="open",
            title=f"Via {CANARY}",
            supporter="p0",
            path=json.dumps([{"from": "other", "to": "p0"}]),
        ),
        link("CONCERNS", "c0", "p0"),
        link("LEADS", "w0", "c0"),
        link("HANDLED_BY", "c0", "team"),
        link("KEPT_IN", "g0", "c0"),
        link("ASKED_IN", "a0", "c0"),
        link("ADVISES", "ra", "c0"),
        link("REVIEWED_IN", "c0", "cr"),
        link("CONCERNS", "c1", "other"),
        link("LEADS", "w0", "c1"),
        link("ASKED_IN", "a1", "c1"),
        link("TIE", "p0", "bo", "t0", owner="p0", kind="neighbour"),
        link("TIE", "bo", "cy", "t1", owner="p0", kind="friend"),
        link("TIE", "other", "p0", "t2", owner="other", kind="neighbour", approach="may_ask"),
        link("TIE", "other", "cy", "t3", owner="other", kind="friend"),
        link("TAKES_PART", "p0", "o0", "tp", owner="p0", how="member"),
        link("VOLUNTEERS_FOR", "p0", "s0"),
        link("ADDRESSES", "p0", "n"),
    ]


@pytest.fixture
def street(fresh: Fresh) -> Store:
    """Return a store in which somebody is an inhabitant, a volunteer and a neighbour."""
    store = fresh(records())
    with store.system() as work:
        work.put("shortlist", "p0", {"owner": "p0", "items": [{"sentence": CANARY}]})
        work.put("request", "r0", {"owner": "p0", "note": CANARY})
        work.put("request", "r1", {"owner": "other", "helper": "p0", "never": ["p0", "cy"]})
        work.put("request", "r2", {"owner": "other", "never": ["cy"]})
        work.put("history", "p0@000000", {"owner": "p0", "before": {"name": CANARY}})
        work.put("history", "x@000000", {"owner": "x", "before": {"source": "p0", "n": CANARY}})
        work.put("proposal", "p", {"owner": "o0", "note": "verhuisd"})
    return store


def everything(store: Store) -> str:
    told = [asdict(each) for each in store.dump()]
    system = list(store.system_records())
    log = [asdict(each) for each in store.audit_entries()]
    return json.dumps([told, system, log], ensure_ascii=False)


def by_key(store: Store) -> dict[str, Record]:
    return {record.id: record for record in store.dump()}


def test_after_erasing_the_name_is_nowhere(street: Store) -> None:
    assert everything(street).count("Kanari") > 9
    found = erasing.preview(street, OFFICER, ONE, load_schema())
    assert everything(street).count("Kanari") > 9
    done = erasing.erase(street, OFFICER, TWO, load_schema(), WHY)
    assert done == found
    told = everything(street).lower()
    assert CANARY.lower() not in told
    assert NICK.lower() not in told
    assert first_bad_entry(KEY, street.audit_entries()) is None
    assert erasing.erase(street, OFFICER, TWO, load_schema(), WHY) is None


def test_somebody_elses_file_keeps_its_own_tie_to_nobody_in_particular(street: Store) -> None:
    erasing.erase(street, OFFICER, ONE, load_schema(), WHY)
    kept = by_key(street)
    assert kept["p0"].properties == {"name": "iemand", "told_by": "other"}
    assert kept["t2"].properties["approach"] == "do_not_approach"
    assert kept["c1"].properties["question"] == "Buurvrouw iemand komt elke dag"
    assert kept["a1"].properties["title"] == "Via iemand"
    assert kept["cy"].properties == {"name": "Cy", "told_by": "other"}
    assert not {"bo", "t0", "t1", "tp", "g0", "a0", "cr", "VOLUNTEERS_FOR.p0.s0"} & set(kept)
    assert {"o0", "s0", "n", "other", "t3"} <= set(kept)
    with street.system() as work:
        assert work.find("request") == [
            ("r1", {"owner": "other", "never": ["cy"]}),
            ("r2", {"owner": "other", "never": ["cy"]}),
        ]
        assert [key for key, _ in work.find("proposal")] == ["p"]
        assert not [*work.find("shortlist"), *work.find("history")]


def test_what_the_law_keeps_is_nameless_and_nobody_opens_it(street: Store) -> None:
    found = erasing.preview(street, OFFICER, ONE, load_schema())
    assert [(k.label, k.until) for k in found.kept] == [("ReferralAdvice", date(2041, 11, 2))]
    assert found.open_cases == 1
    erasing.erase(street, OFFICER, TWO, load_schema(), WHY)
    kept = by_key(street)
    assert kept["ra"].properties == {"advised_on": "2026-01-01", "reason": "iemand kan niet"}
    assert kept["c0"].properties == {"opened_on": "2025-01-01", "closed_on": "2026-11-02"}
    worker = replace(OFFICER, viewer=WorkerId(NodeId("w0")), purpose=Purpose.SUPPORT)
    with pytest.raises(NotVisibleError), street.view(worker, "look"):
        pass
    last = replace(OFFICER, viewer=OPERATOR, subject=None, as_of=date(2041, 11, 2))
    assert retaining.retain(street, last, OperationId("x"), load_schema()).records["Case"] == 1
    assert not {"ra", "c0"} & set(by_key(street))


def test_the_log_says_how_much_and_never_who(street: Store) -> None:
    erasing.erase(street, OFFICER, ONE, load_schema(), WHY)
    last = list(street.audit_entries())[-1].event
    assert (last.action, last.actor, last.subject) == ("erase-subject", "officer", "p0")
    assert last.details["reason"] == WHY
    assert int(last.details["removed"]) > 9
    assert last.details["kept"] == "1"


def test_only_who_may_erases_and_only_who_is_there(street: Store) -> None:
    before = everything(street)
    worker = replace(OFFICER, viewer=WorkerId(NodeId("w0")))
    with pytest.raises(NotAllowedError):
        erasing.erase(street, worker, ONE, load_schema(), WHY)
    for nobody in (None, "o0", "nothing"):
        subject = None if nobody is None else PersonId(NodeId(nobody))
        with pytest.raises(NotVisibleError):
            erasing.erase(street, replace(OFFICER, subject=subject), ONE, load_schema(), WHY)
    with pytest.raises(InvalidInputError):
        erasing.erase(street, OFFICER, ONE, load_schema(), "zomaar")
    assert everything(street) == before


def test_somebody_of_a_family_leaves_the_case_to_the_others(fresh: Fresh) -> None:
    store = fresh(
        [
            *records(),
            link("CONCERNS", "c0", "other", "family"),
            node("Case", "c2", question="?"),
            link("CONCERNS", "c2", "p0"),
            link("REVIEWED_IN", "c2", "cr"),
        ]
    )
    found = erasing.erase(store, OFFICER, ONE, load_schema(), WHY)
    assert found is not None
    assert found.kept == ()
    kept = by_key(store)
    assert kept["c0"].properties["question"] == "iemand is alleen."
    assert kept["cr"].properties["decision"] == "bij iemand langs"
    assert {"family", "g0", "ra"} <= set(kept)
    assert "c2" not in kept
    assert CANARY not in everything(store)


def test_who_nobody_else_knows_is_gone_altogether(fresh: Fresh) -> None:
    alone: list[Record] = [
        node("Worker", "officer", role="privacy_officer", name="O"),
        node("Person", "p0", name="X", alias="Y"),
        node("Person", "helper", name="H", willing_to_help=True),
        node("Person", "two", name="2", told_by="p0"),
        link("TIE", "p0", "helper", owner="p0", kind="friend"),
        link("TIE", "two", "helper", owner="helper", kind="friend"),
    ]
    store = fresh(alone)
    assert erasing.erase(store, OFFICER, ONE, load_schema(), WHY) is not None
    assert set(by_key(store)) == {"officer", "helper", "two", "TIE.two.helper"}
    assert by_key(store)["two"].properties == {"name": "2", "told_by": "helper"}


OPERATOR_SCOPE = replace(OFFICER, viewer=OPERATOR, subject=None)


def test_what_is_over_goes_and_what_is_not_stays(fresh: Fresh) -> None:
    store = fresh(
        [
            *records(),
            node("Person", "old", name="Oud"),
            node("Person", "ex", name="Ex", told_by="old"),
            node("Case", "closed", question="?", closed_on="2011-11-02"),
            node("Goal", "g9", text="?"),
            node("Ask", "lost", need="n", asked_on="2026-10-01", outcome="open"),
            node("Person", "young", name="Jong"),
            node("Case", "recent", question="?", closed_on="2021-11-02"),
            node("Goal", "g8", text="?"),
            node("Ask", "a8", need="n", asked_on="2021-10-01", outcome="open"),
            link("CONCERNS", "closed", "old"),
            link("KEPT_IN", "g9", "closed"),
            link("HANDLED_BY", "closed", "team"),
            link("TIE", "old", "ex", "t9", owner="old", kind="friend"),
            link("CONCERNS", "recent", "young"),
            link("KEPT_IN", "g8", "recent"),
            link("ASKED_IN", "a8", "recent"),
            link("TIE", "other", "cy", "t8", owner="other", kind="friend", valid_to="2024-11-02"),
            link("TIE", "other", "cy", "t7", owner="other", kind="friend", valid_to="2024-11-03"),
        ]
    )
    with store.system() as work:
        work.put("shortlist", "old", {"owner": "old"})
        work.put("shortlist", "nobody", {"owner": "nobody"})
        work.put("shortlist", "p0", {"owner": "p0"})
        work.put("request", "r0", {"owner": "p0", "posted_on": "2024-11-02"})
        work.put("request", "r1", {"owner": "p0", "posted_on": "2024-11-03"})
        work.put("request", "r2", {"owner": "p0"})
        work.put("account", "a", {"owner": "old"})
    before = set(by_key(store))
    told = retaining.due(store, load_schema(), TODAY)
    assert set(by_key(store)) == before
    assert retaining.retain(store, OPERATOR_SCOPE, ONE, load_schema()) == told
    went = {"old", "ex", "closed", "g9", "lost", "a8", "t8", "t9"}
    assert before - set(by_key(store)) == went | {
        "CONCERNS.closed.old",
        "KEPT_IN.g9.closed",
        "HANDLED_BY.closed.team",
        "ASKED_IN.a8.recent",
    }
    left = [(kind, key) for kind, key, _ in store.system_records()]
    assert left == [("account", "a"), ("request", "r1"), ("request", "r2"), ("shortlist", "p0")]
    again = retaining.retain(store, OPERATOR_SCOPE, TWO, load_schema())
    assert (again.records, again.beside, again.left) == ({}, {}, 0)
    last = list(store.audit_entries())[-2].event
    assert (last.action, last.subject, last.details["Case"]) == ("retain", None, "1")
