"""Preparing an advice, the decision that comes back, and following it."""

from typing import Any

from flask_babel import gettext
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from netwerk.domain.advice import Advice, AdviceStatus, Mentioned, Takeover
from netwerk.domain.ids import NeedId
from netwerk.usecases.advice import Decision, Followed, Written
from netwerk.web.forms.base import Day, Form, choices, only_spaces_is_nothing
from netwerk.web.language import later as _l


class AdviceForm(Form):
    """What the worker writes; everything may be left for later."""

    version = HiddenField()
    cannot_wait = BooleanField(
        _l("It cannot wait"),
        description=_l("Then nobody has to be asked first. The advice says so at the top."),
    )
    none_tried_because = TextAreaField(
        _l("Was nobody asked? Why not?"),
        [Length(max=2000)],
        description=_l("You decide. Your reason goes along with the advice."),
        filters=[only_spaces_is_nothing],
    )
    reason = TextAreaField(
        _l("Why is specialist help needed?"),
        [Length(max=4000)],
        description=_l("In plain words: the inhabitant reads along."),
        filters=[only_spaces_is_nothing],
    )
    product = SelectField(_l("Which help do you advise?"))
    months = IntegerField(
        _l("For how many months?"),
        [Optional(), NumberRange(1, 120, _l("Fill in 1 to 120 months."))],
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )
    keeps_doing = TextAreaField(
        _l("What does the network keep doing beside it?"),
        [Length(max=2000)],
        description=_l("Only whom we may ask is named; other names do not come on paper."),
        filters=[only_spaces_is_nothing],
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the kinds of help."""
        super().__init__(*arguments, **options)
        self.product.choices = choices("product", empty=gettext("not chosen yet"))

    @classmethod
    def of(cls, advice: Advice) -> "AdviceForm":
        """Return the form as the draft fills it in."""
        names = ("cannot_wait", "none_tried_because", "reason", "product", "months", "keeps_doing")
        known = {name: getattr(advice, name) for name in names}
        return cls(data=known | {"version": advice.node.version})

    def command(self, needs: tuple[NeedId, ...], suggested: tuple[Mentioned, ...] = ()) -> Written:
        """Return what was written."""
        return Written(
            needs=needs,
            product=self.product.data or "",
            months=self.months.data,
            reason=self.reason.data or "",
            none_tried_because=self.none_tried_because.data or "",
            keeps_doing=self.keeps_doing.data or "",
            cannot_wait=self.cannot_wait.data,
            suggested=suggested,
        )


class DecisionForm(Form):
    """What the municipality decided."""

    version = HiddenField()
    status = RadioField(_l("What was decided?"), [InputRequired(_l("Choose one."))])
    on = Day(_l("On which day was it decided?"), [InputRequired(_l("Choose a day."))])
    granted_from = Day(_l("If granted: from when?"), [Optional()])
    granted_to = Day(
        _l("If granted: until when?"),
        [Optional()],
        description=_l("Eight weeks before, we remind you to look whether it is still needed."),
    )
    note = TextAreaField(
        _l("What else should we know of the decision?"),
        [Length(max=2000)],
        filters=[only_spaces_is_nothing],
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the decisions."""
        super().__init__(*arguments, **options)
        wanted = (AdviceStatus.GRANTED, AdviceStatus.GRANTED_IN_PART, AdviceStatus.REFUSED)
        self.status.choices = [each for each in choices("advice_status") if each[0] in wanted]

    def command(self) -> Decision:
        """Return what was decided."""
        return Decision(
            status=AdviceStatus(self.status.data),
            on=self.on.data,
            granted_from=self.granted_from.data,
            granted_to=self.granted_to.data,
            note=self.note.data or "",
        )


class FollowForm(Form):
    """Whether the network can take over again."""

    version = HiddenField()
    takeover = RadioField(_l("Can the network take it over?"), [InputRequired(_l("Choose one."))])
    note = TextAreaField(
        _l("What does the network take over, and what is needed for it?"),
        [Length(max=2000)],
        filters=[only_spaces_is_nothing],
    )
    look_again_on = Day(_l("When do we look again?"), [Optional()])

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the answers."""
        super().__init__(*arguments, **options)
        self.takeover.choices = choices("takeover")

    def command(self) -> Followed:
        """Return what was found."""
        return Followed(
            takeover=Takeover(self.takeover.data),
            note=self.note.data or "",
            look_again_on=self.look_again_on.data,
        )
