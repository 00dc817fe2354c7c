"""Which record is in which scope: the rule that every store must agree with.

The functions are pure. The memory store calls them; the other stores filter inside their queries
and are compared with it.
"""

from collections.abc import Container, Iterable
from datetime import date

from netwerk.domain.access import PERMISSIONS, Permission, Scope
from netwerk.domain.cases import Case
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NodeId
from netwerk.domain.people import Worker
from netwerk.domain.records import Node, Record, Relationship, Subgraph, flag, text
from netwerk.domain.teams import members_of, teams_of

PUBLIC_LABELS = frozenset({"Organization", "Service", "Location", "Area", "Need", "Team", "Worker"})
PUBLIC_TYPES = frozenset(
    {
        "PROVIDES",
        "ADDRESSES",
        "CONTACT_FOR",
        "VOLUNTEERS_FOR",
        "LOCATED_AT",
        "IN_AREA",
        "PART_OF",
        "ACQUAINTED",
        "MEMBER_OF",
        "KNOWS_ABOUT",
        "PRESENT_AT",
    }
)
OWNED_TYPES = frozenset({"TIE", "TAKES_PART"})
CASE_RECORDS = frozenset(
    {
        "Ask",
        "ReferralAdvice",
        "CaseReview",
        "Goal",
        "Action",
        "Effort",
        "Scaling",
        "DomainNote",
        "Assessment",
        "Story",
        "Correction",
    }
)
"""What is kept in a case, and seen only with it."""
FROM_CASE_TYPES = frozenset({"CONCERNS", "HANDLED_BY", "REVIEWED_IN"})
TO_CASE_TYPES = frozenset({"LEADS", "ASKED_IN", "ADVISES", "KEPT_IN"})
CASE_TYPES = FROM_CASE_TYPES | TO_CASE_TYPES

_KEPT_IN_FILE = CASE_RECORDS | {"Person", "Case"}


def may_open(worker: Worker, led: Iterable[Case], of_team: Iterable[Case], on: date) -> bool:
    """Whether a worker may open the file of a person.

    `led` and `of_team` are the cases that concern this person and that the worker leads, or that a
    team of theirs handles. The role must allow it, and one of the cases must be open.
    """
    if Permission.NETWORK_READ not in PERMISSIONS[worker.role]:
        return False
    return any(case.open_on(on) for case in (*led, *of_team))


def tie_in_scope(tie: Relationship, scope: Scope, connectors: Container[NodeId]) -> bool:
    """Whether a TIE is seen: from its owner's file, or where both ends agreed to be found."""
    if text(tie.properties, "owner") == scope.subject:
        return True
    return flag(tie.properties, "shared") is True and (
        tie.source in connectors and tie.target in connectors
    )


def visible(graph: Subgraph, scope: Scope) -> Subgraph:
    """Return the graph reduced to what a question about `scope.subject` may use.

    Persons are in it as the subject, in the subject's own ties, in a public role, as a registered
    volunteer, as someone willing to help, or as an end of a shared tie. Of Cases, and of what is
    kept in them, only the subject's. Of colleagues, what those of the viewer's teams know about.
    """
    about = {
        r.source
        for r in graph.relationships.values()
        if r.type == "CONCERNS" and r.target == scope.subject
    }
    in_role = {r.source for r in graph.relationships.values() if r.type == "CONTACT_FOR"}
    ours = colleagues(graph, scope.viewer)
    kept = [
        r
        for r in graph.relationships.values()
        if _seen(graph, r, scope, (about, ours)) and not is_private(graph, r, scope, in_role)
    ]
    in_cases = {end for r in kept if r.type in CASE_TYPES for end in (r.source, r.target)}
    shown = _persons(graph, kept, scope) | about
    shown |= {end for end in in_cases if graph.nodes[end].label in CASE_RECORDS}
    nodes = {n.id: n for n in graph.nodes.values() if n.label in PUBLIC_LABELS or n.id in shown}
    return Subgraph(
        nodes=nodes,
        relationships={r.id: r for r in kept if r.source in nodes and r.target in nodes},
    )


