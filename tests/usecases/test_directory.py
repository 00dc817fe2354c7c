"""The partners with their offers, in the order of their names."""

from netwerk.usecases import directory
from tests.builders import memory_store
from tests.worlds import SCOPE, link, node


def test_partners_come_by_name_each_with_its_own_offers_by_name() -> None:
    store = memory_store(
        [
            node("Worker", "w0", name="Wil", role="worker"),
            node("Organization", "o1", name="zwaan", kind="church"),
            node("Organization", "o2", name="Anker", kind="church"),
            node("Organization", "o3", name="anker", kind="church"),
            node("Service", "s1", name="tuin", formality="informal"),
            node("Service", "s2", name="soep", formality="informal"),
            link("PROVIDES", "o1", "s1"),
            link("PROVIDES", "o1", "s2"),
        ]
    )
    found = directory.partners(store, SCOPE)
    assert [each.organization.id for each in found] == ["o2", "o3", "o1"]
    assert [[s.id for s in each.services] for each in found] == [[], [], ["s2", "s1"]]
