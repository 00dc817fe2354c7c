"""A form that was sent after the session was over: it is carried through signing in again.

It goes to the browser and back, as hidden fields, and is kept nowhere else. It is sent again only
when whoever signed in says so.
"""

from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

from flask import request

_ADDRESS: Final = "kept-address"
_FIELD: Final = "kept."
_MADE_ONCE: Final = {"csrf_token"}


def inside(address: str) -> bool:
    """Whether an address is one of ours; nobody is sent elsewhere."""
    parts = urlsplit(address)
    ours = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    return ours and "\\" not in address and not address.startswith("//")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where a form was sent to, and what was in it."""

    address: str
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of_request(cls) -> Self:
        """Keep the form of this request."""
        fields = [
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in _MADE_ONCE
        ]
        return cls(address=request.full_path.rstrip("?"), fields=tuple(fields))

    @classmethod
    def of_sign_in(cls) -> Self | None:
        """Return the form that came along with a name and password, if one did."""
        address = request.form.get(_ADDRESS, "")
        if not address or not inside(address):
            return None
        fields = [
            (name.removeprefix(_FIELD), value)
            for name, value in request.form.items(multi=True)
            if name.startswith(_FIELD)
        ]
        return cls(address=address, fields=tuple(fields))

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The hidden fields that carry it through signing in."""
        return [(_ADDRESS, self.address), *((_FIELD + name, v) for name, v in self.fields)]
