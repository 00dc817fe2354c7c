"""Every error that a person may get to see, each one sentence with what to do.

The sentence is an English template; the edges (web, command line) translate it and fill it in.
"""

from collections.abc import Callable, Mapping


class NetwerkError(Exception):
    """The root: what went wrong, as a template and the values that go into it."""

    def __init__(self, template: str, **values: str | int) -> None:
        self.template = template
        self.values: Mapping[str, str | int] = values
        super().__init__(template)

    def __str__(self) -> str:
        return self.said(str)

    def said(self, translate: Callable[[str], str]) -> str:
        """Return the whole sentence; a `reason` within it is a text to translate too."""
        values = dict(self.values)
        if "reason" in values:
            values["reason"] = translate(str(values["reason"]))
        template = translate(self.template)
        return template % values if values else template


class NotVisibleError(NetwerkError):
    """It is not there, or the viewer may not know that it is. The two look alike."""

    def __init__(self) -> None:
        super().__init__("There is nothing here that you can open.")


class NotAllowedError(NetwerkError):
    """The viewer knows it is there, but their role does not do this."""

    def __init__(self) -> None:
        super().__init__("Your role does not allow this.")


class LookOnlyError(NetwerkError):
    """The file is open for a while to be read, because it could not wait, and for nothing else."""

    def __init__(self) -> None:
        super().__init__(
            "You may read this file for an hour because it could not wait. You cannot change "
            "anything in it. Tell the team of this inhabitant what you saw and did."
        )


class InvalidInputError(NetwerkError):
    """What was typed or asked cannot be; nothing was changed."""


class InvalidRecordError(InvalidInputError):
    """A record breaks graph_schema; the message names the record and the reason."""


class ConflictError(NetwerkError):
    """Somebody else changed the record since it was read. `stored` is what is there now."""

    def __init__(self, record: str, stored: object = None) -> None:
        self.stored = stored
        super().__init__(
            "Somebody else changed %(record)s in the meantime. Nothing was overwritten.",
            record=record,
        )


class AlreadyDoneError(NetwerkError):
    """The same operation was stored before; the caller answers as it did then."""

    def __init__(self) -> None:
        super().__init__("This was saved already.")


class StoreError(NetwerkError):
    """The store cannot do its work."""


class StoreUnavailableError(StoreError):
    """The store does not answer, or not in time."""


class StoreVersionError(StoreError):
    """The store was made by another version of the program."""


class StoreFullError(StoreError):
    """The disk is full; the whole change was left out."""


class ElsewhereError(NetwerkError):
    """Another system, of which something was asked, does not answer as was agreed."""

    def __init__(self) -> None:
        super().__init__("The address register does not answer. Point the place out yourself.")


class NotSentError(NetwerkError):
    """The mail server does not take a letter."""

    def __init__(self) -> None:
        super().__init__(
            "The mail server does not take the letter. Send it with your own mail program."
        )


class AuditBrokenError(NetwerkError):
    """The audit log was changed, cut or reordered."""


class SignInError(NetwerkError):
    """Name and password do not belong together; which of the two is not told."""

    def __init__(self) -> None:
        super().__init__("This name and password do not belong together.")


class TooManyAttemptsError(NetwerkError):
    """Too many wrong passwords for this name; wait before the next."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            "Too many attempts. Try again in %(minutes)s minutes.", minutes=-(-seconds // 60)
        )
