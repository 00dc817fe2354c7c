"""What a colleague saw that is not right: how it is, beside what would be made of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for

from netwerk.domain.proposals import ProposalKind
from netwerk.domain.records import flag, text
from netwerk.usecases.proposals import Told
from netwerk.web.presenters.keeping import NOTHING, label, said
from netwerk.web.presenters.todo import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Becomes:
    """One fact: what it is now, and what it becomes."""

    label: str
    now: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a colleague told, above the form in which it is filled in."""

    what: str
    value: str
    note: str
    by: str
    moved: bool


def proposed(told: Told | None) -> Proposed | None:
    """Return what was told, for the form."""
    if told is None:
        return None
    proposal = told.proposal
    return Proposed(
        what=str(KINDS[proposal.kind]),
        value=proposal.value,
        note=proposal.note,
        by=proposal.by_name,
        moved=proposal.kind is ProposalKind.MOVED,
    )


def becoming(told: Told, today: date) -> list[Becomes]:
    """Return what taking it over changes, or would change once it is filled in."""
    if told.proposal.kind is ProposalKind.MOVED and told.place is not None:
        return list(_moved(told))
    if told.node is None:
        return []
    kind, facts = told.node.label, told.node.properties
    return [
        Becomes(
            label=label(kind, name),
            now=said(kind, name, facts.get(name), {}),
            # What stops does so on the day on which it is taken over.
            then=said(kind, name, value or today.isoformat(), {}),
        )
        for name, value in told.becomes.items()
        if value != facts.get(name)
    ]


def form_of(told: Told) -> str:
    """Return where what was told is filled in."""
    key = told.proposal.key
    if told.proposal.kind is ProposalKind.MOVED and told.place is not None:
        return url_for("keeping.edit", kind="locations", key=told.place.id, proposal=key)
    organization = told.node is not None and told.node.label == "Organization"
    kind = "organizations" if organization else "services"
    return url_for("keeping.edit", kind=kind, key=told.proposal.about, proposal=key)


def _moved(told: Told) -> Iterator[Becomes]:
    facts = told.place.properties if told.place is not None else {}
    secret = flag(facts, "masked") is True
    for name, then in zip(("address", "postcode", "city"), told.proposal.address(), strict=True):
        now = text(facts, name) or ""
        if then and then != now:
            yield Becomes(
                label=label("Location", name), now=NOTHING if secret or not now else now, then=then
            )
