"""The first step of a path, as a sentence to act on, and a sentence about why it is likely."""

from datetime import date

from flask_babel import gettext

from netwerk.domain.directory import Formality, Service
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.records import Properties, Subgraph, text
from netwerk.domain.records import day as day_of
from netwerk.graph.question import Step, SupportPath
from netwerk.graph.wording import Wording
from netwerk.web.context import schema_label
from netwerk.web.language import ago


class FirstSteps:
    """Says who makes the first move, and which; `viewer` is who reads it."""

    def __init__(
        self, graph: Subgraph, wording: Wording, viewer: WorkerId, need: str, today: date
    ) -> None:
        """Take the graph of an answer, how it names things, and what the question is about."""
        self._graph = graph
        self._name = wording.name
        self._viewer = viewer
        self._need = need
        self._today = today

    def move(self, path: SupportPath) -> str:
        """Return the first move, as a clause without a full stop."""
        step = path.steps[0]
        whom = self._name(step.target)
        match step.step:
            case "direct":
                by = self._name(path.supporter)
                return gettext("call together with %(by)s, or drop by together", by=by)
            case "acquainted" if step.via == self._viewer:
                return gettext("you call %(whom)s yourself", whom=whom)
            case "acquainted":
                who = self._name(step.via)
                return gettext("your colleague %(who)s calls %(whom)s", who=who, whom=whom)
            case "takes_part":
                return gettext("ask at %(whom)s about %(goal)s", whom=whom, goal=self._goal(path))
            case _:
                return self._ask_tie(path, whom)

    def about(self, path: SupportPath) -> str:
        """Return what is known of the first step, as a sentence."""
        step = path.steps[0]
        match step.step:
            case "direct":
                return gettext("Nobody of the team knows the people there yet.")
            case "acquainted":
                return self._about_acquaintance(step)
            case "takes_part":
                how = schema_label("participation", step.kind)
                name = self._name(step.source)
                return gettext("%(name)s comes there already (%(how)s).", name=name, how=how)
            case _:
                return self._about_tie(path, step)

    def _goal(self, path: SupportPath) -> str:
        return self._name(path.supporter if path.service is None else path.service)

    def _ask_tie(self, path: SupportPath, whom: str) -> str:
        ends = [step.step for step in path.steps[1:]]
        if not ends:
            return gettext("ask %(whom)s", whom=whom)
        if ends == ["talent"]:
            return gettext("ask %(whom)s to help with: %(need)s", whom=whom, need=self._need)
        if ends in (["volunteers"], ["role", "provides"]):
            name, goal = self._name(path.steps[0].source), self._goal(path)
            if self._one_goes_along(path):
                return gettext(
                    "ask %(whom)s whether %(name)s may come along to %(goal)s",
                    whom=whom,
                    name=name,
                    goal=goal,
                )
            return gettext(
                "ask %(whom)s whether %(goal)s is something for %(name)s",
                whom=whom,
                name=name,
                goal=goal,
            )
        further = self._name(path.steps[1].target)
        return gettext("ask %(whom)s to make contact with %(further)s", whom=whom, further=further)

    def _one_goes_along(self, path: SupportPath) -> bool:
        """Whether it is somewhere to go, with somebody: not a help at home, nor a consultation."""
        service = Service.from_node(self._graph.nodes[NodeId(path.service or "")])
        return service.formality is Formality.INFORMAL and not service.comes_to_you

    def _about_acquaintance(self, step: Step) -> str:
        met = day_of(self._facts(step), "last_met")
        if met is None:
            return gettext("They know each other: %(how)s.", how=schema_label("warmth", step.kind))
        return gettext("They last spoke %(when)s.", when=ago(met, self._today))

    def _about_tie(self, path: SupportPath, step: Step) -> str:
        contact = schema_label("contact", text(self._facts(step), "contact"))
        known = [schema_label("tie_kind", step.kind), *([contact] if contact else [])]
        who = f"{self._name(step.target)} ({', '.join(known)})"
        after = path.steps[1] if len(path.steps) > 1 else None
        where = "" if after is None else self._name(after.target)
        match after and after.step:
            case "role":
                return gettext("%(who)s is the contact person of %(where)s.", who=who, where=where)
            case "volunteers":
                return gettext("%(who)s volunteers there.", who=who)
            case "talent":
                return gettext("%(who)s is willing to help with this.", who=who)
            case "takes_part":
                return gettext("%(who)s takes part in %(where)s.", who=who, where=where)
            case _:
                return gettext("%(who)s knows %(where)s.", who=who, where=where)

    def _facts(self, step: Step) -> Properties:
        record = self._graph.relationships.get(step.record) if step.record else None
        return {} if record is None else record.properties
