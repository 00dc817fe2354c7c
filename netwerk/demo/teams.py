"""Teams, workers, and whom they know; and the demo accounts."""

from dataclasses import dataclass
from random import Random
from typing import Any

from netwerk.demo import naming, places, sources
from netwerk.demo.draft import Draft
from netwerk.domain.access import Role
from netwerk.domain.ids import NodeId, WorkerId

PER_TEAM = 10
_NAMED = {
    "w-noord-1": ("w-samira", "Samira Haddou"),
    "w-noord-2": ("w-tom", "Tom Verhagen"),
}
_OFFICE = {
    Role.COORDINATOR: "Hanneke Slaats",
    Role.REVIEWER: "Maarten Bekkers",
    Role.ADMINISTRATOR: "Derya Kaya",
    Role.PRIVACY_OFFICER: "Esther Manders",
}
_PRESENT = ("tu 10:00-12:00", "th 13:30-15:00", "mo[1] 14:00-16:00")
_NOORD_KNOWS = frozenset({"school", "gp_practice", "library", "housing_association"})
"""Team Noord has yet to meet the clubs and civic initiatives: introductions are to be planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A demo account: for who tries the demo, and for nothing else."""

    username: str
    password: str
    worker: WorkerId
    name: str
    role: Role


def accounts() -> list[Account]:
    """Return an account per role, and one for each worker of the teams; passwords are no secret."""
    office = [_account(role.value.replace("_", "-"), name, role) for role, name in _OFFICE.items()]
    workers = [
        _account(key.removeprefix("w-"), name, Role.WORKER)
        for team in sources.partners()["teams"]
        for key, name in _workers_of(team["key"])
    ]
    return [*workers[:1], *office, *workers[1:]]


def _account(username: str, name: str, role: Role) -> Account:
    return Account(
        username=username,
        password=f"demo-{username}-netwerk",
        worker=WorkerId(NodeId(f"w-{username}")),
        name=name,
        role=role,
    )


def _workers_of(team: str, seed: str = "") -> list[tuple[str, str]]:
    """Return key and name of the workers of a team, the same in every demo."""
    random = Random(f"workers/{team}/{seed}")  # noqa: S311 -- no secret
    keys = [f"w-{team}-{number}" for number in range(1, PER_TEAM + 1)]
    drawn = [(key, naming.full_name(random, naming.culture(random))) for key in keys]
    return [_NAMED.get(key, (key, name)) for key, name in drawn]


def add_teams(draft: Draft) -> None:
    """Add the teams with their workers."""
    for row in sources.partners()["teams"]:
        _add_team(draft, row)
    for role, name in _OFFICE.items():
        draft.node("Worker", f"w-{role.value.replace('_', '-')}", name=name, role=role.value)


def _add_team(draft: Draft, row: Any) -> None:
    base = draft.partners[row["base"]]
    team = draft.node(
        "Team",
        f"team-{row['key']}",
        name=row["name"],
        cluster=row["cluster"],
        base=base.name,
    )
    draft.link("LOCATED_AT", team, draft.town.id(f"l-{base.key}"))
    for wijk in row["wijken"]:
        draft.link("IN_AREA", team, draft.town.id(wijk))
    for key, name in _workers_of(row["key"], draft.town.prefix):
        worker = draft.node("Worker", key, name=name, role=Role.WORKER.value)
        draft.link("MEMBER_OF", worker, team)
        draft.workers.setdefault(row["cluster"], []).append(worker)


def add_acquaintances(draft: Draft) -> None:
    """Add which worker knows which partner or contact person."""
    random = draft.town.random("acquaintances")
    tom, pastor = draft.town.id("w-tom"), draft.partners["jozef"].contact
    draft.link(
        "ACQUAINTED",
        tom,
        pastor,
        warmth="warm",
        first_met=draft.town.ago(410),
        last_met=draft.town.ago(33),
    )
    for cluster, workers in draft.workers.items():
        for worker in workers:
            _add_met(draft, random, cluster, worker)
    for worker in draft.workers["Noord"][:2]:
        _meet(draft, random, worker, draft.partners["terp"].id, warm=True)
    # Where people are, colleagues are (vindplaatsen).
    for cluster, workers in draft.workers.items():
        near = [p for p in draft.partners.values() if places.cluster_of()[p.buurt] == cluster]
        centre = next((p for p in near if p.kind == "community_centre"), near[0])
        for worker, hours in zip(workers, _PRESENT, strict=False):
            draft.link("PRESENT_AT", worker, centre.id, hours=[hours], note="inloop")


def _add_met(draft: Draft, random: Random, cluster: str, worker: NodeId) -> None:
    near = [
        p
        for p in draft.partners.values()
        if places.cluster_of()[p.buurt] == cluster
        and (cluster != "Noord" or p.kind in _NOORD_KNOWS)
    ]
    for partner in random.sample(near, min(len(near), random.randint(3, 6))):
        whom = partner.contact if random.random() < 0.4 else partner.id
        _meet(draft, random, worker, whom, warm=random.random() < 0.6)


def _meet(draft: Draft, random: Random, worker: NodeId, whom: NodeId, *, warm: bool) -> None:
    last = random.randint(5, 90) if warm else random.randint(120, 600)
    draft.link(
        "ACQUAINTED",
        worker,
        whom,
        warmth="warm" if warm else "cold",
        first_met=draft.town.ago(last + random.randint(30, 900)),
        last_met=draft.town.ago(last),
    )
