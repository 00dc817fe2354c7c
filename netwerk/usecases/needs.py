"""Needs found by the words that people type."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from netwerk.domain.access import Scope
from netwerk.domain.directory import Need
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import integer, text
from netwerk.ports.stores import GraphStore

_ENOUGH = 72.0
_EXACT, _PREFIX, _WORD = 100.0, 95.0, 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedMatch:
    """A need, and the words of its that were recognised."""

    need: Need
    words: str
    likeness: float


def taxonomy(store: GraphStore, scope: Scope) -> list[Need]:
    """Return all needs of the store, by code."""
    with store.directory(scope) as view:
        return [Need.from_node(node) for node in view.nodes("Need").labelled("Need")]


def experts(store: GraphStore, scope: Scope, codes: Collection[NeedId], most: int = 3) -> list[str]:
    """Return the names of the viewer's team who know most about these needs.

    Who knows the need itself, or one above or below it, comes before who knows its life domain.
    """
    with store.directory(scope) as view:
        graph = view.nodes("Worker", "Team", "Need")
    teams = {r.target for r in graph.of_type("MEMBER_OF") if r.source == scope.viewer}
    mine = {r.source for r in graph.of_type("MEMBER_OF") if r.target in teams}
    nearness = _nearness([Need.from_node(node) for node in graph.labelled("Need")], codes)
    known = {
        (nearness[r.target], -(integer(r.properties, "level") or 0), name)
        for r in graph.of_type("KNOWS_ABOUT")
        if r.source in mine - {scope.viewer}
        and r.target in nearness
        and (name := text(graph.nodes[r.source].properties, "name"))
    }
    return list(dict.fromkeys(name for _, _, name in sorted(known)))[:most]


def _nearness(every: Iterable[Need], codes: Collection[NeedId]) -> dict[NodeId, int]:
    """Return the needs that have to do with these: 0 for themselves, 1 for the same domain."""
    parents: dict[NodeId, NodeId | None] = {need.id: need.parent for need in every}
    domains = {_line(code, parents)[-1] for code in codes}
    found: dict[NodeId, int] = {}
    for need in parents:
        line = _line(need, parents)
        related = any(need in _line(code, parents) or code in line for code in codes)
        if line[-1] in domains:
            found[need] = 0 if related else 1
    return found


def _line(need: NodeId, parents: Mapping[NodeId, NodeId | None]) -> list[NodeId]:
    """Return a need and all above it, up to its life domain."""
    line = [need]
    while (above := parents.get(line[-1])) is not None and above not in line:
        line.append(above)
    return line


def match(needs: Iterable[Need], typed: str, language: str, limit: int = 8) -> list[NeedMatch]:
    """Return the needs that the words mean, most likely first.

    Labels and synonyms in the language come before those of the other; beginnings of words and
    small typing errors are understood. Nothing typed means nothing found.
    """
    wanted = _plain(typed)
    if len(wanted) < 2:
        return []
    found = [best for need in needs if (best := _best(need, wanted, language)) is not None]
    return sorted(found, key=lambda each: (-each.likeness, each.need.id))[:limit]


def _best(need: Need, wanted: str, language: str) -> NeedMatch | None:
    matches = [
        NeedMatch(need=need, words=words, likeness=_likeness(wanted, _plain(words)) - handicap)
        for words, handicap in _names(need, language)
    ]
    best = max(matches, key=lambda each: each.likeness)
    return best if best.likeness >= _ENOUGH else None


def _names(need: Need, language: str) -> Sequence[tuple[str, float]]:
    dutch, english = (need.label_nl, *need.synonyms_nl), (need.label_en, *need.synonyms_en)
    own, other = (english, dutch) if language == "en" else (dutch, english)
    label_first = [(words, 0.0 if rank == 0 else 0.5) for rank, words in enumerate(own)]
    return [*label_first, *((words, 5.0) for words in other)]


def _likeness(wanted: str, words: str) -> float:
    if wanted == words:
        return _EXACT
    if words.startswith(wanted):
        return _PREFIX
    if any(word.startswith(wanted) for word in words.split()):
        return _WORD
    close = fuzz.ratio(wanted, words)
    # Within a longer sentence ("ik sta rood en er komt een deurwaarder") a synonym may stand whole.
    if len(words) >= 4 and f" {words} " in f" {wanted} ":
        return _WORD
    spoken = max((fuzz.ratio(word, words) for word in wanted.split() if len(word) > 3), default=0.0)
    return max(close, spoken) * 0.88


def _plain(words: str) -> str:
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    kept = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
