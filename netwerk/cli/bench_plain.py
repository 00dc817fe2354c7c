"""The graph as one would model it for Cypher by hand, and the one statement put to it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, LiteralString

from neo4j import Driver

from netwerk.cli.bench_cypher import STATEMENT
from netwerk.cli.bench_questions import Asked
from netwerk.domain.chances import Chances, Priors
from netwerk.domain.records import Node, Record, Relationship

_BATCH: Final = 5_000
_NODES: Final[LiteralString] = """
UNWIND $rows AS row
CALL (row) {
  CREATE (n:PlainNode {id: row.id})
  SET n += row.facts, n:$(row.label)
  SET n.place = CASE WHEN row.point IS NULL THEN null
    ELSE point({longitude: row.point[0], latitude: row.point[1]}) END
} IN TRANSACTIONS OF 5000 ROWS
"""
_LINKS: Final[LiteralString] = """
UNWIND $rows AS row
CALL (row) {
  MATCH (a:PlainNode {id: row.source}), (b:PlainNode {id: row.target})
  CREATE (a)-[r:$(row.type)]->(b)
  SET r += row.facts
} IN TRANSACTIONS OF 5000 ROWS
"""
_LABELS: Final = ("Person", "Need", "Worker")
_EARTH: Final = 6_371_008.8 / 6_378_140.0
"""Neo4j measures on a sphere that is a little larger than ours."""


class OneStatement:
    """A Neo4j graph of plain properties, and the one statement over it."""

    def __init__(self, driver: Driver, priors: Priors, on: date) -> None:
        """Take a driver on a server that may be filled."""
        self.driver = driver
        self.on = on
        self.chances = Chances.published(priors, None)

    def load(self, records: Iterable[Record]) -> None:
        """Load the graph beside what is there, with an index on every id that is asked for."""
        run = self.driver.execute_query
        run("CREATE CONSTRAINT plain IF NOT EXISTS FOR (n:PlainNode) REQUIRE n.id IS UNIQUE")
        for label in _LABELS:
            run(f"CREATE INDEX plain_{label} IF NOT EXISTS FOR (n:Plain{label}) ON (n.id)")
        with self.driver.session() as session:
            for nodes, batch in _batches(records):
                rows = [self._node(r) if isinstance(r, Node) else self._link(r) for r in batch]
                session.run(_NODES if nodes else _LINKS, rows=rows).consume()
            session.run(
                "MATCH (n:PlainNeed), (p:PlainNeed {id: n.parent}) CREATE (n)-[:PLAIN_BELOW]->(p)"
            ).consume()
            session.run("CALL db.awaitIndexes()").consume()

    def answer(self, asked: Asked, birth_year: int | None) -> dict[str, float]:
        """Return the supporters with their scores, of the list that holds whole paths."""
        found = self.driver.execute_query(
            STATEMENT, {**self._chances(), **self._question(asked, birth_year)}
        )
        return {record["supporter"]: record["score"] for record in found.records}

    def _question(self, asked: Asked, birth_year: int | None) -> dict[str, Any]:
        question = asked.question(self.on)
        return {
            "person": asked.person,
            "viewer": asked.viewer,
            "need": asked.need,
            "on": self.on.isoformat(),
            "radius": question.radius,
            "formality": sorted(question.formality),
            "age": None if birth_year is None else self.on.year - birth_year,
            "earth": _EARTH,
        }

    def _chances(self) -> dict[str, Any]:
        priors = self.chances.priors
        return {
            "mean": {kind: self.chances.p(kind) for kind in priors.beta},
            "closeness": {str(step): worth for step, worth in priors.by_closeness.items()},
            "contact": dict(priors.by_contact),
            "unknown": priors.strength_unknown,
        }

    def _node(self, node: Node) -> Mapping[str, Any]:
        facts = {k: v for k, v in node.properties.items() if k not in {"point", "polygon"}}
        if node.label == "Service":
            facts["comes"] = facts.get("delivery") in {"at_home", "online"}
            facts["load"] = facts.get("load", 0)
        point = node.properties.get("point")
        return {"id": node.id, "label": f"Plain{node.label}", "facts": facts, "point": point}

    def _link(self, link: Relationship) -> Mapping[str, Any]:
        return {
            "type": f"PLAIN_{link.type}",
            "source": link.source,
            "target": link.target,
            "facts": {"id": link.id, **link.properties},
        }


def _batches(records: Iterable[Record]) -> Iterable[tuple[bool, list[Record]]]:
    """Yield batches of nodes, or of relationships; nodes come before what joins them."""
    batch: list[Record] = []
    for record in records:
        changes = bool(batch) and isinstance(batch[0], Node) is not isinstance(record, Node)
        if changes or len(batch) == _BATCH:
            yield isinstance(batch[0], Node), batch
            batch = []
        batch.append(record)
    if batch:
        yield isinstance(batch[0], Node), batch
