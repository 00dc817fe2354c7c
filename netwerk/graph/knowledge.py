"""Who of a team knows what: blocks of knowledge, gaps, and what hangs on one person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from netwerk.domain.directory import Need
from netwerk.domain.ids import NeedId, NodeId, WorkerId
from netwerk.domain.knowledge import DO, Knows
from netwerk.domain.people import Worker
from netwerk.domain.records import Subgraph
from netwerk.domain.visibility import colleagues
from netwerk.graph.needs import line


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A life domain with the blocks of knowledge in it."""

    need: Need
    blocks: tuple[Need, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A block that nobody can do, or one person alone (`only`); `asked`: in how many cases."""

    block: Need
    only: Worker | None
    asked: int


@dataclass(frozen=True, kw_only=True)
class TeamKnowledge:
    """What the viewer's team knows; `colleagues` by name, the viewer first."""

    colleagues: tuple[Worker, ...]
    domains: tuple[Domain, ...]
    levels: Mapping[tuple[WorkerId, NeedId], Knows]
    asked: Mapping[NeedId, int]

    def level(self, who: WorkerId, need: NeedId) -> int:
        """Return somebody's level; 0 where they told none."""
        known = self.levels.get((who, need))
        return 0 if known is None else known.level

    def colleague(self, who: NodeId) -> Worker | None:
        """Return a colleague of the team."""
        return next((each for each in self.colleagues if each.id == who), None)

    def told(self, who: WorkerId) -> int:
        """In how many blocks somebody told a level."""
        return sum(self.level(who, block.id) > 0 for block in self.blocks)

    @cached_property
    def blocks(self) -> tuple[Need, ...]:
        """All blocks, in the order of the domains."""
        return tuple(block for domain in self.domains for block in domain.blocks)

    def who_can(self, need: NeedId, least: int = DO) -> tuple[Worker, ...]:
        """Return who can do it, who knows most first."""
        able = [who for who in self.colleagues if self.level(who.id, need) >= least]
        return tuple(sorted(able, key=lambda who: -self.level(who.id, need)))

    def gaps(self) -> tuple[Gap, ...]:
        """Return what nobody can do, or one alone: what is asked most first."""
        found = []
        for block in self.blocks:
            able = self.who_can(block.id)
            if len(able) <= 1:
                only = able[0] if able else None
                found.append(Gap(block=block, only=only, asked=self.asked.get(block.id, 0)))
        return tuple(sorted(found, key=lambda gap: -gap.asked))


def team_knowledge(graph: Subgraph, viewer: WorkerId, asked: Iterable[NeedId]) -> TeamKnowledge:
    """Return what the viewer's team knows, of a graph that shows nobody else's knowledge.

    `asked` holds the needs of the team's open cases.
    """
    ours = colleagues(graph, viewer)
    workers = [Worker.from_node(graph.nodes[each]) for each in ours]
    known = [Knows.from_link(link) for link in graph.of_type("KNOWS_ABOUT")]
    levels: dict[tuple[WorkerId, NeedId], Knows] = {}
    for each in sorted(known, key=lambda each: each.level):
        levels[each.who, each.need] = each
    counts: dict[NeedId, int] = {}
    for need in asked:
        counts[need] = counts.get(need, 0) + 1
    return TeamKnowledge(
        colleagues=tuple(sorted(workers, key=lambda w: (w.id != viewer, w.name.casefold(), w.id))),
        domains=domains(map(Need.from_node, graph.labelled("Need")), {need for _, need in levels}),
        levels=levels,
        asked=counts,
    )


def domains(needs: Iterable[Need], told: Iterable[NodeId] = ()) -> tuple[Domain, ...]:
    """Return the life domains with their blocks.

    A block is a need below a domain; a domain is a block itself where nothing is below it, or where
    somebody told a level in it as a whole.
    """
    every, told = list(needs), set(told)
    parents: dict[NodeId, NodeId | None] = {need.id: need.parent for need in every}
    found = []
    for domain in (need for need in every if need.parent is None):
        below = tuple(n for n in every if n != domain and line(n.id, parents)[-1] == domain.id)
        itself = (domain,) if domain.id in told or not below else ()
        found.append(Domain(need=domain, blocks=(*itself, *below)))
    return tuple(found)
