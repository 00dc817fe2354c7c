"""An import on its way: kept beside the graph until somebody says yes, and for undoing it after.

An import is an index and numbered parts, each small enough for one unit of work. The parts hold
rows of a sheet at first, and entries once they were read; entries of one part stand alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self, cast

from netwerk.domain.comparing import Entry
from netwerk.domain.drafts import Standing
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import OperationId
from netwerk.domain.records import Properties, Value, integer, text, words

INDEX: Final = "import"
PART: Final = "import-part"
MATCH: Final = "import-match"
MAPPING: Final = "import-mapping"
ENTRIES: Final = 50
"""Entries in a part: what one looks through on a page."""
_OPEN_FOR: Final = timedelta(days=14)
_KEPT_FOR: Final = timedelta(days=90)


class State(StrEnum):
    """How far an import is."""

    MAPPING = "mapping"
    CHECKED = "checked"
    ENTERED = "entered"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """The index of an import.

    `rows` counts the parts with rows, `noted` the entries of which something was left out. `parts`
    says of each part with entries how they stand and how many there are. `kept` names what could
    not be undone.
    """

    id: str
    owner: str
    title: str
    kind: str
    state: State
    began: datetime
    rows: int = 0
    total: int = 0
    noted: int = 0
    headings: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    only: str = ""
    parts: tuple[tuple[Standing, int], ...] = ()
    ended: datetime | None = None
    kept: tuple[str, ...] = ()

    @property
    def operation(self) -> OperationId:
        """The operation by which it is brought in: once, however often it is asked."""
        return OperationId(f"import-{self.id}")

    @property
    def counts(self) -> Mapping[Standing, int]:
        """How many entries there are of each standing."""
        return {s: sum(n for each, n in self.parts if each is s) for s in Standing}

    def is_over(self, now: datetime) -> bool:
        """Whether it is no longer kept."""
        if self.ended is not None:
            return now - self.ended > _KEPT_FOR
        return now - self.began > _OPEN_FOR

    def ended_as(self, state: State, at: datetime, kept: Sequence[str] = ()) -> Self:
        """Return it, brought in or undone."""
        return replace(self, state=state, ended=at, kept=tuple(kept))

    def written(self) -> Properties:
        """Return it as it is stored."""
        facts: dict[str, Value] = {
            "owner": self.owner,
            "title": self.title,
            "kind": self.kind,
            "state": self.state.value,
            "began": self.began.isoformat(),
            "rows": self.rows,
            "total": self.total,
            "noted": self.noted,
            "headings": list(self.headings),
            "sample": [list(each) for each in self.sample],
            "mapping": dict(self.mapping),
            "only": self.only,
            "parts": [[standing.value, number] for standing, number in self.parts],
            "kept": list(self.kept),
        }
        return facts if self.ended is None else {**facts, "ended": self.ended.isoformat()}

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what `written` returned."""
        ended = text(facts, "ended")
        parts = cast("Sequence[tuple[str, int]]", facts["parts"])
        sample = cast("Sequence[Sequence[str]]", facts["sample"])
        return cls(
            id=key,
            owner=text(facts, "owner") or "",
            title=text(facts, "title") or "",
            kind=text(facts, "kind") or "",
            state=State(text(facts, "state") or ""),
            began=datetime.fromisoformat(text(facts, "began") or ""),
            rows=integer(facts, "rows") or 0,
            total=integer(facts, "total") or 0,
            noted=integer(facts, "noted") or 0,
            headings=words(facts, "headings"),
            sample=tuple(tuple(map(str, each)) for each in sample),
            mapping=cast("Mapping[str, str]", facts["mapping"]),
            only=text(facts, "only") or "",
            parts=tuple((Standing(standing), number) for standing, number in parts),
            ended=None if ended is None else datetime.fromisoformat(ended),
            kept=words(facts, "kept"),
        )


def index_of(key: str, facts: Properties | None) -> Import:
    """Return an import that is there. Raises NotVisibleError."""
    if facts is None:
        raise NotVisibleError
    return Import.read(key, facts)


def rows_key(key: str, number: int) -> str:
    """Return under what a part with rows is kept."""
    return f"{key}@r{number:06d}"


def entries_key(key: str, number: int) -> str:
    """Return under what a part with entries is kept."""
    return f"{key}@e{number:06d}"


def keys_of(found: Import) -> Iterator[str]:
    """Yield the keys of all parts of an import."""
    yield from (rows_key(found.id, number) for number in range(found.rows))
    yield from (entries_key(found.id, number) for number in range(len(found.parts)))


def written_entries(entries: Sequence[Entry]) -> Properties:
    """Return a part with entries as it is stored."""
    return {"entries": [entry.written() for entry in entries]}


def read_entries(facts: Properties | None) -> list[Entry]:
    """Read what `written_entries` returned."""
    given = () if facts is None else cast("Sequence[Properties]", facts["entries"])
    return [Entry.read(each) for each in given]
