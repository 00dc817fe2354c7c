"""Forms over a sheet of the directory: they begin with what is stored, and compare with it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from babel import Locale
from flask import abort, request
from flask_babel import gettext
from wtforms import (
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional

from netwerk.domain.errors import ConflictError
from netwerk.domain.records import Value, from_json, to_json, words
from netwerk.domain.sheets import SHEETS, Fields
from netwerk.usecases.keeping import Entry, Filling
from netwerk.web.forms.base import Day, Form, Ticks, choices, only_spaces_is_nothing
from netwerk.web.language import language
from netwerk.web.language import later as _l

_LANGUAGES: Final = (
    *("nl", "en", "ar", "tr", "pl", "uk", "ru", "bg", "ro", "es", "fr", "de", "fa", "ku", "ti"),
    *("so", "zgh", "pap", "zh"),
)


class Line(StringField):
    """A text on one line."""

    def __init__(self, label: str, most: int, validators: Any = (), **options: Any) -> None:
        """Take the longest that is stored."""
        checks = [*validators, Length(max=most)]
        super().__init__(label, checks, filters=[only_spaces_is_nothing], **options)


class Text(TextAreaField):
    """A text of some lines."""

    def __init__(self, label: str, most: int = 8000, validators: Any = (), **options: Any) -> None:
        """Take the longest that is stored."""
        checks = [*validators, Length(max=most)]
        super().__init__(label, checks, filters=[only_spaces_is_nothing], **options)


class Lines(TextAreaField):
    """Some short texts, each on a line of its own."""

    def _value(self) -> str:
        return self.data if isinstance(self.data, str) else "\n".join(self.data or ())


class Number(IntegerField):
    """A whole number that may be left empty."""

    def __init__(self, label: str, least: int, most: int, **options: Any) -> None:
        """Take the limits of what is stored."""
        told = _l("A number from %(least)s to %(most)s.", least=least, most=most)
        usual = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            label, [Optional(), NumberRange(least, most, told)], render_kw=usual, **options
        )


class YesNo(SelectField):
    """Yes, no, or not known."""


class SheetForm(Form):
    """A form over one kind of entry.

    `was` carries how the entry was when the form was opened; after a conflict it is what is stored
    by then, and `before` what it was at first.
    """

    about = ""
    """The kind of entry."""
    was = HiddenField()
    before = HiddenField()
    stored: Fields | None = None
    """What is stored, when somebody else changed it meanwhile."""

    @property
    def read(self) -> Fields:
        """How the entry was when this form, as it was sent, was opened."""
        return _fields_in(self.was)

    def begin(self, fields: Fields) -> None:
        """Begin with what is stored, unless something was typed already."""
        if self.is_submitted():
            return
        self.was.data = to_json(fields)
        for field in self:
            if field.name in SHEETS[self.about].fields:
                field.data = _shown(field, fields.get(field.name))
        self.begin_more(fields)

    def begin_more(self, fields: Fields) -> None:
        """Begin what is more than a field of its own."""

    def typed_more(self) -> Mapping[str, object]:
        """Return what was typed in what is more than a field of its own."""
        return {}

    def typed(self) -> dict[str, Any]:
        """Return what was typed, or chosen where two had changed the same."""
        names = set(SHEETS[self.about].fields)
        said = {f.name: _typed(f, self.read.get(f.name)) for f in self if f.name in names}
        said.update(self.typed_more())
        for name in names:
            if request.form.get(f"choose-{name}") == "stored":
                said[name] = self.read.get(name)
        return said

    def filling(self) -> Filling:
        """Return what was filled in, beside how it was read."""
        return Filling(was=self.read, typed=self.typed())

    def saved(self, act: Callable[[], Any]) -> bool:
        """See Form.saved; after a conflict the form knows what is stored now."""
        if request.form.get("again"):
            return False  # a button that only shows more of the form

        def tried() -> None:
            try:
                act()
            except ConflictError as error:
                if isinstance(error.stored, Entry):
                    self.stored = error.stored.fields
                raise

        if super().saved(tried):
            return True
        if self.stored is not None:
            self.before.data = self.was.data
            self.was.data = to_json(self.stored)
        return False

    def told_of_conflict(self) -> str:
        """See Form.told_of_conflict."""
        return gettext(
            "Somebody else changed this while you were typing. What you typed is still here. "
            "Choose below what you want to keep."
        )

    @property
    def versions(self) -> tuple[Fields, Fields, Fields] | None:
        """What it was, what is stored, and what was typed, after a conflict."""
        if not self.before.data:
            return None
        typed = {name: value for name, value in self.typed().items() if value not in (None, "", [])}
        return _fields_in(self.before), _fields_in(self.was), typed


def flags(*fields: YesNo) -> None:
    """Offer yes, no and not known."""
    for field in fields:
        field.choices = [
            ("", gettext("not known")),
            ("yes", gettext("yes")),
            ("no", gettext("no")),
        ]


def spoken(field: Ticks) -> None:
    """Offer languages, first those that are spoken most here."""
    names = Locale.parse(language()).languages
    known = [(code, names.get(code, code)) for code in _LANGUAGES]
    others = [each for each in field.data or () if each not in _LANGUAGES]
    field.choices = [*known, *((code, names.get(code, code)) for code in others)]


def or_unknown(field: SelectField, vocabulary: str) -> None:
    """Offer the values of a vocabulary, and not known."""
    field.choices = choices(vocabulary, empty=gettext("not known"))


def codes(name: str, known: Iterable[str]) -> list[str]:
    """Return what was ticked of the codes that there are."""
    there = set(known)
    return sorted({each for each in request.form.getlist(name) if each in there})


def _fields_in(field: HiddenField) -> Fields:
    try:
        found = from_json(field.data or "{}")
    except ValueError:
        abort(400)
    if not isinstance(found, Mapping):
        abort(400)
    return found


def _shown(field: Field, value: Value | None) -> Any:
    """Return a stored value as a field holds it."""
    if isinstance(field, YesNo):
        return {True: "yes", False: "no"}.get(value is True) if value is not None else ""
    if isinstance(field, Day):
        return date.fromisoformat(str(value)) if value else None
    if isinstance(field, Ticks | Lines):
        return list(words({"": value}, "")) if value is not None else []
    return "" if value is None and not isinstance(field, IntegerField) else value


def _typed(field: Field, was: Value | None) -> Any:
    """Return what was typed as it is stored; spaces and line ends alone are no change."""
    data = field.data
    if isinstance(field, YesNo):
        return {"yes": True, "no": False}.get(data)
    if isinstance(data, date):
        return data.isoformat()
    if isinstance(field, Lines):
        lines = (data if isinstance(data, str) else "\n".join(data or ())).splitlines()
        return [tidy for each in lines if (tidy := each.strip())]
    if isinstance(field, Ticks):
        order = list(words({"": was}, "")) if was is not None else []
        return [each for each in order if each in data] + [e for e in data if e not in order]
    if isinstance(data, str):
        plain = data.replace("\r\n", "\n")
        return was if isinstance(was, str) and was.strip() == plain else plain
    return data
