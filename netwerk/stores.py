"""Which adapter an address means."""

from netwerk.adapters.embedded import EmbeddedStore
from netwerk.adapters.neo4j import Neo4jStore
from netwerk.ports.clock import Clock
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.settings import Settings, path_of


def open_store(settings: Settings, clock: Clock, address: str | None = None) -> Store:
    """Return the store of the settings, or another one with the same keys; nothing is read yet.

    Raises InvalidInputError for an address that is none.
    """
    where = address or settings.store
    schema, key = load_schema(), settings.audit_key
    path = path_of(where)
    if path is None:
        return Neo4jStore(where, schema=schema, audit_key=key, clock=clock)
    return EmbeddedStore(path, schema=schema, audit_key=key, clock=clock)
