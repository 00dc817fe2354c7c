"""What an entry was: every change with who made it, and the way back, which is a change itself."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from netwerk.domain.access import Scope
from netwerk.domain.errors import AlreadyDoneError, NotAllowedError, NotVisibleError
from netwerk.domain.history import Step, Turn, returning, reverted, steps, turned
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.keeping import HISTORY, PUBLIC_ROLES, Change
from netwerk.domain.records import Node, Record, Relationship, text, words
from netwerk.domain.sheets import SHEETS, VERIFIED
from netwerk.ports.stores import DirectoryWork, GraphStore, SystemWork
from netwerk.usecases.keeping.ending import GONE
from netwerk.usecases.keeping.entries import (
    EDIT,
    Around,
    Entry,
    Place,
    entry,
    name_of,
    require_keeper,
    unit,
)

_TOLD: Final = {
    "organizations": ("LOCATED_AT", "CONTACT_FOR"),
    "services": ("ADDRESSES", "LOCATED_AT", "PROVIDES"),
    "locations": ("IN_AREA",),
    "volunteers": ("ADDRESSES", "IN_AREA", "VOLUNTEERS_FOR"),
}
"""Relationships whose changes belong to the history of an entry, however they came about."""
_VOLUNTEER: Final = SHEETS["volunteers"]
_OF_PEOPLE: Final = {"volunteers": (*_VOLUNTEER.properties, *_VOLUNTEER.unsaid, *VERIFIED)}
_OF_OTHERS: Final = ("name",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What happened to an entry: its steps, the oldest first, and the nodes that they name.

    `acts` says by operation what somebody did, where that is known.
    """

    place: Place
    name: str
    entry: Entry | None
    steps: tuple[Step, ...]
    acts: Mapping[str, str]
    names: Mapping[NodeId, Node]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Something that was taken away, or somebody who stopped, and can come back."""

    place: Place
    name: str
    by: str
    at: str


def past(store: GraphStore, scope: Scope, place: Place) -> Past:
    """Return what happened to an entry, also when it is gone. Raises as reading it does."""
    with store.directory(scope) as view, store.system() as work:
        stored = _entry(view, work, scope, place)
        told = _Told(work, place, stored)
        found = told.steps(_now(view, told.changes))
        named = view.around(sorted(_mentioned(found)))
        last = next((t.record for s in reversed(found) for t in s.turns if _main(t, place)), None)
    name = stored.name if stored else name_of(last) if isinstance(last, Node) else place.key
    return Past(
        place=place,
        name=name,
        entry=stored,
        steps=tuple(found),
        acts=told.acts,
        names=named.nodes,
    )


def undo(store: GraphStore, scope: Scope, operation: OperationId, place: Place, step: str) -> None:
    """Bring an entry back to what it was before a step: that step and all after it are undone.

    What other steps, of other entries, changed of the same records since stays.
    """
    with suppress(AlreadyDoneError), unit(store, scope, operation, place) as here:
        work = here.work
        stored = _entry(work, work, scope, place)
        told = _Told(work, place, stored)
        found = told.steps(_now(work, told.changes))
        at = next((n for n, each in enumerate(found) if each.operation == step), None)
        if at is None:
            raise NotVisibleError
        undone = {each.operation for each in found[at:]}
        images = {t.change.record: t.record for s in found[at:] for t in s.turns}
        back = _Back(work, told, undone)
        back.bring_all([each for each in images.values() if each is not None])
        work.delete(GONE, place.key)
        here.note("undo", back.touched)


def gone(store: GraphStore, scope: Scope) -> list[Gone]:
    """Return what was taken away and can be brought back, the newest first."""
    with store.directory(scope) as view, store.system() as work:
        found = [
            _gone(work, key, text(facts, "kind") or "", text(facts, "operation") or "")
            for key, facts in work.find(GONE)
        ]
        shown = [each for each, image in found if _keeps(view, scope, image)]
    return sorted(shown, key=lambda each: (each.at, each.place.key), reverse=True)


class _Told:
    """The changes of an entry, as they are kept."""

    def __init__(self, work: SystemWork, place: Place, stored: Entry | None) -> None:
        self._place = place
        edits = [facts for _, facts in work.find(EDIT, place.owner)]
        self.acts = {text(f, "operation") or "": text(f, "act") or "" for f in edits}
        own = {place.key, *_own(place, stored)}
        self._own = own
        noted = {each for facts in edits for each in words(facts, "records")}
        self.changes = {each: _changes(work, each) for each in sorted(own | noted)}

    def steps(self, now: Mapping[str, Record]) -> list[Step]:
        """Return the steps, given what is stored now."""
        every = (t for key in self.changes for t in self.turns(key, now.get(key)))
        return steps(self._place.key, every)

    def turns(self, key: str, now: Record | None) -> list[Turn]:
        """Return the changes of one record that belong to this entry."""
        changes = [replace(c, before=self.shown(c.before)) for c in self.changes[key]]
        every = turned(changes, self.shown(now))
        return [t for t in every if key in self._own or t.change.operation in self.acts]

    def shown(self, record: Record | None) -> Record | None:
        """Return what the history may tell of a record: of a person what the directory keeps."""
        if not isinstance(record, Node) or record.label != "Person":
            return record
        kept = _OF_PEOPLE.get(self._place.kind, _OF_OTHERS)
        facts = {name: value for name, value in record.properties.items() if name in kept}
        return replace(record, properties=facts)


class _Back:
    """Brings records back, one by one."""

    def __init__(self, work: DirectoryWork, told: _Told, undone: set[str]) -> None:
        self._work = work
        self._told = told
        self._undone = undone
        self.touched: list[Record] = []

    def bring_all(self, images: Sequence[Record]) -> None:
        """Make these records what they were; nodes that were added stay.

        What came since goes while it can be seen, roles last: without one, nobody is seen.
        """
        links = [each for each in images if isinstance(each, Relationship)]
        for each in links:
            if each.type not in PUBLIC_ROLES:
                self._take(each)
        for image in returning(images):
            self._bring(image)
        for each in links:
            self._take(each)

    def _bring(self, image: Record) -> None:
        now = _stored(self._work, image)
        was = self._was(image, now)
        if was is not None and was != now and self._stands(was):
            self._work.save(was)
            self.touched.append(was)

    def _take(self, link: Relationship) -> None:
        now = _stored(self._work, link)
        if now is not None and self._was(link, now) is None:
            self._work.remove(now)
            self.touched.append(now)

    def _was(self, image: Record, now: Record | None) -> Record | None:
        turns = self._told.turns(image.id, now)
        return reverted([t for t in turns if t.change.operation in self._undone], now)

    def _stands(self, record: Record) -> bool:
        """Whether both ends of a relationship are still there; a role brings its person back."""
        if isinstance(record, Node) or record.type in PUBLIC_ROLES:
            return True
        ends = {record.source, record.target}
        return ends <= set(self._work.around(ends).nodes)


def _entry(view: Around, work: SystemWork, scope: Scope, place: Place) -> Entry | None:
    """Return an entry; None for what is gone, to who may bring it back."""
    try:
        return entry(view, scope, place)
    except NotVisibleError:
        if place.of is not None or work.get(GONE, place.key) is None:
            raise
        kept = Node(label=place.sheet.label, id=NodeId(place.key))
        require_keeper(view, scope, kept)
        return None


def _own(place: Place, stored: Entry | None) -> list[str]:
    if stored is None:
        return []
    owner, types = place.owner, _TOLD.get(place.kind, ())
    return [r.id for r in stored.seen.of_type(*types) if owner in {r.source, r.target}]


def _changes(work: SystemWork, key: str) -> list[Change]:
    return [Change.read(facts) for _, facts in work.find(HISTORY, key)]


def _now(view: Around, changes: Mapping[str, Sequence[Change]]) -> dict[str, Record]:
    """Return what is stored of these records, as far as the directory shows it."""
    images = [c.before for each in changes.values() for c in each if c.before is not None]
    ends = {end for image in images if isinstance(image, Relationship) for end in _ends(image)}
    seen = view.around(sorted({NodeId(key) for key in changes} | ends))
    every: list[Record] = [*seen.nodes.values(), *seen.relationships.values()]
    return {each.id: each for each in every if each.id in changes}


def _stored(view: Around, image: Record) -> Record | None:
    seen = view.around(_ends(image) if isinstance(image, Relationship) else [image.id])
    if isinstance(image, Node):
        return seen.nodes.get(image.id)
    return seen.relationships.get(image.id)


def _ends(link: Relationship) -> list[NodeId]:
    return [link.source, link.target]


def _mentioned(told: Iterable[Step]) -> set[NodeId]:
    images = [i for s in told for t in s.turns for i in (t.before, t.after) if i is not None]
    found = {NodeId(s.by) for s in told}
    for image in images:
        if isinstance(image, Relationship):
            found |= set(_ends(image))
        else:
            found |= {image.id, NodeId(text(image.properties, "parent") or image.id)}
    return found


def _main(turn: Turn, place: Place) -> bool:
    return turn.change.record == place.key


def _gone(work: SystemWork, key: str, kind: str, operation: str) -> tuple[Gone, Record | None]:
    changes = [c for c in _changes(work, key) if c.operation == operation]
    last = changes[-1] if changes else None
    image = last.before if last is not None else None
    found = Gone(
        place=Place(kind=kind, key=key),
        name=name_of(image) if isinstance(image, Node) else key,
        by=last.by if last is not None else "",
        at=last.at if last is not None else "",
    )
    return found, image


def _keeps(view: Around, scope: Scope, image: Record | None) -> bool:
    if image is None:
        return False
    try:
        require_keeper(view, scope, image)
    except NotAllowedError:
        return False
    return True
