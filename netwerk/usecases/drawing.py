"""Drawing the network together: each act is stored at once, and the last ones can be taken back.

An act names the version of what it changes; where a colleague changed that in the meantime it
raises ConflictError, and nothing is overwritten.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.drawing import STEPS, Step, Stroke, steps_of, steps_written
from netwerk.domain.errors import (
    AlreadyDoneError,
    ConflictError,
    InvalidInputError,
    NotVisibleError,
)
from netwerk.domain.ids import NodeId, OperationId, OrganizationId, PersonId, RelationshipId
from netwerk.domain.records import Node, Record, Relationship, Value, text
from netwerk.domain.ties import Approach, Participation, Tie, told_anew
from netwerk.graph.file import PersonFile
from netwerk.ports.stores import GraphStore, Work

LONGEST_NAME = 200
MOST_PETS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told about somebody; `called` is the inhabitant's own word for what they are."""

    name: str
    kind: str = "other"
    called: str = ""
    closeness: int | None = None
    contact: str | None = None
    support: tuple[str, ...] = ()
    support_given: tuple[str, ...] = ()
    valence: str | None = None
    lives_with: bool = False
    carer: bool = False
    remark: str = ""
    valid_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A tie as it was read: its id and version, and the version of the person at the other end."""

    tie: RelationshipId
    version: int
    person_version: int = 0


def open_drawing(store: GraphStore, scope: Scope, action: str = "open-drawing") -> PersonFile:
    """Return the file of the scope's subject; that it was opened, or printed, is logged."""
    if scope.subject is None:
        raise NotVisibleError
    with store.view(scope, action) as view:
        return PersonFile(view.own_file(), scope.subject, scope.as_of)


def steps(store: GraphStore, scope: Scope) -> tuple[Step, ...]:
    """Return the viewer's steps of today in this file, which they opened before."""
    return steps_of(store.peek(STEPS, scope.beside), scope.as_of.isoformat())


def add(
    store: GraphStore, scope: Scope, operation: OperationId, told: Told, place: int | None = None
) -> RelationshipId:
    """Add somebody; who has no name of their own gets a number where there are more of them."""
    name = _named(told.name)
    alter, key = PersonId(NodeId(f"p-{operation}")), RelationshipId(f"t-{operation}")
    with suppress(AlreadyDoneError), _drawing(store, scope, operation, "draw-add") as pen:
        if told.called == told.name:
            name = _numbered(pen.file, name)
        pen.name = name
        who = {"name": name, "told_by": pen.person}
        pen.save(Node(label="Person", id=alter, properties=who))
        tie = Relationship(type="TIE", id=key, source=pen.person, target=alter)
        facts = _facts(told, scope)
        pen.save(tie.with_properties(owner=pen.person, place=place, **facts))
    return key


def move(
    store: GraphStore,
    scope: Scope,
    operation: OperationId,
    read: Read,
    to: tuple[int, int | None],
) -> None:
    """Put somebody on a ring (1, far, to 5, close), and on a place along it if one is named."""
    closeness, place = to
    with suppress(AlreadyDoneError), _drawing(store, scope, operation, "draw-move") as pen:
        tie = pen.tie(read)
        changes: dict[str, Value] = {"closeness": closeness}
        if place is not None:
            changes["place"] = place
        pen.save(told_anew(tie, scope.as_of, changes))


def tell(store: GraphStore, scope: Scope, operation: OperationId, read: Read, told: Told) -> None:
    """Change what was told about somebody; whether they may be asked stays what it was."""
    name = _named(told.name)
    with suppress(AlreadyDoneError), _drawing(store, scope, operation, "draw-tell") as pen:
        tie = pen.tie(read)
        pen.save(told_anew(tie, scope.as_of, _facts(told, scope, tie)))
        alter = pen.file.graph.nodes[tie.target if tie.source == pen.person else tie.source]
        if name != pen.file.name(alter.id):
            pen.save(replace(alter, version=read.person_version).with_properties(name=name))


