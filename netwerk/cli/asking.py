"""Commands that ask the graph."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import click

from netwerk.cli.context import Context, as_json, language
from netwerk.domain.directory import Formality
from netwerk.domain.ids import NeedId, NodeId, PersonId
from netwerk.graph.question import Answer, Question, Step
from netwerk.graph.wording import Wording
from netwerk.schema import load_schema
from netwerk.usecases import learning, report, strength, support_paths, white_spots

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
    return told, _strength_lines(told)


def _strength_lines(told: Mapping[str, Any]) -> Iterator[str]:
    for key, value in told["measures"].items():
        yield f"{key}: {_figure(value)}"
    yield f"bridges: {_ids(told['bridges'])}"
    for kind, givers in told["support"]["by_type"].items():
        yield f"support, {kind}: {_ids(givers)}"
    for name in ("coverage", "missing", "single_giver"):
        given = told["support"][name]
        yield f"{name}: {_figure(given) if name == 'coverage' else _ids(given)}"
    for name in ("max_share", "hhi", "effective_supporters"):
        yield f"load, {name}: {_figure(told['load'][name])}"
    yield f"load, busiest: {_ids(told['load']['busiest'])}"
    for each in told["dropout"]:
        left = (f"{key} {_figure(each[key])}" for key in ("coverage", "components", "support_left"))
        yield f"without {each['person']}: {', '.join(left)}"
    for name, count in told["approach"].items():
        yield f"approach, {name}: {count}"
    yield f"stressful: {told['stressful']}"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g}"


def _ids(given: Iterable[str]) -> str:
    return ", ".join(given) or "-"


@click.command("learn")
@click.pass_obj
@as_json
def learn(context: Context) -> Result:
    """Publish the table of outcomes: what came of asks, per kind of step."""
    table = learning.learn(context.store, context.clock)
    white_spots.publish(context.store, context.clock)
    report.publish(context.store, context.clock)
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


COMMANDS = (paths, strength_, learn)
