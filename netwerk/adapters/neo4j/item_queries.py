"""Statements about what the search of the directory finds; see `queries` for their manners."""

from typing import Final, LiteralString

from netwerk.adapters.neo4j.queries import LINKS, NODES

_READY: Final[LiteralString] = """
MATCH (h:LogHead {id: 'head'})
WITH h.filling IS NOT NULL AS filling
"""

# The nodes whose items are made of these: an organization's services and contact persons carry its
# name, and it has the needs of its services.
DEPENDENT: Final[LiteralString] = """
WITH COLLECT {
  MATCH (n:Record) WHERE n.id IN $ids RETURN n
  UNION
  MATCH (l:Record) WHERE l.id IN $ids MATCH (l)<-[:LOCATED_AT]-(n) RETURN n
} AS near
WITH near, COLLECT {
  UNWIND near AS n RETURN n
  UNION
  UNWIND near AS s MATCH (s)<-[:PROVIDES]-(n) RETURN n
} AS hosts
RETURN COLLECT {
  UNWIND hosts AS n RETURN n.id
  UNION
  UNWIND near AS o MATCH (o)-[:PROVIDES]->(n) RETURN n.id
  UNION
  UNWIND hosts AS o MATCH (o)<-[:CONTACT_FOR]-(n) RETURN n.id
  UNION
  UNWIND near AS s MATCH (s)<-[:VOLUNTEERS_FOR]-(n) RETURN n.id
} AS found
"""

EVERY_NODE: Final[LiteralString] = """
RETURN COLLECT {
  MATCH (n:Record) WHERE n.label = $label AND n.id > $after
  RETURN n.id ORDER BY n.id LIMIT $limit
} AS found
"""

# All that the items of some nodes are made of.
MADE_OF: Final[LiteralString] = (
    """
WITH COLLECT {
  MATCH (n:Record) WHERE n.id IN $ids
  MATCH (n)-[r:PROVIDES|CONTACT_FOR|VOLUNTEERS_FOR]->() RETURN r
  UNION
  MATCH (n:Record) WHERE n.id IN $ids MATCH (n)<-[r:PROVIDES|VOLUNTEERS_FOR]-() RETURN r
  UNION
  MATCH (n:Record) WHERE n.id IN $ids MATCH (n)-[:CONTACT_FOR]->()-[r:PROVIDES]->() RETURN r
} AS joined
WITH joined, COLLECT {
  MATCH (n:Record) WHERE n.id IN $ids RETURN n
  UNION
  UNWIND joined AS r UNWIND [startNode(r), endNode(r)] AS n RETURN n
} AS near
WITH joined, near, COLLECT {
  UNWIND near AS n MATCH (n)-[r:ADDRESSES|LOCATED_AT]->() RETURN r
} AS facts
WITH joined, facts, COLLECT {
  UNWIND near AS n RETURN n
  UNION
  UNWIND facts AS r WITH endNode(r) AS n WHERE n:Location RETURN n
} AS nodes
WITH nodes, joined + facts + COLLECT {
  UNWIND nodes AS n MATCH (n)-[r:IN_AREA]->() RETURN r
} AS links
RETURN """
    + NODES
    + ", "
    + LINKS
)

