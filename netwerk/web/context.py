"""What a request works with: the store, the day, who looks."""

import json
import re
import secrets
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any, Final, cast

from flask import abort, current_app, request
from flask_login import current_user

from netwerk.clock import local_day
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.accounts import Account
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.ports.clock import Clock
from netwerk.ports.geocoder import Geocoder
from netwerk.ports.stores import Store
from netwerk.schema import Schema
from netwerk.web.language import language

_OPERATION: Final = re.compile(r"[a-f0-9]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the application was built from."""

    store: Store
    clock: Clock
    schema: Schema
    audit_key: bytes
    geocoder: Geocoder | None = None


def parts() -> Parts:
    """Return what the application was built from."""
    return cast("Parts", current_app.extensions["netwerk"])


def store() -> Store:
    """Return the store."""
    return parts().store


def schema() -> Schema:
    """Return graph_schema."""
    return parts().schema


def today() -> date:
    """Return the day it is in the Netherlands."""
    return local_day(parts().clock)


def account() -> Account:
    """Return who is signed in; only for routes that require a permission."""
    found: Any = current_user
    return cast("Account", found.account)


def scope(person: str | None = None, purpose: Purpose = Purpose.SUPPORT) -> Scope:
    """Return who looks, why and at whom, today."""
    return Scope(
        viewer=account().worker,
        purpose=purpose,
        as_of=today(),
        subject=None if person is None else PersonId(NodeId(person)),
    )


def new_operation() -> str:
    """Return an id for what a form is about to do, so that doing it twice is noticed."""
    return secrets.token_hex(16)


def operation() -> OperationId:
    """Return the id of what the form asks to do; 400 where it came without one.

    It follows from all that was filled in: sent twice it is done once, but whoever goes back in
    the browser, fills in something else and sends it again asks for something new.
    """
    given = request.form.get("operation", "")
    if not _OPERATION.fullmatch(given):
        abort(400)
    filled = sorted((k, v) for k, v in request.form.items(multi=True) if k != "csrf_token")
    asked = json.dumps([request.full_path, filled]).encode()
    return OperationId(blake2b(asked, digest_size=16).hexdigest())


def schema_label(vocabulary: str, value: str | None) -> str:
    """Return the label of a value of a vocabulary, in the reader's language."""
    return schema().label(vocabulary, value, language())
