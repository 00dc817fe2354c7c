"""The search as one Cypher statement, over a graph that is modelled for it.

Every fact is a property of its own, the chance of a step stands on its relationship, conditions
stand inside the pattern so that they prune while it is walked, and ids are indexed.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, LiteralString

from neo4j import Driver

from netwerk.cli.bench_questions import Asked
from netwerk.domain.chances import Chances, Priors
from netwerk.domain.records import Node, Record, Relationship
from netwerk.domain.ties import Tie

_BATCH: Final = 5_000

STEP: Final[LiteralString] = """
    (a)-[r:PLAIN_TIE|PLAIN_TAKES_PART|PLAIN_CONTACT_FOR]-(b)
    WHERE NOT b.id IN barred AND b.id <> $person
      AND (b.ask_again_from IS NULL OR b.ask_again_from <= $on)
      AND (r.public OR r.owner = $person AND r.usable AND (r.both OR startNode(r) = a)
        OR r.shared AND r.valid AND r.owner <> $person AND a.connector AND b.connector)
"""

STATEMENT: Final[LiteralString] = (
    """
MATCH (me:PlainPerson {id: $person})
CALL (me) {
  OPTIONAL MATCH (me)-[t:PLAIN_TIE {owner: $person}]-(x)
  WHERE t.valid AND (t.approach IN ['do_not_approach', 'support_only'] OR t.valence = 'stressful')
  RETURN collect(DISTINCT x.id) AS strict
}
CALL (me) {
  OPTIONAL MATCH (me)-[t:PLAIN_TAKES_PART {owner: $person, approach: 'do_not_approach'}]->(x)
  RETURN collect(DISTINCT x.id) AS shut
}
WITH me, strict + shut AS barred
CALL (me, barred) {
  MATCH (n:PlainNeed {id: $need})
  CALL (n) {
    MATCH (m:PlainNeed)-[:PLAIN_BELOW*0..5]->(n) RETURN m, 1.0 AS fit
    UNION
    MATCH (n)-[:PLAIN_BELOW]->(:PlainNeed)<-[:PLAIN_BELOW]-(m) WHERE m <> n RETURN m, 0.7 AS fit
  }
  MATCH (m)<-[:PLAIN_ADDRESSES]-(v)
  WITH me, v, max(fit) AS fit
  OPTIONAL MATCH (v)-[:PLAIN_LOCATED_AT]->(l)
  WITH me, v, fit,
    $earth * min(point.distance(
      me.place, CASE WHEN v:PlainPerson THEN v.place ELSE l.place END
    )) AS far
  WITH v, fit, far, CASE WHEN far IS NULL THEN 0.5 ELSE exp(-far / 2000) END AS near
  WITH v, fit, far, CASE WHEN v.comes THEN 1.0 ELSE near END AS proximity,
    CASE WHEN v:PlainPerson OR v.capacity IS NULL THEN 0.8
      WHEN v.capacity > v.load THEN 1.0 ELSE 0.0 END AS room
  WHERE room > 0 AND (far IS NULL OR far <= $radius OR v.comes)
    AND (v:PlainPerson AND v.willing_to_help
      OR v.formality IN $formality
        AND ($age IS NULL OR coalesce(v.age_min, 0) <= $age <= coalesce(v.age_max, 999))
        AND coalesce(v.valid_from, '') <= $on < coalesce(v.valid_to, '9999'))
  RETURN collect({v: v, id: v.id, worth: fit * proximity * room}) AS offers
}
WITH me, barred, offers, [o IN offers | o.id] AS offered
CALL (me, barred, offers, offered) {
  CALL (me, barred) {
  MATCH chain = (me) (
"""
    + STEP
    + """  ){1,4} (s)
  WITH s, nodes(chain) AS through, relationships(chain) AS steps
  WHERE COUNT { UNWIND through AS n RETURN DISTINCT n } = size(through)
  RETURN s, through, reduce(p = 1.0, r IN steps | p * r.p) AS p
  UNION
  // Two patterns: in one, the viewer would not be found as a colleague of their own team.
  MATCH (:PlainWorker {id: $viewer})-[:PLAIN_MEMBER_OF]->(t)
  MATCH (t)<-[:PLAIN_MEMBER_OF]-(w)
  MATCH (w)-[k:PLAIN_ACQUAINTED]->(f)
  WHERE NOT f.id IN barred AND (f.ask_again_from IS NULL OR f.ask_again_from <= $on)
  WITH me, barred, f, max(k.p) AS first
  MATCH chain = (f) (
"""
    + STEP
    + """  ){0,3} (s)
  WITH s, [me] + nodes(chain) AS through, relationships(chain) AS steps, first
  WHERE COUNT { UNWIND through AS n RETURN DISTINCT n } = size(through)
  RETURN s, through, reduce(p = first, r IN steps | p * r.p) AS p
  }
  // The likeliest chain to a node makes the best path that ends there.
  WITH offers, offered, s, max(p) AS p
  CALL (offers, offered, s, p) {
  MATCH (s)-[e:PLAIN_PROVIDES|PLAIN_VOLUNTEERS_FOR]->(v)
  WHERE v.id IN offered AND (NOT s:PlainPerson OR coalesce(s.willing_to_help, true))
  RETURN p * e.p * [o IN offers WHERE o.id = v.id | o.worth][0] AS score
  UNION
  WITH offers, offered, s, p WHERE s.id IN offered AND s:PlainPerson
  RETURN p * $talent * [o IN offers WHERE o.id = s.id | o.worth][0] AS score
  }
  RETURN s, score
  UNION
  UNWIND offers AS o
  WITH barred, o, o.v AS v
  MATCH (s)-[:PLAIN_PROVIDES]->(v) WHERE NOT s.id IN barred
  RETURN s, $direct * o.worth AS score
}
RETURN s.id AS supporter, max(score) AS score ORDER BY score DESC, supporter LIMIT 200
"""
)
"""All supporters with their best scores, best first; `PLAIN` keeps it apart from the store."""

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
        """Return the supporters with their scores."""
        question = asked.question(self.on)
        found = self.driver.execute_query(
            STATEMENT,
            person=asked.person,
            viewer=asked.viewer,
            need=asked.need,
            on=self.on.isoformat(),
            radius=question.radius,
            formality=sorted(question.formality),
            age=None if birth_year is None else self.on.year - birth_year,
            talent=self.chances.p("talent"),
            direct=self.chances.p("direct"),
            earth=_EARTH,
        )
        return {record["supporter"]: record["score"] for record in found.records}

    def _node(self, node: Node) -> Mapping[str, Any]:
        facts = {k: v for k, v in node.properties.items() if k not in {"point", "polygon"}}
        if node.label == "Service":
            facts["comes"] = facts.get("delivery") in {"at_home", "online"}
            facts["load"] = facts.get("load", 0)
        point = node.properties.get("point")
        return {"id": node.id, "label": f"Plain{node.label}", "facts": facts, "point": point}

    def _link(self, link: Relationship) -> Mapping[str, Any]:
        facts = dict(link.properties) | {"p": self._p(link)}
        if link.type == "CONTACT_FOR":
            facts["public"] = True
        if link.type in {"TIE", "TAKES_PART"}:
            facts["valid"] = _held(link, self.on)
            facts["both"] = link.type == "TIE"
            facts["usable"] = (
                facts["valid"]
                and facts.get("approach") == "may_ask"
                and facts.get("valence") != "stressful"
            )
        return {
            "type": f"PLAIN_{link.type}",
            "source": link.source,
            "target": link.target,
            "facts": facts,
        }

    def _p(self, link: Relationship) -> float | None:
        """Return the chance of the step that a relationship makes; None where it makes none."""
        facts = link.properties
        kinds = {
            "TAKES_PART": f"takes_part.{facts.get('how')}",
            "ACQUAINTED": f"acquainted.{facts.get('warmth', 'cold')}",
            "CONTACT_FOR": "role",
            "PROVIDES": "provides",
            "VOLUNTEERS_FOR": "volunteers",
        }
        if link.type == "TIE":
            tie = Tie.from_relationship(link)
            strength = self.chances.priors.strength(tie.closeness, tie.contact)
            return self.chances.p(f"tie.{tie.kind}", strength)
        return self.chances.p(kinds[link.type]) if link.type in kinds else None


def _held(link: Relationship, on: date) -> bool:
    start, end = link.properties.get("valid_from"), link.properties.get("valid_to")
    day = on.isoformat()
    return (start is None or str(start) <= day) and (end is None or day < str(end))


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
