"""Bringing a store up to date: numbered files in graph_schema, applied in order."""

from pathlib import Path
from typing import Final

import apsw

from netwerk.adapters.embedded import items
from netwerk.adapters.embedded.database import Database, value
from netwerk.domain.errors import StoreVersionError
from netwerk.resources import folder

WITH_ITEMS: Final = 4
"""The layout from which the search has this index: an older store is gone through once."""
_SCHEMA = "SELECT schema FROM store_version"
_SET_SCHEMA = "INSERT INTO store_version VALUES (1, ?) ON CONFLICT DO UPDATE SET schema = ?"


def migrate(database: Database, schema: int) -> int:
    """See StoreAdministration.migrate: all files in one transaction, or none."""
    files = sorted((folder("graph_schema") / "stores" / "embedded").glob("[0-9]*.sql"))
    newest = _number(files[-1])
    with database.writing() as connection:
        stands, of = _version(connection)
        if stands > newest or of > schema:
            raise StoreVersionError("The store is newer than this program. Update the program.")
        if (stands, of) == (newest, schema):
            return schema
        for file in files:
            if _number(file) > stands:
                connection.execute(file.read_text("utf-8"))
        if 0 < stands < WITH_ITEMS:
            items.refresh_all(connection)
        connection.execute(_SET_SCHEMA, (schema, schema))
        connection.execute(f"PRAGMA user_version = {newest}")
    return schema


def require_current(connection: apsw.Connection, schema: int) -> None:
    """Refuse a store that another version of the program made. Raises StoreVersionError."""
    stands, of = _version(connection)
    if (stands, of) == (_newest(), schema):
        return
    if stands == 0:
        raise StoreVersionError("The store is not set up yet (netwerk migrate).")
    if stands > _newest() or of > schema:
        raise StoreVersionError("The store is newer than this program. Update the program.")
    raise StoreVersionError("The store is older than this program (netwerk migrate).")


def _newest() -> int:
    return max(
        _number(each) for each in (folder("graph_schema") / "stores" / "embedded").glob("*.sql")
    )


def _version(connection: apsw.Connection) -> tuple[int, int]:
    layout = int(value(connection, "PRAGMA user_version", {}))
    return layout, int(value(connection, _SCHEMA, {})) if layout else 0


def _number(file: Path) -> int:
    return int(file.name.partition("_")[0])
