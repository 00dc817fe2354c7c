"""What a file from outside says of one thing, before anything of it is stored.

Every format becomes the same: a `Draft` per partner (or area), with the records as the file has
them and what is wrong with it. What it would change is decided in `netwerk.domain.comparing`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import blake2b
from typing import Any, Final, Self, cast

from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.records import (
    Node,
    Properties,
    Record,
    Relationship,
    Value,
    flag,
    integer,
    text,
    words,
)

MOST_DRAFTS: Final = 10_000
"""Partners that one import brings in: more than any municipality has."""


class Standing(StrEnum):
    """How what a file says stands to what is stored."""

    NEW = "new"
    CHANGED = "changed"
    DOUBLE = "double"
    WRONG = "wrong"
    SAME = "same"


class Choice(StrEnum):
    """What to do with something that seems to be there already under another id."""

    UPDATE = "update"
    SKIP = "skip"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong in one place of a file: a template with its values, to be translated.

    `fatal`: the whole row is left out; else only this cell is. `suggestion` is what may be meant.
    """

    row: int
    column: str
    reason: str
    values: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""
    fatal: bool = False

    def written(self) -> Properties:
        """Return it as it is stored."""
        return {
            "row": self.row,
            "column": self.column,
            "reason": self.reason,
            "values": dict(self.values),
            "suggestion": self.suggestion,
            "fatal": self.fatal,
        }

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        return cls(
            row=integer(facts, "row") or 0,
            column=text(facts, "column") or "",
            reason=text(facts, "reason") or "",
            values=cast("Mapping[str, str]", facts["values"]),
            suggestion=text(facts, "suggestion") or "",
            fatal=flag(facts, "fatal") is True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One thing of a file: `key` is its main node, `records` are nodes before what joins them.

    Ids follow from the file alone, so that the same file gives the same ids. A record holds only
    the properties that the file names. `claims`: what a node may be called in the store already.
    `first_only`: relationships that are made only where their source is new. `replaced`: (type,
    source) of which the file names all, so that others of the kind go. `defaults`: what a record
    gets where it is new and the file does not say.
    """

    key: NodeId
    row: int
    title: str
    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()
    claims: Mapping[NodeId, NodeId] = field(default_factory=dict)
    first_only: frozenset[RelationshipId] = frozenset()
    replaced: tuple[tuple[str, NodeId], ...] = ()
    defaults: Mapping[str, Properties] = field(default_factory=dict)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes among the records."""
        return tuple(r for r in self.records if isinstance(r, Node))

    @property
    def ids(self) -> frozenset[NodeId]:
        """Which nodes of the store it may be about."""
        return frozenset({n.id for n in self.nodes} | set(self.claims.values()))

    @property
    def is_wrong(self) -> bool:
        """Whether something is so wrong that nothing of it can be brought in."""
        return any(problem.fatal for problem in self.problems)

    def named(self, names: Mapping[NodeId, NodeId]) -> Self:
        """Return the same draft about other nodes; relationships take the name of their ends."""
        if not names:
            return self

        def other(key: NodeId) -> NodeId:
            return names.get(key, key)

        links = {r.id: _joined(r, other) for r in self.records if isinstance(r, Relationship)}
        records = tuple(
            replace(r, id=other(r.id)) if isinstance(r, Node) else links[r.id] for r in self.records
        )
        return replace(
            self,
            key=other(self.key),
            records=records,
            claims={},
            first_only=frozenset(links[key].id for key in self.first_only),
            replaced=tuple((kind, other(source)) for kind, source in self.replaced),
            defaults={
                links[RelationshipId(key)].id if key in links else other(NodeId(key)): facts
                for key, facts in self.defaults.items()
            },
        )

    def written(self) -> Properties:
        """Return it as it is stored."""
        return {
            "key": self.key,
            "row": self.row,
            "title": self.title,
            "records": [written(record) for record in self.records],
            "problems": [problem.written() for problem in self.problems],
            "claims": {str(key): str(value) for key, value in self.claims.items()},
            "first_only": sorted(self.first_only),
            "replaced": [[kind, source] for kind, source in self.replaced],
            "defaults": dict(self.defaults),
        }

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        pairs = cast("Sequence[tuple[str, str]]", facts["replaced"])
        claims = cast("Mapping[str, str]", facts["claims"])
        return cls(
            key=NodeId(text(facts, "key") or ""),
            row=integer(facts, "row") or 0,
            title=text(facts, "title") or "",
            records=tuple(map(read_record, _every(facts, "records"))),
            problems=tuple(map(Problem.read, _every(facts, "problems"))),
            claims={NodeId(key): NodeId(value) for key, value in claims.items()},
            first_only=frozenset(map(RelationshipId, words(facts, "first_only"))),
            replaced=tuple((kind, NodeId(source)) for kind, source in pairs),
            defaults=cast("Mapping[str, Properties]", facts["defaults"]),
        )


def made_id(kind: str, *parts: str) -> NodeId:
    """Return the id that something from outside gets: the same parts always give the same."""
    said = "\x1f".join((kind, *parts))
    return NodeId(f"{kind}-{blake2b(said.encode(), digest_size=10).hexdigest()}")


def join(kind: str, source: NodeId, target: NodeId, /, **facts: Value) -> Relationship:
    """Return a relationship that is called after its ends, as a draft has it."""
    return Relationship(
        type=kind, id=_link_id(kind, source, target), source=source, target=target, properties=facts
    )


def written(record: Record) -> Properties:
    """Return a record as it is stored beside the graph."""
    facts: dict[str, Value] = {
        "id": record.id,
        "properties": record.properties,
        "version": record.version,
    }
    if isinstance(record, Node):
        return {**facts, "label": record.label}
    return {**facts, "type": record.type, "source": record.source, "target": record.target}


def read_record(facts: Properties) -> Record:
    """Read what `written` returned."""
    given: Any = dict(facts)
    if "label" in given:
        return Node(**{**given, "id": NodeId(given["id"])})
    return Relationship(**{**given, "id": RelationshipId(given["id"])})


def _every(facts: Properties, key: str) -> Iterable[Properties]:
    return cast("Iterable[Properties]", facts[key])


def _joined(link: Relationship, other: Any) -> Relationship:
    source, target = other(link.source), other(link.target)
    if (source, target) == (link.source, link.target):
        return link
    name = _link_id(link.type, source, target)
    return replace(link, id=name, source=source, target=target)


def _link_id(kind: str, source: NodeId, target: NodeId) -> RelationshipId:
    return RelationshipId(made_id(kind.lower(), source, target))
