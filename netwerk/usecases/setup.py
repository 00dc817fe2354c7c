"""Another municipality: its needs, its teams and its colleagues, before anybody can sign in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from netwerk.domain.access import Role, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.drafts import Draft
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.records import Node, Record, Relationship, Value
from netwerk.ports.stores import Store
from netwerk.schema import Schema

NEEDS: Final = "needs"
"""The kind of the import that brings the taxonomy of needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTeam:
    """A team, and the areas that it is for."""

    id: str
    name: str
    cluster: str = ""
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewColleague:
    """A colleague, and the team that they are of, if any."""

    id: str
    name: str
    role: Role
    team: str = ""


def needs(schema: Schema) -> list[Draft]:
    """Return the taxonomy of needs as drafts: what is there already stays as it is."""
    return [
        Draft(
            key=node.id,
            row=row,
            title=str(node.properties["label_nl"]),
            records=(replace(node, properties={}),),
            defaults={node.id: node.properties},
        )
        for row, node in enumerate(schema.need_nodes(), 1)
    ]


def add_team(store: Store, scope: Scope, new: NewTeam) -> None:
    """Add a team. Raises InvalidInputError, also for an area that is not there."""
    _require(store, scope, "Area", new.areas)
    facts: dict[str, Value] = {"name": new.name}
    if new.cluster:
        facts["cluster"] = new.cluster
    _add(
        store,
        scope,
        "add-team",
        Node(label="Team", id=NodeId(new.id), properties=facts),
        *(_link("IN_AREA", new.id, area) for area in new.areas),
    )


def add_colleague(store: Store, scope: Scope, new: NewColleague) -> None:
    """Add a colleague. Raises InvalidInputError, also for a team that is not there."""
    teams = [new.team] if new.team else []
    _require(store, scope, "Team", teams)
    facts = {"name": new.name, "role": new.role.value}
    _add(
        store,
        scope,
        "add-colleague",
        Node(label="Worker", id=NodeId(new.id), properties=facts),
        *(_link("MEMBER_OF", new.id, team) for team in teams),
    )


def _add(store: Store, scope: Scope, action: str, *records: Record) -> None:
    store.load(records)
    with store.system() as work:
        work.audit(AuditEvent.within(scope, action, records[0].id))


def _require(store: Store, scope: Scope, label: str, keys: Sequence[str]) -> None:
    with store.directory(scope) as view:
        known = {node.id for node in view.nodes(label).labelled(label)}
    for key in keys:
        if key not in known:
            raise InvalidInputError("There is no %(label)s %(id)s.", label=label.lower(), id=key)


def _link(kind: str, source: str, target: str) -> Relationship:
    name = RelationshipId(f"{kind.lower()}-{source}-{target}")
    return Relationship(type=kind, id=name, source=NodeId(source), target=NodeId(target))
