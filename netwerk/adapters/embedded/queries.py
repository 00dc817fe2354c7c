"""Every statement about the graph. Values are parameters; lists come as JSON.

CROSS JOIN keeps the order as written: first what is asked, then what an index leads to.
"""

from typing import Final

from netwerk.adapters.embedded.rows import LINK_COLUMNS

_NODE: Final = "n.id, n.label, n.version, n.properties"
_LINK: Final = LINK_COLUMNS
_IN: Final = "(SELECT value FROM json_each(:{}))"

NODES: Final = f"SELECT {_NODE} FROM json_each(:ids) j CROSS JOIN node n ON n.id = j.value"  # noqa: S608
NODE: Final = f"SELECT {_NODE} FROM node n WHERE n.id = :id"  # noqa: S608
LINK: Final = f"SELECT {_LINK} FROM link r WHERE r.id = :id"  # noqa: S608
LABELS: Final = "SELECT n.id, n.label FROM json_each(:ids) j CROSS JOIN node n ON n.id = j.value"
LINK_IDS: Final = "SELECT r.id FROM json_each(:ids) j CROSS JOIN link r ON r.id = j.value"
NEEDS: Final = "SELECT id, properties ->> 'parent' FROM node WHERE label = 'Need'"
TOUCHED: Final = """
SELECT EXISTS (SELECT 1 FROM link WHERE source = :id)
    OR EXISTS (SELECT 1 FROM link WHERE target = :id)
"""

MY_CASES: Final = """
SELECT source AS id FROM link WHERE private = 0 AND type = 'HANDLED_BY' AND target IN (
    SELECT target FROM link WHERE private = 0 AND source = :viewer AND type = 'MEMBER_OF')
UNION
SELECT target FROM link WHERE private = 0 AND source = :viewer AND type = 'LEADS'
"""
CASES_ABOUT: Final = f"""
SELECT {_NODE} FROM link r CROSS JOIN node n ON n.id = r.source
WHERE r.private = 0 AND r.target = :subject AND r.type = 'CONCERNS' AND (EXISTS (
    SELECT 1 FROM link l WHERE l.private = 0 AND l.source = :viewer AND l.type = 'LEADS'
    AND l.target = n.id)
OR EXISTS (
    SELECT 1 FROM link h CROSS JOIN link m ON m.target = h.target
    WHERE h.private = 0 AND h.source = n.id AND h.type = 'HANDLED_BY'
    AND m.private = 0 AND m.source = :viewer AND m.type = 'MEMBER_OF'))
ORDER BY n.id
"""  # noqa: S608
# The cases of many years are closed: their records need not be read.
CASES_OF: Final = f"""
SELECT {_NODE} FROM node n WHERE n.id IN ({MY_CASES})
AND (n.properties ->> 'closed_on' IS NULL OR :day < n.properties ->> 'closed_on') ORDER BY n.id
"""  # noqa: S608
CASE_LINKS: Final = f"""
SELECT {_LINK} FROM json_each(:cases) j CROSS JOIN link r ON r.source = j.value
CROSS JOIN node n ON n.id = r.target
WHERE r.private = 0 AND r.type IN {_IN.format("outward")} AND n.label NOT IN {_IN.format("hidden")}
UNION ALL
SELECT {_LINK} FROM json_each(:cases) j CROSS JOIN link r ON r.target = j.value
CROSS JOIN node n ON n.id = r.source
WHERE r.private = 0 AND r.type IN {_IN.format("inward")} AND n.label NOT IN {_IN.format("hidden")}
"""  # noqa: S608
ABOUT: Final = """
SELECT source FROM link WHERE private = 0 AND target = :subject AND type = 'CONCERNS'
"""

