"""Signals: seen by the team alone, about nobody by name, and never lost to a colleague's change."""

from dataclasses import replace

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Scope
from netwerk.domain.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotVisibleError,
)
from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.domain.signals import SignalOutcome
from netwerk.graph.names import NamesInTextError
from netwerk.usecases import signals
from netwerk.usecases.signals import Told
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, link, node

OWN = replace(SCOPE, viewer=street.worker("own"), subject=None)
MATE, OTHER = (replace(OWN, viewer=street.worker(who)) for who in ("mate", "other"))
TODAY = OWN.as_of.isoformat()
SEEN = Told(on=TODAY, noticed="een moeder huilt op het schoolplein", place="school", minutes=60)


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(
        [
            *street.records(),
            node("Organization", "school", name="De Regenboog", kind="school"),
            link("PRESENT_AT", street.worker("mate"), "school", hours=["tu 08:30-09:30"]),
            link("PRESENT_AT", street.worker("other"), "shelter"),
            node("Worker", "alone", role="worker", name="Al"),
        ]
    )


def op(number: int) -> OperationId:
    return OperationId(f"{number:032x}")


def listed(store: MemoryStore, scope: Scope = OWN) -> list[str]:
    return [each.signal.noticed for each in signals.listed(store, scope)]


def test_a_signal_is_read_by_the_team_and_by_no_other(store: MemoryStore) -> None:
    key = signals.note(store, OWN, op(1), SEEN)
    assert signals.note(store, OWN, op(1), SEEN) == key
    assert listed(store, MATE) == [SEEN.noticed]
    assert listed(store, OTHER) == []
    (shown,) = signals.listed(store, OWN)
    assert (shown.place, shown.by, shown.signal.minutes) == ("De Regenboog", "Own", 60)
    assert signals.one(store, MATE, key) == shown
    with pytest.raises(NotVisibleError):
        signals.one(store, OTHER, key)
    with pytest.raises(NotVisibleError):
        signals.change(store, OTHER, op(2), (key, 1), SEEN)
    with pytest.raises(NotVisibleError):
        signals.change(store, OWN, op(3), ("signal-none", 1), SEEN)


def test_who_is_of_two_teams_reads_the_signals_of_both(store: MemoryStore) -> None:
    both = street.worker("mate")
    store.load([link("MEMBER_OF", both, "team-other", "both-other")])
    for number, (viewer, noticed) in enumerate(((OWN, "hier"), (OTHER, "daar")), 1):
        place = "school" if viewer is OWN else "shelter"
        signals.note(store, viewer, op(number), replace(SEEN, noticed=noticed, place=place))
    assert sorted(listed(store, MATE)) == ["daar", "hier"]
    assert listed(store, OWN) == ["hier"]


def test_what_waits_stands_first_and_then_the_newest(store: MemoryStore) -> None:
    told = [("a", "2026-10-01", "talked"), ("b", "2026-10-03", "talked"), ("c", "2026-09-01", "")]
    for number, (text, on, outcome) in enumerate(told, 1):
        new = replace(SEEN, noticed=text, on=on, outcome=SignalOutcome(outcome or "waiting"))
        signals.note(store, OWN, op(number), new)
    assert listed(store) == ["c", "b", "a"]


def test_what_was_done_is_told_later(store: MemoryStore) -> None:
    key = signals.note(store, OWN, op(1), replace(SEEN, place="", elsewhere=" de bus "))
    assert signals.one(store, OWN, key).place == "de bus"
    done = replace(SEEN, outcome=SignalOutcome.PARTNER, done=" de school belt haar ")
    signals.change(store, MATE, op(2), (key, 1), replace(done, elsewhere="de bus"))
    signal = signals.one(store, OWN, key).signal
    assert (signal.outcome, signal.done, signal.elsewhere) == ("partner", "de school belt haar", "")
    assert (signal.by, signal.version) == (OWN.viewer, 2)
    with pytest.raises(ConflictError):
        signals.change(store, OWN, op(3), (key, 1), SEEN)
    assert signals.one(store, OWN, key).signal == signal
    logged = [each.event.action for each in store.audit_entries()]
    assert (logged.count("note-signal"), logged.count("change-signal")) == (1, 1)


def test_nobody_is_named(store: MemoryStore) -> None:
    for text in ("annie zit alleen", "Er was iemand: bergman."):
        with pytest.raises(NamesInTextError, match="gives away") as told:
            signals.note(store, OWN, op(1), replace(SEEN, noticed=text, sure=True))
        assert not told.value.suspected
    at_home = replace(SEEN, place="", elsewhere="bij Annie Bergman thuis", sure=True)
    with pytest.raises(NamesInTextError, match="gives away"):
        signals.note(store, OWN, op(1), at_home)
    doubtful = replace(SEEN, done="gebeld met Fatima")
    with pytest.raises(NamesInTextError) as asked:
        signals.note(store, OWN, op(2), doubtful)
    assert asked.value.suspected
    signals.note(store, OWN, op(3), replace(doubtful, sure=True))
    assert len(listed(store)) == 1


def test_what_somebody_is_called_in_daily_life_is_a_name_too() -> None:
    called = [
        replace(each, properties={**each.properties, "alias": "Zonnetje"})
        if each.id == "annie"
        else each
        for each in street.records()
    ]
    store = memory_store(called)
    by_alias = replace(SEEN, place="", elsewhere="de bus", noticed="zonnetje was er niet")
    with pytest.raises(NamesInTextError, match="gives away"):
        signals.note(store, OWN, op(1), by_alias)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (replace(SEEN, noticed="  "), "what you noticed"),
        (replace(SEEN, on="2027-01-01"), "still to come"),
        (replace(SEEN, place="", elsewhere=" "), "where it was"),
    ],
)
def test_bad_input_is_refused_in_words(store: MemoryStore, told: Told, words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        signals.note(store, OWN, op(1), told)
    assert listed(store) == []


@pytest.mark.parametrize("place", ["coffee", "annie", "nothing"])
def test_a_place_is_an_organization(store: MemoryStore, place: str) -> None:
    with pytest.raises(NotVisibleError):
        signals.note(store, OWN, op(1), replace(SEEN, place=place))


def test_places_are_those_where_the_team_is_or_knows_somebody(store: MemoryStore) -> None:
    assert signals.places(store, OWN) == [("church", "De Lichtkring"), ("school", "De Regenboog")]
    assert signals.places(store, OTHER) == [("shelter", "Veilig Huis")]


def test_who_is_of_no_team_or_sees_no_files_notes_nothing(store: MemoryStore) -> None:
    alone = replace(OWN, viewer=WorkerId(NodeId("alone")))
    with pytest.raises(InvalidInputError, match="no team"):
        signals.note(store, alone, op(1), SEEN)
    assert listed(store, alone) == []
    for who in ("coordinator", "reviewer", "officer"):
        scope = replace(OWN, viewer=street.worker(who))
        with pytest.raises(NotAllowedError):
            signals.note(store, scope, op(2), SEEN)
        with pytest.raises(NotAllowedError):
            signals.listed(store, scope)
