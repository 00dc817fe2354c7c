"""What was worked on in the cases: life domains, goals, and who does what."""

from collections.abc import Mapping
from random import Random
from typing import Any

from netwerk.demo import sources
from netwerk.demo.draft import Draft, File
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Value
from netwerk.graph.instruments import INSTRUMENTS

_FACTS = ("wants", "can", "household", "on_duty")


def add_work(draft: Draft) -> None:
    """Add what was told and agreed; De Wit's is written by hand, the others' drawn."""
    told = sources.worked()
    for file in draft.files:
        random = draft.town.random(f"worked/{file.person}")
        key = file.person.removeprefix(draft.town.prefix)
        story = told.get(key) or _invent(random, file, told["every"])
        case = draft.nodes[file.case]
        facts = {name: story[name] for name in _FACTS if name in story}
        draft.nodes[file.case] = case.with_properties(**facts)
        for number, note in enumerate(story["notes"]):
            _note(draft, file, number, note)
        if key == "p-dewit":
            _sheets(draft, file)
        for number, goal in enumerate(story["goals"]):
            _goal(draft, file, number, goal)


def _invent(random: Random, file: File, texts: Mapping[str, Any]) -> dict[str, Any]:
    """Make up what was told, of the life domains that the question is about."""
    domains = sorted({need.split(".")[0] for need in file.needs})
    ways = random.choices(("well", "mixed", "mixed", "badly"), k=len(domains))
    started = random.randint(5, min(file.opened, 40))
    mine = [random.choice(texts["actions"]), "inhabitant", "", started - 14, None]
    ours = [random.choice(texts["team"]), "team", "", started - 21, None]
    # Of what was to be done by now, most was done.
    actions = [[*each[:4], max(1, each[3]) if each[3] > 0 else None] for each in (mine, ours)]
    if random.random() < 0.1:
        actions[1][4] = None
    goal = {"text": random.choice(texts["goals"]), "set": started, "actions": actions}
    return {
        "notes": [
            [d, way, texts["notes"][way], started] for d, way in zip(domains, ways, strict=True)
        ],
        "goals": [goal | {"back": started - random.choice((42, 60, 90, 90))}],
    }


def _note(draft: Draft, file: File, number: int, note: list[Any]) -> None:
    domain, goes, text, ago = note
    _keep(
        draft,
        file,
        ("DomainNote", f"note-{number}"),
        domain=domain,
        goes=goes,
        text=text or None,
        told_on=draft.town.ago(ago),
        told_to=file.worker,
    )


def _sheets(draft: Draft, file: File) -> None:
    """Add two times of self-sufficiency and one of the LSNS-6; nothing of it is drawn."""
    told = {
        ("self_sufficiency", 150): "3:4:2:4:4:3:4:5:5:3:2:2:5",
        ("self_sufficiency", 20): "3:4:3:4:4:3:3:5:5:3:3:2:5",
        ("lsns_6", 20): "3:2:2:1:1:0",
    }
    for number, ((instrument, ago), given) in enumerate(told.items()):
        items = INSTRUMENTS[instrument].items
        scores = [f"{i}:{p}" for i, p in zip(items, given.split(":"), strict=True)]
        _keep(
            draft,
            file,
            ("Assessment", f"sheet-{number}"),
            instrument=instrument,
            taken_on=draft.town.ago(ago),
            taken_by="Mevrouw De Wit en Samira Haddou",
            scores=tuple(scores),
        )


def _goal(draft: Draft, file: File, number: int, goal: Mapping[str, Any]) -> None:
    made = _keep(
        draft,
        file,
        ("Goal", f"goal-{number}"),
        text=goal["text"],
        set_on=draft.town.ago(goal["set"]),
        set_by=file.worker,
        look_back_on=draft.town.ago(goal["back"]),
    )
    for at, (text, side, who, due, done) in enumerate(goal["actions"]):
        by = {"team": "worker", "network": "person"}.get(side)
        doer = (draft.town.id(who) if who else file.worker) if by else None
        facts: dict[str, Value | None] = {} if by is None else {by: doer}
        _keep(
            draft,
            file,
            ("Action", f"action-{number}-{at}"),
            text=text,
            by_whom=side,
            goal=made,
            agreed_on=draft.town.ago(goal["set"]),
            agreed_by=file.worker,
            due_on=draft.town.ago(due),
            done_on=None if done is None else draft.town.ago(done),
            **facts,
        )


def _keep(draft: Draft, file: File, what: tuple[str, str], **facts: Value | None) -> NodeId:
    label, name = what
    key = file.case.removeprefix(draft.town.prefix)
    made = draft.node(label, f"{key}-{name}", **facts)
    draft.link("KEPT_IN", made, file.case)
    return made
