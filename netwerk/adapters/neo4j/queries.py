"""The statements, by name. Values come in as parameters only; the answer is one record of columns.

A record costs the wire about 40 µs and a value in a list far less, so lists of nodes and of
relationships are taken apart into one list per property. Conditions such as `n.id >= ''` are
always true: an index on two properties is used only where a statement names both.
"""

from typing import Final, LiteralString

from netwerk.adapters.neo4j.ours import ours

NODES: Final[LiteralString] = """[
  [n IN nodes | n.label], [n IN nodes | n.id], [n IN nodes | n.version], [n IN nodes | n.properties]
] AS nodes"""

LINKS: Final[LiteralString] = """[
  [r IN links | type(r)], [r IN links | r.id], [r IN links | startNode(r).id],
  [r IN links | endNode(r).id], [r IN links | r.version], [r IN links | r.properties]
] AS links"""

_IN_SIGHT: Final[LiteralString] = """(
  n:Organization OR n:Service OR n:Location OR n:Area OR n:Need OR n:Team OR n:Worker
  OR (n:Person AND (
    n.id = $subject OR n.willing_to_help
    OR EXISTS { (n)-[:CONTACT_FOR|VOLUNTEERS_FOR]->() }
    OR EXISTS { (n)-[t:TAKES_PART]->() WHERE t.owner = $subject }
    OR EXISTS {
      (n)-[t:TIE]-(x) WHERE t.owner = $subject OR (t.shared AND n.connector AND x.connector)
    }
  ))
  OR (n:Case AND EXISTS { (n)-[:CONCERNS]->(x) WHERE x.id = $subject })
  OR (NOT n:Person AND (
    EXISTS { (n)-[:ASKED_IN|ADVISES|KEPT_IN]->()-[:CONCERNS]->(x) WHERE x.id = $subject }
    OR EXISTS { (n)<-[:REVIEWED_IN]-()-[:CONCERNS]->(x) WHERE x.id = $subject }
  ))
)"""

LOCK: Final[LiteralString] = """
MATCH (h:LogHead {id: 'head'})
// Written first, so that what is read after it is what the last writer left.
SET h.locked = true
WITH h
RETURN h.number AS number, h.seal AS seal, h.filling IS NOT NULL AS filling,
  EXISTS { (o:Operation {id: $operation}) } AS done
"""

APPEND: Final[LiteralString] = """
MATCH (h:LogHead {id: 'head'})
SET h.number = $number, h.seal = $seal
WITH h
CALL () { UNWIND $entries AS entry CREATE (e:LogEntry) SET e = entry }
CALL () { UNWIND $operations AS id CREATE (:Operation {id: id}) }
RETURN h.number AS number
"""

APPEND_AFTER: Final[LiteralString] = """
MATCH (h:LogHead {id: 'head'})
SET h.locked = true
WITH h, h.number = $after AS is_last
CALL (h, is_last) {
  WITH h, is_last WHERE is_last
  SET h.number = $number, h.seal = $seal
  WITH h UNWIND $entries AS entry
  CREATE (e:LogEntry) SET e = entry
}
RETURN is_last
"""

