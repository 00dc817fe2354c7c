"""Requests for a volunteer, and whom the proposal has for them, as they are shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from flask_babel import gettext, ngettext

from netwerk.domain.directory import Need
from netwerk.domain.ids import NeedId
from netwerk.domain.requests import RequestStatus, VolunteerRequest
from netwerk.graph.ends import FIT
from netwerk.graph.matching import LANGUAGE_UNKNOWN, Match
from netwerk.usecases.matching import Board, Proposed
from netwerk.web.language import day, language, metres

_ROUGHLY = 500
"""Metres that a distance to somebody's home is rounded up to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A volunteer who could take up a request, and why."""

    person: str
    name: str
    service: str
    chosen: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A request with who could take it up."""

    key: str
    need: str
    told: str
    note: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> Choice | None:
        """The volunteer of the proposal."""
        return next((each for each in self.choices if each.chosen), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """A request for an inhabitant, and how far it is."""

    key: str
    person: str
    need: str
    told: str
    proposed: bool


def rows(board: Board, needs: Mapping[NeedId, Need]) -> list[RequestRow]:
    """Return the open requests, the oldest first."""
    return [_row(board, request, needs) for request in board.requests]


def waiting(board: Board, needs: Mapping[NeedId, Need]) -> list[str]:
    """Return, as sentences, what was proposed and waits for a worker."""
    return [
        gettext(
            "%(need)s: %(helper)s, proposed to %(worker)s",
            need=_label(needs, each.need),
            helper=board.name(each.helper),
            worker=board.name(each.worker),
        )
        for each in board.waiting
    ]


def of_file(proposed: Iterable[Proposed], needs: Mapping[NeedId, Need]) -> list[FileRequest]:
    """Return the requests for an inhabitant."""
    return [
        FileRequest(
            key=each.request.key,
            person=each.request.person,
            need=_label(needs, each.request.need),
            told=_told(each),
            proposed=bool(each.helper),
        )
        for each in proposed
    ]


def of_cases(
    proposed: Iterable[VolunteerRequest],
    names: Mapping[str, str],
    needs: Mapping[NeedId, Need],
) -> list[tuple[str, FileRequest]]:
    """Return the requests for which somebody is proposed, with the names of whom they are for."""
    return [
        (
            names.get(each.person, ""),
            FileRequest(
                key=each.key,
                person=each.person,
                need=_label(needs, each.need),
                told="",
                proposed=True,
            ),
        )
        for each in proposed
    ]


def _told(each: Proposed) -> str:
    if each.request.status is not RequestStatus.PROPOSED or not each.helper:
        return gettext("asked on %(day)s, nobody proposed yet", day=day(each.request.posted_on))
    if each.service:
        return gettext(
            "%(helper)s is proposed (%(service)s)", helper=each.helper, service=each.service
        )
    return gettext("%(helper)s is proposed", helper=each.helper)


def _row(board: Board, request: VolunteerRequest, needs: Mapping[NeedId, Need]) -> RequestRow:
    match = board.proposal.matches.get(request.key)
    chosen = None if match is None else match.person
    return RequestRow(
        key=request.key,
        need=_label(needs, request.need),
        told=gettext(
            "asked by %(worker)s on %(day)s",
            worker=board.name(request.worker),
            day=day(request.posted_on),
        ),
        note=request.note,
        choices=tuple(
            Choice(
                person=each.person,
                name=board.name(each.person),
                service=board.name(each.service),
                chosen=each.person == chosen,
                reasons=tuple(_reasons(each)),
            )
            for each in board.proposal.candidates[request.key]
        ),
    )


def _reasons(match: Match) -> list[str]:
    exactly = match.fit == FIT
    told = [gettext("helps with just this") if exactly else gettext("helps with something like it")]
    if match.distance_m is None:
        told.append(gettext("it is not known how far away"))
    else:
        about = max(1, ceil(match.distance_m / _ROUGHLY)) * _ROUGHLY
        told.append(gettext("within %(distance)s", distance=metres(about)))
    if match.language == LANGUAGE_UNKNOWN:
        told.append(gettext("which languages is not known"))
    else:
        told.append(gettext("speaks the language"))
    if match.load:
        told.append(ngettext("helps %(num)s person now", "helps %(num)s people now", match.load))
    else:
        told.append(gettext("helps nobody now"))
    return told


def _label(needs: Mapping[NeedId, Need], need: NeedId) -> str:
    known = needs.get(need)
    return need if known is None else known.label(language())
