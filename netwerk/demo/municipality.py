"""Puts the demo together, copy by copy."""

from collections.abc import Iterator, Sequence
from datetime import date

from netwerk.demo.advised import add_advices
from netwerk.demo.asked import add_asks
from netwerk.demo.crowd import crowd
from netwerk.demo.draft import Draft, Town
from netwerk.demo.given import add_effort
from netwerk.demo.inhabitants import add_inhabitants
from netwerk.demo.knowing import add_knowledge
from netwerk.demo.partners import add_partners, add_services
from netwerk.demo.past import add_past
from netwerk.demo.places import add_areas
from netwerk.demo.teams import add_acquaintances, add_teams
from netwerk.demo.told import add_stories, add_stories_at_closing
from netwerk.demo.volunteers import add_volunteers
from netwerk.demo.worked import add_work
from netwerk.domain.records import Node, Record, text
from netwerk.schema import load_schema

PER_TOWN = 10_000
"""Persons in one copy of the municipality, when there is more than one."""


def records(*, seed: int, persons: int | None, today: date) -> Iterator[Record]:
    """Yield the demo: every node before the relationships that use it, one copy at a time.

    `persons` is how many Persons there are in all; None, or fewer than the demo itself has, gives
    Helmond as it was written. The same seed, number and day give the same records; all dates are
    so many days before or after `today`, so that the demo is as fresh as that day.
    """
    needs = load_schema().need_nodes()
    yield from needs
    towns = 1 if persons is None else max(1, persons // PER_TOWN)
    for number in range(towns):
        town = Town(number=number, seed=seed, today=today)
        # The first copies take one more each until what does not divide is spent.
        share = 0 if persons is None else persons // towns + (number < persons % towns)
        yield from _municipality(town, needs, share)


def _municipality(town: Town, needs: Sequence[Node], persons: int) -> Iterator[Record]:
    draft = drawn(town, needs)
    if town.number == 0:
        add_past(draft)
        add_stories_at_closing(draft)
    yield from draft.records()
    yield from crowd(draft, persons - draft.persons())


def drawn(town: Town, needs: Sequence[Node]) -> Draft:
    """Return one copy of the municipality, without the crowd."""
    below = tuple(sorted(need.id for need in needs if text(need.properties, "parent")))
    draft = Draft(town=town, needs=below)
    add_areas(draft)
    add_partners(draft)
    add_services(draft)
    add_teams(draft)
    add_knowledge(draft)
    add_acquaintances(draft)
    add_volunteers(draft)
    add_inhabitants(draft)
    add_asks(draft)
    add_work(draft)
    add_effort(draft)
    add_advices(draft)
    add_stories(draft)
    return draft
