"""Telling what is not right, and answering it."""

from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from netwerk.domain.proposals import ProposalKind
from netwerk.usecases.proposals import NewProposal
from netwerk.web.forms.base import Form, only_spaces_is_nothing
from netwerk.web.language import later as _l
from netwerk.web.presenters.todo import KINDS


class ProposalForm(Form):
    """What is not right about an organization, or what it offers."""

    kind = RadioField(_l("What is not right?"), [InputRequired(_l("Choose one."))])
    value = StringField(
        _l("What is the new address or telephone number?"),
        [Length(max=300)],
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )
    note = TextAreaField(
        _l("What did you see or hear?"),
        [Length(max=1000)],
        description=_l("Do not write about an inhabitant here. May be left empty."),
        filters=[only_spaces_is_nothing],
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer what can be not right."""
        super().__init__(*arguments, **options)
        self.kind.choices = [(kind, str(told)) for kind, told in KINDS.items()]

    def command(self) -> NewProposal:
        """Return what was told; an address or number only where that is what is not right."""
        kind = ProposalKind(self.kind.data)
        asked = kind in {ProposalKind.MOVED, ProposalKind.PHONE}
        value = (self.value.data or "") if asked else ""
        return NewProposal(kind=kind, value=value, note=self.note.data or "")


class DeclineForm(Form):
    """Why a proposal is not taken over."""

    answer = StringField(
        _l("Why not?"),
        [Length(max=500)],
        description=_l("One sentence. Your colleague reads it."),
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )
