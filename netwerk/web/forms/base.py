"""What all forms share: an operation id, errors of the core, choices of graph_schema."""

from collections.abc import Callable, Container, Sequence
from typing import Any

from flask import abort, request
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import DateField, Field, SelectMultipleField, widgets
from wtforms.i18n import get_translations

from netwerk.domain.access import Purpose
from netwerk.domain.errors import ConflictError, InvalidInputError
from netwerk.domain.ids import NeedId, NodeId
from netwerk.usecases import needs
from netwerk.web import context
from netwerk.web.language import language, say


class Form(FlaskForm):
    """A form that keeps what was typed when something is wrong."""

    stale = False
    """Whether somebody else changed what it is about since it was filled in."""

    class Meta(FlaskForm.Meta):
        """Messages of WTForms come in the reader's language."""

        def get_translations(self, form: Any) -> Any:  # noqa: ARG002
            """Return the messages of WTForms in the language of the page."""
            return get_translations([language()])

    def saved(self, act: Callable[[], Any]) -> bool:
        """Whether the form is right and `act` went well; else it says what is wrong."""
        if not self.validate_on_submit():
            return False
        try:
            act()
        except InvalidInputError as error:
            self.form_errors.append(say(error))
        except ConflictError:
            self.form_errors.append(self.told_of_conflict())
        else:
            return True
        return False

    def told_of_conflict(self) -> str:
        """Return what is said when somebody else changed it meanwhile."""
        return gettext(
            "Somebody else changed this while you were typing. What you typed is still "
            "here; what is stored now stands below. Save again to replace it."
        )


class Ticks(SelectMultipleField):
    """Some of a list, as boxes to tick."""

    widget: Any = widgets.ListWidget(prefix_label=False)
    option_widget: Any = widgets.CheckboxInput()


class Day(DateField):
    """A day; one that is none is told in plain words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a day, or say how to write one."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Write the day as 30-11-2026, or pick it.")) from None


def choices(vocabulary: str, *, empty: str | None = None) -> list[tuple[str, str]]:
    """Return the values of a vocabulary with their labels, after an empty one if it is named."""
    values = context.schema().vocabularies[vocabulary].values
    every = [(value, term.label(language())) for value, term in values.items()]
    return every if empty is None else [("", empty), *every]


def needs_of() -> tuple[NeedId, ...]:
    """Return the needs that were ticked; those that are not there are left out."""
    return there(request.form.getlist("needs"))


def there(codes: Sequence[str]) -> tuple[NeedId, ...]:
    """Return the needs with these codes; those that are not there are left out.

    Most came with the program; the store has those that a coordinator added.
    """
    known: Container[str] = context.schema().needs
    if any(code not in known for code in codes):
        scope = context.scope(purpose=Purpose.DIRECTORY)
        known = {need.id for need in needs.taxonomy(context.store(), scope)}
    return tuple(NeedId(NodeId(code)) for code in codes if code in known)


def version_of(field: Field) -> int:
    """Return the version that a form was filled in from; 400 where it is none."""
    if not str(field.data or "").isdigit():
        abort(400)
    return int(field.data)


def only_spaces_is_nothing(value: str | None) -> str:
    """Strip what was typed."""
    return (value or "").strip()
