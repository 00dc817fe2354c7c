"""What every page of a file says while it is open to be read only."""

from flask import Flask, request

from netwerk.domain.schedule import HERE
from netwerk.usecases import emergency
from netwerk.web import access, context


def register(app: Flask) -> None:
    """Let the layout of the pages ask."""
    app.jinja_env.globals.update(only_read_until=only_read_until)


def only_read_until() -> str:
    """Return until what time the file of this page may be read and not changed; else nothing."""
    person = (request.view_args or {}).get("person")
    if person is None or access.user() is None:
        return ""
    until = emergency.looks_until(
        context.store(), context.parts().clock, context.scope(str(person))
    )
    return "" if until is None else f"{until.astimezone(HERE):%H:%M}"
