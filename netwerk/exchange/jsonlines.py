"""The graph as JSON Lines: one record a line, nodes before the relationships that use them.

    {"node": "Person", "id": "p1", "properties": {"name": "Ans"}}
    {"relationship": "TIE", "id": "t1", "from": "p1", "to": "p2", "properties": {"owner": "p1"}}

Only the form is read here. What the kinds allow is checked by the store that takes the records in,
with `netwerk.schema`; `line_of` finds the line that it refused.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NoReturn

from netwerk.domain.errors import InvalidRecordError
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.records import Node, Properties, Record, Relationship, derived_id

LONGEST: Final = 5_000_000
"""Characters in a line; the polygon of a large municipality has some 100,000."""
_NODE: Final = {"node", "id", "properties"}
_RELATIONSHIP: Final = {"relationship", "id", "from", "to", "properties"}


class _Wrong(Exception):  # noqa: N818 -- never leaves this module
    """What is wrong with a line, as a template."""


def read(lines: Iterable[str]) -> Iterator[Record]:
    """Yield the records of lines of text; empty lines are passed over.

    A relationship without an id gets one that follows from what it says. Raises InvalidRecordError
    with the number of the line (`line`) for what is no record.
    """
    for _, record in _numbered(lines):
        yield record


def line_of(lines: Iterable[str], record: str) -> int | None:
    """Return the number of the last line that holds a record with this id."""
    return max((number for number, each in _numbered(lines) if each.id == record), default=None)


def write(record: Record) -> str:
    """Return a record as one line, without its end; the same record always gives the same line."""
    facts: dict[str, Any]
    if isinstance(record, Node):
        facts = {"node": record.label, "id": record.id}
    else:
        facts = {
            "relationship": record.type,
            "id": record.id,
            "from": record.source,
            "to": record.target,
        }
    facts["properties"] = dict(sorted(record.properties.items()))
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, Record]]:
    repeats: Counter[str] = Counter()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, _record(line, repeats)
        except _Wrong as wrong:
            raise InvalidRecordError(
                "Line %(line)s: %(reason)s.", line=number, reason=str(wrong)
            ) from None


def _record(line: str, repeats: Counter[str]) -> Record:
    facts = _parsed(line)
    properties = facts.get("properties", {})
    if not isinstance(properties, dict):
        raise _Wrong("“properties” must be an object")
    given = {name: value for name, value in properties.items() if value is not None}
    if "node" in facts:
        _require_keys(facts, _NODE)
        return Node(label=_text(facts, "node"), id=NodeId(_text(facts, "id")), properties=given)
    if "relationship" in facts:
        _require_keys(facts, _RELATIONSHIP)
        return _relationship(facts, given, repeats)
    raise _Wrong("a record says “node” or “relationship”")


def _parsed(line: str) -> Mapping[str, Any]:
    if len(line) > LONGEST:
        raise _Wrong("the line is too long")
    try:
        facts = json.loads(line, parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise _Wrong("this is not JSON") from None
    if not isinstance(facts, dict):
        raise _Wrong("a record is an object")
    return facts


def _relationship(
    facts: Mapping[str, Any], properties: Properties, repeats: Counter[str]
) -> Relationship:
    kind, source, target = (_text(facts, key) for key in ("relationship", "from", "to"))
    if facts.get("id") is None:
        plain = derived_id(kind, source, target, properties)
        key = derived_id(kind, source, target, properties, repeats[plain])
        repeats[plain] += 1
    else:
        key = RelationshipId(_text(facts, "id"))
    return Relationship(
        type=kind, id=key, source=NodeId(source), target=NodeId(target), properties=properties
    )


def _text(facts: Mapping[str, Any], key: str) -> str:
    value = facts.get(key)
    if not isinstance(value, str):
        raise _Wrong(f"“{key}” must be a text")
    return value


def _require_keys(facts: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(facts) - known)
    if unknown:
        raise _Wrong(f"“{unknown[0][:40]}” does not belong here")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object, and refuse a key that stands in it twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Wrong("a key stands in it twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
