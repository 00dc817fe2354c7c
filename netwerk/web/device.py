"""The key by which a page keeps on a device what is not saved yet.

It follows from the program's secret, from whose session it is, and from a number that only the
cookie of the session holds. It is stored nowhere; signing out drops the number, and with it the
key for ever. A session that ran out keeps it, so that whoever signs in again loses nothing.
"""

import base64
import hmac
import secrets
from hashlib import sha256
from typing import Final

from flask import current_app, session

from netwerk.web import context

NUMBER: Final = "device"


def key() -> str:
    """Return the key of this browser for who is signed in, as base64."""
    number = session.setdefault(NUMBER, secrets.token_hex(16))
    told = f"drawing/{context.account().username}/{number}".encode()
    made = hmac.new(current_app.config["SECRET_KEY"], told, sha256).digest()
    return base64.b64encode(made).decode()
