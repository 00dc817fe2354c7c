"""Asking a partner whether its listing is right: the link, the answer, and what is taken over."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from netwerk.domain.access import Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.partner_links import (
    ASKED,
    LINK,
    REQUIRED,
    STOPPED,
    LinkState,
    PartnerLink,
    partner_scope,
)
from netwerk.domain.records import Node, Subgraph, Value, flag, text
from netwerk.domain.upkeep import is_over, is_stale, require_role
from netwerk.ports.stores import GraphStore

MOST = 200
"""Partners that are asked at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a partner may see of itself: what everybody may, and of people the role alone."""

    organization: Node
    services: tuple[Node, ...]
    places: tuple[str, ...]
    roles: tuple[str, ...]

    @property
    def records(self) -> tuple[Node, ...]:
        """What is asked about."""
        return (self.organization, *self.services)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A link with the organization it is for."""

    link: PartnerLink
    organization: Node
    listing: Listing | None = None

    @property
    def name(self) -> str:
        """What the organization is called."""
        return text(self.organization.properties, "name") or self.organization.id


def invite(
    store: GraphStore, scope: Scope, operation: OperationId, organizations: Sequence[NodeId]
) -> None:
    """Make a link for each organization; a link that is still open takes its place."""
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        name = require_role(work, scope, Permission.DIRECTORY_EDIT)
        seen = work.around(organizations).nodes
        for number, key in enumerate(organizations[:MOST]):
            if key not in seen or seen[key].label != "Organization":
                raise NotVisibleError
            there = [PartnerLink.read(*each) for each in work.find(LINK, key)]
            for old in there:
                if old.state is LinkState.OPEN:
                    gone = replace(old, state=LinkState.WITHDRAWN)
                    work.put(LINK, old.key, gone.written())
            made = PartnerLink(
                key=f"{operation}-{number}",
                organization=key,
                by=name,
                on=scope.as_of.isoformat(),
            )
            work.put(LINK, made.key, made.written())
            work.audit(AuditEvent.within(scope, "ask-partner", key))


def stale(store: GraphStore, scope: Scope) -> list[NodeId]:
    """Return the organizations that nobody asked for long, and with no link that is still open."""
    with store.system() as work:
        links = [PartnerLink.read(*each) for each in work.find(LINK)]
    asked = {each.organization for each in links if each.opens_on(scope.as_of)}
    with store.directory(scope) as view:
        require_role(view, scope, Permission.DIRECTORY_EDIT)
        nodes = view.nodes("Organization").labelled("Organization")
    return [n.id for n in nodes if is_stale(n, scope.as_of) and n.id not in asked][:MOST]


def sent(store: GraphStore, scope: Scope) -> list[Sent]:
    """Return the links that are open or answered, those that were answered first."""
    with store.system() as work:
        links = [PartnerLink.read(*each) for each in work.find(LINK)]
    shown = [e for e in links if e.opens_on(scope.as_of) or e.state is LinkState.ANSWERED]
    with store.directory(scope) as view:
        require_role(view, scope, Permission.DIRECTORY_EDIT)
        nodes = view.around({each.organization for each in shown}).nodes
    found = [
        Sent(link=each, organization=nodes[each.organization])
        for each in shown
        if each.organization in nodes
    ]
    return sorted(found, key=lambda each: (each.link.state is LinkState.OPEN, each.name.casefold()))


def note_sent(store: GraphStore, scope: Scope, operation: OperationId, key: str) -> None:
    """Note that the letter with a link was handed to the mail server today."""
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        require_role(work, scope, Permission.DIRECTORY_EDIT)
        facts = work.get(LINK, key)
        if facts is None:
            raise NotVisibleError
        sent_on = scope.as_of.isoformat()
        found = replace(PartnerLink.read(key, facts), sent_on=sent_on)
        work.put(LINK, key, found.written())
        work.audit(AuditEvent.within(scope, "send-letter", found.organization))


def withdraw(store: GraphStore, scope: Scope, operation: OperationId, key: str) -> None:
    """Let a link open nothing any more."""
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        require_role(work, scope, Permission.DIRECTORY_EDIT)
        facts = work.get(LINK, key)
        if facts is None:
            raise NotVisibleError
        found = PartnerLink.read(key, facts)
        if found.state is LinkState.OPEN:
            work.put(LINK, key, replace(found, state=LinkState.WITHDRAWN).written())
            work.audit(AuditEvent.within(scope, "withdraw-link", found.organization))


def listing(store: GraphStore, today: date, key: str) -> Listing:
    """Return what a link opens. What is wrong, used, withdrawn or too old opens nothing."""
    scope = partner_scope(today)
    with store.system() as work:
        facts = work.get(LINK, key)
        if facts is None or not PartnerLink.read(key, facts).opens_on(today):
            raise NotVisibleError
        organization = PartnerLink.read(key, facts).organization
        work.audit(AuditEvent.within(scope, "partner-opened", organization))
    return _listing(store, scope, organization)


