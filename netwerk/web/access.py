"""Who may come where: every route says it, and a route that does not is shut."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response as BaseResponse

from netwerk.domain.access import PERMISSIONS, Permission
from netwerk.domain.accounts import Account
from netwerk.domain.tokens import TokenScope
from netwerk.usecases import accounts
from netwerk.web import api, context, device
from netwerk.web.forms.account import SignInForm
from netwerk.web.kept import Kept
from netwerk.web.security import csrf

F = TypeVar("F", bound=Callable[..., Any])
_KEPT: Final = "netwerk_kept"
_MARK: Final = "netwerk_permission"
_PUBLIC: Final = "public"
_CARRIED: Final = frozenset(
    {
        Permission.NETWORK_EDIT,
        Permission.REVIEW_EDIT,
        Permission.DIRECTORY_PROPOSE,
        Permission.ACQUAINTANCE_EDIT,
        Permission.KNOWLEDGE_EDIT,
    }
)
"""What workers fill in is not lost when it comes after the session is over."""


class SignedIn(UserMixin):
    """A colleague with an open session; the cookie holds the session's token and nothing else."""

    def __init__(self, account: Account, token: str) -> None:
        """Take the account, and the token that opened it."""
        self.account = account
        self.token = token

    def get_id(self) -> str:
        """Return what the cookie keeps."""
        return self.token


@dataclass(frozen=True, slots=True, kw_only=True)
class ForPrograms:
    """What a route for programs requires of their token."""

    scope: TokenScope
    is_open: bool


def requires(permission: Permission) -> Callable[[F], F]:
    """Open a route to the roles that hold a permission."""

    def mark(view: F) -> F:
        setattr(view, _MARK, permission)
        return view

    return mark


def public(view: F) -> F:
    """Open a route to everybody."""
    setattr(view, _MARK, _PUBLIC)
    return view


def token(scope: TokenScope, *, is_open: bool = False) -> Callable[[F], F]:
    """Open a route to programs with a token of this scope; `is_open`: it tells nothing of us."""

    def mark(view: F) -> F:
        setattr(view, _MARK, ForPrograms(scope=scope, is_open=is_open))
        return view

    return mark


def kept(view: F) -> F:
    """Carry the form of a route through signing in, when it comes after the session is over."""
    setattr(view, _KEPT, True)
    return view


def required(view: Callable[..., Any]) -> Permission | ForPrograms | str | None:
    """Return what a route requires, `public`, or None where nothing was said."""
    found: Permission | ForPrograms | str | None = getattr(view, _MARK, None)
    return found


def user() -> SignedIn | None:
    """Return who is signed in, if anybody is."""
    found: Any = current_user
    return cast("SignedIn", found) if found.is_authenticated else None


def allowed(permission: Permission) -> bool:
    """Whether who is signed in holds a permission."""
    signed_in = user()
    return signed_in is not None and permission in PERMISSIONS[signed_in.account.role]


def begin(token: str) -> None:
    """Begin a session in this browser, and forget what an earlier one left."""
    names = ("language", "size", "spacing", device.NUMBER)
    kept = {name: session[name] for name in names if name in session}
    session.clear()
    session.update(kept)
    g.pop("csrf_token", None)  # it belonged to the session before this one
    account = accounts.signed_in(context.store(), context.parts().clock, token)
    if account is not None:
        login_user(SignedIn(account, token))


def end() -> None:
    """End the session, in the store and in this browser."""
    if (signed_in := user()) is not None:
        accounts.sign_out(context.store(), signed_in.token)
    logout_user()
    session.clear()


def register(app: Flask) -> None:
    """Check every request before anything else looks at it."""
    manager = LoginManager(app)
    # The session is a row in the store, with its own end.
    manager.session_protection = None  # type: ignore[assignment]

    @manager.user_loader
    def _load(token: str) -> SignedIn | None:
        account = accounts.signed_in(context.store(), context.parts().clock, token)
        return None if account is None else SignedIn(account, token)

    app.before_request_funcs.setdefault(None, []).insert(0, _check)
    app.jinja_env.globals.update(allowed=allowed, Permission=Permission)
    setattr(app.view_functions["static"], _MARK, _PUBLIC)


def _check() -> Response | BaseResponse | None:
    if request.endpoint is None:
        return None  # there is no such page: the answer is 404
    needed = required(current_app.view_functions[request.endpoint])
    if needed == _PUBLIC:
        return None
    if needed is None:
        abort(403)
    if isinstance(needed, ForPrograms):
        return api.refused(needed.scope, is_open=needed.is_open)
    if user() is None:
        return _to_sign_in(needed)
    if not isinstance(needed, Permission) or not allowed(needed):
        abort(403)
    return None


def _to_sign_in(needed: Permission | str) -> BaseResponse:
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": url_for("account.sign_in")})
    view = current_app.view_functions[request.endpoint or ""]
    if request.method == "POST" and (needed in _CARRIED or getattr(view, _KEPT, False)):
        csrf.protect()  # only a form of ours is carried through signing in
        form = SignInForm(formdata=None)
        page = render_template("pages/account/sign_in.html", form=form, kept=Kept.of_request())
        return Response(page, status=401)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.sign_in", next=back if back != "/" else None), 303)
