"""A Geocoder that asks an address register over HTTPS, in the manner of PDOK's Locatieserver v3.1.

Only the one host that the installation names is asked, at a public address that was looked up once
and is then connected to; redirects are not followed, and an answer has a limit in size and time.
"""

import http.client
import json
import re
import socket
import ssl
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlencode, urlsplit

from netwerk.domain.errors import ElsewhereError
from netwerk.ports.geocoder import FoundAddress

_SECONDS: Final = 3.0
_LARGEST: Final = 200_000
_POINT: Final = re.compile(r"POINT\((-?\d{1,3}(?:\.\d+)?) (-?\d{1,2}(?:\.\d+)?)\)")


def is_public(address: str) -> bool:
    """Whether an address belongs to the internet: not to this machine or a network of our own."""
    found = ip_address(address)
    return found.is_global and not found.is_multicast


class LocatieserverGeocoder:
    """See ports.Geocoder."""

    def __init__(
        self,
        url: str,
        *,
        allowed: Callable[[str], bool] = is_public,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """Ask the `free` search at this https address; `allowed` judges where its host leads."""
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 443
        self._path = parts.path
        self._allowed = allowed
        self._trust = trust or ssl.create_default_context()

    def find(self, address: str) -> FoundAddress | None:
        """See Geocoder.find."""
        asked = {"q": address, "fq": "type:adres", "rows": "1", "fl": "weergavenaam,centroide_ll"}
        try:
            body = self._answer(f"{self._path}?{urlencode(asked)}")
            return _read(json.loads(body))
        except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError) as error:
            raise ElsewhereError from error

    def _answer(self, target: str) -> bytes:
        connection = _Pinned(self._host, self._port, self._trust, self._resolved())
        try:
            connection.request("GET", target, headers={"Accept": "application/json"})
            answer = connection.getresponse()
            # A redirect would lead to a host that nobody named.
            if answer.status != http.client.OK:
                raise http.client.HTTPException
            body = answer.read(_LARGEST + 1)
        finally:
            connection.close()
        if len(body) > _LARGEST:
            raise http.client.HTTPException
        return body

    def _resolved(self) -> str:
        """Return the one address that is connected to; every one of the host must be allowed."""
        found = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        addresses = [str(each[4][0]) for each in found]
        if not addresses or not all(self._allowed(each) for each in addresses):
            raise OSError
        return addresses[0]


class _Pinned(http.client.HTTPSConnection):
    """A connection to an address that was judged, under the name that its certificate has."""

    def __init__(self, host: str, port: int, trust: ssl.SSLContext, address: str) -> None:
        super().__init__(host, port, timeout=_SECONDS, context=trust)
        self._trust = trust
        self._address = address

    def connect(self) -> None:
        """Connect to the address, and check the certificate of the host."""
        plain = socket.create_connection((self._address, self.port), _SECONDS)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)


def _read(answer: Mapping[str, Mapping[str, list[Mapping[str, str]]]]) -> FoundAddress | None:
    docs = answer["response"]["docs"]
    if not docs:
        return None
    point = _POINT.fullmatch(docs[0]["centroide_ll"])
    if point is None:
        raise ValueError
    at = float(point[1]), float(point[2])
    return FoundAddress(name=str(docs[0]["weergavenaam"])[:300], point=at)
