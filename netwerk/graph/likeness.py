"""Which stored organization something new may be: by its number, else by name and place."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz, process

from netwerk.domain.comparing import Likeness, plain
from netwerk.domain.drafts import Draft
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Properties, Record, Subgraph, flag, text

_CLOSE: Final = 88.0
_ASIDE: Final = re.compile(r"\([^()]*\)")
_MOST: Final = 3
_EMPTY_WORDS: Final = frozenset({"de", "het", "the", "stichting", "vereniging", "st"})


class Known:
    """The organizations of the directory, to be looked up."""

    def __init__(self, seen: Subgraph) -> None:
        """Take the organizations and locations, with what joins them."""
        self._seen = seen
        self._places: dict[NodeId, Node] = {}
        for link in seen.of_type("LOCATED_AT"):
            if link.target in seen.nodes and not _is_masked(seen.nodes[link.target]):
                self._places.setdefault(link.source, seen.nodes[link.target])
        self._by_source: dict[tuple[str, str], NodeId] = {}
        self._by_postcode: dict[str, dict[NodeId, str]] = defaultdict(dict)
        self._by_name: dict[str, list[NodeId]] = defaultdict(list)
        for node in seen.labelled("Organization"):
            self._add(node)

    def by_source(self, draft: Draft) -> NodeId | None:
        """Return the organization that came from the same source under the same number."""
        facts = _main(draft).properties
        number = text(facts, "source_id")
        return self._by_source.get((text(facts, "source") or "", number)) if number else None

    def alike(self, draft: Draft) -> list[Likeness]:
        """Return what a draft may double, likest first: by name, or nearly so at its postcode."""
        called = _called(_main(draft).properties)
        postcode = _postcode(draft.records)
        near = {**self._by_postcode.get(postcode, {}), **self._by_postcode.get("", {})}
        found = [
            key
            for key in self._by_name.get(called, ())
            if not postcode or self._postcode(key) in {"", postcode}
        ]
        close = process.extract(
            called, near, scorer=fuzz.token_sort_ratio, score_cutoff=_CLOSE, limit=_MOST
        )
        every = dict.fromkeys([*found, *(key for _, _, key in close)])
        return [Likeness(id=key, title=self._title(key)) for key in list(every)[:_MOST]]

    def _add(self, node: Node) -> None:
        source, number = text(node.properties, "source"), text(node.properties, "source_id")
        if number:
            self._by_source[source or "", number] = node.id
        called = _called(node.properties)
        self._by_name[called].append(node.id)
        self._by_postcode[self._postcode(node.id)][node.id] = called

    def _postcode(self, key: NodeId) -> str:
        place = self._places.get(key)
        return "" if place is None else _bare(place.properties)

    def _title(self, key: NodeId) -> str:
        facts = self._seen.nodes[key].properties
        place = self._places.get(key)
        where = {} if place is None else place.properties
        told = (text(facts, "name"), text(where, "postcode"), text(where, "city"))
        return ", ".join(each for each in told if each)


def _main(draft: Draft) -> Node:
    return next(node for node in draft.nodes if node.id == draft.key)


def _called(facts: Properties) -> str:
    bare = _ASIDE.sub(" ", text(facts, "name") or "")
    said = plain(bare).split()
    return " ".join(word for word in said if word not in _EMPTY_WORDS) or " ".join(said)


def _postcode(records: Iterable[Record]) -> str:
    places = (r for r in records if isinstance(r, Node) and r.label == "Location")
    return next((_bare(place.properties) for place in places), "")


def _is_masked(place: Node) -> bool:
    """Whether it is secret where this is; then it tells nothing here either."""
    return flag(place.properties, "masked") is True


def _bare(facts: Properties) -> str:
    return (text(facts, "postcode") or "").replace(" ", "").upper()
