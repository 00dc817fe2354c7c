"""What things are called when they are told to the inhabitant themselves: with "you", and plain."""

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext

TITLED_BY: Final[Mapping[str, str]] = {
    "Goal": "text",
    "Action": "text",
    "Ask": "title",
    "DomainNote": "domain",
    "Assessment": "instrument",
    "ReferralAdvice": "product",
    "Correction": "about",
}
"""Which property of a kind is what it is known by."""
UNSAID: Final = frozenset(
    {
        "path",
        "step_kinds",
        "owner",
        "extra",
        "declined_step",
        "source",
        "source_id",
        "shared",
        "place",
        "legal_basis",
        "purpose",
        "record",
        "session",
    }
)
"""How the program keeps things; and the ground of a case, which the page begins with."""
REFERS: Final = frozenset(
    {
        "approach_by",
        "goal",
        "need",
        "needs",
        "organization",
        "person",
        "replaces",
        "review",
        "service",
        "supporter",
        "worker",
    }
)
"""Properties that hold an id: what has no name any more is left out."""
_LOOKED: Final = (
    "break-",
    "compare-",
    "find-",
    "list-",
    "look-",
    "match-",
    "note-exception",
    "open-",
    "prepare-",
    "preview-",
    "read-",
    "search-",
    "see-",
    "show-",
    "who-",
)
_WROTE: Final = frozenset({"open-case"})


def titles() -> dict[str, str]:
    """Return the chapters of a case in the order in which they are told, by kind."""
    return {
        "Case": gettext("Your question"),
        "DomainNote": gettext("How it goes"),
        "Goal": gettext("What you want to reach"),
        "Action": gettext("What was agreed"),
        "Ask": gettext("Whom we asked for help"),
        "Effort": gettext("The time that the team has for you"),
        "Scaling": gettext("More help or less"),
        "Assessment": gettext("Lists that were filled in"),
        "CaseReview": gettext("Talked over in the team"),
        "ReferralAdvice": gettext("Advice to the municipality"),
        "Story": gettext("What helped"),
        "Correction": gettext("What you said is not right"),
    }


def fact(name: str) -> str | None:
    """Return what a fact is called where graph_schema speaks of the inhabitant to a colleague."""
    return {
        "wants": gettext("what you want"),
        "can": gettext("what you can do yourself"),
        "household": gettext("who lives with you"),
        "on_duty": gettext("what a colleague must know"),
        "called": gettext("what you call it"),
        "agreed_on": gettext("agreed on"),
        "alter_ties_asked": gettext("asked who know each other"),
    }.get(name)


def choice(name: str, value: str) -> str | None:
    """Return a word of a vocabulary where that speaks of the inhabitant to a colleague."""
    return {
        ("by_whom", "inhabitant"): gettext("you yourself"),
        ("takes_over", "inhabitant"): gettext("you yourself"),
        ("goes", "not_told"): gettext("you would rather not talk about it"),
        ("purpose", "support"): gettext("to help you"),
    }.get((name, value))


def did(act: str) -> str:
    """Return what somebody did, for who reads who saw their file."""
    if act.startswith("print-"):
        return gettext("put on paper")
    if act.startswith("export-"):
        return gettext("took out")
    return gettext("looked") if is_look(act) else gettext("wrote")


def is_look(act: str) -> bool:
    """Whether it was no more than a look: nothing was written, nothing went on paper."""
    return act not in _WROTE and act.startswith(_LOOKED)


def purposes() -> dict[str, str]:
    """Return what somebody was there for, by purpose."""
    return {
        "support": gettext("to help you"),
        "emergency": gettext("because it could not wait"),
        "data_subject": gettext("because you asked for it"),
        "oversight": gettext("to watch over privacy"),
        "administration": gettext("to keep the system running"),
        "directory": gettext("to keep the neighbourhood map"),
    }


def kept_beside() -> dict[str, str]:
    """Return what is kept beside the file, by its kind."""
    return {
        "shortlist": gettext("A list of places that may suit you"),
        "story": gettext("Your story without your name, that the team reads"),
        "request": gettext("A request for a volunteer"),
        "proposal": gettext("A tip from a colleague about what you do for others"),
        "history": gettext("That we changed what you do for others"),
        "grant": gettext("Why somebody else could look into your file for a while"),
        "review_item": gettext("Your question in a meeting, without your name"),
        "drawing-steps": gettext("The last steps of drawing your network"),
        "closed_case": gettext("That your file was closed, for the team that helped you"),
        "merge": gettext("That you were in our list twice"),
    }
