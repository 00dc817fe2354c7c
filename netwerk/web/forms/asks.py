"""Recording that somebody is asked, and what came of it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final, Self

from flask_babel import gettext
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from netwerk.domain.cases import Outcome
from netwerk.domain.directory import Need
from netwerk.domain.ids import NeedId
from netwerk.domain.suggestions import Because, Suggested
from netwerk.graph.file import PersonFile
from netwerk.usecases.asks import NewAsk, Result, to_ask
from netwerk.web import context
from netwerk.web.forms.base import Day, Form, choices, only_spaces_is_nothing
from netwerk.web.language import language
from netwerk.web.language import later as _l

_LOOK_AGAIN: Final = timedelta(days=14)


class NewAskForm(Form):
    """Who asks, and when to look again."""

    asked_by = StringField(
        _l("Who asks?"),
        [DataRequired(_l("Fill in who asks.")), Length(max=200)],
        description=_l("You, the inhabitant, a colleague, or somebody from the network."),
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )
    look_again_on = Day(_l("When do we look how it went?"), [InputRequired(_l("Choose a day."))])
    note = TextAreaField(
        _l("What did you agree with the inhabitant?"),
        [Length(max=2000)],
        description=_l("May be left empty."),
        filters=[only_spaces_is_nothing],
    )

    because = RadioField(_l("Why not the first proposal?"), [Optional()])
    because_note = StringField(
        _l("Do you want to say more about that?"),
        [Length(max=500)],
        description=_l("Stays in this file, and is never counted."),
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the reasons for another proposal than the first."""
        super().__init__(*arguments, **options)
        self.because.choices = choices("overruled_because")

    @classmethod
    def started(cls) -> Self:
        """Return the form as it begins: the worker asks, and looks again in two weeks."""
        return cls(
            data={
                "asked_by": context.account().name,
                "look_again_on": context.today() + _LOOK_AGAIN,
            }
        )

    def command(self, need: NeedId, title: str, first_step: str, place: Suggested) -> NewAsk:
        """Return what is asked; `place` is that of the path among what was suggested."""
        return NewAsk(
            need=need,
            title=title,
            first_step=first_step,
            asked_by=self.asked_by.data or "",
            look_again_on=self.look_again_on.data,
            note=self.note.data or "",
            suggested=place,
            because=Because(self.because.data) if self.because.data else None,
            because_note=self.because_note.data or "",
        )


class OwnIdeaForm(NewAskForm):
    """Who is asked, and for what, where no proposal named them."""

    title = StringField(
        _l("Who or what do you ask?"),
        [DataRequired(_l("Write who or what you ask.")), Length(max=200)],
        description=_l("For instance: the lady of the library, the football club."),
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )
    need = SelectField(_l("What for?"))
    tie = SelectField(
        _l("Is it somebody of the network?"),
        description=_l(
            "Only who may be asked stands here. Who is to be left alone, we leave alone."
        ),
    )

    @classmethod
    def for_file(cls, file: PersonFile, needs: Iterable[Need]) -> "OwnIdeaForm":
        """Return the form as it begins for a file, about one of these needs."""
        form = cls.started()
        form.need.choices = [(need.id, need.label(language())) for need in needs]
        form.tie.choices = [
            ("", gettext("no, somebody else")),
            *((tie.id, file.name(tie.other(file.person.id))) for tie in to_ask(file)),
        ]
        return form

    def told(self, need: NeedId, place: Suggested) -> NewAsk:
        """Return what is asked."""
        title = self.title.data or ""
        return self.command(need, title, gettext("Ask %(who)s", who=title), place)


class ResultForm(Form):
    """What came of an ask."""

    version = HiddenField()
    outcome = RadioField(_l("What came of it?"), [InputRequired(_l("Choose one."))])
    on = Day(_l("On which day did you hear it?"), [InputRequired(_l("Choose a day."))])
    declined_step = SelectField(_l("If no: who said no?"))
    again_from = Day(
        _l("If no: from when may we ask them again?"),
        [Optional()],
        description=_l("Until then they are left alone, for every inhabitant."),
    )
    phase_out_on = Day(_l("If yes: when do we see whether it can be phased out?"), [Optional()])
    reason = TextAreaField(
        _l("What should we remember?"),
        [Length(max=2000)],
        filters=[only_spaces_is_nothing],
    )

    def __init__(self, steps: list[str], *arguments: Any, **options: Any) -> None:
        """Offer the steps of the path that was tried."""
        super().__init__(*arguments, **options)
        self.outcome.choices = [
            each for each in choices("outcome") if each[0] != Outcome.WITHDRAWN.value
        ]
        self.declined_step.choices = [
            ("", gettext("not said")),
            *((str(number), told) for number, told in enumerate(steps)),
        ]

    def command(self) -> Result:
        """Return what was told."""
        declined = self.declined_step.data
        return Result(
            outcome=Outcome(self.outcome.data),
            on=self.on.data,
            declined_step=int(declined) if declined else None,
            again_from=self.again_from.data,
            phase_out_on=self.phase_out_on.data,
            reason=self.reason.data or "",
        )
