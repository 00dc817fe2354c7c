"""The form of each kind of entry, with all that it offers, and how it is laid out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import request

from netwerk.domain.access import Scope
from netwerk.domain.directory import Need
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.records import Node, point, words
from netwerk.domain.sheets import Fields
from netwerk.ports.stores import GraphStore
from netwerk.usecases import areas, keeping, needs
from netwerk.usecases.keeping import Entry, New, Place
from netwerk.web import context
from netwerk.web.forms import keeping as forms
from netwerk.web.forms.sheets import SheetForm
from netwerk.web.forms.volunteers import HelpForm, VolunteerForm
from netwerk.web.language import language
from netwerk.web.language import later as _l
from netwerk.web.presenters.keeping import options
from netwerk.web.presenters.needs import NeedGroup, picker

Section = tuple[str, tuple[str, ...]]
_REACH: Final = ("url", "email", "phone")
SECTIONS: Final[Mapping[str, tuple[Section, ...]]] = {
    "organizations": (
        ("", ("name", "kind", "description", "places")),
        (_l("How to reach them"), _REACH),
        (_l("More"), ("alternate_names", "source")),
    ),
    "services": (
        ("", ("name", "formality", "description", "needs")),
        (_l("When and where"), ("delivery", "places", "hours", "open_on_holidays", "schedule")),
        (_l("For whom"), ("audience", "age_min+age_max", "languages")),
        (_l("Places"), ("capacity+load",)),
        (_l("Taking part"), ("how_to_apply", "payment", "cost", *_REACH)),
        (_l("More"), ("valid_from+valid_to", "source")),
    ),
    "locations": (
        ("", ("name", "address", "postcode", "city", "area", "map", "masked")),
        (_l("Getting in"), ("wheelchair", "accessibility")),
        (_l("More"), ("source",)),
    ),
    "volunteers": (
        ("", ("name", "service", "area", "phone", "email", "languages")),
        (_l("What this volunteer can do"), ("capacity", "needs", "willing_to_help", "connector")),
        (_l("What to mind"), ("rather_not", "ask_again_from", "vog_on")),
        (_l("More"), ("birth_year", "source")),
    ),
    "areas": (("", ("name", "cluster")),),
    "needs": (("", ("label_nl", "label_en", "parent", "synonyms_nl", "synonyms_en")),),
    "contacts": (("", ("role", "name", "phone", "email")),),
    "helps": (("", ("service", "capacity+load")),),
}
"""The fields of each form, in the order of the work; `needs`, `hours`, `map` are more than one."""
_OF: Final = {
    "services": "organizations",
    "locations": "organizations",
    "contacts": "organizations",
    "helps": "volunteers",
}
"""What a new entry of a kind belongs to."""
_PICKING: Final = frozenset({"services", "volunteers"})
_WITH_NEEDS: Final = _PICKING | {"needs"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """A form as a page shows it: `of` is what a new entry will belong to."""

    kind: str
    form: SheetForm
    of: Entry | None
    groups: Sequence[NeedGroup]
    matches: Sequence[Need]
    typed_words: str
    locates: bool
    """Whether an address can be looked up elsewhere."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The fields, by heading."""
        return SECTIONS[self.kind]

    def new(self) -> New:
        """Return what was filled in for who is, or what is, new."""
        service = self.form["service"].data if "service" in self.form else None
        of = None if self.of is None else self.of.place.key
        return New(kind=self.kind, fields=self.form.typed(), of=of, service=service)


def blank(store: GraphStore, scope: Scope, kind: str, of: str | None) -> SheetPage:
    """Return an empty form for an entry that will belong to another (`of`), where its kind does."""
    if (kind in _OF) != (of is not None):
        raise NotVisibleError
    owner = None if of is None else keeping.read(store, scope, Place(kind=_OF[kind], key=of))
    fields: Fields = {}
    if kind == "services" and owner is not None and len(_places(owner)) == 1:
        fields = {"places": [node.id for node in _places(owner)], "delivery": "on_site"}
    return _Maker(store, scope, kind).page(owner, fields, new=True)


def filled(store: GraphStore, scope: Scope, stored: Entry) -> SheetPage:
    """Return the form over an entry."""
    return _Maker(store, scope, stored.place.kind).page(stored, stored.fields, new=False)


class _Maker:
    """Makes the form of a kind, with what it offers."""

    def __init__(self, store: GraphStore, scope: Scope, kind: str) -> None:
        self._store = store
        self._scope = scope
        self._kind = kind
        self._needs = needs.taxonomy(store, scope) if kind in _WITH_NEEDS else []

    def page(self, around: Entry | None, fields: Fields, *, new: bool) -> SheetPage:
        """Return the form as it begins with these fields, or as it was sent."""
        form = self._form(around, new=new)
        form.begin(fields)
        sent = form.is_submitted()
        ticked = request.form.getlist("needs")
        chosen = ticked if sent else [*words(fields, "needs"), *words(fields, "talents")]
        typed = request.form.get("words", "")[:200] if sent else ""
        found = [each.need for each in needs.match(self._needs, typed, language())]
        return SheetPage(
            kind=self._kind,
            form=form,
            of=around if new else None,
            groups=picker(self._needs, chosen) if self._kind in _PICKING else (),
            matches=[each for each in found if each.id not in chosen],
            typed_words=typed,
            locates=context.parts().geocoder is not None,
        )

    def _form(self, around: Entry | None, *, new: bool) -> SheetForm:
        known, places = [need.id for need in self._needs], options(_places(around))
        made: Mapping[str, Callable[[], SheetForm]] = {
            "organizations": lambda: forms.OrganizationForm(places),
            "services": lambda: forms.ServiceForm(places, known),
            "locations": lambda: forms.LocationForm(self._areas()),
            "volunteers": lambda: self._volunteer(around, known, new=new),
            "helps": lambda: HelpForm(self._services(new=new)),
            "contacts": forms.ContactForm,
            "areas": forms.AreaForm,
            "needs": lambda: forms.NeedForm(self._domains(around)),
        }
        return made[self._kind]()

    def _volunteer(self, around: Entry | None, known: Sequence[str], *, new: bool) -> VolunteerForm:
        every = self._areas()
        home = None if around is None else point(around.record.properties)
        lives = None if home is None else areas.holding(every, home)
        return VolunteerForm(every, known, self._services(new=new), lives)

    def _areas(self) -> list[areas.Neighbourhood]:
        return areas.neighbourhoods(self._store, self._scope)

    def _services(self, *, new: bool) -> list[tuple[str, str]]:
        """Return what one can help with; nothing where that is known already."""
        if not new:
            return []
        rows = keeping.listed(self._store, self._scope, "services")
        return [(r.place.key, f"{r.name}, {r.near}") for r in rows if not r.stopped]

    def _domains(self, around: Entry | None) -> list[tuple[str, str]]:
        own = None if around is None else around.place.key
        every = [need for need in self._needs if need.parent is None and need.id != own]
        return sorted(((n.id, n.label(language())) for n in every), key=lambda each: each[1])


def _places(around: Entry | None) -> list[Node]:
    """Return the places of an organization; for a service, its own and those of who gives it."""
    if around is None:
        return []
    ends = {r.target for r in around.seen.of_type("LOCATED_AT")}
    found = [node for node in around.seen.labelled("Location") if node.id in ends]
    return sorted(found, key=lambda node: (keeping.name_of(node).casefold(), node.id))
