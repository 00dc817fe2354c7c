"""A Mailer that hands letters to a mail server, never without encryption."""

import smtplib
import ssl
from email.message import EmailMessage
from typing import Final

from netwerk.domain.errors import NotSentError

_SECONDS: Final = 10.0


class SmtpMailer:
    """See ports.Mailer."""

    def __init__(
        self,
        host: str,
        port: int,
        sender: str,
        *,
        account: tuple[str, str] | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """Send as `sender` by this server; `account` is a name and password, if it asks for one."""
        self._host, self._port, self._sender = host, port, sender
        self._account = account
        self._trust = trust or ssl.create_default_context()

    def send(self, to: str, subject: str, body: str) -> None:
        """See Mailer.send."""
        try:
            letter = EmailMessage()
            letter["From"], letter["To"], letter["Subject"] = self._sender, to, subject
            letter.set_content(body)
            with smtplib.SMTP(self._host, self._port, timeout=_SECONDS) as server:
                server.starttls(context=self._trust)
                if self._account is not None:
                    server.login(*self._account)
                server.send_message(letter)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise NotSentError from error
