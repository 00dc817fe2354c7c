"""The life domains as they are talked about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from netwerk.domain.plans import DomainNote
from netwerk.graph.file import PersonFile
from netwerk.usecases.clarify import Domain, Told
from netwerk.web import context
from netwerk.web.language import day, language


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainRow:
    """A life domain: what stands in the form, and what was told before.

    `stale`: a colleague wrote something while this was typed; it stands in `earlier`.
    """

    code: str
    label: str
    was: str
    goes: str
    goes_label: str
    text: str
    stale: bool
    earlier: tuple[str, ...]


def rows(file: PersonFile, domains: Sequence[Domain], typed: Iterable[Told]) -> list[DomainRow]:
    """Return every life domain as the form shows it."""
    return [_row(file, each, told) for each, told in zip(domains, typed, strict=True)]


def _row(file: PersonFile, domain: Domain, told: Told) -> DomainRow:
    now = domain.now
    was = "" if now is None else now.id
    stale = told.was != was
    earlier = domain.told if stale else domain.told[1:]
    return DomainRow(
        code=domain.need.id,
        label=domain.need.label(language()),
        was=was,
        goes=told.goes,
        goes_label=context.schema_label("domain_goes", told.goes) if told.goes else "",
        text=told.text,
        stale=stale,
        earlier=tuple(_earlier(file, each) for each in earlier),
    )


def _earlier(file: PersonFile, note: DomainNote) -> str:
    """Return what was told on an earlier day."""
    goes = context.schema_label("domain_goes", note.goes) if note.goes else ""
    said = ": ".join(each for each in (goes, note.text) if each)
    return gettext("%(day)s, %(told)s", day=day(note.told_on, file.on), told=said)
