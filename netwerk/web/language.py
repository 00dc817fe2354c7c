"""Dutch first, English second; and how the page is set for who reads it."""

from datetime import date
from pathlib import Path
from typing import Any, Final, cast

from flask import Flask, g, has_request_context, session
from flask_babel import Babel, format_date, get_locale, gettext, ngettext
from flask_babel.speaklater import LazyString
from flask_login import current_user

from netwerk.domain.errors import NetwerkError
from netwerk.domain.records import parse_day

LANGUAGES: Final = ("nl", "en")
SIZES: Final = ("normal", "large", "largest")
SPACINGS: Final = ("normal", "wide")


def register(app: Flask) -> None:
    """Set the language of each request, and what templates need of it."""
    Babel(app, locale_selector=_chosen)
    app.jinja_env.globals.update(
        language=language,
        setting=setting,
        day=day,
        as_day=parse_day,
        metres=metres,
        hours=hours,
        theme=_theme(app),
    )


def language() -> str:
    """Return the language of the page: nl or en."""
    return "en" if str(get_locale()) == "en" else "nl"


def setting(name: str) -> str:
    """Return how the reader wants the page: `size` or `spacing`."""
    known = SIZES if name == "size" else SPACINGS
    chosen = session.get(name)
    return str(chosen) if chosen in known else known[0]


def say(error: NetwerkError) -> str:
    """Return an error as a sentence in the reader's language."""
    return error.said(gettext)


def later(text: str, **values: object) -> str:
    """Return a text that is translated when it is shown; for what is made before a request."""
    # Where Flask-Babel's own is called, no application is known yet, nor where its texts are.
    return cast("str", LazyString(gettext, text, **values))


def day(value: date | None, today: date | None = None) -> str:
    """Return a day as people say it: tuesday 3 november, with the year where it is another."""
    if value is None:
        return ""
    same = today is None or value.year == today.year
    return str(format_date(value, "EEEE d MMMM" if same else "EEEE d MMMM y"))


def metres(distance: float | None) -> str:
    """Return a distance rounded as a person would: 450 m, 1,2 km."""
    if distance is None:
        return ""
    if distance < 950:
        return gettext("%(metres)s m", metres=max(50, round(distance / 50) * 50))
    kilometres = f"{distance / 1000:.1f}" if distance < 9_950 else f"{distance / 1000:.0f}"
    kilometres = kilometres.removesuffix(".0")
    mark = "." if language() == "en" else ","
    return gettext("%(kilometres)s km", kilometres=kilometres.replace(".", mark))


def hours(minutes: int) -> str:
    """Return minutes as people say them: 45 minutes, 1,5 hours."""
    if 0 < minutes < 60:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    told = f"{minutes / 60:.2f}".rstrip("0").removesuffix(".")
    mark = "." if language() == "en" else ","
    many = gettext("%(hours)s hours", hours=told.replace(".", mark))
    return gettext("1 hour") if minutes == 60 else many


def ago(then: date, today: date) -> str:
    """Return how long ago a day is, in words."""
    days = (today - then).days
    if days < 1:
        return gettext("today")
    if days < 14:
        return ngettext("%(num)s day ago", "%(num)s days ago", days)
    if days < 61:
        return ngettext("%(num)s week ago", "%(num)s weeks ago", round(days / 7))
    if days < 700:
        return ngettext("%(num)s month ago", "%(num)s months ago", round(days / 30.4))
    return ngettext("%(num)s year ago", "%(num)s years ago", round(days / 365.2))


def _chosen() -> str:
    # Babel keeps the language for the whole request; the first question may come before the user.
    chosen = session.get("language") if has_request_context() else None
    if chosen in LANGUAGES:
        return str(chosen)
    user: Any = current_user if "_login_user" in g else None
    if user is not None and user.is_authenticated:
        return str(user.account.language)
    return "nl"


def _theme(app: Flask) -> str:
    """Return the look of the municipality; without a file of its own it has that of the tokens."""
    own = f"css/themes/{app.config['MUNICIPALITY']}.css"
    return own if Path(app.static_folder or "", own).is_file() else "css/tokens.css"
