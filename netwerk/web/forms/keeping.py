"""What coordinators fill in about partners, what these offer, where, and whom to ask for."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask_babel import gettext
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from netwerk.domain.records import Point, point, words
from netwerk.domain.sheets import Fields
from netwerk.ports.geocoder import FoundAddress
from netwerk.usecases.areas import Neighbourhood, holding
from netwerk.usecases.geocoding import AskedAddress
from netwerk.web.forms.base import Day, Form, Ticks, choices, only_spaces_is_nothing
from netwerk.web.forms.hours import HoursForm
from netwerk.web.forms.sheets import (
    Line,
    Lines,
    Number,
    SheetForm,
    Text,
    YesNo,
    codes,
    flags,
    or_unknown,
    spoken,
)
from netwerk.web.language import later as _l

Choices = Sequence[tuple[str, str]]
_ONE_A_LINE: Final = _l("One on each line.")
_NAME: Final = _l("Fill in the name.")


class _Reach:
    url = Line(_l("Website"), 500, render_kw={"inputmode": "url"})
    email = Line(_l("Email"), 300, render_kw={"inputmode": "email", "autocomplete": "off"})
    phone = Line(_l("Phone"), 40, render_kw={"inputmode": "tel", "autocomplete": "off"})

    def validate_email(self, field: StringField) -> None:
        """Refuse what cannot be an address."""
        if field.data and not 0 < field.data.find("@") < len(field.data) - 1:
            raise ValidationError(gettext("Write the address like name@example.nl."))

    def validate_url(self, field: StringField) -> None:
        """Refuse what leads elsewhere than to a page."""
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError(gettext("Begin the address of the website with https://."))


class _Source:
    source = Line(
        _l("Where do we know this from?"), 200, description=_l("A person, a website, a list.")
    )


class _Named:
    name = Line(_l("Name"), 300, [DataRequired(_NAME)], render_kw={"autocomplete": "off"})


class OrganizationForm(_Named, _Reach, _Source, SheetForm):
    """An organization."""

    about = "organizations"
    alternate_names = Lines(_l("Other names"), description=_ONE_A_LINE)
    kind = SelectField(_l("What kind of organization is it?"))
    description = Text(_l("What do they do?"), description=_l("In a few plain sentences."))
    places = Ticks(_l("Where are they found?"))

    def __init__(self, places: Choices = (), *arguments: Any, **options: Any) -> None:
        """Offer the places that it has."""
        super().__init__(*arguments, **options)
        or_unknown(self.kind, "organization_kind")
        self.places.choices = list(places)


class ServiceForm(_Named, _Reach, _Source, SheetForm):
    """What an organization offers."""

    about = "services"
    description = Text(_l("What is it?"), description=_l("In a few plain sentences."))
    formality = RadioField(_l("How does one get there?"), [InputRequired(_l("Choose one."))])
    delivery = SelectField(_l("Where is it given?"))
    places = Ticks(_l("At which place?"))
    schedule = Line(
        _l("What more is there to say about when?"),
        500,
        description=_l("For example: not in the school holidays."),
    )
    open_on_holidays = YesNo(_l("Open on public holidays too?"))
    capacity = Number(_l("How many places are there?"), 0, 100_000)
    load = Number(_l("How many are taken?"), 0, 100_000)
    audience = Line(_l("For whom is it?"), 300)
    age_min = Number(_l("From which age?"), 0, 130)
    age_max = Number(_l("Up to which age?"), 0, 130)
    languages = Ticks(_l("Which languages are spoken?"))
    payment = SelectField(_l("Does it cost something?"))
    cost = Line(_l("What does it cost?"), 300)
    how_to_apply = Text(_l("How does one apply?"), 1000)
    valid_from = Day(_l("From when?"), [Optional()])
    valid_to = Day(_l("Until when?"), [Optional()], description=_l("This day does not count."))

    def __init__(
        self, places: Choices, known: Sequence[str], *arguments: Any, **options: Any
    ) -> None:
        """Offer the places of the organization; `known` are the codes of the needs."""
        super().__init__(*arguments, **options)
        self.places.choices = list(places)
        self.formality.choices = choices("formality")
        or_unknown(self.delivery, "delivery")
        or_unknown(self.payment, "payment")
        flags(self.open_on_holidays)
        spoken(self.languages)
        self._known = known
        self._hours: HoursForm | None = None

    @property
    def hours(self) -> HoursForm:
        """The opening hours, as they are stored or were sent."""
        if self._hours is None:
            self._hours = HoursForm(words(self.read, "hours"))
        return self._hours

    def begin_more(self, fields: Fields) -> None:  # noqa: ARG002 -- they are in the field by now
        """Begin the languages."""
        spoken(self.languages)

    def typed_more(self) -> Mapping[str, object]:
        """Return the needs that were ticked, and the opening hours."""
        return {"needs": codes("needs", self._known), "hours": self.hours.lines()}

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the opening hours with the rest."""
        right = super().validate(extra_validators)
        self.hours.lines()
        self.form_errors += self.hours.errors
        return bool(right) and not self.hours.errors

    def validate_age_max(self, field: Number) -> None:
        """Refuse a service that suits nobody."""
        if None not in (self.age_min.data, field.data) and field.data < self.age_min.data:
            raise ValidationError(gettext("This is lower than the age from which it is."))

    def validate_valid_to(self, field: Day) -> None:
        """Refuse an end before the beginning."""
        if None not in (self.valid_from.data, field.data) and field.data <= self.valid_from.data:
            raise ValidationError(gettext("It cannot end before it begins."))


