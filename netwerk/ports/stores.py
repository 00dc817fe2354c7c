"""What the core asks of a store.

A store has no `get`. It opens a view for one viewer, one purpose, one day (`Scope`), and what
the scope does not show is not there: asking for it raises NotVisibleError, the same as for
what never was. Which record is in which scope is decided by `netwerk.domain.visibility`;
adapters filter inside their queries and must agree with it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEntry, AuditEvent
from netwerk.domain.directory import Service
from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.records import Node, Point, Properties, Record, Subgraph, parse_day
from netwerk.ports.finding import Candidates, FindQuery
from netwerk.ports.works import FilesWork as FilesWork
from netwerk.ports.works import SystemWork as SystemWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferQuery:
    """Which offers a question can use: wide enough for the rules, bounded for the store.

    `need` is met by offers for itself, for those below it and for its siblings (its family); None
    asks for any. `radius` is in metres around `origin`; without an origin every distance is
    unknown. An offer is left out by
    the store when its formality is not asked, it is not valid `on` the day, it is full
    (`capacity` known and not above `load`), or `age` is known and outside its limits.
    """

    need: NeedId | None
    formalities: frozenset[str]
    on: str
    age: int | None
    origin: Point | None
    radius: float
    limit: int

    def accepts(self, service: Service) -> bool:
        """Whether this offer is of the kind that is asked, has room, and suits the day and age."""
        return (
            service.formality in self.formalities
            and service.held_on(parse_day(self.on))
            and service.suits_age(self.age)
            and (service.capacity is None or service.capacity > service.load)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferGroup:
    """Offers that come to the inhabitant, or lie nobody knows where, cut off at `limit`.

    The group is all offers for one `need` (addressed directly) that agree in `room_known`
    (capacity is known) and `comes_to_you` (at home or online; else the distance is unknown), in the
    order of organization id, then service id. `last` is the last pair that was returned.
    """

    need: NeedId | None
    room_known: bool
    comes_to_you: bool
    last: tuple[NodeId, NodeId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Offers that need no acquaintance.

    `subgraph` holds the Services with their Organizations, PROVIDES, ADDRESSES (to the needs asked)
    and LOCATED_AT with the Locations. Every on-site Service with a known place within the
    radius is in it; of the others the first `limit` of each group. `cut` are the groups
    that have more; empty when the answer is complete.
    """

    subgraph: Subgraph
    cut: tuple[OfferGroup, ...] = ()


class GraphView(Protocol):
    """What one viewer may see for one inhabitant on one day."""

    def own_file(self) -> Subgraph:
        """Return the inhabitant's own file.

        The Person; their Cases with CONCERNS, LEADS, HANDLED_BY and the Worker and Team at the
        other end; every TIE and TAKES_PART whose owner they are, valid or not, with the nodes at
        both ends; their talents (ADDRESSES with the Need); their own CONTACT_FOR with the
        Organization; shared TIEs of other owners that join them, where both are connectors;
        what is kept in the Cases (`CASE_RECORDS`), with what joins it to them.
        """
        ...

    def around(self, query: OfferQuery) -> Offers:
        """Return what a search for `query.need` starts from, beside the file.

        The Need, its siblings and all below it (not below the siblings); the viewer's teams: Team,
        MEMBER_OF, Worker, and the workers' ACQUAINTED with the node at the end, if that is an
        Organization or a Person who is CONTACT_FOR one; and what `offers` returns for the query.
        One round trip. Raises InvalidInputError for a need that is not there (or None).
        """
        ...

    def expand(self, reached: Collection[NodeId], needs: Collection[NeedId]) -> Subgraph:
        """Return what lies one step beyond these Persons and Organizations.

        The reached nodes; CONTACT_FOR at either end; shared TIEs between two connectors; PROVIDES
        and VOLUNTEERS_FOR to a Service that addresses one of `needs`, with those ADDRESSES,
        LOCATED_AT and Locations; ADDRESSES of a willing Person to one of `needs`; and the nodes
        at the other end of all these, except the Needs.
        """
        ...

    def offers(self, query: OfferQuery) -> Offers:
        """Return the offers that need no acquaintance; asked again with a higher limit if cut."""
        ...

    def publication(self) -> Properties | None:
        """Return the table of outcomes published last (`netwerk learn`), if any."""
        ...


