"""An inhabitant's network as a graph: who is tied to them, and who to each other.

Measures of the ego-network model (Burt 1992; Everett & Borgatti 2005): the inhabitant, the people
tied to them and the ties among those people, and nothing else. networkx works them out on a
graph that is built here for it: without loops, zero weights or parallel ties, and asked
for one node, because it is wrong without any sign of it otherwise (measures.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import log

import networkx as nx

from netwerk.domain.ids import PersonId

UNKNOWN_CLOSENESS = 3
Graph = nx.Graph
Pair = frozenset[PersonId]


@dataclass(frozen=True, slots=True, kw_only=True)
class EgoNetwork:
    """The network on one day; weights are closeness (1 to 5), of parallel ties the strongest."""

    ego: PersonId
    alters: Mapping[PersonId, int]
    pairs: Mapping[Pair, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many people are tied to the inhabitant."""
        return len(self.alters)

    @property
    def possible_pairs(self) -> int:
        """How many pairs of alters there are."""
        return self.size * (self.size - 1) // 2

    def among(self) -> "Graph[PersonId]":
        """Return the alters and the ties among them, without the inhabitant."""
        graph: Graph[PersonId] = nx.Graph()
        graph.add_nodes_from(sorted(self.alters))
        for pair, weight in sorted(self.pairs.items(), key=lambda item: sorted(item[0])):
            one, other = sorted(pair)
            graph.add_edge(one, other, weight=weight)
        return graph

    def whole(self) -> "Graph[PersonId]":
        """Return the alters and the inhabitant, with every tie."""
        graph = self.among()
        graph.add_node(self.ego)
        for alter, weight in sorted(self.alters.items()):
            graph.add_edge(self.ego, alter, weight=weight)
        return graph

    def without(self, alter: PersonId) -> "EgoNetwork":
        """Return the network as it would be if this person fell away."""
        return EgoNetwork(
            ego=self.ego,
            alters={key: weight for key, weight in self.alters.items() if key != alter},
            pairs={pair: weight for pair, weight in self.pairs.items() if alter not in pair},
        )


def density(network: EgoNetwork) -> float | None:
    """Return the share of pairs of alters who know each other; None below two alters."""
    return len(network.pairs) / network.possible_pairs if network.possible_pairs else None


def component_sizes(network: EgoNetwork) -> list[int]:
    """Return the sizes of the groups that are left without the inhabitant, largest first."""
    return sorted(map(len, nx.connected_components(network.among())), reverse=True)


def fragmentation(network: EgoNetwork) -> float | None:
    """Return the share of pairs of alters who cannot reach each other; None below two alters."""
    n = network.size
    if n < 2:
        return None
    return 1 - sum(s * (s - 1) for s in component_sizes(network)) / (n * (n - 1))


def effective_size(network: EgoNetwork, *, weighted: bool = False) -> float | None:
    """Return Burt's effective size: alters less what they are alike; None without alters."""
    if network.size == 0:
        return None
    if not weighted:
        return network.size - 2 * len(network.pairs) / network.size
    found = nx.effective_size(network.whole(), nodes=[network.ego], weight="weight")
    return float(found[network.ego])


def efficiency(network: EgoNetwork) -> float | None:
    """Return effective size as a share of size; None without alters."""
    effective = effective_size(network)
    return None if effective is None else effective / network.size


def constraint(network: EgoNetwork, *, weighted: bool = False) -> float | None:
    """Return Burt's constraint (1992); None without alters."""
    shares = dyadic_constraint(network, weighted=weighted)
    return sum(shares.values()) if shares else None


def dyadic_constraint(network: EgoNetwork, *, weighted: bool = False) -> Mapping[PersonId, float]:
    """Return what of the constraint comes from each alter."""
    graph = network.whole()
    weight = "weight" if weighted else None
    return {
        alter: float(nx.local_constraint(graph, network.ego, alter, weight=weight))
        for alter in sorted(network.alters)
    }


def hierarchy(network: EgoNetwork, *, weighted: bool = False) -> float | None:
    """Return how much constraint comes from one alter (Coleman-Theil); None below two alters."""
    n = network.size
    if n < 2:
        return None
    shares = dyadic_constraint(network, weighted=weighted).values()
    whole = sum(shares)
    ratios = [share / (whole / n) for share in shares]
    return sum(r * log(r) for r in ratios) / (n * log(n))


def ego_betweenness(network: EgoNetwork) -> float:
    """Return how often the inhabitant is the way between two people who do not know each other."""
    graph = network.whole()
    return sum(
        1 / len(set(nx.common_neighbors(graph, one, other)))
        for one, other in combinations(sorted(network.alters), 2)
        if frozenset({one, other}) not in network.pairs
    )


def alter_betweenness(network: EgoNetwork) -> Mapping[PersonId, float]:
    """Return how often each alter is the way between others, the inhabitant left out."""
    found = nx.betweenness_centrality(network.among(), normalized=False)
    return {alter: float(value) for alter, value in found.items()}
