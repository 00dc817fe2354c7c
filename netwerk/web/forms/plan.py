"""Goals, and who does what."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from netwerk.domain.ids import NodeId
from netwerk.domain.plans import Action, Goal, Side
from netwerk.usecases.plan import ActionFacts, GoalFacts
from netwerk.web import context
from netwerk.web.forms.base import Day, Form, choices, only_spaces_is_nothing
from netwerk.web.language import language
from netwerk.web.language import later as _l

Choice = tuple[str, str]


class GoalForm(Form):
    """What the inhabitant wants to be different."""

    version = HiddenField()
    text = TextAreaField(
        _l("What does the inhabitant want to be different?"),
        [
            DataRequired(_l("Write down what the inhabitant wants, in their own words.")),
            Length(max=1000),
        ],
        description=_l("In their own words, like: “I want to cook for someone again.”"),
        filters=[only_spaces_is_nothing],
    )
    look_back_on = Day(_l("When do we look back together?"), [Optional()])
    result = SelectField(_l("How did it go?"))
    note = TextAreaField(
        _l("What should we remember?"), [Length(max=2000)], filters=[only_spaces_is_nothing]
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer what can come of a goal."""
        super().__init__(*arguments, **options)
        self.result.choices = choices("goal_result", empty=gettext("we are still working on it"))

    @classmethod
    def of(cls, goal: Goal | None) -> "GoalForm":
        """Return the form as it begins."""
        if goal is None:
            return cls()
        return cls(
            data={
                "version": goal.node.version,
                "text": goal.text,
                "look_back_on": goal.look_back_on,
                "result": goal.result,
                "note": goal.note,
            }
        )

    def command(self) -> GoalFacts:
        """Return what was told."""
        return GoalFacts(
            text=self.text.data or "",
            look_back_on=self.look_back_on.data,
            result=self.result.data or "",
            note=self.note.data or "",
        )


class ActionForm(Form):
    """Who does what by when."""

    version = HiddenField()
    text = TextAreaField(
        _l("What is agreed?"),
        [DataRequired(_l("Write down what is agreed.")), Length(max=1000)],
        description=_l("One small step, like: “Calls the library on Monday.”"),
        filters=[only_spaces_is_nothing],
    )
    who = SelectField(
        _l("Who does it?"),
        [InputRequired(_l("Choose who does it."))],
        description=_l("Of the network you see only whom the inhabitant lets us ask."),
    )
    goal = SelectField(_l("For which goal?"))
    due_on = Day(_l("By when?"), [Optional()])
    note = TextAreaField(
        _l("What should we remember?"), [Length(max=2000)], filters=[only_spaces_is_nothing]
    )

    def __init__(
        self,
        who: Mapping[str, list[Choice]],
        goals: Iterable[Choice],
        *arguments: Any,
        **options: Any,
    ) -> None:
        """Offer who may do something, and the goals."""
        super().__init__(*arguments, **options)
        self.who.choices = dict(who)
        self.goal.choices = [("", gettext("apart from the goals")), *goals]

    def command(self) -> ActionFacts:
        """Return what was told."""
        side, _, who = (self.who.data or "").partition(":")
        return ActionFacts(
            text=self.text.data or "",
            side=Side(side),
            who=NodeId(who) if who else None,
            goal=NodeId(self.goal.data) if self.goal.data else None,
            due_on=self.due_on.data,
            note=self.note.data or "",
        )


def begun(asked: Mapping[str, str]) -> dict[str, str]:
    """Return what another page leads here with: a goal, who is asked, and what to think about."""
    found = {"goal": asked.get("goal", "")}
    term = context.schema().needs.get(asked.get("about", ""))
    if asked.get("who"):
        found["who"] = asked["who"]
    if term is not None:
        need = term.label.label(language())
        found["text"] = gettext("Thinks along about: %(need)s.", need=need)
    return found


def known(action: Action) -> dict[str, Any]:
    """Return what was agreed as the form starts with it."""
    return {
        "version": action.node.version,
        "text": action.text,
        "who": f"{action.side}:{action.who or ''}",
        "goal": action.goal or "",
        "due_on": action.due_on,
        "note": action.note,
    }
