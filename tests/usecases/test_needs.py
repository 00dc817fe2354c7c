"""The taxonomy, and the colleague who knows about a need."""

from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import Record
from netwerk.usecases import needs
from tests.builders import memory_store
from tests.worlds import SCOPE, link, node

TAXONOMY: list[Record] = [
    node("Need", "money", label_nl="geld en schulden", label_en="money and debts"),
    node(
        "Need",
        "money.debts",
        label_nl="schulden",
        label_en="debts",
        parent="money",
        synonyms_nl=["rood staan", "deurwaarder"],
        synonyms_en=["in the red"],
    ),
    node("Need", "lonely", label_nl="eenzaamheid", label_en="loneliness", synonyms_nl=["een"]),
]
NEEDS = needs.taxonomy(memory_store(TAXONOMY), SCOPE)


def test_the_taxonomy_comes_by_code() -> None:
    assert [need.id for need in NEEDS] == ["lonely", "money", "money.debts"]


def test_who_knows_most_in_my_own_team_is_named_first() -> None:
    def colleague(key: str, name: str | None, team: str, level: int | None) -> list[Record]:
        return [
            node("Worker", key, role="worker", name=name),
            link("MEMBER_OF", key, team),
            link("KNOWS_ABOUT", key, "money.debts", level=level),
        ]

    records = [
        *TAXONOMY,
        node("Team", "t0", name="Noord"),
        node("Team", "t1", name="Oost"),
        *colleague("w0", "Myself", "t0", 4),
        *colleague("w1", "Bo", "t0", 2),
        *colleague("w2", "Cy", "t0", 4),
        *colleague("w3", "Dee", "t1", 4),
        *colleague("w4", "Ed", "t0", None),
    ]
    store = memory_store(records)
    debts, lonely = NeedId(NodeId("money.debts")), NeedId(NodeId("lonely"))
    assert needs.experts(store, SCOPE, [debts]) == ["Cy", "Bo", "Ed"]
    assert needs.experts(store, SCOPE, [debts], most=1) == ["Cy"]
    assert needs.experts(store, SCOPE, [lonely]) == []


def test_who_knows_the_domain_comes_after_who_knows_the_need() -> None:
    other = node("Need", "money.tax", label_nl="belasting", label_en="tax", parent="money")
    store = memory_store(
        [
            *TAXONOMY,
            other,
            node("Team", "t0", name="Noord"),
            *(node("Worker", key, role="worker", name=key) for key in ("w0", "Bo", "Cy", "Dee")),
            *(link("MEMBER_OF", key, "t0") for key in ("w0", "Bo", "Cy", "Dee")),
            link("KNOWS_ABOUT", "Bo", "money.tax", level=4),
            link("KNOWS_ABOUT", "Cy", "money.debts", level=1),
            link("KNOWS_ABOUT", "Cy", "money.tax", level=4),
            link("KNOWS_ABOUT", "Dee", "money", level=2),
        ]
    )
    debts, unknown = NeedId(NodeId("money.debts")), NeedId(NodeId("gone"))
    assert needs.experts(store, SCOPE, [debts]) == ["Dee", "Cy", "Bo"]
    assert needs.experts(store, SCOPE, [unknown]) == []
