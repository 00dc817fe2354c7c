"""The directory as others may read it: what is public of it, and nobody but who is so by role."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from netwerk.domain.access import Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.keeping import HISTORY, Change, require_permission
from netwerk.exchange.hsds import files, tabular
from netwerk.exchange.hsds.dataset import Dataset
from netwerk.exchange.hsds.giving import Public, dataset, seen
from netwerk.exchange.hsds.standard import HSDS, ORUK, standard
from netwerk.ports.stores import GraphStore
from netwerk.schema import Schema

TABLES: Final = "tables"
Taken = Mapping[str, str]
"""Files by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to take out (`hsds`, `oruk` or `tables`), why, and who at what time."""

    kind: str
    reason: str = ""
    mark: str = ""


def published(store: GraphStore, schema: Schema, scope: Scope) -> Public:
    """Return what is public of the directory, contacts in their roles included."""
    with store.directory(scope) as view:
        return Public(graph=seen(view), schema=schema, on=scope.as_of)


def modified(store: GraphStore) -> Mapping[str, str]:
    """Return when records of the directory were changed last, for those that ever were."""
    found: dict[str, str] = {}
    with store.system() as work:
        for _, facts in work.find(HISTORY):
            change = Change.read(facts)
            found[change.record] = max(change.at, found.get(change.record, ""))
    return found


def everything(public: Public, profile: str) -> Dataset:
    """Return all that is public, in a profile: `hsds` or `oruk`."""
    nodes = [*public.organizations(), *public.services(), *public.locations()]
    return dataset(public, nodes, standard(profile))


def taken_out(store: GraphStore, schema: Schema, scope: Scope, wish: Wish) -> Taken:
    """Return the directory as a file of a standard; that, and what for, is noted first."""
    with store.directory(scope) as view:
        colleagues = view.nodes("Worker")
        require_permission(colleagues, scope, Permission.DIRECTORY_EXPORT)
    details = {"kind": wish.kind, "reason": wish.reason} if wish.reason else {"kind": wish.kind}
    with store.system() as work:
        work.audit(replace(AuditEvent.within(scope, "export-directory"), details=details))
    profile = ORUK if wish.kind == ORUK else HSDS
    data = everything(published(store, schema, scope), profile)
    mark = {"taken_out": wish.mark} if wish.mark else {}
    if wish.kind == TABLES:
        tables = tabular.write(data)
        package = {**json.loads(tables[tabular.PACKAGE]), **mark}
        return {**tables, tabular.PACKAGE: json.dumps(package, ensure_ascii=False, indent=1)}
    document = {**files.write(data), **mark}
    return {f"{wish.kind}.json": json.dumps(document, ensure_ascii=False, indent=1)}
