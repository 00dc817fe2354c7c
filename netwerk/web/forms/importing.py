"""Bringing a file in."""

from typing import Final

from flask import request
from flask_babel import gettext
from flask_wtf.file import FileField, FileRequired

from netwerk.domain.staging import Import
from netwerk.exchange.columns import COLUMNS
from netwerk.usecases.importing import SheetPlan
from netwerk.web.forms.base import Form
from netwerk.web.language import language
from netwerk.web.language import later as _l

KINDS: Final = ("xlsx", "csv", "geojson")


class FileForm(Form):
    """Give a file."""

    file = FileField(
        _l("Which file?"),
        [FileRequired(_l("Choose a file first."))],
        description=_l(
            "Excel (.xlsx) or CSV with partners, the schools of DUO, GeoJSON with areas, or HSDS or"
            " ORUK of another system. At most 32 MB."
        ),
        render_kw={"accept": ".xlsx,.csv,.txt,.geojson,.json,.zip"},
    )


def plan(found: Import) -> SheetPlan:
    """Return what was said of each column."""
    said = {h: request.form.get(f"column-{n}", "") for n, h in enumerate(found.headings)}
    return SheetPlan(
        key=found.id,
        mapping={heading: key for heading, key in said.items() if key},
        only=request.form.get("only", "")[:100].strip(),
        language=language(),
    )


def column_choices() -> list[tuple[str, str]]:
    """Return what a column may say."""
    return [("", gettext("leave out")), *((c.key, c.label(language())) for c in COLUMNS)]
