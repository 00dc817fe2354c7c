"""What goes and what stays, in words: for one person, and for all files in a quarter."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import format_date, gettext

from netwerk.graph.erasing import Erasure
from netwerk.schema import Schema
from netwerk.usecases.retaining import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """Something that the law keeps: what, until when, and which law."""

    label: str
    until: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """What goes, what is changed in other files, what stays."""

    goes: tuple[tuple[str, int], ...]
    changed: int
    stays: tuple[Stays, ...]
    open_cases: int


def going(found: Erasure, schema: Schema, language: str) -> Going:
    """Return what erasing somebody comes to."""
    return Going(
        goes=_counted(found.counts()),
        changed=len(found.changed),
        stays=tuple(
            Stays(
                label=schema.nodes[each.label].label.label(language),
                until=str(format_date(each.until, "d MMMM y")),
                because=because.label(language)
                if (because := schema.nodes[each.label].because)
                else "",
            )
            for each in found.kept
        ),
        open_cases=found.open_cases,
    )


def coming(kept: Kept, schema: Schema, language: str) -> tuple[tuple[str, int], ...]:
    """Return what goes in the coming quarter."""
    beside = tuple(
        (schema.beside[kind].label.label(language), count) for kind, count in kept.beside.items()
    )
    return (*_counted(kept.records), *beside)


def kinds() -> dict[str, str]:
    """Return what is counted, as a colleague calls it; what only joins two things is not named."""
    return {
        "Case": gettext("cases: the question and what is around it"),
        "Person": gettext("people: who it is about, and who is known from this file only"),
        "TIE": gettext("who is there for whom"),
        "TAKES_PART": gettext("where somebody takes part"),
        "DomainNote": gettext("notes on a life domain"),
        "Goal": gettext("goals"),
        "Action": gettext("things that were agreed"),
        "Ask": gettext("requests for help to somebody"),
        "Effort": gettext("hours of the team"),
        "Scaling": gettext("more or less help"),
        "Assessment": gettext("score sheets"),
        "CaseReview": gettext("decisions of a case review"),
        "ReferralAdvice": gettext("advices to the municipality"),
        "Story": gettext("stories of what helped"),
        "Correction": gettext("things that were not right"),
        "ADDRESSES": gettext("talents"),
        "VOLUNTEERS_FOR": gettext("what somebody does as a volunteer"),
        "CONTACT_FOR": gettext("roles as a contact person"),
        "ACQUAINTED": gettext("colleagues who know them"),
    }


def _counted(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((said, counts[name]) for name, said in kinds().items() if name in counts)
