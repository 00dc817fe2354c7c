"""A session of casuïstiek: who sits in it, and the cases that are talked over without names."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, Self

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import CaseId, NodeId, PersonId, WorkerId
from netwerk.domain.records import Properties, flag, integer, text, words

SESSION: Final = "review_session"
"""The system kind under which sessions are kept; the owner is the team."""
REVIEW_ITEM: Final = "review_item"
"""And what is talked over in them; the owner is the session."""
MOST_ITEMS: Final = 12
USUAL_MINUTES: Final = 30
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ItemState(StrEnum):
    """Where a case stands in a session."""

    BROUGHT = "brought"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session, planned or held. `guests` are who sits in without an account.

    `closed_on`: from that day nothing in it is changed any more, and the files know the decisions.
    """

    key: str
    team: NodeId
    on: str
    begins: str
    place: str
    chair: WorkerId
    participants: tuple[WorkerId, ...]
    guests: tuple[str, ...] = ()
    closed_on: str = ""
    version: int = 0

    def seats(self, worker: WorkerId) -> bool:
        """Whether somebody sits in it."""
        return worker == self.chair or worker in self.participants

    def require_open(self) -> None:
        """Refuse to change what was closed."""
        if self.closed_on:
            raise InvalidInputError("This session is closed. Its decisions stand in the files.")

    def written(self) -> Properties:
        """Return it as it is stored, one version further."""
        return {
            "owner": self.team,
            "on": self.on,
            "begins": self.begins,
            "place": self.place,
            "chair": self.chair,
            "participants": list(self.participants),
            "guests": list(self.guests),
            "closed_on": self.closed_on,
            "version": self.version + 1,
        }

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what `written` returned."""
        told = {name: text(facts, name) or "" for name in ("on", "begins", "place", "closed_on")}
        return cls(
            key=key,
            team=NodeId(text(facts, "owner") or ""),
            chair=WorkerId(NodeId(text(facts, "chair") or "")),
            participants=tuple(WorkerId(NodeId(who)) for who in words(facts, "participants")),
            guests=words(facts, "guests"),
            version=integer(facts, "version") or 0,
            **told,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something that somebody of the session takes upon them."""

    what: str
    who: str = ""
    due_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided about a case; `taken_up_by` is a colleague, `dissent` who thought not."""

    decision: str = ""
    dissent: str = ""
    taken_up_by: str = ""
    look_back_on: str = ""
    tasks: tuple[Task, ...] = ()

    @property
    def taken(self) -> bool:
        """Whether anything was noted."""
        return self != Decision()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """A case in a session. `sheet` is all that the session sees of it; whose it is stays here.

    `noted_by` and `version`: who noted last, so that two who take notes see each other.
    """

    key: str
    session: str
    person: PersonId
    case: CaseId
    brought_by: WorkerId
    letter: str
    brought_on: str = ""
    minutes: int = USUAL_MINUTES
    state: ItemState = ItemState.BROUGHT
    sheet: Properties = field(default_factory=dict)
    decided: Decision = field(default_factory=Decision)
    noted_by: str = ""
    recorded: bool = False
    version: int = 0

    def withdrawn(self) -> Self:
        """Return what is left when the inhabitant does not want it talked over: nothing."""
        return replace(self, state=ItemState.WITHDRAWN, sheet={}, decided=Decision(), noted_by="")

    def written(self) -> Properties:
        """Return it as it is stored, one version further."""
        tasks = [{"what": t.what, "who": t.who, "due_on": t.due_on} for t in self.decided.tasks]
        decided: Properties = {
            "decision": self.decided.decision,
            "dissent": self.decided.dissent,
            "taken_up_by": self.decided.taken_up_by,
            "look_back_on": self.decided.look_back_on,
            "tasks": tasks,
        }
        return {
            "owner": self.session,
            "person": self.person,
            "case": self.case,
            "brought_by": self.brought_by,
            "letter": self.letter,
            "brought_on": self.brought_on,
            "minutes": self.minutes,
            "state": self.state.value,
            "sheet": self.sheet,
            "decided": decided,
            "noted_by": self.noted_by,
            "recorded": self.recorded,
            "version": self.version + 1,
        }

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what `written` returned."""
        sheet = facts.get("sheet")
        return cls(
            key=key,
            session=text(facts, "owner") or "",
            person=PersonId(NodeId(text(facts, "person") or "")),
            case=CaseId(NodeId(text(facts, "case") or "")),
            brought_by=WorkerId(NodeId(text(facts, "brought_by") or "")),
            letter=text(facts, "letter") or "",
            brought_on=text(facts, "brought_on") or "",
            minutes=integer(facts, "minutes") or USUAL_MINUTES,
            state=ItemState(text(facts, "state") or ItemState.BROUGHT),
            sheet=sheet if isinstance(sheet, Mapping) else {},
            decided=_decided(facts.get("decided")),
            noted_by=text(facts, "noted_by") or "",
            recorded=flag(facts, "recorded") is True,
            version=integer(facts, "version") or 0,
        )


def next_letter(taken: frozenset[str]) -> str:
    """Return what the next case of a session is called. Raises where there are too many."""
    free = [letter for letter in LETTERS if letter not in taken]
    if len(taken) >= MOST_ITEMS or not free:
        raise InvalidInputError(
            "There are %(most)s cases in this session already. Choose another day.",
            most=MOST_ITEMS,
        )
    return free[0]


def _decided(stored: object) -> Decision:
    facts = stored if isinstance(stored, Mapping) else {}
    told = ("decision", "dissent", "taken_up_by", "look_back_on")
    rows = facts.get("tasks")
    return Decision(
        tasks=tuple(
            Task(
                what=text(row, "what") or "",
                who=text(row, "who") or "",
                due_on=text(row, "due_on") or "",
            )
            for row in (rows if isinstance(rows, list | tuple) else ())
            if isinstance(row, Mapping)
        ),
        **{name: text(facts, name) or "" for name in told},
    )
