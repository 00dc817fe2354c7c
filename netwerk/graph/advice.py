"""What of an advice may be shown today: nobody who is to be left alone, nobody of another file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from netwerk.domain.advice import Advice, Mentioned
from netwerk.domain.ids import NodeId
from netwerk.domain.ties import Approach, Participation, Tie
from netwerk.graph.file import PersonFile

SOMEBODY: Final = "(iemand uit het netwerk)"
"""What stands where a name stood. An advice is written in Dutch, and so is this."""
_SMALL: Final = frozenset(
    ("De", "Het", "Den", "Der", "Ten", "Ter", "Van", "El", "Al", "Mevrouw", "Meneer", "Dhr", "Mw")
)
_WORD: Final = re.compile(r"[^\W\d_][\w'\u2019-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceInFile:
    """An advice as it may be shown today, in the file of whom it is for.

    `left_out` counts its paths that may no longer be shown; `unnamed`: a name was taken out of what
    its writer wrote.
    """

    advice: Advice
    left_out: int
    unnamed: bool


def advices(file: PersonFile) -> list[AdviceInFile]:
    """Return the advices for this inhabitant, the newest first.

    A case may concern a family: what is advised for another of them is in that other file.
    """
    every = (Advice.from_node(node) for node in file.graph.labelled("ReferralAdvice"))
    own = [advice for advice in every if advice.person == file.person.id]
    own.sort(key=lambda each: (each.advised_on or date.min, each.edition, each.id), reverse=True)
    return [shown(file, advice) for advice in own]


def shown(file: PersonFile, advice: Advice) -> AdviceInFile:
    """Return an advice without whoever is to be left alone by now.

    A draft tells of the asks as they are today; one that was given, as they were then.
    """
    asked = asked_so_far(file, advice) if advice.is_draft else advice.asked
    paths = [each for each in advice.suggested if may_show(file, each)]
    tried = [each for each in asked if may_show(file, each)]
    names = _hidden_names(file)
    cleaned: dict[str, Any] = {name: _without(names, getattr(advice, name)) for name in WRITTEN}
    return AdviceInFile(
        advice=replace(advice, suggested=tuple(paths), asked=tuple(tried), **cleaned),
        left_out=len(advice.suggested) - len(paths) + len(asked) - len(tried),
        unnamed=any(cleaned[name] != getattr(advice, name) for name in WRITTEN),
    )


def asked_so_far(file: PersonFile, advice: Advice) -> tuple[Mentioned, ...]:
    """Return what was asked for the needs of an advice, the oldest first; no mistakes."""
    told = (Mentioned.from_ask(each.ask) for each in reversed(file.asks))
    own = (each for each in told if each.of == file.person.id and each.counts)
    return tuple(each for each in own if each.need in advice.needs)


def may_show(file: PersonFile, path: Mentioned) -> bool:
    """Whether everybody in a path may still be asked, and it is a path of this file."""
    if path.of != file.person.id or set(path.nodes) & file.gates.barred:
        return False
    return not any(each.id in path.records and not _willing(each) for each in _accounts(file))


def unnamed(file: PersonFile, written: str) -> str:
    """Return a text in which nobody is named whom we may not ask."""
    return _without(_hidden_names(file), written)


WRITTEN: Final = ("reason", "none_tried_because", "keeps_doing", "decision_note", "takeover_note")
"""What its writer wrote: names may stand in it."""


def _without(names: Iterable[re.Pattern[str]], written: str) -> str:
    for name in names:
        written = name.sub(SOMEBODY, written)
    return written


def _accounts(file: PersonFile) -> list[Tie | Participation]:
    return [*file.gates.ties, *file.gates.participations]


def _willing(account: Tie | Participation) -> bool:
    stressful = isinstance(account, Tie) and account.stressful
    return account.approach is Approach.MAY_ASK and not stressful


def _hidden_names(file: PersonFile) -> list[re.Pattern[str]]:
    """Return what finds the names of those who are to be left alone: whole names, then parts."""
    own = set(_WORD.findall(file.person.name))
    whole, parts = set(), set()
    for key in _left_alone(file):
        name = file.name(key).strip()
        if name:
            whole.add(name)
        # The words of the name of an organization are words like any other.
        if file.graph.nodes[key].label == "Person":
            parts |= {word for word in _WORD.findall(name) if word[0].isupper()}
    return [*_found(whole, re.IGNORECASE), *_found(parts - own - _SMALL, re.NOFLAG)]


def _found(names: Iterable[str], flags: re.RegexFlag) -> list[re.Pattern[str]]:
    longest = sorted(names, key=lambda name: (-len(name), name))
    joined = "|".join(map(re.escape, longest))
    return [re.compile(rf"(?<!\w)(?:{joined})(?!\w)", flags)] if longest else []


def _left_alone(file: PersonFile) -> set[NodeId]:
    """Return those of the file of whom the inhabitant did not say that we may ask them."""
    me = file.person.id
    own = [tie for tie in file.gates.ties if tie.joins(me)]
    found = set(file.gates.barred) | {tie.other(me) for tie in own if not _willing(tie)}
    # Who is in the picture only by whom they know was never discussed.
    among = {end for tie in file.gates.ties for end in (tie.source, tie.target)}
    found |= among - {tie.other(me) for tie in own} - {me}
    return found & set(file.graph.nodes)
