"""What somebody tells that they know."""

from flask import abort, request

from netwerk.domain.ids import NeedId, NodeId
from netwerk.web.forms.base import Form

_LEVEL = "level-"


class KnowledgeForm(Form):
    """By block a level; only what was changed on the page is told."""

    def command(self) -> dict[NeedId, int]:
        """Return the levels that are no longer as the page had them; 400 for what is no level."""
        told = {}
        for name, value in request.form.items():
            if not name.startswith(_LEVEL):
                continue
            code = name.removeprefix(_LEVEL)
            if not value.isdecimal():
                abort(400)
            if value != request.form.get(f"was-{code}", ""):
                told[NeedId(NodeId(code))] = int(value)
        return told
