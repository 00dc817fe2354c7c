"""What every answer carries, and every change of state must bring."""

from collections.abc import Callable
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect

F = TypeVar("F", bound=Callable[..., Any])
csrf: Final = CSRFProtect()
limiter: Final = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")

KEPT_AN_HOUR: Final = "private, max-age=3600"
"""For what is no secret of anybody, and rarely changes: the borders of neighbourhoods."""
LARGEST_FILE: Final = 32_000_000
"""Bytes."""
_FILE: Final = "netwerk_accepts_file"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{pictures}; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_YEAR: Final = 31_536_000


def accepts_file(view: F) -> F:
    """Let a route take a file, which may be larger than any form."""
    setattr(view, _FILE, True)
    return view


def register(app: Flask) -> None:
    """Guard the application."""
    app.before_request(_measure)  # before the form is read, which looking for its token does
    csrf.init_app(app)
    limiter.init_app(app)
    policy = _POLICY.format(pictures=_tiles_host(app.config["TILES"]))

    @app.after_request
    def _harden(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if app.config["SECURE"]:
            response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
        if request.endpoint == "static":
            response.headers["Cache-Control"] = f"public, max-age={_age(request.path)}"
        elif response.headers.get("Cache-Control") != KEPT_AN_HOUR:
            # Nothing about an inhabitant stays behind in a browser.
            response.headers["Cache-Control"] = "no-store"
        return response


def _measure() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, _FILE, False):
        request.max_content_length = LARGEST_FILE


def _tiles_host(tiles: tuple[str, str] | None) -> str:
    """Name the one other place that pictures may come from, if there is one."""
    if tiles is None:
        return ""
    parts = urlsplit(tiles[0])
    return f" {parts.scheme}://{parts.netloc}"


def _age(path: str) -> int:
    """Vendored files carry their version in the path; ours change with the program."""
    return _YEAR if "/vendor/" in path else 300
