"""The search of the directory: every store finds what a plain scan finds, whatever was changed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netwerk.domain.access import OPERATOR, Scope
from netwerk.domain.errors import NetwerkError
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.items import ItemKind
from netwerk.domain.records import Node, Record, Relationship, Subgraph
from netwerk.ports.finding import FindQuery, Wanted
from netwerk.ports.stores import Store
from tests.builders import memory_store
from tests.contract.conftest import Fresh
from tests.worlds import SCOPE, in_order, link, node

DIRECTORY: Scope = replace(SCOPE, subject=None)
NAMES = ["Koffie", "koffieuurtje", "Koffer", "Wijkhuis De Brug", "schulden", "Schuld", "Één", "x"]
KEYS = ["koffie", "schuld", "brug", ":need:n.a", ":need:m", ":kind:church", ":role:pastor", "l"]
KEYS += [
    ":formality:informal",
    ":language:ar",
    ":wheelchair",
    ":free",
    ":open:0-9",
    ":payment:paid",
]
POINTS = [None, [5.65, 51.48], [5.651, 51.48], [5.66, 51.48], [5.9, 51.6], [6.5, 51.9]]
SHAPES: dict[str, tuple[list[str], list[str]]] = {
    "PROVIDES": (["o0", "o1"], ["s0", "s1", "s2"]),
    "CONTACT_FOR": (["p1", "p2"], ["o0", "o1"]),
    "VOLUNTEERS_FOR": (["p2", "p3"], ["s0", "s1", "s2"]),
    "ADDRESSES": (["s0", "s1", "s2", "p2", "p3"], ["n.a", "m"]),
    "LOCATED_AT": (["s0", "s1", "o0", "o1"], ["l0", "l1"]),
    "IN_AREA": (["s0", "l0", "l1", "p3"], ["a0", "a1"]),
    "PART_OF": (["a0", "a1"], ["a1", "a2"]),
    "ACQUAINTED": (["w0", "w1"], ["o0", "o1", "p1", "p2", "p3"]),
    "MEMBER_OF": (["w0", "w1"], ["t0"]),
}
once_per_store = settings(suppress_health_check=[*HealthCheck], max_examples=8)


def _some(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


_offers = st.fixed_dictionaries(
    {
        "formality": _some("informal", "general", "specialist"),
        "delivery": _some(None, "on_site", "at_home", "online"),
        "description": _some(None, "koffie met schuld"),
        "payment": _some(None, "free", "paid"),
        "languages": _some(None, ["nl"], ["ar", "nl"]),
        "capacity": _some(None, 0, 3),
        "load": _some(None, 2),
        "age_min": _some(None, 18),
        "age_max": _some(None, 30),
        "hours": _some(None, ["mo-fr 09:00-12:00"], ["mo[1] 10:00-10:30"], ["2026-11-02 9-11"]),
        "open_on_holidays": _some(None, True),
        "valid_from": _some(None, None, "2026-01-01", "2027-01-01"),
    }
)


@st.composite
def _node(draw: st.DrawFn, key: str) -> Node:
    name = draw(_some(*NAMES))
    ended = draw(_some(None, None, "2026-02-01", "2028-01-01"))
    verified = draw(_some(None, "2026-01-01", "2026-11-01"))
    match key[0]:
        case "o":
            others = draw(_some(None, ["Koffie Plus"]))
            kind = draw(_some(None, "church", "welfare"))
            facts = {
                "kind": kind,
                "alternate_names": others,
                "verified_on": verified,
                "valid_to": ended,
            }
            return node("Organization", key, name=name, **facts)
        case "s":
            return node(
                "Service", key, name=name, verified_on=verified, valid_to=ended, **draw(_offers)
            )
        case "l":
            masked, wheelchair = draw(_some(None, None, True)), draw(_some(None, True, False))
            at = draw(_some(*POINTS))
            return node("Location", key, name=name, point=at, masked=masked, wheelchair=wheelchair)
        case _:
            at, willing = draw(_some(*POINTS)), draw(_some(None, True, False))
            spoken, most = draw(_some(None, ["nl", "ar"])), draw(_some(None, 0, 2))
            facts = {"languages": spoken, "capacity": most}
            return node("Person", key, name=name, point=at, willing_to_help=willing, **facts)


@st.composite
def _link(draw: st.DrawFn) -> Relationship:
    kind = draw(_some(*SHAPES))
    sources, targets = SHAPES[kind]
    source = draw(_some(*sources))
    target = draw(_some(*(t for t in targets if t != source)))
    facts = {
        "CONTACT_FOR": {"role": draw(_some(None, "pastor", "chair"))},
        "ACQUAINTED": {"warmth": draw(_some(None, "warm", "cold"))},
        "VOLUNTEERS_FOR": {"capacity": draw(_some(None, 1)), "load": draw(_some(None, 1))},
    }
    return link(kind, source, target, **facts.get(kind, {}))


@st.composite
def towns(draw: st.DrawFn) -> Subgraph:
    """Draw a small directory, in which names and places repeat."""
    keys = ["o0", "o1", "s0", "s1", "s2", "l0", "l1", "p1", "p2", "p3"]
    links = draw(st.lists(_link(), max_size=14))
    return Subgraph.of(
        [
            node("Need", "n", label_nl="n", label_en="n"),
            node("Need", "n.a", label_nl="a", label_en="a", parent="n"),
            node("Need", "m", label_nl="m", label_en="m"),
            node("Team", "t0", name="T"),
            *(node("Worker", key, name=key, role="worker") for key in ("w0", "w1")),
            *(
                node("Area", key, code=key, name=key, level="district")
                for key in ("a0", "a1", "a2")
            ),
            *(draw(_node(key)) for key in keys),
            *links,
        ]
    )


@st.composite
def queries(draw: st.DrawFn) -> FindQuery:
    """Draw a question: few or many kinds and conditions, from a place or from none."""
    wanted = [
        Wanted(
            keys=draw(st.frozensets(_some(*KEYS), max_size=3)),
            prefix=draw(_some(None, None, "ko", "s", "\u00fc", "wijkhuis")),
        )
        for _ in range(draw(_some(0, 0, 1, 2)))
    ]
    return FindQuery(
        kinds=draw(st.one_of(st.just(frozenset(ItemKind)), st.frozensets(_some(*ItemKind)))),
        wanted=tuple(wanted),
        known=draw(_some(frozenset(), frozenset(), frozenset({"warm"}), frozenset({"cold"}))),
        origin=draw(_some(None, (5.65, 51.48), (5.66, 51.48), (180.0, -90.0))),
        radius=draw(_some(0.0, 500.0, 5_000.0, 1_000_000.0)),
        limit=draw(_some(1, 2, 50)),
    )


def same(store: Store, records: Iterable[Record], asked: Iterable[FindQuery]) -> None:
    """Hold a store to the plain scan over the same records."""
    with (
        store.directory(DIRECTORY) as shown,
        memory_store(records).directory(DIRECTORY) as truth,
    ):
        for query in asked:
            found, expected = shown.find(query), truth.find(query)
            assert found.items == expected.items
            assert found.cut == expected.cut
            assert _read(found.subgraph) == _read(expected.subgraph)
            keys = [*(item.key for item in found.items), "service:nowhere", "x"]
            assert _read(shown.around_items(keys)) == _read(truth.around_items(keys))
        for typed in (["koffie"], ["kofie", "schulden"], ["brug", "een"], ["xylofoon"], []):
            assert shown.words_like(typed) == truth.words_like(typed)


def _read(graph: Subgraph) -> list[Record]:
    return [replace(record, version=0) for record in in_order(graph)]


@given(town=towns(), asked=st.lists(queries(), min_size=1, max_size=4))
@once_per_store
def test_every_store_finds_what_a_plain_scan_finds(
    fresh: Fresh, town: Subgraph, asked: list[FindQuery]
) -> None:
    same(fresh(in_order(town)), in_order(town), asked)


@given(town=towns(), asked=st.lists(queries(), min_size=1, max_size=2), data=st.data())
@once_per_store
def test_what_is_changed_is_found_as_it_is_now(
    fresh: Fresh, town: Subgraph, asked: list[FindQuery], data: st.DataObject
) -> None:
    store = fresh(in_order(town))
    keeper = replace(DIRECTORY, viewer=OPERATOR)
    for number in range(data.draw(st.integers(1, 4))):
        stored = {record.id: record for record in store.dump()}
        changed = data.draw(_changes(town))
        at = stored.get(changed.id)
        gone = at is not None and data.draw(st.booleans())
        try:
            with store.directory_work(keeper, OperationId(f"c{number}")) as work:
                if gone and at is not None:
                    work.remove(at)
                else:
                    work.save(replace(changed, version=at.version if at else 0))
        except NetwerkError:
            continue
    same(store, _loaded(store), [*asked, FindQuery(kinds=frozenset(ItemKind), limit=500)])


def _changes(town: Subgraph) -> st.SearchStrategy[Record]:
    nodes = [each for each in town.nodes if each[0] in "oslp"]
    return st.one_of(_link(), _some(*nodes).flatmap(_node))


def _loaded(store: Store) -> list[Record]:
    return [replace(record, version=0) for record in store.dump()]


def test_a_name_that_is_taken_away_is_no_longer_in_the_words(fresh: Fresh) -> None:
    store = fresh(
        [
            node("Service", "s", name="Koffie", formality="informal"),
            node("Organization", "o", name="Kerk"),
            node("Person", "p", name="Verbruggen"),
            link("PROVIDES", "o", "s"),
            link("VOLUNTEERS_FOR", "p", "s", "v"),
        ]
    )
    keeper = replace(DIRECTORY, viewer=OPERATOR)
    with store.directory(DIRECTORY) as view:
        assert view.words_like(["verbrugen"]) == {"verbruggen"}
    volunteer = next(r for r in store.dump() if r.id == "v")
    with store.directory_work(keeper, OperationId("gone")) as work:
        work.remove(volunteer)
    with store.directory(DIRECTORY) as view:
        assert view.words_like(["verbrugen"]) == frozenset()


HOSTILE = [
    *['"', "'", "*", "koffie*", "AND", "OR NOT", "NEAR(a b)", "name:koffie", "(", "^koffie", "-x"],
    *[
        "a\\",
        "{}",
        "[a TO z]",
        "~2",
        "koffie~",
        "%",
        "_",
        "\x00",
        "'; DROP TABLE item; --",
        "$keys",
    ],
    *["MATCH (n) DETACH DELETE n", "\u202e", "🙂" * 50, "a" * 10_000, ":need:m", "=koffie", "~"],
]


def test_nothing_that_is_asked_is_read_as_a_language(fresh: Fresh) -> None:
    records: list[Record] = [
        node("Organization", "o", name="Koffie"),
        node("Service", "s", name="Koffie", formality="informal"),
        link("PROVIDES", "o", "s"),
    ]
    every = frozenset(ItemKind)
    asked = [
        query
        for typed in HOSTILE
        for query in (
            FindQuery(kinds=every, wanted=(Wanted(keys=frozenset({typed})), Wanted(prefix=typed))),
            FindQuery(kinds=every, wanted=(Wanted(prefix=typed),), origin=(5.0, 51.0)),
            FindQuery(kinds=every, known=frozenset({typed}), origin=(5.0, 51.0)),
        )
    ]
    store = fresh(records)
    same(store, records, asked)
    with store.directory(DIRECTORY) as view:
        for typed in HOSTILE:
            assert view.words_like([typed]) <= {"koffie"}
    assert len(list(store.dump())) == 3


@given(st.lists(st.text(max_size=20), max_size=3))
@settings(suppress_health_check=[*HealthCheck], max_examples=25)
def test_any_words_can_be_asked(fresh: Fresh, typed: list[str]) -> None:
    words = [each.encode("utf-8", "ignore").decode() for each in typed]
    store = _known_store(fresh)
    with store.directory(DIRECTORY) as view:
        assert view.words_like(words) <= {"koffie"}
        prefix = "".join(words) or None
        query = FindQuery(
            kinds=frozenset(ItemKind), wanted=(Wanted(keys=frozenset(words), prefix=prefix),)
        )
        assert {item.node for item in view.find(query).items} <= {NodeId("o")}


_STORES: dict[int, Store] = {}


def _known_store(fresh: Fresh) -> Store:
    """Fill the store once: a store is looked at here, and not changed."""
    if id(fresh) not in _STORES:
        _STORES.clear()
        _STORES[id(fresh)] = fresh([node("Organization", "o", name="Koffie")])
    return _STORES[id(fresh)]
