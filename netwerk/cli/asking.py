"""Commands that ask the graph."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import click

from netwerk.cli.context import Context, as_json, language
from netwerk.domain.directory import Formality
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NeedId, NodeId, PersonId
from netwerk.domain.records import Point
from netwerk.graph.question import Answer, Question, Step
from netwerk.graph.wording import Wording
from netwerk.ports.stores import OfferQuery
from netwerk.schema import load_schema
from netwerk.usecases import learning, near, strength, support_paths

Result = tuple[Any, Iterable[str]]
_MOST = 1000
_ON = click.option(
    "--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="The day; today unless told."
)


@click.command("paths")
@click.option("--person", required=True, metavar="ID")
@click.option("--need", required=True, metavar="CODE")
@click.option("--viewer", required=True, metavar="ID")
@_ON
@click.option("--k", type=int, default=5, show_default=True)
@click.option("--max-steps", type=int, default=3, show_default=True)
@click.option("--radius", type=float, default=5000, show_default=True, metavar="METRES")
@click.option("--formality", multiple=True, type=click.Choice([f.value for f in Formality]))
@click.pass_obj
@as_json
def paths(context: Context, /, **asked: Any) -> Result:
    """Whom could we ask? The support paths for an inhabitant's need."""
    question = Question(
        person=PersonId(NodeId(asked["person"])),
        need=NeedId(NodeId(asked["need"])),
        on=_day(asked["on"]) or context.today(),
        k=asked["k"],
        max_steps=asked["max_steps"],
        radius=asked["radius"],
        formality=frozenset(map(Formality, asked["formality"] or ("informal", "general"))),
    )
    scope = context.scope(asked["viewer"], asked["person"], question.on)
    answer = support_paths.find(context.store, scope, question, load_schema().priors)
    told = _told(answer)
    return told, _lines(told)


@click.command("strength")
@click.option("--person", required=True, metavar="ID")
@click.option("--viewer", required=True, metavar="ID")
@_ON
@click.pass_obj
@as_json
def strength_(context: Context, person: str, viewer: str, on: datetime | None) -> Result:
    """How strong is the network of an inhabitant? Measures side by side, never one figure."""
    scope = context.scope(viewer, person, _day(on))
    told = strength.told(scope, strength.of_inhabitant(context.store, scope))
    lines = (
        f"{key}: {'-' if value is None else f'{value:.3g}'}"
        for key, value in told["measures"].items()
    )
    return told, lines


@click.command("near")
@click.option("--person", metavar="ID", help="Near this inhabitant,")
@click.option("--point", "at", metavar="LON,LAT", help="or near this place.")
@click.option("--viewer", required=True, metavar="ID")
@click.option("--need", metavar="CODE")
@click.option("--text", "typed", default="", help="Words in the name.")
@click.option("--radius", type=click.FloatRange(0), default=5000, show_default=True)
@click.option("--limit", type=click.IntRange(1, _MOST), default=20, show_default=True)
@click.pass_obj
@as_json
def near_(context: Context, /, **asked: Any) -> Result:
    """Partners and services near by."""
    scope = context.scope(asked["viewer"], asked["person"])
    if (asked["person"] is None) == (asked["at"] is None):
        raise click.UsageError("Give either --person or --point.")
    origin = near.home(context.store, scope) if asked["person"] else _point(asked["at"])
    query = OfferQuery(
        need=NeedId(NodeId(asked["need"])) if asked["need"] else None,
        formalities=frozenset(Formality),
        on=scope.as_of.isoformat(),
        age=None,
        origin=origin,
        radius=asked["radius"],
        limit=_MOST,
    )
    found = near.near(context.store, scope, query, asked["typed"], asked["limit"])
    told = [
        {
            "service": each.service.id,
            "name": each.service.name,
            "organizations": list(each.organizations),
            "formality": each.service.formality.value,
            "delivery": each.service.delivery,
            "distance_m": each.distance_m,
        }
        for each in found
    ]
    return {"services": told}, (f"{_metres(n.distance_m)}\t{n.service.name}" for n in found)


@click.command("learn")
@click.pass_obj
@as_json
def learn(context: Context) -> Result:
    """Publish the table of outcomes: what came of asks, per kind of step."""
    table = learning.learn(context.store, context.clock)
    told = {
        kind: {"asked": t.asked, "accepted": t.accepted, "declined": t.declined}
        for kind, t in table.items()
    }
    lines = (f"{kind}: {t.accepted} of {t.asked} said yes" for kind, t in table.items())
    return {"kinds": told}, lines


def _told(answer: Answer) -> Mapping[str, Any]:
    question, wording = answer.question, Wording(answer.graph, load_schema(), language())
    return {
        "person": question.person,
        "need": question.need,
        "date": question.on.isoformat(),
        "safety": answer.safety.value,
        "paths": [
            {
                "supporter": path.supporter,
                "service": path.service,
                "score": path.score,
                "steps": [_step(step, wording) for step in path.steps],
                "fit": path.fit,
                "proximity": path.proximity,
                "availability": path.availability,
                "distance_m": path.distance_m,
            }
            for path in answer.paths
        ],
        "left_out": dict(answer.left_out),
    }


def _step(step: Step, wording: Wording) -> Mapping[str, Any]:
    told = {
        "step": str(step.step),
        "from": step.source,
        "to": step.target,
        "kind": str(step.kind),
        "p": step.p,
        "text": wording.step(step),
    }
    return told if step.via is None else {**told, "via": step.via}


def _lines(told: Mapping[str, Any]) -> Iterable[str]:
    if told["safety"] != "none":
        yield f"safety: {told['safety']}"
    for path in told["paths"]:
        yield f"{path['score']:.4f}  " + " · ".join(step["text"] for step in path["steps"])
    left = ", ".join(f"{reason} {count}" for reason, count in told["left_out"].items() if count)
    if left:
        yield f"left out: {left}"


def _day(value: datetime | None) -> date | None:
    return None if value is None else value.date()


def _point(typed: str) -> Point:
    try:
        longitude, latitude = map(float, typed.split(","))
    except ValueError:
        raise InvalidInputError("Write a point as LON,LAT, like 5.66,51.48.") from None
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise InvalidInputError("Write a point as LON,LAT, like 5.66,51.48.")
    return longitude, latitude


def _metres(distance: float | None) -> str:
    return "-" if distance is None else f"{distance:.0f} m"


COMMANDS = (paths, strength_, near_, learn)
