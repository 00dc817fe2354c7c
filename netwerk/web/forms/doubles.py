"""Which facts of two records stay when they are put together."""

from flask import request
from wtforms import HiddenField

from netwerk.web.forms.base import Form

_FIELD = "choose."


class MergeForm(Form):
    """The versions that were seen; for each fact in which two differ, whose is taken."""

    version = HiddenField()
    other_version = HiddenField()

    def taken(self) -> frozenset[str]:
        """Return the facts that are taken from the one that goes."""
        return frozenset(
            name.removeprefix(_FIELD)
            for name, value in request.form.items()
            if name.startswith(_FIELD) and value == "gone"
        )
