"""Drawing together: every act counts once, hides nothing, and can be taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import OPERATOR, Scope
from netwerk.domain.drawing import MOST_STEPS
from netwerk.domain.errors import ConflictError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, OrganizationId, PersonId, RelationshipId
from netwerk.domain.records import Record, text
from netwerk.domain.ties import Approach
from netwerk.graph.file import PersonFile
from netwerk.schema import load_schema
from netwerk.usecases import drawing, retaining
from netwerk.usecases.drawing import Read, Told
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, link, node

ANNIE = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
MATE = replace(ANNIE, viewer=street.worker("mate"))
BO, CHURCH = RelationshipId("annie-bo"), RelationshipId("annie-church")
BO_PERSON, CEES = PersonId(NodeId("bo")), PersonId(NodeId("cees"))
CLUB = OrganizationId(NodeId("shelter"))
COR = Told(name="Cor", kind="friend", called="vriend", closeness=4, support=("companionship",))
Act = Callable[[MemoryStore, Scope, OperationId], object]


@pytest.fixture
def store() -> MemoryStore:
    return filled()


def filled() -> MemoryStore:
    cees: list[Record] = [
        node("Person", "cees", name="Cees", told_by="annie"),
        link("TIE", "annie", "cees", "annie-cees", owner="annie", kind="friend"),
    ]
    return memory_store([*street.records(), *cees])


def opened(store: MemoryStore) -> PersonFile:
    return drawing.open_drawing(store, ANNIE)


def one(number: int = 1) -> OperationId:
    return OperationId(f"{number:032x}")


def read(store: MemoryStore, key: RelationshipId = BO) -> Read:
    file = opened(store)
    tie = file.tie(key)
    assert tie is not None
    alter = file.graph.nodes[tie.other(file.person.id)]
    return Read(tie=key, version=tie.record.version, person_version=alter.version)


def without_versions(store: MemoryStore) -> list[Record]:
    return [replace(record, version=1) for record in store.dump()]


ACTS: dict[str, Act] = {
    "draw-add": lambda s, who, op: drawing.add(s, who, op, COR, 250),
    "draw-move": lambda s, who, op: drawing.move(s, who, op, read(s), (2, 40)),
    "draw-tell": lambda s, who, op: drawing.tell(s, who, op, read(s), replace(COR, name="Bo D")),
    "draw-gone": lambda s, who, op: drawing.gone(s, who, op, read(s)),
    "draw-know": lambda s, who, op: drawing.know(s, who, op, BO_PERSON, CEES),
    "draw-take-part": lambda s, who, op: drawing.take_part(s, who, op, CLUB, "visitor"),
    "set-approach": lambda s, who, op: drawing.say(s, who, op, BO, Approach.DO_NOT_APPROACH),
    "draw-pets": lambda s, who, op: drawing.keep_pets(
        s, who, op, opened(s).node.version, ["Minoes", " ", "Bello"]
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_counts_once_and_stands_in_the_log(store: MemoryStore, name: str) -> None:
    before = list(store.dump())
    ACTS[name](store, ANNIE, one())
    after = list(store.dump())
    assert after != before
    ACTS[name](store, ANNIE, one())
    assert list(store.dump()) == after
    logged = [(e.event.action, e.event.subject) for e in store.audit_entries()]
    assert logged.count((name, "annie")) == 1


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", ["other", "coordinator", "officer"])
def test_who_may_not_open_the_file_changes_nothing(store: MemoryStore, name: str, who: str) -> None:
    before = list(store.dump())
    scope = replace(ANNIE, viewer=street.worker(who))
    with pytest.raises(NotVisibleError):
        ACTS[name](store, scope, one())
    assert list(store.dump()) == before
    assert drawing.steps(store, scope) == ()


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_is_taken_back_leaves_nothing_behind(store: MemoryStore, name: str) -> None:
    before = without_versions(store)
    ACTS[name](store, ANNIE, one())
    step = drawing.undo(store, ANNIE, one(2))
    assert step is not None
    assert step.action == name
    assert without_versions(store) == before
    assert [e.event.action for e in store.audit_entries()][-1] == "undo"
    assert drawing.steps(store, ANNIE) == ()
    assert drawing.undo(store, ANNIE, one(3)) is None


@pytest.mark.parametrize("name", ACTS)
def test_taking_back_counts_once(store: MemoryStore, name: str) -> None:
    drawing.add(store, ANNIE, one(), Told(name="Dirk"))
    ACTS[name](store, ANNIE, one(2))
    drawing.undo(store, ANNIE, one(3))
    left = list(store.dump())
    assert drawing.undo(store, ANNIE, one(3)) is None
    assert list(store.dump()) == left


@given(names=st.lists(st.sampled_from(sorted(ACTS)), max_size=8, unique=True))
def test_everything_taken_back_is_everything_as_it_was(names: list[str]) -> None:
    store = filled()
    before = without_versions(store)
    # Who is gone cannot be drawn any more.
    for number, name in enumerate(sorted(names, key="draw-gone".__eq__)):
        ACTS[name](store, ANNIE, one(number))
    for number in range(len(names)):
        assert drawing.undo(store, ANNIE, one(100 + number)) is not None
    assert without_versions(store) == before


def test_a_stroke_off_and_on_again_is_taken_back_too(store: MemoryStore) -> None:
    drawing.know(store, ANNIE, one(), BO_PERSON, CEES)
    known = without_versions(store)
    drawing.know(store, ANNIE, one(2), CEES, BO_PERSON)
    assert not [t for t in opened(store).ties if not t.joins(PersonId(NodeId("annie")))]
    drawing.undo(store, ANNIE, one(3))
    assert without_versions(store) == known


def test_what_a_colleague_changed_since_is_not_taken_back(store: MemoryStore) -> None:
    drawing.move(store, ANNIE, one(), read(store), (2, None))
    drawing.move(store, MATE, one(2), read(store), (1, None))
    left = list(store.dump())
    with pytest.raises(ConflictError):
        drawing.undo(store, ANNIE, one(3))
    assert list(store.dump()) == left
    drawing.undo(store, MATE, one(4))
    tie = opened(store).tie(BO)
    assert tie is not None
    assert tie.closeness == 2


def test_what_a_colleague_removed_since_is_not_taken_back(store: MemoryStore) -> None:
    drawing.know(store, ANNIE, one(), BO_PERSON, CEES)
    drawing.know(store, MATE, one(2), BO_PERSON, CEES)
    with pytest.raises(ConflictError):
        drawing.undo(store, ANNIE, one(3))


def test_steps_of_another_day_stay(store: MemoryStore) -> None:
    drawing.add(store, ANNIE, one(), COR)
    tomorrow = replace(ANNIE, as_of=date(2026, 11, 3))
    assert drawing.undo(store, tomorrow, one(2)) is None
    assert len(drawing.steps(store, ANNIE)) == 1


def test_only_the_last_steps_are_kept(store: MemoryStore) -> None:
    for number in range(MOST_STEPS + 3):
        drawing.add(store, ANNIE, one(number), Told(name=f"Vriend {number}"))
    assert len(drawing.steps(store, ANNIE)) == MOST_STEPS


@pytest.mark.parametrize("name", ["draw-move", "draw-tell", "draw-gone"])
def test_nobody_is_overwritten(store: MemoryStore, name: str) -> None:
    stale = read(store)
    drawing.move(store, MATE, one(), stale, (5, None))
    before = list(store.dump())
    with pytest.raises(ConflictError):
        {
            "draw-move": lambda: drawing.move(store, ANNIE, one(2), stale, (1, None)),
            "draw-tell": lambda: drawing.tell(store, ANNIE, one(2), stale, COR),
            "draw-gone": lambda: drawing.gone(store, ANNIE, one(2), stale),
        }[name]()
    assert list(store.dump()) == before


def test_nobody_may_be_asked_because_they_are_drawn(store: MemoryStore) -> None:
    key = drawing.add(store, ANNIE, one(), COR)
    drawing.take_part(store, ANNIE, one(2), CLUB, "member")
    file = opened(store)
    tie, part = file.tie(key), file.participations[-1]
    assert tie is not None
    assert tie.approach is Approach.NOT_DISCUSSED
    assert {each.approach for each in file.participations} >= {part.approach}
    said = [p.approach for p in file.participations if p.organization == CLUB]
    assert said == [Approach.NOT_DISCUSSED]


def test_telling_more_leaves_the_word_on_asking_as_it_was(store: MemoryStore) -> None:
    drawing.say(store, ANNIE, one(), BO, Approach.SUPPORT_ONLY)
    drawing.tell(store, ANNIE, one(2), read(store), replace(COR, name="Bo Daalder"))
    tie = opened(store).tie(BO)
    assert tie is not None
    assert (tie.approach, tie.kind) == (Approach.SUPPORT_ONLY, "friend")


def test_who_has_no_name_is_told_apart(store: MemoryStore) -> None:
    for number in range(3):
        drawing.add(store, ANNIE, one(number), Told(name="zus", called="zus", kind="sibling"))
    drawing.add(store, ANNIE, one(9), Told(name="Ans", called="zus", kind="sibling"))
    file = opened(store)
    names = {file.name(tie.other(PersonId(NodeId("annie")))) for tie in file.ties}
    assert {"zus", "zus 2", "zus 3", "Ans"} <= names


def test_a_word_on_an_organization(store: MemoryStore) -> None:
    drawing.say(store, ANNIE, one(), CHURCH, Approach.DO_NOT_APPROACH)
    part = opened(store).participation(CHURCH)
    assert part is not None
    assert part.approach is Approach.DO_NOT_APPROACH


@pytest.mark.parametrize(
    "told",
    [
        Told(name=" "),
        Told(name="x" * 201),
        Told(name="Cor", valid_from=date(2026, 11, 3)),
    ],
)
def test_what_cannot_be_is_refused(store: MemoryStore, told: Told) -> None:
    before = list(store.dump())
    with pytest.raises(InvalidInputError):
        drawing.add(store, ANNIE, one(), told)
    assert list(store.dump()) == before


def test_nothing_ends_before_it_began(store: MemoryStore) -> None:
    yesterday = replace(ANNIE, as_of=date(2026, 11, 1))
    drawing.gone(store, yesterday, one(), read(store))
    with pytest.raises(InvalidInputError):
        drawing.tell(store, ANNIE, one(2), read(store), replace(COR, valid_from=SCOPE.as_of))
    drawing.tell(store, ANNIE, one(3), read(store), replace(COR, valid_from=date(2026, 1, 1)))


def test_the_same_place_is_not_drawn_twice(store: MemoryStore) -> None:
    with pytest.raises(InvalidInputError):
        drawing.take_part(store, ANNIE, one(), OrganizationId(NodeId("church")), "visitor")


@pytest.mark.parametrize(
    "act",
    [
        lambda s: drawing.know(s, ANNIE, one(), BO_PERSON, BO_PERSON),
        lambda s: drawing.know(s, ANNIE, one(), BO_PERSON, PersonId(NodeId("xi"))),
        lambda s: drawing.say(s, ANNIE, one(), RelationshipId("zwaan-xi"), Approach.MAY_ASK),
        lambda s: drawing.gone(s, ANNIE, one(), Read(tie=RelationshipId("zwaan-xi"), version=1)),
        lambda s: drawing.open_drawing(s, replace(ANNIE, subject=None)),
        lambda s: drawing.add(s, replace(ANNIE, subject=None), one(), COR),
    ],
)
def test_other_files_are_out_of_reach(
    store: MemoryStore, act: Callable[[MemoryStore], object]
) -> None:
    before = list(store.dump())
    with pytest.raises(NotVisibleError):
        act(store)
    assert list(store.dump()) == before


def test_a_tie_between_others_is_not_told_about(store: MemoryStore) -> None:
    drawing.know(store, ANNIE, one(), BO_PERSON, CEES)
    between = next(t for t in opened(store).ties if not t.joins(PersonId(NodeId("annie"))))
    with pytest.raises(NotVisibleError):
        drawing.gone(store, ANNIE, one(2), Read(tie=between.id, version=1))


def test_pets_can_all_go(store: MemoryStore) -> None:
    drawing.keep_pets(store, ANNIE, one(), opened(store).node.version, ["Minoes"])
    drawing.keep_pets(store, ANNIE, one(2), opened(store).node.version, [])
    assert "pets" not in opened(store).node.properties


def test_names_are_kept_as_people_write_them(store: MemoryStore) -> None:
    for number, name in enumerate(
        ["مريم", "👩\u200d👧 Jansen", "<script>alert(1)</script>", "=1+1"]
    ):
        drawing.add(store, ANNIE, one(number), Told(name=name))
    names = {text(n.properties, "name") for n in opened(store).graph.labelled("Person")}
    assert {"مريم", "👩\u200d👧 Jansen", "<script>alert(1)</script>", "=1+1"} <= names


def test_the_steps_that_could_be_taken_back_go_a_month_after_their_day(store: MemoryStore) -> None:
    drawing.add(store, ANNIE, one(), COR)
    drawing.undo(store, ANNIE, one(2))
    assert [kind for kind, _, _ in store.system_records()] == ["drawing-steps"]
    for days, left in ((29, 1), (31, 0)):
        night = replace(ANNIE, viewer=OPERATOR, as_of=ANNIE.as_of + timedelta(days=days))
        retaining.retain(store, night, one(3 + days), load_schema())
        assert len(list(store.system_records())) == left