# Whether a Person `n` is in sight of who looks at the file of :subject.
_SHARED_WITH: Final = """
EXISTS (SELECT 1 FROM link r JOIN node o ON o.id = r.{far}
        WHERE r.private = 0 AND r.{near} = n.id AND r.type = 'TIE' AND o.connector)
"""
_PERSON_IN_SIGHT: Final = f"""
(n.id = :subject OR n.willing
 OR EXISTS (SELECT 1 FROM link r WHERE r.private = 0 AND r.source = n.id
            AND r.type IN ('CONTACT_FOR', 'VOLUNTEERS_FOR'))
 OR EXISTS (SELECT 1 FROM link r WHERE r.owner = :subject AND n.id IN (r.source, r.target))
 OR n.connector AND ({_SHARED_WITH.format(near="source", far="target")}
                     OR {_SHARED_WITH.format(near="target", far="source")}))
"""  # noqa: S608
IN_SIGHT: Final = f"""
SELECT n.id FROM json_each(:ids) j CROSS JOIN node n ON n.id = j.value
WHERE n.label IN {_IN.format("public")} OR n.label = 'Person' AND {_PERSON_IN_SIGHT}
"""  # noqa: S608

FILE: Final = f"""
SELECT {_LINK} FROM link r WHERE r.owner = :subject
UNION ALL
SELECT {_LINK} FROM link r
WHERE r.private = 0 AND r.source = :subject AND r.type IN ('CONTACT_FOR', 'ADDRESSES')
"""  # noqa: S608
SHARED_TIES: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN node n ON n.id = j.value
CROSS JOIN link r ON r.source = n.id CROSS JOIN node o ON o.id = r.target
WHERE n.connector AND r.private = 0 AND r.type = 'TIE' AND o.connector
UNION ALL
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN node n ON n.id = j.value
CROSS JOIN link r ON r.target = n.id CROSS JOIN node o ON o.id = r.source
WHERE n.connector AND r.private = 0 AND r.type = 'TIE' AND o.connector
"""  # noqa: S608

CONTACTS: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN link r ON r.source = j.value
WHERE r.private = 0 AND r.type = 'CONTACT_FOR'
UNION ALL
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN link r ON r.target = j.value
WHERE r.private = 0 AND r.type = 'CONTACT_FOR'
"""  # noqa: S608
MEETING: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN link r ON r.source = j.value
WHERE r.private = 0 AND r.type IN ('PROVIDES', 'VOLUNTEERS_FOR') AND EXISTS (
    SELECT 1 FROM link a WHERE a.private = 0 AND a.source = r.target AND a.type = 'ADDRESSES'
    AND a.target IN {_IN.format("needs")})
"""  # noqa: S608
TALENTS: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN node n ON n.id = j.value
CROSS JOIN link r ON r.source = n.id
WHERE n.willing AND r.private = 0 AND r.type = 'ADDRESSES' AND r.target IN {_IN.format("needs")}
"""  # noqa: S608
# A Person's addresses are talents, which are seen where they are willing: not for this statement.
SERVED: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN link r ON r.source = j.value
WHERE r.private = 0 AND (r.type = 'LOCATED_AT'
    OR r.type = 'ADDRESSES' AND (:needs IS NULL OR r.target IN {_IN.format("needs")}))
"""  # noqa: S608
PROVIDERS: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN link r ON r.target = j.value
WHERE r.private = 0 AND r.type = 'PROVIDES'
"""  # noqa: S608

