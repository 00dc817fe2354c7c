"""Who learns what, how, from whom and by when."""

from typing import Any

from flask_babel import gettext
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from netwerk.domain.ids import NeedId, NodeId, WorkerId
from netwerk.domain.knowledge import CLARIFY, DO, LEVELS
from netwerk.domain.records import parse_day
from netwerk.domain.training import Training
from netwerk.graph.knowledge import TeamKnowledge
from netwerk.web.forms.base import Day, Form, only_spaces_is_nothing, version_of
from netwerk.web.language import later as _l
from netwerk.web.presenters.knowledge import SAID, in_order, label_of


class TrainingForm(Form):
    """What somebody is going to learn."""

    version = HiddenField(default="0")
    need = SelectField(_l("What?"))
    who = SelectField(_l("Who is going to learn it?"))
    level = SelectField(_l("What can this colleague do then?"), coerce=int)
    how = TextAreaField(
        _l("How?"),
        [
            DataRequired(_l("Write how: come along once, a talk in the team, a course.")),
            Length(max=1000),
        ],
        description=_l(
            "Like: comes along twice to a conversation about debts. No names of inhabitants."
        ),
        filters=[only_spaces_is_nothing],
    )
    from_whom = SelectField(_l("From whom of us?"))
    from_other = StringField(
        _l("Or from somebody outside?"),
        [Length(max=200)],
        description=_l("A course, or a partner who knows this well."),
        filters=[only_spaces_is_nothing],
    )
    by = Day(_l("By when?"), [InputRequired(_l("Choose a day."))])

    def __init__(self, team: TeamKnowledge, need: str = "", **options: Any) -> None:
        """Offer the blocks, the colleagues, and those who can teach the block that is chosen."""
        super().__init__(**options)
        self.need.choices = {
            label_of(domain.need): [(block.id, label_of(block)) for block in domain.blocks]
            for domain in in_order(team)
        }
        self.who.choices = [(who.id, who.name) for who in team.colleagues]
        self.level.choices = [(each, str(SAID[each])) for each in LEVELS if each >= CLARIFY]
        self.from_whom.choices = [("", gettext("nobody of us")), *_teachers(team, need)]

    @classmethod
    def of(cls, team: TeamKnowledge, read: Training) -> "TrainingForm":
        """Return the form filled in with what was agreed."""
        return cls(
            team,
            read.need,
            data={
                "version": str(read.version),
                "need": read.need,
                "who": read.who,
                "level": read.level,
                "how": read.how,
                "from_whom": read.from_whom,
                "from_other": read.from_other,
                "by": parse_day(read.by),
            },
        )

    @classmethod
    def begun(cls, team: TeamKnowledge, need: str, who: str) -> "TrainingForm":
        """Return the form as it begins, for a block that is missing."""
        best = team.who_can(NeedId(NodeId(need)))
        return cls(
            team,
            need,
            data={
                "need": need,
                "who": who or (team.colleagues[0].id if team.colleagues else ""),
                "level": DO,
                "from_whom": best[0].id if best and best[0].id != who else "",
            },
        )

    def command(self) -> Training:
        """Return what was agreed."""
        return Training(
            key="",
            team=NodeId(""),
            who=WorkerId(NodeId(self.who.data)),
            need=NeedId(NodeId(self.need.data)),
            level=self.level.data,
            how=self.how.data or "",
            by=self.by.data.isoformat(),
            from_whom=self.from_whom.data or "",
            from_other=self.from_other.data or "",
            version=version_of(self.version),
        )


def _teachers(team: TeamKnowledge, need: str) -> list[tuple[str, str]]:
    """Return the colleagues, who know most about it first, with what they know."""
    code = NeedId(NodeId(need))
    ranked = sorted(team.colleagues, key=lambda who: -team.level(who.id, code))
    told = [(who, team.level(who.id, code)) for who in ranked]
    return [
        (who.id, f"{who.name} ({level}: {SAID[level]})" if level else who.name)
        for who, level in told
    ]