class DirectoryView(Protocol):
    """What a colleague sees without opening anyone's file."""

    def nodes(self, *labels: str) -> Subgraph:
        """Return all nodes of public labels (Need, Area, Team, Worker, Organization, Location)
        with the relationships among them.
        """
        ...

    def caseload(self, *kinds: str) -> Subgraph:
        """Return the viewer's cases and those of their teams.

        Open Cases that the viewer may open, with CONCERNS and the Person, LEADS, HANDLED_BY and the
        Worker and Team at the other end, and of what is kept in the cases these kinds
        (`CASE_RECORDS`), with what joins them to it.
        """
        ...

    def offers(self, query: OfferQuery) -> Offers:
        """Return the offers around a point."""
        ...

    def around(self, ids: Collection[NodeId]) -> Subgraph:
        """Return these nodes, as far as the directory shows them, with what touches them.

        Public relationships from and to them with the nodes at the other end; of a Need and an Area
        only the relationships from them, because half the directory leads to them. Ids
        that are hidden or not there are left out.
        """
        ...

    def find(self, query: FindQuery) -> Candidates:
        """Return the first items that meet the query, group by group (`netwerk.ports.finding`)."""
        ...

    def around_items(self, keys: Collection[str]) -> Subgraph:
        """Return what is around the items with these keys; those that are not there are left out.

        See `netwerk.ports.finding`.
        """
        ...

    def words_like(self, typed: Collection[str]) -> frozenset[str]:
        """Return the words of all items that are forms of these folded words, or near to them.

        That is: they share a stem (`netwerk.ports.stems`), or of each one is the other, or one
        of its `slips`.
        """
        ...


class Work(Protocol):
    """A unit of work on one inhabitant's file.

    Everything in it is stored together with its audit entries, or nothing is.
    """

    def own_file(self) -> Subgraph:
        """Return the file as GraphView.own_file does, locked until the end."""
        ...

    def save(self, record: Record) -> None:
        """Store a record whose `version` is the one that was read (0: it is new).

        Raises ConflictError when another version is stored, InvalidRecordError when it breaks
        graph_schema, NotVisibleError when it is outside the file.
        """
        ...

    def remove(self, record: Record) -> None:
        """Remove a record at the version that was read. Raises as `save`."""
        ...

    def leave_alone(self, person: PersonId, until: str) -> None:
        """Set `ask_again_from` of a Person that the scope shows: they declined until that day.

        It is the one fact about somebody else that a file may change, because it is their own word;
        a later date that stands is kept. Raises NotVisibleError.
        """
        ...

    def beside(self, kind: str) -> Properties | None:
        """Return what the viewer keeps beside the file, locked until the end.

        Without a lock it is `GraphStore.peek` at `Scope.beside`.
        """
        ...

    def keep_beside(self, kind: str, value: Properties, key: str | None = None) -> None:
        """Keep something beside the file; its `owner` becomes the inhabitant.

        It is the viewer's own; with a `key` it is found by that, for what others read too.
        """
        ...

    def audit(self, event: AuditEvent) -> None:
        """Append to the audit log."""
        ...


class DirectoryWork(SystemWork, Protocol):
    """A unit of work on the directory, and on what is kept beside it.

    Everything in it is stored together with its audit entries, or nothing is. What each record was
    before is kept as a `Change` (system kind `history`, owner: the record's id).
    """

    def around(self, ids: Collection[NodeId]) -> Subgraph:
        """Return what DirectoryView.around does, and what this unit made; locked until the end."""
        ...

    def save(self, *records: Record) -> None:
        """Store records whose `version` is the one that was read (0: it is new), in this order.

        Raises ConflictError when another version is stored, InvalidRecordError when one breaks
        graph_schema, NotVisibleError when it is not of the directory, NotAllowedError when the
        viewer's role does not keep it (`netwerk.domain.keeping`).
        """
        ...

    def remove(self, *records: Record) -> None:
        """Remove records at the version that was read, in this order. Raises as `save`.

        Whether they are kept here is decided before the first goes: a contact person goes together
        with the tie by which they are one.

        A node that something is still joined to, be it in a file, raises ConflictError.
        """
        ...

    def repoint(
        self, old: NodeId, new: NodeId, only: Collection[RelationshipId] | None = None
    ) -> tuple[RelationshipId, ...]:
        """Let every relationship that ends at `old` end at `new`, in whosever file it is.

        Both carry the same label; `only` limits it to these. A relationship between the two stays.
        Return which were moved: they are for moving them back, and for nobody to see.
        """
        ...