def answer(
    store: GraphStore,
    today: date,
    key: str,
    told: tuple[Mapping[str, Mapping[str, str]], str],
) -> None:
    """Keep what a partner says, once, for the coordinator; the directory stays as it is.

    `told` are the texts by record and property, and a note. What is the same is no change.
    """
    shown = listing(store, today, key)
    texts, note = told
    changes = _changes(shown, texts)
    with store.system() as work:
        facts = work.get(LINK, key)
        found = None if facts is None else PartnerLink.read(key, facts)
        if found is None or not found.opens_on(today):
            raise NotVisibleError
        answered = replace(
            found,
            state=LinkState.ANSWERED,
            changes=changes,
            confirmed=not changes,
            note=note[:1000],
            answered_on=today.isoformat(),
        )
        work.put(LINK, key, answered.written())
        scope = partner_scope(today)
        work.audit(AuditEvent.within(scope, "partner-answered", found.organization))


def answered(store: GraphStore, scope: Scope, key: str) -> Sent:
    """Return an answer beside the listing as it is now. Raises NotVisibleError."""
    with store.system() as work:
        facts = work.get(LINK, key)
    if facts is None or PartnerLink.read(key, facts).state is not LinkState.ANSWERED:
        raise NotVisibleError
    found = PartnerLink.read(key, facts)
    with store.directory(scope) as view:
        require_role(view, scope, Permission.DIRECTORY_EDIT)
    shown = _listing(store, scope, found.organization)
    return Sent(link=found, organization=shown.organization, listing=shown)


def decide(
    store: GraphStore,
    scope: Scope,
    operation: OperationId,
    key: str,
    taken: Collection[tuple[str, str]],
) -> None:
    """Take over what was ticked of an answer, as (record, property); the rest is let be.

    The partner said it itself: its listing counts as asked after today.
    """
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        name = require_role(work, scope, Permission.DIRECTORY_EDIT)
        facts = work.get(LINK, key)
        found = None if facts is None else PartnerLink.read(key, facts)
        if found is None:
            raise NotVisibleError
        if found.state is not LinkState.ANSWERED:
            return
        seen = work.around([found.organization])
        for node in _nodes(seen, found.organization):
            work.save(node.with_properties(**_decided(found, node, taken, scope.as_of, name)))
        work.put(LINK, key, replace(found, state=LinkState.DONE).written())
        work.audit(AuditEvent.within(scope, "decide-partner-answer", found.organization))


def _decided(
    found: PartnerLink, node: Node, taken: Collection[tuple[str, str]], today: date, name: str
) -> dict[str, Value | None]:
    told: dict[str, Value | None] = {"verified_on": today.isoformat(), "verified_by": name}
    for fact, value in found.changes.get(node.id, {}).items():
        if (node.id, fact) not in taken:
            continue
        if fact == STOPPED:
            told["valid_to"] = today.isoformat()
        else:
            told[fact] = value or None
    return told


def _listing(store: GraphStore, scope: Scope, organization: NodeId) -> Listing:
    with store.directory(scope) as view:
        seen = view.around([organization])
    found = seen.nodes.get(organization)
    if found is None:
        raise NotVisibleError
    places = [seen.nodes[r.target] for r in seen.of_type("LOCATED_AT")]
    services = [n for n in _nodes(seen, organization)[1:] if not is_over(n, scope.as_of)]
    return Listing(
        organization=found,
        services=tuple(services),
        places=tuple(filter(None, map(_address, places))),
        roles=tuple(text(r.properties, "role") or "" for r in seen.of_type("CONTACT_FOR")),
    )


def _nodes(seen: Subgraph, organization: NodeId) -> list[Node]:
    own = {r.target for r in seen.of_type("PROVIDES") if r.source == organization}
    return [n for key in (organization, *sorted(own)) if (n := seen.nodes.get(key)) is not None]


def _address(place: Node) -> str:
    if flag(place.properties, "masked") is True:
        return ""
    told = (text(place.properties, key) for key in ("address", "postcode", "city"))
    return ", ".join(each for each in told if each)


def _changes(shown: Listing, texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    changes: dict[str, dict[str, str]] = {}
    for node in shown.records:
        told, asked = texts.get(node.id, {}), ASKED[node.label]
        new = {
            name: told[name]
            for name in asked
            if name in told and told[name] != (text(node.properties, name) or "")
        }
        for name, value in new.items():
            if len(value) > asked[name] or (name in REQUIRED and not value):
                raise InvalidInputError("A name must be there, and no text can be that long.")
        if node.label == "Service" and told.get(STOPPED):
            new[STOPPED] = "yes"
        if new:
            changes[node.id] = new
    return changes