def colleagues(graph: Subgraph, viewer: NodeId) -> frozenset[NodeId]:
    """Return the viewer and all who are in a team of theirs."""
    return members_of(graph, teams_of(graph, viewer)) | {viewer}


def _seen(
    graph: Subgraph,
    record: Relationship,
    scope: Scope,
    of: tuple[Container[NodeId], Container[NodeId]],
) -> bool:
    """Whether a record is seen; `of` are the cases about the subject, and the own colleagues."""
    about, ours = of
    match record.type:
        case "TIE":
            return tie_in_scope(record, scope, _connectors(graph, record))
        case "TAKES_PART":
            return text(record.properties, "owner") == scope.subject
        case "KNOWS_ABOUT":
            return record.source in ours
        case _ if record.type in FROM_CASE_TYPES:
            return record.source in about
        case _ if record.type in TO_CASE_TYPES:
            return record.target in about
        case _:
            return record.type in PUBLIC_TYPES


def is_private(
    graph: Subgraph, record: Relationship, scope: Scope, in_role: Container[NodeId]
) -> bool:
    """Whether a record of a public type is about somebody as a private person.

    That is a worker who knows somebody without a public role, and the talent of somebody who
    does not offer it, the subject's own excepted.
    """
    end = record.target if record.type == "ACQUAINTED" else record.source
    found = graph.nodes.get(end)
    if found is None or found.label != "Person":
        return False
    if record.type == "ACQUAINTED":
        return end not in in_role
    willing = flag(found.properties, "willing_to_help") is True
    return record.type == "ADDRESSES" and not willing and end != scope.subject


def _connectors(graph: Subgraph, tie: Relationship) -> set[NodeId]:
    return {
        end
        for end in (tie.source, tie.target)
        if end in graph.nodes and flag(graph.nodes[end].properties, "connector") is True
    }


def _persons(graph: Subgraph, kept: Iterable[Relationship], scope: Scope) -> set[NodeId]:
    found: set[NodeId] = set() if scope.subject is None else {scope.subject}
    for record in kept:
        if record.type in OWNED_TYPES:
            found |= {record.source, record.target}
        elif record.type in {"CONTACT_FOR", "VOLUNTEERS_FOR"}:
            found.add(record.source)
    found |= {
        n.id for n in graph.labelled("Person") if flag(n.properties, "willing_to_help") is True
    }
    return found


def require_changeable(file: Subgraph, record: Record, scope: Scope) -> None:
    """Refuse to change, with NotVisibleError, what is not part of the subject's file.

    `file` is the file as the unit of work has it by now, with what it saved before.
    """
    allowed = (
        _node_changeable(file, record, scope)
        if isinstance(record, Node)
        else _relationship_changeable(file, record, scope)
    )
    if not allowed:
        raise NotVisibleError


def _node_changeable(file: Subgraph, node: Node, scope: Scope) -> bool:
    known = file.nodes.get(node.id)
    if known is None:
        return node.version == 0 and node.label in _KEPT_IN_FILE
    if node.label == "Person":
        # Somebody else in the picture can be changed only where this file alone made them known.
        return node.id == scope.subject or text(known.properties, "told_by") == scope.subject
    return node.label in _KEPT_IN_FILE and known.label == node.label


def _relationship_changeable(file: Subgraph, record: Relationship, scope: Scope) -> bool:
    known = file.relationships.get(record.id)
    if known is None and record.version != 0:
        return False
    for version in (record, known or record):
        if version.type in OWNED_TYPES:
            if text(version.properties, "owner") != scope.subject:
                return False
        elif version.type == "ADDRESSES":
            if version.source != scope.subject:
                return False
        elif version.type not in CASE_TYPES:
            return False
    ends = {record.source, record.target}
    return record.type not in CASE_TYPES or any(end in file.nodes for end in ends)
