"""The command that finds partners, as the page does."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import click

from netwerk.cli.context import Context, F, as_json, language
from netwerk.domain.directory import Formality
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.hours import Line
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.items import ItemKind
from netwerk.domain.records import Point
from netwerk.domain.schedule import next_time
from netwerk.schema import load_schema
from netwerk.usecases import finding
from netwerk.usecases.finding import Asked, Found, Hit, Order

_SCHEMA: Final = load_schema()
_ORDERS: Final = tuple(str(each) for each in Order)
_NOWHERE: Final = "Give a --person, a --point, an --area or a --text."


def _some(option: str, values: Iterable[str], called: str) -> Callable[[F], F]:
    choice = click.Choice(sorted(values))
    return click.option(option, called, multiple=True, type=choice, help="May be given again.")


def _of(vocabulary: str) -> Iterable[str]:
    return _SCHEMA.vocabularies[vocabulary].values


@click.command("near")
@click.option("--person", metavar="ID", help="Near this inhabitant,")
@click.option("--point", "at", metavar="LON,LAT", help="or near this place,")
@click.option("--area", metavar="ID", help="or in this area (wijk or buurt).")
@click.option("--viewer", required=True, metavar="ID")
@click.option("--text", "typed", default="", help="Words: names, needs, kinds, roles.")
@click.option("--need", "needs", multiple=True, metavar="CODE", help="With all below it.")
@_some("--kind", map(str, ItemKind), "kinds")
@_some("--organization-kind", _of("organization_kind"), "organization_kinds")
@_some("--formality", map(str, Formality), "formalities")
@_some("--payment", _of("payment"), "payments")
@click.option("--language", "languages", multiple=True, metavar="CODE")
@click.option("--age", type=click.IntRange(0, 130))
@click.option("--wheelchair", is_flag=True, help="Accessible with a wheelchair.")
@click.option("--open", "open_at", metavar="WHEN", help="now, or a weekday and time: tu 10:00.")
@click.option("--free", is_flag=True, help="With room left, as far as known.")
@click.option("--verified-since", type=click.DateTime(["%Y-%m-%d"]))
@_some("--known", _of("warmth"), "known")
@click.option(
    "--order",
    type=click.Choice([str(each) for each in Order]),
    default="distance",
    show_default=True,
)
@click.option("--radius", type=click.FloatRange(0), default=5000, show_default=True)
@click.option("--limit", type=click.IntRange(1, finding.MOST), default=20, show_default=True)
@click.pass_obj
@as_json
def near(context: Context, /, **told: Any) -> tuple[Mapping[str, Any], Iterable[str]]:
    """Find partners, services, contact persons and volunteers."""
    if told["person"] and told["at"]:
        raise click.UsageError("Give either --person or --point.")
    if not any(told[each] for each in ("person", "at", "area", "typed")):
        raise click.UsageError(_NOWHERE)
    now = context.clock.now()
    scope = context.scope(told["viewer"], told["person"])
    found = finding.find(context.store, scope, _asked(told, now), _SCHEMA, now)
    return _told(found), _lines(found)


def _asked(told: Mapping[str, Any], now: datetime) -> Asked:
    since = told["verified_since"]
    return Asked(
        typed=told["typed"],
        language=language(),
        kinds=frozenset(map(ItemKind, told["kinds"])),
        needs=frozenset(NeedId(NodeId(each)) for each in told["needs"]),
        organization_kinds=frozenset(told["organization_kinds"]),
        formalities=frozenset(map(Formality, told["formalities"])),
        payments=frozenset(told["payments"]),
        languages=frozenset(told["languages"]),
        age=told["age"],
        wheelchair=told["wheelchair"],
        open_at=_moment(told["open_at"], now) if told["open_at"] else None,
        free=told["free"],
        verified_since=since.date() if since else None,
        known=frozenset(told["known"]),
        point=_point(told["at"]) if told["at"] else None,
        area=NodeId(told["area"]) if told["area"] else None,
        radius=told["radius"],
        order=Order(told["order"]),
        most=told["limit"],
    )


def _moment(typed: str, now: datetime) -> datetime:
    if typed == "now":
        return now
    try:
        # A time is read as the start of opening hours are: in Dutch or English, 10 or 10:00.
        line = Line.parse(f"{typed}-24:00")
    except InvalidInputError:
        line = None
    if line is None or len(line.weekdays) != 1 or line.which:
        raise InvalidInputError("Write a weekday and a time, like tu 10:00, or now.")
    return next_time(line.weekdays[0], line.hours[0].opens, now)


def _point(typed: str) -> Point:
    try:
        longitude, latitude = map(float, typed.split(","))
    except ValueError:
        raise InvalidInputError("Write a point as LON,LAT, like 5.66,51.48.") from None
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise InvalidInputError("Write a point as LON,LAT, like 5.66,51.48.")
    return longitude, latitude


def _told(found: Found) -> Mapping[str, Any]:
    return {
        "services": [_service(hit) for hit in found.hits if hit.service],
        "hits": [_hit(hit) for hit in found.hits],
        "total": found.total,
        "more": found.more,
        "counted_all": found.counted_all,
        "facets": {str(facet): counts for facet, counts in found.facets.items()},
    }


def _service(hit: Hit) -> Mapping[str, Any]:
    return {
        "service": hit.node,
        "name": hit.name,
        "organizations": [each.name for each in hit.organizations],
        "formality": str(hit.service.formality) if hit.service else None,
        "delivery": hit.service.delivery if hit.service else None,
        "distance_m": hit.distance_m,
    }


def _hit(hit: Hit) -> Mapping[str, Any]:
    return {
        "kind": str(hit.kind),
        "id": hit.node,
        "name": hit.name,
        "role": hit.role,
        "organizations": [{"id": each.id, "name": each.name} for each in hit.organizations],
        "needs": list(hit.needs),
        "hours": hit.schedule.written(),
        "has_room": hit.has_room,
        "wheelchair": hit.wheelchair,
        "verified_on": hit.verified_on.isoformat() if hit.verified_on else None,
        "known": [{"worker": each.worker, "warmth": each.warmth} for each in hit.acquaintances],
        "distance_m": hit.distance_m,
    }


def _lines(found: Found) -> Iterable[str]:
    for hit in found.hits:
        metres = "-" if hit.distance_m is None else f"{hit.distance_m:.0f} m"
        hosts = ", ".join(each.name for each in hit.organizations if each.id != hit.node)
        yield "\t".join(part for part in (metres, str(hit.kind), hit.name, hosts) if part)
    beyond = "at least " if found.more else ""
    yield f"{len(found.hits)} of {beyond}{found.total}"


COMMANDS = (near,)
