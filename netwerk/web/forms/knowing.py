"""Who is in a session, and what each of them says."""

from typing import Any

from flask import abort, request

from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.people import Worker
from netwerk.graph.knowledge import TeamKnowledge
from netwerk.web.forms.base import Form, Ticks
from netwerk.web.language import later as _l


class SeatsForm(Form):
    """Who is there."""

    present = Ticks(_l("Who is there?"))

    def __init__(self, team: TeamKnowledge, **options: Any) -> None:
        """Offer the colleagues of the team; who begins is there anyway."""
        super().__init__(**options)
        self.present.choices = [(who.id, who.name) for who in team.colleagues[1:]]

    def seats(self) -> tuple[WorkerId, ...]:
        """Return who was ticked."""
        return tuple(WorkerId(NodeId(who)) for who in self.present.data or ())


class SaidForm(Form):
    """What each said of one block; only what was changed on the page is told."""

    def told(self, present: list[Worker]) -> dict[WorkerId, int]:
        """Return the levels that are no longer as the page had them; 400 for what is none."""
        found = {}
        for who in present:
            value, was = request.form.get(f"level-{who.id}"), request.form.get(f"was-{who.id}", "")
            if value is None or value == was:
                continue
            if not value.isdecimal():
                abort(400)
            found[who.id] = int(value)
        return found
