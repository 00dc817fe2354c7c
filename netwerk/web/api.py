"""What both interfaces for programs share: tokens, problems, queries, and their description.

Here no cookie counts and nothing is a page: errors are problem documents (RFC 9457).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final, TypeVar

from flask import Flask, Response, current_app, g, request
from flask_limiter.util import get_remote_address
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.tokens import Token, TokenScope
from netwerk.usecases import tokens
from netwerk.web import context
from netwerk.web.security import limiter

VERSION: Final = "1.0.0"
"""Of both interfaces, by semantic versioning."""
LIMIT: Final = "600 per minute"
"""Of one token; without one, of one address."""
_ROOTS: Final = ("/api", "/hsds")
_PROBLEM: Final = "application/problem+json"
_DETAILS: Final = {
    400: "Something in the question cannot be. Nothing was read.",
    401: "Send a token that lasts, as Authorization: Bearer TOKEN.",
    403: "This token does not open this.",
    404: "There is nothing here.",
    405: "Here one can only read: GET or HEAD.",
    406: "This is answered as JSON alone.",
    429: "Too many questions in a minute. Wait, and ask again.",
    503: "The store does not answer. Ask again in a while.",
}
_BROKEN: Final = "Something went wrong here. It is noted; nothing of it is told."
Text = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]
Whole = Annotated[int, Field()]
Number = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Query = TypeVar("Query", bound="Asked")
View = TypeVar("View", bound=Callable[..., Any])


def _written(value: object) -> object:
    """Take a moment as it is written, never a number that could mean one."""
    if not isinstance(value, str) or "-" not in value[1:]:
        raise ValueError("not a moment")
    return value


Moment = Annotated[datetime, BeforeValidator(_written)]


class Asked(BaseModel):
    """A query string: every key is known and said once, or the whole question is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class InvalidQueryError(Exception):
    """A query string that cannot be: every reason in it."""

    def __init__(self, reasons: list[dict[str, str]]) -> None:
        self.reasons = reasons
        super().__init__()


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One GET of an interface, as its description has it."""

    path: str
    name: str
    summary: str
    query: type[Asked] | None
    answer: Mapping[str, Any]
    is_open: bool = False
    media: tuple[str, ...] = ("application/json",)


@dataclass(frozen=True, kw_only=True)
class Interface:
    """An interface: what it is called, what opens it, and its operations."""

    title: str
    about: str
    root: str
    scope: TokenScope
    schemas: Callable[[], Mapping[str, Any]]
    operations: list[Operation] = field(default_factory=list)

    def describe(self) -> dict[str, Any]:
        """Return the description: OpenAPI 3.1."""
        return {
            "openapi": "3.1.0",
            "info": {
                "title": self.title,
                "version": VERSION,
                "description": self.about,
                "contact": {
                    "name": "The administrator of this Netwerk",
                },
                "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
            },
            "servers": [{"url": self.root}],
            "security": [{"token": []}],
            "paths": {each.path: {"get": _operation(each)} for each in self.operations},
            "components": {
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
                "schemas": {**self.schemas(), "Problem": _PROBLEM_SCHEMA},
                "headers": {
                    "API-Version": {"schema": {"type": "string"}, "description": "Full version."}
                },
                "responses": {"Problem": _PROBLEM_ANSWER},
            },
        }


_PROBLEM_SCHEMA: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "name", "reason"],
                "properties": {
                    "in": {"const": "query"},
                    "name": {"type": "string"},
                    "reason": {"type": "string"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
_VERSION_HEADER: Final = {"API-Version": {"$ref": "#/components/headers/API-Version"}}
_PROBLEM_ANSWER: Final = {
    "description": "What went wrong (RFC 9457).",
    "headers": _VERSION_HEADER,
    "content": {_PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def register(app: Flask) -> None:
    """Name the version in every answer to a program."""

    @app.after_request
    def _name_version(response: Response) -> Response:
        if is_asked():
            response.headers["API-Version"] = VERSION
        return response


def is_asked() -> bool:
    """Whether this request is for a program's interface, and not for a page."""
    return any(request.path == root or request.path.startswith(f"{root}/") for root in _ROOTS)


