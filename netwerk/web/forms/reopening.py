"""Finding a closed file back, and opening it again."""

from wtforms import SearchField, TextAreaField
from wtforms.validators import InputRequired, Length

from netwerk.web.forms.base import Form, only_spaces_is_nothing
from netwerk.web.language import later as _l


class NameForm(Form):
    """Whose file it was."""

    name = SearchField(
        _l("The whole name"),
        [InputRequired(_l("Fill in the whole name.")), Length(max=200)],
        description=_l("Closed longer ago? Then type the name as it stood in the file."),
        filters=[only_spaces_is_nothing],
    )


class ReopeningForm(Form):
    """Why it is opened again."""

    reason = TextAreaField(
        _l("Why does the file open again?"),
        [InputRequired(_l("Write why it is opened again.")), Length(max=2000)],
        description=_l("It stays in the file: the inhabitant and your colleagues can read it."),
        filters=[only_spaces_is_nothing],
    )
