"""A link by which a partner says whether its listing is right, without an account."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Self

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.records import Properties, flag, parse_day, text

LINK: Final = "partner-link"
"""The system kind under which they are kept; the owner is the organization."""
LASTS: Final = timedelta(days=30)
PARTNER: Final = WorkerId(NodeId("(partner)"))
"""Who acts with a link: nobody of ours."""
ASKED: Final[Mapping[str, Mapping[str, int]]] = {
    "Organization": {"name": 300, "description": 4000, "url": 500, "email": 300, "phone": 40},
    "Service": {
        "name": 300,
        "description": 4000,
        "schedule": 500,
        "cost": 300,
        "how_to_apply": 1000,
        "phone": 40,
        "email": 300,
    },
}
"""What a partner is asked about each record of its listing, and how many characters fit."""
REQUIRED: Final = frozenset({"name"})
STOPPED: Final = "stopped"
"""What stands for a service that is no longer offered."""


class LinkState(StrEnum):
    """What became of a link. Only `open` opens anything."""

    OPEN = "open"
    ANSWERED = "answered"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLink:
    """One link, and the answer that came by it.

    `changes` are new texts by record and property (`STOPPED` for what is no longer offered).
    """

    key: str
    organization: NodeId
    by: str
    on: str
    state: LinkState = LinkState.OPEN
    changes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    confirmed: bool = False
    note: str = ""
    answered_on: str = ""
    sent_on: str = ""

    @property
    def expires_on(self) -> date:
        """The first day on which it opens nothing any more."""
        return parse_day(self.on) + LASTS

    def opens_on(self, today: date) -> bool:
        """Whether it still opens the listing."""
        return self.state is LinkState.OPEN and today < self.expires_on

    def written(self) -> Properties:
        """Return it as it is stored."""
        return {
            "owner": self.organization,
            "by": self.by,
            "on": self.on,
            "state": self.state.value,
            "changes": {key: dict(facts) for key, facts in self.changes.items()},
            "confirmed": self.confirmed,
            "note": self.note,
            "answered_on": self.answered_on,
            "sent_on": self.sent_on,
        }

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what `written` returned."""
        told = facts.get("changes")
        changes = told if isinstance(told, Mapping) else {}
        return cls(
            key=key,
            organization=NodeId(text(facts, "owner") or ""),
            by=text(facts, "by") or "",
            on=text(facts, "on") or "",
            state=LinkState(text(facts, "state") or LinkState.WITHDRAWN),
            changes={
                str(record): {str(name): str(value) for name, value in each.items()}
                for record, each in changes.items()
                if isinstance(each, Mapping)
            },
            confirmed=flag(facts, "confirmed") is True,
            note=text(facts, "note") or "",
            answered_on=text(facts, "answered_on") or "",
            sent_on=text(facts, "sent_on") or "",
        )


def partner_scope(today: date) -> Scope:
    """Return the scope of whoever has a link."""
    return Scope(viewer=PARTNER, purpose=Purpose.DIRECTORY, as_of=today)
