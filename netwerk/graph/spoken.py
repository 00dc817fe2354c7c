"""Understanding one line as people say it at the table: "buurvrouw Ans, dagelijks, koffie".

Nothing that is said is dropped but small words like "mijn": what is no known phrase becomes the
name, or is kept as a remark.
Whether somebody may be asked is never read from a line: that is asked last, and by itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from netwerk.schema.kinds import Spoken

_PARTS: Final = re.compile(r"[,;\n\r]+")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_EDGES: Final = " .!?:\"'“”\u2018\u2019()"
_Phrase = tuple[str, ...]
_Meaning = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a line says; `called` is the inhabitant's own word for what somebody is to them.

    `phrases` are the words that were known, in the order in which they were said.
    """

    name: str = ""
    called: str = ""
    kind: str | None = None
    contact: str | None = None
    closeness: int | None = None
    support: tuple[str, ...] = ()
    valence: str | None = None
    lives_with: bool = False
    carer: bool = False
    remark: str = ""
    phrases: tuple[str, ...] = ()


def understood(line: str, spoken: Spoken) -> Understood:
    """Return what a line says, by the phrases of graph_schema."""
    heard = _Heard(_meanings(spoken))
    for part in _PARTS.split(_CONTROL.sub(" ", line)):
        heard.hear(part.split())
    return heard.whole()


@dataclass(slots=True)
class _Heard:
    """What was heard so far."""

    meanings: Mapping[_Phrase, _Meaning]
    first: bool = True
    name: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    support: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)

    def hear(self, words: Sequence[str]) -> None:
        """Take one part of the line."""
        if not words:
            return
        names, self.first = self.first, False
        rest: list[str] = []
        known = False
        for found, meaning in self._phrases(words, names=names):
            if meaning is not None and self._take(meaning, found):
                known = True
            else:
                rest.extend(found)
        if rest and (names or not known) and not self.name:
            self.name = " ".join(rest)
        elif rest:
            # With the words around it: "koffie op dinsdag" says more than "op dinsdag".
            self.remarks.append(" ".join(words if known and not names else rest))

    def whole(self) -> Understood:
        """Return all of it; who was not named is called what they are."""
        called, closeness = self.facts.get("called", ""), self.facts.get("closeness")
        return Understood(
            name=self.name or called,
            called=called,
            kind=self.facts.get("kind"),
            contact=self.facts.get("contact"),
            closeness=None if closeness is None else int(closeness),
            support=tuple(self.support),
            valence=self.facts.get("valence"),
            lives_with="lives_with" in self.facts,
            carer="carer" in self.facts,
            remark=", ".join(self.remarks),
            phrases=tuple(self.phrases),
        )

    def _phrases(
        self, words: Sequence[str], *, names: bool
    ) -> Iterator[tuple[Sequence[str], _Meaning | None]]:
        """Yield the words in groups: the longest phrases that are known, and loose words."""
        at = 0
        while at < len(words):
            found = self._longest(words[at:], may_be_name=names and at > 0)
            yield words[at : at + max(found[0], 1)], found[1]
            at += max(found[0], 1)

    def _longest(self, words: Sequence[str], *, may_be_name: bool) -> tuple[int, _Meaning | None]:
        if may_be_name and words[0][:1].isupper():
            return 0, None  # "tante Zus": a capital is a name
        folded = [word.strip(_EDGES).casefold() for word in words[:5]]
        for count in range(len(folded), 0, -1):
            meaning = self.meanings.get(tuple(folded[:count]))
            if meaning is not None:
                return count, meaning
        return 0, None

    def _take(self, meaning: _Meaning, found: Sequence[str]) -> bool:
        """Note a phrase; whether it was news of its kind."""
        what, value = meaning
        said = " ".join(word.strip(_EDGES) for word in found).casefold()
        if what == "small":
            return True
        if what == "support":
            if value not in self.support:
                self.support.append(value)
        elif what in self.facts:
            return False
        else:
            self.facts[what] = value
            if what == "kind":
                self.facts["called"] = said
            elif what == "carer":
                self.facts.setdefault("called", said)
        self.phrases.append(said)
        return True


def _meanings(spoken: Spoken) -> Mapping[_Phrase, _Meaning]:
    found: dict[_Phrase, _Meaning] = {
        tuple(phrase.casefold().split()): (what, value)
        for what in ("kind", "contact", "closeness", "support", "valence")
        for value, phrases in getattr(spoken, what).items()
        for phrase in phrases
    }
    alone = {"lives_with": spoken.household, "carer": spoken.carer, "small": spoken.small}
    for what, phrases in alone.items():
        found |= {tuple(phrase.casefold().split()): (what, "yes") for phrase in phrases}
    return found
