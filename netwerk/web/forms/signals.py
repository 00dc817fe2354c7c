"""Noting a signal: where, what was noticed, and what was done."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from netwerk.domain.records import parse_day
from netwerk.domain.signals import Signal, SignalOutcome
from netwerk.usecases.signals import Told
from netwerk.web import context
from netwerk.web.forms.base import Day, choices, only_spaces_is_nothing
from netwerk.web.forms.nameless import NamelessForm
from netwerk.web.language import later as _l


class SignalForm(NamelessForm):
    """A signal from a place where people are, without a name in it."""

    version = HiddenField(default="0")
    noticed = TextAreaField(
        _l("What did you notice?"),
        [InputRequired(_l("Write what you noticed.")), Length(max=2000)],
        description=_l("No names: what somebody is, not who. A mother at the school gate."),
        filters=[only_spaces_is_nothing],
    )
    place = SelectField(_l("Where was it?"))
    elsewhere = StringField(
        _l("Somewhere else?"), [Length(max=200)], filters=[only_spaces_is_nothing]
    )
    on = Day(_l("Which day?"), [InputRequired(_l("Choose a day."))])
    minutes = IntegerField(
        _l("How many minutes were you there?"),
        [Optional(), NumberRange(min=0, max=600)],
        description=_l("May be left empty. It tells the team what being there takes."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    outcome = RadioField(_l("What was done with it?"), default=SignalOutcome.WAITING.value)
    done = TextAreaField(_l("What exactly?"), [Length(max=2000)], filters=[only_spaces_is_nothing])

    def __init__(self, places: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer the places, and what can be done."""
        super().__init__(**options)
        self.place.choices = [("", gettext("somewhere else")), *places]
        self.outcome.choices = choices("signal_outcome")

    @classmethod
    def of(cls, places: Sequence[tuple[str, str]], signal: Signal | None) -> "SignalForm":
        """Return the form as it begins: today, or filled in with a signal."""
        if signal is None:
            return cls(places, data={"on": context.today(), "version": "0"})
        return cls(
            places,
            data={
                "version": str(signal.version),
                "noticed": signal.noticed,
                "place": signal.place,
                "elsewhere": signal.elsewhere,
                "on": parse_day(signal.on),
                "minutes": signal.minutes or None,
                "outcome": signal.outcome.value,
                "done": signal.done,
            },
        )

    def command(self) -> Told:
        """Return what was filled in."""
        return Told(
            on=self.on.data.isoformat(),
            noticed=self.noticed.data or "",
            place=self.place.data or "",
            elsewhere=self.elsewhere.data or "",
            minutes=self.minutes.data or 0,
            outcome=SignalOutcome(self.outcome.data),
            done=self.done.data or "",
            sure=bool(self.sure.data),
        )
