"""What an installation decides, read once from the environment."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from netwerk.domain.errors import InvalidInputError

DEFAULT_STORE: Final = "sqlite:///var/netwerk.db"
_SQLITE: Final = "sqlite:///"
_NEO4J: Final = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_LEAST: Final = 16
"""Characters of a key that somebody sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Which mail server letters are handed to, and as whom."""

    host: str
    port: int
    sender: str
    account: tuple[str, str] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One installation.

    `secret_key` signs cookies, `audit_key` seals the log, `backup_key` opens backups.
    `hosts` are the names under which the pages may be asked for; empty: any.
    `open_data`: everybody may read the directory as HSDS, without a token.
    `geocoder`: the https address of a register that finds addresses of organizations; none: none.
    `mail`: the server that letters to partners are handed to; none: they are prepared only.
    `instruments`: a file with texts of questionnaires that there is a licence for; none: none.
    `tiles` is the address of the map's background and what it owes to whom; none: borders alone.
    """

    store: str
    secret_key: bytes = field(repr=False)
    audit_key: bytes = field(repr=False)
    backup_key: bytes = field(repr=False)
    municipality: str = "helmond"
    secure: bool = False
    hosts: tuple[str, ...] = ()
    tiles: tuple[str, str] | None = None
    instruments: Path | None = None
    geocoder: str | None = None
    mail: MailServer | None = None
    demo: bool = False
    open_data: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], store: str | None = None) -> Self:
        """Read NETWERK_*; keys that are not set are made once and kept beside an embedded store.

        Raises InvalidInputError for an address that is none, or a key that is missing.
        """
        address = store or environment.get("NETWERK_STORE") or DEFAULT_STORE
        keys = _Keys(environment, _folder(address))
        return cls(
            store=address,
            secret_key=keys.get("secret"),
            audit_key=keys.get("audit"),
            backup_key=keys.get("backup"),
            municipality=environment.get("NETWERK_MUNICIPALITY", "helmond"),
            secure=environment.get("NETWERK_SECURE", "") == "1",
            hosts=tuple(environment.get("NETWERK_HOSTS", "").split()),
            tiles=_tiles(environment.get("NETWERK_TILES", "")),
            instruments=_file(environment.get("NETWERK_INSTRUMENTS", "").strip()),
            geocoder=_geocoder(environment.get("NETWERK_GEOCODER", "").strip()),
            mail=_mail(environment),
            demo=environment.get("NETWERK_DEMO", "") == "1",
            open_data=environment.get("NETWERK_OPEN_DATA", "") == "1",
        )

    @property
    def path(self) -> Path | None:
        """The file of an embedded store."""
        return path_of(self.store)


def path_of(address: str) -> Path | None:
    """Return the file that `sqlite:///PATH` names; None for a server.

    Raises InvalidInputError for what is neither.
    """
    if address.startswith(_SQLITE) and len(address) > len(_SQLITE):
        return Path(address.removeprefix(_SQLITE))
    if address.partition("://")[0] in _NEO4J:
        return None
    raise InvalidInputError(
        "A store is sqlite:///PATH or neo4j://NAME:PASSWORD@HOST:PORT, not what was given."
    )


def _tiles(given: str) -> tuple[str, str] | None:
    """Read `https://HOST/{z}/{x}/{y}.png WHOSE`; nothing given, no tiles."""
    if not given.strip():
        return None
    address, _, whose = given.strip().partition(" ")
    whole = all(part in address for part in ("{z}", "{x}", "{y}"))
    host = re.match(r"https://[A-Za-z0-9.-]+(:[0-9]+)?/", address)
    if host is None or not whole or not whose.strip():
        raise InvalidInputError(
            "NETWERK_TILES is https://HOST/{z}/{x}/{y}.png and then whose map it is."
        )
    return address, whose.strip()


def _file(given: str) -> Path | None:
    return Path(given) if given else None


def _geocoder(given: str) -> str | None:
    """Read `https://HOST/PATH`; nothing given, nobody is asked."""
    if given and re.fullmatch(r"https://[A-Za-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9._/-]*", given) is None:
        raise InvalidInputError("NETWERK_GEOCODER is https://HOST/PATH.")
    return given or None


def _mail(environment: Mapping[str, str]) -> MailServer | None:
    """Read `HOST:PORT` and who sends; nothing given, no letter is sent from here."""
    given, sender = environment.get("NETWERK_SMTP", ""), environment.get("NETWERK_SMTP_FROM", "")
    if not given:
        return None
    found = re.fullmatch(r"([A-Za-z0-9.-]+):([0-9]{1,5})", given)
    if found is None or re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", sender) is None:
        raise InvalidInputError("NETWERK_SMTP is HOST:PORT, and NETWERK_SMTP_FROM who sends.")
    user = environment.get("NETWERK_SMTP_USER", "")
    account = (user, environment.get("NETWERK_SMTP_PASSWORD", "")) if user else None
    return MailServer(host=found[1], port=int(found[2]), sender=sender, account=account)


def _folder(address: str) -> Path | None:
    path = path_of(address)
    return None if path is None else path.parent


class _Keys:
    def __init__(self, environment: Mapping[str, str], folder: Path | None) -> None:
        self._environment = environment
        self._folder = folder

    def get(self, name: str) -> bytes:
        variable = f"NETWERK_{name.upper()}_KEY"
        given = self._environment.get(variable)
        if given is not None:
            if len(given) < _LEAST:
                raise InvalidInputError(
                    "%(variable)s must have at least %(least)s characters.",
                    variable=variable,
                    least=_LEAST,
                )
            return given.encode()
        if self._folder is None:
            raise InvalidInputError("Set %(variable)s.", variable=variable)
        return _kept(self._folder / f"{name}.key")


def _kept(file: Path) -> bytes:
    """Return the key in a file for its owner alone, made at the first time."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return file.read_bytes().strip()
        with os.fdopen(descriptor, "wb") as new:
            new.write(secrets.token_hex(32).encode())
        return file.read_bytes().strip()
    except OSError as error:
        raise InvalidInputError(
            "%(file)s cannot be used: %(reason)s.",
            file=str(file),
            reason=error.strerror or type(error).__name__,
        ) from error
