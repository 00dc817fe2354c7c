"""What a draft would change: new, changed, double, wrong, or nothing at all.

One pure rule for every format. What is stored stays, unless the file says something else; a cell
that is empty in the file says nothing.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self, cast

from netwerk.domain.drafts import Choice, Draft, Standing, read_record, written
from netwerk.domain.ids import NodeId
from netwerk.domain.records import (
    Node,
    Properties,
    Record,
    Relationship,
    Subgraph,
    Value,
    flag,
    point,
    text,
    to_json,
)

_DOORSTEP: Final = 0.00002
"""Degrees: about two metres."""
_OF_THE_SOURCE: Final = ("source", "source_id")
"""What a record that came from elsewhere keeps when a file adds to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One property that a draft would change; `label` is the kind of the record."""

    label: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Something stored that may be the same thing under another id."""

    id: NodeId
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A draft against the store as it was read: what it would save and remove.

    The records in `saves` carry the version that was read. `likes` are what it may double.
    """

    draft: Draft
    standing: Standing
    saves: tuple[Record, ...] = ()
    removes: tuple[Record, ...] = ()
    differences: tuple[Difference, ...] = ()
    likes: tuple[Likeness, ...] = ()
    choice: Choice | None = None

    @property
    def is_decided(self) -> bool:
        """Whether nobody has to choose any more."""
        return self.standing is not Standing.DOUBLE or self.choice is not None

    def written(self) -> Properties:
        """Return it as it is stored."""
        facts: dict[str, Value] = {
            "draft": self.draft.written(),
            "standing": self.standing.value,
            "saves": [written(each) for each in self.saves],
            "removes": [written(each) for each in self.removes],
            "likes": [[each.id, each.title] for each in self.likes],
            "differences": [[d.label, d.name, d.before, d.after] for d in self.differences],
        }
        return facts if self.choice is None else {**facts, "choice": self.choice.value}

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        choice = text(facts, "choice")
        likes = cast("Iterable[tuple[str, str]]", facts["likes"])
        told = cast("Iterable[tuple[str, str, str, str]]", facts["differences"])
        return cls(
            draft=Draft.read(cast("Properties", facts["draft"])),
            standing=Standing(text(facts, "standing") or ""),
            saves=tuple(read_record(each) for each in cast("Iterable[Properties]", facts["saves"])),
            removes=tuple(map(read_record, cast("Iterable[Properties]", facts["removes"]))),
            likes=tuple(Likeness(id=NodeId(key), title=title) for key, title in likes),
            choice=None if choice is None else Choice(choice),
            differences=tuple(
                Difference(label=label, name=name, before=before, after=after)
                for label, name, before, after in told
            ),
        )


def compared(draft: Draft, seen: Subgraph, likes: Iterable[Likeness] = ()) -> Entry:
    """Return what a draft would change of what is seen around its ids."""
    if draft.is_wrong:
        return Entry(draft=draft, standing=Standing.WRONG)
    named = draft.named(_claimed(draft, seen))
    alike = tuple(likes)
    if alike and named.key not in seen.nodes:
        return Entry(draft=draft, standing=Standing.DOUBLE, likes=alike)
    return _entry(draft, named, seen)


def decided(entry: Entry, choice: Choice, seen: Subgraph) -> Entry:
    """Return a doubtful entry as was chosen; `seen` is what is around what it may double."""
    if choice is Choice.SKIP:
        return replace(entry, choice=choice, saves=(), removes=())
    names = _claimed(entry.draft, seen)
    if choice is Choice.UPDATE:
        names = {**_onto(entry.draft, entry.likes[0].id, seen), **names}
    made = _entry(entry.draft, entry.draft.named(names), seen)
    return replace(made, standing=Standing.DOUBLE, likes=entry.likes, choice=choice)


def plain(words: str) -> str:
    """Return words without case, accents and marks, so that two spellings of a name are one."""
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    kept = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def _entry(draft: Draft, named: Draft, seen: Subgraph) -> Entry:
    known = {(r.type, r.source, r.target): r for r in seen.relationships.values()}
    names = _names((*seen.nodes.values(), *named.nodes))
    saves: list[Record] = []
    told: list[Difference] = []
    for record in named.records:
        stored = _stored(record, seen)
        if isinstance(record, Relationship):
            stored = known.get((record.type, record.source, record.target), stored)
            if stored is None and record.id in named.first_only and record.source in seen.nodes:
                continue
        merged = _merged(record, stored, named.defaults.get(record.id, {}))
        if merged is not None:
            saves.append(merged)
            told.extend(_differences(merged, stored, names))
    removes = tuple(_gone(named, seen))
    for gone in removes:
        called = names.get(gone.target, gone.target)
        told.append(Difference(label=gone.type, name="", before=called, after=""))
    return Entry(
        draft=draft,
        standing=_standing(named, seen, changes=bool(saves or removes)),
        saves=tuple(saves),
        removes=removes,
        differences=tuple(told),
    )


def _names(nodes: Iterable[Node]) -> dict[NodeId, str]:
    """Return what nodes are called."""
    told = ("name", "label_nl", "address")
    return {
        n.id: next((found for key in told if (found := text(n.properties, key))), n.id)
        for n in nodes
        if flag(n.properties, "masked") is not True
    }


def _differences(
    after: Record, before: Record | None, names: Mapping[NodeId, str]
) -> Iterable[Difference]:
    label = after.label if isinstance(after, Node) else after.type
    if before is None:
        end = after.id if isinstance(after, Node) else after.target
        yield Difference(label=label, name="", before="", after=names.get(NodeId(end), end))
        return
    for name, value in after.properties.items():
        if before.properties.get(name) != value:
            if name != "masked" and flag(before.properties, "masked") is True:
                yield Difference(label=label, name=name, before="", after="")
                continue
            old = before.properties.get(name)
            yield Difference(
                label=label,
                name=name,
                before=_shown(old) if old is not None else "",
                after=_shown(value),
            )


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else to_json(value)


def _standing(named: Draft, seen: Subgraph, *, changes: bool) -> Standing:
    if named.key not in seen.nodes:
        return Standing.NEW
    return Standing.CHANGED if changes else Standing.SAME


def _stored(record: Record, seen: Subgraph) -> Record | None:
    if isinstance(record, Node):
        return seen.nodes.get(record.id)
    return seen.relationships.get(record.id)


def _merged(record: Record, stored: Record | None, defaults: Properties) -> Record | None:
    """Return what to save, at the version that was read; None where nothing changes."""
    if stored is None:
        return replace(record, properties={**defaults, **record.properties})
    given = {k: v for k, v in record.properties.items() if not _reads_the_same(stored, k, v)}
    if stored.properties.get("source") != record.properties.get("source"):
        given = {k: v for k, v in given.items() if k not in _OF_THE_SOURCE}
    return replace(stored, properties={**stored.properties, **given}) if given else None


def _reads_the_same(stored: Record, name: str, value: Value) -> bool:
    """Whether a value is what is stored, but for what files do not keep.

    That is white space, and where on a doorstep a point lies.
    """
    known = stored.properties.get(name)
    if name == "point" and (at := point(stored.properties)) is not None:
        new = point({"point": value}) or at
        return max(abs(new[0] - at[0]), abs(new[1] - at[1])) <= _DOORSTEP
    if isinstance(known, str) and isinstance(value, str):
        return known.split() == value.split()
    return known == value


def _gone(named: Draft, seen: Subgraph) -> Iterable[Relationship]:
    kept = {(r.type, r.source, r.target) for r in named.records if isinstance(r, Relationship)}
    for link in sorted(seen.relationships.values(), key=lambda r: r.id):
        told = (link.type, link.source, link.target)
        if (link.type, link.source) in named.replaced and told not in kept:
            yield link


def _claimed(draft: Draft, seen: Subgraph) -> dict[NodeId, NodeId]:
    """Return which nodes of the draft are in the store already under another name.

    That is what they claim; and of a partner that is there, what belongs to it and is alike.
    """
    labels = {node.id: node.label for node in draft.nodes}
    names = {
        key: stored
        for key, stored in draft.claims.items()
        if stored in seen.nodes and seen.nodes[stored].label == labels.get(key)
    }
    main = names.get(draft.key)
    return names if main is None else {**_onto(draft, main, seen), **names}


def _onto(draft: Draft, like: NodeId, seen: Subgraph) -> dict[NodeId, NodeId]:
    """Return which stored node each node of the draft is, if the draft is what it looks like."""
    names = {draft.key: like}
    taken: set[NodeId] = set()
    near = _near(like, seen)
    for node in draft.nodes:
        if node.id == draft.key or node.id in seen.nodes:
            continue
        fits = [n for n in near if n.label == node.label and n.id not in taken and _alike(n, node)]
        if fits:
            names[node.id] = fits[0].id
            taken.add(fits[0].id)
    return names


def _near(key: NodeId, seen: Subgraph) -> list[Node]:
    links = [seen.relationships[name] for name in sorted(seen.relationships)]
    ends = [
        link.source if link.target == key else link.target
        for link in links
        if key in {link.source, link.target}
    ]
    return [seen.nodes[end] for end in ends if end in seen.nodes]


def _alike(stored: Node, drafted: Node) -> bool:
    """Whether two nodes of one label beside the same partner are one: by name, or by being where.

    A place is where the partner is, whatever it is called, unless both have another postcode.
    """
    if stored.label == "Location":
        codes = {text(n.properties, "postcode") for n in (stored, drafted)} - {None}
        return len(codes) < 2
    names = [plain(text(n.properties, "name") or "") for n in (stored, drafted)]
    return names[0] == names[1]