def problem(status: int, reasons: list[dict[str, str]] | None = None) -> Response:
    """Return a problem document; it tells no more than the status and the question's own faults."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": _DETAILS.get(status, _BROKEN),
    }
    if reasons:
        body["errors"] = reasons
    answer = Response(json.dumps(body), status, content_type=_PROBLEM)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def answered(body: Any, media: str = "application/json") -> Response:
    """Return an answer as JSON."""
    return Response(json.dumps(body, ensure_ascii=False), content_type=media)


def refused(scope: TokenScope, *, is_open: bool) -> Response | None:
    """Return why a request may not go on: no token, or one that does not open this."""
    if is_open or (scope is TokenScope.HSDS_READ and current_app.config["OPEN_DATA"]):
        return None
    token = _token()
    if token is None:
        return problem(HTTPStatus.UNAUTHORIZED)
    return None if token.opens(scope, context.today()) else problem(HTTPStatus.FORBIDDEN)


def asked(model: type[Query]) -> Query:
    """Return the query string as a model. Raises InvalidQueryError with all that is wrong."""
    told = {key: values[0] for key, values in request.args.lists()}
    twice = [
        {"in": "query", "name": key[:100], "reason": "is said more than once"}
        for key, values in request.args.lists()
        if len(values) > 1
    ]
    try:
        found = model.model_validate(told)
    except ValidationError as error:
        raise InvalidQueryError(twice + [_reason(each) for each in error.errors()]) from error
    if twice:
        raise InvalidQueryError(twice)
    return found


def scope() -> Scope:
    """Return who reads: a program, of the directory alone."""
    return Scope(
        viewer=WorkerId(NodeId("(token)")), purpose=Purpose.DIRECTORY, as_of=context.today()
    )


def who() -> str:
    """Return whom a limit counts for."""
    token = _token()
    return f"token {token.id}" if token is not None else get_remote_address()


limited: Final = limiter.limit(LIMIT, key_func=who)


def address(path: str, root: str) -> str:
    """Return the address of a path of an interface, with the host that was asked."""
    return request.host_url.rstrip("/") + root + path


def _token() -> Token | None:
    if "api_token" not in g:
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        bearer = kind.casefold() == "bearer"
        store = context.store()
        g.api_token = tokens.opened(store, secret, context.today()) if bearer else None
    found: Token | None = g.api_token
    return found


def _reason(error: Mapping[str, Any]) -> dict[str, str]:
    name = ".".join(map(str, error["loc"])) or "query"
    # What pydantic says may repeat what was sent; its kind does not.
    told = {"extra_forbidden": "is not known here"}.get(error["type"], error["type"])
    return {"in": "query", "name": name[:100], "reason": str(told).replace("_", " ")}


def _operation(each: Operation) -> dict[str, Any]:
    failures = ["400", "404", "429"] if each.is_open else ["400", "401", "403", "404", "429"]
    found: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.summary,
        "parameters": [*_path_parameters(each.path), *_query_parameters(each.query)],
        "responses": {
            "200": {
                "description": each.summary,
                "headers": _VERSION_HEADER,
                "content": {media: _content(media, each.answer) for media in each.media},
            },
            **{status: {"$ref": "#/components/responses/Problem"} for status in failures},
        },
    }
    return {**found, "security": []} if each.is_open else found


def _content(media: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    return {"schema": answer} if media == "application/json" else {}


def _path_parameters(path: str) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "maxLength": 200},
        }
        for name in names
    ]


def _query_parameters(model: type[Asked] | None) -> list[dict[str, Any]]:
    if model is None:
        return []
    properties = model.model_json_schema()["properties"]
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": schema.pop("description", name),
            "schema": {k: v for k, v in _bare(schema).items() if k != "title"},
        }
        for name, schema in properties.items()
    ]


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a query value: leaving it out is how to say nothing."""
    options = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if not options:
        return schema
    return {**options[0], **{k: v for k, v in schema.items() if k not in {"anyOf", "default"}}}