OPEN: Final[LiteralString] = (
    """
MATCH (h:LogHead {id: 'head'})
OPTIONAL MATCH (w:Record {id: $viewer})
  WHERE w:Worker AND coalesce(w.role, $usual_role) IN $roles
OPTIONAL MATCH (p:Record {id: $subject}) WHERE p:Person
// `granted`: a unit of work keeps the access it was opened with, also after a handover.
WITH h, p, p IS NOT NULL AND ($granted OR w IS NOT NULL AND EXISTS {
  (p)<-[:CONCERNS]-(c:Case)
  WHERE (c.opened_on IS NULL OR c.opened_on <= $day)
    AND (c.closed_on IS NULL OR $day < c.closed_on)
    AND (EXISTS { (c)<-[:LEADS]-(w) } OR EXISTS { (c)-[:HANDLED_BY]->()<-[:MEMBER_OF]-(w) })
}) AS access
WITH h, access, CASE WHEN access THEN p END AS p
WITH h, access, p, COLLECT {
  MATCH ()-[r:TIE {owner: $subject}]->() WHERE access RETURN r
  UNION
  MATCH (p)-[r:TIE]-(x) WHERE r.shared AND p.connector AND x.connector RETURN r
  UNION
  MATCH ()-[r:TAKES_PART {owner: $subject}]->() WHERE access RETURN r
  UNION
  MATCH (p)-[r:ADDRESSES|CONTACT_FOR]->() RETURN r
  UNION
  MATCH (p)<-[r:CONCERNS]-() RETURN r
  UNION
  MATCH (p)<-[:CONCERNS]-()-[r:CONCERNS]->(n) WHERE """
    + _IN_SIGHT
    + """ RETURN r
  UNION
  MATCH (p)<-[:CONCERNS]-()-[r:HANDLED_BY|REVIEWED_IN]->() RETURN r
  UNION
  MATCH (p)<-[:CONCERNS]-()<-[r:LEADS|ASKED_IN|ADVISES|KEPT_IN]-() RETURN r
} AS links
WITH h, access, links, COLLECT {
  WITH p WHERE p IS NOT NULL RETURN p AS n
  UNION
  UNWIND links AS r UNWIND [startNode(r), endNode(r)] AS n RETURN n
} AS nodes
RETURN h.filling IS NOT NULL AS filling, access, h.number AS number, h.seal AS seal,
  COLLECT {
    MATCH (n:Record) WHERE access AND n.label = 'Need' AND n.id >= '' RETURN [n.id, n.parent]
  } AS needs,
  COLLECT {
    MATCH (x:System {kind: 'publication', key: 'outcomes'}) WHERE access RETURN x.value
  } AS publication, """
    + NODES
    + ", "
    + LINKS
)

NEEDS: Final[LiteralString] = """
MATCH (h:LogHead {id: 'head'})
RETURN h.filling IS NOT NULL AS filling,
  COLLECT {
    MATCH (n:Record) WHERE n.label = 'Need' AND n.id >= '' RETURN [n.id, n.parent]
  } AS needs
"""

_USABLE: Final[LiteralString] = """(
  s:Service AND s.formality IN $formalities
  AND (s.valid_from IS NULL OR s.valid_from <= $on) AND (s.valid_to IS NULL OR $on < s.valid_to)
  AND ($age IS NULL OR (
    (s.age_min IS NULL OR s.age_min <= $age) AND (s.age_max IS NULL OR $age <= s.age_max)
  ))
  AND (s.capacity IS NULL OR s.capacity > s.load)
)"""

_NOWHERE: Final[LiteralString] = """(
  s.comes OR $origin IS NULL
  OR NOT EXISTS { (s)-[:LOCATED_AT]->(l) WHERE l.place IS NOT NULL }
)"""

_GROUPED: Final[LiteralString] = """
  ORDER BY need, room, comes, o, s
  WITH need, room, comes, collect([o, s]) AS pairs
  RETURN [need, room, comes, pairs[..$limit], size(pairs) > $limit] AS found
"""

_CHOSEN: Final[LiteralString] = """
WITH *, near + REDUCE(all = [], g IN groups | all + [pair IN g[3] | pair[1]]) AS chosen
WITH *, COLLECT {
  MATCH (s:Record)<-[r:PROVIDES]-() WHERE s.id IN chosen RETURN r
  UNION
  MATCH (s:Record)-[r:ADDRESSES]->(n) WHERE s.id IN chosen AND ($any OR n.id IN $family) RETURN r
  UNION
  MATCH (s:Record)-[r:LOCATED_AT]->() WHERE s.id IN chosen RETURN r
} AS offered
"""

_OFFERS_FOR: Final[LiteralString] = (
    """
WITH *, COLLECT {
  UNWIND $family AS need
  MATCH (:Record {id: need})<-[:ADDRESSES]-(s) WHERE """
    + _USABLE
    + " AND "
    + _NOWHERE
    + """
  MATCH (s)<-[:PROVIDES]-(o)
  WITH DISTINCT need, s.capacity IS NOT NULL AS room, s.comes AS comes, o.id AS o, s.id AS s """
    + _GROUPED
    + """
} AS groups, COLLECT {
  MATCH (l:Location) WHERE point.distance(l.place, $origin) <= $reach
  MATCH (l)<-[:LOCATED_AT]-(s) WHERE """
    + _USABLE
    + """ AND NOT s.comes
    AND EXISTS { (s)-[:ADDRESSES]->(n) WHERE n.id IN $family } AND EXISTS { (s)<-[:PROVIDES]-() }
  RETURN DISTINCT s.id
} AS near
"""
    + _CHOSEN
)

