"""Statements about what the search of the directory finds; see `queries` for their manners."""

from typing import Final

from netwerk.adapters.embedded.rows import LINK_COLUMNS

_LINK: Final = LINK_COLUMNS
_LISTED: Final = "(SELECT value FROM json_each(:{}))"

LEAVING: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN link r ON r.source = j.value
WHERE r.private = 0 AND r.type IN {_LISTED.format("types")}
"""  # noqa: S608
REACHING: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN link r ON r.target = j.value
WHERE r.private = 0 AND r.type IN {_LISTED.format("types")}
"""  # noqa: S608

EVERY_NODE: Final = """
SELECT id FROM node WHERE label IN ('Organization', 'Service')
UNION
SELECT source FROM link WHERE private = 0 AND type IN ('CONTACT_FOR', 'VOLUNTEERS_FOR')
"""
# The nodes whose items are made of these: an organization's services and contact persons carry its
# name, it has what its services offer, and they are given where their hosts are.
DEPENDENT: Final = """
WITH asked (id) AS (SELECT value FROM json_each(:ids)),
near (id) AS (
    SELECT id FROM asked
    UNION
    SELECT r.source FROM asked CROSS JOIN link r ON r.target = asked.id
    WHERE r.private = 0 AND r.type = 'LOCATED_AT'),
given (id) AS (
    SELECT id FROM near
    UNION
    SELECT r.target FROM near CROSS JOIN link r ON r.source = near.id
    WHERE r.private = 0 AND r.type = 'PROVIDES'),
host (id) AS (
    SELECT id FROM given
    UNION
    SELECT r.source FROM given CROSS JOIN link r ON r.target = given.id
    WHERE r.private = 0 AND r.type = 'PROVIDES')
SELECT id FROM host
UNION
SELECT r.source FROM host CROSS JOIN link r ON r.target = host.id
WHERE r.private = 0 AND r.type = 'CONTACT_FOR'
UNION
SELECT r.source FROM given CROSS JOIN link r ON r.target = given.id
WHERE r.private = 0 AND r.type = 'VOLUNTEERS_FOR'
"""
ITEMS_OF: Final = """
SELECT i.number, i.marks FROM json_each(:ids) j CROSS JOIN item i ON i.node = j.value
ORDER BY i.number
"""
DROP_MARKS: Final = """
INSERT INTO item_index (item_index, rowid, marks) VALUES ('delete', :number, :marks)
"""
DROP_ITEMS: Final = "DELETE FROM item WHERE node IN (SELECT value FROM json_each(:ids))"
ADD_ITEM: Final = """
INSERT INTO item VALUES (:number, :key, :kind, :id, :node, :organization, :comes, :places,
    :west, :east, :south, :north, :card, :marks)
"""
ADD_MARKS: Final = "INSERT INTO item_index (rowid, marks) VALUES (:number, :marks)"
HAS_MARK: Final = "SELECT 1 FROM item_index WHERE item_index MATCH :mark LIMIT 1"
KNOWN_WORDS: Final = """
SELECT j.value FROM json_each(:ids) j
WHERE EXISTS (SELECT 1 FROM form WHERE form = '~' || j.value AND word = j.value)
"""
ADD_FORM: Final = "INSERT INTO form VALUES (:form, :word)"
DROP_FORM: Final = "DELETE FROM form WHERE form = :form AND word = :word"
WORDS_LIKE: Final = """
SELECT DISTINCT f.word FROM json_each(:forms) j CROSS JOIN form f ON f.form = j.value
"""

WORDS_FROM: Final = """
SELECT word FROM form WHERE form >= :start AND form < :end AND form = '~' || word LIMIT :most
"""
# Many small parts of the index become one.
OPTIMIZE: Final = "INSERT INTO item_index (item_index) VALUES ('optimize')"
_ITEM: Final = "i.kind, i.id, i.node, i.organization, i.comes, i.places, i.card"
FIRST: Final = f"""
SELECT {_ITEM} FROM item_index f CROSS JOIN item i ON i.number = f.rowid
WHERE f.item_index MATCH :asked ORDER BY f.rowid LIMIT :limit
"""  # noqa: S608
IN_BOX: Final = f"""
SELECT {_ITEM} FROM item_index f CROSS JOIN item i ON i.number = f.rowid
WHERE f.item_index MATCH :asked
AND i.west <= :east AND i.east >= :west AND i.south <= :north AND i.north >= :south
"""  # noqa: S608
WITH_KEYS: Final = f"""
SELECT {_ITEM} FROM json_each(:keys) j CROSS JOIN item i ON i.key = j.value
"""  # noqa: S608
