"""Network strength: what a review of a network shows, side by side, and never as one figure.

Definitions are those of the design (measures.md): nothing here is a verdict, and what is not
defined, or was not asked, is None.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from netwerk.domain.geometry import distance
from netwerk.domain.ids import PersonId
from netwerk.domain.people import Person
from netwerk.domain.records import flag, words
from netwerk.domain.ties import GROUPS, Approach, Tie, group_of
from netwerk.graph import ego_network as ego
from netwerk.graph.ego_network import UNKNOWN_CLOSENESS, EgoNetwork
from netwerk.graph.file import PersonFile

SUPPORT: Final = ("emotional", "instrumental", "informational", "appraisal", "companionship")
CLOSE_BY: Final = 1000.0
"""Metres."""
Value = float | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Who gives which kind of support, in the order of SUPPORT."""

    by_type: Mapping[str, tuple[PersonId, ...]]

    @property
    def coverage(self) -> float:
        """The share of kinds that somebody gives."""
        return sum(bool(givers) for givers in self.by_type.values()) / len(SUPPORT)

    @property
    def missing(self) -> list[str]:
        """The kinds that nobody gives."""
        return [kind for kind, givers in self.by_type.items() if not givers]

    @property
    def single_giver(self) -> list[str]:
        """The kinds that hang on one person."""
        return [kind for kind, givers in self.by_type.items() if len(givers) == 1]

    @property
    def loads(self) -> Counter[PersonId]:
        """How many kinds each giver gives."""
        return Counter(giver for givers in self.by_type.values() for giver in givers)

    def without(self, person: PersonId) -> "Support":
        """Return the support that is left if this person falls away."""
        kept = {k: tuple(g for g in v if g != person) for k, v in self.by_type.items()}
        return Support(by_type=kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How support is spread over its givers; None where nobody gives any."""

    max_share: float | None
    hhi: float | None
    effective_supporters: float | None
    busiest: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropout:
    """What is left if one giver falls ill. `components` is None where it was not asked."""

    person: PersonId
    coverage: float
    components: int | None
    support_left: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """Everything that is shown about one network on one day."""

    measures: Mapping[str, Value]
    bridges: tuple[PersonId, ...]
    support: Support
    load: Load
    dropout: tuple[Dropout, ...]
    approach: Mapping[str, int]
    stressful: int


def strength(file: PersonFile) -> Strength:
    """Return the strength of the network in a file, on the day for which it was read."""
    network, ties = network_of(file), _own_ties(file)
    asked = alter_ties_asked(file)
    support = support_of(file.person.id, ties)
    between = ego.alter_betweenness(network) if asked else {}
    most = max(between.values(), default=None)
    bridges = tuple(a for a, value in sorted(between.items()) if value == most and value > 0)
    return Strength(
        measures=_measures(file, network, ties, asked=asked) | {"max_alter_betweenness": most},
        bridges=bridges,
        support=support,
        load=load_of(support),
        dropout=dropout(network, support, asked=asked),
        approach=_approaches(ties),
        stressful=sum(tie.stressful for tie in ties),
    )


def network_of(file: PersonFile) -> EgoNetwork:
    """Return the network that a file tells of, on the day for which it was read."""
    person = file.person.id
    alters: dict[PersonId, int] = {}
    for tie in _own_ties(file):
        alter = tie.other(person)
        alters[alter] = max(alters.get(alter, 0), _weight(tie))
    pairs: dict[ego.Pair, int] = {}
    for tie in file.ties:
        pair = frozenset({tie.source, tie.target})
        if not tie.joins(person) and pair <= set(alters):
            pairs[pair] = max(pairs.get(pair, 0), _weight(tie))
    return EgoNetwork(ego=person, alters=alters, pairs=pairs)


def alter_ties_asked(file: PersonFile) -> bool:
    """Whether it was asked who knows whom: said so, or at least one such tie was told, ever."""
    said = flag(file.node.properties, "alter_ties_asked") is True
    return said or any(not tie.joins(file.person.id) for tie in file.gates.ties)


def support_of(person: PersonId, ties: Iterable[Tie]) -> Support:
    """Return who gives which support in ties that do not cost more than they give."""
    givers: dict[str, set[PersonId]] = {kind: set() for kind in SUPPORT}
    for tie in ties:
        for kind in () if tie.stressful else tie.support:
            givers[kind].add(tie.other(person))
    return Support(by_type={kind: tuple(sorted(found)) for kind, found in givers.items()})


def load_of(support: Support) -> Load:
    """Return how the support is spread over those who give it."""
    loads = support.loads
    total = loads.total()
    if not total:
        return Load(max_share=None, hhi=None, effective_supporters=None, busiest=())
    most = max(loads.values())
    hhi = sum((count / total) ** 2 for count in loads.values())
    return Load(
        max_share=most / total,
        hhi=hhi,
        effective_supporters=1 / hhi,
        busiest=tuple(sorted(giver for giver, count in loads.items() if count == most)),
    )


def dropout(network: EgoNetwork, support: Support, *, asked: bool) -> tuple[Dropout, ...]:
    """Return for each giver what is left without them, the worst first."""
    total = support.loads.total()
    found = [
        Dropout(
            person=giver,
            coverage=support.without(giver).coverage,
            components=len(ego.component_sizes(network.without(giver))) if asked else None,
            support_left=1 - count / total,
        )
        for giver, count in support.loads.items()
    ]
    return tuple(sorted(found, key=lambda d: (d.coverage, d.support_left, d.person)))


def kind_iqv(groups: Sequence[str]) -> float | None:
    """Return how varied the groups of alters are: 0 all of one, 1 as many of each."""
    if not groups:
        return None
    shares = [count / len(groups) for count in Counter(groups).values()]
    most = len(GROUPS)
    return (1 - sum(share**2 for share in shares)) * most / (most - 1)


def _measures(
    file: PersonFile, network: EgoNetwork, ties: Sequence[Tie], *, asked: bool
) -> dict[str, Value]:
    near, known = _close_by(file, network)
    givers = {t.other(file.person.id) for t in ties if t.support and not t.stressful}
    return {
        "size": network.size,
        **_structure(network, asked=asked),
        "kind_iqv": kind_iqv(_groups(file.person.id, ties)),
        "close_by": near,
        "close_by_known": known,
        "reciprocity": _reciprocity(file.person.id, ties, givers),
        "organizations": len({part.organization for part in file.participations}),
    }


def _structure(network: EgoNetwork, *, asked: bool) -> Mapping[str, Value]:
    """Return the measures that rest on who knows whom; all None where it was not asked."""
    sizes = ego.component_sizes(network)
    found: dict[str, Value] = {
        "density": ego.density(network),
        "components": len(sizes),
        "isolates": sizes.count(1),
        "largest_component": max(sizes, default=0),
        "fragmentation": ego.fragmentation(network),
        "effective_size": ego.effective_size(network),
        "efficiency": ego.efficiency(network),
        "constraint": ego.constraint(network),
        "hierarchy": ego.hierarchy(network),
        "effective_size_weighted": ego.effective_size(network, weighted=True),
        "constraint_weighted": ego.constraint(network, weighted=True),
        "ego_betweenness": ego.ego_betweenness(network),
    }
    return found if asked else dict.fromkeys(found)


def _own_ties(file: PersonFile) -> list[Tie]:
    return [tie for tie in file.ties if tie.joins(file.person.id)]


def _weight(tie: Tie) -> int:
    return UNKNOWN_CLOSENESS if tie.closeness is None else tie.closeness


def _groups(person: PersonId, ties: Iterable[Tie]) -> list[str]:
    """Return the group of each alter: of parallel ties that of the strongest, then by id."""
    strongest: dict[PersonId, Tie] = {}
    for tie in sorted(ties, key=lambda t: (-_weight(t), t.id)):
        strongest.setdefault(tie.other(person), tie)
    return [group_of(tie.kind) for tie in strongest.values()]


def _close_by(file: PersonFile, network: EgoNetwork) -> tuple[float | None, int]:
    home = file.person.point
    points = [
        at
        for alter in network.alters
        if (at := Person.from_node(file.graph.nodes[alter]).point) is not None
    ]
    if home is None or not points:
        return None, 0
    return sum(distance(home, at) <= CLOSE_BY for at in points) / len(points), len(points)


def _reciprocity(person: PersonId, ties: Iterable[Tie], givers: set[PersonId]) -> float | None:
    """Return the share of givers of support to whom the inhabitant gives some too."""
    if not givers:
        return None
    given = {t.other(person) for t in ties if words(t.record.properties, "support_given")}
    return len(givers & given) / len(givers)


def _approaches(ties: Iterable[Tie]) -> Mapping[str, int]:
    counts = Counter(tie.approach for tie in ties)
    return {approach.value: counts[approach] for approach in Approach}
