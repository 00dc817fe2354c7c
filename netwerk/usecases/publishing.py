"""The directory as others may read it: what is public of it, and nobody but who is so by role."""

from collections.abc import Mapping

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.keeping import HISTORY, Change
from netwerk.exchange.hsds import files, tabular
from netwerk.exchange.hsds.dataset import Dataset
from netwerk.exchange.hsds.giving import Public, dataset, seen
from netwerk.exchange.hsds.standard import standard
from netwerk.ports.stores import GraphStore
from netwerk.schema import Schema


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


def as_tables(store: GraphStore, schema: Schema, scope: Scope) -> dict[str, str]:
    """Return the directory as the CSV files of HSDS, and log that it was taken out."""
    _log(store, scope, "hsds-tables")
    return tabular.write(everything(published(store, schema, scope), "hsds"))


def as_document(store: GraphStore, schema: Schema, scope: Scope, profile: str) -> dict[str, object]:
    """Return the directory as one document, and log that it was taken out."""
    _log(store, scope, profile)
    return files.write(everything(published(store, schema, scope), profile))


def _log(store: GraphStore, scope: Scope, form: str) -> None:
    with store.system() as work:
        work.audit(AuditEvent.within(scope, "export-directory", form))
