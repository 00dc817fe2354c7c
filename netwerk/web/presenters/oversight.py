"""The log in words, for who watches over privacy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from netwerk.domain.audit import AuditEntry
from netwerk.domain.grants import Grant
from netwerk.web.presenters import to_inhabitant


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry. `act` is what the program calls it; `did` says it, where it was about somebody."""

    number: int
    when: str
    who: str
    did: str
    act: str
    about: str
    purpose: str
    refused: bool


def rows(entries: tuple[AuditEntry, ...], names: Mapping[str, str]) -> list[Row]:
    """Return the entries as they are shown."""
    return [_row(entry, names) for entry in entries]


def unread_first(exceptions: list[Grant]) -> list[Grant]:
    """Return the times that the glass was broken: what nobody read of yet first."""
    return sorted(exceptions, key=lambda each: each.seen)


def _row(entry: AuditEntry, names: Mapping[str, str]) -> Row:
    event = entry.event
    return Row(
        number=entry.number,
        when=f"{datetime.fromisoformat(entry.at):%d-%m-%Y %H:%M:%S}",
        who=names.get(event.actor, event.actor),
        did=to_inhabitant.did(event.action) if event.subject else "",
        act=event.action,
        about=event.subject or "",
        purpose=_purposes().get(event.purpose, event.purpose),
        refused=event.outcome == "refused",
    )


def _purposes() -> dict[str, str]:
    return {
        "support": gettext("help to an inhabitant"),
        "emergency": gettext("it could not wait"),
        "data_subject": gettext("somebody's own request"),
        "oversight": gettext("watching over privacy"),
        "administration": gettext("keeping the system"),
        "directory": gettext("the neighbourhood map"),
        "learning": gettext("counting outcomes"),
    }
