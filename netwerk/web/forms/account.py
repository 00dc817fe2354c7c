"""Signing in, and one's own account."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from netwerk.usecases.accounts import LONGEST, SHORTEST
from netwerk.web.forms.base import Form
from netwerk.web.language import later as _l


class SignInForm(Form):
    """Name and password."""

    username = StringField(
        _l("Name"),
        [InputRequired(_l("Fill in your name.")), Length(max=128)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Fill in your password.")), Length(max=512)],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(Form):
    """Another password for oneself."""

    old = PasswordField(
        _l("Your password now"),
        [InputRequired(_l("Fill in your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("New password"),
        [InputRequired(_l("Fill in a new password.")), Length(max=LONGEST)],
        description=_l("At least %(least)s characters: a few loose words do well.", least=SHORTEST),
        render_kw={"autocomplete": "new-password"},
    )
