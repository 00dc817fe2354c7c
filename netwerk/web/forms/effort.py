"""The team's own effort with its steps back, and more help or less."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from flask_babel import gettext
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from netwerk.domain.effort import Effort, Scaling
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.plans import Side
from netwerk.graph.effort import OfColleague, Step
from netwerk.usecases.effort import EffortFacts, ScalingFacts, StepFacts
from netwerk.web.forms.base import Day, Form, choices, only_spaces_is_nothing
from netwerk.web.language import language
from netwerk.web.language import later as _l

Choice = tuple[str, str]
STEPS: Final = 4
"""Rows for steps on the form."""
_MOST: Final = 2400
_WRITTEN: Final = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?")
_HOURS: Final = _l("Hours a week")


class Hours(StringField):
    """Hours a week, kept as whole minutes."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read hours as people write them, or say how."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        minutes = round(float(typed.replace(",", ".")) * 60) if _WRITTEN.fullmatch(typed) else None
        if minutes is None or minutes > _MOST:
            raise ValueError(gettext("Write the hours as 2 or 1,5; no more than 40."))
        self.data = minutes

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else written(self.data)


def written(minutes: int) -> str:
    """Return minutes as the hours that one types."""
    told = f"{minutes / 60:.2f}".rstrip("0").removesuffix(".")
    return told if language() == "en" else told.replace(".", ",")


class EffortForm(Form):
    """What a colleague gives, since when, and how it goes down."""

    version = HiddenField(default="0")
    worker = SelectField(_l("Who of the team?"))
    hours = Hours(_HOURS, description=_l("Half an hour is 0,5. With 0 it stops."))
    since = Day(_l("Since which day?"), [InputRequired(_l("Choose a day."))])
    note = TextAreaField(
        _l("What for?"),
        [Length(max=1000)],
        description=_l("Like: a weekly visit, and calling the housing association together."),
        filters=[only_spaces_is_nothing],
    )

    def __init__(
        self,
        workers: Sequence[Choice],
        takers: Mapping[str, list[Choice]],
        *arguments: Any,
        **options: Any,
    ) -> None:
        """Offer the colleagues, and who may take something over."""
        super().__init__(*arguments, **options)
        self.worker.choices = list(workers)
        for each in self.rows():
            each[2].choices = {"": [("", gettext("not known yet"))], **takers}

    @classmethod
    def of(
        cls, found: OfColleague, workers: Sequence[Choice], takers: Mapping[str, list[Choice]]
    ) -> "EffortForm":
        """Return the form filled in with what stands."""
        now = found.now
        data: dict[str, Any] = {"worker": found.worker, "hours": found.minutes}
        if now is not None:
            data |= {"version": str(now.node.version), "since": now.since, "note": now.note}
        for number, step in enumerate(found.steps[:STEPS]):
            data |= _filled(number, step)
        return cls(workers, takers, data=data)

    def rows(self) -> list[tuple[Any, Any, Any, Any]]:
        """Return the fields of each step: day, hours, who takes over, what."""
        return [
            (self[f"on_{n}"], self[f"hours_{n}"], self[f"who_{n}"], self[f"what_{n}"])
            for n in range(STEPS)
        ]

    def shown(self) -> list[tuple[Any, Any, Any, Any]]:
        """Return the rows in which something stands, with an empty one after them; two at least."""
        rows = self.rows()
        last = max((n for n, row in enumerate(rows) if _told(row)), default=-1)
        return rows[: max(2, last + 2)]

    def validate_hours(self, field: Field) -> None:
        """Ask for the hours: none at all is 0."""
        if field.data is None and not field.errors:
            raise ValidationError(gettext("Fill in how many hours a week."))

    def command(self) -> EffortFacts:
        """Return what was filled in."""
        return EffortFacts(
            worker=WorkerId(NodeId(self.worker.data)),
            minutes=self.hours.data or 0,
            since=self.since.data or date.max,
            note=self.note.data or "",
            steps=tuple(_step(row) for row in self.rows() if _told(row)),
        )


for _n in range(STEPS):
    setattr(EffortForm, f"on_{_n}", Day(_l("From which day?"), [Optional()]))
    setattr(EffortForm, f"hours_{_n}", Hours(_HOURS))
    setattr(EffortForm, f"who_{_n}", SelectField(_l("Who takes it over?"), default=""))
    what = StringField(
        _l("What do they take over?"), [Length(max=1000)], filters=[only_spaces_is_nothing]
    )
    setattr(EffortForm, f"what_{_n}", what)


class ScalingForm(Form):
    """More help or less, and why."""

    version = HiddenField()
    direction = SelectField(_l("More help or less?"))
    scaled_on = Day(_l("From which day?"), [InputRequired(_l("Choose a day."))])
    reason = TextAreaField(
        _l("Why?"),
        [DataRequired(_l("Write down why.")), Length(max=2000)],
        filters=[only_spaces_is_nothing],
    )
    to_whom = StringField(
        _l("To whom?"),
        [Length(max=200)],
        description=_l("Who comes in, or who goes on: the general practitioner, the neighbour."),
        filters=[only_spaces_is_nothing],
    )
    change = TextAreaField(
        _l("What changes?"), [Length(max=1000)], filters=[only_spaces_is_nothing]
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the two ways."""
        super().__init__(*arguments, **options)
        self.direction.choices = choices("scaling_direction")

    @classmethod
    def of(cls, read: Scaling | None, today: date) -> "ScalingForm":
        """Return the form as it begins."""
        if read is None:
            return cls(data={"scaled_on": today})
        return cls(
            data={
                "version": read.node.version,
                "direction": read.direction,
                "scaled_on": read.on,
                "reason": read.reason,
                "to_whom": read.to_whom,
                "change": read.change,
            }
        )

    def command(self) -> ScalingFacts:
        """Return what was filled in."""
        return ScalingFacts(
            direction=self.direction.data,
            on=self.scaled_on.data,
            reason=self.reason.data or "",
            to_whom=self.to_whom.data or "",
            change=self.change.data or "",
        )


def _filled(number: int, step: Step) -> dict[str, Any]:
    """Return a step as its row begins; of who is left alone by now nothing is filled in."""
    effort = step.effort
    return {
        f"on_{number}": effort.since,
        f"hours_{number}": effort.minutes,
        f"who_{number}": "" if step.closed_off else _who(effort),
        f"what_{number}": "" if step.closed_off else effort.note,
    }


def _who(effort: Effort) -> str:
    return "" if effort.side is None else f"{effort.side}:{effort.who or ''}"


def _told(row: Iterable[Field]) -> bool:
    return any(field.data not in (None, "") for field in row)


def _step(row: tuple[Any, Any, Any, Any]) -> StepFacts:
    on, hours, who, what = row
    if on.data is None or hours.data is None:
        raise InvalidInputError("A step has a day and a number of hours.")
    side, _, key = (who.data or "").partition(":")
    return StepFacts(
        on=on.data,
        minutes=hours.data,
        side=Side(side) if side else None,
        who=NodeId(key) if key else None,
        note=what.data or "",
    )