def gone(store: GraphStore, scope: Scope, operation: OperationId, read: Read) -> None:
    """Note that somebody is no longer there from today on; what it was stays known."""
    with suppress(AlreadyDoneError), _drawing(store, scope, operation, "draw-gone") as pen:
        pen.save(pen.tie(read).with_properties(valid_to=scope.as_of.isoformat()))


def know(
    store: GraphStore, scope: Scope, operation: OperationId, one: PersonId, other: PersonId
) -> None:
    """Note that two people know each other; where that was noted, take it off."""
    with suppress(AlreadyDoneError), _drawing(store, scope, operation, "draw-know") as pen:
        around = {tie.other(pen.person) for tie in pen.file.ties if tie.joins(pen.person)}
        if not {one, other} <= around or one == other:
            raise NotVisibleError
        pen.name = pen.file.name(one)
        known = [tie for tie in pen.file.ties if {tie.source, tie.target} == {one, other}]
        for tie in known:
            pen.remove(tie.record)
        if not known:
            key = RelationshipId(f"t-{operation}")
            new = Relationship(type="TIE", id=key, source=one, target=other)
            pen.save(new.with_properties(owner=pen.person, kind="other"))


def take_part(
    store: GraphStore, scope: Scope, operation: OperationId, where: OrganizationId, how: str
) -> None:
    """Note where the inhabitant takes part; whether it may be asked is not said with it."""
    with suppress(AlreadyDoneError), _drawing(store, scope, operation, "draw-take-part") as pen:
        if any(part.organization == where for part in pen.file.participations):
            raise InvalidInputError("This is on the drawing already.")
        key = RelationshipId(f"tp-{operation}")
        part = Relationship(type="TAKES_PART", id=key, source=pen.person, target=where)
        pen.save(part.with_properties(owner=pen.person, how=how))


def say(
    store: GraphStore, scope: Scope, operation: OperationId, key: RelationshipId, word: Approach
) -> None:
    """Note the inhabitant's word on asking somebody; it counts at once.

    No version is asked: a wish to leave somebody alone must not fail because of another change.
    """
    with suppress(AlreadyDoneError), _drawing(store, scope, operation, "set-approach") as pen:
        account = pen.file.tie(key) or pen.file.participation(key)
        if account is None:
            raise NotVisibleError
        pen.name = pen.file.name(_end(account, pen.person))
        said = {"approach_on": scope.as_of.isoformat(), "approach_by": scope.viewer}
        pen.save(told_anew(account.record, scope.as_of, {"approach": word.value, **said}))


def keep_pets(
    store: GraphStore, scope: Scope, operation: OperationId, version: int, pets: Sequence[str]
) -> None:
    """Note which animals live in the house."""
    named = [" ".join(pet.split()) for pet in pets]
    with suppress(AlreadyDoneError), _drawing(store, scope, operation, "draw-pets") as pen:
        kept = [pet for pet in named if pet][:MOST_PETS]
        pen.save(replace(pen.file.node, version=version).with_properties(pets=kept or None))


def undo(store: GraphStore, scope: Scope, operation: OperationId) -> Step | None:
    """Take the viewer's last step of today back; return which it was, None where there is none.

    What it changed becomes what it was. Raises ConflictError where somebody changed that since.
    """
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        done = steps_of(work.beside(STEPS), scope.as_of.isoformat())
        if not done:
            return None
        back = _take_back(work, done[-1])
        left = [step.followed(back) for step in done[:-1]]
        work.keep_beside(STEPS, steps_written(left, scope.as_of.isoformat()))
        work.audit(AuditEvent.within(scope, "undo", done[-1].strokes[0].record))
        return done[-1]
    return None