class GraphStore(Protocol):
    """The graph, seen and changed within a scope."""

    def view(
        self, scope: Scope, action: str, details: Mapping[str, str] | None = None
    ) -> AbstractContextManager[GraphView]:
        """Open `scope.subject`'s file for reading, and log that it was.

        The audit entry (`action`, `details`) is committed before the block is left without error.
        Raises NotVisibleError (and logs the refusal) when the viewer has no access, by a case or
        by a `Grant`, whose purpose is what is logged then.
        """
        ...

    def directory(
        self, scope: Scope, action: str | None = None
    ) -> AbstractContextManager[DirectoryView]:
        """Open the directory for reading; `action` is logged where it discloses personal data."""
        ...

    def work(self, scope: Scope, operation: OperationId) -> AbstractContextManager[Work]:
        """Open a unit of work on `scope.subject`'s file.

        Without a subject only a new file can be made. Raises NotVisibleError without access,
        AlreadyDoneError when a unit of work with this operation id was stored before.
        """
        ...

    def directory_work(
        self, scope: Scope, operation: OperationId, *, patient: bool = False
    ) -> AbstractContextManager[DirectoryWork]:
        """Open a unit of work on the directory; `patient`: it is large and may take minutes.

        Raises AlreadyDoneError when a unit of work with this operation id was stored before.
        """
        ...

    def files_work(self, scope: Scope, operation: OperationId) -> AbstractContextManager[FilesWork]:
        """Open a unit of work on all files, for who holds `subject:erase`, and for the operator.

        Raises NotAllowedError, and AlreadyDoneError as `work`.
        """
        ...

    def system(self) -> AbstractContextManager[SystemWork]:
        """Open a unit of work on accounts, sessions and publications."""
        ...

    def peek(self, kind: str, key: str) -> Properties | None:
        """Return what SystemWork.get would, without a lock: whoever acts on it must look again.

        Every page asks whose session it is, and nobody should wait in line for that.
        """
        ...


class StoreAdministration(Protocol):
    """What an operator does with a store as a whole."""

    def migrate(self) -> int:
        """Bring the store to this program's schema version and return it; safe to run twice.

        Raises StoreVersionError for a store that is newer than the program.
        """
        ...

    def is_empty(self) -> bool:
        """Whether there is no node yet."""
        ...

    def load(self, records: Iterable[Record]) -> int:
        """Add records, nodes before relationships; all or nothing. Return how many.

        Raises InvalidRecordError for an id that is there already or an end that is not.
        """
        ...

    def dump(self) -> Iterator[Record]:
        """Yield all nodes by label and id, then all relationships by type and id."""
        ...

    def closed_asks(self) -> Iterator[tuple[str, Node]]:
        """Yield (person id, Ask) for every Ask of every case: only `netwerk learn` may ask."""
        ...

    def audit_entries(self, after: int = 0) -> Iterator[AuditEntry]:
        """Yield the audit log in order."""
        ...

    def audit_about(self, person: PersonId) -> Iterator[AuditEntry]:
        """Yield the entries about one person, in order."""
        ...

    def system_records(self) -> Iterator[tuple[str, str, Properties]]:
        """Yield (kind, key, value) of what is not graph, in order."""
        ...

    def restore(
        self,
        records: Iterable[Record],
        system: Iterable[tuple[str, str, Properties]],
        entries: Iterable[AuditEntry],
    ) -> None:
        """Fill an empty store with all three, versions included; all or nothing."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


class Store(GraphStore, StoreAdministration, Protocol):
    """A store, whole."""
