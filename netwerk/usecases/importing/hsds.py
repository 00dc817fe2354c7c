"""HSDS and ORUK brought in: each organization with all that is its own becomes one draft."""

from dataclasses import replace
from typing import Final

from netwerk.domain.access import Scope
from netwerk.domain.drafts import Draft, Problem
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.staging import Import
from netwerk.exchange.hsds.dataset import Dataset
from netwerk.exchange.hsds.giving import Public, seen
from netwerk.exchange.hsds.taking import Taken, take
from netwerk.ports.clock import Clock
from netwerk.ports.stores import GraphStore
from netwerk.schema import load_schema
from netwerk.usecases.importing.staging import NewImport, require, stage

_KEPT: Final = InvalidInputError("This does not fit here; it is only kept.")
HSDS: Final = "hsds"
"""The kind of such an import."""


def stage_hsds(
    store: GraphStore, scope: Scope, clock: Clock, new: NewImport, data: Dataset
) -> Import:
    """Compare a dataset with the directory, and keep it until `enter`.

    Raises InvalidInputError where a row names another that is neither there nor here; then nothing
    is kept.
    """
    require(store, scope)
    with store.directory(scope) as view:
        known = Public(graph=seen(view), schema=load_schema(), on=scope.as_of)
    taken = take(data, known)
    drafts = [_draft(each, number) for number, each in enumerate(taken, start=1)]
    return stage(store, scope, clock, replace(new, kind=HSDS), drafts)


def _draft(taken: Taken, number: int) -> Draft:
    return Draft(
        key=taken.key,
        row=number,
        title=taken.title,
        records=taken.records,
        defaults=taken.defaults,
        problems=tuple(
            Problem(row=number, column=column, reason=_KEPT.template) for column in taken.left
        ),
    )
