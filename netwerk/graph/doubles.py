"""Which two records may be one and the same, and what makes one think so.

A bound on the work: two are compared only where they share a word of their name, a telephone
number, an address or the like, and what everybody shares tells nothing.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from netwerk.domain.doubles import OF_A_FILE
from netwerk.domain.geometry import distance
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Point, Subgraph, point, text

ENOUGH: Final = 0.88
_LEAST_NAME: Final = 0.55
_CROWD: Final = 40
"""What more records than this share says nothing about two of them."""
_ALIKE: Final = 75.0
"""Of two words, in per cent."""
_NEAR, _FAR = 60.0, 2500.0
_EMPTY: Final = frozenset({"de", "het", "een", "stichting", "vereniging", "verzonnen", "van", "st"})
_SURE: Final = {"source_id": 0.5, "phone": 0.3, "email": 0.3, "url": 0.25, "place": 0.2}
_AGAINST: Final = {
    "kind": 0.2,
    "far": 0.2,
    "words": 0.12,
    "person": 0.1,
    "birth_year": 0.4,
    "source_id": 0.3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two that may be one; `kept` is the one that would stay. `why` names what they share."""

    kept: NodeId
    gone: NodeId
    likeness: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Face:
    """What two records are compared by."""

    node: Node
    name: str
    shared: dict[str, str]
    places: tuple[Point, ...]


_Places = dict[NodeId, list[Node]]


def doubles(graph: Subgraph) -> list[Pair]:
    """Return the pairs that may be one and the same, most likely first.

    Organizations; services of one organization; persons with a public role.
    """
    services = {node.id for node in graph.labelled("Service")}
    groups = [
        [each.id for each in graph.labelled("Organization")],
        *_offered(graph, services),
        sorted({r.source for r in graph.of_type("CONTACT_FOR", "VOLUNTEERS_FOR")}),
    ]
    places: _Places = defaultdict(list)
    for each in graph.of_type("LOCATED_AT"):
        places[each.source].append(graph.nodes[each.target])
    found = [pair for group in groups for pair in _within(graph, group, places)]
    unique = {(pair.kept, pair.gone): pair for pair in found}
    return sorted(unique.values(), key=lambda pair: (-pair.likeness, pair.kept, pair.gone))


def folded(name: str) -> str:
    """Return a name as it is compared: no accents, signs, or words that every name may have."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    words = [word for word in kept.split() if word not in _EMPTY]
    return " ".join(words or kept.split())


def _offered(graph: Subgraph, services: set[NodeId]) -> Iterator[list[NodeId]]:
    offered: dict[NodeId, list[NodeId]] = defaultdict(list)
    for each in graph.of_type("PROVIDES"):
        if each.target in services:
            offered[each.source].append(each.target)
    yield from (offered[key] for key in sorted(offered))


def _within(graph: Subgraph, ids: Iterable[NodeId], places: _Places) -> Iterator[Pair]:
    faces = [_face(graph.nodes[key], places.get(key, [])) for key in ids]
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, face in enumerate(faces):
        for mark in _marks(face):
            blocks[mark].append(number)
    compared: set[tuple[int, int]] = set()
    for block in blocks.values():
        if 1 < len(block) <= _CROWD:
            compared |= set(combinations(block, 2))
    for one, other in sorted(compared):
        pair = _compared(faces[one], faces[other])
        if pair is not None:
            yield pair


def _marks(face: _Face) -> Iterator[str]:
    for word in set(face.name.split()):
        if len(word) > 2:
            yield f"word {word[:5]}"
    for kind, value in face.shared.items():
        yield f"{kind} {value}"


def _compared(one: _Face, other: _Face) -> Pair | None:
    alike = fuzz.token_sort_ratio(one.name, other.name) / 100
    if alike < _LEAST_NAME:
        return None
    why = [kind for kind in _SURE if kind in one.shared and _same(one, other, kind)]
    if "place" not in why and _apart(one, other) <= _NEAR:
        why.append("place")
    likeness = alike + sum(_SURE[kind] for kind in why) - sum(_against(one, other))
    if likeness < ENOUGH:
        return None
    kept, gone = sorted((one.node, other.node), key=_stays)
    named = ("name", *why) if alike > 0.8 else tuple(why)
    return Pair(kept=kept.id, gone=gone.id, likeness=round(min(likeness, 1.0), 4), why=named)


def _against(one: _Face, other: _Face) -> Iterator[float]:
    if one.node.label == "Person":
        yield _AGAINST["person"]
    for name in ("kind", "birth_year"):
        told = {one.node.properties.get(name), other.node.properties.get(name)} - {None}
        if len(told) > 1:
            yield _AGAINST[name]
    if _own_words(one.name, other.name) and _own_words(other.name, one.name):
        yield _AGAINST["words"]
    if _FAR < _apart(one, other) < float("inf"):
        yield _AGAINST["far"]
    numbers = [each.shared.get("source_id", "").rpartition("\x1f") for each in (one, other)]
    # One source that names them twice means two.
    if numbers[0][0] and numbers[0][0] == numbers[1][0] and numbers[0] != numbers[1]:
        yield _AGAINST["source_id"]


def _own_words(name: str, other: str) -> list[str]:
    """Return the words of a name that the other has nothing like: east and west are two."""
    words = other.split()
    return [
        word
        for word in name.split()
        if len(word) > 2 and max((fuzz.ratio(word, each) for each in words), default=0) < _ALIKE
    ]


def _stays(node: Node) -> tuple[bool, bool, str]:
    """Order two so that the one that a file tells about stays, then the one asked after last."""
    of_file = any(key in node.properties for key in OF_A_FILE)
    return not of_file, "verified_on" not in node.properties, node.id


def _same(one: _Face, other: _Face, kind: str) -> bool:
    return one.shared[kind] == other.shared.get(kind)


def _apart(one: _Face, other: _Face) -> float:
    metres = (distance(a, b) for a in one.places for b in other.places)
    return min(metres, default=float("inf"))


def _face(node: Node, places: list[Node]) -> _Face:
    facts, shared = node.properties, {}
    for kind, value in (
        ("phone", re.sub(r"\D", "", text(facts, "phone") or "")[-9:]),
        ("email", (text(facts, "email") or "").casefold()),
        ("url", _host(text(facts, "url") or "")),
        ("source_id", _number(node)),
    ):
        if value:
            shared[kind] = value
    if addresses := sorted(filter(None, map(_address, places))):
        shared["place"] = addresses[0]
    points = [p for p in (point(each.properties) for each in places) if p is not None]
    return _Face(
        node=node,
        name=folded(text(facts, "name") or ""),
        shared=shared,
        places=tuple(points),
    )


def _number(node: Node) -> str:
    source, number = text(node.properties, "source"), text(node.properties, "source_id")
    return f"{source or ''}\x1f{number}" if number else ""


def _host(url: str) -> str:
    try:
        address = urlsplit(url if "//" in url else f"//{url}")
        return (address.hostname or "").removeprefix("www.") + address.path.rstrip("/")
    except ValueError:
        return ""


def _address(place: Node) -> str:
    postcode = (text(place.properties, "postcode") or "").replace(" ", "").upper()
    number = re.search(r"\d+\S*$", text(place.properties, "address") or "")
    return f"{postcode} {number[0]}" if postcode and number else ""
