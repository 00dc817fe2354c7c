"""Letters go to a real mail server, encrypted or not at all."""

import ssl
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.adapters.smtp import SmtpMailer
from netwerk.app import create_app
from netwerk.domain.errors import InvalidInputError, NotSentError
from netwerk.domain.partner_links import LINK
from netwerk.domain.records import Node
from netwerk.settings import Settings
from tests.adapters.smtp_server import Kept, certificate, mail_server
from tests.builders import memory_store
from tests.web.conftest import SETTINGS, Clock, Visitor, _quick_passwords, with_accounts
from tests.web.street import records
from tests.worlds import node

__all__ = ["_quick_passwords"]
KEYS = {f"NETWERK_{name}_KEY": "s" * 32 for name in ("SECRET", "AUDIT", "BACKUP")}


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("mail"))


@pytest.fixture
def server(pem: Path) -> Iterator[Kept]:
    with mail_server(pem) as kept:
        yield kept


@pytest.fixture
def mailer(server: Kept, pem: Path) -> SmtpMailer:
    trust = ssl.create_default_context(cafile=str(pem))
    return SmtpMailer("127.0.0.1", server.port, "team@helmond.example", trust=trust)


def test_a_letter_arrives_as_it_was_written_and_encrypted(server: Kept, mailer: SmtpMailer) -> None:
    mailer.send("kerk@lichtkring.example", "Klopt dit nog - écht?", "Beste,\n\nhttps://x/y\n")
    (letter,) = server.letters
    read = message_from_string(letter, policy=default)
    assert (read["To"], read["From"]) == ("kerk@lichtkring.example", "team@helmond.example")
    assert read["Subject"] == "Klopt dit nog - écht?"
    assert "https://x/y" in read.get_content()
    assert server.encrypted == [True]


def test_nothing_is_sent_to_who_cannot_prove_who_they_are(server: Kept) -> None:
    with pytest.raises(NotSentError):
        SmtpMailer("127.0.0.1", server.port, "team@helmond.example").send("a@b.example", "S", "B")
    assert server.letters == []


def test_what_is_refused_or_not_heard_is_said(server: Kept, mailer: SmtpMailer) -> None:
    for to in ("refused@b.example", "a@b.example\nBcc: x@y.example"):
        with pytest.raises(NotSentError):
            mailer.send(to, "S", "B")
    with pytest.raises(NotSentError):
        SmtpMailer("127.0.0.1", 1, "team@helmond.example").send("a@b.example", "S", "B")
    assert server.letters == []


def test_letters_to_partners_are_sent_once(server: Kept, mailer: SmtpMailer) -> None:
    clock = Clock()
    every = [
        replace(r, properties={**r.properties, "verified_on": "2026-11-01"})
        if isinstance(r, Node) and r.label == "Organization"
        else r
        for r in records()
        if r.id != "church"
    ]
    church = node("Organization", "church", name="De Lichtkring", email="kerk@licht.example")
    store: MemoryStore = with_accounts(memory_store([church, *every]), clock)
    coordinator = Visitor(create_app(SETTINGS, store, clock, mailer=mailer))
    coordinator.signs_in("coordinator")
    assert coordinator.post("/ask-partners/").status_code == 303
    for number in "12":
        answer = coordinator.post("/ask-partners/send", {"operation": number * 32})
        assert answer.status_code == 303
    (letter,) = server.letters
    read = message_from_string(letter, policy=default)
    assert read["To"] == "kerk@licht.example"
    assert "/partner/" in read.get_content()
    with store.system() as work:
        ((_, facts),) = work.find(LINK)
    assert facts["sent_on"] == "2026-11-02"


def settings(**told: str) -> Settings:
    return Settings.from_environment({**KEYS, **told}, "sqlite:///nowhere.db")


@pytest.mark.parametrize(
    "told",
    [
        {"NETWERK_SMTP": "mail", "NETWERK_SMTP_FROM": "a@b.nl"},
        {"NETWERK_SMTP": "mail:587"},
        {"NETWERK_SMTP": "mail:587", "NETWERK_SMTP_FROM": "a@b.nl\nBcc: c@d.nl"},
    ],
)
def test_a_mail_server_that_is_none_is_refused(told: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError):
        settings(**told)


def test_a_mail_server_is_read_from_the_environment() -> None:
    assert settings().mail is None
    mail = settings(
        NETWERK_SMTP="mail.helmond.example:587",
        NETWERK_SMTP_FROM="team@helmond.example",
        NETWERK_SMTP_USER="team",
        NETWERK_SMTP_PASSWORD="secret",
    ).mail
    assert mail is not None
    assert (mail.host, mail.port, mail.account) == ("mail.helmond.example", 587, ("team", "secret"))
    assert "secret" not in repr(mail)
