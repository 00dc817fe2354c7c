"""Which rows an interface is asked for: the filters of HSDS 3.1 and of ORUK 3.0.

What is not known of a service does not meet a filter on it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from netwerk.domain.geometry import distance
from netwerk.domain.hours import DAYS
from netwerk.domain.records import Node, Point, Relationship, flag, integer, point, text, words
from netwerk.domain.schedule import Schedule
from netwerk.exchange.hsds.giving import Public
from netwerk.exchange.hsds.naming import id_of
from netwerk.exchange.hsds.parts import listed
from netwerk.exchange.hsds.standard import Row

Placed = tuple[Relationship, Node, Node]
"""What joins a service to a place, the service, the place."""
_SEARCHED: Final = ("name", "description", "audience", "how_to_apply")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked; None asks for nothing. Times are minutes after midnight, days mo to su.

    `modified` says for a record when it was changed last; one that is not in it always counts.
    """

    search: str | None = None
    taxonomy_term_id: str | None = None
    taxonomy_id: str | None = None
    organization_id: str | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    day: str | None = None
    start: int | None = None
    end: int | None = None
    postcode: str | None = None
    proximity: float | None = None
    modified_after: str | None = None
    modified: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks_terms(self) -> bool:
        """Whether terms count."""
        return self.taxonomy_term_id is not None or self.taxonomy_id is not None

    @property
    def asks_hours(self) -> bool:
        """Whether opening hours count."""
        return self.day is not None or self.start is not None or self.end is not None


def services(public: Public, wanted: Wanted) -> list[Node]:
    """Return the services that meet what is asked, by name."""
    return in_order(n for n in public.services() if _is_wanted(public, n, wanted))


def places(public: Public, wanted: Wanted) -> list[Placed]:
    """Return the services at the places that meet what is asked, by name and place."""
    centre = _centre(public, wanted.postcode)
    return [
        (link, service, place)
        for service in services(public, wanted)
        for link, place in public.places(service)
        if wanted.postcode is None or _is_near(place, wanted, centre)
    ]


def organizations(public: Public, wanted: Wanted) -> list[Node]:
    """Return the organizations that meet what is asked, by name."""
    found = (n for n in public.organizations() if _says(n, wanted.search))
    if not wanted.asks_terms:
        return in_order(found)
    return in_order(
        n
        for n in found
        if any(_has_term(public, each, wanted) for each in (n, *public.offered_by(n)))
    )


def terms(public: Public) -> dict[str, Row]:
    """Return every term that is told, by id, each with its taxonomy where that is known."""
    found = {key: public.terms.full(key) for key in public.terms.terms}
    for node in (*public.organizations(), *public.services()):
        for each in _terms(public, node):
            found.setdefault(str(each.get("id")), dict(each))
    return found


def taxonomies(public: Public) -> dict[str, Row]:
    """Return every taxonomy that is told, by id."""
    found = {row["id"]: row for row in public.terms.taxonomies.values()}
    for term in terms(public).values():
        detail = term.get("taxonomy_detail")
        if isinstance(detail, dict):
            found.setdefault(str(detail.get("id")), detail)
    return found


def in_order(nodes: Iterator[Node]) -> list[Node]:
    """Return nodes by name, then id: pages then never overlap."""
    return sorted(nodes, key=lambda n: ((text(n.properties, "name") or "").casefold(), n.id))


def _is_wanted(public: Public, node: Node, wanted: Wanted) -> bool:
    provider = public.provider(node)
    if wanted.organization_id is not None and (
        provider is None or id_of(provider) != wanted.organization_id
    ):
        return False
    after = wanted.modified_after
    if after is not None and wanted.modified.get(node.id, after) < after:
        return False
    return (
        _says(node, wanted.search, *_words_of(public, node))
        and _suits(node, wanted)
        and (not wanted.asks_hours or _is_open(node, wanted))
        and (not wanted.asks_terms or _has_term(public, node, wanted))
    )


def _words_of(public: Public, service: Node) -> Iterator[str]:
    provider = public.provider(service)
    if provider is not None:
        yield text(provider.properties, "name") or ""
    for need in public.needs(service):
        facts = public.graph.nodes[need].properties
        yield text(facts, "label_nl") or ""
        yield text(facts, "label_en") or ""
        yield from words(facts, "synonyms_nl")


def _says(node: Node, search: str | None, *more: str) -> bool:
    if search is None:
        return True
    told = " ".join([*(text(node.properties, name) or "" for name in _SEARCHED), *more])
    return all(word in told.casefold() for word in search.casefold().split())


def _suits(node: Node, wanted: Wanted) -> bool:
    low, high = integer(node.properties, "age_min"), integer(node.properties, "age_max")
    old = wanted.minimum_age is None or (low is not None and low >= wanted.minimum_age)
    return old and (wanted.maximum_age is None or (high is not None and high <= wanted.maximum_age))


def _is_open(node: Node, wanted: Wanted) -> bool:
    for line in Schedule.read(node.properties).lines:
        days = {DAYS[each] for each in line.weekdays}
        days |= set() if line.on is None else {DAYS[line.on.weekday()]}
        if wanted.day is not None and wanted.day not in days:
            continue
        for each in line.hours:
            starts = wanted.start is None or each.opens >= wanted.start
            if starts and (wanted.end is None or each.closes <= wanted.end):
                return True
    return False


def _has_term(public: Public, node: Node, wanted: Wanted) -> bool:
    for term in _terms(public, node):
        detail = term.get("taxonomy_detail")
        of = detail.get("id") if isinstance(detail, dict) else term.get("taxonomy_id")
        if wanted.taxonomy_term_id not in (None, term.get("id")):
            continue
        if wanted.taxonomy_id in (None, of):
            return True
    return False


def _terms(public: Public, node: Node) -> Iterator[Mapping[str, Any]]:
    for attribute in listed(public.document(node), "attributes"):
        term = attribute.get("taxonomy_term")
        if isinstance(term, dict):
            yield term


def _centre(public: Public, postcode: str | None) -> Point | None:
    """Return the middle of our own places with a postcode: nobody's home is looked up."""
    if postcode is None:
        return None
    every = [n for n in public.graph.labelled("Location") if _has_postcode(n, postcode)]
    found = [at for at in (point(n.properties) for n in every) if at is not None]
    if not found:
        return None
    return sum(at[0] for at in found) / len(found), sum(at[1] for at in found) / len(found)


def _is_near(place: Node, wanted: Wanted, centre: Point | None) -> bool:
    if wanted.proximity is None:
        return _has_postcode(place, wanted.postcode or "")
    at = None if flag(place.properties, "masked") is True else point(place.properties)
    if at is None or centre is None:
        return False
    return distance(centre, at) <= wanted.proximity


def _has_postcode(place: Node, postcode: str) -> bool:
    if flag(place.properties, "masked") is True:
        return False
    told = (text(place.properties, "postcode") or "").replace(" ", "").upper()
    return told != "" and told.startswith(postcode)
