"""A family's case: several files, and nothing of one in another."""

from dataclasses import replace

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.errors import InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.ties import Approach
from netwerk.usecases import drawing, family
from netwerk.usecases.drawing import Told
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, node

ANNIE = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
ONE, TWO, THREE = (OperationId(str(n) * 32) for n in (1, 2, 3))


@pytest.fixture
def store() -> MemoryStore:
    return memory_store([*street.records(), node("Person", "stray", name="Iemand")])


def test_everybody_has_a_file_of_their_own_and_nothing_of_the_others(store: MemoryStore) -> None:
    bas = family.join(store, ANNIE, ONE, " Bas  Bergman ")
    assert family.join(store, ANNIE, ONE, "Bas Bergman") == bas
    of_bas = replace(ANNIE, subject=bas)
    assert [each.name for each in family.members(store, ANNIE)] == ["Annie Bergman", "Bas Bergman"]
    assert [each.name for each in family.members(store, of_bas)] == ["Bas Bergman", "Annie Bergman"]
    drawing.add(store, of_bas, TWO, Told(name="Cor"))
    his = drawing.open_drawing(store, of_bas)
    hers = drawing.open_drawing(store, ANNIE)
    assert [his.name(tie.target) for tie in his.ties] == ["Cor"]
    assert "Cor" not in {hers.name(key) for key in hers.graph.nodes}
    assert "Bo Daalder" not in {his.name(key) for key in his.graph.nodes}
    assert "annie" not in his.graph.nodes


def test_each_says_for_themselves_who_may_be_asked(store: MemoryStore) -> None:
    bas = replace(ANNIE, subject=family.join(store, ANNIE, ONE, "Bas"))
    key = drawing.add(store, bas, TWO, Told(name="Bo Daalder"))
    drawing.say(store, bas, THREE, key, Approach.DO_NOT_APPROACH)
    hers = drawing.open_drawing(store, ANNIE).tie(RelationshipId("annie-bo"))
    assert hers is not None
    assert hers.approach is Approach.MAY_ASK


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_who_joins_has_a_name(store: MemoryStore, name: str) -> None:
    with pytest.raises(InvalidInputError):
        family.join(store, ANNIE, ONE, name)


@pytest.mark.parametrize("who", ["other", "coordinator"])
def test_a_family_is_seen_by_who_may_open_its_case(store: MemoryStore, who: str) -> None:
    scope = replace(ANNIE, viewer=street.worker(who))
    with pytest.raises(NotVisibleError):
        family.members(store, scope)
    with pytest.raises(NotVisibleError):
        family.join(store, scope, ONE, "Bas")


def test_nobody_joins_without_a_file_or_an_open_case(store: MemoryStore) -> None:
    with pytest.raises(NotVisibleError):
        family.join(store, replace(ANNIE, subject=None), ONE, "Bas")
    with pytest.raises(NotVisibleError):
        family.members(store, replace(ANNIE, subject=PersonId(NodeId("stray"))))
