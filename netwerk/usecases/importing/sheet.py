"""A sheet: its rows are kept until somebody says what its columns mean; then they become drafts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final, cast

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.comparing import plain
from netwerk.domain.directory import Need
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.records import Node, Value
from netwerk.domain.staging import INDEX, MAPPING, PART, Import, rows_key
from netwerk.exchange import columns, partners
from netwerk.exchange.cells import Row, padded
from netwerk.exchange.checks import Checks
from netwerk.exchange.places import Neighbourhoods
from netwerk.exchange.words import words_of
from netwerk.ports.clock import Clock
from netwerk.ports.stores import GraphStore
from netwerk.schema import Schema
from netwerk.usecases.importing.staging import (
    NewImport,
    batches,
    begun,
    require,
    staged,
    tidy,
    unentered,
)

_ROWS: Final = 500
"""Rows in a part."""
_LOOKED_AT: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlan:
    """What each heading of an import says; and whose rows are read: one municipality's, or all."""

    key: str
    mapping: Mapping[str, str]
    only: str = ""
    language: str = "nl"


def begin_sheet(
    store: GraphStore, scope: Scope, clock: Clock, new: NewImport, rows: Iterable[Row]
) -> Import:
    """Keep the rows of a sheet until it is said what they mean; guess that from the headings.

    Raises InvalidInputError for a sheet that cannot be read, or that holds nothing.
    """
    require(store, scope)
    tidy(store, clock)
    coming = iter(rows)
    first = list(islice(coming, _LOOKED_AT))
    top = columns.headings([row.cells for row in first])
    below = [*first[top + 1 :], *islice(coming, 1)]
    if not below:
        raise InvalidInputError("There are no rows in this file, below the headings.")
    headings = columns.unique(first[top].cells)
    opened = replace(
        begun(scope, clock, new),
        headings=tuple(headings),
        sample=tuple(padded(row.cells, len(headings)) for row in below[:3]),
    )
    parts = total = 0
    for part in batches(chain(below, coming), _ROWS):
        told: list[Value] = [[row.number, *row.cells] for row in part]
        with store.system() as work:
            kept_rows = {"owner": new.key, "rows": told, "on": clock.now().isoformat()}
            work.put(PART, rows_key(new.key, parts), kept_rows)
        parts, total = parts + 1, total + len(part)
    with store.system() as work:
        kept = work.get(MAPPING, columns.fingerprint(headings))
        mapping = _remembered(kept, headings) or columns.guessed(headings)
        opened = replace(opened, rows=parts, total=total, mapping=mapping)
        work.put(INDEX, new.key, opened.written())
        work.audit(AuditEvent.within(scope, "stage-import", new.key))
    return opened


def check_sheet(
    store: GraphStore, scope: Scope, clock: Clock, schema: Schema, plan: SheetPlan
) -> Import:
    """Read the rows as was said, compare them with the directory, and remember the mapping."""
    found = unentered(store, scope, plan.key)
    with store.directory(scope) as view:
        seen = view.nodes("Need", "Area")
    reading = _reading(found, schema, plan, seen.labelled("Need"), seen.labelled("Area"))
    drafts = partners.drafts(_rows(store, found), reading)
    if not drafts:
        raise InvalidInputError("No row could be used: choose another municipality, or none.")
    told = {plain(h): k for h, k in plan.mapping.items()}
    with store.system() as work:
        work.put(MAPPING, columns.fingerprint(found.headings), {"mapping": told})
    planned = replace(found, mapping=plan.mapping, only=plan.only)
    return staged(store, scope, clock, planned, drafts)


def _reading(
    found: Import, schema: Schema, plan: SheetPlan, needs: Sequence[Node], areas: Sequence[Node]
) -> partners.Reading:
    places = {heading: place for place, heading in enumerate(found.headings)}
    known = [
        (places[heading], key)
        for heading, key in plan.mapping.items()
        if heading in places and key in columns.BY_KEY
    ]
    if "name" not in {key for _, key in known}:
        raise InvalidInputError("Say which column holds the name of the organization.")
    if len({key for _, key in known}) < len(known):
        raise InvalidInputError("Two columns cannot say the same thing. Choose another for one.")
    schools = columns.is_schools(found.headings)
    return partners.Reading(
        columns=tuple(known),
        headings=found.headings,
        checks=Checks(
            words_of(schema, map(Need.from_node, needs), plan.language), _longest(schema)
        ),
        areas=Neighbourhoods(areas),
        constants={"kind": "school", "source": "DUO"} if schools else {},
        only_new=frozenset({"description"}) if schools else frozenset(),
        only=plan.only,
    )


def _longest(schema: Schema) -> Mapping[str, int]:
    kinds = schema.nodes
    of = {**kinds["Location"].properties, **kinds["Service"].properties}
    of |= kinds["Organization"].properties
    most = {name: each.most for name, each in of.items() if each.most is not None}
    return {**most, "contact_name": 200, "contact_email": 300, "service": 300, "location_name": 300}


def _rows(store: GraphStore, found: Import) -> Iterator[Row]:
    for number in range(found.rows):
        with store.system() as work:
            facts = work.get(PART, rows_key(found.id, number)) or {"rows": []}
        for number_, *cells in cast("Sequence[Sequence[str]]", facts["rows"]):
            yield Row(int(number_), tuple(cells))


def _remembered(kept: object, headings: Sequence[str]) -> Mapping[str, str]:
    told = kept.get("mapping") if isinstance(kept, Mapping) else None
    if not isinstance(told, Mapping):
        return {}
    return {h: str(told[plain(h)]) for h in headings if plain(h) in told}
