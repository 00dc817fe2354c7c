"""`netwerk bench near`: partners found at two sizes, against a plain scan over all of them."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any, Final

import click

from netwerk import demo
from netwerk.cli.bench_measure import Seconds, compared, machine, one_of, timed
from netwerk.cli.bench_scan import Scan
from netwerk.cli.bench_worlds import ON, embedded_at, neo4j_at
from netwerk.cli.context import Context, as_json, watched
from netwerk.demo.draft import Town
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.directory import Formality
from netwerk.domain.ids import NeedId, NodeId, RelationshipId, WorkerId
from netwerk.domain.items import ItemKind
from netwerk.domain.records import Node, Point, Record, Relationship, Value, point
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import finding
from netwerk.usecases.finding import Asked, Found, Order

Result = tuple[Any, Iterable[str]]
NOW: Final = datetime.combine(ON, time(9, 30), UTC)
VIEWER: Final = WorkerId(NodeId("w-samira"))
SCOPE: Final = Scope(viewer=VIEWER, purpose=Purpose.DIRECTORY, as_of=ON)
_LEFT_OUT: Final = frozenset({"Case", "Ask", "CaseReview", "ReferralAdvice"})
_PRIVATE: Final = frozenset({"TIE", "TAKES_PART", "LEADS", "HANDLED_BY", "CONCERNS", "ASKED_IN"})
_TYPED: Final = (
    *["", "", "", "schulden", "deurwaarder", "taalmaatje", "wandelen", "formulieren", "kerk"],
    *["pastor", "koffie", "rood staan", "huisarts", "spreekuur geldzorgen", "bewegn"],
)


@click.command("near")
@click.option("--small", type=int, default=20_000, show_default=True, metavar="SERVICES")
@click.option("--large", type=int, default=200_000, show_default=True, metavar="SERVICES")
@click.option("--questions", type=int, default=60, show_default=True)
@click.option("--scans", type=int, default=20, show_default=True, help="Questions to the scan.")
@click.option("--rounds", type=click.IntRange(1, 20), default=3, show_default=True)
@click.option("--neo4j", metavar="URL", help="A Neo4j that may be emptied; without it, none.")
@click.pass_obj
@as_json
def near(_: Context, /, **asked: Any) -> Result:
    """Partners found at two sizes, with all filters, against a scan in Python."""
    with ExitStack() as opened:
        where = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        few = opened.enter_context(closing(_filled(where / "small.db", asked["small"])))
        many = opened.enter_context(closing(_filled(where / "large.db", asked["large"])))
        result: dict[str, Any] = {"machine": machine(), "services": asked["large"]}
        scan = Scan(records(asked["large"]), VIEWER, ON)
        result["embedded"] = _measured(few, many, scan, asked)
        if asked["neo4j"]:
            server = opened.enter_context(closing(neo4j_at(asked["neo4j"])))
            if not server.is_empty():
                raise click.UsageError("The Neo4j must be empty.")
            loading = watched(records(asked["large"]), f"{asked['large']} services")
            seconds, count = timed(partial(server.load, loading))
            loaded = {"records": count, "loaded_in_s": round(seconds)}
            found = {**loaded, **_against(server, scan, asked)}
            result["neo4j"] = {**found, **_both(many, server, asked)}
    return result, [f"{name}: {each}" for name, each in result.items()]


def records(services: int) -> Iterator[Record]:
    """Yield the directory of the demo, as many times as gives so many services, side by side."""
    every = list(demo.records(seed=1, persons=None, today=ON))
    kept = [each for each in every if not _is_of_a_file(each)]
    needs = [each for each in kept if isinstance(each, Node) and each.label == "Need"]
    town = [each for each in kept if each not in needs]
    per_town = sum(isinstance(each, Node) and each.label == "Service" for each in town)
    copies = (_copy(town, number) for number in range(max(1, round(services / per_town))))
    return chain(needs, chain.from_iterable(copies))


def questions(count: int, seed: int, places: Sequence[Point]) -> list[Asked]:
    """Draw questions: around a place, with words and filters, each now and then."""
    random = Random(seed)  # noqa: S311 -- not a secret

    def sometimes(values: Sequence[Any]) -> frozenset[Any]:
        return frozenset({random.choice(values)} if random.random() < 0.25 else ())

    return [
        Asked(
            typed=random.choice(_TYPED),
            kinds=sometimes(list(ItemKind)),
            needs=sometimes([NeedId(NodeId(each)) for each in ("money.debts", "social", "daily")]),
            organization_kinds=sometimes(["church", "welfare", "school"]),
            formalities=sometimes(list(Formality)),
            languages=sometimes(["nl", "ar"]),
            age=random.choice([None, None, 40]),
            wheelchair=random.random() < 0.1,
            open_at=NOW + timedelta(hours=random.randrange(100)) if random.random() < 0.2 else None,
            free=random.random() < 0.2,
            verified_since=random.choice([None, None, ON - timedelta(days=365)]),
            known=sometimes(["warm"]),
            point=random.choice(places) if random.random() < 0.9 else None,
            radius=random.choice([1000.0, 5000.0, 5000.0, 20_000.0]),
            order=random.choice(list(Order)),
            most=20,
        )
        for _ in range(count)
    ]


def _measured(few: Store, many: Store, scan: Scan, asked: Mapping[str, Any]) -> dict[str, Any]:
    places = list(_places(few))
    rounds: list[tuple[Seconds, Seconds]] = []
    for each in questions(10, 0, places):
        _ask(few, each), _ask(many, each)
    for at in range(asked["rounds"]):
        drawn = questions(asked["questions"], at + 1, places)
        pairs = [(timed(partial(_ask, few, q))[0], timed(partial(_ask, many, q))[0]) for q in drawn]
        rounds.append(([one for one, _ in pairs], [other for _, other in pairs]))
    return {
        f"{asked['small']}": one_of(rounds, 0),
        f"{asked['large']}": one_of(rounds, 1),
        "flat": compared(rounds),
        **_against(many, scan, asked),
    }


def _both(embedded: Store, server: Store, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Hold the two stores to each other: hits, total and all counts."""
    drawn = questions(asked["questions"], 1, list(_places(embedded)))
    same = sum(_ask(embedded, each) == _ask(server, each) for each in drawn)
    return {"asked_both": len(drawn), "same_as_embedded": same}


