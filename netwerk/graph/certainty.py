"""How sure a measure is: on how much of what was told it rests. No gap is filled with a guess."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from netwerk.domain.people import Person
from netwerk.domain.records import words
from netwerk.graph.file import PersonFile
from netwerk.graph.strength import Strength, alter_ties_asked, network_of


class Ground(StrEnum):
    """What a measure rests on."""

    PEOPLE = "people"
    PAIRS = "pairs"
    NOT_ASKED = "not_asked"
    CLOSENESS = "closeness"
    HOMES = "homes"
    GIVERS = "givers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """Of `every` there could be, `known` were told; of who knows whom the ties that were told."""

    ground: Ground
    known: int
    every: int


_PEOPLE: Final = ("size", "kind_iqv")
_WEIGHTED: Final = ("effective_size_weighted", "constraint_weighted")
_OWN: Final = {"close_by": Ground.HOMES, "reciprocity": Ground.GIVERS}


def certainty(file: PersonFile, found: Strength) -> Mapping[str, Certainty]:
    """Return for every measure of a file how much of what was told it rests on."""
    bases = _bases(file, found)
    pairs = bases[Ground.PAIRS if alter_ties_asked(file) else Ground.NOT_ASKED]
    return {key: _of(key, bases, pairs) for key in found.measures}


def _of(key: str, bases: Mapping[Ground, Certainty], pairs: Certainty) -> Certainty:
    if key in _PEOPLE:
        return bases[Ground.PEOPLE]
    if key in _WEIGHTED and pairs.ground is Ground.PAIRS:
        return bases[Ground.CLOSENESS]
    return bases[_OWN[key]] if key in _OWN else pairs


def _bases(file: PersonFile, found: Strength) -> Mapping[Ground, Certainty]:
    network, me = network_of(file), file.person.id
    own = [tie for tie in file.ties if tie.joins(me)]
    close = {tie.other(me) for tie in own if tie.closeness is not None}
    givers = {giver for each in found.support.by_type.values() for giver in each}
    told = {tie.other(me) for tie in own if words(tie.record.properties, "support_given")}
    homes = [a for a in network.alters if Person.from_node(file.graph.nodes[a]).point is not None]
    near = len(homes) if file.person.point is not None else 0
    counts = {
        Ground.PEOPLE: (network.size, network.size),
        Ground.PAIRS: (len(network.pairs), network.possible_pairs),
        Ground.NOT_ASKED: (0, network.possible_pairs),
        Ground.CLOSENESS: (len(close), network.size),
        Ground.HOMES: (near, network.size),
        Ground.GIVERS: (len(givers & told), len(givers)),
    }
    return {g: Certainty(ground=g, known=k, every=n) for g, (k, n) in counts.items()}
