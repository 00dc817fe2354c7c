"""What the workers of each team know: much, with gaps, and with what hangs on one of them."""

from random import Random

from netwerk.demo.draft import Draft
from netwerk.domain.ids import NodeId
from netwerk.domain.knowledge import CLARIFY, DO, TEACH

_FEW = 3
"""So many blocks a worker of a copied municipality has: there are hundreds of those."""
_TENTH = 10
_DAILY = ("social", "money", "family")
"""What every team can do."""
_OWN = (CLARIFY, DO, DO, TEACH)
_OTHER = (0, 0, 0, 0, 0, 1, 1, 1, 2)


def add_knowledge(draft: Draft) -> None:
    """Add what everybody told; who is new in a team told nothing yet."""
    random = draft.town.random("knowledge")
    for workers in draft.workers.values():
        if draft.town.number:
            _add_some(draft, random, workers)
        else:
            _add_team(draft, random, workers)


def _add_some(draft: Draft, random: Random, workers: list[NodeId]) -> None:
    for worker in workers:
        for need in random.sample(draft.needs, _FEW):
            draft.link("KNOWS_ABOUT", worker, NodeId(need), level=random.randint(1, TEACH))


def _add_team(draft: Draft, random: Random, workers: list[NodeId]) -> None:
    blocks = random.sample(draft.needs, len(draft.needs))
    few = len(blocks) // _TENTH
    rare = [need for need in blocks if need.split(".")[0] not in _DAILY]
    nobody, alone = set(rare[:few]), rare[few : 2 * few]
    expert = dict(zip(alone, random.choices(workers[:-1], k=few), strict=True))
    # Two of them are at home in each part of life: together with a little of the rest it is a T.
    home = {
        domain: random.sample(workers[:-1], 2)
        for domain in sorted({need.split(".")[0] for need in blocks})
    }
    for worker in workers[:-1]:
        for need in sorted(blocks):
            own = worker in home[need.split(".")[0]]
            level = random.choice(_OWN if own else _OTHER)
            if need in nobody or expert.get(need, worker) != worker:
                level = min(level, CLARIFY)
            elif need in expert or own:
                level = max(level, DO)
            if level:
                told = draft.town.ago(random.randint(10, 200))
                draft.link("KNOWS_ABOUT", worker, NodeId(need), level=level, told_on=told)
