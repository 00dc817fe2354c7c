"""Who keeps which part of the directory, and how what it was stays known.

The rule that every store must agree with when the directory is changed. Someone's own file is
never changed here: a Person is kept here only in a public role, or as a volunteer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self, cast

from netwerk.domain.access import OPERATOR, PERMISSIONS, Permission, Scope
from netwerk.domain.errors import NotAllowedError, NotVisibleError
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.people import Worker
from netwerk.domain.records import (
    Node,
    Properties,
    Record,
    Relationship,
    Subgraph,
    Value,
    flag,
    integer,
    text,
)

HISTORY: Final = "history"
"""The system kind under which changes are kept."""

KEPT_LABELS: Final = frozenset({"Organization", "Service", "Location", "Area", "Need", "Person"})
KEPT_TYPES: Final = frozenset(
    {
        "PROVIDES",
        "ADDRESSES",
        "CONTACT_FOR",
        "VOLUNTEERS_FOR",
        "LOCATED_AT",
        "IN_AREA",
        "PART_OF",
        "ACQUAINTED",
        "PRESENT_AT",
        "KNOWS_ABOUT",
    }
)
FORGOTTEN: Final = frozenset({"KNOWS_ABOUT"})
"""What these were before is kept nowhere: how somebody learned is no record of theirs."""
HUBS: Final = frozenset({"Need", "Area"})
"""Labels that half the directory leads to."""
PUBLIC_ROLES: Final = frozenset({"CONTACT_FOR", "VOLUNTEERS_FOR"})
_OF_A_FILE: Final = ("alias", "address", "postcode", "alter_ties_asked", "told_by")
"""What a file tells about a Person; the directory leaves it as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a record was before it was changed (None: it was not there), by whom, and when.

    `number` counts the changes of a record from 0; `removed`: it is no longer there after it.
    """

    record: str
    number: int
    before: Record | None
    removed: bool
    by: str
    at: str
    operation: str

    @property
    def key(self) -> str:
        """Under which it is kept: the order of keys is the order of a record's changes."""
        return f"{self.record}@{self.number:06d}"

    def written(self) -> Properties:
        """Return the change as it is stored."""
        facts: dict[str, Value] = {
            "owner": self.record,
            "number": self.number,
            "removed": self.removed,
            "by": self.by,
            "at": self.at,
            "operation": self.operation,
        }
        return facts if self.before is None else {**facts, "before": image(self.before)}

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        image = facts.get("before")
        return cls(
            record=text(facts, "owner") or "",
            number=integer(facts, "number") or 0,
            before=from_image(image) if isinstance(image, Mapping) else None,
            removed=flag(facts, "removed") is True,
            by=text(facts, "by") or "",
            at=text(facts, "at") or "",
            operation=text(facts, "operation") or "",
        )


def next_number(last: str | None) -> int:
    """Return the number of the change after the one with this key (None: the first)."""
    return 0 if last is None else int(last.rpartition("@")[2]) + 1


def may_keep(keeper: Worker | None, scope: Scope, record: Record) -> bool:
    """Whether the role of the viewer (None: there is no such colleague) keeps such a record.

    Everybody with `acquaintance:edit` keeps whom they know, and where they are, themselves. What
    somebody knows about is theirs alone to tell.
    """
    if scope.viewer == OPERATOR:
        return True
    held: Collection[Permission] = () if keeper is None else PERMISSIONS[keeper.role]
    if record_is_about_people(record):
        return Permission.VOLUNTEER_EDIT in held
    own = isinstance(record, Relationship) and record.source == scope.viewer
    if own and record_type(record) in {"ACQUAINTED", "PRESENT_AT"}:
        return Permission.ACQUAINTANCE_EDIT in held
    if record_type(record) == "KNOWS_ABOUT":
        return own and Permission.KNOWLEDGE_EDIT in held
    return Permission.DIRECTORY_EDIT in held


def record_type(record: Record) -> str:
    """Return the label of a node, or the type of a relationship."""
    return record.label if isinstance(record, Node) else record.type


def record_is_about_people(record: Record) -> bool:
    """Whether a record is kept by who keeps the volunteers and contact persons."""
    return record_type(record) in {"Person", *PUBLIC_ROLES}


