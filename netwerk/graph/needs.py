"""Needs found by the words that people type."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from netwerk.domain.directory import Need
from netwerk.domain.ids import NodeId
from netwerk.domain.items import folded
from netwerk.schema import Schema

_ENOUGH: Final = 72.0
_EXACT, _PREFIX, _WORD = 100.0, 95.0, 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedMatch:
    """A need, and the words of its that were recognised."""

    need: Need
    words: str
    likeness: float


def line(need: NodeId, parents: Mapping[NodeId, NodeId | None]) -> list[NodeId]:
    """Return a need and all above it, up to its life domain."""
    found = [need]
    while (above := parents.get(found[-1])) is not None and above not in found:
        found.append(above)
    return found


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


def meant(needs: Iterable[Need], typed: str, language: str, schema: Schema) -> Need | None:
    """Return the need that the words are a name of, if of one need alone.

    Who types what a kind of organization or a role is called may mean those: then it is None.
    """
    wanted = _plain(typed)
    vocabularies = (schema.vocabularies["organization_kind"], schema.vocabularies["contact_role"])
    called = {_plain(label) for each in vocabularies for _, label in each.choices(language)}
    every = {need.id: need for need in needs if wanted in map(_plain, _own_names(need, language))}
    return next(iter(every.values())) if len(every) == 1 and wanted not in called else None


def _own_names(need: Need, language: str) -> tuple[str, ...]:
    if language == "en":
        return (need.label_en, *need.synonyms_en)
    return (need.label_nl, *need.synonyms_nl)


def _best(need: Need, wanted: str, language: str) -> NeedMatch | None:
    matches = [
        NeedMatch(need=need, words=words, likeness=_likeness(wanted, _plain(words)) - handicap)
        for words, handicap in _names(need, language)
    ]
    best = max(matches, key=lambda each: each.likeness)
    return best if best.likeness >= _ENOUGH else None


def _names(need: Need, language: str) -> Sequence[tuple[str, float]]:
    own, other = _own_names(need, language), _own_names(need, "nl" if language == "en" else "en")
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
    return " ".join(folded(words))
