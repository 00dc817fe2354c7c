"""Statements for all relationship types at once.

A relationship's id has one index per type, and an index is only used where the text of a
statement names the type. The names come from graph_schema and nowhere else.
"""

from collections.abc import Iterable
from typing import LiteralString

from netwerk.adapters.neo4j.queries import LINKS


class Kinds:
    """The relationship types of graph_schema, written out in statements."""

    def __init__(self, labels: Iterable[str], types: Iterable[str]) -> None:
        """Take the names; a name that is no word is a fault of the program."""
        self.labels = tuple(sorted(labels))
        self.types: tuple[LiteralString, ...] = tuple(_word(each) for each in sorted(types))
        by_id: LiteralString = " UNION ALL ".join(
            "MATCH ()-[r:" + each + " {id: $id}]->() RETURN r" for each in self.types
        )
        by_ids: LiteralString = " UNION ALL ".join(
            "UNWIND $ids AS id MATCH ()-[r:" + each + " {id: id}]->() RETURN r.id AS found"
            for each in self.types
        )
        several: LiteralString = " UNION ALL ".join(
            "UNWIND $ids AS id MATCH ()-[r:" + each + " {id: id}]->() RETURN r"
            for each in self.types
        )
        self.several: LiteralString = "WITH COLLECT { " + several + " } AS links RETURN " + LINKS
        self.remove_several: LiteralString = (
            "CALL () { " + several + " } DELETE r RETURN count(*) AS done"
        )
        self.stored: LiteralString = "WITH COLLECT { " + by_id + " } AS links RETURN " + LINKS
        self.known: LiteralString = "RETURN COLLECT { " + by_ids + " } AS known"
        self.update: LiteralString = (
            "CALL () { " + by_id + " } WITH r WHERE r.version = $version"
            " SET r = $row RETURN count(r) > 0 AS done"
        )
        self.remove: LiteralString = (
            "CALL () { " + by_id + " } WITH r WHERE r.version = $version"
            " DELETE r RETURN count(*) > 0 AS done"
        )

    def constraints(self) -> list[LiteralString]:
        """Return the statements that make ids unique per type."""
        return [
            "CREATE CONSTRAINT link_" + each + " IF NOT EXISTS"
            " FOR ()-[r:" + each + "]-() REQUIRE r.id IS UNIQUE"
            for each in self.types
        ]

    def after(self, name: LiteralString) -> LiteralString:
        """Return the statement for the next relationships of a type, by id."""
        return (
            "WITH COLLECT { MATCH ()-[r:" + name + "]->() WHERE r.id > $after"
            " RETURN r ORDER BY r.id LIMIT $limit } AS links RETURN " + LINKS
        )


def _word(name: str) -> LiteralString:
    if not (name.isascii() and name.isidentifier()):
        raise ValueError(name)
    return name
