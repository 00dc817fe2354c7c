"""What is not right in a file, and the answer."""

from typing import Any

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from netwerk.domain.corrections import Correction, CorrectionOutcome
from netwerk.usecases.corrections import Answer
from netwerk.web.forms.base import Form, choices, only_spaces_is_nothing
from netwerk.web.language import later as _l


class CorrectionForm(Form):
    """What the inhabitant says is not right."""

    said = TextAreaField(
        _l("What is not right, and how is it?"),
        [
            DataRequired(_l("Write down what is not right, in the inhabitant's own words.")),
            Length(max=2000),
        ],
        description=_l("In the inhabitant's own words. Read it aloud before you save."),
        filters=[only_spaces_is_nothing],
    )


class AnswerForm(Form):
    """What was done about it."""

    version = HiddenField()
    outcome = RadioField(
        _l("What did you do?"), [InputRequired(_l("Choose what you did about it."))]
    )
    words = TextAreaField(
        _l("What do you say to the inhabitant?"),
        [Length(max=2000)],
        description=_l("The inhabitant reads this. If nothing was changed, say why."),
        filters=[only_spaces_is_nothing],
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer what can be done."""
        super().__init__(*arguments, **options)
        self.outcome.choices = choices("correction_outcome")

    @classmethod
    def of(cls, read: Correction) -> "AnswerForm":
        """Return the form as it begins."""
        outcome = None if read.outcome is None else read.outcome.value
        told = {"version": read.node.version, "outcome": outcome, "words": read.answer}
        return cls(data=told)

    def command(self) -> Answer:
        """Return what was told."""
        return Answer(outcome=CorrectionOutcome(self.outcome.data), words=self.words.data or "")
