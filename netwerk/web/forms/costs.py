"""The open sheet of costs and benefits: two figures for each assumption."""

from collections.abc import Mapping

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from netwerk.domain.costs import EXAMPLES, MOST, Range, Sheet
from netwerk.domain.errors import InvalidInputError
from netwerk.web.language import say


class CostsForm:
    """What was filled in, as it was typed; what is wrong stands beside it."""

    def __init__(self, typed: MultiDict[str, str], known: Mapping[str, Range]) -> None:
        """Take what was typed; what was not stands as it is known, or as in the example."""
        self.errors: dict[str, str] = {}
        self.typed = {
            f"{name}_{end}": typed.get(f"{name}_{end}", f"{getattr(range_, end):g}")
            for name, range_ in {**EXAMPLES, **known}.items()
            for end in ("low", "high")
        }

    def sheet(self) -> Sheet | None:
        """Return the sheet; None, with what is wrong in `errors`, where it is none."""
        found = {name: self._range(name) for name in EXAMPLES}
        whole = {name: each for name, each in found.items() if each is not None}
        return Sheet(**whole) if len(whole) == len(EXAMPLES) else None

    def _range(self, name: str) -> Range | None:
        try:
            return Range(*(self._figure(f"{name}_{end}") for end in ("low", "high")))
        except InvalidInputError as error:
            self.errors[name] = say(error)
        except ValueError:
            self.errors[name] = gettext("Write a figure, like 2500.")
        return None

    def _figure(self, key: str) -> float:
        figure = float(self.typed[key].strip().replace(",", "."))
        if figure > MOST:
            raise ValueError
        return figure
