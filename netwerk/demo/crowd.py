"""Everybody else, when the demo is made large: plain people with plain files, streamed.

Nothing grows with the crowd: one copy of the municipality holds some 10,000 persons, and is
forgotten when the next begins. One in three has a file of their own; on average there are about
five ties to every person.
"""

from collections.abc import Iterator
from random import Random

from netwerk.demo import naming, places
from netwerk.demo.draft import Draft
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.records import Node, Record, Relationship, Value

FILE_EVERY = 3
OPEN_EVERY = 5
CONNECTOR_EVERY = 97
HELPER_EVERY = 31
_SPOTS, _STYLES = 40, 256
_STRIDES = (1, 2, 4, 5, 7, 11)
_KINDS = (
    *["child", "sibling", "parent", "partner", "other_family", "other_family"],
    *["friend", "friend", "neighbour", "neighbour", "colleague", "fellow_member"],
    *["volunteer_match", "ex_partner"],
)
_APPROACHES = (
    *["may_ask"] * 8,
    *["not_discussed"] * 7,
    *["support_only"] * 3,
    "do_not_approach",
)
_CHURCH, _SCHOOL = 7, 18
"""Of each 25 files, those below the first take part in one church, those below the second in one
school: hubs of some 800 members and 1,200 pupils."""


def crowd(draft: Draft, size: int) -> Iterator[Record]:
    """Yield `size` more persons of the draft's municipality, then their files and ties."""
    if size <= 0:
        return
    yield from _persons(draft, size)
    yield from _cases(draft, size)
    yield from _ties(draft, size)
    yield from _parts(draft, size)


def _id(draft: Draft, number: int) -> NodeId:
    return NodeId(f"{draft.town.prefix}q{number}")


