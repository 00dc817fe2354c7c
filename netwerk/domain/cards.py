"""What is kept of an item beside the words it is found by: all that a filter or an order asks.

So that hundreds can be judged without reading what is around them. A card is about every day: what
is held on the day of a question, and whom a team knows, is told in `netwerk.graph.listing`. Every
store keeps what this says, in step with the records it is made of.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from netwerk.domain.directory import Service
from netwerk.domain.ids import NodeId
from netwerk.domain.neighbours import Neighbours
from netwerk.domain.records import Node, flag, integer, text, to_json, words
from netwerk.domain.schedule import HERE, Schedule

WHEELCHAIR: Final = ":wheelchair"
FREE: Final = ":free"
Period = tuple[str | None, str | None]
"""From which day, and from which day no more; None: always."""


@dataclass(frozen=True, slots=True)
class Host:
    """An organization that gives it, or that a contact person is of."""

    id: str
    name: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Offered:
    """One service, as the filters see it; of a volunteer with their own languages and room.

    `areas`: in which it is, and where it is given unless that is where its host is. `ages` and
    `has_room` are as far as known; `hours` are lines (`netwerk.domain.hours`).
    """

    held: Period
    needs: tuple[str, ...]
    areas: tuple[str, ...]
    formality: str
    payment: str | None
    languages: tuple[str, ...]
    wheelchair: bool
    has_room: bool
    ages: tuple[int | None, int | None]
    hours: tuple[str, ...]
    open_on_holidays: bool

    @property
    def facts(self) -> tuple[Any, ...]:
        """All of it, in order."""
        return tuple(getattr(self, name) for name in self.__slots__)

    def suits_age(self, age: int) -> bool:
        """Whether someone of this age is meant; no limit suits all."""
        youngest, oldest = self.ages
        return (youngest is None or age >= youngest) and (oldest is None or age <= oldest)


@dataclass(frozen=True, slots=True)
class Card:
    """One item. `held` is when it and all its hosts are; `wheelchair` counts without offers."""

    name: str = ""
    role: str | None = None
    held: Period = (None, None)
    verified_on: str | None = None
    wheelchair: bool = False
    hosts: tuple[Host, ...] = ()
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    offers: tuple[Offered, ...] = ()

    def written(self) -> str:
        """Return the card as a store keeps it."""
        facts = (self.name, self.role, self.held, self.verified_on, self.wheelchair)
        hosts = [(each.id, each.name, each.kind) for each in self.hosts]
        offers = [each.facts for each in self.offers]
        return to_json((*facts, hosts, self.needs, self.areas, offers))

    @property
    def keys(self) -> Iterator[str]:
        """By which facts it is found; some offer has them, on some day."""
        if self.wheelchair:
            yield WHEELCHAIR
        for each in self.offers:
            yield f":formality:{each.formality}"
            yield from (f":language:{code}" for code in each.languages)
            if each.payment:
                yield f":payment:{each.payment}"
            if each.wheelchair:
                yield WHEELCHAIR
            if each.has_room:
                yield FREE
            yield from _open_in(each.hours)


NO_CARD: Final = Card()


def read_card(written: str) -> Card:
    """Read what `Card.written` wrote."""
    *facts, hosts, needs, areas, offers = json.loads(written)
    name, role, held, verified_on, wheelchair = facts
    return Card(
        name,
        role,
        tuple(held),
        verified_on,
        wheelchair,
        tuple(Host(*each) for each in hosts),
        tuple(needs),
        tuple(areas),
        tuple(_offered(*each) for each in offers),
    )


def _offered(held: Any, needs: Any, areas: Any, *facts: Any) -> Offered:
    formality, payment, languages, wheelchair, has_room, ages, hours, on_holidays = facts
    return Offered(
        tuple(held),
        tuple(needs),
        tuple(areas),
        formality,
        payment,
        tuple(languages),
        wheelchair,
        has_room,
        tuple(ages),
        tuple(hours),
        on_holidays,
    )


def open_at(moment: datetime) -> str:
    """Return the key under which is all that can be open at a moment: its weekday and hour."""
    here = moment.astimezone(HERE)
    return f":open:{here.weekday()}-{here.hour}"


def _open_in(hours: Iterable[str]) -> Iterator[str]:
    for line in Schedule.read({"hours": tuple(hours)}).lines:
        days = line.weekdays if line.on is None else (line.on.weekday(),)
        for each in line.hours:
            span = range(each.opens // 60, (each.closes - 1) // 60 + 1)
            yield from (f":open:{day}-{hour}" for day in days for hour in span)


class Cards:
    """Makes cards, from a graph with all around their items."""

    def __init__(self, around: Neighbours) -> None:
        """Take what the items are joined to."""
        self._around = around

    def service(self, node: Node, givers: Sequence[Node]) -> Card:
        """Return the card of a service."""
        offer = self._offered(node, here=True)
        return _card(node, givers, node, offers=(offer,))

    def organization(self, node: Node) -> Card:
        """Return the card of an organization."""
        return self._hosted(node, node, None)

    def contact(self, node: Node, organization: Node, role: str | None) -> Card:
        """Return the card of a contact person."""
        return self._hosted(node, organization, role)

    def volunteer(self, node: Node, services: Sequence[Node], talents: Iterable[str]) -> Card:
        """Return the card of a volunteer."""
        spoken, room = words(node.properties, "languages"), self._has_time(node)
        offers = [
            self._offered(each, here=True, spoken=spoken, room=room) for each in _by_id(services)
        ]
        areas = self._areas([node])
        return _card(node, (), node, needs=_sorted(talents), areas=areas, offers=tuple(offers))

    def _hosted(self, node: Node, host: Node, role: str | None) -> Card:
        located = self._around.targets("LOCATED_AT", host.id)
        services = _by_id(self._around.targets("PROVIDES", host.id))
        return _card(
            node,
            [host],
            host,
            role=role,
            wheelchair=_wheelchair(located),
            areas=self._areas(located),
            offers=tuple(self._offered(each, here=not located) for each in services),
        )

    def _offered(
        self,
        node: Node,
        *,
        here: bool,
        spoken: tuple[str, ...] | None = None,
        room: bool | None = None,
    ) -> Offered:
        """Return a service; `here`: where it is given is where the item is."""
        service, facts = Service.from_node(node), node.properties
        places = self._around.targets("LOCATED_AT", node.id) or [
            place
            for host in self._around.sources("PROVIDES", node.id)
            for place in self._around.targets("LOCATED_AT", host.id)
        ]
        has_room = service.capacity is None or service.capacity > service.load
        return Offered(
            held=_period([node]),
            needs=_sorted(r.target for r in self._around.leaving("ADDRESSES", node.id)),
            areas=self._areas([node, *(places if here else ())]),
            formality=str(service.formality),
            payment=text(facts, "payment"),
            languages=words(facts, "languages") if spoken is None else spoken,
            wheelchair=service.comes_to_you or _wheelchair(places),
            has_room=has_room if room is None else room,
            ages=(service.age_min, service.age_max),
            hours=words(facts, "hours"),
            open_on_holidays=flag(facts, "open_on_holidays") is True,
        )

    def _has_time(self, volunteer: Node) -> bool:
        """Whether a volunteer can help one more, as far as they said how many they can."""
        taken = self._around.leaving("VOLUNTEERS_FOR", volunteer.id)
        loads = [integer(r.properties, "load") or 0 for r in taken]
        most = integer(volunteer.properties, "capacity")
        if most is not None:
            return sum(loads) < most
        limits = [integer(r.properties, "capacity") for r in taken]
        return any(n is None or n > load for n, load in zip(limits, loads, strict=True))

    def _areas(self, nodes: Iterable[Node]) -> tuple[str, ...]:
        return _sorted(r.target for n in nodes for r in self._around.leaving("IN_AREA", n.id))


def _card(node: Node, hosts: Sequence[Node], about: Node, **facts: Any) -> Card:
    name = text(node.properties, "name") or text(node.properties, "alias") or ""
    return Card(
        name=name,
        held=_period([node, *hosts]),
        verified_on=text(about.properties, "verified_on"),
        hosts=tuple(map(_host, _by_id(hosts))),
        **facts,
    )


def _host(node: Node) -> Host:
    facts = node.properties
    return Host(node.id, text(facts, "name") or "", text(facts, "kind"))


def _wheelchair(places: Iterable[Node]) -> bool:
    return any(flag(each.properties, "wheelchair") is True for each in places)


def _period(nodes: Iterable[Node]) -> Period:
    """Return when all of these are held."""
    facts = [each.properties for each in nodes]
    starts = [start for each in facts if (start := text(each, "valid_from")) is not None]
    ends = [end for each in facts if (end := text(each, "valid_to")) is not None]
    return max(starts, default=None), min(ends, default=None)


def _by_id(nodes: Iterable[Node]) -> list[Node]:
    every: dict[NodeId, Node] = {each.id: each for each in nodes}
    return [every[key] for key in sorted(every)]


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
