"""Registered volunteers, their talents, and those who agreed to be asked for others."""

from random import Random

from netwerk.demo import naming, places
from netwerk.demo.draft import Draft, Offer
from netwerk.domain.ids import NodeId

VOLUNTEERS = 120
_CLUSTERS = ("Noord", "Oost", "Binnenstad", "West")
_SHARED_KINDS = ("friend", "fellow_member", "neighbour", "colleague")


def add_volunteers(draft: Draft) -> None:
    """Add the volunteers, what they help with, and the ties that connectors share."""
    random = draft.town.random("volunteers")
    connectors: list[NodeId] = []
    for number in range(1, VOLUNTEERS + 1):
        cluster = _CLUSTERS[number % len(_CLUSTERS)]
        connector = number % 4 == 0 or number % 7 == 0
        volunteer = _add(draft, random, number, cluster, connector=connector)
        draft.volunteers.setdefault(cluster, []).append(volunteer)
        if connector:
            connectors.append(volunteer)
    for at, volunteer in enumerate(connectors):
        others = connectors[:at] + connectors[at + 1 :]
        for other in random.sample(others, random.randint(1, 2)):
            _share(draft, random, volunteer, other)


def _add(draft: Draft, random: Random, number: int, cluster: str, *, connector: bool) -> NodeId:
    buurt = random.choice(places.buurten(cluster))
    culture = naming.culture(random)
    willing = random.random() < 0.85
    volunteer = draft.node(
        "Person",
        f"v-{number:03d}",
        name=naming.own_name(random, culture, draft.called),
        birth_year=draft.town.today.year - random.randint(19, 79),
        languages=naming.languages(culture),
        point=draft.town.point(*places.spot(random, buurt)),
        willing_to_help=True if willing else None,
        connector=True if connector else None,
        # A few have a lot on their plate, and said when they can be asked again.
        ask_again_from=draft.town.ago(-45) if number % 37 == 0 else None,
        # Some certificates end soon, one or two are over.
        vog_on=draft.town.ago(20 + number * 37 % 1085),
        capacity=_capacity(number),
    )
    draft.link("IN_AREA", volunteer, draft.town.id(buurt))
    for at, offer in enumerate(random.sample(_informal(draft, cluster), random.randint(1, 2))):
        load = _load(number) if at == 0 or number % 31 == 0 else None
        draft.link("VOLUNTEERS_FOR", volunteer, offer.id, load=load)
    if willing and random.random() < 0.4:
        draft.link("ADDRESSES", volunteer, NodeId(random.choice(draft.needs)))
    return volunteer


def _capacity(number: int) -> int:
    """Return for how many a volunteer has time: some for many, who then do most of it."""
    return 6 if number % 10 == 0 else 1 + number % 3


def _load(number: int) -> int:
    """Return how many a volunteer helps now: most have room for one, and a few have none."""
    return _capacity(number) if number % 31 == 0 else _capacity(number) - 1


def _informal(draft: Draft, cluster: str) -> list[Offer]:
    """Return what volunteers do: in their own part of town, or wherever it has no offer there."""
    every = [o for o in draft.offers if o.formality == "informal" and o.partner.key != "wandel"]
    near = [o for o in every if places.cluster_of()[o.partner.buurt] == cluster]
    return near or every


def _share(draft: Draft, random: Random, one: NodeId, other: NodeId) -> None:
    draft.link(
        "TIE",
        one,
        other,
        owner=one,
        kind=random.choice(_SHARED_KINDS),
        contact=random.choice(["weekly", "monthly", "few_times_a_year"]),
        valence="supportive",
        approach="may_ask",
        shared=True,
    )