def _persons(draft: Draft, size: int) -> Iterator[Record]:
    random = draft.town.random("crowd")
    buurten = places.buurten()
    spots = {b: [places.spot(random, b) for _ in range(_SPOTS)] for b in buurten}
    called = [naming.full_name(random, naming.culture(random)) for _ in range(500)]
    point, choice, this_year = draft.town.point, random.choice, draft.town.today.year
    for number in range(size):
        lon, lat = choice(spots[buurten[number * len(buurten) // size]])
        facts: dict[str, Value] = {
            "name": choice(called),
            "birth_year": this_year - 4 - int(random.random() * 88),
            "point": point(lon + random.random() * 0.001, lat + random.random() * 0.001),
        }
        if number % HELPER_EVERY == 0:
            facts["willing_to_help"] = True
        if number % CONNECTOR_EVERY == 0:
            facts["connector"] = True
        yield Node(label="Person", id=_id(draft, number), properties=facts)


def _cases(draft: Draft, size: int) -> Iterator[Record]:
    random = draft.town.random("crowd cases")
    clusters = list(draft.workers)
    for number in range(0, size, FILE_EVERY):
        cluster = clusters[number * len(clusters) // size]
        case = NodeId(f"{draft.town.prefix}k{number}")
        is_open = number % (FILE_EVERY * OPEN_EVERY) == 0
        yield Node(label="Case", id=case, properties=_case(draft, random, is_open=is_open))
        yield _link("CONCERNS", case, _id(draft, number))
        team = draft.town.id(f"team-{cluster.lower()}")
        yield _link("HANDLED_BY", case, team)
        if is_open:
            yield _link("LEADS", random.choice(draft.workers[cluster]), case)


def _case(draft: Draft, random: Random, *, is_open: bool) -> dict[str, Value]:
    days = random.randrange(20, 700)
    facts: dict[str, Value] = {
        "question": "Waar kan ik terecht?",
        "needs": [random.choice(draft.needs)],
        "safety": "none",
        "opened_on": draft.town.ago(days),
        "legal_basis": "wmo_2015",
        "purpose": "support",
    }
    if not is_open:
        facts["closed_on"] = draft.town.ago(days // 3)
    return facts


def _link(kind: str, source: NodeId, target: NodeId) -> Relationship:
    name = RelationshipId(f"{kind.lower()}-{source}-{target}")
    return Relationship(type=kind, id=name, source=source, target=target)


def _styles(random: Random) -> list[dict[str, Value]]:
    """Draw what ties are like, once: drawing each fact for each tie would take the most time."""
    return [
        {
            "kind": (kind := random.choice(_KINDS)),
            "closeness": random.randint(1, 5),
            "contact": random.choice(["daily", "weekly", "monthly", "few_times_a_year", "yearly"]),
            "support": random.sample(["emotional", "instrumental", "companionship"], 2),
            "valence": "stressful" if kind == "ex_partner" else "supportive",
            "approach": random.choice(_APPROACHES),
        }
        for _ in range(_STYLES)
    ]


def _ties(draft: Draft, size: int) -> Iterator[Record]:
    """Yield the ties of each file: with people near by, a few from further, and among those."""
    random = draft.town.random("crowd ties")
    bits, styles, prefix = random.getrandbits, _styles(random), draft.town.prefix
    for number in range(0, size, FILE_EVERY):
        owner = NodeId(f"{prefix}q{number}")
        around = _around(number, size, bits(32))
        for at, other in enumerate(around):
            yield Relationship(
                type="TIE",
                id=RelationshipId(f"{prefix}t{number}-{at}"),
                source=owner,
                target=NodeId(f"{prefix}q{other}"),
                properties={"owner": owner, **styles[bits(8)]},
            )
        for at in range(min(bits(3), len(around) - 1)):
            yield Relationship(
                type="TIE",
                id=RelationshipId(f"{prefix}a{number}-{at}"),
                source=NodeId(f"{prefix}q{around[at]}"),
                target=NodeId(f"{prefix}q{around[at + 1]}"),
                properties={
                    "owner": owner,
                    "kind": "friend",
                    "valence": "supportive",
                    "approach": "not_discussed",
                },
            )
    yield from _shared(draft, size)


def _around(number: int, size: int, drawn: int) -> list[int]:
    """Return whom the owner of a file names: 3 to 20 others, each once."""
    count = 3 + drawn % 18
    stride = _STRIDES[(drawn >> 5) % len(_STRIDES)]
    start = number + 1 - (count // 2) * stride + (drawn >> 10) % 3
    found = {(start + at * stride) % size: None for at in range(count)}
    far = (drawn >> 8) % size
    found.setdefault(far)
    found.pop(number, None)
    return list(found)


def _shared(draft: Draft, size: int) -> Iterator[Record]:
    for number in range(0, size - CONNECTOR_EVERY, CONNECTOR_EVERY):
        one, other = _id(draft, number), _id(draft, number + CONNECTOR_EVERY)
        yield Relationship(
            type="TIE",
            id=RelationshipId(f"{draft.town.prefix}h{number}"),
            source=one,
            target=other,
            properties={
                "owner": one,
                "kind": "fellow_member",
                "contact": "monthly",
                "valence": "supportive",
                "approach": "may_ask",
                "shared": True,
            },
        )


def _parts(draft: Draft, size: int) -> Iterator[Record]:
    """Yield where people take part, in their own files; and what helpers are good at."""
    random = draft.town.random("crowd parts")
    every = [p for p in draft.partners.values() if p.kind != "specialist_provider"]
    hows = {
        "gp_practice": "patient",
        "school": "parent_of_pupil",
        "community_centre": "visitor",
    }
    for number in range(0, size, FILE_EVERY):
        place = (number // FILE_EVERY) % 25
        if place < _SCHOOL:
            church = place < _CHURCH
            partner, how = draft.partners["jozef" if church else "20JX04"], "member"
            how = how if church else "pupil"
        else:
            partner = random.choice(every)
            how = hows.get(partner.kind, "member")
        owner = _id(draft, number)
        yield Relationship(
            type="TAKES_PART",
            id=RelationshipId(f"{draft.town.prefix}d{number}"),
            source=owner,
            target=partner.id,
            properties={
                "owner": owner,
                "how": how,
                "approach": random.choice(_APPROACHES),
            },
        )
    for number in range(0, size, HELPER_EVERY):
        yield _link("ADDRESSES", _id(draft, number), NodeId(random.choice(draft.needs)))