KEYS_OF: Final[LiteralString] = """
RETURN COLLECT {
  MATCH (i:Item) WHERE i.node IN $ids UNWIND i.keys AS key RETURN DISTINCT key
} AS found
"""
DROP_ITEMS: Final[LiteralString] = """
MATCH (i:Item) WHERE i.node IN $ids
OPTIONAL MATCH (s:Spot)-[:OF]->(i)
DETACH DELETE s, i
"""
ADD_ITEMS: Final[LiteralString] = """
UNWIND $rows AS row
CREATE (i:Item) SET i = row.facts
WITH i, row
CALL (i, row) { UNWIND row.facts.keys AS key MERGE (k:Key {id: key}) CREATE (i)-[:UNDER]->(k) }
CALL (i, row) { UNWIND row.spots AS place CREATE (:Spot {place: place})-[:OF]->(i) }
"""
ADD_FORMS: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (k:Key {id: row.word}) WHERE NOT EXISTS { (k)<-[:MARKS]-() }
UNWIND row.forms AS form
MERGE (f:Form {id: form})
CREATE (f)-[:MARKS]->(k)
"""
TIDY: Final[LiteralString] = """
MATCH (k:Key) WHERE k.id IN $ids AND NOT EXISTS { (k)<-[:UNDER]-() }
OPTIONAL MATCH (f:Form)-[:MARKS]->(k)
WITH k, collect(f) AS forms
DETACH DELETE k
WITH forms
UNWIND forms AS f
WITH DISTINCT f WHERE NOT EXISTS { (f)-->() }
DELETE f
"""

WORDS_LIKE: Final[LiteralString] = (
    _READY
    + """
RETURN filling, COLLECT {
  MATCH (f:Form) WHERE f.id IN $forms MATCH (f)-[:MARKS]->(k) RETURN DISTINCT k.id
} AS words
"""
)
# How many items meet each condition, at most: each under every key counts.
COUNTED: Final[LiteralString] = (
    _READY
    + """
RETURN filling, COLLECT {
  UNWIND range(0, size($wanted) - 1) AS at
  WITH at, $wanted[at] AS w
  RETURN reduce(sum = 0, n IN
    COLLECT { MATCH (k:Key) WHERE k.id IN w.keys RETURN COUNT { (k)<-[:UNDER]-() } }
    + COLLECT {
      MATCH (k:Key) WHERE w.prefix <> '' AND k.id STARTS WITH w.prefix
      RETURN COUNT { (k)<-[:UNDER]-() }
    } | sum + n) ORDER BY at
} AS counts
"""
)
_MEETS: Final[LiteralString] = """
i.kind IN $kinds AND all(w IN $wanted WHERE any(key IN i.keys
  WHERE key IN w.keys OR (w.prefix <> '' AND key STARTS WITH w.prefix)))
"""
_ITEM: Final[LiteralString] = "[i.kind, i.id, i.node, i.organization, i.comes, i.places]"
_DRIVEN: Final[LiteralString] = (
    """
  CALL () {
    MATCH (k:Key) WHERE k.id IN $keys MATCH (k)<-[:UNDER]-(i) RETURN i
    UNION
    MATCH (k:Key) WHERE $prefix <> '' AND k.id STARTS WITH $prefix
    MATCH (k)<-[:UNDER]-(i) RETURN i
  }
  WITH i WHERE """
    + _MEETS
)
BY_WORD: Final[LiteralString] = (
    _READY + "RETURN filling, COLLECT {" + _DRIVEN + " RETURN " + _ITEM + " } AS items"
)
FIRST_BY_WORD: Final[LiteralString] = (
    _READY
    + "RETURN filling, COLLECT {"
    + _DRIVEN
    + " WITH i ORDER BY i.key LIMIT $limit RETURN "
    + _ITEM
    + " } AS items"
)
BY_PLACE: Final[LiteralString] = (
    _READY
    + """
