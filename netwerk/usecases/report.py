"""Does it work? Figures of each half year, per team and of all teams together.

They are counted once for each half year that is over, and published in such a way that no small
count can be worked out (`netwerk.graph.protection`); no page reads a file for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from netwerk.domain.access import OPERATOR, PERMISSIONS, Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.directory import Need
from netwerk.domain.errors import NotAllowedError, NotVisibleError
from netwerk.domain.ids import NodeId
from netwerk.domain.people import Worker
from netwerk.domain.periods import Period, over
from netwerk.domain.records import Subgraph, Value, text
from netwerk.domain.report import REPORT, SHAPES, Figures, Load, half_years, loads_of
from netwerk.domain.signals import SIGNAL, Signal
from netwerk.domain.teams import members_of, teams_of
from netwerk.graph.burden import minutes_present
from netwerk.graph.figures import Counting, Files
from netwerk.graph.protection import protected
from netwerk.graph.wijken import Wijken
from netwerk.ports.clock import Clock
from netwerk.ports.stores import DirectoryView, Store

MOST: Final = 4
"""Half years that are counted at the most when nothing was published before: two years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was published of a half year, and of those before it, for who asks.

    `team` is None for all teams together. `teams` and `periods` are those that may be asked for.
    `loads` are of the municipality as a whole. `present`: how many minutes a week the team is at
    places where people are, as it is agreed today.
    """

    teams: tuple[tuple[NodeId, str], ...]
    all_teams: bool
    team: NodeId | None
    periods: tuple[Period, ...]
    period: Period | None
    figures: Mapping[Period, Figures]
    loads: Mapping[Period, Mapping[str, Load]]
    present: int
    names: Mapping[str, str]
    needs: Mapping[str, Need]


def publish(store: Store, clock: Clock) -> list[Period]:
    """Publish the half years that are over and were not published; none of them ever again.

    Return which: figures that changed since would tell about what changed.
    """
    before_now, _ = _published(store)
    last = max(before_now, default=None)
    due = [
        period for period in over(clock.now().date(), MOST) if last is None or period[0] > last[0]
    ]
    if not due:
        return []
    with store.system() as work:
        noticed = [Signal.read(key, facts) for key, facts in work.find(SIGNAL)]
    counting = Counting(Files.read(store.dump()), noticed)
    before = before_now.get(last, {}) if last is not None else {}
    for period in due:
        before = {
            figure: protected(
                counting.units(figure, period), shape, counting.universe, before.get(figure)
            )
            for figure, shape in SHAPES.items()
        }
        loads = counting.loads(period[1]) if period == due[-1] else {}
        _keep(store, period, before, loads, clock.now().date())
    return due


def report(store: Store, scope: Scope, start: str = "", team: str = "") -> Report:
    """Return the report of a team (or of all) and half year: the last one unless it is told.

    A worker and a reviewer see the teams that they are of, a coordinator and a privacy officer all
    of them. Raises NotVisibleError for another team, and for what was not published.
    """
    figures, loads = _published(store)
    with store.directory(scope) as view:
        graph = view.nodes("Team", "Worker", "Area", "Need")
        role_sees_all = _sees_all(view, scope)
        teams = sorted(_named(graph, scope, all_teams=role_sees_all), key=lambda each: each[::-1])
        shown = _team(teams, team, all_teams=role_sees_all)
        own = [key for key, _ in teams] if shown is None else [shown]
        of_team = sorted(members_of(graph, own))
        at_places = view.around(of_team).of_type("PRESENT_AT") if of_team else []
    if not teams and not role_sees_all:  # of no team: not of all of them either
        figures, loads = {}, {}
    periods = tuple(sorted(figures))
    return Report(
        teams=tuple(teams),
        all_teams=role_sees_all,
        team=shown,
        periods=periods,
        period=_period(periods, start),
        figures=figures,
        loads=loads,
        present=sum(minutes_present(at_places, scope.as_of).values()),
        names={**dict(Wijken(graph).names), **_names(graph)},
        needs={node.id: Need.from_node(node) for node in graph.labelled("Need")},
    )


def _published(
    store: Store,
) -> tuple[dict[Period, Figures], dict[Period, Mapping[str, Load]]]:
    with store.system() as work:
        kept = work.find(REPORT)
    return half_years(kept), loads_of(kept)


def _keep(
    store: Store, period: Period, figures: Figures, loads: Mapping[str, Load], today: date
) -> None:
    start = period[0].isoformat()
    told: dict[str, Value] = {
        "published_on": today.isoformat(),
        "figures": {figure.value: each.written() for figure, each in figures.items()},
        "loads": {who: load.written() for who, load in loads.items()},
    }
    with store.system() as work:
        work.put(REPORT, start, told)
        work.audit(
            AuditEvent(
                action="publish-report",
                actor="netwerk",
                purpose="learning",
                details={"period": start},
            )
        )


def _sees_all(view: DirectoryView, scope: Scope) -> bool:
    """Whether the viewer sees all teams. Raises NotAllowedError where they see none."""
    if scope.viewer == OPERATOR:
        return True
    found = view.around([scope.viewer]).nodes.get(scope.viewer)
    may = PERMISSIONS[Worker.from_node(found).role] if found is not None else frozenset()
    if Permission.REPORT_READ not in may:
        raise NotAllowedError
    return Permission.REPORT_READ_ALL in may


def _named(graph: Subgraph, scope: Scope, *, all_teams: bool) -> list[tuple[NodeId, str]]:
    own = teams_of(graph, scope.viewer)
    names = _names(graph)
    return [(n.id, names[n.id]) for n in graph.labelled("Team") if all_teams or n.id in own]


def _names(graph: Subgraph) -> dict[str, str]:
    return {n.id: text(n.properties, "name") or n.id for n in graph.labelled("Team")}


def _team(teams: list[tuple[NodeId, str]], asked: str, *, all_teams: bool) -> NodeId | None:
    """Return which team is shown: None is all of them, or that the viewer is of no team."""
    known = [key for key, _ in teams]
    if asked and asked not in known:
        raise NotVisibleError
    if asked:
        return NodeId(asked)
    return None if all_teams or not known else known[0]


def _period(periods: tuple[Period, ...], asked: str) -> Period | None:
    found = [period for period in periods if not asked or period[0].isoformat() == asked]
    if asked and not found:
        raise NotVisibleError
    return found[-1] if found else None
