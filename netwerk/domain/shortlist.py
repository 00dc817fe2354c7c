"""What a worker and an inhabitant put aside together: a short list of places to go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.records import Properties, integer, text

SHORTLIST: Final = "shortlist"
"""The system kind under which lists are kept, by the inhabitant's id."""
MOST: Final = 12
"""What one can overlook; more than that is no help."""
LONGEST: Final = 400
_TITLES: Final = frozenset({"mevrouw", "mevr", "mw", "meneer", "mijnheer", "dhr", "de", "heer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something on the list, and a sentence about it for the inhabitant."""

    record: NodeId
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """The list of one inhabitant, in the order in which it was put. `version` counts its saves."""

    person: PersonId
    items: tuple[Item, ...] = ()
    version: int = 0

    def find(self, record: NodeId) -> Item | None:
        """Return what stands on the list about a record."""
        return next((item for item in self.items if item.record == record), None)

    def with_record(self, record: NodeId) -> Self:
        """Put something on the list, at the end; what is there already stays where it is."""
        if self.find(record) is not None:
            return self
        if len(self.items) >= MOST:
            raise InvalidInputError(
                "There are %(most)s on the list already. Take one off first.", most=MOST
            )
        return replace(self, items=(*self.items, Item(record=record)))

    def without(self, record: NodeId) -> Self:
        """Take something off the list."""
        return replace(self, items=tuple(item for item in self.items if item.record != record))

    def moved(self, record: NodeId, by: int) -> Self:
        """Move something up (-1) or down (1); at the end of the list it stays."""
        order = [item.record for item in self.items]
        if record not in order:
            return self
        at = order.index(record)
        to = min(max(at + by, 0), len(order) - 1)
        rest = [item for item in self.items if item.record != record]
        rest.insert(to, self.items[at])
        return replace(self, items=tuple(rest))

    def said(self, record: NodeId, sentence: str) -> Self:
        """Say something about it to the inhabitant."""
        if len(sentence) > LONGEST:
            raise InvalidInputError("Keep it to %(most)s characters.", most=LONGEST)
        tidy = " ".join(sentence.split())
        items = (replace(i, sentence=tidy) if i.record == record else i for i in self.items)
        return replace(self, items=tuple(items))

    def written(self) -> Properties:
        """Return the list as it is stored, one version further."""
        return {
            "owner": self.person,
            "version": self.version + 1,
            "items": [{"record": each.record, "sentence": each.sentence} for each in self.items],
        }

    @classmethod
    def read(cls, person: PersonId, facts: Properties | None) -> Self:
        """Read what `written` returned; nothing stored is an empty list."""
        stored = (facts or {}).get("items")
        rows = stored if isinstance(stored, list | tuple) else ()
        return cls(
            person=person,
            version=integer(facts or {}, "version") or 0,
            items=tuple(
                Item(record=NodeId(key), sentence=text(row, "sentence") or "")
                for row in rows
                if isinstance(row, Mapping) and (key := text(row, "record"))
            ),
        )


def first_name(name: str) -> str:
    """Return the first name alone; nothing where the first words are not one."""
    for word in name.split():
        if word.casefold().strip(".") in _TITLES:
            continue
        # An initial is no first name, and what follows it is the family's name.
        return "" if "." in word or len(word) < 2 else word
    return ""