RETURN filling, COLLECT {
  MATCH (s:Spot) WHERE point.distance(s.place, $origin) <= $reach
  MATCH (s)-[:OF]->(i) WHERE i.comes = $comes AND """
    + _MEETS
    + " WITH DISTINCT i RETURN "
    + _ITEM
    + " } AS items"
)
NOWHERE: Final[LiteralString] = (
    _READY
    + """
RETURN filling, COLLECT {
  MATCH (i:Item) WHERE i.placed = false AND i.key >= '' AND """
    + _MEETS
    + " WITH i ORDER BY i.key LIMIT $limit RETURN "
    + _ITEM
    + " } AS items"
)
BY_KEY: Final[LiteralString] = (
    _READY
    + """
RETURN filling, COLLECT {
  MATCH (i:Item) WHERE i.key >= '' AND """
    + _MEETS
    + " WITH i ORDER BY i.key LIMIT $limit RETURN "
    + _ITEM
    + " } AS items"
)

_TEAM: Final[LiteralString] = """
WITH *, COLLECT {
  MATCH (:Record {id: $viewer})-[:MEMBER_OF]->(t) WITH DISTINCT t
  MATCH (t)<-[r:MEMBER_OF]-() RETURN r
} AS members
WITH *, COLLECT {
  UNWIND members AS m WITH DISTINCT startNode(m) AS w
  MATCH (w)-[r:ACQUAINTED]->(x) WHERE NOT x:Person OR EXISTS { (x)-[:CONTACT_FOR]->() }
  RETURN r
} AS known
WITH *, members + known + COLLECT {
  UNWIND known AS k WITH DISTINCT endNode(k) AS n MATCH (n)-[r:CONTACT_FOR]->() RETURN r
} AS team
"""
TEAM: Final[LiteralString] = (
    _READY
    + _TEAM
    + """
WITH filling, team AS links, COLLECT {
  UNWIND team AS r UNWIND [startNode(r), endNode(r)] AS n RETURN DISTINCT n
} AS nodes
RETURN filling, """
    + NODES
    + ", "
    + LINKS
)
AROUND: Final[LiteralString] = (
    _READY
    + _TEAM
    + """
WITH *, COLLECT {
  MATCH (n:Record) WHERE n.id IN $hosts MATCH (n)-[r:PROVIDES]->() RETURN r
  UNION
  MATCH (n:Record) WHERE n.id IN $volunteers MATCH (n)-[r:VOLUNTEERS_FOR]->() RETURN r
} AS offered
WITH *, COLLECT {
  MATCH (n:Record) WHERE n.id IN $services RETURN n
  UNION
  UNWIND offered AS r RETURN endNode(r) AS n
} AS services
WITH *, COLLECT { UNWIND services AS s MATCH (s)<-[r:PROVIDES]-() RETURN r } AS provided
WITH *, COLLECT {
  UNWIND services AS n MATCH (n)-[r:LOCATED_AT]->() RETURN r
  UNION
  UNWIND provided AS p WITH DISTINCT startNode(p) AS n MATCH (n)-[r:LOCATED_AT]->() RETURN r
  UNION
  MATCH (n:Record) WHERE n.id IN $hosts MATCH (n)-[r:LOCATED_AT]->() RETURN r
} AS located
WITH *, COLLECT {
  UNWIND services AS n MATCH (n)-[r:IN_AREA]->() RETURN r
  UNION
  MATCH (n:Record) WHERE n.id IN $volunteers MATCH (n)-[r:IN_AREA]->() RETURN r
  UNION
  UNWIND located AS l WITH DISTINCT endNode(l) AS n MATCH (n)-[r:IN_AREA]->() RETURN r
} AS areas
WITH *, offered + provided + located + team + COLLECT {
  MATCH (n:Record) WHERE n.id IN $persons MATCH (n)-[r:CONTACT_FOR]->() WHERE r.id IN $contacts
  RETURN r
} AS joined
WITH *, COLLECT {
  MATCH (n:Record) WHERE n.id IN $own RETURN n
  UNION
  UNWIND joined AS r UNWIND [startNode(r), endNode(r)] AS n RETURN n
} AS nodes, joined + areas + COLLECT {
  UNWIND services AS n MATCH (n)-[r:ADDRESSES]->() RETURN r
  UNION
  MATCH (n:Record) WHERE n.id IN $volunteers
  MATCH (n)-[r:ADDRESSES]->() WHERE n.willing_to_help RETURN r
  UNION
  // An area is part of another, and that of a third: not more than a few times.
  UNWIND areas AS a WITH DISTINCT endNode(a) AS n
  MATCH (n)-[above:PART_OF*1..6]->() UNWIND above AS r RETURN DISTINCT r
} AS links
RETURN filling, """
    + NODES
    + ", "
    + LINKS
)
