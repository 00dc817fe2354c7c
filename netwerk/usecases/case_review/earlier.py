"""What helped earlier in the team of a session: published counts, never cases of others."""

from collections.abc import Collection
from dataclasses import dataclass

from netwerk.domain.ids import NodeId
from netwerk.domain.periods import Period
from netwerk.domain.report import REPORT, Figure, Row, half_years
from netwerk.ports.stores import GraphStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The half year that was published last, for the life domains that a case is about.

    `domains` tell of needs that were met, `steps` through whom an ask began that was answered.
    `teams` are those that are told together, because one alone is too small.
    """

    period: Period
    teams: tuple[NodeId, ...]
    domains: tuple[Row, ...]
    steps: tuple[Row, ...]


def earlier(store: GraphStore, team: NodeId, domains: Collection[str]) -> Earlier | None:
    """Return what helped earlier; None where nothing of the team could be published.

    Whoever sits in the session may see it: nothing of a file can be worked out of it.
    """
    with store.system() as work:
        published = half_years(work.find(REPORT))
    if not published:
        return None
    period, figures = max(published.items())
    needs, asks = (figures[each].of(team) for each in (Figure.NEEDS, Figure.ASKS))
    blocks = [each for each in (needs, asks) if each is not None]
    if not blocks:
        return None
    met = () if needs is None else needs.ways["domain"]
    return Earlier(
        period=period,
        teams=tuple(NodeId(key) for key in sorted({k for b in blocks for k in b.whole.keys})),
        domains=tuple(row for row in met if set(row.keys) & set(domains)),
        steps=() if asks is None else asks.ways["first_step"],
    )
