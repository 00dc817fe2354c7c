"""The parts of a document that we understand: how each is read, and written anew.

A record that came from elsewhere keeps its document. Each part of that stays as it came for as
long as it says the same as our record: only what was changed here is written anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from netwerk.domain.records import Value
from netwerk.exchange.hsds import hours
from netwerk.exchange.hsds.standard import Row, content
from netwerk.exchange.hsds.terms import Terms

LINKED: Final = frozenset({"contacts", "places", "needs", "areas", "served", "parent", "closed"})
"""What a document says that is no property, but a relationship, or follows from one."""
UNKNOWN: Final = "onbekend"
NO_DESCRIPTION: Final = "Geen omschrijving."
"""What we write where a column must be filled and we have nothing."""
Fits = Callable[[str, Value], bool]
"""Whether one of our properties may have a value."""
Facts = Mapping[str, Value | None]
"""Properties of ours; None: the document says that there is none."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some keys of a document. `read` returns what they say, in our words.

    `merge` writes the keys of a fresh document into one that came from elsewhere.
    """

    keys: tuple[str, ...]
    read: Callable[[Row], Facts]
    merge: Callable[[Row, Row], None] | None = None

    def is_told(self, document: Row) -> bool:
        """Whether a document has any of the keys."""
        return any(key in document for key in self.keys)

    def write(self, document: Row, fresh: Row) -> None:
        """Let a document say what the fresh one says."""
        if self.merge is not None:
            self.merge(document, fresh)
            return
        for key in self.keys:
            document.pop(key, None)
            if key in fresh:
                document[key] = fresh[key]


def parts_of(table: str, terms: Terms) -> list[Part]:
    """Return the parts of the documents of a table: organization, service or location."""
    named = content()["fields"][table]
    found = [
        *(_text(column, name) for column, name in named.get("columns", {}).items()),
        *(_text(column, name) for column, name in named.get("uris", {}).items()),
        *(_text(column, name) for column, name in named.get("dates", {}).items()),
        *(_number(column, name) for column, name in named.get("numbers", {}).items()),
        *(_first(column, name) for column, name in named.get("first", {}).items()),
        Part(keys=("attributes",), read=_attributes(table, terms), merge=_merge_attributes(terms)),
    ]
    if named.get("phone"):
        found.append(Part(keys=("phones",), read=_phone, merge=_merge_first("phones")))
    return [*_special(table, terms), *found]


def overlaid(came: Row, fresh: Row, parts: Sequence[Part], fits: Fits) -> Row:
    """Return a document as it came, with what was changed here since.

    A value that does not fit here was never ours to change.
    """
    document = dict(came)
    for part in parts:
        then = {k: v for k, v in part.read(came).items() if v is not None and fits(k, v)}
        quiet = _QUIET - set(then)
        now = {k: v for k, v in part.read(fresh).items() if v is not None and k not in quiet}
        if then != now:
            part.write(document, fresh)
    return document


_QUIET = frozenset({"source", "source_id", "valid_from", "valid_to", "areas", "payment"})
"""What we note of a record by ourselves, or read elsewhere: not told where it was not."""


def _text(column: str, name: str) -> Part:
    def read(document: Row) -> Facts:
        value = document.get(column)
        told = isinstance(value, str) and value.strip() and value != NO_DESCRIPTION
        return {name: value if told else None}

    return Part(keys=(column,), read=read)


def _number(column: str, name: str) -> Part:
    def read(document: Row) -> Facts:
        value = document.get(column)
        whole = isinstance(value, int | float) and not isinstance(value, bool)
        return {name: int(value) if whole and float(value).is_integer() else None}  # type: ignore[arg-type]

    return Part(keys=(column,), read=read)


def _first(column: str, name: str) -> Part:
    def read(document: Row) -> Facts:
        value = document.get(column)
        return {name: [value] if isinstance(value, str) and value.strip() else None}

    return Part(keys=(column,), read=read)


def listed(document: Row, key: str) -> list[Row]:
    """Return the rows below a key; none where it is something else."""
    found = document.get(key)
    if not isinstance(found, list):
        return []
    return [each for each in found if isinstance(each, dict)]


def _phone(document: Row) -> Facts:
    numbers = (each.get("number") for each in listed(document, "phones"))
    return {"phone": next((n for n in numbers if isinstance(n, str) and n.strip()), None)}


def _attributes(table: str, terms: Terms) -> Callable[[Row], Facts]:
    told = content()["attributes"][table]
    by_vocabulary = {vocabulary: name for name, vocabulary in told["vocabularies"].items()}

    def read(document: Row) -> Facts:
        found: dict[str, Value | None] = {}
        several: dict[str, list[str]] = {"needs": [], "areas": []}
        attributes = listed(document, "attributes")
        for meaning in filter(None, map(terms.meaning, attributes)):
            vocabulary, value = meaning
            if vocabulary in several:
                several[vocabulary].append(value)
            elif vocabulary in by_vocabulary:
                found[by_vocabulary[vocabulary]] = value
        for name, value in filter(None, map(terms.value, attributes)):
            if name in told["values"]:
                found[name] = _unwritten(name, value)
        found |= {name: sorted(codes) for name, codes in several.items() if codes}
        if table == "service":
            found.setdefault("formality", "general")
        return found

    return read


def _unwritten(name: str, value: str) -> Value:
    if name == "load" and value.isdigit():
        return int(value)
    return value == "true" if value in {"true", "false"} else value


def _merge_attributes(terms: Terms) -> Callable[[Row, Row], None]:
    def ours(each: Row) -> bool:
        return terms.meaning(each) is not None

    def merge(document: Row, fresh: Row) -> None:
        theirs = [each for each in listed(document, "attributes") if not ours(each)]
        document["attributes"] = [*theirs, *listed(fresh, "attributes")]

    return merge


def _merge_first(key: str) -> Callable[[Row, Row], None]:
    def merge(document: Row, fresh: Row) -> None:
        document[key] = [*listed(fresh, key), *listed(document, key)[1:]]
        if not document[key]:
            del document[key]

    return merge


def _merge_places(document: Row, fresh: Row) -> None:
    """Keep what both have as it came; what is not there any more goes."""
    key = "service_at_locations"
    came = {each.get("id"): each for each in listed(document, key)}
    document[key] = [came.get(each["id"], each) for each in listed(fresh, key)]


def _contacts(terms: Terms) -> Callable[[Row], Facts]:
    def read(document: Row) -> Facts:
        return {"contacts": sorted(contact_facts(each, terms) for each in named_contacts(document))}

    return read


def _merge_contacts(terms: Terms) -> Callable[[Row, Row], None]:
    """Keep whom both name as they came; who is no contact any more is not named."""

    def merge(document: Row, fresh: Row) -> None:
        came = {each.get("id"): each for each in listed(document, "contacts")}
        kept = [each for each in came.values() if not each.get("name")]
        for each in listed(fresh, "contacts"):
            known = came.get(each["id"], each)
            same = contact_facts(known, terms) == contact_facts(each, terms)
            kept.append(known if same else each)
        document["contacts"] = kept

    return merge


def named_contacts(document: Row) -> list[Row]:
    """Return the contacts that are somebody; the others are a desk or a department."""
    return [each for each in listed(document, "contacts") if each.get("name")]


def contact_facts(contact: Row, terms: Terms) -> list[str]:
    """Return [id, name, role, email, phone] of a contact; what is not told is empty."""
    role, phone = terms.role(contact.get("title")), _phone(contact)["phone"]
    told = (contact.get("id"), str(contact.get("name") or "")[:200], role)
    short = (_short(contact.get("email"), 300), _short(phone, 40))
    return [str(each) if each else "" for each in (*told, *short)]


def _short(value: object, most: int) -> object:
    return value if isinstance(value, str) and len(value) <= most else None


def _status(document: Row) -> Facts:
    return {"closed": document.get("status") != "active"}


def _capacity(document: Row) -> Facts:
    for each in listed(document, "capacities"):
        most, free = each.get("maximum"), each.get("available")
        if isinstance(most, int) and isinstance(free, int):
            return {"capacity": most, "load": max(0, most - free) or None}
    return {"capacity": None}


def _cost(terms: Terms) -> Callable[[Row], Facts]:
    def read(document: Row) -> Facts:
        options = listed(document, "cost_options")
        amounts = [each["amount"] for each in options if "amount" in each]
        if amounts:
            return {"payment": "free" if all(amount == 0 for amount in amounts) else "paid"}
        ways = [terms.payment(each.get("option")) for each in options]
        told = next((way for way in ways if way is not None), None)
        return {} if told is None else {"payment": told}

    return read


def _languages(document: Row) -> Facts:
    codes = [each.get("code") for each in listed(document, "languages")]
    short = [code for code in codes if isinstance(code, str) and 2 <= len(code) <= 3]
    return {"languages": short or None}


def _schedules(document: Row) -> Facts:
    rows = listed(document, "schedules")
    return {"hours": hours.lines(rows), "schedule": hours.told(rows)}


def _places(document: Row) -> Facts:
    ids = [str(each.get("id")) for each in listed(document, "service_at_locations")]
    return {"places": sorted(ids)}


def _point(document: Row) -> Facts:
    lon, lat = document.get("longitude"), document.get("latitude")
    for each, most in ((lon, 180), (lat, 90)):
        if not isinstance(each, int | float) or isinstance(each, bool) or abs(each) > most:
            return {"point": None}
    return {"point": [float(lon), float(lat)]}  # type: ignore[arg-type]


def _address(document: Row) -> Facts:
    first = next(iter(listed(document, "addresses")), {})
    columns = {"address_1": "address", "postal_code": "postcode", "city": "city"}
    told = {name: first.get(column) for column, name in columns.items()}
    return {name: value if value not in ("", UNKNOWN) else None for name, value in told.items()}


def _access(document: Row) -> Facts:
    first = next(iter(listed(document, "accessibility")), {})
    return {"accessibility": first.get("description") or None}


def _parent(terms: Terms) -> Callable[[Row], Facts]:
    def read(document: Row) -> Facts:
        above = str(document.get("parent_organization_id"))
        return {"parent": above if terms.is_organization(above) else None}

    return read


def _areas(terms: Terms) -> Callable[[Row], Facts]:
    def read(document: Row) -> Facts:
        codes = [str(each.get("extent")) for each in listed(document, "service_areas")]
        return {"served": sorted(code for code in codes if terms.is_area(code))}

    return read


def _merge_areas(terms: Terms) -> Callable[[Row, Row], None]:
    def merge(document: Row, fresh: Row) -> None:
        rows = listed(document, "service_areas")
        theirs = [each for each in rows if not terms.is_area(each.get("extent"))]
        document["service_areas"] = [*theirs, *listed(fresh, "service_areas")]

    return merge


def _special(table: str, terms: Terms) -> list[Part]:
    if table == "organization":
        return [
            Part(keys=("contacts",), read=_contacts(terms), merge=_merge_contacts(terms)),
            Part(keys=("parent_organization_id",), read=_parent(terms)),
        ]
    if table == "location":
        return [
            Part(keys=("latitude", "longitude"), read=_point),
            Part(keys=("addresses",), read=_address, merge=_merge_first("addresses")),
            Part(keys=("accessibility",), read=_access, merge=_merge_first("accessibility")),
        ]
    return [
        Part(keys=("status",), read=_status),
        Part(keys=("capacities",), read=_capacity, merge=_merge_first("capacities")),
        Part(keys=("cost_options",), read=_cost(terms), merge=_merge_first("cost_options")),
        Part(keys=("languages",), read=_languages),
        Part(keys=("schedules",), read=_schedules),
        Part(keys=("service_at_locations",), read=_places, merge=_merge_places),
        Part(keys=("service_areas",), read=_areas(terms), merge=_merge_areas(terms)),
    ]
