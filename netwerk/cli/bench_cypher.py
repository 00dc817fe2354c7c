"""The search as one Cypher statement, as somebody who knows Cypher well would write it.

It runs over the nodes and relationships that the store of Netwerk has too, with every fact as a
property of its own (the store keeps most of them in one text), ids indexed, and conditions inside
the pattern so that they prune while it is walked. The chances come as parameters, since
`netwerk learn` changes them. It answers what our answer says: access, who is left out and why, and
for each supporter the best chain with its steps, factors and distance, best first. The rule about
crowded go-betweens is left to whoever reads the list.
"""

from typing import Final, LiteralString

_STEP: Final[LiteralString] = """
    (a)-[r:PLAIN_TIE|PLAIN_TAKES_PART|PLAIN_CONTACT_FOR]-(b)
    WHERE NOT b.id IN barred AND b.id <> $person
      AND (b.ask_again_from IS NULL OR b.ask_again_from <= $on)
      AND (r:PLAIN_CONTACT_FOR
        OR coalesce(r.valid_from, '') <= $on AND $on < coalesce(r.valid_to, '9999') AND (
          r.owner = $person AND r.approach = 'may_ask' AND coalesce(r.valence, '') <> 'stressful'
            AND (r:PLAIN_TIE OR startNode(r) = a)
          OR r.shared AND r.owner <> $person AND a.connector AND b.connector))
"""

_CHANCES: Final[LiteralString] = """
  [r IN relationships(chain) | {record: r.id, kind: coalesce(r.kind, r.how), step: type(r), p:
    CASE type(r)
      WHEN 'PLAIN_TIE' THEN $mean['tie.' + r.kind] * CASE
        WHEN r.closeness IS NOT NULL THEN $closeness[toString(r.closeness)]
        WHEN r.contact IS NOT NULL THEN $contact[r.contact] ELSE $unknown END
      WHEN 'PLAIN_TAKES_PART' THEN $mean['takes_part.' + r.how]
      ELSE $mean.role END}] AS steps
"""

