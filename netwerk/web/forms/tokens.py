"""A token for another program."""

from wtforms import IntegerField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from netwerk.domain.tokens import LONGEST_DAYS, TokenScope
from netwerk.usecases.tokens import NewToken
from netwerk.web.forms.base import Form, Ticks
from netwerk.web.language import later as _l


class TokenForm(Form):
    """What the token is for, what it opens, and for how long."""

    name = StringField(
        _l("For what"),
        [InputRequired(_l("Fill in for what it is.")), Length(max=100)],
        description=_l("For instance: website of the municipality."),
    )
    scopes = Ticks(
        _l("What it opens"),
        [InputRequired(_l("Tick what it opens."))],
        choices=[
            SelectChoice(TokenScope.DIRECTORY_READ.value, _l("the directory (/api/v1)")),
            SelectChoice(TokenScope.HSDS_READ.value, _l("the directory as HSDS, ORUK (/hsds)")),
        ],
    )
    days = IntegerField(
        _l("For how many days"),
        [
            InputRequired(_l("Fill in a number of days.")),
            NumberRange(1, LONGEST_DAYS, _l("From 1 to %(most)s days.", most=LONGEST_DAYS)),
        ],
        default=90,
        render_kw={"inputmode": "numeric"},
    )

    def read(self) -> NewToken:
        """Return what is asked."""
        return NewToken(
            name=self.name.data or "", scopes=self.scopes.data or (), days=self.days.data or 0
        )
