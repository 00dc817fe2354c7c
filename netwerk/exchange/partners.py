"""Rows of a sheet as drafts: an organization with its place, its contact person and its offers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from netwerk.domain.comparing import plain
from netwerk.domain.directory import Formality
from netwerk.domain.drafts import MOST_DRAFTS, Draft, Problem, join, made_id
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.records import Node, Properties, Record, Value
from netwerk.exchange.cells import Row
from netwerk.exchange.checks import Checks
from netwerk.exchange.checks import Wrong as _Wrong
from netwerk.exchange.places import Neighbourhoods, point_of

LIST: Final = "lijst"
"""The source of what came in a sheet that names none."""
_ORGANIZATION: Final = (
    *("name", "alternate_names", "kind", "description", "url", "email", "phone"),
    *("source", "source_id", "verified_on", "valid_to"),
)
_SERVICE: Final = (
    *("formality", "delivery", "capacity", "load", "age_min", "age_max", "languages"),
    *("schedule", "hours", "cost", "payment", "how_to_apply", "audience"),
)
_LOCATION: Final = ("postcode", "city", "masked", "wheelchair", "accessibility")
_ADDRESS: Final = ("street", "house_number", "house_letter", "house_addition")
_INFORMAL: Final = frozenset({"civic_initiative", "church", "mosque", "sports_club"})
_OWN_PART: Final = ("service", "contact_name", "contact_role", "contact_phone", "contact_email")
_CODED: Final = frozenset({"kind", "contact_role", "needs", "formality", "delivery", "payment"})
"""What is not kept as it was typed, so that nobody would know their row by it."""
_HOLDING: Final = 1_000
"""Problems of one row that are told; a file with more of them is wrong altogether."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a sheet is read: which cell says what, what holds for every row, which rows count.

    `only`: the municipality whose rows are read; empty: all. `only_new`: what is taken of a partner
    that is new, and never put in the place of what somebody wrote here.
    """

    columns: tuple[tuple[int, str], ...]
    headings: tuple[str, ...]
    checks: Checks
    areas: Neighbourhoods
    constants: Mapping[str, str] = field(default_factory=dict)
    only_new: frozenset[str] = frozenset()
    only: str = ""


@dataclass(slots=True)
class _Partner:
    """A partner in the making: what the rows say of it so far."""

    key: NodeId
    row: int
    title: str
    records: dict[str, Record] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    claims: dict[NodeId, NodeId] = field(default_factory=dict)
    first_only: set[RelationshipId] = field(default_factory=set)
    replaced: list[tuple[str, NodeId]] = field(default_factory=list)
    defaults: dict[str, Properties] = field(default_factory=dict)

    def node(self, label: str, key: NodeId, facts: Mapping[str, Value], claim: str = "") -> bool:
        """Add a node unless it is there, and say whether it was not; what is there stays."""
        known = self.records.get(f"node {key}")
        if known is not None:
            return False
        self.records[f"node {key}"] = Node(label=label, id=key, properties=facts)
        if claim:
            self.claims[key] = NodeId(claim)
        return True

    def link(self, kind: str, source: NodeId, target: NodeId, *, first_only: bool = False) -> None:
        """Join two nodes."""
        made = join(kind, source, target)
        self.records.setdefault(f"link {made.id}", made)
        if first_only:
            self.first_only.add(made.id)

    def draft(self) -> Draft:
        """Return it as it is by now, nodes first."""
        nodes = [r for r in self.records.values() if isinstance(r, Node)]
        links = [r for r in self.records.values() if not isinstance(r, Node)]
        return Draft(
            key=self.key,
            row=self.row,
            title=self.title,
            records=(*nodes, *links),
            problems=tuple(self.problems),
            claims=self.claims,
            first_only=frozenset(self.first_only),
            replaced=tuple(self.replaced),
            defaults=self.defaults,
        )


def drafts(rows: Iterable[Row], reading: Reading) -> list[Draft]:
    """Return a draft for every partner of the rows, in their order. Raises InvalidInputError.

    Rows about the same partner become one draft: by number at the source, else by name and
    postcode. A row without a name goes on with the partner above it, as merged cells do.
    """
    return _Sheet(reading).read(rows)


class _Sheet:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._partners: dict[NodeId, _Partner] = {}
        self._wrong: list[Draft] = []
        self._last: _Partner | None = None

    def read(self, rows: Iterable[Row]) -> list[Draft]:
        for row in rows:
            self._row(row)
            if len(self._partners) + len(self._wrong) > MOST_DRAFTS:
                raise InvalidInputError(
                    "There are more than %(most)s partners in this file. Choose one municipality,"
                    " or bring it in by parts.",
                    most=MOST_DRAFTS,
                )
        every = [*(each.draft() for each in self._partners.values()), *self._wrong]
        return sorted(every, key=lambda draft: draft.row)

    def _row(self, row: Row) -> None:
        raw = {
            key: row.cells[place]
            for place, key in self._reading.columns
            if place < len(row.cells) and row.cells[place].strip()
        }
        only = self._reading.only
        if not raw or (only and plain(raw.get("municipality", "")) != plain(only)):
            return
        facts, problems = self._values(row.number, {**self._reading.constants, **raw})
        partner = self._partner(row.number, facts, problems)
        if partner is None:
            return
        partner.problems.extend(problems[:_HOLDING])
        self._last = partner
        location = _add_location(partner, facts, self._reading.areas)
        _add_contact(partner, facts)
        _add_service(partner, facts, location)

    def _values(
        self, number: int, raw: Mapping[str, str]
    ) -> tuple[dict[str, Value], list[Problem]]:
        facts: dict[str, Value] = {}
        problems: list[Problem] = []
        for key, cell in raw.items():
            try:
                facts[key] = self._reading.checks.read(key, cell)
            except _Wrong as wrong:
                problems.append(self._problem(number, key, wrong))
                if wrong.kept is not None:
                    facts[key] = wrong.kept
        return facts, problems

    def _partner(
        self, number: int, facts: dict[str, Value], problems: list[Problem]
    ) -> _Partner | None:
        if not facts.get("name"):
            return self._continued(number, facts, problems)
        facts["name"] = " ".join(str(facts["name"]).split())
        source = str(facts.setdefault("source", LIST))
        code = str(facts.get("source_id") or "")
        told = (
            (source, code) if code else (plain(str(facts["name"])), str(facts.get("postcode", "")))
        )
        claim = str(facts.get("id") or "")
        key = made_id("o", "id", claim) if claim else made_id("o", *told)
        known = self._partners.get(key)
        if known is None:
            known = _Partner(key, number, str(facts["name"]))
            self._partners[key] = known
            later = self._reading.only_new
            about = _of(facts, _ORGANIZATION)
            known.node("Organization", key, {k: about[k] for k in about if k not in later}, claim)
            known.defaults[key] = {k: about[k] for k in about if k in later}
        elif not any(facts.get(each) for each in _OWN_PART):
            wrong = _Wrong("This partner stands in an earlier row too. The first row counts.")
            problems.append(self._problem(number, "name", wrong))
        return known

    def _continued(
        self, number: int, facts: Mapping[str, Value], problems: list[Problem]
    ) -> _Partner | None:
        if self._last is not None and any(facts.get(each) for each in _OWN_PART):
            wrong = _Wrong("There is no name in this row. It was read as more about the row above.")
            problems.append(self._problem(number, "name", wrong))
            return self._last
        self._last = None
        wrong = _Wrong("There is no name in this row.")
        fatal = self._problem(number, "name", wrong, fatal=True)
        typed = (str(value) for key, value in facts.items() if key not in _CODED)
        title = next(typed, "")[:80]
        self._wrong.append(
            Draft(
                key=made_id("o", "row", str(number)),
                row=number,
                title=title,
                records=(),
                problems=(fatal, *problems),
            )
        )
        return None

    def _problem(self, number: int, key: str, wrong: _Wrong, *, fatal: bool = False) -> Problem:
        places = {each: self._reading.headings[place] for place, each in self._reading.columns}
        return Problem(
            row=number,
            column=places.get(key, ""),
            reason=wrong.reason,
            suggestion=wrong.suggestion,
            fatal=fatal,
        )


def _of(facts: Mapping[str, Value], keys: Sequence[str]) -> dict[str, Value]:
    return {key: facts[key] for key in keys if facts.get(key) not in (None, "", [])}


def _address(facts: Mapping[str, Value]) -> str:
    if facts.get("address"):
        number = str(facts.get("house_number", ""))
        whole = str(facts["address"])
        return whole if not number or number in whole else f"{whole} {number}"
    street, number, letter, more = (str(facts.get(each, "")) for each in _ADDRESS)
    addition = f"-{more}" if more.isdigit() else more
    return f"{street} {number}{letter}{addition}".strip() if street else ""


def _add_location(
    partner: _Partner, facts: Mapping[str, Value], areas: Neighbourhoods
) -> NodeId | None:
    told = _of(facts, _LOCATION)
    if address := _address(facts):
        told["address"] = address
    if facts.get("location_name"):
        told["name"] = facts["location_name"]
    at = _point(facts)
    if at is not None:
        told["point"] = list(at)
    if not told:
        return None
    claim = str(facts.get("location_id") or "")
    key = made_id("l", "id", claim) if claim else made_id("l", partner.key)
    told["source"] = facts.get("source") or LIST
    if partner.node("Location", key, told, claim):
        if not facts.get("service") or not claim:
            partner.link("LOCATED_AT", partner.key, key, first_only=bool(facts.get("service")))
        area = None if at is None else areas.at(*at)
        if area is not None:
            partner.link("IN_AREA", key, area, first_only=True)
    return key


def _point(facts: Mapping[str, Value]) -> tuple[float, float] | None:
    lon, lat = facts.get("lon"), facts.get("lat")
    if isinstance(lon, float) and isinstance(lat, float):
        return point_of(lon, lat)
    return None


def _add_contact(partner: _Partner, facts: Mapping[str, Value]) -> None:
    told = {
        key: facts[f"contact_{key}"]
        for key in ("role", "phone", "email")
        if facts.get(f"contact_{key}")
    }
    name = str(facts.get("contact_name") or "")
    if not name and not told.keys() & {"phone", "email"}:
        return
    claim = str(facts.get("contact_id") or "")
    called = name or str(told.get("role", "contact"))
    key = made_id("c", "id", claim) if claim else made_id("c", partner.key, plain(called))
    about: dict[str, Value] = {"name": name} if name else {}
    partner.node("Person", key, {**about, "source": facts.get("source") or LIST}, claim)
    made = join("CONTACT_FOR", key, partner.key, **told)
    partner.defaults[made.id] = {"role": "contact"}
    if not name:
        partner.defaults[key] = {"name": "contactpersoon"}
    partner.records.setdefault(f"link {made.id}", made)


def _add_service(partner: _Partner, facts: Mapping[str, Value], location: NodeId | None) -> None:
    name = str(facts.get("service") or "")
    if not name:
        return
    claim = str(facts.get("service_id") or "")
    key = made_id("s", "id", claim) if claim else made_id("s", partner.key, plain(name))
    about: dict[str, Value] = {"name": name, **_of(facts, _SERVICE)}
    if facts.get("service_description"):
        about["description"] = facts["service_description"]
    partner.defaults[key] = {"formality": _formality(partner)}
    about["source"] = facts.get("source") or LIST
    partner.node("Service", key, about, claim)
    partner.link("PROVIDES", partner.key, key)
    if location is not None and about.get("delivery", "on_site") == "on_site":
        partner.link("LOCATED_AT", key, location)
    needs = facts.get("needs")
    if isinstance(needs, list) and needs:
        partner.replaced.append(("ADDRESSES", key))
        for need in needs:
            partner.link("ADDRESSES", key, NodeId(need))


def _formality(partner: _Partner) -> str:
    """Return how formal an offer is where the file does not say: by who offers it."""
    organization = partner.records[f"node {partner.key}"]
    informal = organization.properties.get("kind") in _INFORMAL
    return Formality.INFORMAL.value if informal else Formality.GENERAL.value
