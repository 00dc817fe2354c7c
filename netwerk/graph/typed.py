"""What somebody means by the words they type into the search of the directory.

Each word that counts becomes one condition: the word itself, its forms, the words that begin so for
the last one (it may not be finished), a typing error where nothing else is there, the needs that
people call so, the kinds of organization and the roles that are called so.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from netwerk.domain.directory import Need
from netwerk.domain.ids import NeedId
from netwerk.domain.items import folded, one_slip
from netwerk.graph.needs import match
from netwerk.ports.finding import Wanted
from netwerk.ports.stems import stems
from netwerk.schema import Schema

MOST_WORDS: Final = 12
"""Words of what is typed that count."""
SENTENCE: Final = 4
"""Words from which it is a sentence: then the need that it speaks of is what is looked for."""
_SMALL: Final = frozenset(
    folded(
        "aan als bij dan dat de den der die dit door een en er heb het hij hoe ik in is je kan"
        " ken maar me met mij mijn na naar niet nog nu of om ook op over per te toe tot uit u uw"
        " van voor wat we wel wij wie wil ze zich zij zijn zoek zo the a an and for of to with i"
        " my am is in on at by hulp help"
    )
)
_LIKE_A_NEED: Final = 80.0
_SPAN: Final = 4
_SHORT: Final = 4

Words = frozenset[str]
LookUp = Callable[[Collection[str]], Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word that counts.

    `exact` are the word as typed and its forms, `loose` what is like it; `prefix` is set for a
    word that may not be finished. `needs`, `kinds` and `roles` are what is called so.
    """

    exact: Words = frozenset()
    loose: Words = frozenset()
    prefix: str | None = None
    needs: frozenset[NeedId] = frozenset()
    kinds: Words = frozenset()
    roles: Words = frozenset()

    @property
    def wanted(self) -> Wanted:
        """The condition that an item must meet."""
        facts = [
            *(f":need:{each}" for each in self.needs),
            *(f":kind:{each}" for each in self.kinds),
            *(f":role:{each}" for each in self.roles),
        ]
        return Wanted(keys=frozenset({*self.exact, *self.loose, *facts}), prefix=self.prefix)


class Reader:
    """Reads what is typed, in one language, against the needs and the words that are there."""

    def __init__(self, needs: Sequence[Need], schema: Schema, language: str) -> None:
        """Take the taxonomy and the vocabularies."""
        self._needs = needs
        self._language = language
        self._below = below(needs)
        self._kinds = _called(schema, "organization_kind")
        self._roles = _called(schema, "contact_role")
        self._phrases: dict[tuple[str, ...], set[NeedId]] = {}
        for need in needs:
            names = (need.label_nl, need.label_en, *need.synonyms_nl, *need.synonyms_en)
            for name in names:
                self._phrases.setdefault(tuple(folded(name)), set()).add(need.id)

    def read(self, typed: str, look_up: LookUp) -> tuple[Term, ...]:
        """Return the words that count; a sentence about a need is that need alone."""
        words = folded(typed)[:MOST_WORDS]
        spoken = self._spoken(words)
        counted = [at for at, word in enumerate(words) if word not in _SMALL or at in spoken]
        counted = counted or list(range(len(words)))
        if len(counted) >= SENTENCE and spoken:
            return (Term(needs=frozenset(need for found in spoken.values() for need in found)),)
        there = look_up([words[at] for at in counted]) if counted else frozenset()
        return tuple(
            self._term(words[at], spoken.get(at, frozenset()), there, last=at == len(words) - 1)
            for at in counted
        )

    def _term(self, word: str, needs: frozenset[NeedId], there: Words, *, last: bool) -> Term:
        exact = {each for each in there if each == word or stems(each) & stems(word)}
        begun = last and any(each.startswith(word) for each in there)
        loose = {each for each in there if one_slip(each, word)} if not (exact or begun) else set()
        return Term(
            exact=frozenset({word, *exact}),
            loose=frozenset(loose),
            prefix=word if last and len(word) > 1 else None,
            needs=needs,
            kinds=_found(self._kinds, word, last=last),
            roles=_found(self._roles, word, last=last),
        )

    def _spoken(self, words: Sequence[str]) -> Mapping[int, frozenset[NeedId]]:
        """Return which words speak of which needs, with all below them, by place in the text."""
        found: dict[int, set[NeedId]] = {}
        for start in range(len(words)):
            for end in range(start + 1, min(start + _SPAN, len(words)) + 1):
                meant = self._phrases.get(tuple(words[start:end]), set())
                if end == start + 1:
                    meant = meant | self._like(words[start])
                for at in range(start, end) if meant else ():
                    found.setdefault(at, set()).update(meant)
        return {at: self._with_below(meant) for at, meant in found.items()}

    def _like(self, word: str) -> set[NeedId]:
        if len(word) < _SHORT or word in _SMALL:
            return set()
        near = match(self._needs, word, self._language, limit=3)
        return {each.need.id for each in near if each.likeness >= _LIKE_A_NEED}

    def _with_below(self, needs: Iterable[NeedId]) -> frozenset[NeedId]:
        return frozenset(need for each in needs for need in self._below[each])


def below(needs: Iterable[Need]) -> Mapping[NeedId, frozenset[NeedId]]:
    """Return each need with everything below it, itself included."""
    parents = {need.id: need.parent for need in needs}
    found: dict[NeedId, set[NeedId]] = {need: {need} for need in parents}
    for need in parents:
        for above in ancestors(need, parents):
            found[above].add(need)
    return {need: frozenset(under) for need, under in found.items()}


def ancestors(need: NeedId, parents: Mapping[NeedId, NeedId | None]) -> list[NeedId]:
    """Return what a need is below, the nearest first; each once, also where they go round."""
    found: list[NeedId] = []
    above = parents.get(need)
    while above is not None and above in parents and above not in found:
        found.append(above)
        above = parents[above]
    return found


def _called(schema: Schema, vocabulary: str) -> list[tuple[str, Words]]:
    values = schema.vocabularies[vocabulary].values
    return [
        (code, frozenset(folded(f"{term.label('nl')} {term.label('en')}")) - _SMALL)
        for code, term in values.items()
    ]


def _found(called: Iterable[tuple[str, Words]], word: str, *, last: bool) -> Words:
    if len(word) < _SHORT:
        return frozenset()
    return frozenset(
        code
        for code, names in called
        for name in names
        if stems(name) & stems(word) or (last and name.startswith(word))
    )
