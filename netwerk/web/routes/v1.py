"""The directory for programs under /api/v1/, by the NL API Design Rules."""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from netwerk.domain.records import Node
from netwerk.domain.tokens import TokenScope
from netwerk.exchange.hsds import finding
from netwerk.exchange.hsds.finding import Wanted
from netwerk.exchange.hsds.giving import Public
from netwerk.exchange.hsds.naming import id_of
from netwerk.exchange.hsds.terms import AREAS, NEEDS, term_id
from netwerk.usecases import publishing
from netwerk.web import access, api, context
from netwerk.web.api import Text, Whole
from netwerk.web.presenters import v1 as presenter

ROOT: Final = "/api/v1"
_MOST: Final = 100
_CRS: Final = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
bp = Blueprint("v1", __name__, url_prefix=ROOT)
interface: Final = api.Interface(
    title="Netwerk: directory",
    about=(
        "The public part of the directory: partners, their services and places, the needs they"
        " are for, and the areas of the municipality. Nobody is in it but who is public by role."
        " Names follow the Human Services Data Specification, in English."
    ),
    root=ROOT,
    scope=TokenScope.DIRECTORY_READ,
    schemas=presenter.schemas,
)
Key = Callable[[Node], str]


class Asked(api.Asked):
    """In which language labels are."""

    model_config = ConfigDict(alias_generator=to_camel)
    lang: Annotated[Literal["nl", "en"], Field(description="Language of the labels")] = "nl"


class Paged(Asked):
    """Which page of which rows."""

    page: Annotated[Whole, Field(ge=1, le=1_000_000, description="Page, from 1")] = 1
    page_size: Annotated[Whole, Field(ge=1, le=_MOST, description="Rows on a page")] = 20
    search: Text | None = Field(None, description="Words that are all in it")


class ServicesAsked(Paged):
    """The services that are asked for."""

    organization_id: Text | None = Field(None, description="Of this organization")
    need_id: Text | None = Field(None, description="For this need")


def _get(
    path: str, query: type[Asked] | None, answer: dict[str, Any], *, is_open: bool = False
) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """Add a route to the interface and to its description."""

    def added(view: Callable[..., Response]) -> Callable[..., Response]:
        def called(**parts: str) -> Response:
            model = api.asked(query or api.Asked)
            return view(**parts) if query is None else view(**parts, asked=model)

        called.__name__ = view.__name__
        marked = access.token(TokenScope.DIRECTORY_READ, is_open=is_open)(called)
        rule = path.replace("{id}", "<row>")
        bp.add_url_rule(rule, view.__name__, api.limited(marked), methods=["GET"])
        interface.operations.append(
            api.Operation(
                path=path,
                name=view.__name__,
                summary=(view.__doc__ or "").splitlines()[0],
                query=query,
                answer=answer,
                is_open=is_open,
            )
        )
        return view

    return added


@_get("/openapi.json", None, {"type": "object"}, is_open=True)
def openapi() -> Response:
    """Describe this interface."""
    return api.answered(interface.describe())


@_get("/organizations", Paged, presenter.page_of(presenter.Organization))
def organizations(asked: Paged) -> Response:
    """Return a page of organizations."""
    public = _public()
    found = finding.organizations(public, Wanted(search=asked.search))
    return _paged(found, asked, _told(public, asked).organization)


@_get("/organizations/{id}", Asked, presenter.one_of(presenter.Organization))
def organization(row: str, asked: Asked) -> Response:
    """Return an organization."""
    public = _public()
    return _one(public.organizations(), row, id_of, _told(public, asked).organization)


@_get("/services", ServicesAsked, presenter.page_of(presenter.Service))
def services(asked: ServicesAsked) -> Response:
    """Return a page of services."""
    public = _public()
    wanted = Wanted(search=asked.search, organization_id=asked.organization_id)
    found = [
        node
        for node in finding.services(public, wanted)
        if asked.need_id is None
        or asked.need_id in {term_id(NEEDS, need) for need in public.needs(node)}
    ]
    return _paged(found, asked, _told(public, asked).service)


@_get("/services/{id}", Asked, presenter.one_of(presenter.Service))
def service(row: str, asked: Asked) -> Response:
    """Return a service."""
    public = _public()
    return _one(public.services(), row, id_of, _told(public, asked).service)


@_get("/locations", Paged, presenter.page_of(presenter.Location))
def locations(asked: Paged) -> Response:
    """Return a page of locations."""
    public = _public()
    found = presenter.named_by(public.locations(), asked.search)
    return _located(_paged(found, asked, _told(public, asked).location))


@_get("/locations/{id}", Asked, presenter.one_of(presenter.Location))
def location(row: str, asked: Asked) -> Response:
    """Return a location."""
    public = _public()
    return _located(_one(public.locations(), row, id_of, _told(public, asked).location))


@_get("/needs", Paged, presenter.page_of(presenter.NeedTerm))
def needs(asked: Paged) -> Response:
    """Return a page of needs."""
    public = _public()
    found = presenter.named_by(public.graph.labelled("Need"), asked.search)
    return _paged(found, asked, _told(public, asked).need)


@_get("/needs/{id}", Asked, presenter.one_of(presenter.NeedTerm))
def need(row: str, asked: Asked) -> Response:
    """Return a need."""
    public = _public()
    nodes = public.graph.labelled("Need")
    return _one(nodes, row, lambda node: term_id(NEEDS, node.id), _told(public, asked).need)


@_get("/areas", Paged, presenter.page_of(presenter.Area))
def areas(asked: Paged) -> Response:
    """Return a page of areas."""
    public = _public()
    found = presenter.named_by(public.graph.labelled("Area"), asked.search)
    return _paged(found, asked, _told(public, asked).area)


@_get("/areas/{id}", Asked, presenter.one_of(presenter.AreaInFull))
def area(row: str, asked: Asked) -> Response:
    """Return an area with its border."""
    public = _public()
    nodes, told = public.graph.labelled("Area"), _told(public, asked)
    return _located(_one(nodes, row, lambda node: term_id(AREAS, node.id), told.area_in_full))


def _public() -> Public:
    return publishing.published(context.store(), context.schema(), api.scope())


def _told(public: Public, asked: Asked) -> presenter.Told:
    return presenter.Told(public, ROOT, asked.lang)


def _one(nodes: Iterable[Node], row: str, key: Key, shown: Callable[[Node], BaseModel]) -> Response:
    found = next((node for node in nodes if key(node) == row), None)
    if found is None:
        abort(404)
    return api.answered(presenter.written(shown(found)))


def _paged(nodes: Sequence[Node], asked: Paged, shown: Callable[[Node], BaseModel]) -> Response:
    size, last = asked.page_size, max(1, -(-len(nodes) // asked.page_size))
    part = nodes[(asked.page - 1) * size : asked.page * size]
    links = presenter.PageLinks(
        self=_address(asked.page),
        first=_address(1),
        prev=_address(min(asked.page - 1, last)) if asked.page > 1 else None,
        next=_address(asked.page + 1) if asked.page < last else None,
        last=_address(last),
    )
    return api.answered(presenter.page(map(shown, part), len(nodes), links))


def _address(page: int) -> str:
    told = {**request.args.to_dict(), "page": str(page)}
    return f"{request.path}?{urlencode(told)}"


def _located(answer: Response) -> Response:
    answer.headers["Content-Crs"] = _CRS
    return answer
