"""Who of us knows what: told by everybody for themselves, seen by their own team."""

from collections.abc import Mapping
from contextlib import suppress

from netwerk.domain.access import Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.cases import Case
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, OperationId, RelationshipId
from netwerk.domain.knowledge import LEVELS, Levels, link_id
from netwerk.domain.people import Worker
from netwerk.domain.records import Relationship, Subgraph, integer
from netwerk.domain.upkeep import require_role
from netwerk.graph.knowledge import TeamKnowledge, team_knowledge
from netwerk.ports.stores import DirectoryWork, GraphStore


def team(store: GraphStore, scope: Scope, action: str = "look-at-knowledge") -> TeamKnowledge:
    """Return what the viewer's team knows; that it was looked at is logged."""
    with store.directory(scope, action) as view:
        require_role(view, scope, Permission.KNOWLEDGE_EDIT)
        graph = view.nodes("Need", "Worker", "Team")
        cases = [Case.from_node(node) for node in view.caseload().labelled("Case")]
    return team_knowledge(graph, scope.viewer, (need for case in cases for need in case.needs))


def colleague(known: TeamKnowledge, who: NodeId) -> Worker:
    """Return a colleague of the viewer's team. Raises NotVisibleError."""
    found = known.colleague(who)
    if found is None:
        raise NotVisibleError
    return found


def tell(store: GraphStore, scope: Scope, operation: OperationId, told: Levels) -> None:
    """Tell what the viewer knows: by need a level, 0 for nothing. What is not named stays.

    No version is asked: it says one thing, and can be told anew.
    """
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        require_role(work, scope, Permission.KNOWLEDGE_EDIT)
        write(work, scope, told)
        work.audit(AuditEvent.within(scope, "tell-knowledge"))


def write(work: DirectoryWork, scope: Scope, told: Levels, noted_by: str = "") -> None:
    """Write levels of `scope.viewer`. `noted_by`: somebody else typed in what they said."""
    needs = work.around(sorted(told)).nodes
    own = _own(work.around([scope.viewer]))
    for need, level in told.items():
        if need not in needs or needs[need].label != "Need":
            raise NotVisibleError
        if level not in (0, *LEVELS):
            raise InvalidInputError("Choose one of the levels.")
        known = own.get(need, [])
        kept = [integer(link.properties, "level") or LEVELS[0] for link in known]
        if kept == ([level] if level else []):
            continue
        if level:
            link = known[0] if known else _new(scope, need)
            facts = {"told_on": scope.as_of.isoformat(), "noted_by": noted_by or None}
            work.save(link.with_properties(level=level, **facts))
        work.remove(*known[1 if level else 0 :])


def _own(seen: Subgraph) -> Mapping[NeedId, list[Relationship]]:
    found: dict[NeedId, list[Relationship]] = {}
    for link in seen.of_type("KNOWS_ABOUT"):
        found.setdefault(NeedId(link.target), []).append(link)
    return found


def _new(scope: Scope, need: NeedId) -> Relationship:
    key = RelationshipId(link_id(scope.viewer, need))
    return Relationship(type="KNOWS_ABOUT", id=key, source=scope.viewer, target=need)
