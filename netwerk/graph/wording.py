"""A path in words, in Dutch or English; labels come from graph_schema."""

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Properties, Subgraph, text
from netwerk.graph.question import Step
from netwerk.schema import Schema

_PHRASES = {
    "nl": {
        "acquainted": "{via} kent {target} ({kind})",
        "takes_part": "{source} doet mee bij {target} ({kind}), {approach}",
        "role": "{source} is contactpersoon van {target}",
        "contact": "{target} is contactpersoon van {source}",
        "provides": "{source} biedt {target}",
        "volunteers": "{source} doet vrijwilligerswerk bij {target}",
        "talent": "{source} wil hiermee helpen",
        "direct": "{target}: nog zonder bekende",
    },
    "en": {
        "acquainted": "{via} knows {target} ({kind})",
        "takes_part": "{source} takes part in {target} ({kind}), {approach}",
        "role": "{source} is a contact person of {target}",
        "contact": "{target} is a contact person of {source}",
        "provides": "{source} offers {target}",
        "volunteers": "{source} volunteers for {target}",
        "talent": "{source} is willing to help with this",
        "direct": "{target}: without an acquaintance yet",
    },
}
_VOCABULARY = {"acquainted": "warmth", "takes_part": "participation"}


class Wording:
    """Says the steps of an answer in one language."""

    def __init__(self, graph: Subgraph, schema: Schema, language: str) -> None:
        """Name things as `graph` has them."""
        self._graph = graph
        self._schema = schema
        self._language = "en" if language == "en" else "nl"

    def name(self, node: NodeId | None) -> str:
        """Return the name of a node; its id where it has none."""
        if node is None:
            return ""
        found = self._graph.nodes.get(node)
        return node if found is None else text(found.properties, "name") or node

    def step(self, step: Step) -> str:
        """Return one step as a sentence that can be read aloud."""
        facts = self._facts(step)
        if step.step == "tie":
            return self._tie(step, facts)
        return _PHRASES[self._language][step.step].format(
            via=self.name(step.via),
            source=self.name(step.source),
            target=self.name(step.target),
            kind=self._label(_VOCABULARY.get(step.step, ""), step.kind),
            approach=self._label("approach", text(facts, "approach")),
        )

    def _tie(self, step: Step, facts: Properties) -> str:
        said = [
            self.name(step.target),
            self._label("tie_kind", step.kind),
            self._label("contact", text(facts, "contact")),
            self._label("approach", text(facts, "approach")),
        ]
        return ", ".join(part for part in said if part)

    def _facts(self, step: Step) -> Properties:
        record = self._graph.relationships.get(step.record) if step.record else None
        return {} if record is None else record.properties

    def _label(self, vocabulary: str, value: str | None) -> str:
        if value is None or not vocabulary:
            return ""
        return self._schema.label(vocabulary, value, self._language)
