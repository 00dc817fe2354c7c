"""What comes from the drawing: a line, a place, what was told about somebody."""

from typing import Any, Final

from flask import abort, request
from flask_babel import gettext
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from netwerk.graph.spoken import Understood
from netwerk.usecases.drawing import Told
from netwerk.web.forms.base import Day, Form, Ticks, choices, only_spaces_is_nothing
from netwerk.web.language import later as _l

LONGEST_LINE: Final = 300
PLACES: Final = 1000
RINGS: Final = 5


class TellForm(Form):
    """What is told about somebody: everything but whether they may be asked."""

    version = HiddenField()
    person_version = HiddenField()
    name = StringField(_l("Name"), [Length(max=200)], filters=[only_spaces_is_nothing])
    called = StringField(
        _l("What is that to you?"), [Length(max=60)], filters=[only_spaces_is_nothing]
    )
    kind = SelectField(_l("Where on the drawing"), [InputRequired(_l("Choose one."))])
    closeness = RadioField(_l("How close?"), [Optional()])
    contact = RadioField(_l("How often are you in touch?"), [Optional()])
    support = Ticks(_l("What do you get?"))
    support_given = Ticks(_l("What do you give?"))
    valence = RadioField(_l("How does it feel?"), [Optional()])
    lives_with = BooleanField(_l("Lives in the same house"))
    carer = BooleanField(_l("Is an informal carer"))
    remark = StringField(
        _l("What else was said"), [Length(max=500)], filters=[only_spaces_is_nothing]
    )
    valid_from = Day(_l("Since when?"), [Optional()])

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the choices of graph_schema in the reader's language."""
        super().__init__(*arguments, **options)
        self.kind.choices = choices("tie_kind")
        self.contact.choices = contacts()
        self.valence.choices = choices("valence")
        self.support.choices = choices("support")
        self.support_given.choices = choices("support")
        self.closeness.choices = [(str(ring), label) for ring, label in rings()]

    def command(self) -> Told:
        """Return what was told."""
        return Told(
            name=self.name.data or "",
            called=self.called.data or "",
            kind=self.kind.data,
            closeness=int(self.closeness.data) if self.closeness.data else None,
            contact=self.contact.data or None,
            support=tuple(self.support.data or ()),
            support_given=tuple(self.support_given.data or ()),
            valence=self.valence.data or None,
            lives_with=self.lives_with.data is True,
            carer=self.carer.data is True,
            remark=self.remark.data or "",
            valid_from=self.valid_from.data,
        )

    def wrong(self) -> str:
        """Return what is wrong with it, in one line."""
        return " ".join(
            f"{field.label.text}: {' '.join(field.errors)}" for field in self if field.errors
        )


def rings() -> list[tuple[int, str]]:
    """Return the rings with their names, the closest first."""
    return [
        (5, gettext("very close")),
        (4, gettext("close")),
        (3, gettext("in between")),
        (2, gettext("not so close")),
        (1, gettext("distant")),
    ]


def contacts() -> list[tuple[str, str]]:
    """Return how often people are in touch, short enough for a row of words to tap."""
    short = {
        "daily": gettext("every day"),
        "weekly": gettext("every week"),
        "monthly": gettext("every month"),
        "few_times_a_year": gettext("a few times a year"),
        "yearly": gettext("once a year"),
        "never": gettext("never"),
    }
    return [(value, short.get(value, label)) for value, label in choices("contact")]


def line() -> str:
    """Return the line that was typed; one that is endless is refused as it came."""
    typed = request.form.get("line", "").strip()
    if len(typed) > LONGEST_LINE:
        abort(400)
    return typed


def told_of(heard: Understood) -> Told:
    """Return what a line says as what is told about somebody."""
    return Told(
        name=heard.name,
        called=heard.called,
        kind=heard.kind or "other",
        closeness=heard.closeness,
        contact=heard.contact,
        support=heard.support,
        valence=heard.valence,
        lives_with=heard.lives_with,
        carer=heard.carer,
        remark=heard.remark,
    )


def number(name: str, least: int, most: int) -> int:
    """Return a number of the form; 400 where it is none within the limits."""
    given = request.form.get(name, type=int)
    if given is None or not least <= given <= most:
        abort(400)
    return given


def place() -> int | None:
    """Return the place along a ring, if one was pointed out."""
    return number("place", 0, PLACES) if request.form.get("place") else None