def _take_back(work: Work, step: Step) -> dict[tuple[str, int], int]:
    """Make what a step changed as it was; return the version that each of its versions became."""
    made = [stroke.record for stroke in step.strokes if stroke.before is None]
    found: dict[str, Record] = {}
    for stroke in step.strokes:
        stored = _find(work, stroke.record)
        if (stored.version if stored else 0) != stroke.after:
            raise ConflictError(stroke.record, stored)
        if isinstance(stored, Node) and stored.id in made:
            # Saved once more, it stays in reach of this unit when its tie is gone.
            work.save(stored)
            stored = replace(stored, version=stored.version + 1)
        if stored is not None:
            found[stroke.record] = stored
    back: dict[tuple[str, int], int] = {}
    for stroke in reversed(step.strokes):
        if stroke.before is None:
            work.remove(found[stroke.record])
        else:
            now = found[stroke.record].version if stroke.record in found else 0
            work.save(replace(stroke.before, version=now))
            back[stroke.record, stroke.before.version] = now + 1
    return back


def _find(work: Work, key: str) -> Record | None:
    file = work.own_file()
    return file.nodes.get(NodeId(key)) or file.relationships.get(RelationshipId(key))


class _Pen:
    """One act: it saves in a unit of work, and remembers what was there before."""

    def __init__(self, work: Work, person: PersonId, on: date) -> None:
        self.person = person
        self.file = PersonFile(work.own_file(), person, on)
        self.name = ""
        self.strokes: list[Stroke] = []
        self._work = work

    def tie(self, read: Read) -> Relationship:
        """Return a tie of the inhabitant's own, at the version that was read."""
        tie = self.file.tie(read.tie)
        if tie is None or not tie.joins(self.person):
            raise NotVisibleError
        self.name = self.file.name(tie.other(self.person))
        return replace(tie.record, version=read.version)

    def save(self, record: Record) -> None:
        """Save a record, which may be new."""
        self._work.save(record)
        self._note(record, record.version + 1)

    def remove(self, record: Record) -> None:
        """Remove a record."""
        self._work.remove(record)
        self._note(record, 0)

    def _note(self, record: Record, after: int) -> None:
        graph = self.file.graph
        before = graph.nodes.get(NodeId(record.id))
        found = before or graph.relationships.get(RelationshipId(record.id))
        self.strokes.append(Stroke(record=record.id, before=found, after=after))


@contextmanager
def _drawing(
    store: GraphStore, scope: Scope, operation: OperationId, action: str
) -> Iterator[_Pen]:
    if scope.subject is None:
        raise NotVisibleError
    on = scope.as_of.isoformat()
    with store.work(scope, operation) as work:
        pen = _Pen(work, scope.subject, scope.as_of)
        yield pen
        step = Step(action=action, name=pen.name, on=on, strokes=tuple(pen.strokes))
        done = steps_of(work.beside(STEPS), on)
        work.keep_beside(STEPS, steps_written([*done, step], on))
        work.audit(AuditEvent.within(scope, action, pen.strokes[-1].record))


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInputError("Say who it is. A word like “neighbour” is enough.")
    if len(name) > LONGEST_NAME:
        raise InvalidInputError("This is too long for a name. Keep it short.")
    return name


def _numbered(file: PersonFile, name: str) -> str:
    """Tell apart those who are called the same: neighbour, neighbour 2, neighbour 3."""
    taken = {file.name(tie.other(file.person.id)) for tie in file.ties}
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} {number}"
    return free


def _facts(told: Told, scope: Scope, tie: Relationship | None = None) -> dict[str, Value | None]:
    began = told.valid_from.isoformat() if told.valid_from else None
    ended = text(tie.properties, "valid_to") if tie else None
    if began and began > scope.as_of.isoformat():
        raise InvalidInputError("It cannot have begun after today.")
    if began and ended and ended < began:
        raise InvalidInputError("It cannot end before it began (%(start)s).", start=began)
    return {
        "kind": told.kind,
        "called": told.called or None,
        "closeness": told.closeness,
        "contact": told.contact,
        "support": list(told.support) or None,
        "support_given": list(told.support_given) or None,
        "valence": told.valence,
        "lives_with": True if told.lives_with else None,
        "carer": True if told.carer else None,
        "remark": told.remark or None,
        "valid_from": began,
    }


def _end(account: Tie | Participation, person: PersonId) -> NodeId:
    return account.other(person) if isinstance(account, Tie) else account.organization
