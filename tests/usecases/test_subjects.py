"""The inhabitant's side: their file to read, the officer's way to it, exceptions, terms."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.errors import InvalidInputError, NotAllowedError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.records import Properties
from netwerk.graph.names import NamesInTextError
from netwerk.graph.subject import names, records_of
from netwerk.schema import load_schema
from netwerk.usecases import emergency, erasing, own_file, retaining, subjects
from netwerk.usecases.emergency import Emergency
from tests.builders import memory_store
from tests.web import street
from tests.web.street import NEED, worker
from tests.worlds import TODAY, StoppedClock, link, node

ANNIE = PersonId(NodeId("annie"))
OWN = Scope(viewer=worker("own"), purpose=Purpose.SUPPORT, as_of=TODAY, subject=ANNIE)
OTHER = replace(OWN, viewer=worker("other"), subject=None)
OFFICER = replace(OWN, viewer=worker("officer"), purpose=Purpose.DATA_SUBJECT)
WHY = "Verzoek om inzage van 1 november."
CLOCK = StoppedClock()


class Tomorrow:
    """A clock that is a day on."""

    def now(self) -> datetime:
        return CLOCK.now() + timedelta(days=1)


_OPERATIONS = iter(range(10_000))


def once() -> OperationId:
    return OperationId(f"op{next(_OPERATIONS)}")


@pytest.fixture
def store() -> MemoryStore:
    path = json.dumps([{"from": "zwaan", "to": "annie"}])
    return memory_store(
        [
            *street.records(),
            node("Person", "twin", name="Annie Bergman", birth_year=1960, willing_to_help=True),
            link("TIE", "zwaan", "annie", "zwaan-annie", owner="zwaan", kind="friend"),
            link("VOLUNTEERS_FOR", "twin", "walk"),
            link("CONTACT_FOR", "twin", "church", role="chair"),
            link("VOLUNTEERS_FOR", "annie", "walk"),
            node("Ask", "via", need=NEED, outcome="open", asked_on="2026-10-01", path=path),
            link("ASKED_IN", "via", "case-zwaan"),
        ]
    )


def requested(store: MemoryStore) -> None:
    subjects.open_request(store, CLOCK, OFFICER, once(), WHY)


def test_an_inhabitant_reads_their_own_file_with_who_looked(store: MemoryStore) -> None:
    own_file.own_file(store, OWN)
    file = own_file.own_file(store, OWN)
    assert file.person.name == "Annie Bergman"
    assert {each.actor for each in file.looks} == {worker("own")}
    assert "zwaan-annie" not in file.graph.relationships
    assert file.elsewhere == ()
    with pytest.raises(NotVisibleError):
        own_file.own_file(store, replace(OWN, subject=None))
    with pytest.raises(NotVisibleError):
        own_file.own_file(store, replace(OWN, viewer=worker("other")))
    assert {each.label for each in file.graph.nodes.values()} >= {"Case", "Ask"}
    assert {each.id for each in records_of(file.graph)} >= {"annie", "annie-bo", "case-annie"}


def test_the_officer_opens_a_file_for_a_request_and_has_what_others_told(
    store: MemoryStore,
) -> None:
    with pytest.raises(NotVisibleError):
        own_file.requested_file(store, OFFICER, once())
    requested(store)
    file = own_file.requested_file(store, OFFICER, once())
    assert file.reason == WHY
    told = {str(each.id): each for each in file.elsewhere}
    assert "owner" not in told["zwaan-annie"].properties
    assert set(told["via"].properties) == {"asked_on", "outcome"}
    for wrong in (None, NodeId("church"), NodeId("nobody")):
        subject = None if wrong is None else PersonId(wrong)
        with pytest.raises(NotVisibleError):
            subjects.open_request(store, CLOCK, replace(OFFICER, subject=subject), once(), WHY)


def test_a_search_is_for_the_whole_name_and_for_a_reason(store: MemoryStore) -> None:
    scope = replace(OFFICER, subject=None)
    found = subjects.search(store, scope, once(), "annie  bergman", WHY)
    assert {each.person: each.known_as for each in found} == {
        "annie": {"inhabitant", "volunteer", "named"},
        "twin": {"volunteer", "contact"},
    }
    assert subjects.search(store, scope, once(), "Annie", WHY) == []
    for name, reason in (("", WHY), ("Annie Bergman", "kort")):
        with pytest.raises(InvalidInputError):
            subjects.search(store, scope, once(), name, reason)
    many = memory_store(
        [*street.records(), *(node("Person", f"jan{n}", name="Jan") for n in range(11))]
    )
    with pytest.raises(InvalidInputError, match="Too many"):
        subjects.search(many, scope, once(), "Jan", WHY)


def test_a_worker_breaks_the_glass_for_one_inhabitant_and_it_is_read_of(
    store: MemoryStore,
) -> None:
    told = Emergency(name="Annie Bergman", birth_year=None, reason="Ze belde in paniek.")
    operation = once()
    for _ in range(2):
        assert emergency.break_glass(store, CLOCK, OTHER, operation, told) == ANNIE
    (grant,) = emergency.exceptions(store, OFFICER)
    assert (grant.viewer, grant.seen) == (worker("other"), False)
    file = own_file.own_file(store, replace(OTHER, subject=ANNIE))
    assert file.person.id == ANNIE
    emergency.note_seen(store, OFFICER, grant.key)
    assert emergency.exceptions(store, OFFICER)[0].seen
    with pytest.raises(NotVisibleError):
        emergency.note_seen(store, OFFICER, "nothing")
    for scope in (OTHER, replace(OTHER, viewer=worker("coordinator"))):
        with pytest.raises(NotAllowedError):
            emergency.note_seen(store, scope, grant.key)


def test_a_file_is_only_to_be_read_within_the_hour_and_by_who_is_not_on_the_case(
    store: MemoryStore,
) -> None:
    there = replace(OTHER, subject=ANNIE)
    assert emergency.looks_until(store, CLOCK, there) is None
    told = Emergency(name="Annie Bergman", birth_year=None, reason="Ze belde in paniek.")
    emergency.break_glass(store, CLOCK, OTHER, once(), told)
    (grant,) = emergency.exceptions(store, OFFICER)
    assert emergency.looks_until(store, CLOCK, there) == grant.until
    assert emergency.looks_until(store, CLOCK, OTHER) is None
    assert emergency.looks_until(store, Tomorrow(), there) is None
    store.load([link("LEADS", worker("other"), "case-annie")])
    assert emergency.looks_until(store, CLOCK, there) is None


def test_another_exception_hides_none_that_nobody_read_of_yet(store: MemoryStore) -> None:
    told = Emergency(name="Annie Bergman", birth_year=None, reason="Nieuwsgierig, meer niet.")
    emergency.break_glass(store, CLOCK, OTHER, once(), told)
    better = replace(told, reason="Ze belde in paniek.")
    emergency.break_glass(store, Tomorrow(), OTHER, once(), better)
    every = emergency.exceptions(store, OFFICER)
    assert [each.reason for each in every] == [better.reason, told.reason]
    emergency.note_seen(store, OFFICER, every[1].kept_as)
    assert [each.seen for each in emergency.exceptions(store, OFFICER)] == [False, True]


def test_what_a_colleague_sent_opens_nothing_to_another(store: MemoryStore) -> None:
    told = Emergency(name="Annie Bergman", birth_year=None, reason="Ze belde in paniek.")
    operation = once()
    emergency.break_glass(store, CLOCK, OTHER, operation, told)
    with pytest.raises(NotVisibleError):
        emergency.break_glass(store, CLOCK, OWN, operation, replace(told, name="Niemand"))


@pytest.mark.parametrize(
    ("name", "year"), [("Niemand Hier", None), ("Annie Bergman", 1901), ("Gijs Molenaar", None)]
)
def test_who_is_not_there_and_who_is_no_inhabitant_look_alike(
    store: MemoryStore, name: str, year: int | None
) -> None:
    told = Emergency(name=name, birth_year=year, reason="Ze belde in paniek.")
    with pytest.raises(NotVisibleError):
        emergency.break_glass(store, CLOCK, OTHER, once(), told)
    refused = [e.event for e in store.audit_entries() if e.event.action == "break-glass"]
    assert [each.outcome for each in refused] == ["refused"]
    assert emergency.exceptions(store, OFFICER) == []


def test_only_a_worker_breaks_the_glass(store: MemoryStore) -> None:
    told = Emergency(name="Annie Bergman", birth_year=None, reason="Ze belde in paniek.")
    with pytest.raises(NotAllowedError):
        emergency.break_glass(
            store, CLOCK, replace(OTHER, viewer=worker("coordinator")), once(), told
        )
    with pytest.raises(InvalidInputError):
        emergency.break_glass(store, CLOCK, OTHER, once(), replace(told, reason="x"))


def test_an_export_is_what_the_officer_could_read(store: MemoryStore) -> None:
    with pytest.raises(NotAllowedError):
        own_file.export(store, CLOCK, OWN, once(), WHY)
    with pytest.raises(NotVisibleError):
        own_file.export(store, CLOCK, OFFICER, once(), WHY)
    requested(store)
    seen = own_file.requested_file(store, OFFICER, once())
    file, mark = own_file.export(store, CLOCK, OFFICER, once(), WHY)
    assert file.graph == seen.graph
    assert file.elsewhere == seen.elsewhere
    assert mark["by"] == "Officer"


def test_the_operator_exports_what_the_store_has(store: MemoryStore) -> None:
    scope = replace(OFFICER, viewer=OPERATOR)
    file, mark = own_file.export(store, CLOCK, scope, once(), WHY)
    assert (file.person.id, mark["by"], file.colleagues) == (ANNIE, "operator", {})
    for wrong in (None, PersonId(NodeId("church"))):
        with pytest.raises(NotVisibleError):
            own_file.export(store, CLOCK, replace(scope, subject=wrong), once(), WHY)


def test_an_ask_names_who_it_went_by() -> None:
    assert names(node("Ask", "a", supporter="annie"), "annie")
    assert not names(node("Ask", "a"), "annie")


def test_somebody_of_a_file_who_is_known_elsewhere_is_shown_as_they_are_called(
    store: MemoryStore,
) -> None:
    with store.work(OWN, once()) as work:
        tie = next(r for r in work.own_file().of_type("TIE") if r.id == "annie-bo")
        work.save(
            replace(tie, id=RelationshipId("annie-pastor"), target=NodeId("pastor"), version=0)
        )
    shown = own_file.own_file(store, OWN).graph.nodes[NodeId("pastor")]
    assert set(shown.properties) == {"name"}


# --- erasing: what it comes to


def test_a_preview_counts_what_would_go_and_nothing_goes(store: MemoryStore) -> None:
    before = list(store.dump())
    found = erasing.preview(store, OFFICER, once(), load_schema())
    counts = found.counts()
    assert (counts["Case"], counts["Ask"], counts["TIE"]) == (1, 1, 1)
    assert list(store.dump()) == before


def test_a_short_name_is_not_looked_for_and_numbers_stay_numbers() -> None:
    """Somebody in two files, with a name that is half of all words."""
    store = memory_store(
        [
            node("Worker", worker("officer"), role="privacy_officer", name="O"),
            node("Person", "annie", name="Al"),
            node("Person", "long", name="Lange Naam"),
            *(node("Person", each, name=each) for each in ("one", "two")),
            node("Case", "c", question="Alleen. Lange Naam.", opened_on="2026-01-01"),
            node("Effort", "e", worker="w", minutes_a_week=30, valid_from="2026-01-01"),
            link("CONCERNS", "c", "one"),
            link("KEPT_IN", "e", "c"),
            *(
                link("TIE", who, of, f"{who}-{of}", owner=who, kind="friend")
                for who in ("one", "two")
                for of in ("annie", "long")
            ),
        ]
    )
    for who in ("annie", "long"):
        scope = replace(OFFICER, subject=PersonId(NodeId(who)))
        assert erasing.erase(store, scope, once(), load_schema(), WHY) is not None
    kept = {str(each.id): each.properties for each in store.dump()}
    assert kept["annie"] == kept["long"] == {"name": "iemand"}
    assert kept["c"]["question"] == "Alleen. iemand."
    assert kept["e"]["minutes_a_week"] == 30


# --- terms


def test_what_is_over_in_a_quarter_is_counted_and_nothing_goes(store: MemoryStore) -> None:
    before = list(store.dump())
    with store.work(OWN, once()) as work:
        tie = next(r for r in work.own_file().of_type("TIE") if r.id == "annie-bo")
        ended = TODAY - timedelta(days=31 * 23)
        work.save(tie.with_properties(valid_to=ended.isoformat()))
    schema = load_schema()
    assert retaining.due(store, schema, TODAY).records == {}
    assert retaining.coming(store, schema, TODAY).records["TIE"] == 1
    assert len(list(store.dump())) == len(before)


def test_what_somebody_changed_meanwhile_stays_until_the_next_night(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = (TODAY - timedelta(days=31 * 25)).isoformat()
    with store.work(OWN, once()) as work:
        for tie in work.own_file().of_type("TIE", "TAKES_PART"):
            work.save(tie.with_properties(valid_to=ended))
    with store.system() as told:
        told.put("request", "r", {"owner": "annie", "posted_on": "2020-01-01"})
    planned = store.system_records

    def meanwhile() -> Iterator[tuple[str, str, Properties]]:
        """Let a colleague change both after they were looked at."""
        yield from list(planned())
        with store.work(OWN, once()) as work:
            file = work.own_file()
            work.save(file.relationships[RelationshipId("annie-bo")].with_properties(closeness=2))
        with store.system() as told:
            told.put("request", "r", {"owner": "annie", "posted_on": "2026-11-01"})

    monkeypatch.setattr(store, "system_records", meanwhile)
    scope = replace(OFFICER, viewer=OPERATOR, subject=None)
    done = retaining.retain(store, scope, once(), load_schema())
    assert (done.left, done.records["TAKES_PART"]) == (1, 2)
    monkeypatch.undo()
    assert [key for kind, key, _ in store.system_records() if kind == "request"] == ["r"]
    again = retaining.retain(store, scope, once(), load_schema())
    assert (again.left, again.records["TIE"]) == (0, 1)


def test_what_is_over_goes_in_as_many_transactions_as_it_takes(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = (TODAY - timedelta(days=31 * 25)).isoformat()
    with store.work(OWN, once()) as work:
        for tie in work.own_file().of_type("TIE", "TAKES_PART"):
            work.save(tie.with_properties(valid_to=ended))
    monkeypatch.setattr(retaining, "TOGETHER", 1)
    done = retaining.retain(
        store, replace(OFFICER, viewer=OPERATOR, subject=None), once(), load_schema()
    )
    assert (done.records["TIE"], done.records["TAKES_PART"], done.left) == (1, 2, 0)


def test_no_reason_in_the_log_says_who_it_is_about(store: MemoryStore) -> None:
    """The log has no term: a grant keeps its reason, and the rest name nobody."""
    named = "Annie Bergman wil haar dossier zien."
    requested(store)
    with pytest.raises(NamesInTextError):
        subjects.search(store, replace(OFFICER, subject=None), once(), "Annie Bergman", named)
    with pytest.raises(NamesInTextError):
        own_file.export(store, CLOCK, OFFICER, once(), named)
    with pytest.raises(NamesInTextError):
        erasing.erase(store, OFFICER, once(), load_schema(), named)
    assert own_file.own_file(store, OWN).person.name == "Annie Bergman"
    told = Emergency(name="Annie Bergman", birth_year=None, reason=named)
    emergency.break_glass(store, CLOCK, OTHER, once(), told)
    with pytest.raises(NotVisibleError):
        emergency.break_glass(store, CLOCK, OTHER, once(), replace(told, name="Nobody"))
    assert all("Annie" not in str(each.event) for each in store.audit_entries())
    assert named in {each.reason for each in emergency.exceptions(store, OFFICER)}
