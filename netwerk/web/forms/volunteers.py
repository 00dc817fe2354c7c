"""What coordinators fill in about volunteers, and about what each of them helps with."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from wtforms import IntegerField, SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from netwerk.domain.sheets import Fields
from netwerk.usecases.areas import Neighbourhood
from netwerk.web.forms.base import Day, Ticks
from netwerk.web.forms.keeping import Choices, OnMap
from netwerk.web.forms.sheets import (
    Line,
    Number,
    SheetForm,
    Text,
    YesNo,
    codes,
    flags,
    spoken,
)
from netwerk.web.language import later as _l


class VolunteerForm(OnMap, SheetForm):
    """A volunteer; with `service`, somebody new."""

    about = "volunteers"
    name = Line(_l("Name"), 200, [DataRequired(_l("Fill in the name."))])
    birth_year = IntegerField(
        _l("Year of birth"),
        [Optional(), NumberRange(1890, 2100, _l("Write the year with four digits, like 1948."))],
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )
    phone = Line(_l("Phone"), 40, render_kw={"inputmode": "tel", "autocomplete": "off"})
    email = Line(_l("Email"), 300, render_kw={"inputmode": "email", "autocomplete": "off"})
    languages = Ticks(_l("Which languages are spoken?"))
    capacity = Number(_l("How many people can this volunteer help at once?"), 0, 100)
    vog_on = Day(
        _l("Of which day is the certificate of conduct (VOG)?"),
        [Optional()],
        description=_l("After three years we ask to renew it."),
    )
    rather_not = Text(_l("What would this volunteer rather not do?"), 500)
    willing_to_help = YesNo(_l("May colleagues find this volunteer by talent?"))
    connector = YesNo(_l("Agreed to be asked for others?"))
    ask_again_from = Day(
        _l("Ask again from"),
        [Optional()],
        description=_l("Until then this volunteer is left alone, for every inhabitant."),
    )
    source = Line(_l("Where do we know this from?"), 200)
    service = SelectField(_l("What does this volunteer help with?"))

    def __init__(
        self,
        areas: Sequence[Neighbourhood],
        known: Sequence[str],
        services: Choices = (),
        lives: Neighbourhood | None = None,
        **options: Any,
    ) -> None:
        """Offer the neighbourhoods, and for who is new the services; `known` are codes of needs.

        `lives` is where the volunteer lives: the form tells the buurt, and nothing more exact.
        """
        super().__init__(**options)
        flags(self.willing_to_help, self.connector)
        self.offer(areas)
        # No address is kept: the middle of the buurt is near enough.
        del self.latitude, self.longitude
        self._known = known
        self._lives = lives
        spoken(self.languages)
        if services:
            self.service.choices = [("", gettext("choose")), *services]
            self.service.validators = (InputRequired(_l("Choose one.")),)
        else:
            del self.service

    def begin_more(self, fields: Fields) -> None:  # noqa: ARG002 -- they are in the fields by now
        """Begin with the buurt, and with languages that are not in the list."""
        spoken(self.languages)
        self.area.data = self._lives.id if self._lives is not None else ""

    def typed_more(self) -> Mapping[str, object]:
        """Return the talents that were ticked, and the middle of another buurt if it is one."""
        talents = codes("needs", self._known)
        here = next((each for each in self.areas if each.id == self.area.data), None)
        if here is None or here.middle is None or here == self._lives:
            return {"talents": talents, "areas": self.read.get("areas")}
        return {"talents": talents, "point": list(here.middle), "areas": [here.id]}


class HelpForm(SheetForm):
    """What a volunteer helps with, and for how many."""

    about = "helps"
    service = SelectField(_l("What does this volunteer help with?"))
    capacity = Number(_l("For how many people at once?"), 0, 1000)
    load = Number(_l("How many are helped now?"), 0, 1000)

    def __init__(self, services: Choices = (), **options: Any) -> None:
        """Offer the services; none where it is known already."""
        super().__init__(**options)
        if services:
            self.service.choices = [("", gettext("choose")), *services]
            self.service.validators = (InputRequired(_l("Choose one.")),)
        else:
            del self.service
