"""Which column says what: guessed from the words above it, in Dutch or English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from rapidfuzz import fuzz

from netwerk.domain.comparing import plain

_CLOSE: Final = 84.0
_LOOKED_AT: Final = 15
"""Rows at the top of a file among which the headings are."""


@dataclass(frozen=True, slots=True)
class Column:
    """Something that a column may say: its heading in both languages, and other words for it."""

    key: str
    nl: str
    en: str
    words: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """Return the heading."""
        return self.en if language == "en" else self.nl


def _column(key: str, nl: str, en: str, words: str = "") -> Column:
    return Column(key, nl, en, tuple(w.strip() for w in words.split(",") if w.strip()))


COLUMNS: Final = (
    _column(
        "name",
        "naam organisatie",
        "organization",
        "naam, organisatie, organisatienaam, naam van de organisatie, partner, instelling, name,"
        " organisation, organization name, vereniging, stichting, naam partner, naam instelling",
    ),
    _column(
        "alternate_names", "andere namen", "other names", "roepnaam, afkorting, ook bekend als"
    ),
    _column(
        "kind",
        "soort",
        "kind",
        "type, soort organisatie, categorie, type organisatie, kind of organization, category",
    ),
    _column(
        "description",
        "omschrijving",
        "description",
        "beschrijving, toelichting, info, wat doen ze, about",
    ),
    _column("phone", "telefoon", "phone", "tel, telefoonnummer, telnr, tel nr, telephone, mobiel"),
    _column("email", "e-mail", "email", "mail, e mail, mailadres, emailadres, e mail adres"),
    _column("url", "website", "website", "internetadres, site, url, webadres, internet, www, web"),
    _column("street", "straat", "street", "straatnaam, street name"),
    _column("house_number", "huisnummer", "house number", "nr, huisnr, nummer, number"),
    _column("house_letter", "huisletter", "house letter"),
    _column("house_addition", "toevoeging", "addition", "huisnummertoevoeging, huisnr toev, toev"),
    _column(
        "address",
        "adres",
        "address",
        "bezoekadres, straat en huisnummer, straat nr, straat en nr,"
        " straatnaam en nummer, adresregel, locatie",
    ),
    _column("postcode", "postcode", "postcode", "pc, postal code, zip, zip code, post code"),
    _column("city", "plaats", "city", "woonplaats, plaatsnaam, stad, dorp, town, vestigingsplaats"),
    _column("lat", "breedtegraad", "latitude", "lat, breedte"),
    _column("lon", "lengtegraad", "longitude", "lon, lng, long, lengte"),
    _column("location_name", "naam van de plek", "place", "gebouw, naam locatie, location name"),
    _column("masked", "adres is geheim", "address is secret", "geheim, geheim adres, afgeschermd"),
    _column(
        "wheelchair",
        "rolstoel",
        "wheelchair",
        "rolstoeltoegankelijk, toegankelijk met een rolstoel, wheelchair access,"
        " rolstoelvriendelijk",
    ),
    _column("accessibility", "toegankelijkheid", "accessibility"),
    _column(
        "contact_name",
        "contactpersoon",
        "contact person",
        "contact, naam contactpersoon, contact name, aanspreekpunt, contactpersonen",
    ),
    _column(
        "contact_role", "functie", "role", "rol, functie contactpersoon, contact role, rol contact"
    ),
    _column(
        "contact_phone",
        "telefoon contactpersoon",
        "phone of contact person",
        "tel contactpersoon, contact phone, mobiel contactpersoon, 06 nummer, 06",
    ),
    _column(
        "contact_email",
        "e-mail contactpersoon",
        "email of contact person",
        "mail contactpersoon, contact email, emailadres contactpersoon",
    ),
    _column(
        "service",
        "aanbod",
        "service",
        "activiteit, dienst, naam activiteit, naam aanbod, wat bieden ze, activity, offer,"
        " activiteiten",
    ),
    _column("service_description", "omschrijving aanbod", "service description", "over het aanbod"),
    _column(
        "needs",
        "helpt bij",
        "needs",
        "hulpvraag, hulpvragen, thema, onderwerp, behoefte, need, topic, thema s, waarvoor",
    ),
    _column("formality", "toegang", "access", "formaliteit, formality, informeel of formeel"),
    _column("delivery", "waar het is", "delivery", "manier, waar, thuis of op locatie"),
    _column("schedule", "wanneer", "when", "dag en tijd, tijden, schedule, dag, moment, dagen"),
    _column("hours", "openingstijden", "opening hours", "geopend, open, hours, openingsuren"),
    _column("cost", "kosten", "cost", "prijs, tarief, eigen bijdrage, costs, price"),
    _column("payment", "betalen", "payment"),
    _column(
        "how_to_apply", "aanmelden", "how to apply", "aanmelding, hoe aanmelden, opgeven, apply"
    ),
    _column("audience", "voor wie", "audience", "doelgroep, target group"),
    _column(
        "age_min", "vanaf leeftijd", "from age", "leeftijd vanaf, minimumleeftijd, min leeftijd"
    ),
    _column("age_max", "tot en met leeftijd", "up to age", "leeftijd tot, maximumleeftijd"),
    _column("capacity", "plekken", "places", "capaciteit, aantal plekken, capacity"),
    _column("load", "bezet", "places taken", "bezette plekken, load"),
    _column("languages", "talen", "languages", "taal, language"),
    _column(
        "verified_on",
        "nagevraagd op",
        "verified on",
        "gecontroleerd op, laatst gecontroleerd, peildatum",
    ),
    _column("valid_to", "gestopt op", "closed on", "einddatum, tot datum"),
    _column("source", "bron", "source"),
    _column(
        "source_id",
        "nummer bij de bron",
        "id at the source",
        "vestigingscode, kvk, kvk nummer, code, relatienummer",
    ),
    _column("municipality", "gemeente", "municipality", "gemeentenaam"),
    _column("id", "kenmerk", "id", "netwerk id"),
    _column("service_id", "kenmerk aanbod", "service id"),
    _column("location_id", "kenmerk plek", "location id"),
    _column("contact_id", "kenmerk contactpersoon", "contact id"),
)
"""Everything that a column can say, in the order in which it is offered and written."""
BY_KEY: Final[Mapping[str, Column]] = {each.key: each for each in COLUMNS}
Mapped = Mapping[str, str]
"""Heading to the key of what it says; headings that say nothing to us are not in it."""

SCHOOLS: Final[Mapped] = {
    "vestigingscode": "source_id",
    "naam": "name",
    "type": "description",
    "straat": "street",
    "huisnummer": "house_number",
    "huisletter": "house_letter",
    "huisnummertoevoeging": "house_addition",
    "postcode": "postcode",
    "plaats": "city",
    "gemeente": "municipality",
    "internetadres": "url",
    "lon": "lon",
    "lat": "lat",
}
"""The open data of DUO: what its columns say. It may lack the municipality."""


def headings(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows holds the headings: the one in which most are known."""

    def known(cells: Sequence[str]) -> tuple[int, int]:
        return len(guessed(cells)), sum(bool(each.strip()) for each in cells)

    first = rows[:_LOOKED_AT]
    return max(range(len(first)), key=lambda n: (*known(first[n]), -n), default=0)


