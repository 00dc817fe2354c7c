"""The privacy officer's search, an exception in an emergency, and reasons."""

from flask_babel import gettext
from wtforms import IntegerField, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from netwerk.domain.grants import LONGEST, SHORTEST
from netwerk.usecases.emergency import Emergency
from netwerk.web.forms.base import Form, only_spaces_is_nothing
from netwerk.web.language import later as _l


def _name() -> StringField:
    return StringField(
        _l("The whole name"),
        [DataRequired(_l("Fill in the whole name.")), Length(max=200)],
        description=_l("Exactly as it is written with us: first name and family name."),
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )


def _reason(label: str, hint: str) -> TextAreaField:
    return TextAreaField(
        label,
        [
            DataRequired(_l("Say in a sentence why. The privacy officer reads it.")),
            Length(SHORTEST, LONGEST, _l("Say in a sentence why. The privacy officer reads it.")),
        ],
        description=hint,
        filters=[only_spaces_is_nothing],
        render_kw={"rows": "3"},
    )


class SearchForm(Form):
    """Find who asks what is held about them."""

    name = _name()
    reason = _reason(
        _l("For which request?"),
        _l("For example: request for access, letter of 2 November. No name. It is in the log."),
    )


class EmergencyForm(Form):
    """Open the file of somebody else's inhabitant for an hour."""

    name = _name()
    birth_year = IntegerField(
        _l("Year of birth"),
        [Optional(), NumberRange(1890, 2100, _l("Write the year with four digits, like 1948."))],
        description=_l("If you know it."),
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )
    reason = _reason(_l("Why can it not wait?"), _l("The privacy officer reads this. No name."))

    def told(self) -> Emergency:
        """Return what was filled in."""
        return Emergency(
            name=self.name.data or "",
            birth_year=self.birth_year.data,
            reason=self.reason.data or "",
        )

    def found_nobody(self) -> None:
        """Say that nobody, or more than one, is found: the two look alike."""
        self.form_errors.append(
            gettext(
                "No file opens with this. Look whether the whole name and the year are right, "
                "or call a colleague of the team."
            )
        )


class ConfirmForm(Form):
    """Say why, and show that it is you."""

    status = 200
    """What the page answers with: 401 for a wrong password, 429 for too many."""

    reason = _reason(_l("For which request?"), _l("It is in the log, with your name. No name."))
    password = PasswordField(
        _l("Your password"),
        [InputRequired(_l("Fill in your password."))],
        description=_l("To be sure that it is you."),
        render_kw={"autocomplete": "current-password"},
    )
