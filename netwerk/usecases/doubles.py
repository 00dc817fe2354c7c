"""Doubles: what may be in the directory twice, put together with a way back."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from netwerk.domain.access import Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.doubles import (
    MERGE,
    MERGED_LABELS,
    NOT_SAME,
    OF_A_FILE,
    PLAIN,
    Merge,
    pair_key,
    successors,
)
from netwerk.domain.errors import (
    AlreadyDoneError,
    ConflictError,
    InvalidInputError,
    NotVisibleError,
)
from netwerk.domain.ids import NodeId, OperationId, RelationshipId
from netwerk.domain.keeping import PUBLIC_ROLES
from netwerk.domain.proposals import PROPOSAL
from netwerk.domain.records import Node, Relationship, Subgraph, text
from netwerk.domain.upkeep import require_role
from netwerk.graph import doubles as likeness
from netwerk.ports.stores import DirectoryView, DirectoryWork, GraphStore

_KEPT_AS_IT_IS: Final = frozenset(OF_A_FILE)
_NOT_TOGETHER: Final = "These two cannot be put together."


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """Two that may be one and the same; what they share by name of the fact."""

    kept: Node
    gone: Node
    why: tuple[str, ...] = ()

    @property
    def differing(self) -> tuple[str, ...]:
        """The properties in which they differ and between which can be chosen."""
        both = {*self.kept.properties, *self.gone.properties} - _KEPT_AS_IT_IS
        one, other = self.kept.properties, self.gone.properties
        return tuple(sorted(name for name in both if one.get(name) != other.get(name)))


def candidates(store: GraphStore, scope: Scope) -> list[Double]:
    """Return the pairs that may be one and the same, without those told not to be."""
    with store.system() as work:
        told = {key for key, _ in work.find(NOT_SAME)}
    # Names of volunteers are compared: that they were is logged.
    with store.directory(scope, "list-doubles") as view:
        require_role(view, scope, Permission.DIRECTORY_EDIT)
        graph = _kept(view)
    return [
        Double(kept=graph.nodes[pair.kept], gone=graph.nodes[pair.gone], why=pair.why)
        for pair in likeness.doubles(graph)
        if pair_key(pair.kept, pair.gone) not in told
    ]


def beside(store: GraphStore, scope: Scope, kept: NodeId, gone: NodeId) -> Double:
    """Return two side by side. Raises NotVisibleError, also for two of another kind."""
    with store.directory(scope, "compare-doubles") as view:
        require_role(view, scope, Permission.DIRECTORY_EDIT)
        return _pair(view.around([kept, gone]), kept, gone)


def not_same(
    store: GraphStore, scope: Scope, operation: OperationId, pair: tuple[NodeId, NodeId]
) -> None:
    """Remember that two are not the same."""
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        require_role(work, scope, Permission.DIRECTORY_EDIT)
        _pair(work.around(pair), *pair)
        work.put(NOT_SAME, pair_key(*pair), {"by": scope.viewer, "on": scope.as_of.isoformat()})
        work.audit(AuditEvent.within(scope, "not-the-same", pair[0]))


def merge(
    store: GraphStore,
    scope: Scope,
    operation: OperationId,
    read: Double,
    taken: Collection[str],
) -> None:
    """Put two together: the first stays, with the properties in `taken` of the other.

    Everything that was joined to the other is joined to it, in whosever file that is. Raises
    ConflictError when one of them is no longer as it was read.
    """
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        name = require_role(work, scope, Permission.DIRECTORY_EDIT)
        seen = work.around([read.kept.id, read.gone.id])
        stored = _pair(seen, read.kept.id, read.gone.id)
        _require_as_read(read, stored)
        chosen = {each: read.gone.properties.get(each) for each in taken if each in read.differing}
        before = {k: v for k in chosen if (v := read.kept.properties.get(k)) is not None}
        between = [r for r in seen.of_type("PART_OF") if {r.source, r.target} == _ids(read)]
        work.remove(*between)
        moved = work.repoint(read.gone.id, read.kept.id)
        dropped = _twice(work.around([read.kept.id]), moved, seen)
        work.remove(*(here for here, _ in dropped))
        _remove(work, read.gone)
        if chosen:
            work.save(read.kept.with_properties(**chosen))
        made = Merge(
            key=f"merge-{operation}",
            kept=read.kept.id,
            gone=read.gone,
            chosen=tuple(sorted(chosen)),
            before=before,
            after={k: v for k, v in chosen.items() if v is not None},
            moved=tuple(sorted(set(moved) - {here.id for here, _ in dropped})),
            dropped=(*between, *(was for _, was in dropped)),
            proposals=_told_of(work, read.gone.id, read.kept.id),
            by=name,
            on=scope.as_of.isoformat(),
        )
        work.put(MERGE, made.key, made.written())
        work.audit(AuditEvent.within(scope, "merge", read.kept.id))


def merged(store: GraphStore, scope: Scope) -> list[tuple[Merge, Node]]:
    """Return what was put together and can be taken apart, newest first, with what stayed."""
    with store.system() as work:
        every = [Merge.read(key, facts) for key, facts in work.find(MERGE)]
    with store.directory(scope) as view:
        require_role(view, scope, Permission.DIRECTORY_EDIT)
        nodes = view.around({each.kept for each in every}).nodes
    there = [(each, nodes[each.kept]) for each in every if not each.undone and each.kept in nodes]
    return sorted(there, key=lambda pair: (pair[0].on, pair[0].key), reverse=True)


def stayed(store: GraphStore, key: NodeId) -> NodeId:
    """Return what somebody who was put together with another is part of by now.

    Raises NotVisibleError for whoever is no part of another.
    """
    with store.system() as work:
        every = [Merge.read(name, facts) for name, facts in work.find(MERGE)]
    found = successors(every).get(key)
    if found is None:
        raise NotVisibleError
    return found


def undo(store: GraphStore, scope: Scope, operation: OperationId, key: str) -> None:
    """Take apart what was put together; what changed since for another reason stays changed.

    Raises InvalidInputError where that cannot be, and says which was changed since.
    """
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        require_role(work, scope, Permission.DIRECTORY_EDIT)
        facts = work.get(MERGE, key)
        if facts is None:
            raise NotVisibleError
        done = Merge.read(key, facts)
        if done.undone:
            return
        seen = work.around([done.kept, done.gone.id])
        kept = _as_merged(seen, done)
        work.save(replace(done.gone, version=0))
        role = _role_of(seen, done)
        work.remove(*role)
        work.save(*(replace(each, source=done.gone.id, version=0) for each in role))
        work.repoint(done.kept, done.gone.id, only=set(done.moved) - {each.id for each in role})
        ends = work.around({end for r in done.dropped for end in (r.source, r.target)}).nodes
        still = [r for r in done.dropped if r.source in ends and r.target in ends]
        work.save(*(replace(each, version=0) for each in still))
        if done.chosen:
            was = {name: done.before.get(name) for name in done.chosen}
            work.save(kept.with_properties(**was))
        _give_back(work, done)
        work.put(MERGE, key, replace(done, undone=True).written())
        work.audit(AuditEvent.within(scope, "undo-merge", done.kept))


def _kept(view: DirectoryView) -> Subgraph:
    graph = view.nodes("Organization", "Service", "Location")
    return graph | view.around([*(n.id for n in graph.nodes.values() if n.label != "Location")])


def _pair(seen: Subgraph, kept: NodeId, gone: NodeId) -> Double:
    one, other = seen.nodes.get(kept), seen.nodes.get(gone)
    if one is None or other is None or kept == gone or one.label != other.label:
        raise NotVisibleError
    persons = {r.source for r in seen.of_type(*PUBLIC_ROLES)}
    if one.label not in MERGED_LABELS or (one.label == "Person" and not persons >= {kept, gone}):
        raise NotVisibleError
    return Double(kept=one, gone=other)


def _ids(pair: Double) -> set[NodeId]:
    return {pair.kept.id, pair.gone.id}


def _require_as_read(read: Double, stored: Double) -> None:
    for was, now in ((read.kept, stored.kept), (read.gone, stored.gone)):
        if was.version != now.version:
            raise ConflictError(_name(now), stored)
    if any(name in stored.gone.properties for name in OF_A_FILE):
        # A file tells about the one that would go; what it tells is not the directory's to move.
        raise InvalidInputError(_NOT_TOGETHER)


def _remove(work: DirectoryWork, gone: Node) -> None:
    try:
        work.remove(gone)
    except ConflictError:
        # Something that only a file shows joins the two: it stays there, and unsaid.
        raise InvalidInputError(_NOT_TOGETHER) from None


def _twice(
    after: Subgraph, moved: Collection[RelationshipId], before: Subgraph
) -> list[tuple[Relationship, Relationship]]:
    """Return the moved relationships that say again what stood there: as they are, and were."""
    there = {
        (r.type, r.source, r.target)
        for r in after.relationships.values()
        if r.type in PLAIN and r.id not in moved
    }
    found = []
    for each in after.of_type(*PLAIN):
        if each.id in moved and (each.type, each.source, each.target) in there:
            found.append((each, before.relationships[each.id]))
    return found


def _told_of(work: DirectoryWork, gone: NodeId, kept: NodeId) -> tuple[str, ...]:
    """Let what colleagues told of the one be about the other; return which."""
    found = work.find(PROPOSAL, gone)
    for key, facts in found:
        work.put(PROPOSAL, key, {**facts, "owner": kept})
    return tuple(key for key, _ in found)


def _give_back(work: DirectoryWork, done: Merge) -> None:
    for key in done.proposals:
        facts = work.get(PROPOSAL, key)
        if facts is not None:
            work.put(PROPOSAL, key, {**facts, "owner": done.gone.id})


def _as_merged(seen: Subgraph, done: Merge) -> Node:
    """Return the one that stayed, if nothing of it changed that taking apart would change too."""
    kept = seen.nodes.get(done.kept)
    if kept is None:
        raise InvalidInputError("What they were put together in is no longer there.")
    if done.gone.id in seen.nodes:
        raise InvalidInputError("These two were taken apart already.")
    changed = [name for name in done.chosen if kept.properties.get(name) != done.after.get(name)]
    if changed:
        raise InvalidInputError(
            "This was changed since they were put together: %(fields)s. Change it back first.",
            fields=", ".join(changed),
        )
    return kept


def _role_of(seen: Subgraph, done: Merge) -> list[Relationship]:
    """Return one public role that moves back first: without one nobody is in the directory."""
    if done.gone.label != "Person":
        return []
    mine = [r for r in seen.of_type(*PUBLIC_ROLES) if r.source == done.kept]
    back = [r for r in mine if r.id in done.moved]
    if not back or len(mine) == len(back):
        raise InvalidInputError("One of the two has no role any more, so they stay together.")
    return back[:1]


def _name(node: Node) -> str:
    return text(node.properties, "name") or node.id
