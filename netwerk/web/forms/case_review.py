"""Planning a session of casuïstiek, bringing a case to it, noting what it decides."""

from typing import Any, Final

from flask import request
from flask_babel import gettext
from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.records import parse_day
from netwerk.domain.reviewing import USUAL_MINUTES, Decision, Session, Task
from netwerk.graph.anonymous import Told
from netwerk.usecases.case_review import Bringing, Noting, Prepared, Room
from netwerk.usecases.case_review import Colleague as Seat
from netwerk.web import context
from netwerk.web.forms.base import Day, Ticks, only_spaces_is_nothing, version_of
from netwerk.web.forms.nameless import NamelessForm
from netwerk.web.language import day
from netwerk.web.language import later as _l

TASKS: Final = 4
"""Rows for tasks on one form; saved again there are as many more."""


class SessionForm(NamelessForm):
    """When and where, and who sits in it."""

    version = HiddenField(default="0")
    on = Day(_l("Which day?"), [InputRequired(_l("Choose a day."))])
    begins = StringField(
        _l("What time?"),
        [Optional(), Regexp(r"^\d{1,2}[:.]\d{2}$", message=_l("Write the time as 13:30."))],
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off", "inputmode": "numeric", "placeholder": "13:30"},
    )
    place = StringField(_l("Where?"), [Length(max=200)], filters=[only_spaces_is_nothing])
    chair = SelectField(_l("Who leads the talk?"))
    participants = Ticks(_l("Who sits in it?"))
    guests = TextAreaField(
        _l("And who without an account?"),
        [Length(max=1000)],
        description=_l("One on a line: the organization, not the name. They see the screen."),
        filters=[only_spaces_is_nothing],
    )

    def __init__(self, seats: list[Seat], **options: Any) -> None:
        """Offer those who can sit in it."""
        super().__init__(**options)
        self.chair.choices = [(each.id, each.name) for each in seats if each.own_team]
        self.participants.choices = [(each.id, each.name) for each in seats]

    @classmethod
    def of(cls, seats: list[Seat], session: Session) -> "SessionForm":
        """Return the form filled in with a session."""
        return cls(
            seats,
            data={
                "version": str(session.version),
                "on": parse_day(session.on),
                "begins": session.begins,
                "place": session.place,
                "chair": session.chair,
                "participants": list(session.participants),
                "guests": "\n".join(session.guests),
            },
        )

    def command(self, key: str = "", team: str = "") -> Session:
        """Return the session as it was filled in."""
        guests = (line.strip()[:100] for line in (self.guests.data or "").splitlines())
        chosen = self.participants.data or []
        return Session(
            key=key,
            team=NodeId(team),
            on=self.on.data.isoformat(),
            begins=(self.begins.data or "").replace(".", ":"),
            place=self.place.data or "",
            chair=WorkerId(NodeId(self.chair.data)),
            participants=tuple(WorkerId(NodeId(who)) for who in chosen),
            guests=tuple(guest for guest in guests if guest),
            version=version_of(self.version),
        )


