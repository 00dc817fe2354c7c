"""Help that is wanted from a volunteer: what a worker lets the coordinator know, and no more."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self

from netwerk.domain.ids import NeedId, NodeId, PersonId, ServiceId, WorkerId
from netwerk.domain.records import Point, Properties, Value, day, point, text, words

REQUEST: Final = "request"
"""The system kind under which requests are kept."""


class RequestStatus(StrEnum):
    """How far a request is. `proposed`: the worker is to say whether it suits."""

    OPEN = "open"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerRequest:
    """One request. `person` is for their own team; `never` are people who are not to be asked."""

    key: str
    worker: WorkerId
    person: PersonId
    need: NeedId
    posted_on: date
    note: str = ""
    point: Point | None = None
    languages: tuple[str, ...] = ()
    never: tuple[PersonId, ...] = ()
    status: RequestStatus = RequestStatus.OPEN
    helper: PersonId | None = None
    service: ServiceId | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody is still looked for."""
        return self.status is RequestStatus.OPEN

    @property
    def counts(self) -> bool:
        """Whether it takes one of the places of the helper."""
        return self.status in {RequestStatus.PROPOSED, RequestStatus.ACCEPTED}

    def written(self) -> Properties:
        """Return the request as it is stored."""
        facts: dict[str, Value | None] = {
            "owner": self.person,
            "worker": self.worker,
            "need": self.need,
            "posted_on": self.posted_on.isoformat(),
            "note": self.note,
            "point": list(self.point) if self.point else None,
            "languages": list(self.languages),
            "never": list(self.never),
            "status": self.status.value,
            "helper": self.helper,
            "service": self.service,
        }
        return {key: value for key, value in facts.items() if value is not None}

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what `written` returned."""
        helper, service = text(facts, "helper"), text(facts, "service")
        return cls(
            key=key,
            worker=WorkerId(NodeId(text(facts, "worker") or "")),
            person=PersonId(NodeId(text(facts, "owner") or "")),
            need=NeedId(NodeId(text(facts, "need") or "")),
            posted_on=day(facts, "posted_on") or date.min,
            note=text(facts, "note") or "",
            point=point(facts),
            languages=words(facts, "languages"),
            never=tuple(PersonId(NodeId(each)) for each in words(facts, "never")),
            status=RequestStatus(text(facts, "status") or RequestStatus.OPEN),
            helper=None if helper is None else PersonId(NodeId(helper)),
            service=None if service is None else ServiceId(NodeId(service)),
        )