_OFFERS_ANY: Final[LiteralString] = (
    """
WITH *, COLLECT {
  MATCH (s:Record) WHERE s.label = 'Service' AND s.id >= '' AND """
    + _USABLE
    + " AND "
    + _NOWHERE
    + """
  MATCH (s)<-[:PROVIDES]-(o)
  WITH DISTINCT null AS need, s.capacity IS NOT NULL AS room, s.comes AS comes,
    o.id AS o, s.id AS s """
    + _GROUPED
    + """
} AS groups, COLLECT {
  MATCH (l:Location) WHERE point.distance(l.place, $origin) <= $reach
  MATCH (l)<-[:LOCATED_AT]-(s) WHERE """
    + _USABLE
    + """ AND NOT s.comes AND EXISTS { (s)<-[:PROVIDES]-() }
  RETURN DISTINCT s.id
} AS near
"""
    + _CHOSEN
)

_OFFERED: Final[LiteralString] = (
    """
WITH *, offered AS links, COLLECT {
  UNWIND offered AS r UNWIND [startNode(r), endNode(r)] AS n
  WITH DISTINCT n WHERE $any OR NOT n:Need
  RETURN n
} AS nodes
RETURN groups, near, """
    + NODES
    + ", "
    + LINKS
)

OFFERS_FOR: Final[LiteralString] = "WITH 1 AS one" + _OFFERS_FOR + _OFFERED
OFFERS_ANY: Final[LiteralString] = "WITH 1 AS one" + _OFFERS_ANY + _OFFERED

AROUND: Final[LiteralString] = (
    """
WITH COLLECT {
  MATCH (:Record {id: $viewer})-[:MEMBER_OF]->(t) WITH DISTINCT t
  MATCH (t)<-[r:MEMBER_OF]-() RETURN r
} AS members
WITH members, COLLECT {
  UNWIND members AS m WITH DISTINCT startNode(m) AS w
  MATCH (w)-[r:ACQUAINTED]->(x) WHERE NOT x:Person OR EXISTS { (x)-[:CONTACT_FOR]->() }
  RETURN r
} AS known
"""
    + _OFFERS_FOR
    + """
WITH *, members + known + offered AS links, COLLECT {
  UNWIND members + known AS r UNWIND [startNode(r), endNode(r)] AS n RETURN n
  UNION
  MATCH (n:Record) WHERE n.id IN $family RETURN n
  UNION
  UNWIND offered AS r UNWIND [startNode(r), endNode(r)] AS n
  WITH n WHERE NOT n:Need
  RETURN n
} AS nodes
RETURN groups, near, """
    + NODES
    + ", "
    + LINKS
)

EXPAND: Final[LiteralString] = (
    """
MATCH (n:Record) WHERE n.id IN $reached AND """
    + _IN_SIGHT
    + """
WITH collect(n) AS at
WITH at, COLLECT {
  UNWIND at AS n
  MATCH (n)-[:PROVIDES|VOLUNTEERS_FOR]->(s)
  WHERE EXISTS { (s)-[:ADDRESSES]->(d) WHERE d.id IN $needs }
  RETURN DISTINCT s
} AS services
WITH at, COLLECT {
  UNWIND at AS n MATCH (n)-[r:CONTACT_FOR]-() RETURN r
  UNION
  UNWIND at AS n MATCH (n)-[r:TIE]-(x) WHERE r.shared AND n.connector AND x.connector RETURN r
  UNION
  UNWIND at AS n MATCH (n)-[r:PROVIDES|VOLUNTEERS_FOR]->(s)
  WHERE EXISTS { (s)-[:ADDRESSES]->(d) WHERE d.id IN $needs } RETURN r
  UNION
  UNWIND services AS s MATCH (s)-[r:ADDRESSES]->(d) WHERE d.id IN $needs RETURN r
  UNION
  UNWIND services AS s MATCH (s)-[r:LOCATED_AT]->() RETURN r
  UNION
  UNWIND at AS n MATCH (n)-[r:ADDRESSES]->(d)
  WHERE n:Person AND n.willing_to_help AND d.id IN $needs RETURN r
} AS links
WITH links, COLLECT {
  UNWIND at AS n WITH n WHERE NOT n:Need RETURN n
  UNION
  UNWIND links AS r UNWIND [startNode(r), endNode(r)] AS n WITH n WHERE NOT n:Need RETURN n
} AS nodes
RETURN """
    + NODES
    + ", "
    + LINKS
)

