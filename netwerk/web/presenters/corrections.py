"""What is not right in a file, for the worker: what waits for an answer, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from netwerk.domain.corrections import Correction, corrections
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Subgraph
from netwerk.graph.file import PersonFile
from netwerk.graph.subject import about_today
from netwerk.web.context import schema_label
from netwerk.web.language import day

_CHANGED_ON: Mapping[str, str] = {
    "Person": "inhabitant.index",
    "Case": "clarify.index",
    "DomainNote": "clarify.index",
    "Goal": "plan.index",
    "Action": "plan.index",
    "Assessment": "assessments.index",
    "ReferralAdvice": "advice.index",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One correction as a worker reads it; `place` is the page where it can be changed."""

    id: str
    about: str
    said: str
    told: str
    is_open: bool
    outcome: str
    answer: str
    answered: str
    place: str


def rows(file: PersonFile, names: Mapping[str, str]) -> list[Row]:
    """Return those of a file, what waits for an answer first."""
    return [row(each, file, names) for each in corrections(file.graph)]


def row(each: Correction, file: PersonFile, names: Mapping[str, str]) -> Row:
    """Return one."""
    said = day(each.asked_on, file.on)
    by = names.get(each.noted_by)
    return Row(
        id=each.id,
        about=about_today(file, each),
        said=each.said,
        told=gettext("Said on %(day)s, noted by %(name)s.", day=said, name=by)
        if by
        else gettext("Said on %(day)s.", day=said),
        is_open=each.is_open,
        outcome="" if each.outcome is None else schema_label("correction_outcome", each.outcome),
        answer=each.answer,
        answered=gettext("Answered on %(day)s.", day=day(each.answered_on, file.on)),
        place=place(file.graph, each.record),
    )


def place(graph: Subgraph, key: str) -> str:
    """Return the endpoint of the page on which a record is changed."""
    found = graph.nodes.get(NodeId(key))
    return _CHANGED_ON.get("" if found is None else found.label, "inhabitant.index")
