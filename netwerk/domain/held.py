"""What is kept beside the graph about somebody, and what of it is theirs to read.

Of every system kind it is said here by which of its properties it is about a person, and what it
then tells them; or why it tells nobody anything. What it tells is never about somebody else: who
was to be left alone, who was proposed, who told it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from netwerk.domain.doubles import MERGE
from netwerk.domain.drawing import STEPS
from netwerk.domain.grants import GRANT
from netwerk.domain.keeping import HISTORY
from netwerk.domain.proposals import PROPOSAL
from netwerk.domain.records import Properties, Value
from netwerk.domain.reopening import CLOSED
from netwerk.domain.requests import REQUEST
from netwerk.domain.reviewing import REVIEW_ITEM
from netwerk.domain.shortlist import SHORTLIST
from netwerk.domain.stories import SHARED

OWNER: Final = "owner"
TELLS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    SHORTLIST: {OWNER: ("items",)},
    SHARED: {OWNER: ("text", "told_on", "withdrawn_on")},
    REQUEST: {
        OWNER: ("need", "posted_on", "note", "languages", "point", "status"),
        "helper": ("posted_on", "status"),
    },
    PROPOSAL: {OWNER: ("on", "kind", "value", "note", "status", "answer", "answered_on")},
    HISTORY: {OWNER: ("at", "removed")},
    GRANT: {OWNER: ("begun", "purpose", "reason")},
    REVIEW_ITEM: {"person": ("brought_on", "minutes", "state", "sheet", "decided")},
    STEPS: {OWNER: ("on", "steps")},
    CLOSED: {OWNER: ("closed_on",)},
    MERGE: {OWNER: ("on", "before", "after", "undone")},
}
"""By kind, and by the property that holds the person: what they are told of it."""
TELLS_NOBODY: Final[Mapping[str, str]] = {
    "training": "about colleagues and what they learn",
    "knowledge_session": "about colleagues and what they know",
    "review_session": "who sits together; who is talked over is told by each case in it",
    "signal": "noticed in the street, about nobody who is known by name",
    "introduction": "a colleague and an organization that are to meet",
    "not-same": "only that two entries of the directory are not one",
    "import": "a list of partners as it was sent: nobody is found in it by who they are",
    "import-part": "rows of such a list, until they are entered in the directory",
}
"""The kinds that no person reads, and why."""
_OF_OTHERS: Final = frozenset({"owner", "told_by"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One thing that is kept about somebody beside the graph, as they may read it."""

    kind: str
    facts: Properties


def held(kind: str, stored: Iterable[Properties], person: str) -> list[Held]:
    """Return what of a kind is about a person, reduced to what is theirs to read."""
    return [
        Held(kind=kind, facts={key: _plain(facts[key]) for key in told if facts.get(key)})
        for facts in stored
        for about, told in TELLS[kind].items()
        if facts.get(about) == person
    ]


def _plain(value: Value) -> Value:
    """Return a value without who told it, and in whose file it stood."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items() if key not in _OF_OTHERS}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
