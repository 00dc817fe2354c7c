"""The network, and talents."""

from typing import Any

from flask_babel import gettext
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional

from netwerk.domain.ids import NodeId, OrganizationId
from netwerk.domain.records import day, integer, text, words
from netwerk.domain.ties import Approach, Tie
from netwerk.usecases.network import ParticipationFacts, TieFacts
from netwerk.web.forms.base import Day, Form, Ticks, choices, only_spaces_is_nothing
from netwerk.web.language import later as _l


class TieForm(Form):
    """Somebody in the network; `name` is asked for who is new."""

    version = HiddenField()
    name = StringField(
        _l("Who is it?"),
        [Length(max=200)],
        description=_l("A first name, or “the neighbour at 12”, is enough."),
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )
    kind = SelectField(_l("How do they know each other?"), [InputRequired(_l("Choose one."))])
    contact = SelectField(_l("How often are they in touch?"))
    closeness = SelectField(_l("How close are they?"))
    support = Ticks(_l("What does the inhabitant get from them?"))
    support_given = Ticks(_l("And what does the inhabitant give?"))
    valence = SelectField(_l("Does the contact do the inhabitant good?"))
    approach = RadioField(
        _l("May we ask them something?"),
        default=Approach.NOT_DISCUSSED.value,
        description=_l("Only the inhabitant decides. “No” is as good an answer as “yes”."),
    )
    valid_from = Day(_l("Since when?"), [Optional()], description=_l("May be left empty."))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the choices of graph_schema in the reader's language."""
        super().__init__(*arguments, **options)
        unknown = gettext("not known")
        self.kind.choices = choices("tie_kind", empty=gettext("choose"))
        self.contact.choices = choices("contact", empty=unknown)
        self.valence.choices = choices("valence", empty=unknown)
        self.support.choices = choices("support")
        self.support_given.choices = choices("support")
        self.approach.choices = choices("approach")
        self.closeness.choices = [
            ("", unknown),
            ("5", gettext("very close")),
            ("4", gettext("close")),
            ("3", gettext("in between")),
            ("2", gettext("not so close")),
            ("1", gettext("distant")),
        ]

    def command(self) -> TieFacts:
        """Return what was told."""
        return TieFacts(
            kind=self.kind.data,
            closeness=int(self.closeness.data) if self.closeness.data else None,
            contact=self.contact.data or None,
            support=tuple(self.support.data or ()),
            support_given=tuple(self.support_given.data or ()),
            valence=self.valence.data or None,
            approach=Approach(self.approach.data),
            valid_from=self.valid_from.data,
        )


def told(tie: Tie) -> dict[str, Any]:
    """Return a tie as the form starts with it."""
    facts = tie.record.properties
    closeness = integer(facts, "closeness")
    return {
        "version": tie.record.version,
        "kind": tie.kind,
        "contact": tie.contact or "",
        "closeness": "" if closeness is None else str(closeness),
        "support": list(tie.support),
        "support_given": list(words(facts, "support_given")),
        "valence": text(facts, "valence") or "",
        "approach": tie.approach.value,
        "valid_from": day(facts, "valid_from"),
    }


class ParticipationForm(Form):
    """Where the inhabitant takes part: a church, a school, a club."""

    organization = SelectField(_l("Where?"), [InputRequired(_l("Choose one."))])
    how = SelectField(_l("As what?"), [InputRequired(_l("Choose one."))])
    approach = RadioField(
        _l("May we ask them something?"),
        default=Approach.NOT_DISCUSSED.value,
        description=_l("Only the inhabitant decides. “No” is as good an answer as “yes”."),
    )

    def __init__(self, places: list[tuple[str, str]], *arguments: Any, **options: Any) -> None:
        """Offer the organizations of the directory."""
        super().__init__(*arguments, **options)
        self.organization.choices = [("", gettext("choose")), *places]
        self.how.choices = choices("participation", empty=gettext("choose"))
        self.approach.choices = choices("approach")

    def command(self) -> ParticipationFacts:
        """Return what was told."""
        return ParticipationFacts(
            organization=OrganizationId(NodeId(self.organization.data)),
            how=self.how.data,
            approach=Approach(self.approach.data),
        )


class EndForm(Form):
    """Since when a tie is no longer there."""

    on = Day(_l("Since when is it over?"), [InputRequired(_l("Choose a day."))])


class TalentsForm(Form):
    """Whether an inhabitant wants to mean something for somebody else."""

    willing = RadioField(_l("Would this inhabitant like to do something for someone else?"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer yes and no."""
        super().__init__(*arguments, **options)
        self.willing.choices = [
            ("yes", gettext("Yes, colleagues may find this inhabitant for it")),
            ("no", gettext("Not now, or not asked yet")),
        ]