class OnMap:
    """Picking a place: by a buurt, or exactly."""

    area = SelectField(
        _l("In which neighbourhood?"), description=_l("Then we take the middle of it.")
    )
    latitude = StringField(_l("Latitude"), filters=[only_spaces_is_nothing])
    longitude = StringField(_l("Longitude"), filters=[only_spaces_is_nothing])
    areas: Sequence[Neighbourhood] = ()

    def validate_latitude(self, field: StringField) -> None:
        """Refuse what is no latitude."""
        _require_degrees(field.data, 90)

    def validate_longitude(self, field: StringField) -> None:
        """Refuse what is no longitude, or half a place."""
        _require_degrees(field.data, 180)
        if bool(field.data) != bool(self.latitude.data):
            raise ValidationError(gettext("Fill in both, or neither."))

    def offer(self, areas: Sequence[Neighbourhood]) -> None:
        """Offer the neighbourhoods."""
        self.areas = areas
        self.area.choices = [("", gettext("choose")), *((a.id, a.name) for a in areas)]

    def show(self, fields: Fields) -> None:
        """Begin with where it is."""
        at = point(fields)
        if at is not None:
            self.longitude.data, self.latitude.data = str(at[0]), str(at[1])
            here = holding(self.areas, at)
            self.area.data = here.id if here is not None else ""

    def placed(self, read: Fields) -> Mapping[str, object]:
        """Return where it is: exactly as was typed, or else in the middle of the chosen buurt."""
        was, typed = point(read), self._typed()
        here = next((a for a in self.areas if a.id == self.area.data), None)
        stands = None if was is None else holding(self.areas, was)
        if here is not None and here != stands and typed in (None, was):
            return {"point": here.middle, "areas": [here.id]}
        if typed == was:
            return {name: read.get(name) for name in ("point", "areas")}
        inside = None if typed is None else holding(self.areas, typed)
        return {"point": typed, "areas": [] if inside is None else [inside.id]}

    def _typed(self) -> Point | None:
        if not self.latitude.data or not self.longitude.data:
            return None
        return _degrees(self.longitude.data), _degrees(self.latitude.data)


