"""When something in the directory asks for somebody's attention again."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Protocol, Self

from netwerk.domain.access import OPERATOR, Permission, Scope, require
from netwerk.domain.errors import NotAllowedError
from netwerk.domain.ids import NodeId
from netwerk.domain.people import Worker
from netwerk.domain.records import Node, Properties, Subgraph, day, text

VERIFY_AFTER: Final = timedelta(days=365)
"""So long after somebody asked whether it is right, it is to be asked again."""
CERTIFICATE_MONTHS: Final = 36
"""So long a certificate of conduct (VOG) counts,"""
NOTICE_MONTHS: Final = 3
"""and so long before its end a new one is to be applied for."""
USED: Final = ("publication", "used")
FEWEST: Final = 10
"""Counts of what happened in files are not shown below this,"""
ROUNDED: Final = 5
"""and are rounded to a multiple of this."""
_SOME: Final = 1


class Around(Protocol):
    """A view of the directory, or a unit of work on it."""

    def around(self, ids: Collection[NodeId]) -> Subgraph:
        """Return these nodes with what touches them."""
        ...


def require_role(seen: Around, scope: Scope, permission: Permission) -> str:
    """Refuse a viewer whose role does not hold a permission; return what they are called."""
    if scope.viewer == OPERATOR:
        return OPERATOR
    found = seen.around([scope.viewer]).nodes.get(scope.viewer)
    if found is None or found.label != "Worker":
        raise NotAllowedError
    worker = Worker.from_node(found)
    require(worker.role, permission)
    return worker.name


def months_later(on: date, months: int) -> date:
    """Return the same day of the month so many months on, or the last day of that month."""
    years, month = divmod(on.month - 1 + months, 12)
    year = on.year + years
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def rounded(count: int) -> int:
    """Return a count as it may be shown: to the nearest multiple of ROUNDED."""
    return (count + ROUNDED // 2) // ROUNDED * ROUNDED


def is_over(node: Node, today: date) -> bool:
    """Whether an organization has stopped, or a service is no longer offered."""
    ends = day(node.properties, "valid_to")
    return ends is not None and ends <= today


def is_stale(node: Node, today: date) -> bool:
    """Whether nobody asked for long whether this is still right, and it is still there."""
    asked = day(node.properties, "verified_on")
    return not is_over(node, today) and (asked is None or today - asked >= VERIFY_AFTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How often organizations and services were what an ask led to, as published.

    Counts below FEWEST are kept as one and the same figure, which puts what was ever reached before
    what never was, and tells no more.
    """

    published_on: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: Mapping[str, int], published_on: str) -> Self:
        """Return what may be published of counts."""
        kept = {key: _SOME if n < FEWEST else rounded(n) for key, n in counts.items() if n > 0}
        return cls(published_on=published_on, counts=kept)

    @classmethod
    def read(cls, facts: Properties | None) -> Self:
        """Read what `written` returned; nothing was published: nothing is known."""
        counts = {} if facts is None else facts.get("counts")
        known = counts if isinstance(counts, Mapping) else {}
        return cls(
            published_on=text(facts or {}, "published_on"),
            counts={str(key): n for key, n in known.items() if isinstance(n, int)},
        )

    def written(self) -> Properties:
        """Return it as it is stored."""
        return {"published_on": self.published_on or "", "counts": dict(self.counts)}

    def shown(self, key: str) -> int | None:
        """Return the count that may be shown, if it may."""
        count = self.counts.get(key, 0)
        return count if count >= FEWEST else None
