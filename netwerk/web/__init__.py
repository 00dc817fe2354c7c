"""The pages: server-rendered, for people who are signed in."""

from flask import Flask

from netwerk.ports.clock import Clock
from netwerk.ports.geocoder import Geocoder
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.web import access, api, context, errors, language, only_read, security
from netwerk.web.routes import BLUEPRINTS


def register(
    app: Flask, store: Store, clock: Clock, audit_key: bytes, geocoder: Geocoder | None = None
) -> None:
    """Give the application its pages and everything that guards them."""
    app.extensions["netwerk"] = context.Parts(
        store=store, clock=clock, schema=load_schema(), audit_key=audit_key, geocoder=geocoder
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        new_operation=context.new_operation, schema_label=context.schema_label
    )
    language.register(app)
    security.register(app)
    access.register(app)
    only_read.register(app)
    errors.register(app)
    api.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