# What a colleague knows about is seen by their own team.
_OURS: Final = """
(r.type <> 'KNOWS_ABOUT' OR r.source = :viewer OR EXISTS (
    SELECT 1 FROM link m CROSS JOIN link o ON o.source = r.source AND o.target = m.target
    WHERE m.private = 0 AND m.source = :viewer AND m.type = 'MEMBER_OF'
    AND o.private = 0 AND o.type = 'MEMBER_OF'))
"""
# What touches some nodes of the directory; half of it leads to a hub, so not from that side.
TOUCHING: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN link r ON r.source = j.value
WHERE r.private = 0 AND r.type IN {_IN.format("types")} AND {_OURS}
UNION
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN node h ON h.id = j.value
CROSS JOIN link r ON r.target = h.id
WHERE r.private = 0 AND r.type IN {_IN.format("types")} AND h.label NOT IN {_IN.format("hubs")}
AND {_OURS}
"""  # noqa: S608
# Everything that ends at a node, in whosever file it is.
ENDING_AT: Final = f"""
SELECT {_LINK} FROM link r WHERE r.source = :id
UNION
SELECT {_LINK} FROM link r WHERE r.target = :id
"""  # noqa: S608
ALL_AT: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN link r ON r.source = j.value
UNION
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN link r ON r.target = j.value
"""  # noqa: S608
OWNED: Final = f"SELECT {_LINK} FROM link r WHERE r.owner = :owner"  # noqa: S608
LAST_KEY: Final = "SELECT max(key) FROM system WHERE kind = :kind AND owner = :owner"

TEAM: Final = f"""
SELECT {_LINK} FROM link m CROSS JOIN link r ON r.target = m.target
WHERE m.private = 0 AND m.source = :viewer AND m.type = 'MEMBER_OF'
AND r.private = 0 AND r.type = 'MEMBER_OF'
"""  # noqa: S608
KNOWN: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN link r ON r.source = j.value
JOIN node n ON n.id = r.target
WHERE r.private = 0 AND r.type = 'ACQUAINTED' AND (n.label <> 'Person' OR EXISTS (
    SELECT 1 FROM link c WHERE c.private = 0 AND c.source = n.id AND c.type = 'CONTACT_FOR'))
"""  # noqa: S608

_NEAR: Final = """
FROM place p CROSS JOIN node l ON l.key = p.key
CROSS JOIN link r ON r.target = l.id AND r.private = 0 AND r.type = 'LOCATED_AT'
CROSS JOIN node n ON n.id = r.source
WHERE p.west <= :east AND p.east >= :west AND p.south <= :north AND p.north >= :south
AND n.label = 'Service' AND EXISTS (
    SELECT 1 FROM link g WHERE g.private = 0 AND g.target = n.id AND g.type = 'PROVIDES')
"""
NEAR_ANY: Final = f"SELECT {_NODE}, l.properties {_NEAR}"
NEAR_FOR: Final = f"""
SELECT {_NODE}, l.properties {_NEAR} AND EXISTS (
    SELECT 1 FROM link a WHERE a.private = 0 AND a.source = n.id AND a.type = 'ADDRESSES'
    AND a.target IN {_IN.format("family")})
"""  # noqa: S608
GROUP: Final = f"""
SELECT organization, service FROM offer
WHERE need = :need AND comes_to_you = :comes AND placed = :placed AND room_known = :room
AND has_room AND formality IN {_IN.format("formalities")}
AND (valid_from IS NULL OR valid_from <= :on) AND (valid_to IS NULL OR :on < valid_to)
AND (:age IS NULL OR (age_min IS NULL OR :age >= age_min) AND (age_max IS NULL OR :age <= age_max))
ORDER BY organization, service LIMIT :limit
"""  # noqa: S608

PUBLIC: Final = f"""
SELECT {_NODE} FROM json_each(:labels) j CROSS JOIN node n ON n.label = j.value
"""  # noqa: S608
AMONG: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN link r ON r.source = j.value
JOIN node n ON n.id = r.target
WHERE r.private = 0 AND r.type IN {_IN.format("types")} AND n.label IN {_IN.format("labels")}
AND {_OURS}
"""  # noqa: S608

PUBLISHED: Final = "SELECT value FROM system WHERE kind = 'publication' AND key = 'outcomes'"
ANY_NODE: Final = "SELECT EXISTS (SELECT 1 FROM node)"
ANY_OTHER: Final = "SELECT EXISTS (SELECT 1 FROM entry) OR EXISTS (SELECT 1 FROM system)"
DUMP_NODES: Final = f"SELECT {_NODE} FROM node n ORDER BY n.label, n.id"  # noqa: S608
DUMP_LINKS: Final = f"SELECT {_LINK} FROM link r ORDER BY r.type, r.id"  # noqa: S608
CLOSED_ASKS: Final = f"""
SELECT (SELECT c.target FROM link c WHERE c.private = 0 AND c.source = r.target
        AND c.type = 'CONCERNS' ORDER BY c.id DESC LIMIT 1), {_NODE}
FROM link r JOIN node n ON n.id = r.source WHERE r.type = 'ASKED_IN' ORDER BY r.id
"""  # noqa: S608

