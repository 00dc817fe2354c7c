"""The whole of graph_schema, and the judge of every record."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from netwerk.domain.chances import Priors
from netwerk.domain.errors import InvalidRecordError
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Properties, Relationship
from netwerk.schema.checking import Checker, is_id, shown
from netwerk.schema.kinds import (
    BesideKind,
    ContactLine,
    Kind,
    NeedTerm,
    RelationshipKind,
    Spoken,
    Vocabulary,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to call when somebody is not safe, in one language."""

    name: str
    phone: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """Every kind, property, vocabulary and label; the needs; the expert defaults of chances."""

    version: int
    nodes: Mapping[str, Kind]
    relationships: Mapping[str, RelationshipKind]
    vocabularies: Mapping[str, Vocabulary]
    needs: Mapping[str, NeedTerm]
    priors: Priors
    lines: tuple[ContactLine, ...]
    spoken: Spoken
    beside: Mapping[str, BesideKind] = field(default_factory=dict)
    _checker: Checker = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_checker", Checker(self.vocabularies))

    def check_node(self, node: Node) -> None:
        """Refuse, with InvalidRecordError, a node that breaks the schema."""
        kind = self.nodes.get(node.label)
        if kind is None:
            raise InvalidRecordError(
                "There is no kind of node “%(label)s”.", label=shown(node.label), id=node.id
            )
        _require_id(node.id)
        self._checker.check(node.id, node.properties, kind.properties)

    def check_relationship(self, record: Relationship, source: str, target: str) -> None:
        """Refuse a relationship that breaks the schema; `source` and `target` are labels."""
        kind = self.require_relationship(record)
        if source not in kind.sources or target not in kind.targets:
            raise InvalidRecordError(
                "%(id)s: %(type)s does not join %(source)s to %(target)s.",
                id=record.id,
                type=record.type,
                source=source,
                target=target,
            )

    def require_relationship(self, record: Relationship) -> RelationshipKind:
        """Return the kind of a relationship, or refuse what is wrong whatever it joins."""
        kind = self.relationships.get(record.type)
        if kind is None:
            raise InvalidRecordError(
                "There is no kind of relationship “%(type)s”.",
                type=shown(record.type),
                id=record.id,
            )
        for each in (record.id, record.source, record.target):
            _require_id(each)
        if record.source == record.target and not kind.to_itself:
            raise InvalidRecordError("%(id)s joins somebody to themselves.", id=record.id)
        self._checker.check(record.id, record.properties, kind.properties)
        return kind

    def allows(self, label: str, name: str, value: object) -> bool:
        """Whether a node of this kind may have this value for a property."""
        known = self.nodes[label].properties.get(name)
        return known is not None and self._checker.fits(value, known)

    def label(self, vocabulary: str, value: str | None, language: str) -> str:
        """Return the label of a vocabulary's value; nothing for a value that is not there."""
        term = self.vocabularies[vocabulary].values.get(value or "")
        return "" if term is None else term.label(language)

    def need_nodes(self) -> list[Node]:
        """Return the needs taxonomy as nodes, to fill an empty store with."""
        return [
            Node(label="Need", id=NodeId(code), properties=_need_facts(term))
            for code, term in self.needs.items()
        ]

    def direct_line(self, language: str) -> tuple[Contact, ...]:
        """Return whom to call first when somebody is not safe."""
        return tuple(
            Contact(
                name=line.name.label(language),
                phone=line.phone,
                text=line.text.label(language),
            )
            for line in self.lines
        )


def _need_facts(term: NeedTerm) -> Properties:
    facts = {
        "label_nl": term.label.nl,
        "label_en": term.label.en,
        "synonyms_nl": list(term.synonyms_nl),
        "synonyms_en": list(term.synonyms_en),
    }
    return facts if term.parent is None else {**facts, "parent": term.parent}


def _require_id(value: str) -> None:
    if not is_id(value):
        raise InvalidRecordError("“%(id)s” cannot be an id.", id=shown(value))
