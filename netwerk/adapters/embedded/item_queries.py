"""Statements about what the search of the directory finds; see `queries` for their manners."""

from collections.abc import Iterable
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
OFFERED_TALENTS: Final = f"""
SELECT {_LINK} FROM json_each(:ids) j CROSS JOIN node n ON n.id = j.value
CROSS JOIN link r ON r.source = n.id
WHERE n.willing AND r.private = 0 AND r.type = 'ADDRESSES'
"""  # noqa: S608

EVERY_NODE: Final = """
SELECT id FROM node WHERE label IN ('Organization', 'Service')
UNION
SELECT source FROM link WHERE private = 0 AND type IN ('CONTACT_FOR', 'VOLUNTEERS_FOR')
"""
# The nodes whose items are made of these: an organization's services and contact persons carry its
# name, and it has the needs of its services.
DEPENDENT: Final = """
WITH asked (id) AS (SELECT value FROM json_each(:ids)),
near (id) AS (
    SELECT id FROM asked
    UNION
    SELECT r.source FROM asked CROSS JOIN link r ON r.target = asked.id
    WHERE r.private = 0 AND r.type = 'LOCATED_AT'),
host (id) AS (
    SELECT id FROM near
    UNION
    SELECT r.source FROM near CROSS JOIN link r ON r.target = near.id
    WHERE r.private = 0 AND r.type = 'PROVIDES')
SELECT id FROM host
UNION
SELECT r.target FROM near CROSS JOIN link r ON r.source = near.id
WHERE r.private = 0 AND r.type = 'PROVIDES'
UNION
SELECT r.source FROM host CROSS JOIN link r ON r.target = host.id
WHERE r.private = 0 AND r.type = 'CONTACT_FOR'
UNION
SELECT r.source FROM near CROSS JOIN link r ON r.target = near.id
WHERE r.private = 0 AND r.type = 'VOLUNTEERS_FOR'
"""
ITEMS_OF: Final = """
SELECT i.number, json_array_length(i.places)
FROM json_each(:ids) j CROSS JOIN item i ON i.node = j.value
"""
KEYS_OF: Final = """
SELECT DISTINCT k.key FROM json_each(:ids) j CROSS JOIN item_key k ON k.item = j.value
"""
DROP_KEYS: Final = """
DELETE FROM item_key WHERE (key, item) IN (
    SELECT k.key, k.item FROM json_each(:ids) j CROSS JOIN item_key k ON k.item = j.value)
"""
DROP_PLACES: Final = "DELETE FROM item_place WHERE number IN (SELECT value FROM json_each(:ids))"
DROP_ITEMS: Final = "DELETE FROM item WHERE number IN (SELECT value FROM json_each(:ids))"
NEXT_ITEM: Final = "SELECT coalesce(max(number), 0) + 1 FROM item"
ADD_ITEM: Final = """
INSERT INTO item VALUES (:number, :key, :kind, :id, :node, :organization, :comes, :places, :placed)
"""
ADD_KEY: Final = "INSERT INTO item_key VALUES (:key, :item)"
ADD_PLACE: Final = "INSERT INTO item_place VALUES (:number, :lon, :lon, :lat, :lat, :item)"
KNOWN_WORDS: Final = """
SELECT j.value FROM json_each(:ids) j
WHERE EXISTS (SELECT 1 FROM form WHERE form = '~' || j.value AND word = j.value)
"""
UNUSED_WORDS: Final = """
SELECT j.value FROM json_each(:ids) j
WHERE NOT EXISTS (SELECT 1 FROM item_key WHERE key = j.value)
"""
ADD_FORM: Final = "INSERT INTO form VALUES (:form, :word)"
DROP_FORM: Final = "DELETE FROM form WHERE form = :form AND word = :word"
WORDS_LIKE: Final = """
SELECT DISTINCT f.word FROM json_each(:forms) j CROSS JOIN form f ON f.form = j.value
"""

COUNTED: Final = """
SELECT count(*) FROM (
    SELECT * FROM (
        SELECT 1 FROM json_each(:keys) w CROSS JOIN item_key k ON k.key = w.value LIMIT :most)
    UNION ALL
    SELECT * FROM (SELECT 1 FROM item_key k WHERE k.key >= :start AND k.key < :end LIMIT :most)
    LIMIT :most)
"""
_ITEM: Final = "i.kind, i.id, i.node, i.organization, i.comes, i.places"
_OF_KINDS: Final = f"i.kind IN {_LISTED.format('kinds')}"
BY_WORD: Final = f"""
SELECT {_ITEM} FROM (
    SELECT k.item FROM json_each(:keys) w CROSS JOIN item_key k ON k.key = w.value
    UNION
    SELECT k.item FROM item_key k WHERE k.key >= :start AND k.key < :end
) found CROSS JOIN item i ON i.number = found.item WHERE {_OF_KINDS}
"""  # noqa: S608
BY_PLACE: Final = f"""
SELECT {_ITEM} FROM item_place p CROSS JOIN item i ON i.number = p.item
WHERE p.west <= :east AND p.east >= :west AND p.south <= :north AND p.north >= :south
AND i.comes = :comes AND {_OF_KINDS}
"""  # noqa: S608
NOWHERE: Final = f"""
SELECT {_ITEM} FROM item i INDEXED BY item_nowhere WHERE i.placed = 0 AND {_OF_KINDS}
"""  # noqa: S608
BY_KEY: Final = f"SELECT {_ITEM} FROM item i WHERE {_OF_KINDS}"  # noqa: S608

_HAS: Final = """EXISTS (
    SELECT 1 FROM json_each(:keys_{n}) w
    CROSS JOIN item_key k ON k.key = w.value AND k.item = i.number)"""
_BEGINS: Final = """EXISTS (
    SELECT 1 FROM item_key k
    WHERE k.item = i.number AND k.key >= :start_{n} AND k.key < :end_{n})"""


def narrowed(statement: str, begun: Iterable[bool], *, first: bool) -> str:
    """Return a statement about items with a condition for each that is wanted.

    `begun` tells of each whether it has a prefix; its values are numbered parameters. `first`:
    only the first by key.
    """
    parts = [statement]
    for number, has_prefix in enumerate(begun):
        either = f"{_HAS} OR {_BEGINS}" if has_prefix else _HAS
        parts.append(f" AND ({either.format(n=number)})")
    return "".join(parts) + (" ORDER BY i.key LIMIT :limit" if first else "")
