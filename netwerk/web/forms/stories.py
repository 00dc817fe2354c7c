"""Telling what helped."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length

from netwerk.graph.names import NamesInTextError
from netwerk.usecases.stories import Telling
from netwerk.web.forms.base import Form, only_spaces_is_nothing
from netwerk.web.language import later as _l


class StoryForm(Form):
    """A story without names. `doubted`: something in it looks like a name, and may be none."""

    doubted = False
    text = TextAreaField(
        _l("What helped?"),
        [InputRequired(_l("Write down what helped.")), Length(max=4000)],
        description=_l("No names, addresses or dates: what somebody is, not who."),
        filters=[only_spaces_is_nothing],
    )
    agreed = BooleanField(_l("The inhabitant read or heard it, and says yes to others reading it"))
    sure = BooleanField(_l("What stands out above is no name, address or number"))

    def command(self) -> Telling:
        """Return what was told."""
        return Telling(
            text=self.text.data or "", agreed=bool(self.agreed.data), sure=bool(self.sure.data)
        )

    def doubt(self, error: NamesInTextError) -> None:
        """Note that what was written may have a name in it."""
        self.doubted = error.suspected
