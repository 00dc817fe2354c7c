"""What a coordinator has to do to keep the directory true: minutes a week, not hours."""

from dataclasses import dataclass

from netwerk.domain.access import Permission, Scope
from netwerk.domain.doubles import NOT_SAME, pair_key
from netwerk.domain.proposals import PROPOSAL, Proposal, ProposalState
from netwerk.domain.records import Node, Subgraph
from netwerk.domain.upkeep import USED, Usage, require_role
from netwerk.graph import doubles as likeness
from netwerk.graph import upkeep
from netwerk.ports.stores import DirectoryView, GraphStore


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """Everything that asks for a coordinator's attention; `counted_on` is of the use of offers."""

    proposals: tuple[tuple[Proposal, Node | None], ...]
    stale: tuple[upkeep.Stale, ...]
    certificates: tuple[upkeep.Volunteer, ...]
    overloaded: tuple[upkeep.Volunteer, ...]
    unreached: tuple[upkeep.Unreached, ...]
    doubles: tuple[tuple[Node, Node, tuple[str, ...]], ...]
    counted_on: str | None


def to_do(store: GraphStore, scope: Scope) -> ToDo:
    """Return what there is to do, in each list what matters most first."""
    with store.system() as work:
        usage = Usage.read(work.get(*USED))
        told = [Proposal.read(key, facts) for key, facts in work.find(PROPOSAL)]
        two = {key for key, _ in work.find(NOT_SAME)}
    waiting = [each for each in told if each.state is ProposalState.OPEN]
    # Names of volunteers are shown: that they were is logged.
    with store.directory(scope, "list-to-do") as view:
        require_role(view, scope, Permission.DIRECTORY_EDIT)
        graph = _kept(view)
    return ToDo(
        proposals=tuple(
            (each, graph.nodes.get(each.about))
            for each in sorted(waiting, key=lambda each: (each.on, each.key))
        ),
        stale=tuple(upkeep.stale(graph, usage, scope.as_of)),
        certificates=tuple(upkeep.certificates(graph, scope.as_of)),
        overloaded=tuple(upkeep.overloaded(graph)),
        unreached=tuple(upkeep.unreached(graph, usage, scope.as_of)),
        doubles=tuple(
            (graph.nodes[pair.kept], graph.nodes[pair.gone], pair.why)
            for pair in likeness.doubles(graph)
            if pair_key(pair.kept, pair.gone) not in two
        ),
        counted_on=usage.published_on,
    )


def _kept(view: DirectoryView) -> Subgraph:
    """Return organizations and services with their places, volunteers and contact persons."""
    graph = view.nodes("Organization", "Service", "Location")
    return graph | view.around([n.id for n in graph.nodes.values() if n.label != "Location"])
