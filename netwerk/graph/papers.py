"""On which papers somebody stood who is to be left alone by now: they cannot be taken back.

What is printed leaves the program. So the log, which knows what was printed when and by whom, is
read beside the file. It is read broadly: who may have stood on a paper is named as standing on it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from netwerk.domain.advice import Advice
from netwerk.domain.audit import AuditEntry
from netwerk.domain.ids import NodeId
from netwerk.domain.plans import Action
from netwerk.domain.records import Subgraph, day
from netwerk.domain.ties import Participation, Tie
from netwerk.graph.file import PersonFile

_ON_PAPER: Final = ("print-", "export-")
_SAID: Final = frozenset({"set-approach", "change-tie"})
_ADDED: Final = frozenset({"add-tie", "draw-add", "add-participation", "draw-take-part"})
_PUT_ON, _TAKEN_OFF = "add-to-shortlist", "take-off-shortlist"
_WHO_OFFERS: Final = ("PROVIDES", "VOLUNTEERS_FOR", "CONTACT_FOR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Something that was printed: what it is, on which day, and by whom."""

    kind: str
    on: date
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What was on paper at one moment: the entry, its kind, and what stood on the list then."""

    entry: AuditEntry
    kind: str
    listed: frozenset[str]

    @property
    def on(self) -> date:
        """The day on which it was printed."""
        return datetime.fromisoformat(self.entry.at).date()


def printed(entries: Iterable[AuditEntry]) -> list[Printed]:
    """Return every time that something of a file went on paper, in order."""
    found: list[Printed] = []
    listed: set[str] = set()
    for entry in entries:
        action, record = entry.event.action, entry.event.details.get("record", "")
        if entry.event.outcome == "refused":
            continue
        if action == _PUT_ON:
            listed.add(record)
        elif action == _TAKEN_OFF:
            listed.discard(record)
        elif action.startswith(_ON_PAPER):
            kind = action.partition("-")[2]
            found.append(Printed(entry=entry, kind=kind, listed=frozenset(listed)))
    return found


def papers(
    file: PersonFile, account: Tie | Participation, entries: list[AuditEntry], near: Subgraph
) -> list[Paper]:
    """Return on which papers somebody stood before it was said of them what holds now.

    It is for whom may not be asked. `near` is the directory around what ever stood on the list.
    """
    said = _last(entries, _SAID, account.id)
    if said is None:
        return []
    somebody = _Somebody(file, account, entries, near)
    found = [
        Paper(kind=each.kind, on=each.on, actor=each.entry.event.actor)
        for each in printed(entries)
        if each.entry.number < said and somebody.stood_on(each)
    ]
    return list(dict.fromkeys(found))


class _Somebody:
    """Somebody of a file, or an organization in it, and where their name is told."""

    def __init__(
        self,
        file: PersonFile,
        account: Tie | Participation,
        entries: list[AuditEntry],
        near: Subgraph,
    ) -> None:
        self._file = file
        self._account = account
        self._who = _who(file, account)
        self._added = _last(entries, _ADDED, account.id) or 0
        self._offers = _reached(near, self._who)

    def stood_on(self, paper: Printed) -> bool:
        """Whether they stood on a paper, as far as can be known."""
        match paper.kind:
            case "drawing":
                return self._known_by(paper) and not self._gone_by(paper.on)
            case "own-file" | "subject":
                return self._known_by(paper)
            case "plan":
                return self._agreed_with(paper.on)
            case "advice":
                return self._advised_in(paper.entry.event.details.get("record", ""))
            case _:
                return paper.kind == "shortlist" and bool(self._offers & paper.listed)

    def _known_by(self, paper: Printed) -> bool:
        return self._added < paper.entry.number

    def _gone_by(self, on: date) -> bool:
        ended = day(self._account.record.properties, "valid_to")
        return ended is not None and ended <= on

    def _agreed_with(self, on: date) -> bool:
        every = (Action.from_node(node) for node in self._file.graph.labelled("Action"))
        return any(a.who == self._who and (a.agreed_on or on) <= on for a in every)

    def _advised_in(self, key: str) -> bool:
        node = self._file.graph.nodes.get(NodeId(key))
        advice = None if node is None else Advice.from_node(node)
        paths = () if advice is None else (*advice.suggested, *advice.asked)
        return any(self._who in p.nodes or self._account.id in p.records for p in paths)


def _last(entries: Iterable[AuditEntry], acts: Collection[str], record: str) -> int | None:
    """Return the number of the last of these acts on a record; None if there is none."""
    every = (
        entry.number
        for entry in entries
        if entry.event.action in acts and entry.event.details.get("record") == record
    )
    return max(every, default=None)


def _who(file: PersonFile, account: Tie | Participation) -> NodeId:
    if isinstance(account, Participation):
        return account.organization
    return account.other(file.person.id)


def _reached(near: Subgraph, who: NodeId) -> frozenset[str]:
    """Return what on a list names somebody: themselves, what they offer, for what they speak."""
    reached: set[NodeId] = {who}
    for _ in range(2):  # a contact person of an organization, and what that offers
        reached |= {r.target for r in near.of_type(*_WHO_OFFERS) if r.source in reached}
    return frozenset(reached)
