"""Organizations: the real schools, invented partners, who to ask for there, and what they offer."""

from random import Random
from typing import Any
from zlib import crc32

from netwerk.demo import naming, opening, places, sources
from netwerk.demo.draft import Draft, Offer, Partner
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Value

INVENTED = " (verzonnen)"
_TWICE = (
    ("zwaluw", "De Boerenzwaluw"),
    ("jozef", "Parochie St. Jozef"),
    ("tafel", "Aan tafel in Brouwhuis"),
)


def add_partners(draft: Draft) -> None:
    """Add the organizations with their places and contact persons."""
    random = draft.town.random("partners")
    draft.called.update(name for _, name in sources.partners()["contacts"].values())
    for row in sources.schools():
        _add_school(draft, random, row)
    for row in sources.partners()["organizations"]:
        _add_invented(draft, random, row)
    _add_twice(draft)


def _add_twice(draft: Draft) -> None:
    """List three partners a second time, as an old list had them: they are to be put together."""
    for number, (key, name) in enumerate(_TWICE):
        made = draft.node(
            "Organization",
            f"dubbel-{number}",
            kind=draft.partners[key].kind,
            name=name + INVENTED,
            email=f"{key}@voorbeeld.example",
            source="oude lijst",
            verified_on=draft.town.ago(400 + number),
        )
        draft.link("LOCATED_AT", made, draft.town.id(f"l-{key}"))


def _add_school(draft: Draft, random: Random, row: Any) -> None:
    key = row["vestigingscode"]
    number = row["huisnummer"] + row["huisletter"] + row["huisnummertoevoeging"]
    at = (float(row["lon"]), float(row["lat"]))
    made = draft.node(
        "Organization",
        key,
        kind="school",
        name=" ".join(row["naam"].split()),
        description=f"{row['type']}, {row['denominatie']}, {row['leerlingen']} leerlingen",
        url=row["internetadres"] or None,
        source="DUO",
        source_id=key,
        verified_on=_verified(draft, random),
    )
    address = f"{row['straat']} {number}"
    location = places.add_location(
        draft,
        f"l-{key}",
        at,
        address=address,
        postcode=row["postcode"],
        city=row["plaats"].title(),
    )
    draft.link("LOCATED_AT", made, location)
    _know(draft, random, key=key, kind="school", name=row["naam"], at=at)


def _add_invented(draft: Draft, random: Random, row: Any) -> None:
    key = row["key"]
    host = draft.partners.get(row.get("at", ""))
    at = host.at if host else places.spot(random, row["buurt"])
    made = draft.node(
        "Organization",
        key,
        kind=row["kind"],
        name=row["name"] + INVENTED,
        description="Verzonnen voor de demo.",
        source="demo",
        source_id=key,
        email=f"{key}@voorbeeld.example",
        verified_on=_verified(draft, random),
    )
    if host:
        location = draft.town.id(f"l-{host.key}")
    else:
        facts = {"name": row["name"], "city": "Helmond", "wheelchair": _level(key)}
        location = places.add_location(draft, f"l-{key}", at, **facts)
    draft.link("LOCATED_AT", made, location)
    _know(draft, random, key=key, kind=row["kind"], name=row["name"], at=at)


def _level(key: str) -> bool | None:
    """Whether one can come in with a wheelchair; of some places nobody asked yet."""
    return {0: False, 1: None}.get(crc32(key.encode()) % 6, True)


def _know(draft: Draft, random: Random, **of: Any) -> None:
    """Remember an organization, with somebody to ask for."""
    data = sources.partners()
    known = data["contacts"].get(of["key"])
    culture = "ma" if of["kind"] == "mosque" else "nl"
    key, name = known or (f"ct-{of['key']}", naming.own_name(random, culture, draft.called))
    contact = draft.node("Person", key, name=name, languages=naming.languages(culture))
    organization = draft.town.id(of["key"])
    draft.link("CONTACT_FOR", contact, organization, role=data["contact_role"][of["kind"]])
    draft.partners[of["key"]] = Partner(
        id=organization, buurt=places.buurt_at(*of["at"]), contact=contact, **of
    )


def add_services(draft: Draft) -> None:
    """Add what the organizations offer; no need of the taxonomy stays without an offer."""
    random = draft.town.random("services")
    for number, row in enumerate(sources.services()):
        for partner in _givers(draft, row):
            _add_service(draft, random, row, partner, f"s-{number:02d}-{partner.key}")
    met = {n for offer in draft.offers if offer.formality != "specialist" for n in offer.needs}
    welfare = _of_kind(draft, "welfare")
    for number, need in enumerate(sorted(set(draft.needs) - met)):
        row = dict(_WALK_IN, needs=[need])
        giver = welfare[number % len(welfare)]
        _add_service(draft, random, row, giver, f"s-vraag-{number:02d}")


_WALK_IN = {
    "name": "Vraagwijzer, inloop bij {plek}",
    "formality": "general",
    "delivery": "on_site",
    "schedule": "op werkdagen 9 tot 12 uur",
    "cost": "gratis",
    "how_to_apply": "Loop binnen.",
    "capacity": 0,
    "age_min": None,
    "age_max": None,
}


def _of_kind(draft: Draft, kind: str) -> list[Partner]:
    return [p for p in draft.partners.values() if p.kind == kind]


def _givers(draft: Draft, row: Any) -> list[Partner]:
    named = draft.partners.get(row["at"])
    if named:
        return [named]
    every = _of_kind(draft, row["at"])
    if any(need.startswith("social.") for need in row["needs"]):
        # De Terp leaves meeting people to its residents' group, whom team Noord has yet to meet.
        every = [p for p in every if p.key != "terp"]
    return every[: row["most"]]


def _add_service(
    draft: Draft, random: Random, row: dict[str, Any], partner: Partner, key: str
) -> None:
    name = row["name"].replace("{plek}", partner.name.removeprefix("Wijkhuis "))
    needs = tuple(need for need in row["needs"] if need in draft.needs)
    made = draft.node(
        "Service",
        key,
        name=name,
        **{k: row[k] for k in ("formality", "delivery", "schedule", "cost", "how_to_apply")},
        age_min=row["age_min"],
        age_max=row["age_max"],
        **_room(random, row["capacity"]),
        hours=opening.hours(row["schedule"]),
        payment=opening.payment(row["cost"]),
        languages=["nl"],
        verified_on=_verified(draft, random),
        source="demo",
    )
    draft.link("PROVIDES", partner.id, made)
    for need in needs:
        draft.link("ADDRESSES", made, NodeId(need))
    if row["delivery"] == "on_site":
        located = next(
            r.target
            for r in draft.links.values()
            if r.type == "LOCATED_AT" and r.source == partner.id
        )
        draft.link("LOCATED_AT", made, located)
    draft.offers.append(
        Offer(id=made, name=name, partner=partner, needs=needs, formality=row["formality"])
    )


def _room(random: Random, capacity: int) -> dict[str, Value | None]:
    """Return capacity and load: 0 is unknown, below 0 that many places are free for certain."""
    if capacity < 0:
        return {"capacity": 14, "load": 14 + capacity}
    drawn = random.random()
    if capacity == 0 or drawn < 0.15:
        return {"capacity": None, "load": None}
    full = drawn > 0.88
    return {
        "capacity": capacity,
        "load": capacity if full else random.randrange(capacity),
    }


def _verified(draft: Draft, random: Random) -> str:
    youngest, oldest = random.choice([(5, 60), (5, 60), (60, 200), (200, 700)])
    return draft.town.ago(random.randint(youngest, oldest))