def _against(store: Store, scan: Scan, asked: Mapping[str, Any]) -> dict[str, Any]:
    places = list(_places(store))
    # A server that has just started plans each statement the first time, and is slow for a while.
    for each in questions(40, 0, places):
        _ask(store, each)
    same = whole = 0
    rounds: list[tuple[Seconds, Seconds]] = []
    for at in range(asked["rounds"]):
        ours: Seconds = []
        theirs: Seconds = []
        for each in questions(asked["scans"], at + 50, places):
            one, found = timed(partial(_ask, store, each))
            other, expected = timed(partial(scan.find, each, NOW, ON))
            ours.append(one)
            theirs.append(other)
            whole += not found.more
            same += not found.more and [hit.key for hit in found.hits] == expected
        rounds.append((ours, theirs))
    return {
        "ours": one_of(rounds, 0),
        "scan": one_of(rounds, 1),
        "against_scan": compared(rounds),
        "looked_at_all": whole,
        "same_answers_of_these": same,
    }


def _ask(store: Store, asked: Asked) -> Found:
    return finding.find(store, SCOPE, asked, load_schema(), NOW)


def _filled(file: Path, services: int) -> Store:
    store = embedded_at(file)
    store.load(watched(records(services), f"{services} services"))
    return store


def _places(store: Store) -> Iterator[Point]:
    """Yield the places of the first copy, which every size has."""
    with store.directory(SCOPE) as view:
        seen = view.around(_known_locations())
    for node in seen.labelled("Location"):
        if (at := point(node.properties)) is not None:
            yield at


def _known_locations() -> set[NodeId]:
    every = demo.records(seed=1, persons=None, today=ON)
    return {each.id for each in every if isinstance(each, Node) and each.label == "Location"}


def _is_of_a_file(record: Record) -> bool:
    if isinstance(record, Relationship):
        return record.type in _PRIVATE
    return record.label in _LEFT_OUT


def _copy(town: Sequence[Record], number: int) -> Iterator[Record]:
    place = Town(number=number, seed=1, today=ON)
    if not number:
        yield from town
        return
    for record in town:
        if isinstance(record, Node):
            facts: dict[str, Value] = {**record.properties}
            facts.pop("polygon", None)
            at = point(facts)
            if at is not None:
                facts["point"] = place.point(*at)
            yield replace(record, id=place.id(record.id), properties=facts)
        else:
            target = record.target
            yield replace(
                record,
                id=RelationshipId(place.prefix + record.id),
                source=place.id(record.source),
                target=target if record.type in {"ADDRESSES", "KNOWS_ABOUT"} else place.id(target),
            )