def require_keeping(seen: Subgraph, record: Record, keeper: Worker | None, scope: Scope) -> None:
    """Refuse a change of the directory that is not the viewer's to make.

    `seen` is what the directory shows around the record's own id and its ends, with what this
    unit of work made. Raises NotAllowedError for the role, NotVisibleError for the record.
    """
    if not may_keep(keeper, scope, record):
        raise NotAllowedError
    kept = _node_kept(seen, record) if isinstance(record, Node) else _link_kept(seen, record)
    if not kept:
        raise NotVisibleError


def hidden_end(record: Record, seen: Subgraph) -> NodeId | None:
    """Return the person whom a record would give a role, where the directory does not show them."""
    if not isinstance(record, Relationship) or record.type not in PUBLIC_ROLES:
        return None
    return None if record.source in seen.nodes else record.source


def comes_back(record: Record, changes: Iterable[Change]) -> bool:
    """Whether a role was taken away that is given again: the same, at the same place.

    Nobody sees its person meanwhile; so it is the one thing by which they can be joined again.
    """
    last = max(changes, key=lambda change: change.number, default=None)
    image = last.before if last is not None and last.removed else None
    if not isinstance(record, Relationship) or not isinstance(image, Relationship):
        return False
    same = (image.type, image.source, image.target)
    return same == (record.type, record.source, record.target)


def require_alike(seen: Subgraph, old: NodeId, new: NodeId) -> None:
    """Refuse to let one node take the place of another unless both are kept and of one label."""
    ends = [seen.nodes.get(old), seen.nodes.get(new)]
    labels = {None if end is None else end.label for end in ends}
    if old == new or len(labels) > 1 or not labels <= KEPT_LABELS - HUBS:
        raise NotVisibleError
    if labels == {"Person"} and not all(_in_public_role(seen, each) for each in (old, new)):
        raise NotVisibleError


def pointed(link: Relationship, old: NodeId, new: NodeId) -> Relationship:
    """Return a relationship, one version further, that ends at `new` where it ended at `old`."""
    return replace(
        link,
        source=new if link.source == old else link.source,
        target=new if link.target == old else link.target,
        version=link.version + 1,
    )


def _node_kept(seen: Subgraph, node: Node) -> bool:
    known = seen.nodes.get(node.id)
    if node.label not in KEPT_LABELS or (known is not None and known.label != node.label):
        return False
    if node.label != "Person":
        return True
    if known is None:
        return node.version == 0 and not any(key in node.properties for key in _OF_A_FILE)
    same = all(known.properties.get(key) == node.properties.get(key) for key in _OF_A_FILE)
    return same and _in_public_role(seen, node.id)


def _link_kept(seen: Subgraph, link: Relationship) -> bool:
    known = seen.relationships.get(link.id)
    if known is not None and (known.type, known.source) != (link.type, link.source):
        return False
    ends = [seen.nodes.get(link.source), seen.nodes.get(link.target)]
    if link.type not in KEPT_TYPES or any(end is None for end in ends):
        return False
    # A talent is somebody's own to tell, unless they are registered here.
    source = seen.nodes[link.source]
    talent = link.type == "ADDRESSES" and source.label == "Person"
    return not talent or _in_public_role(seen, link.source)


def _in_public_role(seen: Subgraph, person: NodeId) -> bool:
    return any(r.source == person and r.type in PUBLIC_ROLES for r in seen.relationships.values())


def image(record: Record) -> Properties:
    """Return a record as it is kept; `from_image` reads it."""
    facts: dict[str, Value] = {
        "id": record.id,
        "properties": record.properties,
        "version": record.version,
    }
    if isinstance(record, Node):
        return {**facts, "label": record.label}
    return {**facts, "type": record.type, "source": record.source, "target": record.target}


def from_image(image: Properties) -> Record:
    """Read what `image` returned."""
    properties, version = cast("Properties", image["properties"]), integer(image, "version") or 0
    key, label = text(image, "id") or "", text(image, "label")
    if label is not None:
        return Node(label=label, id=NodeId(key), properties=properties, version=version)
    return Relationship(
        type=text(image, "type") or "",
        id=RelationshipId(key),
        source=NodeId(text(image, "source") or ""),
        target=NodeId(text(image, "target") or ""),
        properties=properties,
        version=version,
    )


def require_permission(colleagues: Subgraph, scope: Scope, permission: Permission) -> None:
    """Refuse a viewer whose role does not hold the permission. `colleagues` holds the Workers."""
    if scope.viewer == OPERATOR:
        return
    node = colleagues.nodes.get(scope.viewer)
    if node is None or permission not in PERMISSIONS[Worker.from_node(node).role]:
        raise NotAllowedError
