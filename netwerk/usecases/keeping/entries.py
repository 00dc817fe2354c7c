"""What is kept, as it is read: one entry of the directory with its fields."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import NotAllowedError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, RelationshipId
from netwerk.domain.keeping import may_keep
from netwerk.domain.people import Worker
from netwerk.domain.records import Node, Record, Relationship, Subgraph, text
from netwerk.domain.sheets import ABOUT_PEOPLE, PARTS, SHEETS, Fields, Sheet, filled
from netwerk.ports.stores import DirectoryWork, GraphStore

EDIT: Final = "edit"
"""The system kind that says which records were changed at once, by the entry they belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which entry: its kind and id; `of` is what it is a part of, for a kind that is a part."""

    kind: str
    key: str
    of: str | None = None

    @property
    def owner(self) -> NodeId:
        """The node with whose history the entry is kept."""
        return NodeId(self.of or self.key)

    @property
    def whole(self) -> "Place":
        """The entry that this one is part of, or itself."""
        return self if self.of is None else Place(kind=PARTS[self.kind], key=self.of)

    @property
    def sheet(self) -> Sheet:
        """What is kept of this kind."""
        return SHEETS[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as it is stored, with what lies around it."""

    place: Place
    record: Record
    seen: Subgraph

    @property
    def fields(self) -> Fields:
        """What is filled in."""
        return filled(self.place.sheet, self.seen, self.record)

    @property
    def name(self) -> str:
        """What it is called."""
        node = self.record if isinstance(self.record, Node) else self.seen.nodes[self.place.owner]
        return name_of(node)

    def ends(self, kind: str, label: str) -> list[Node]:
        """Return the nodes of a label that relationships of a type join to it, by name."""
        ids = {end for r in self._links(kind) for end in (r.source, r.target)}
        found = [n for key in ids if (n := self.seen.nodes.get(key)) and n.label == label]
        return sorted(found, key=lambda n: (name_of(n).casefold(), n.id))

    def parts(self, kind: str) -> list["Entry"]:
        """Return the entries of a kind that are part of this one, by id."""
        links = self._links(SHEETS[kind].label)
        return [
            Entry(place=Place(kind=kind, key=r.id, of=self.place.key), record=r, seen=self.seen)
            for r in links
        ]

    def _links(self, kind: str) -> list[Relationship]:
        owner = self.place.owner
        return [r for r in self.seen.of_type(kind) if owner in {r.source, r.target}]


class Around(Protocol):
    """A view or a unit of work on the directory."""

    def around(self, ids: Collection[NodeId]) -> Subgraph:
        """Return these nodes with what touches them."""
        ...


def read(store: GraphStore, scope: Scope, place: Place) -> Entry:
    """Return an entry for who keeps it. Raises NotVisibleError, NotAllowedError."""
    action = "open-entry" if place.kind in ABOUT_PEOPLE else None
    with store.directory(scope, action) as view:
        return entry(view, scope, place)


def entry(view: Around, scope: Scope, place: Place) -> Entry:
    """Return an entry as a view or a unit of work shows it."""
    seen = view.around([place.owner])
    found = _found(seen, place)
    if found is None:
        raise NotVisibleError
    require_keeper(view, scope, found)
    if place.kind == "services":
        seen |= view.around(_givers(seen, place.owner))
    return Entry(place=place, record=found, seen=seen)


def require_keeper(view: Around, scope: Scope, record: Record) -> None:
    """Refuse who does not keep such a record."""
    viewer = view.around([scope.viewer]).nodes.get(scope.viewer)
    keeper = Worker.from_node(viewer) if viewer is not None and viewer.label == "Worker" else None
    if not may_keep(keeper, scope, record):
        raise NotAllowedError


def keeper_name(view: Around, scope: Scope) -> str:
    """Return what whoever keeps it is called, for who reads by whom it was verified."""
    viewer = view.around([scope.viewer]).nodes.get(scope.viewer)
    return scope.viewer if viewer is None else name_of(viewer)


def name_of(node: Node) -> str:
    """Return what a node is called by people."""
    facts = node.properties
    names = (text(facts, key) for key in ("name", "label_nl", "address", "postcode", "alias"))
    return next((each for each in names if each), node.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of work on one entry: all that is changed in it is one step of its history."""

    work: DirectoryWork
    scope: Scope
    place: Place
    operation: OperationId

    def entry(self) -> Entry:
        """Return the entry as it is stored, locked until the end."""
        return entry(self.work, self.scope, self.place)

    def note(self, act: str, records: Iterable[Record]) -> None:
        """Keep which records were changed, and log that they were."""
        owner = self.place.owner
        ids = sorted({each.id for each in records})
        facts = {"owner": owner, "operation": self.operation, "act": act, "records": ids}
        self.work.put(EDIT, f"{owner}@{self.operation}", facts)
        self.work.audit(AuditEvent.within(self.scope, f"{act}-{self.place.kind}", self.place.key))


@contextmanager
def unit(store: GraphStore, scope: Scope, operation: OperationId, place: Place) -> Iterator[Unit]:
    """Open a unit of work on one entry. Raises AlreadyDoneError as the store does."""
    with store.directory_work(scope, operation) as work:
        yield Unit(work=work, scope=scope, place=place, operation=operation)


def _found(seen: Subgraph, place: Place) -> Record | None:
    owner = seen.nodes.get(place.owner)
    if owner is None or owner.label != SHEETS[place.whole.kind].label:
        return None
    # Somebody willing to help is seen here too; only who is registered is kept.
    registered = any(r.source == owner.id for r in seen.of_type("VOLUNTEERS_FOR"))
    if place.whole.kind == "volunteers" and not registered:
        return None
    if place.of is None:
        return owner
    found = seen.relationships.get(RelationshipId(place.key))
    mine = found is not None and owner.id in {found.source, found.target}
    return found if mine and found is not None and found.type == place.sheet.label else None


def _givers(seen: Subgraph, service: NodeId) -> list[NodeId]:
    return [r.source for r in seen.of_type("PROVIDES") if r.target == service]
