"""Taking the directory out."""

from typing import Any

from flask_babel import gettext
from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from netwerk.usecases.exporting import LONGEST, SHORTEST, Wish
from netwerk.web.forms.base import Form, only_spaces_is_nothing
from netwerk.web.language import language
from netwerk.web.language import later as _l


class ExportForm(Form):
    """Say what to take out, why, and who it is."""

    kind = RadioField(_l("As what?"), default="xlsx")
    reason = StringField(
        _l("What do you need it for?"),
        [
            InputRequired(_l("Say in a few words what you need this for.")),
            Length(SHORTEST, LONGEST, _l("Say in a few words what you need this for.")),
        ],
        filters=[only_spaces_is_nothing],
        description=_l("This is noted in the log, with your name and the time."),
        render_kw={"autocomplete": "off"},
    )
    password = PasswordField(
        _l("Your password"),
        [InputRequired(_l("Fill in your password."))],
        description=_l("To be sure that it is you."),
        render_kw={"autocomplete": "current-password"},
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the kinds of file."""
        super().__init__(*arguments, **options)
        self.kind.choices = [
            ("xlsx", gettext("Excel: all partners, with what they offer")),
            ("csv", gettext("CSV: the same, for other programs")),
            ("geojson", gettext("GeoJSON: areas and places, for a map")),
            ("oruk", gettext("ORUK 3.0: what is public, for other directories of services")),
            ("hsds", gettext("HSDS 3.1: the same, as the standard has it")),
            ("tables", gettext("HSDS 3.1 as tables: CSV files in a zip")),
        ]

    def wish(self) -> Wish:
        """Return what was asked."""
        return Wish(kind=self.kind.data, reason=self.reason.data or "", language=language())
