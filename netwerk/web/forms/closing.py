"""Closing a case."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from netwerk.domain.cases import ClosingReason
from netwerk.usecases.closing import Closing
from netwerk.web import context
from netwerk.web.forms.base import Day, choices, only_spaces_is_nothing, version_of
from netwerk.web.forms.nameless import NamelessForm
from netwerk.web.language import later as _l


class ClosingForm(NamelessForm):
    """Why, as of which day, what helped, and whether that may be told on."""

    version = HiddenField()
    because = RadioField(_l("Why can it be closed?"), [InputRequired(_l("Choose why."))])
    note = TextAreaField(
        _l("Is there something to tell about it?"),
        [Length(max=2000)],
        description=_l("For whoever opens a new file for this inhabitant later."),
        filters=[only_spaces_is_nothing],
    )
    closed_on = Day(_l("As of which day?"), [InputRequired(_l("Choose a day."))])
    helped = TextAreaField(
        _l("What helped?"),
        [Length(max=4000)],
        description=_l("What made the difference? Who or what was it, and how did it begin?"),
        filters=[only_spaces_is_nothing],
    )
    told_on = BooleanField(
        _l("The inhabitant finds it good that this is told on to others, without names.")
    )

    def __init__(self, **options: Any) -> None:
        """Offer the reasons; it closes today unless another day is chosen."""
        begun = {"closed_on": context.today()}
        super().__init__(data=begun, **options)
        self.because.choices = choices("closing_reason")

    def take(self, version: int) -> None:
        """Let the next save start from the case as it is now."""
        if self.stale or not self.is_submitted():
            self.version.data = str(version)

    def command(self) -> Closing:
        """Return what was filled in."""
        return Closing(
            because=ClosingReason(self.because.data),
            on=self.closed_on.data,
            version=version_of(self.version),
            helped=self.helped.data or "",
            note=self.note.data or "",
            told_on=bool(self.told_on.data),
            sure=bool(self.sure.data),
        )
