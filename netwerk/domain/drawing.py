"""The last steps of drawing a network: what each changed, so that it can be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self, cast

from netwerk.domain.keeping import from_image, image
from netwerk.domain.records import Properties, Record, Value, integer, text

STEPS: Final = "drawing-steps"
"""The kind under which a worker's steps are kept beside a file."""
MOST_STEPS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """What a step did to one record: what it was (None: not there), and its version after it.

    `after` 0: the record is no longer there.
    """

    record: str
    before: Record | None
    after: int

    def written(self) -> Properties:
        """Return the stroke as it is stored."""
        facts: dict[str, Value] = {"record": self.record, "after": self.after}
        return facts if self.before is None else {**facts, "before": image(self.before)}

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        before = facts.get("before")
        return cls(
            record=text(facts, "record") or "",
            before=from_image(before) if isinstance(before, Mapping) else None,
            after=integer(facts, "after") or 0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One act at the drawing, on one day, with all that it changed in this order."""

    action: str
    name: str
    on: str
    strokes: tuple[Stroke, ...]

    def followed(self, versions: Mapping[tuple[str, int], int]) -> Self:
        """Return the step with its records at the versions that these became.

        What was taken back stands as it did after the step before, under a later version.
        """
        strokes = tuple(
            replace(each, after=versions.get((each.record, each.after), each.after))
            for each in self.strokes
        )
        return replace(self, strokes=strokes)

    def written(self) -> Properties:
        """Return the step as it is stored."""
        strokes = [stroke.written() for stroke in self.strokes]
        return {"action": self.action, "name": self.name, "on": self.on, "strokes": strokes}

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        strokes = cast("Sequence[Properties]", facts.get("strokes", ()))
        return cls(
            action=text(facts, "action") or "",
            name=text(facts, "name") or "",
            on=text(facts, "on") or "",
            strokes=tuple(map(Stroke.read, strokes)),
        )


def steps_of(kept: Properties | None, on: str) -> tuple[Step, ...]:
    """Return the steps of a day, the last one last; those of earlier days are not taken back."""
    every = cast("Sequence[Any]", (kept or {}).get("steps", ()))
    return tuple(step for step in map(Step.read, every) if step.on == on)


def steps_written(steps: Sequence[Step], on: str) -> Properties:
    """Return the last steps of a day as they are stored; from that day their term counts."""
    return {"on": on, "steps": [step.written() for step in steps[-MOST_STEPS:]]}
