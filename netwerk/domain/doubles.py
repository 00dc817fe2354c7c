"""One thing that stands in the directory twice: told not to be the same, or put together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Self

from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.keeping import Change
from netwerk.domain.records import Node, Properties, Relationship, Value, flag, text, words

NOT_SAME: Final = "not-same"
"""The system kind that remembers which two are not the same."""
MERGE: Final = "merge"
"""The system kind that remembers which two were put together; its owner is the one that stayed."""
MERGED_LABELS: Final = frozenset({"Organization", "Service", "Person"})
PLAIN: Final = frozenset({"LOCATED_AT", "PROVIDES", "ADDRESSES", "IN_AREA", "PART_OF"})
"""Relationships that say nothing twice when they are there twice."""
OF_A_FILE: Final = ("alias", "address", "postcode", "alter_ties_asked", "told_by")
"""What a file tells of a Person: who has any of it is the one that stays."""


def pair_key(one: str, other: str) -> str:
    """Return under which two are remembered, whichever is named first."""
    return "|".join(sorted((one, other)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two that were put together: how both were, what stayed, and what was moved.

    `chosen` are the properties that the one that stayed took over, `before` and `after` what these
    were and became.
    `moved` is for moving it back and for nobody to see: it may be of files.
    """

    key: str
    kept: NodeId
    gone: Node
    chosen: tuple[str, ...]
    before: Properties
    after: Properties
    moved: tuple[RelationshipId, ...]
    dropped: tuple[Relationship, ...]
    proposals: tuple[str, ...]
    by: str
    on: str
    undone: bool = False

    def written(self) -> Properties:
        """Return it as it is stored."""
        return {
            "owner": self.kept,
            "gone": _image(self.gone),
            "chosen": list(self.chosen),
            "before": self.before,
            "after": self.after,
            "moved": list(self.moved),
            "dropped": [_image(each) for each in self.dropped],
            "proposals": list(self.proposals),
            "by": self.by,
            "on": self.on,
            "undone": self.undone,
        }

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what `written` returned."""
        gone = Change.read(_mapping(facts["gone"])).before
        assert isinstance(gone, Node)  # noqa: S101 -- as `written` wrote it
        listed = facts.get("dropped")
        images = listed if isinstance(listed, list) else []
        dropped = [Change.read(_mapping(each)).before for each in images]
        return cls(
            key=key,
            kept=NodeId(text(facts, "owner") or ""),
            gone=gone,
            chosen=words(facts, "chosen"),
            before=_mapping(facts["before"]),
            after=_mapping(facts["after"]),
            moved=tuple(RelationshipId(each) for each in words(facts, "moved")),
            dropped=tuple(each for each in dropped if isinstance(each, Relationship)),
            proposals=words(facts, "proposals"),
            by=text(facts, "by") or "",
            on=text(facts, "on") or "",
            undone=flag(facts, "undone") is True,
        )


def successors(merges: Iterable[Merge]) -> Mapping[str, NodeId]:
    """Return for each that was put together with another what it is part of now."""
    into = {each.gone.id: each.kept for each in merges if not each.undone}
    return {key: _last(into, kept) for key, kept in into.items()}


def _last(into: Mapping[NodeId, NodeId], key: NodeId) -> NodeId:
    while key in into:
        key = into[key]
    return key


def _image(record: Node | Relationship) -> Properties:
    kept = Change(
        record=record.id, number=0, before=record, removed=True, by="", at="", operation=""
    )
    return kept.written()


def _mapping(value: Value) -> Properties:
    return value if isinstance(value, Mapping) else {}
