"""What a partner writes, and what a coordinator takes over of it."""

from collections.abc import Mapping

from flask import request
from wtforms import TextAreaField
from wtforms.validators import Length

from netwerk.web.forms.base import Form, only_spaces_is_nothing
from netwerk.web.language import later as _l


class AnswerForm(Form):
    """A note beside the fields of the listing, which are told by record and property."""

    note = TextAreaField(
        _l("Is there anything else?"),
        [Length(max=1000)],
        description=_l("May be left empty."),
        filters=[only_spaces_is_nothing],
    )

    def told(self) -> tuple[Mapping[str, Mapping[str, str]], str]:
        """Return the texts by record and property, and the note."""
        texts: dict[str, dict[str, str]] = {}
        for name, value in request.form.items():
            record, colon, fact = name.rpartition(":")
            if colon:
                texts.setdefault(record, {})[fact] = value.strip().replace("\r\n", "\n")
        return texts, self.note.data or ""


def ticked() -> frozenset[tuple[str, str]]:
    """Return what was ticked, as (record, property)."""
    named = (each.rpartition(":") for each in request.form.getlist("take"))
    return frozenset((record, fact) for record, _, fact in named)
