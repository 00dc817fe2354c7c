"""The letter to a partner, and what it is asked, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import gettext

from netwerk.domain.partner_links import ASKED, STOPPED, PartnerLink
from netwerk.domain.records import Node, text
from netwerk.usecases.partner_link import Listing
from netwerk.web import context
from netwerk.web.language import language


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that a partner is asked about a record."""

    name: str
    label: str
    value: str
    most: int
    long: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A record of the listing with its fields; a service can have stopped."""

    title: str
    service: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as it is sent, and as a link for one's own mail program."""

    subject: str
    body: str
    mailto: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that a partner says is otherwise."""

    name: str
    where: str
    label: str
    now: str
    new: str


def letter(name: str, address: str, to: str, sender: str) -> Letter:
    """Return the letter that asks a partner to look at its listing."""
    subject = gettext("Is this still right about %(name)s?", name=name)
    body = gettext(
        "Hello,\n\nThe social team sends people to %(name)s now and then. We would like to tell "
        "them the right things. Will you look whether what we have is still right? It takes two "
        "minutes, and you need no account:\n\n%(address)s\n\nThe link works for 30 days, and only "
        "for you. Is something not right? You can write it there at once.\n\nThank you,\n"
        "%(sender)s",
        name=name,
        address=address,
        sender=sender,
    )
    link = f"mailto:{quote(to, safe='@')}?subject={quote(subject)}&body={quote(body)}"
    return Letter(subject=subject, body=body, mailto=link)


def parts(listing: Listing) -> list[Part]:
    """Return what a partner is asked."""
    return [
        Part(
            title=text(node.properties, "name") or "",
            service=node.id if node.label == "Service" else "",
            fields=tuple(_fields(node)),
        )
        for node in listing.records
    ]


def changes(link: PartnerLink, listing: Listing) -> list[Change]:
    """Return what a partner says is otherwise, beside what is stored."""
    found = []
    for node in listing.records:
        for fact, value in link.changes.get(node.id, {}).items():
            stopped = fact == STOPPED
            found.append(
                Change(
                    name=f"{node.id}:{fact}",
                    where=text(node.properties, "name") or "",
                    label=gettext("It has stopped") if stopped else _label(node, fact),
                    now="" if stopped else text(node.properties, fact) or "",
                    new="" if stopped else value,
                )
            )
    return found


def roles(listing: Listing) -> list[str]:
    """Return the roles of whom to ask for."""
    labels = (context.schema().label("contact_role", r, language()) for r in listing.roles)
    return sorted({each for each in labels if each})


def _fields(node: Node) -> Iterable[Field]:
    for fact, most in ASKED[node.label].items():
        yield Field(
            name=f"{node.id}:{fact}",
            label=_label(node, fact),
            value=text(node.properties, fact) or "",
            most=most,
            long=most > 500,
        )


def _label(node: Node, fact: str) -> str:
    label = context.schema().nodes[node.label].properties[fact].label.label(language())
    return label[:1].upper() + label[1:]
