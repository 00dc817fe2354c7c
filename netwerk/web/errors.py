"""What goes wrong, as a page: what happened, what was kept, what to do now."""

import traceback
from pathlib import Path
from typing import Final

import structlog
from flask import Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from netwerk.domain import errors
from netwerk.web import api
from netwerk.web.language import say

log = structlog.get_logger()

STATUS: Final[dict[type[errors.NetwerkError], int]] = {
    errors.NotVisibleError: 404,
    errors.NotAllowedError: 403,
    errors.LookOnlyError: 403,
    errors.ConflictError: 409,
    errors.AlreadyDoneError: 409,
    errors.InvalidInputError: 400,
    errors.SignInError: 401,
    errors.TooManyAttemptsError: 429,
    errors.StoreFullError: 507,
    errors.StoreError: 503,
    errors.ElsewhereError: 502,
    errors.NotSentError: 502,
    errors.AuditBrokenError: 500,
}
_PAGES: Final = {400, 403, 404, 405, 409, 413, 429, 500, 503, 507}
_KEPT_HEADERS: Final = {"Allow", "Location", "Retry-After"}
Answer = tuple[str, int]


def register(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(errors.NetwerkError, _own)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(SecurityError, _stranger)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(api.InvalidQueryError, lambda error: api.problem(400, error.reasons))


def note(error: BaseException | None) -> None:
    """Log what nobody foresaw: its kind and where it was, never its text, which may hold a name."""
    frames = traceback.extract_tb(error.__traceback__) if error is not None else []
    where = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    log.error("failed", endpoint=request.endpoint, error=type(error).__name__, where=where)


def status_of(error: errors.NetwerkError) -> int:
    """Return the HTTP status of an error: that of its nearest kind."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def page(status: int, told: str = "") -> Answer | Response:
    """Return the page of an error; for a program it is a problem document that says less."""
    if api.is_asked():
        return api.problem(status)
    shown = status if status in _PAGES else 500 if status >= 500 else 400
    return render_template("errors/error.html", status=shown, told=told), status


def _own(error: errors.NetwerkError) -> Answer | Response:
    status = status_of(error)
    if isinstance(error, errors.LookOnlyError) and not api.is_asked():
        return render_template("errors/only_read.html", told=say(error)), status
    if status >= 500:
        log.error("failed", endpoint=request.endpoint, error=type(error).__name__)
    return page(status, "" if status == 404 else say(error))


def _csrf(_: CSRFError) -> Answer | Response:
    return page(400)


def _stranger(_: SecurityError) -> Response:
    # Asked for under a name that is not ours: there is no address to lead anywhere.
    if api.is_asked():
        return api.problem(400)
    return Response("This is not the name of this server.\n", 400, mimetype="text/plain")


def _http(error: HTTPException) -> Answer | Response:
    if api.is_asked():
        told = api.problem(error.code or 500)
        told.headers.update({k: v for k, v in error.get_headers() if k in _KEPT_HEADERS})
        return told
    return page(error.code or 500)
