"""Adding to the directory: a partner, what it offers, where, whom to ask for; a volunteer."""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from netwerk.domain.access import Scope
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, RelationshipId
from netwerk.domain.records import Node, Record, Subgraph, text
from netwerk.domain.sheets import SHEETS, Fields, edited, link, tidy
from netwerk.ports.stores import GraphStore
from netwerk.usecases.keeping.changing import verified
from netwerk.usecases.keeping.entries import Place, Unit, require_keeper, unit

_PREFIX: Final = {"organizations": "o", "services": "s", "locations": "l", "volunteers": "v"}
_HELD_BY: Final = {"services": "PROVIDES", "locations": "LOCATED_AT"}
"""How an organization holds what is new: the node of the kind is at the other end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """What is to be added: of which kind, to which organization or volunteer, and its fields.

    `service`: what a new volunteer helps with, or what a volunteer helps with from now on.
    """

    kind: str
    fields: Fields
    of: str | None = None
    service: str | None = None


def make(store: GraphStore, scope: Scope, operation: OperationId, new: New) -> Place:
    """Add an entry, asked after today, and return where it is.

    Raises InvalidInputError where something is missing, NotVisibleError where it would hang in
    the air.
    """
    place = _place(operation, new)
    with suppress(AlreadyDoneError), unit(store, scope, operation, place) as here:
        main, *rest = _records(here, new)
        require_keeper(here.work, scope, main)
        held = _holder(here, new)
        here.work.save(*held, main, *rest)
        here.note("make", (*held, main, *rest))
        if held and place.of is None:
            replace(here, place=Place(kind="organizations", key=held[0].id)).note("make", rest)
    return place


def _place(operation: OperationId, new: New) -> Place:
    if new.kind in {"contacts", "helps"}:
        return Place(kind=new.kind, key=f"k-{operation}-of", of=new.of)
    if new.kind == "needs":
        return Place(kind="needs", key=_code(new.fields))
    return Place(kind=new.kind, key=f"{_PREFIX[new.kind]}-{operation}")


def _code(fields: Fields) -> str:
    """Return the code of a new need: from its label, below its parent; it never changes."""
    label = unicodedata.normalize("NFKD", text(fields, "label_en") or "").encode("ascii", "ignore")
    word = re.sub(r"[^a-z0-9]+", "_", label.decode().casefold()).strip("_")
    if not word:
        raise InvalidInputError("Write the label in letters.")
    parent = text(fields, "parent")
    return f"{parent}.{word}" if parent else word


def _records(here: Unit, new: New) -> list[Record]:
    """Return what is new, itself first."""
    sheet, place = SHEETS[new.kind], here.place
    typed = tidy(sheet, new.fields)
    if new.kind == "contacts":
        facts = {name: value for name, value in typed.items() if name != "name"}
        person = Node(label="Person", id=NodeId(f"p-{here.operation}"), properties={})
        role = link("CONTACT_FOR", RelationshipId(place.key), person.id, place.owner)
        return [person.with_properties(name=typed.get("name")), role.with_properties(**facts)]
    if new.kind == "helps":
        task = link("VOLUNTEERS_FOR", RelationshipId(place.key), place.owner, new.service or "")
        return [task.with_properties(**typed)]
    node = Node(label=sheet.label, id=NodeId(place.key))
    known = verified(here.work, here.scope) if sheet.verified else {}
    made = edited(sheet, Subgraph(), node.with_properties(**known), typed, here.operation).save
    key = RelationshipId(f"k-{here.operation}-of")
    if new.kind == "volunteers":
        # First the role: without it a person is nobody's to keep.
        return [made[0], link("VOLUNTEERS_FOR", key, node.id, new.service or ""), *made[1:]]
    if new.kind in _HELD_BY:
        return [*made, link(_HELD_BY[new.kind], key, new.of or "", node.id)]
    return list(made)


def _holder(here: Unit, new: New) -> list[Node]:
    """Return what the new entry belongs to: it is saved with it, and so has it in its history."""
    if new.kind == "needs" and here.work.around([here.place.owner]).nodes:
        raise InvalidInputError("There is a need with this label already.")
    if new.of is None:
        return []
    found = here.work.around([NodeId(new.of)]).nodes.get(NodeId(new.of))
    if found is None:
        raise NotVisibleError
    return [found]