class LocationForm(OnMap, _Source, SheetForm):
    """A place."""

    about = "locations"
    name = Line(_l("What is the place called?"), 300, description=_l("May be left empty."))
    address = Line(_l("Street and number"), 300, render_kw={"autocomplete": "off"})
    postcode = Line(_l("Postcode"), 10, render_kw={"autocomplete": "off"})
    city = Line(_l("Town"), 200)
    masked = YesNo(
        _l("Is the address secret?"),
        description=_l("Like that of a shelter, or of somebody's home. Then nobody sees it here."),
    )
    wheelchair = YesNo(_l("Can one get in with a wheelchair?"))
    accessibility = Line(_l("What else should one know to get in?"), 500)

    def __init__(
        self, areas: Sequence[Neighbourhood] = (), *arguments: Any, **options: Any
    ) -> None:
        """Offer the neighbourhoods."""
        super().__init__(*arguments, **options)
        flags(self.masked, self.wheelchair)
        self.offer(areas)

    found = ""
    """The address that a register found, as it writes it."""

    def begin_more(self, fields: Fields) -> None:
        """Begin with where it is."""
        self.show(fields)

    def asked(self, *, secret: bool) -> AskedAddress:
        """Return the address that was typed, to be looked up; `secret`: it is stored as such."""
        return AskedAddress(
            street=self.address.data or "",
            postcode=self.postcode.data or "",
            city=self.city.data or "",
            secret=secret or self.masked.data == "yes",
        )

    def put(self, found: FoundAddress) -> None:
        """Fill in where the address lies, for whoever looks at it to save."""
        self.found = found.name
        self.longitude.data, self.latitude.data = map(str, found.point)
        here = holding(self.areas, found.point)
        self.area.data = here.id if here is not None else ""

    def move(self, address: tuple[str, str, str]) -> None:
        """Fill in a new address, for whoever looks to save; the town stays if none is told."""
        street, postcode, city = address
        self.address.data, self.postcode.data = street, postcode
        self.city.data = city or self.city.data

    def typed_more(self) -> Mapping[str, object]:
        """Return where it is."""
        return self.placed(self.read)

    def validate_address(self, field: StringField) -> None:
        """Ask for something by which the place is known."""
        if not (field.data or self.name.data or self.postcode.data):
            raise ValidationError(gettext("Fill in a name, an address or a postcode."))


class ContactForm(SheetForm):
    """Whom to ask for at an organization, in a role."""

    about = "contacts"
    role = SelectField(_l("In which role?"), [InputRequired(_l("Choose one."))])
    name = Line(
        _l("Name"), 200, [DataRequired(_NAME)], description=_l("Colleagues see it with the role.")
    )
    phone = Line(_l("Phone of the role"), 40, render_kw={"inputmode": "tel"})
    email = Line(_l("Email of the role"), 300, render_kw={"inputmode": "email"})

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the roles."""
        super().__init__(*arguments, **options)
        self.role.choices = choices("contact_role", empty=gettext("choose"))


class AreaForm(SheetForm):
    """An area; its border comes from an import."""

    about = "areas"
    name = Line(_l("Name"), 200, [DataRequired(_NAME)])
    cluster = Line(
        _l("Cluster"), 100, description=_l("Areas with the same cluster belong to one team.")
    )


class NeedForm(SheetForm):
    """A need of the taxonomy."""

    about = "needs"
    label_nl = Line(_l("In Dutch"), 200, [DataRequired(_NAME)])
    label_en = Line(_l("In English"), 200, [DataRequired(_NAME)])
    parent = SelectField(_l("To which life domain does it belong?"))
    synonyms_nl = Lines(_l("Words that people use"), description=_ONE_A_LINE)
    synonyms_en = Lines(_l("English words that people use"), description=_ONE_A_LINE)

    def __init__(self, domains: Choices, *arguments: Any, **options: Any) -> None:
        """Offer the life domains."""
        super().__init__(*arguments, **options)
        self.parent.choices = [("", gettext("none: it is one itself")), *domains]


class EndForm(Form):
    """From when something is no more."""

    on = Day(_l("From which day?"), [InputRequired(_l("Choose a day."))])


def _require_degrees(typed: str | None, most: int) -> None:
    try:
        if typed and abs(_degrees(typed)) > most:
            raise ValueError
    except ValueError:
        raise ValidationError(gettext("Write it as a number, like 51.4816.")) from None


def _degrees(typed: str) -> float:
    return round(float(typed.replace(",", ".")), 7)