PUBLIC: Final[LiteralString] = (
    """
MATCH (h:LogHead {id: 'head'})
WITH h, COLLECT {
  UNWIND $labels AS label MATCH (n:Record) WHERE n.label = label AND n.id >= '' RETURN n
} AS nodes
WITH h, nodes, COLLECT {
  UNWIND nodes AS n MATCH (n)-[r]->(x) WHERE type(r) IN $types AND x.label IN $labels AND """
    + ours("n")
    + """ RETURN r
} AS links
RETURN h.filling IS NOT NULL AS filling, """
    + NODES
    + ", "
    + LINKS
)

CASELOAD: Final[LiteralString] = (
    """
MATCH (h:LogHead {id: 'head'})
OPTIONAL MATCH (w:Record {id: $viewer})
  WHERE w:Worker AND coalesce(w.role, $usual_role) IN $roles
WITH h, COLLECT {
  MATCH (w)-[:LEADS]->(c) RETURN c
  UNION
  MATCH (w)-[:MEMBER_OF]->()<-[:HANDLED_BY]-(c) RETURN c
} AS all
WITH h, [c IN all WHERE (c.opened_on IS NULL OR c.opened_on <= $day)
  AND (c.closed_on IS NULL OR $day < c.closed_on)] AS cases
WITH h, cases, COLLECT {
  UNWIND cases AS c
  MATCH (c)-[r:CONCERNS|LEADS|HANDLED_BY|ASKED_IN|ADVISES|KEPT_IN|REVIEWED_IN]-(n)
  WHERE NOT n.label IN $hidden
  RETURN r
} AS links
WITH h, links, COLLECT {
  UNWIND cases AS n RETURN n
  UNION
  UNWIND links AS r UNWIND [startNode(r), endNode(r)] AS n RETURN n
} AS nodes
RETURN h.filling IS NOT NULL AS filling, """
    + NODES
    + ", "
    + LINKS
)

IN_SIGHT: Final[LiteralString] = (
    "WITH COLLECT { MATCH (n:Record {id: $person}) WHERE n:Person AND "
    + _IN_SIGHT
    + " RETURN n } AS nodes RETURN "
    + NODES
)

NODE: Final[LiteralString] = (
    "WITH COLLECT { MATCH (n:Record {id: $id}) RETURN n } AS nodes RETURN " + NODES
)

SEVERAL: Final[LiteralString] = (
    "WITH COLLECT { MATCH (n:Record) WHERE n.id IN $ids RETURN n } AS nodes RETURN " + NODES
)

# Not what is about somebody as a private person: see visibility.is_private.
_NOT_PRIVATE: Final[LiteralString] = (
    """(
  (type(r) <> 'ACQUAINTED' OR NOT b:Person OR EXISTS { (b)-[:CONTACT_FOR]->() })
  AND (type(r) <> 'ADDRESSES' OR NOT a:Person OR a.willing_to_help)
  AND """
    + ours("a")
    + ")"
)

# What touches some nodes of the directory; half of it leads to a hub, so not from that side.
TOUCHING: Final[LiteralString] = (
    """
MATCH (h:LogHead {id: 'head'})
WITH h, COLLECT { MATCH (n:Record) WHERE n.id IN $ids AND """
    + _IN_SIGHT
    + """ RETURN n } AS at
WITH h, at, COLLECT {
  UNWIND at AS a MATCH (a)-[r]->(b) WHERE type(r) IN $types
  WITH r, a, b, b AS n WHERE """
    + _IN_SIGHT
    + " AND "
    + _NOT_PRIVATE
    + """ RETURN r
  UNION
  UNWIND at AS b WITH b WHERE NOT b.label IN $hubs
  MATCH (a)-[r]->(b) WHERE type(r) IN $types
  WITH r, a, b, a AS n WHERE """
    + _IN_SIGHT
    + " AND "
    + _NOT_PRIVATE
    + """ RETURN r
} AS links
WITH h, links, COLLECT {
  UNWIND at AS n RETURN n
  UNION
  UNWIND links AS r UNWIND [startNode(r), endNode(r)] AS n RETURN n
} AS nodes
RETURN h.filling IS NOT NULL AS filling, """
    + NODES
    + ", "
    + LINKS
)

