"""An inhabitant's network as a drawing, as a table, and in sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext, ngettext

from netwerk.domain.ids import PersonId
from netwerk.domain.records import flag, integer, text
from netwerk.domain.ties import Participation, Tie, group_of
from netwerk.graph.file import PersonFile
from netwerk.graph.strength import SUPPORT, Strength
from netwerk.web.context import schema_label
from netwerk.web.language import language
from netwerk.web.language import later as _l
from netwerk.web.presenters.ecomap import Ecomap, Somebody, drawn

SECTORS: Final = {
    "family": _l("family"),
    "neighbours": _l("neighbours"),
    "friends": _l("friends"),
    "other": _l("others"),
    "organizations": _l("church, school, club"),
}
_LETTERS: Final = {
    "nl": dict(zip(SUPPORT, "EPAWG", strict=True)),
    "en": dict(zip(SUPPORT, "EPIAC", strict=True)),
}
_CLOSE: Final = 4
_UNKNOWN: Final = 3
_ORGANIZATION: Final = 2
"""The ring on which what one takes part in is drawn: nobody says how close a club is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Somebody in the table beside the drawing."""

    name: str
    kind: str
    closeness: str
    contact: str
    support: str
    valence: str
    approach: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that stands out: a figure and what it says."""

    figure: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure with what it means."""

    name: str
    value: str
    meaning: str
    sure: str


def picture(file: PersonFile, *, whole: bool = False, bare: bool = False) -> Ecomap:
    """Draw the network as it is on the day of the file.

    `whole`: with what is still empty; `bare`: without whom may be asked, and what is hard.
    """
    person = file.person.id
    own = [tie for tie in file.ties if tie.joins(person)]
    seen: dict[PersonId, Tie] = {}
    for tie in sorted(own, key=lambda t: (-(t.closeness or _UNKNOWN), t.id)):
        seen.setdefault(tie.other(person), tie)
    people = [_somebody(file, tie, bare=bare) for tie in seen.values()]
    people += [_organization(file, part) for part in file.participations]
    known = [(t.source, t.target) for t in file.ties if not t.joins(person)]
    labels = {key: str(label) for key, label in SECTORS.items()}
    return drawn(people, labels, known, whole=whole)


def table(file: PersonFile) -> list[Row]:
    """Return everybody of the drawing, and whoever had no room on it, as rows."""
    person = file.person.id
    own = [tie for tie in file.ties if tie.joins(person)]
    return [
        Row(
            name=file.name(tie.other(person)) or gettext("without a name"),
            kind=called(tie),
            closeness=closeness(tie.closeness),
            contact=schema_label("contact", tie.contact),
            support=", ".join(schema_label("support", each) for each in tie.support),
            valence=schema_label("valence", tie.valence),
            approach=schema_label("approach", tie.approach.value),
        )
        for tie in sorted(own, key=lambda t: (-(t.closeness or 0), file.name(t.other(person))))
    ] + [
        Row(
            name=file.name(part.organization),
            kind=schema_label("participation", part.how),
            closeness="",
            contact="",
            support="",
            valence="",
            approach=schema_label("approach", part.approach.value),
        )
        for part in file.participations
    ]


def letters() -> list[tuple[str, str]]:
    """Return what the letters in the circles stand for."""
    return [(_letter(kind), schema_label("support", kind)) for kind in SUPPORT]


def letter_of() -> dict[str, str]:
    """Return the letter of each kind of support."""
    return {kind: _letter(kind) for kind in SUPPORT}


def findings(file: PersonFile, found: Strength) -> list[Finding]:
    """Say what stands out, for the talk: never a verdict."""
    every = [_size(file, found), _coverage(found), _load(file, found), _groups(found)]
    if found.stressful:
        sentence = ngettext(
            "person takes more than they give.", "people take more than they give.", found.stressful
        )
        every.append(Finding(figure=str(found.stressful), sentence=sentence))
    return [each for each in every if each is not None]


def measures(found: Strength, sure: Mapping[str, str]) -> list[Measure]:
    """Return every measure with a sentence, and how sure it is; what is not known says so."""
    return [
        Measure(
            name=str(name),
            value=_number(found.measures[key]),
            meaning=str(meaning),
            sure=sure[key],
        )
        for key, (name, meaning) in _MEASURES.items()
    ]


def days(file: PersonFile) -> list[date]:
    """Return the days on which somebody came or went, the newest first."""
    told = {
        date.fromisoformat(str(day))
        for tie in file.gates.ties
        for key in ("valid_from", "valid_to")
        if (day := tie.record.properties.get(key)) is not None
    }
    return sorted((day for day in told if day <= file.on), reverse=True)


def _somebody(file: PersonFile, tie: Tie, *, bare: bool) -> Somebody:
    who = tie.other(file.person.id)
    name = file.name(who) or gettext("without a name")
    words = called(tie) if called(tie).casefold() != name.casefold() else ""
    if tie.valence in {"mixed", "stressful"} and not bare:
        words = schema_label("valence", tie.valence)
    return Somebody(
        key=who,
        name=name,
        words=words,
        sector=group_of(tie.kind),
        closeness=tie.closeness or _UNKNOWN,
        letters="".join(_letter(each) for each in SUPPORT if each in tie.support),
        approach=tie.approach.value,
        valence=tie.valence or "",
        place=integer(tie.record.properties, "place"),
        at_home=flag(tie.record.properties, "lives_with") is True,
        loose=tie.closeness is None,
    )


def called(tie: Tie) -> str:
    """Return what somebody is to the inhabitant: in their own word, or the kind."""
    return text(tie.record.properties, "called") or schema_label("tie_kind", tie.kind)


def _organization(file: PersonFile, part: Participation) -> Somebody:
    return Somebody(
        key=part.organization,
        name=file.name(part.organization),
        words=schema_label("participation", part.how),
        sector="organizations",
        closeness=_ORGANIZATION,
        letters="",
        approach=part.approach.value,
        valence="",
    )


def _letter(kind: str) -> str:
    return _LETTERS[language()][kind]


def closeness(value: int | None) -> str:
    """Return how close somebody is, in words."""
    return gettext("not said") if value is None else gettext("%(value)s of 5", value=value)


def _size(file: PersonFile, found: Strength) -> Finding:
    person = file.person.id
    close = {t.other(person) for t in file.ties if t.joins(person) and (t.closeness or 0) >= _CLOSE}
    size = int(found.measures["size"] or 0)
    sentence = ngettext("person around, ", "people around, ", size) + ngettext(
        "%(num)s of them close.", "%(num)s of them close.", len(close)
    )
    return Finding(figure=str(size), sentence=sentence)


def _coverage(found: Strength) -> Finding:
    kinds = len(SUPPORT) - len(found.support.missing)
    told = [gettext("kinds of support are there.")]
    if found.support.missing:
        missing = ", ".join(schema_label("support", each) for each in found.support.missing)
        told.append(gettext("Nobody gives: %(kinds)s.", kinds=missing))
    if found.support.single_giver:
        single = ", ".join(schema_label("support", each) for each in found.support.single_giver)
        told.append(gettext("From one person alone: %(kinds)s.", kinds=single))
    figure = gettext("%(some)s of %(all)s", some=kinds, all=len(SUPPORT))
    return Finding(figure=figure, sentence=" ".join(told))


def _load(file: PersonFile, found: Strength) -> Finding | None:
    if found.load.max_share is None or not found.dropout:
        return None
    busiest = [file.name(each) for each in found.load.busiest]
    worst = found.dropout[0]
    kinds = round(worst.coverage * len(SUPPORT))
    told = gettext("of the support comes from %(names)s.", names=_each(busiest))
    if len(busiest) > 1:
        told = gettext("of the support comes from each of %(names)s.", names=_each(busiest))
    told += " " + ngettext(
        "If %(name)s falls away, %(num)s kind of support is left.",
        "If %(name)s falls away, %(num)s kinds of support are left.",
        kinds,
        name=file.name(worst.person),
    )
    return Finding(figure=f"{found.load.max_share:.0%}".replace("%", " %"), sentence=told)


def _groups(found: Strength) -> Finding | None:
    components = found.measures["components"]
    if found.measures["size"] in {0, 1}:
        return None
    if components is None:
        told = gettext("It was not asked who knows whom, so groups are not known.")
        return Finding(figure="?", sentence=told)
    if components == 1:
        return Finding(figure="1", sentence=gettext("group: everybody can reach each other."))
    told = gettext("loose groups, without the inhabitant between them.")
    return Finding(figure=str(components), sentence=told)


def _each(names: Iterable[str]) -> str:
    every = list(names)
    if len(every) < 2:
        return "".join(every)
    return gettext("%(some)s and %(last)s", some=", ".join(every[:-1]), last=every[-1])


def _number(value: float | None) -> str:
    if value is None:
        return gettext("n/a")
    told = f"{value:.2f}".rstrip("0").rstrip(".")
    return told if language() == "en" else told.replace(".", ",")


_MEASURES: Final[Mapping[str, tuple[str, str]]] = {
    "size": (_l("Size"), _l("How many people there are.")),
    "density": (_l("Density"), _l("The share of pairs who know each other.")),
    "components": (_l("Groups"), _l("How many loose groups are left without the inhabitant.")),
    "isolates": (_l("On their own"), _l("How many people know nobody else of the network.")),
    "largest_component": (_l("Largest group"), _l("How many people are in the largest group.")),
    "fragmentation": (_l("Fragmentation"), _l("The share of pairs who cannot reach each other.")),
    "effective_size": (
        _l("Effective size"),
        _l("The size, less those who know the same people. Not better or worse by itself."),
    ),
    "efficiency": (_l("Efficiency"), _l("Effective size as a share of size.")),
    "constraint": (
        _l("Constraint"),
        _l("How much everything runs through the same people. A close circle may carry well."),
    ),
    "hierarchy": (_l("Hierarchy"), _l("How much of that comes from one person.")),
    "effective_size_weighted": (
        _l("Effective size, by closeness"),
        _l("The same, with close ties counting for more."),
    ),
    "constraint_weighted": (
        _l("Constraint, by closeness"),
        _l("The same, with close ties counting for more."),
    ),
    "ego_betweenness": (
        _l("In between"),
        _l("How often the inhabitant is the link between two who do not know each other."),
    ),
    "max_alter_betweenness": (
        _l("Bridge"),
        _l("How often somebody else is the link between others."),
    ),
    "kind_iqv": (_l("Variety"), _l("0: all of one kind. 1: as many of each kind.")),
    "close_by": (
        _l("Close by"),
        _l("The share within a kilometre, of those whose home is known."),
    ),
    "reciprocity": (
        _l("Giving back"),
        _l("The share of those who give support to whom support is given too."),
    ),
}
