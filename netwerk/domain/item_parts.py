"""Through which nodes a record changes what the search of the directory finds."""

from collections.abc import Mapping
from typing import Final

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Record

_LABELS: Final = frozenset({"Organization", "Service", "Location", "Person"})
_ENDS: Final[Mapping[str, tuple[str, ...]]] = {
    "PROVIDES": ("source", "target"),
    "CONTACT_FOR": ("source",),
    "VOLUNTEERS_FOR": ("source", "target"),
    "ADDRESSES": ("source",),
    "LOCATED_AT": ("source",),
    "IN_AREA": ("source",),
}


def touched(record: Record) -> set[NodeId]:
    """Return the nodes whose items, and those that depend on them, a record is part of."""
    if isinstance(record, Node):
        return {record.id} if record.label in _LABELS else set()
    ends = _ENDS.get(record.type, ())
    return {record.source if end == "source" else record.target for end in ends}


def added(record: Record) -> set[NodeId]:
    """Return the same of a record that is new: a Person is found only by what joins them."""
    if isinstance(record, Node) and record.label == "Person":
        return set()
    return touched(record)