# Everything that ends at a node, in whosever file it is.
ENDING_AT: Final[LiteralString] = (
    "WITH COLLECT { MATCH (n:Record {id: $id})-[r]-() RETURN DISTINCT r } AS links RETURN " + LINKS
)

ALL_AT: Final[LiteralString] = (
    """
WITH COLLECT { MATCH (n:Record) WHERE n.id IN $ids RETURN n } AS at
WITH at, COLLECT { UNWIND at AS n MATCH (n)-[r]-() RETURN DISTINCT r } AS links
WITH links, COLLECT {
  UNWIND at AS n RETURN n
  UNION
  UNWIND links AS r UNWIND [startNode(r), endNode(r)] AS n RETURN n
} AS nodes
RETURN """
    + NODES
    + ", "
    + LINKS
)

OWNED: Final[LiteralString] = (
    """
WITH COLLECT {
  MATCH ()-[r:TIE {owner: $owner}]->() RETURN r
  UNION
  MATCH ()-[r:TAKES_PART {owner: $owner}]->() RETURN r
} AS links
WITH links, COLLECT {
  UNWIND links AS r UNWIND [startNode(r), endNode(r)] AS n RETURN DISTINCT n
} AS nodes
RETURN """
    + NODES
    + ", "
    + LINKS
)

PERSONS_LIKE: Final[LiteralString] = (
    """
WITH COLLECT {
  MATCH (n:Record) WHERE n.label = 'Person' AND n.id >= ''
    AND toLower(n.properties) CONTAINS $part
  RETURN n
} AS nodes RETURN """
    + NODES
)

ENTRIES_ABOUT: Final[LiteralString] = """
RETURN COLLECT {
  MATCH (e:LogEntry) WHERE e.number > $after AND e.body CONTAINS $label
  RETURN [e.number, e.at, e.body, e.seal] ORDER BY e.number LIMIT $limit
} AS entries
"""

LAST_KEYS: Final[LiteralString] = """
RETURN COLLECT {
  UNWIND $ids AS id
  MATCH (x:System {kind: $kind, owner: id})
  WITH id, max(x.key) AS last
  RETURN [id, last]
} AS found
"""

PUT_SEVERAL: Final[LiteralString] = """
UNWIND $rows AS row
MERGE (x:System {kind: row.kind, key: row.key}) SET x.value = row.value, x.owner = row.owner
"""

UPDATE_SEVERAL: Final[LiteralString] = """
UNWIND $rows AS row MATCH (n:Record {id: row.id}) SET n = row
"""

ENDS: Final[LiteralString] = """
// The index is named: a plan that was made while the store was empty looks through all nodes.
UNWIND $ids AS id MATCH (n:Record {id: id}) USING INDEX n:Record(id)
RETURN collect(n.id) AS found, collect(n.label) AS labels
"""

UPDATE_NODE: Final[LiteralString] = """
OPTIONAL MATCH (n:Record {id: $row.id}) WHERE n.version = $version
SET n = $row
RETURN n IS NOT NULL AS done
"""

REMOVE_NODE: Final[LiteralString] = """
OPTIONAL MATCH (n:Record {id: $id}) WHERE n.version = $version AND NOT EXISTS { (n)--() }
WITH n, n IS NOT NULL AS done
DELETE n
RETURN done
"""

SYSTEM_GET: Final[LiteralString] = """
RETURN COLLECT { MATCH (x:System {kind: $kind, key: $key}) RETURN x.value } AS found
"""

SYSTEM_PEEK: Final[LiteralString] = """
MATCH (h:LogHead {id: 'head'})
RETURN h.filling IS NOT NULL AS filling,
  COLLECT { MATCH (x:System {kind: $kind, key: $key}) RETURN x.value } AS found
"""

SYSTEM_PUT: Final[LiteralString] = """
MERGE (x:System {kind: $kind, key: $key}) SET x.value = $value, x.owner = $owner
"""

SYSTEM_DELETE: Final[LiteralString] = "MATCH (x:System {kind: $kind, key: $key}) DELETE x"

SYSTEM_FIND: Final[LiteralString] = """
RETURN COLLECT {
  MATCH (x:System) WHERE x.kind = $kind AND x.key >= '' RETURN [x.key, x.value]
} AS found
"""

