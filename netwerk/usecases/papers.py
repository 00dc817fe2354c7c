"""Which papers to collect when somebody is to be left alone: a printed list takes nothing back."""

from dataclasses import dataclass
from datetime import date

from netwerk.domain.access import Scope
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.people import Worker
from netwerk.domain.records import Subgraph
from netwerk.domain.ties import Approach
from netwerk.graph.file import PersonFile
from netwerk.graph.papers import papers, printed
from netwerk.ports.stores import DirectoryView, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """A paper on which somebody stands, when it was printed and by whom."""

    kind: str
    on: date
    by: str


def still_on_paper(
    store: Store, scope: Scope, file: PersonFile, key: RelationshipId
) -> tuple[OnPaper, ...]:
    """Return on which earlier papers somebody of the file stands, where they may not be asked.

    `file` was opened for this scope. The whole log is looked through: not for a list of them.
    """
    account = file.tie(key) or file.participation(key)
    if account is None or account.approach is Approach.MAY_ASK:
        return ()
    entries = list(store.audit_about(file.person.id))
    listed = {NodeId(each) for paper in printed(entries) for each in paper.listed}
    with store.directory(scope) as view:
        near, workers = _around(view, listed), view.nodes("Worker").labelled("Worker")
    names = {node.id: Worker.from_node(node).name for node in workers}
    return tuple(
        OnPaper(kind=each.kind, on=each.on, by=names.get(NodeId(each.actor), ""))
        for each in papers(file, account, entries, near)
    )


def _around(view: DirectoryView, listed: set[NodeId]) -> Subgraph:
    """Return who offers what stands on a list, and who speaks for them."""
    near = view.around(listed)
    return near | view.around({n.id for n in near.labelled("Organization")})
