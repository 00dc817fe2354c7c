"""Bringing a store up to date: numbered files in graph_schema, applied in order."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final, LiteralString

from netwerk.adapters.neo4j import item_queries, items, queries
from netwerk.adapters.neo4j.connection import Connection
from netwerk.adapters.neo4j.kinds import Kinds
from netwerk.domain.audit import FIRST_SEAL
from netwerk.domain.errors import StoreVersionError
from netwerk.resources import folder

FOLDER: Final = folder("graph_schema") / "stores" / "neo4j"
WITH_ITEMS: Final = 4
"""The layout from which the search has this index: an older store is gone through once."""
_SECONDS: Final = 600.0


def migrate(connection: Connection, kinds: Kinds, schema: int) -> int:
    """See StoreAdministration.migrate. Every statement may run again: a change of the schema is
    no part of a transaction, so the version is written when all are through.
    """
    stands = connection.read(queries.VERSION, {})
    files = sorted(FOLDER.glob("[0-9]*.cypher"))
    newest = _number(files[-1])
    if stands["layout"] > newest or stands["schema"] > schema:
        raise StoreVersionError("The store is newer than this program. Update the program.")
    if (stands["layout"], stands["schema"]) == (newest, schema):
        return schema
    for file in files:
        if _number(file) > stands["layout"]:
            for statement in _statements(file):
                connection.run(statement, _SECONDS)
    for statement in kinds.constraints():
        connection.run(statement, _SECONDS)
    connection.run(queries.AWAIT_INDEXES, _SECONDS)
    if 0 < stands["layout"] < WITH_ITEMS:
        _index(connection)
    version = {"layout": newest, "schema": schema, "seal": FIRST_SEAL}
    connection.write(lambda unit: unit.tell(queries.SET_VERSION, version), _SECONDS)
    return schema


def _index(connection: Connection) -> None:
    for label in ("Organization", "Service", "Person"):
        after = ""
        while True:
            asked = {"label": label, "after": after, "limit": items.BATCH}
            found = connection.read(item_queries.EVERY_NODE, asked, _SECONDS)["found"]
            if not found:
                break
            connection.write(partial(items.refresh, changed=found), _SECONDS)
            after = found[-1]


def _number(file: Path) -> int:
    return int(file.name.partition("_")[0])


def _statements(file: Path) -> Iterator[LiteralString]:
    text = re.sub(r"^\s*//.*$", "", file.read_text("utf-8"), flags=re.MULTILINE)
    for statement in text.split(";"):
        if statement.strip():
            # The files are part of the program, as the constants in `queries` are.
            yield statement.strip()
