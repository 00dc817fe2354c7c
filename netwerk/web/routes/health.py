"""Whether the program lives, and whether it can work; and its figures."""

from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest

from netwerk.domain.errors import NetwerkError
from netwerk.web import access, context

bp = Blueprint("health", __name__)
_registry = CollectorRegistry()
_answers = Counter(
    "netwerk_answers_total", "Answers by route and status", ["route", "status"], registry=_registry
)


@bp.get("/health/live")
@access.public
def live() -> Response:
    """Say that the program runs."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/health/ready")
@access.public
def ready() -> Response:
    """Say whether the store answers."""
    try:
        context.store().is_empty()
    except NetwerkError:
        return Response("the store does not answer\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


@bp.get("/metrics")
@access.public
def metrics() -> Response:
    """Return figures for Prometheus: routes, never addresses. For this machine alone."""
    if request.remote_addr not in {"127.0.0.1", "::1"}:
        return Response("only from this machine\n", 403, mimetype="text/plain")
    return Response(generate_latest(_registry), content_type=CONTENT_TYPE_LATEST)


@bp.after_app_request
def _count(response: Response) -> Response:
    _answers.labels(request.endpoint or "none", response.status_code).inc()
    return response
