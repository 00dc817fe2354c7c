"""The directory as HSDS 3.1 under /hsds/, and as its profile ORUK 3.0 under /hsds/oruk/."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal, TypeVar

from flask import Blueprint, Response, abort
from pydantic import Field, StringConstraints

from netwerk.domain.tokens import TokenScope
from netwerk.exchange.hsds import finding, standard
from netwerk.exchange.hsds.finding import Placed, Wanted
from netwerk.exchange.hsds.giving import Public
from netwerk.exchange.hsds.naming import id_of
from netwerk.usecases import publishing
from netwerk.web import access, api, context
from netwerk.web.api import Moment, Number, Text, Whole
from netwerk.web.presenters import hsds as presenter

_MOST: Final = 100
_NDJSON: Final = "application/x-ndjson"
T = TypeVar("T")
Yes = Annotated[Literal["true", "false"], Field(description="true or false")]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](:00)?$")]


class Paged(api.Asked):
    """Which page."""

    page: Annotated[Whole, Field(ge=1, le=1_000_000, description="Page, from 1")] = 1
    per_page: Annotated[Whole, Field(ge=1, le=_MOST, description="Rows on a page")] = 20
    format: Annotated[Literal["json", "ndjson"], Field(description="json or ndjson")] = "json"


class Searched(Paged):
    """What both organizations and services are found by."""

    search: Text | None = Field(None, description="Words that are all in it")
    taxonomy_term_id: Text | None = Field(None, description="Has this term")
    taxonomy_id: Text | None = Field(None, description="Has a term of this taxonomy")
    full: Yes = "false"


class OrganizationsAsked(Searched):
    """The organizations that are asked for."""

    full_service: Yes = "false"


class ServiceAsked(api.Asked):
    """How an organization is shown."""

    full_service: Yes = "false"


class ServicesAsked(Searched):
    """The services that are asked for."""

    organization_id: Text | None = Field(None, description="Provided by this organization")
    modified_after: Moment | None = Field(None, description="Changed at or after this moment")
    minimum_age: Number | None = Field(None, description="From this age or later")
    maximum_age: Number | None = Field(None, description="Up to this age or earlier")
    day: Annotated[Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"], Field()] | None = Field(
        None, description="Open on this weekday"
    )
    start_time: Clock | None = Field(None, description="Opens at this time or later: HH:MM")
    end_time: Clock | None = Field(None, description="Closes at this time or earlier: HH:MM")


class AllServicesAsked(ServicesAsked):
    """The services that are asked for, maybe only what they are called."""

    minimal: Annotated[Yes, Field(description="Only id and modified_date, on one page")] = "false"


class PlacesAsked(ServicesAsked):
    """The services at places that are asked for."""

    postcode: (
        Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{3} ?([A-Za-z]{2})?$")] | None
    ) = Field(None, description="At a place with this postcode, or near such places")
    proximity: Number | None = Field(
        None, description="Metres around the postcode; without one it asks for nothing"
    )


class TermsAsked(Paged):
    """The terms that are asked for."""

    search: Text | None = Field(None, description="Words that are all in it")
    taxonomy_id: Text | None = Field(None, description="Of this taxonomy")
    parent_id: Text | None = Field(None, description="Directly below this term")
    top_only: Annotated[Yes, Field(description="Only terms below no other")] = "false"


class TaxonomiesAsked(Paged):
    """The taxonomies that are asked for."""

    search: Text | None = Field(None, description="Words that are all in it")


def _wanted(asked: Searched) -> Wanted:
    told = asked.model_dump(exclude_none=True, include=_SAME)
    if isinstance(asked, ServicesAsked):
        told |= {
            "day": None if asked.day is None else asked.day.lower(),
            "start": _minutes(asked.start_time),
            "end": _minutes(asked.end_time),
        }
        if asked.modified_after is not None:
            told["modified_after"] = _moment(asked.modified_after)
            told["modified"] = publishing.modified(context.store())
    if isinstance(asked, PlacesAsked) and asked.postcode is not None:
        told["postcode"] = asked.postcode.replace(" ", "").upper()
    return Wanted(**told)


_SAME: Final = {
    "search",
    "taxonomy_term_id",
    "taxonomy_id",
    "organization_id",
    "minimum_age",
    "maximum_age",
    "proximity",
}


def _minutes(clock: str | None) -> int | None:
    return None if clock is None else int(clock[:2]) * 60 + int(clock[3:5])


def _moment(at: datetime) -> str:
    known = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    try:
        return known.astimezone(UTC).isoformat()
    except OverflowError as error:
        reason = {"in": "query", "name": "modified_after", "reason": "is no moment"}
        raise api.InvalidQueryError([reason]) from error


def _public() -> Public:
    return publishing.published(context.store(), context.schema(), api.scope())


def make(profile: str) -> tuple[Blueprint, api.Interface]:
    """Return the routes of a profile, and their description."""
    return _Made(profile).finished()


class _Made:
    """The routes of one profile."""

    def __init__(self, profile: str) -> None:
        self.standard = standard.standard(profile)
        self.root = "/hsds" if profile == standard.HSDS else f"/hsds/{profile}"
        self.bp = Blueprint(f"hsds_{profile}", __name__, url_prefix=self.root)
        self.shown = presenter.Shown(self.standard)
        self.interface = api.Interface(
            title=f"Netwerk: {profile.upper()} {self.standard.version}",
            about="The public part of the directory: partners, their services and places.",
            root=self.root,
            scope=TokenScope.HSDS_READ,
            schemas=lambda: presenter.schemas(self.standard),
        )

    def finished(self) -> tuple[Blueprint, api.Interface]:
        routes: list[tuple[str, Callable[..., Any], type[api.Asked] | None, Any]] = [
            ("/", self.about, None, {"$ref": "#/components/schemas/About"}),
            ("/organizations", self.organizations, OrganizationsAsked, "organization"),
            ("/organizations/{id}", self.organization, ServiceAsked, "organization"),
            ("/services", self.services, AllServicesAsked, "service"),
            ("/services/{id}", self.service, None, "service"),
            ("/service_at_locations", self.places, PlacesAsked, "service_at_location"),
            ("/service_at_locations/{id}", self.place, None, "service_at_location"),
            ("/taxonomies", self.taxonomies, TaxonomiesAsked, "taxonomy"),
            ("/taxonomies/{id}", self.taxonomy, None, "taxonomy"),
            ("/taxonomy_terms", self.terms, TermsAsked, "taxonomy_term"),
            ("/taxonomy_terms/{id}", self.term, None, "taxonomy_term"),
        ]
        for path, view, query, answer in routes:
            self._add(path, view, query, answer)
        self._add("/openapi.json", self.openapi, None, {"type": "object"}, is_open=True)
        return self.bp, self.interface

    def _add(
        self,
        path: str,
        view: Callable[..., Any],
        query: type[api.Asked] | None,
        answer: Any,
        *,
        is_open: bool = False,
    ) -> None:
        paged = query is not None and issubclass(query, Paged)
        if isinstance(answer, str):
            answer = presenter.page_of(answer) if paged else presenter.one_of(answer)
        name = view.__name__
        rule = path.replace("{id}", "<row>")
        marked = access.token(TokenScope.HSDS_READ, is_open=is_open)(_called(view, query))
        self.bp.add_url_rule(rule, name, api.limited(marked), methods=["GET"])
        self.interface.operations.append(
            api.Operation(
                path=path,
                name=f"{self.standard.name}_{name}",
                summary=(view.__doc__ or name).splitlines()[0],
                query=query,
                answer=answer,
                is_open=is_open,
                media=("application/json", _NDJSON) if paged else ("application/json",),
            )
        )

    def about(self) -> Response:
        """Say which version this is."""
        return api.answered(
            {
                "version": self.standard.version,
                "profile": self.standard.profile,
                "openapi_url": api.address("/openapi.json", self.root),
            }
        )

    def openapi(self) -> Response:
        """Describe this interface."""
        return api.answered(self.interface.describe())

    def organizations(self, asked: OrganizationsAsked) -> Response:
        """Return a page of organizations."""
        public = _public()
        found = finding.organizations(public, _wanted(asked))

        def shown(part: Sequence[Any]) -> list[Any]:
            return self.shown.organizations(
                public, part, full=asked.full == "true", services=asked.full_service == "true"
            )

        return _paged(found, asked, shown)

    def organization(self, row: str, asked: ServiceAsked) -> Response:
        """Return an organization with all that belongs to it."""
        public = _public()
        nodes = [n for n in public.organizations() if id_of(n) == row]
        services = asked.full_service == "true"
        found = self.shown.organizations(public, nodes, full=True, services=services)
        return _one(found)

    def services(self, asked: AllServicesAsked) -> Response:
        """Return a page of services."""
        public = _public()
        found = finding.services(public, _wanted(asked))
        if asked.minimal == "true":
            known = publishing.modified(context.store())
            rows = presenter.minimal(found, known)
            return api.answered(presenter.page(rows, 1, max(1, len(rows)), len(rows)))
        full = asked.full == "true"
        return _paged(found, asked, lambda part: self.shown.services(public, part, full=full))

    def service(self, row: str) -> Response:
        """Return a service with all that belongs to it."""
        public = _public()
        nodes = [n for n in public.services() if id_of(n) == row]
        return _one(self.shown.services(public, nodes, full=True))

    def places(self, asked: PlacesAsked) -> Response:
        """Return a page of services at places."""
        public = _public()
        found = finding.places(public, _wanted(asked))
        full = asked.full == "true"
        return _paged(found, asked, lambda part: self.shown.places(public, part, full=full))

    def place(self, row: str) -> Response:
        """Return a service at a place with all that belongs to it."""
        public = _public()
        every: list[Placed] = finding.places(public, Wanted())
        found = [each for each in every if public.place_id(each[0]) == row]
        return _one(self.shown.places(public, found, full=True))

    def taxonomies(self, asked: TaxonomiesAsked) -> Response:
        """Return a page of taxonomies."""
        rows = presenter.searched(finding.taxonomies(_public()).values(), asked.search)
        return _paged(rows, asked, list)

    def taxonomy(self, row: str) -> Response:
        """Return a taxonomy."""
        found = finding.taxonomies(_public())
        return _one([found[row]] if row in found else [])

    def terms(self, asked: TermsAsked) -> Response:
        """Return a page of taxonomy terms."""
        rows = presenter.searched(finding.terms(_public()).values(), asked.search)
        top = asked.top_only == "true"
        kept = presenter.terms_of(rows, asked.taxonomy_id, asked.parent_id, top=top)
        return _paged(kept, asked, list)

    def term(self, row: str) -> Response:
        """Return a taxonomy term."""
        found = finding.terms(_public())
        return _one([found[row]] if row in found else [])


def _called(
    view: Callable[..., Response], query: type[api.Asked] | None
) -> Callable[..., Response]:
    def called(**parts: str) -> Response:
        model = api.asked(query or api.Asked)
        return view(**parts) if query is None else view(**parts, asked=model)

    called.__name__ = view.__name__
    return called


def _one(found: Sequence[Any]) -> Response:
    if not found:
        abort(404)
    return api.answered(found[0])


def _paged(found: Sequence[T], asked: Paged, shown: Callable[[Sequence[T]], list[Any]]) -> Response:
    if asked.format == "ndjson":
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in shown(found))
        return Response("".join(lines), content_type=_NDJSON)
    first = (asked.page - 1) * asked.per_page
    rows = shown(found[first : first + asked.per_page])
    return api.answered(presenter.page(rows, asked.page, asked.per_page, len(found)))


bp, interface = make(standard.HSDS)
oruk, oruk_interface = make(standard.ORUK)