def is_schools(cells: Sequence[str]) -> bool:
    """Whether these are the headings of the schools of the open data."""
    return set(SCHOOLS) - {"gemeente"} <= {each.strip().casefold() for each in cells}


def guessed(cells: Sequence[str]) -> Mapped:
    """Return what each heading seems to say; each thing is said by one column, the surest."""
    if is_schools(cells):
        return {each: SCHOOLS[key] for each in cells if (key := each.strip().casefold()) in SCHOOLS}
    sure = [
        (likeness, -place, heading, key)
        for place, heading in enumerate(cells)
        for key, likeness in _likely(heading)
    ]
    found: dict[str, str] = {}
    for _, _, heading, key in sorted(sure, reverse=True):
        if heading not in found and key not in found.values():
            found[heading] = key
    return found


def fingerprint(cells: Sequence[str]) -> str:
    """Return under what the mapping of these headings is remembered, in whatever order."""
    said = "\x1f".join(sorted({plain(each) for each in cells if each.strip()}))
    return blake2b(said.encode(), digest_size=16).hexdigest()


def unique(cells: Sequence[str]) -> list[str]:
    """Return headings of which no two are alike: the second `naam` is called `naam (2)`."""
    found: list[str] = []
    for place, each in enumerate(cells, 1):
        base = " ".join(each.split())[:100] or f"({place})"
        name, again = base, 2
        while name in found:
            name, again = f"{base} ({again})", again + 1
        found.append(name)
    return found


def _likely(heading: str) -> list[tuple[str, float]]:
    said = plain(heading)
    if not said:
        return []
    return [
        (column.key, likeness)
        for column in COLUMNS
        if (likeness := max(_likeness(said, word) for word in _words(column))) >= _CLOSE
    ]


def _words(column: Column) -> list[str]:
    return [plain(each) for each in (column.key, column.nl, column.en, *column.words)]


def _likeness(said: str, word: str) -> float:
    if said == word:
        return 100.0
    # A short word that differs by a letter is another word ("nr", "pc"); a long one a typing error.
    return fuzz.ratio(said, word) - 1 if min(len(said), len(word)) > 4 else 0.0
