"""Letters that are sent for a colleague, where the installation has a mail server."""

from typing import Protocol


class Mailer(Protocol):
    """Sends letters."""

    def send(self, to: str, subject: str, body: str) -> None:
        """Send one letter. Raises NotSentError when the server does not take it."""
        ...