SYSTEM_OF: Final[LiteralString] = """
RETURN COLLECT { MATCH (x:System {kind: $kind, owner: $owner}) RETURN [x.key, x.value] } AS found
"""

CREATE_NODES: Final[LiteralString] = """
UNWIND $rows AS row CREATE (n:Record:$($label)) SET n = row
"""

CREATE_LINKS: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (s:Record {id: row.source}) USING INDEX s:Record(id)
MATCH (t:Record {id: row.target}) USING INDEX t:Record(id)
CREATE (s)-[r:$($type)]->(t) SET r = row.facts
"""

NODES_AFTER: Final[LiteralString] = (
    """
WITH COLLECT {
  MATCH (n:Record) WHERE n.label = $label AND n.id > $after RETURN n ORDER BY n.id LIMIT $limit
} AS nodes
RETURN """
    + NODES
)

ENTRIES_AFTER: Final[LiteralString] = """
RETURN COLLECT {
  MATCH (e:LogEntry) WHERE e.number > $after
  RETURN [e.number, e.at, e.body, e.seal] ORDER BY e.number LIMIT $limit
} AS entries
"""

ASKS_AFTER: Final[LiteralString] = """
RETURN COLLECT {
  MATCH (a)-[r:ASKED_IN]->(c) WHERE r.id > $after
  WITH a, r, c ORDER BY r.id LIMIT $limit
  RETURN [r.id, a.label, a.id, a.version, a.properties,
    COLLECT { MATCH (c)-[k:CONCERNS]->(p) RETURN p.id ORDER BY k.id DESC LIMIT 1 }]
} AS asks
"""

SYSTEM_ALL: Final[LiteralString] = """
RETURN COLLECT { MATCH (x:System) RETURN [x.kind, x.key, x.value] } AS found
"""

IS_EMPTY: Final[LiteralString] = """
OPTIONAL MATCH (h:LogHead {id: 'head'})
RETURN h.filling IS NOT NULL OR NOT EXISTS { (:Record) } AS no_records,
  NOT EXISTS { (:LogEntry) } AND NOT EXISTS { (:System) } AS no_others
"""

VERSION: Final[LiteralString] = """
OPTIONAL MATCH (v:StoreVersion)
RETURN coalesce(max(v.layout), 0) AS layout, coalesce(max(v.schema), 0) AS schema
"""

SET_VERSION: Final[LiteralString] = """
MERGE (v:StoreVersion {id: 'version'}) SET v.layout = $layout, v.schema = $schema
MERGE (h:LogHead {id: 'head'}) ON CREATE SET h.number = 0, h.seal = $seal
"""

AWAIT_INDEXES: Final[LiteralString] = "CALL db.awaitIndexes(300)"

FILL: Final[LiteralString] = """
MATCH (h:LogHead {id: 'head'})
SET h.locked = true
WITH h, h.filling AS before, coalesce(h.filling_until, 0) > timestamp() AS alive
SET h.filling = CASE WHEN alive AND before <> $load THEN before ELSE $load END,
  h.filling_until = CASE WHEN alive AND before <> $load THEN h.filling_until
    ELSE timestamp() + $lease END,
  h.filling_whole = coalesce(h.filling_whole, false) OR $whole
RETURN before, h.filling = $load AS ours
"""

FILLED: Final[LiteralString] = """
MATCH (h:LogHead {id: 'head', filling: $load})
SET h.number = coalesce($number, h.number), h.seal = coalesce($seal, h.seal)
REMOVE h.filling, h.filling_until, h.filling_whole
RETURN h.number AS number
"""

SWEEP: Final[LiteralString] = """
MATCH (h:LogHead {id: 'head', filling: $load})
CALL (h) {
  MATCH (n:Record|Item|Key|Spot|Form|LogEntry|System)
  WHERE NOT (n:LogEntry OR n:System) OR h.filling_whole
  WITH n LIMIT $limit DETACH DELETE n RETURN count(*) AS swept
}
RETURN swept
"""

CREATE_ENTRIES: Final[LiteralString] = "UNWIND $rows AS row CREATE (e:LogEntry) SET e = row"

CREATE_SYSTEM: Final[LiteralString] = "UNWIND $rows AS row CREATE (x:System) SET x = row"
