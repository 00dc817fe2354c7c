"""How strong an inhabitant's network is, for the talk about it."""

from collections.abc import Mapping
from typing import Any

from netwerk.domain.access import Scope
from netwerk.domain.errors import NotVisibleError
from netwerk.graph import strength
from netwerk.graph.file import PersonFile
from netwerk.graph.strength import Strength
from netwerk.ports.stores import GraphStore


def of_inhabitant(store: GraphStore, scope: Scope) -> Strength:
    """Return the strength of the network of the scope's subject, on its day; that is logged."""
    if scope.subject is None:
        raise NotVisibleError
    with store.view(scope, "see-strength") as view:
        return of_file(PersonFile(view.own_file(), scope.subject, scope.as_of))


def of_file(file: PersonFile) -> Strength:
    """Return the strength of the network in a file that was opened, and logged, already."""
    return strength.strength(file)


def told(scope: Scope, found: Strength) -> Mapping[str, Any]:
    """Return it in the form of `netwerk strength --json` (interface.md)."""
    return {
        "person": scope.subject,
        "date": scope.as_of.isoformat(),
        "measures": dict(found.measures),
        "bridges": list(found.bridges),
        "support": {
            "by_type": {kind: list(givers) for kind, givers in found.support.by_type.items()},
            "coverage": found.support.coverage,
            "missing": found.support.missing,
            "single_giver": found.support.single_giver,
        },
        "load": {
            "max_share": found.load.max_share,
            "hhi": found.load.hhi,
            "effective_supporters": found.load.effective_supporters,
            "busiest": list(found.load.busiest),
        },
        "dropout": [
            {
                "person": each.person,
                "coverage": each.coverage,
                "components": each.components,
                "support_left": each.support_left,
            }
            for each in found.dropout
        ],
        "approach": dict(found.approach),
        "stressful": found.stressful,
    }
