"""What came, went and changed in a network between two days."""

from dataclasses import dataclass

from netwerk.domain.ids import PersonId
from netwerk.graph.file import PersonFile
from netwerk.graph.strength import SUPPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told of one person, over all ties with them: the closest, and every support."""

    closeness: int | None
    contact: tuple[str, ...]
    support: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Somebody of whom something else is told than before."""

    person: PersonId
    before: Told
    after: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everybody who came, went, or stands otherwise, in the order of their ids."""

    came: tuple[PersonId, ...]
    went: tuple[PersonId, ...]
    changed: tuple[Change, ...]


def changes(then: PersonFile, now: PersonFile) -> Changes:
    """Return what is otherwise in the second file than in the first, of the same inhabitant."""
    before, after = _told(then), _told(now)
    return Changes(
        came=tuple(sorted(after.keys() - before.keys())),
        went=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(
            Change(person=who, before=before[who], after=after[who])
            for who in sorted(before.keys() & after.keys())
            if before[who] != after[who]
        ),
    )


def _told(file: PersonFile) -> dict[PersonId, Told]:
    me = file.person.id
    own = [tie for tie in file.ties if tie.joins(me)]
    return {who: _of(file, who) for who in {tie.other(me) for tie in own}}


def _of(file: PersonFile, who: PersonId) -> Told:
    ties = [tie for tie in file.ties if tie.joins(file.person.id) and tie.joins(who)]
    given = {kind for tie in ties for kind in tie.support}
    return Told(
        closeness=max((t.closeness for t in ties if t.closeness is not None), default=None),
        contact=tuple(sorted({t.contact for t in ties if t.contact is not None})),
        support=tuple(kind for kind in SUPPORT if kind in given),
    )
