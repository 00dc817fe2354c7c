"""Forms in which no name may stand: what looks like one is asked about."""

from collections.abc import Callable
from typing import Any

from wtforms import BooleanField

from netwerk.domain.errors import ConflictError
from netwerk.graph.names import NamesInTextError
from netwerk.web.forms.base import Form
from netwerk.web.language import later as _l


class NamelessForm(Form):
    """A form for others to read. `doubted`: something in it looks like a name, and may be none."""

    doubted = False
    sure = BooleanField(_l("What looks like a name is none."))

    def saved(self, act: Callable[[], Any]) -> bool:
        """Whether it went well; else the form knows that somebody was first, or asks for names."""

        def acted() -> None:
            try:
                act()
            except ConflictError:
                self.stale = True
                raise
            except NamesInTextError as error:
                self.doubted = error.suspected
                raise

        return super().saved(acted)
