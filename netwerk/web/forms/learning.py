"""Deciding about a chance that was learnt."""

from typing import Any, Final

from flask_babel import gettext
from wtforms import HiddenField, IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from netwerk.domain.learning import LEAST, MOST, Act, Decision
from netwerk.web.forms.base import Form
from netwerk.web.language import later as _l

_LONG_ENOUGH: Final = 10


class DecisionForm(Form):
    """What is to count, and why."""

    version = HiddenField(default="0")
    act = RadioField(
        _l("What is to count?"),
        [InputRequired(_l("Choose one of these."))],
    )
    percent = IntegerField(
        _l("Which chance, in percent?"),
        [Optional(), NumberRange(LEAST, MOST, _l("Write a chance from 1 to 99 percent."))],
        description=_l("Only where you fix it."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    reason = TextAreaField(
        _l("Why?"),
        [
            InputRequired(_l("Say why, for who looks next year.")),
            Length(_LONG_ENOUGH, 1000, _l("Say why in a sentence.")),
        ],
        description=_l("Without names. Everybody who sees this page can read it."),
    )

    def __init__(self, **options: Any) -> None:
        """Offer what can be decided."""
        super().__init__(**options)
        self.act.choices = [
            (Act.FIX.value, gettext("Fix it: this chance counts, whatever comes out")),
            (Act.RESET.value, gettext("Begin anew: only what comes out from today counts")),
            (Act.LEARN.value, gettext("Let it learn: what came out counts")),
        ]

    def command(self, kind: str) -> Decision:
        """Return what was decided. Raises InvalidInputError for a chance that is none."""
        act = Act(self.act.data)
        return Decision(
            kind=kind,
            act=act,
            reason=(self.reason.data or "").strip(),
            percent=self.percent.data if act is Act.FIX else None,
        )

    @property
    def seen(self) -> int:
        """How much was decided when the form was opened."""
        told = self.version.data or ""
        return int(told) if told.isdigit() else 0