STATEMENT: Final[LiteralString] = (
    """
MATCH (me:PlainPerson {id: $person})
MATCH (viewer:PlainWorker {id: $viewer})
WHERE EXISTS {
  (me)<-[:PLAIN_CONCERNS]-(c)
  WHERE coalesce(c.opened_on, '') <= $on AND $on < coalesce(c.closed_on, '9999')
    AND (EXISTS { (c)<-[:PLAIN_LEADS]-(viewer) }
      OR EXISTS { (c)-[:PLAIN_HANDLED_BY]->()<-[:PLAIN_MEMBER_OF]-(viewer) })
}
CALL (me) {
  MATCH (me)-[t:PLAIN_TIE {owner: $person}]-(x)
  WITH x, t, coalesce(t.valid_from, '') <= $on AND $on < coalesce(t.valid_to, '9999') AS valid
  WITH x, CASE WHEN NOT valid THEN 'not_valid' WHEN t.valence = 'stressful' THEN 'stressful'
    WHEN t.approach <> 'may_ask' THEN t.approach END AS reason
  RETURN collect(CASE WHEN reason IN ['stressful', 'do_not_approach', 'support_only']
    THEN x.id END) AS strict, collect(reason) AS reasons
}
CALL (me) {
  OPTIONAL MATCH (me)-[t:PLAIN_TAKES_PART {owner: $person, approach: 'do_not_approach'}]->(x)
  RETURN collect(x.id) AS shut
}
WITH me, viewer, strict + shut AS barred, reasons
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
        AND coalesce(v.valid_from, '') <= $on AND $on < coalesce(v.valid_to, '9999'))
  RETURN collect({v: v, id: v.id, fit: fit, proximity: proximity, room: room, far: far,
    worth: fit * proximity * room}) AS offers
}
WITH me, viewer, barred, reasons, offers, [o IN offers | o.id] AS offered
CALL (me, viewer, barred, offers, offered) {
  CALL (me, viewer, barred) {
  MATCH chain = (me) (
"""
    + _STEP
    + """  ){1,4} (s)
  WITH s, nodes(chain) AS through, """
    + _CHANCES
    + """
  WHERE COUNT { UNWIND through AS n RETURN DISTINCT n } = size(through)
  RETURN s, through, steps
  UNION ALL
  // Two patterns: in one, the viewer would not be found as a colleague of their own team.
  MATCH (viewer)-[:PLAIN_MEMBER_OF]->(t)
  MATCH (t)<-[:PLAIN_MEMBER_OF]-(w)
  MATCH (w)-[k:PLAIN_ACQUAINTED]->(f)
  WHERE NOT f.id IN barred AND (f.ask_again_from IS NULL OR f.ask_again_from <= $on)
    AND (NOT f:PlainPerson OR EXISTS { (f)-[:PLAIN_CONTACT_FOR]->() })
  WITH me, barred, f, w, k, $mean['acquainted.' + coalesce(k.warmth, 'cold')] AS p
  ORDER BY p DESC, w.id, k.id
  WITH me, barred, f,
    collect({record: k.id, kind: k.warmth, step: 'acquainted', via: w.id, p: p})[0] AS first
  MATCH chain = (f) (
"""
    + _STEP
    + """  ){0,3} (s)
  WITH me, s, first, nodes(chain) AS through, """
    + _CHANCES
    + """
  WHERE COUNT { UNWIND through AS n RETURN DISTINCT n } = size(through)
  RETURN s, [me] + through AS through, [first] + steps AS steps
  }
  // The likeliest chain to a node makes the best path that ends there.
  WITH offers, offered, s, through, steps, reduce(p = 1.0, r IN steps | p * r.p) AS p
  ORDER BY p DESC, size(through), [n IN through | n.id]
  WITH offers, offered, s, collect({through: through, steps: steps, p: p})[0] AS best
  CALL (offers, offered, s, best) {
  MATCH (s)-[e:PLAIN_PROVIDES|PLAIN_VOLUNTEERS_FOR]->(v)
  WHERE v.id IN offered AND (NOT s:PlainPerson OR coalesce(s.willing_to_help, true))
  WITH best, v.id AS key, offers,
    CASE WHEN e:PLAIN_PROVIDES THEN $mean.provides ELSE $mean.volunteers END AS last
  WITH last, key, [o IN offers WHERE o.id = key][0] AS offer, best
  RETURN best.p * last * offer.worth AS score, offer, best.through + [offer.v] AS through,
    best.steps AS steps
  UNION ALL
  WITH offers, offered, s, best WHERE s.id IN offered AND s:PlainPerson
  WITH [o IN offers WHERE o.id = s.id][0] AS offer, best
  RETURN best.p * $mean.talent * offer.worth AS score, offer, best.through AS through,
    best.steps AS steps
  }
  RETURN s, score, offer, through, steps
  UNION ALL
  UNWIND offers AS offer
  WITH me, barred, offer, offer.v AS v
  MATCH (s)-[:PLAIN_PROVIDES]->(v) WHERE NOT s.id IN barred
  RETURN s, $mean.direct * offer.worth AS score, offer, [me, v] AS through, [] AS steps
}
WITH reasons, s, score, offer, steps, through, [n IN through | n.id] AS ids
ORDER BY score DESC, size(steps), s.id, ids
WITH reasons, s, collect({score: score, ids: ids, names: [n IN through | n.name], steps: steps,
  fit: offer.fit, proximity: offer.proximity, room: offer.room, far: offer.far})[0] AS best
RETURN s.id AS supporter, best.score AS score, best, reasons
ORDER BY score DESC, size(best.steps), supporter, best.ids LIMIT 200
"""
)
"""All supporters with their best paths, best first; `PLAIN` keeps it apart from the store."""
