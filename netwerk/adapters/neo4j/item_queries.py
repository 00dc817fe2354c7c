"""Statements about what the search of the directory finds; see `queries` for their manners."""

from typing import Final, LiteralString

from netwerk.adapters.neo4j.queries import LINKS, NODES

_READY: Final[LiteralString] = """
MATCH (h:LogHead {id: 'head'})
WITH h.filling IS NOT NULL AS filling
"""

# The nodes whose items are made of these: an organization's services and contact persons carry its
# name, it has what its services offer, and they are given where their hosts are.
DEPENDENT: Final[LiteralString] = """
WITH COLLECT {
  MATCH (n:Record) WHERE n.id IN $ids RETURN n
  UNION
  MATCH (l:Record) WHERE l.id IN $ids MATCH (l)<-[:LOCATED_AT]-(n) RETURN n
} AS near
WITH COLLECT {
  UNWIND near AS n RETURN n
  UNION
  UNWIND near AS o MATCH (o)-[:PROVIDES]->(n) RETURN n
} AS given
WITH given, COLLECT {
  UNWIND given AS n RETURN n
  UNION
  UNWIND given AS s MATCH (s)<-[:PROVIDES]-(n) RETURN n
} AS hosts
RETURN COLLECT {
  UNWIND hosts AS n RETURN n.id
  UNION
  UNWIND hosts AS o MATCH (o)<-[:CONTACT_FOR]-(n) RETURN n.id
  UNION
  UNWIND given AS s MATCH (s)<-[:VOLUNTEERS_FOR]-(n) RETURN n.id
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
WITH joined + COLLECT {
  UNWIND joined AS j WITH DISTINCT endNode(j) AS s MATCH (s)<-[r:PROVIDES]-() RETURN r
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

MARKS_OF: Final[LiteralString] = """
RETURN COLLECT { MATCH (i:Item) WHERE i.node IN $ids RETURN i.marks } AS found
"""
DROP_ITEMS: Final[LiteralString] = "MATCH (i:Item) WHERE i.node IN $ids DELETE i"
ADD_ITEMS: Final[LiteralString] = "UNWIND $rows AS row CREATE (i:Item) SET i = row"
NEW_WORDS: Final[LiteralString] = """
RETURN COLLECT {
  UNWIND $words AS word WITH word WHERE NOT EXISTS { (:Key {id: word}) } RETURN word
} AS found
"""
ADD_FORMS: Final[LiteralString] = """
UNWIND $rows AS row
CREATE (k:Key {id: row.word})
WITH k, row
UNWIND row.forms AS form
MERGE (f:Form {id: form})
CREATE (f)-[:MARKS]->(k)
"""
# Words that no item has any more: the index also knows what this transaction changed.
TIDY: Final[LiteralString] = """
UNWIND $rows AS row
CALL (row) {
  CALL db.index.fulltext.queryNodes('item_index', row.mark, {limit: 1}) YIELD node
  RETURN count(node) AS kept
}
WITH row WHERE kept = 0
MATCH (k:Key {id: row.word})
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
# For each question the items, at most so many. `rest` are conditions too large for the index.
FIND: Final[LiteralString] = (
    _READY
    + """
RETURN filling, COLLECT {
  UNWIND range(0, size($asked) - 1) AS at
  WITH at, $asked[at] AS asked
  RETURN COLLECT {
    CALL db.index.fulltext.queryNodes('item_index', asked, $options) YIELD node AS i
    WITH i WHERE all(marks IN $rest WHERE any(m IN split(i.marks, ' ') WHERE
      any(w IN marks WHERE m = w OR w ENDS WITH '*' AND m STARTS WITH left(w, size(w) - 1))))
    RETURN [i.kind, i.id, i.node, i.organization, i.comes, i.places]
  } ORDER BY at
} AS found
"""
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
JUDGED_WITH: Final[LiteralString] = (
    _READY
    + _TEAM
    + """
WITH *, COLLECT { MATCH (i:Item) WHERE i.key IN $keys RETURN i } AS items
WITH *, team + COLLECT {
  // An area is part of another, and that of a third: not more than a few times.
  UNWIND items AS i UNWIND i.areas AS area WITH DISTINCT area
  MATCH (n:Record {id: area})-[above:PART_OF*1..6]->() UNWIND above AS r RETURN DISTINCT r
} AS links, COLLECT {
  UNWIND team AS r UNWIND [startNode(r), endNode(r)] AS n RETURN DISTINCT n
} AS nodes
RETURN filling, [i IN items | [i.key, i.card]] AS cards, """
    + NODES
    + ", "
    + LINKS
)
AROUND: Final[LiteralString] = (
    _READY
    + _TEAM
    + """
WITH *, COLLECT { MATCH (i:Item) WHERE i.key IN $keys RETURN i } AS items
WITH *,
  [i IN items WHERE i.kind IN ['organization', 'contact'] | coalesce(i.organization, i.node)]
    AS host_ids,
  [i IN items WHERE i.kind = 'volunteer' | i.node] AS volunteer_ids,
  [i IN items WHERE i.kind = 'service' | i.node] AS service_ids,
  [i IN items WHERE i.kind = 'contact' | i.node] AS person_ids,
  [i IN items WHERE i.kind = 'contact' | i.id] AS contact_ids
WITH *, COLLECT {
  MATCH (n:Record) WHERE n.id IN host_ids MATCH (n)-[r:PROVIDES]->() RETURN r
  UNION
  MATCH (n:Record) WHERE n.id IN volunteer_ids MATCH (n)-[r:VOLUNTEERS_FOR]->() RETURN r
} AS offered
WITH *, COLLECT {
  MATCH (n:Record) WHERE n.id IN service_ids RETURN n
  UNION
  UNWIND offered AS r RETURN endNode(r) AS n
} AS services
WITH *, COLLECT { UNWIND services AS s MATCH (s)<-[r:PROVIDES]-() RETURN r } AS provided
WITH *, offered + provided + team + COLLECT {
  UNWIND services AS n MATCH (n)-[r:LOCATED_AT]->() RETURN r
  UNION
  UNWIND provided AS p WITH DISTINCT startNode(p) AS n MATCH (n)-[r:LOCATED_AT]->() RETURN r
  UNION
  MATCH (n:Record) WHERE n.id IN host_ids MATCH (n)-[r:LOCATED_AT]->() RETURN r
  UNION
  MATCH (n:Record) WHERE n.id IN person_ids MATCH (n)-[r:CONTACT_FOR]->() WHERE r.id IN contact_ids
  RETURN r
} AS links
WITH *, COLLECT {
  UNWIND items AS i MATCH (n:Record {id: i.node}) RETURN n
  UNION
  UNWIND links AS r UNWIND [startNode(r), endNode(r)] AS n RETURN n
} AS nodes
RETURN filling, """
    + NODES
    + ", "
    + LINKS
)
