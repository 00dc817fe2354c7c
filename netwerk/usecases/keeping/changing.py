"""Filling in the directory anew: what is changed, and what was asked after and still holds."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from netwerk.domain.access import Scope
from netwerk.domain.errors import AlreadyDoneError, ConflictError
from netwerk.domain.ids import OperationId
from netwerk.domain.records import Record, Value
from netwerk.domain.sheets import Fields, differing, edited, tidy
from netwerk.domain.upkeep import is_stale
from netwerk.ports.stores import DirectoryWork, GraphStore
from netwerk.usecases.keeping.entries import Entry, Place, Unit, keeper_name, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A sheet that was filled in: how it was when it was read, and what was typed."""

    was: Fields
    typed: Fields


def change(
    store: GraphStore, scope: Scope, operation: OperationId, place: Place, filling: Filling
) -> None:
    """Fill in an entry anew.

    Raises ConflictError, with the Entry that is stored, when somebody else made a field something
    else than was read and than was typed: nothing is overwritten that the viewer did not see.
    """
    with suppress(AlreadyDoneError), unit(store, scope, operation, place) as here:
        stored = here.entry()
        sheet, now, typed = place.sheet, stored.fields, tidy(place.sheet, filling.typed)
        since = differing(filling.was, now, sheet.fields)
        if differing(now, typed, since):
            raise ConflictError(place.key, stored)
        edit = edited(sheet, stored.seen, stored.record, typed, operation)
        touched = with_owner(here, stored, edit.save)
        here.work.save(*touched)
        here.work.remove(*edit.remove)
        here.note("change", (*touched, *edit.remove))


def verify(store: GraphStore, scope: Scope, operation: OperationId, place: Place) -> None:
    """Note that the viewer asked today, and it is still right.

    An organization is asked with what is old of its services: what goes on, and nobody asked after
    for long.
    """
    with suppress(AlreadyDoneError), unit(store, scope, operation, place) as here:
        stored, told = here.entry(), verified(here.work, scope)
        services = stored.ends("PROVIDES", "Service") if place.kind == "organizations" else []
        asked = [each for each in services if is_stale(each, scope.as_of)]
        every = [each.with_properties(**told) for each in (stored.record, *asked)]
        here.work.save(*every)
        here.note("verify", every)


def verified(work: DirectoryWork, scope: Scope) -> dict[str, Value]:
    """Return what is noted on what was asked after today."""
    return {"verified_on": scope.as_of.isoformat(), "verified_by": keeper_name(work, scope)}


def with_owner(here: Unit, stored: Entry, saved: Sequence[Record]) -> list[Record]:
    """Return what is saved, after what it is part of: the history of that one has it all."""
    if here.place.of is None:
        return list(saved)
    owner = stored.seen.nodes[here.place.owner]
    return [owner, *(each for each in saved if each.id != owner.id)]
