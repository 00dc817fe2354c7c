"""The papers that were printed with somebody on it who is to be left alone by now."""

from netwerk.domain.ids import RelationshipId
from netwerk.graph.file import PersonFile
from netwerk.usecases import papers
from netwerk.web import context
from netwerk.web.presenters.inhabitant import on_paper


def earlier_papers(file: PersonFile, record: str) -> list[str]:
    """Return them in words, for a tie or participation; nothing for no record."""
    if not record:
        return []
    scope = context.scope(file.person.id)
    found = papers.still_on_paper(context.store(), scope, file, RelationshipId(record))
    return on_paper(found, file.on)
