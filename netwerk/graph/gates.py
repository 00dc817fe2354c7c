"""Who may be approached at all: the inhabitant's word, before any search."""

from collections.abc import Mapping
from datetime import date

from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.people import Person
from netwerk.domain.records import Subgraph
from netwerk.domain.ties import Approach, Participation, Tie

_BARRING = frozenset({Approach.DO_NOT_APPROACH, Approach.SUPPORT_ONLY})
REASONS = ("support_only", "do_not_approach", "not_discussed", "stressful", "not_valid")


class Gates:
    """The inhabitant's file read for one day: usable steps, and who is left alone."""

    def __init__(self, file: Subgraph, inhabitant: PersonId, on: date) -> None:
        """Read the file; `inhabitant` owns it."""
        self.inhabitant = inhabitant
        self.on = on
        every = [Tie.from_relationship(r) for r in file.of_type("TIE")]
        self.ties = [tie for tie in every if tie.owner == inhabitant]
        self.participations = [
            part
            for part in map(Participation.from_relationship, file.of_type("TAKES_PART"))
            if part.owner == inhabitant
        ]
        self.barred = self._barred_persons() | self._barred_organizations()

    def usable_ties(self) -> list[Tie]:
        """Return the ties of the file that can be a step."""
        return [
            tie
            for tie in self.ties
            if tie.approach is Approach.MAY_ASK and tie.held_on(self.on) and not tie.stressful
        ]

    def usable_participations(self) -> list[Participation]:
        """Return the participations of the file that can be a step."""
        return [
            part
            for part in self.participations
            if part.approach is Approach.MAY_ASK and part.held_on(self.on)
        ]

    def open_to(self, person: Person) -> bool:
        """Whether this person may be in a path, as supporter or as go-between."""
        return person.id not in self.barred and not person.declined_on(self.on)

    def left_out(self) -> Mapping[str, int]:
        """Count the inhabitant's ties that no path may use, each under its first reason."""
        counts = dict.fromkeys(REASONS, 0)
        for tie in self.ties:
            reason = self._reason(tie) if tie.joins(self.inhabitant) else None
            if reason is not None:
                counts[reason] += 1
        return counts

    def _reason(self, tie: Tie) -> str | None:
        if not tie.held_on(self.on):
            return "not_valid"
        if tie.stressful:
            return "stressful"
        return None if tie.approach is Approach.MAY_ASK else tie.approach.value

    def _barred_persons(self) -> set[NodeId]:
        return {
            tie.other(self.inhabitant)
            for tie in self.ties
            if tie.joins(self.inhabitant)
            and tie.held_on(self.on)
            and (tie.approach in _BARRING or tie.stressful)
        }

    def _barred_organizations(self) -> set[NodeId]:
        return {
            part.organization
            for part in self.participations
            if part.approach is Approach.DO_NOT_APPROACH
            and part.person == self.inhabitant
            and part.held_on(self.on)
        }
