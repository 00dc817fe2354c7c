"""What stops: it is closed and stays known; only what nothing hangs on is taken away."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from netwerk.domain.access import Scope
from netwerk.domain.errors import AlreadyDoneError, ConflictError, InvalidInputError
from netwerk.domain.ids import OperationId
from netwerk.domain.records import Node, Record, Relationship, text
from netwerk.ports.stores import GraphStore
from netwerk.usecases.keeping.changing import with_owner
from netwerk.usecases.keeping.entries import Entry, Place, Unit, entry, unit

GONE: Final = "gone"
"""The system kind that remembers what was taken away, so that it can be brought back."""
_OWN: Final = {
    "organizations": ("LOCATED_AT", "PART_OF"),
    "services": ("ADDRESSES", "LOCATED_AT", "PROVIDES"),
    "locations": ("IN_AREA",),
}
"""What describes an entry and goes with it; anything else hangs on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What closing something would mean: for which services and volunteers, and for inhabitants.

    `taking_part` says no more than whether anybody may be: who and how many is not the viewer's.
    """

    entry: Entry
    services: tuple[Node, ...]
    volunteers: int
    taking_part: bool


class _OnlyTried(Exception):  # noqa: N818 -- nothing went wrong
    """Undoes what was tried."""


def preview(store: GraphStore, scope: Scope, place: Place) -> Ending:
    """Return what closing an organization or a service would mean today."""
    with store.directory(scope) as view:
        stored = entry(view, scope, place)
        services = _going_on(stored, scope.as_of)
        around = view.around([each.id for each in services])
    volunteers = {r.source for r in around.of_type("VOLUNTEERS_FOR")}
    return Ending(
        entry=stored,
        services=tuple(services),
        volunteers=len(volunteers),
        taking_part=place.kind == "organizations" and _somebody_takes_part(store, scope, place),
    )


def close(store: GraphStore, scope: Scope, operation: OperationId, place: Place, on: date) -> None:
    """Note from which day on an organization, with all its services, or one service is no more."""
    with suppress(AlreadyDoneError), unit(store, scope, operation, place) as here:
        stored = here.entry()
        start = text(stored.record.properties, "valid_from")
        if start is not None and on.isoformat() < start:
            raise InvalidInputError("It cannot end before it began (%(start)s).", start=start)
        services = _going_on(stored, on) if place.kind == "organizations" else []
        ended = [e.with_properties(valid_to=on.isoformat()) for e in (stored.record, *services)]
        here.work.save(*ended)
        here.note("close", ended)


def remove(store: GraphStore, scope: Scope, operation: OperationId, place: Place) -> None:
    """Take away what nothing hangs on.

    Raises ConflictError for what other things need, be it in a file: it can be closed instead.
    """
    with suppress(AlreadyDoneError), unit(store, scope, operation, place) as here:
        stored = here.entry()
        own = [r for r in touching(stored) if _describes(r, stored)]
        here.work.remove(*own, stored.record)
        _gone(here, "remove", [*own, stored.record])


def stop(store: GraphStore, scope: Scope, operation: OperationId, place: Place) -> None:
    """Note that somebody is no longer in a role: contact person, helper, or volunteer at all.

    A volunteer who stops is not asked for others any more either. Whatever else is known of the
    person, and by whom, stays as it is.
    """
    with suppress(AlreadyDoneError), unit(store, scope, operation, place) as here:
        stored = here.entry()
        if place.kind == "volunteers":
            roles = [r for r in stored.seen.of_type("VOLUNTEERS_FOR") if r.source == place.key]
            quiet = stored.record.with_properties(willing_to_help=None, connector=None)
            here.work.save(quiet)
            here.work.remove(*roles)
            _gone(here, "stop", [quiet, *roles])
            return
        if place.kind == "helps" and len(stored.seen.of_type("VOLUNTEERS_FOR")) == 1:
            raise InvalidInputError(
                "This is the last thing that this volunteer helps with. "
                "Note that the volunteer stops."
            )
        owner = with_owner(here, stored, ())
        here.work.save(*owner)
        here.work.remove(stored.record)
        here.note("stop", [*owner, stored.record])


def touching(stored: Entry) -> list[Relationship]:
    """Return the relationships that the directory shows at an entry's own node."""
    owner = stored.place.owner
    found = stored.seen.relationships.values()
    return sorted((r for r in found if owner in {r.source, r.target}), key=lambda r: r.id)


def _describes(link: Relationship, stored: Entry) -> bool:
    """Whether a relationship only describes an entry, and goes with it; others hang on it."""
    if stored.place.kind == "locations" and link.type == "LOCATED_AT":
        return stored.seen.nodes[link.source].label == "Organization"
    return link.type in _OWN[stored.place.kind]


def _going_on(stored: Entry, on: date) -> list[Node]:
    day = on.isoformat()
    services = stored.ends("PROVIDES", "Service")
    return [each for each in services if (text(each.properties, "valid_to") or day) >= day]


def _gone(here: Unit, act: str, records: list[Record]) -> None:
    place = here.place
    told = {"kind": place.kind, "operation": here.operation}
    here.work.put(GONE, place.key, told)
    here.note(act, records)


def _somebody_takes_part(store: GraphStore, scope: Scope, place: Place) -> bool:
    """Whether the store holds more to an organization than the directory shows.

    It is tried by taking the organization away, and undone: only the store knows, and no more.
    """
    try:
        with store.directory_work(scope, OperationId(f"tried-{place.key}")) as work:
            stored = entry(work, scope, place)
            work.remove(*touching(stored), stored.record)
            raise _OnlyTried
    except _OnlyTried:
        return False
    except ConflictError:
        return True
