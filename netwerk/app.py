"""The composition root: builds the web application from its parts."""

from pathlib import Path
from types import TracebackType

from flask import Flask

from netwerk import web
from netwerk.adapters.locatieserver import LocatieserverGeocoder
from netwerk.adapters.smtp import SmtpMailer
from netwerk.clock import SystemClock
from netwerk.graph import instrument_texts
from netwerk.ports.clock import Clock
from netwerk.ports.geocoder import Geocoder
from netwerk.ports.mail import Mailer
from netwerk.ports.stores import Store
from netwerk.resources import folder
from netwerk.settings import Settings
from netwerk.stores import open_store


class _Application(Flask):
    """Flask, but for its log of failures: that would name the address, and whom it was about."""

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        """Note the kind of the failure and the place in the program."""
        web.errors.note(exc_info[1])


def create_app(
    settings: Settings,
    store: Store | None = None,
    clock: Clock | None = None,
    geocoder: Geocoder | None = None,
    mailer: Mailer | None = None,
) -> Flask:
    """Return the application; the store is met at the first request."""
    time = clock or SystemClock()
    app = _Application(
        "netwerk", template_folder=folder("templates"), static_folder=folder("static")
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-netwerk" if settings.secure else "netwerk",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=list(settings.hosts) or None,
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="nl",
        BABEL_TRANSLATION_DIRECTORIES=str(Path(__file__).parent / "translations"),
        MUNICIPALITY=settings.municipality,
        SECURE=settings.secure,
        TILES=settings.tiles,
        OPEN_DATA=settings.open_data,
    )
    if geocoder is None and settings.geocoder is not None:
        geocoder = LocatieserverGeocoder(settings.geocoder)
    if mailer is None and (mail := settings.mail) is not None:
        mailer = SmtpMailer(mail.host, mail.port, mail.sender, account=mail.account)
    app.config["MAILER"] = mailer
    app.config["INSTRUMENTS"] = (
        instrument_texts.read(lists) if (lists := settings.instruments) else {}
    )
    web.register(app, store or open_store(settings, time), time, settings.audit_key, geocoder)
    return app