class BringForm(NamelessForm):
    """What the session is asked, without names."""

    session = SelectField(_l("To which session?"))
    question = TextAreaField(
        _l("What is the question?"),
        [InputRequired(_l("Write what the question is.")), Length(max=2000)],
        description=_l("No names, addresses or dates: what somebody is, not who."),
        filters=[only_spaces_is_nothing],
    )
    question_behind = TextAreaField(
        _l("And the question behind it?"), [Length(max=2000)], filters=[only_spaces_is_nothing]
    )
    hoped = TextAreaField(
        _l("What do you hope to get from the others?"),
        [Length(max=1000)],
        description=_l("Think along, a decision, somebody who takes it up."),
        filters=[only_spaces_is_nothing],
    )
    minutes = IntegerField(
        _l("How many minutes?"),
        [InputRequired(_l("Fill in a number of minutes.")), NumberRange(min=5, max=120)],
        default=USUAL_MINUTES,
    )

    def __init__(self, prepared: Prepared, **options: Any) -> None:
        """Offer the sessions that are to come."""
        super().__init__(**options)
        self.session.choices = [
            (each.key, " ".join((day(parse_day(each.on), context.today()), each.begins)).strip())
            for each in prepared.sessions
        ]

    @classmethod
    def started(cls, prepared: Prepared) -> "BringForm":
        """Return the form with what the file has, to be looked at."""
        sheet = prepared.sheet
        return cls(
            prepared, data={"question": sheet.question, "question_behind": sheet.question_behind}
        )

    def command(self) -> Bringing:
        """Return what was filled in."""
        told = Told(
            question=self.question.data or "",
            question_behind=self.question_behind.data or "",
            hoped=self.hoped.data or "",
        )
        return Bringing(
            session=self.session.data,
            told=told,
            minutes=self.minutes.data,
            sure=bool(self.sure.data),
        )


class NoteForm(NamelessForm):
    """What was decided, who takes it up, and who thinks otherwise."""

    version = HiddenField()
    decision = TextAreaField(
        _l("What do we decide?"), [Length(max=4000)], filters=[only_spaces_is_nothing]
    )
    taken_up_by = SelectField(_l("Who takes it up?"))
    look_back_on = Day(_l("When do we look back?"), [Optional()])
    dissent = TextAreaField(
        _l("Does somebody think otherwise?"),
        [Length(max=2000)],
        description=_l("That may stand beside the decision."),
        filters=[only_spaces_is_nothing],
    )

    def __init__(self, room: Room, **options: Any) -> None:
        """Offer those who sit in the session."""
        super().__init__(**options)
        session = room.session
        seats = dict.fromkeys((session.chair, *session.participants))
        self.people = [(who, room.names.get(who, "")) for who in seats]
        self.taken_up_by.choices = [("", gettext("not decided")), *self.people]
        self.tasks: tuple[Task, ...] = ()

    @classmethod
    def of(cls, room: Room, decided: Decision, version: int) -> "NoteForm":
        """Return the form filled in with what was noted."""
        form = cls(
            room,
            data={
                "version": str(version),
                "decision": decided.decision,
                "taken_up_by": decided.taken_up_by,
                "look_back_on": parse_day(decided.look_back_on) if decided.look_back_on else None,
                "dissent": decided.dissent,
            },
        )
        form.tasks = decided.tasks
        return form

    def rows(self) -> list[Task]:
        """Return the tasks with empty rows after them."""
        told = typed_tasks() if self.is_submitted() else list(self.tasks)
        return [*told, *([Task(what="")] * max(TASKS - len(told), 1))]

    def command(self) -> Noting:
        """Return what was filled in."""
        decided = Decision(
            decision=self.decision.data or "",
            dissent=self.dissent.data or "",
            taken_up_by=self.taken_up_by.data or "",
            look_back_on=self.look_back_on.data.isoformat() if self.look_back_on.data else "",
            tasks=tuple(_with_day(task) for task in typed_tasks()),
        )
        return Noting(decided=decided, version=version_of(self.version), sure=bool(self.sure.data))


def typed_tasks() -> list[Task]:
    """Return the rows of tasks in which something was typed, as it was typed."""
    rows = zip(
        request.form.getlist("task"),
        request.form.getlist("task_who"),
        request.form.getlist("task_due"),
        strict=False,
    )
    return [
        Task(what=what.strip()[:1000], who=who, due_on=due.strip())
        for what, who, due in rows
        if what.strip()
    ]


def _with_day(task: Task) -> Task:
    """Return a task with its day read, or say how to write one."""
    if task.due_on:
        try:
            parse_day(task.due_on)
        except InvalidInputError:
            raise InvalidInputError("Write the day as 30-11-2026, or pick it.") from None
    return task