ADD_NODE: Final = """
INSERT INTO node (id, label, version, properties, connector, willing)
VALUES (:id, :label, :version, :properties, :connector, :willing)
"""
CHANGE_NODE: Final = """
UPDATE node SET label = :label, version = :version, properties = :properties,
connector = :connector, willing = :willing WHERE id = :id
"""
REMOVE_NODE: Final = "DELETE FROM node WHERE id = :id"
ADD_LINK: Final = """
INSERT INTO link (id, type, source, target, version, properties, owner, private)
VALUES (:id, :type, :source, :target, :version, :properties, :owner, :private)
"""
CHANGE_LINK: Final = """
UPDATE link SET type = :type, source = :source, target = :target, version = :version,
properties = :properties, owner = :owner, private = :private WHERE id = :id
"""
REMOVE_LINK: Final = "DELETE FROM link WHERE id = :id"

ADD_PLACE: Final = """
INSERT INTO place (key, west, east, south, north)
SELECT key, :lon, :lon, :lat, :lat FROM node WHERE id = :id
"""
REMOVE_PLACE: Final = "DELETE FROM place WHERE key = (SELECT key FROM node WHERE id = :id)"
PLACED_AT: Final = """
SELECT source FROM link WHERE private = 0 AND target = :id AND type = 'LOCATED_AT'
"""
DROP_OFFERS: Final = f"DELETE FROM offer WHERE service IN {_IN.format('ids')}"  # noqa: S608
# What an offer's rows are made of: ids of organizations and of needs, by line; 1 where placed.
OFFERED: Final = f"""
SELECT {_NODE},
    (SELECT group_concat(source, char(10)) FROM link
     WHERE private = 0 AND target = n.id AND type = 'PROVIDES'),
    (SELECT group_concat(target, char(10)) FROM link
     WHERE private = 0 AND source = n.id AND type = 'ADDRESSES'),
    EXISTS (SELECT 1 FROM link r JOIN node l ON l.id = r.target JOIN place p ON p.key = l.key
            WHERE r.private = 0 AND r.source = n.id AND r.type = 'LOCATED_AT')
FROM json_each(:ids) j CROSS JOIN node n ON n.id = j.value WHERE n.label = 'Service'
"""  # noqa: S608
ADD_OFFER: Final = """
INSERT INTO offer VALUES (:need, :comes_to_you, :placed, :room_known, :organization, :service,
    :formality, :valid_from, :valid_to, :age_min, :age_max, :has_room)
"""

SYSTEM_GET: Final = "SELECT value FROM system WHERE kind = :kind AND key = :key"
SYSTEM_PUT: Final = """
INSERT INTO system (kind, key, owner, value) VALUES (:kind, :key, :owner, :value)
ON CONFLICT DO UPDATE SET owner = :owner, value = :value
"""
SYSTEM_DELETE: Final = "DELETE FROM system WHERE kind = :kind AND key = :key"
SYSTEM_FIND: Final = "SELECT key, value FROM system WHERE kind = :kind ORDER BY key"
SYSTEM_OF: Final = """
SELECT key, value FROM system WHERE kind = :kind AND owner = :owner ORDER BY key
"""
SYSTEM_ALL: Final = "SELECT kind, key, value FROM system ORDER BY kind, key"

DONE: Final = "SELECT EXISTS (SELECT 1 FROM operation WHERE id = :id)"
NOTE_DONE: Final = "INSERT INTO operation (id) VALUES (:id)"
