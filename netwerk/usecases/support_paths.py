"""Whom could we ask? The search for support paths on behalf of a worker."""

from netwerk.domain.access import Scope
from netwerk.domain.chances import Priors
from netwerk.domain.errors import NotVisibleError
from netwerk.graph.paths import support_paths
from netwerk.graph.question import Answer, Question
from netwerk.ports.stores import GraphStore


def find(store: GraphStore, scope: Scope, question: Question, priors: Priors) -> Answer:
    """Return the support paths for a question about the scope's subject.

    Raises NotVisibleError without access to the file, InvalidInputError for an unknown need. That
    the paths were looked at is logged with the need.
    """
    if scope.subject != question.person:
        raise NotVisibleError
    with store.view(scope, "find-support-paths", {"need": question.need}) as view:
        return support_paths(view, question, priors)
