"""Somebody leaves the team: what they told that they know, and were to learn, goes with them."""

from collections.abc import Mapping
from contextlib import suppress

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError
from netwerk.domain.ids import NeedId, OperationId
from netwerk.domain.training import TRAINING, Training
from netwerk.ports.stores import GraphStore
from netwerk.usecases.knowledge import telling


def leave(store: GraphStore, scope: Scope, operation: OperationId, actor: str) -> None:
    """Forget what `scope.viewer` knows and was to learn; `actor` is who does so.

    What somebody else was to learn from them stays, without their name: it is to be agreed anew.
    """
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        seen = work.around([scope.viewer])
        told: Mapping[NeedId, int] = {
            NeedId(link.target): 0 for link in seen.of_type("KNOWS_ABOUT")
        }
        telling.write(work, scope, told)
        for key, facts in work.find(TRAINING):
            training = Training.read(key, facts)
            if training.who == scope.viewer:
                work.delete(TRAINING, key)
            elif training.from_whom == scope.viewer:
                work.put(TRAINING, key, {**facts, "from_whom": ""})
        work.audit(
            AuditEvent(
                action="forget-knowledge",
                actor=actor,
                purpose=scope.purpose,
                details={"record": scope.viewer},
            )
        )
