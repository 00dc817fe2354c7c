"""Small worlds drawn at random: several files, shared ties, volunteers, full and far services.

Every record is valid under graph_schema. Person `p0` is the inhabitant that questions are about,
worker `w0` leads their case.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.directory import Formality
from netwerk.domain.ids import NeedId, NodeId, PersonId, RelationshipId, WorkerId
from netwerk.domain.records import Node, Record, Relationship, Subgraph, Value
from netwerk.graph.question import Question

TODAY = date(2026, 11, 2)
KEY = b"k" * 32
INHABITANT = PersonId(NodeId("p0"))
VIEWER = WorkerId(NodeId("w0"))
SCOPE = Scope(viewer=VIEWER, purpose=Purpose.SUPPORT, as_of=TODAY, subject=INHABITANT)

PERSONS = [f"p{n}" for n in range(7)]
ORGANIZATIONS = ["o0", "o1", "o2"]
SERVICES = ["s0", "s1", "s2", "s3"]
NEEDS = ["n", "n.a", "n.b", "m"]
WORKERS = ["w0", "w1", "w2"]
TEAMS = ["t0", "t1"]
PLACES = ["l0", "l1"]
KINDS = ["partner", "child", "friend", "neighbour", "colleague", "ex_partner", "other"]
_DAYS = [None, None, None, "2026-01-01", "2026-11-02", "2026-12-01"]
_POINTS = [None, [5.65, 51.48], [5.66, 51.48], [5.651, 51.481], [5.9, 51.6]]


class StoppedClock:
    """Always the same moment."""

    def now(self) -> datetime:
        """Return it."""
        return datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def node(label: str, key: str, /, **properties: Any) -> Node:
    """Return a new node; properties that are None are absent."""
    return Node(label=label, id=NodeId(key), properties=_said(properties))


def link(kind: str, source: str, target: str, key: str = "", /, **properties: Any) -> Relationship:
    """Return a new relationship, named after what it joins unless it has a name."""
    return Relationship(
        type=kind,
        id=RelationshipId(key or f"{kind}.{source}.{target}"),
        source=NodeId(source),
        target=NodeId(target),
        properties=_said(properties),
    )


def _said(properties: dict[str, Any]) -> dict[str, Value]:
    return {key: value for key, value in properties.items() if value is not None}


def _some(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


@st.composite
def _persons(draw: st.DrawFn) -> list[Record]:
    return [
        node(
            "Person",
            key,
            name=key.upper(),
            birth_year=draw(_some(None, 1950, 2005)),
            point=draw(_some(*_POINTS)),
            willing_to_help=draw(_some(None, True, True, False)),
            connector=draw(_some(None, True, True)),
            ask_again_from=draw(_some(None, None, None, "2026-11-02", "2026-11-03")),
        )
        for key in PERSONS
    ]


@st.composite
def _services(draw: st.DrawFn) -> list[Record]:
    return [
        node(
            "Service",
            key,
            name=key,
            formality=draw(_some("informal", "informal", "general", "specialist")),
            delivery=draw(_some(None, "on_site", "on_site", "at_home", "online")),
            capacity=draw(_some(None, None, 3)),
            load=draw(_some(None, 0, 3)),
            age_min=draw(_some(None, None, 65)),
            age_max=draw(_some(None, None, 30)),
            valid_from=draw(_some(*_DAYS)),
            valid_to=draw(_some(*_DAYS)),
        )
        for key in SERVICES
    ]


_TIE_FACTS = {
    "kind": _some(*KINDS),
    "closeness": _some(None, 1, 3, 5),
    "contact": _some(None, "daily", "yearly", "never"),
    "valence": _some(None, "supportive", "supportive", "mixed", "stressful"),
    "approach": _some(
        None, "may_ask", "may_ask", "may_ask", "support_only", "do_not_approach", "not_discussed"
    ),
    "shared": _some(None, None, True),
    "valid_from": _some(*_DAYS),
    "valid_to": _some(*_DAYS),
}


@st.composite
def _ties(draw: st.DrawFn) -> list[Record]:
    found: list[Record] = []
    for number in range(draw(st.integers(0, 12))):
        source = draw(_some("p0", "p0", *PERSONS))
        target = draw(_some(*(p for p in PERSONS if p != source)))
        facts = {name: draw(values) for name, values in _TIE_FACTS.items()}
        owner = draw(_some("p0", "p0", "p0", source, "p1"))
        found.append(link("TIE", source, target, f"tie{number}", owner=owner, **facts))
    return found


@st.composite
def _parts(draw: st.DrawFn) -> list[Record]:
    return [
        link(
            "TAKES_PART",
            draw(_some("p0", "p0", "p1", "p2")),
            draw(_some(*ORGANIZATIONS)),
            f"part{number}",
            owner=draw(_some("p0", "p0", "p0", "p1")),
            how=draw(_some("member", "pupil", "patient")),
            approach=draw(_some("may_ask", "may_ask", "do_not_approach", None)),
            valid_to=draw(_some(*_DAYS)),
        )
        for number in range(draw(st.integers(0, 3)))
    ]


@st.composite
def _links(draw: st.DrawFn) -> list[Record]:
    """Draw the public relationships, at most one of a type between two nodes."""
    shapes = {
        "CONTACT_FOR": (PERSONS[1:], ORGANIZATIONS, 3),
        "PROVIDES": (ORGANIZATIONS, SERVICES, 4),
        "VOLUNTEERS_FOR": (PERSONS, SERVICES, 4),
        "ADDRESSES": (SERVICES + PERSONS[:4], NEEDS, 8),
        "LOCATED_AT": (SERVICES, PLACES, 4),
        "MEMBER_OF": (WORKERS, TEAMS, 4),
        "KNOWS_ABOUT": (WORKERS, NEEDS, 1),
    }
    found: dict[str, Record] = {}
    for kind, (sources, targets, most) in shapes.items():
        for _ in range(draw(st.integers(0, most))):
            made = link(kind, draw(_some(*sources)), draw(_some(*targets)))
            found[made.id] = made
    for _ in range(draw(st.integers(0, 4))):
        made = link(
            "ACQUAINTED",
            draw(_some(*WORKERS)),
            draw(_some(*ORGANIZATIONS, *PERSONS[1:])),
            warmth=draw(_some("warm", "cold")),
        )
        found[made.id] = made
    return list(found.values())


@st.composite
def _kept(draw: st.DrawFn) -> list[Record]:
    """Draw what is kept in two cases, of two persons."""
    records: list[Record] = []
    for case in draw(st.lists(_some("c0", "c0", "c1"), max_size=3)):
        each = f"k{len(records)}"
        match draw(_some("Goal", "CaseReview", "ReferralAdvice")):
            case "Goal":
                records += [node("Goal", each, text="?"), link("KEPT_IN", each, case)]
            case "CaseReview":
                review = node("CaseReview", each, held_on="2026-10-01")
                records += [review, link("REVIEWED_IN", case, each)]
            case _:
                advice = node("ReferralAdvice", each, advised_on="2026-10-01")
                records += [advice, link("ADVISES", each, case)]
    return records


@st.composite
def _cases(draw: st.DrawFn) -> list[Record]:
    safety = draw(_some("none", "none", "none", "concern", "acute"))
    records: list[Record] = [
        node("Case", "c0", question="?", safety=safety, opened_on="2026-01-01"),
        node("Case", "c1", question="?", closed_on=draw(_some(None, "2026-06-01"))),
        node("Ask", "a0", need="n", asked_on="2026-10-01", outcome="accepted"),
        node("Ask", "a1", need="n", asked_on="2026-10-01", outcome="declined"),
        link("CONCERNS", "c0", "p0"),
        link("CONCERNS", "c1", "p1"),
        link("LEADS", "w0", "c0"),
        link("ASKED_IN", "a0", "c0"),
        link("ASKED_IN", "a1", "c1"),
        *draw(_kept()),
    ]
    if draw(st.booleans()):
        records.append(link("HANDLED_BY", draw(_some("c0", "c1")), draw(_some(*TEAMS))))
    if draw(st.booleans()):
        records.append(link("LEADS", draw(_some("w0", "w1")), "c1"))
    return records


@st.composite
def worlds(draw: st.DrawFn) -> Subgraph:
    """Draw a small graph in which worker `w0` may open the file of person `p0`."""
    records: list[Record] = [
        node("Need", "n", label_nl="n", label_en="n"),
        node("Need", "n.a", label_nl="a", label_en="a", parent="n"),
        node("Need", "n.b", label_nl="b", label_en="b", parent="n"),
        node("Need", "m", label_nl="m", label_en="m"),
        *(node("Team", key, name=key) for key in TEAMS),
        *(node("Worker", key, name=key, role="worker") for key in WORKERS),
        *(node("Organization", key, name=key, kind="church") for key in ORGANIZATIONS),
        *(node("Location", key, point=draw(_some(*_POINTS))) for key in PLACES),
    ]
    for part in (_persons(), _services(), _ties(), _parts(), _links(), _cases()):
        records += draw(part)
    return Subgraph.of(records)


@st.composite
def crowded(draw: st.DrawFn) -> Subgraph:
    """Draw a world with more offers than are asked for: a search has cause to stop early."""
    plain = draw(worlds())
    organizations = [f"o{n}" for n in range(6)]
    services = [f"s{n}" for n in range(8)]
    records: dict[str, Record] = {each.id: each for each in in_order(plain)}
    for key in organizations:
        records[key] = node("Organization", key, name=key, kind="church")
    # Alike, so that a group of offers is cut where several are of one organization.
    alike = draw(_some({"delivery": "online"}, {"delivery": "at_home", "capacity": 3}, {}))
    for key in services:
        facts = alike if draw(_some(True, True, False)) else {"capacity": draw(_some(None, 3))}
        records[key] = node("Service", key, name=key, formality="informal", load=0, **facts)
        for made in (
            link("ADDRESSES", key, draw(_some("n", "n", "n.a"))),
            link("PROVIDES", draw(_some(*organizations[:2], *organizations)), key),
        ):
            records[made.id] = made
    for number, target in enumerate(draw(st.permutations(PERSONS[1:]))):
        facts = {name: draw(_TIE_FACTS[name]) for name in ("kind", "closeness")}
        made = link("TIE", "p0", target, f"near{number}", owner="p0", approach="may_ask", **facts)
        records[made.id] = made
    return Subgraph.of(records.values())


@st.composite
def questions(
    draw: st.DrawFn, ks: Sequence[int] = (1, 2, 5, 50), needs: Sequence[str] = NEEDS
) -> Question:
    """Draw a question about `p0`."""
    every = [frozenset({Formality.INFORMAL, Formality.GENERAL}), frozenset(Formality)]
    return Question(
        person=INHABITANT,
        need=NeedId(NodeId(draw(_some(*needs)))),
        on=TODAY,
        k=draw(_some(*ks)),
        max_steps=draw(st.integers(0, 4)),
        radius=draw(_some(500.0, 5000.0, 100_000.0)),
        formality=draw(_some(*every)),
    )


def in_order(graph: Subgraph) -> list[Record]:
    """Return the records, nodes first, in the order of a dump."""
    nodes = sorted(graph.nodes.values(), key=lambda n: (n.label, n.id))
    links = sorted(graph.relationships.values(), key=lambda r: (r.type, r.id))
    return [*nodes, *links]
