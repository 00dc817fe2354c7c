"""Clarifying with the inhabitant: their question, and how it goes in all of life."""

from collections.abc import Iterable
from typing import Any, Final

from flask import request
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from netwerk.domain.cases import Case
from netwerk.domain.records import text
from netwerk.usecases.clarify import Domain, Told
from netwerk.web import context
from netwerk.web.forms.base import Form, only_spaces_is_nothing
from netwerk.web.language import later as _l

FACTS: Final = ("question", "question_behind", "wants", "can", "household", "on_duty")
LONGEST: Final = 2000


class ClarifyForm(Form):
    """The question and what is around it; the life domains are beside it, by their code."""

    version = HiddenField()
    question = TextAreaField(
        _l("What is the question?"),
        [
            DataRequired(_l("Write down the question, in the inhabitant's own words.")),
            Length(max=2000),
        ],
        description=_l("As the inhabitant says it. What made you come to us now?"),
        filters=[only_spaces_is_nothing],
    )
    question_behind = TextAreaField(
        _l("And the question behind it?"),
        [Length(max=4000)],
        description=_l("Suppose this is solved: what would be different tomorrow?"),
        filters=[only_spaces_is_nothing],
    )
    wants = TextAreaField(
        _l("What does the inhabitant want?"),
        [Length(max=4000)],
        description=_l("What does a good day look like? What must stay as it is?"),
        filters=[only_spaces_is_nothing],
    )
    can = TextAreaField(
        _l("What can the inhabitant do?"),
        [Length(max=4000)],
        description=_l("What goes well? What helped an earlier time?"),
        filters=[only_spaces_is_nothing],
    )
    household = TextAreaField(
        _l("Who lives there, and how are they?"),
        [Length(max=4000)],
        description=_l("The whole household: partner, children, who cares for whom."),
        filters=[only_spaces_is_nothing],
    )
    on_duty = TextAreaField(
        _l("What must a colleague on duty know?"),
        [Length(max=2000)],
        description=_l("What works, and what you had better not do. Keep it short."),
        filters=[only_spaces_is_nothing],
    )

    @classmethod
    def of(cls, case: Case) -> "ClarifyForm":
        """Return the form as it begins: with what is known."""
        known: dict[str, Any] = {name: text(case.node.properties, name) for name in FACTS}
        return cls(data={**known, "version": case.node.version})

    def changed(self) -> dict[str, str | None]:
        """Return the facts of the case as they were told."""
        return {name: self[name].data or None for name in FACTS}


def told(domains: Iterable[Domain]) -> list[Told]:
    """Return what the form tells of each life domain; before it is sent, what is known."""
    return [_told(each) for each in domains]


def _told(domain: Domain) -> Told:
    code, now = domain.need.id, domain.now
    if request.method != "POST":
        was, goes, said = ("", "", "") if now is None else (now.id, now.goes, now.text)
        return Told(domain=code, was=was, goes=goes, text=said)
    goes = request.form.get(f"goes-{code}", "")
    known = context.schema().vocabularies["domain_goes"].values
    return Told(
        domain=code,
        was=request.form.get(f"was-{code}", ""),
        goes=goes if goes in known else "",
        text=only_spaces_is_nothing(request.form.get(f"text-{code}"))[:LONGEST],
    )
