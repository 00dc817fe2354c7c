"""The drawing as it is worked on: everybody with what was told, and what can be done next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext

from netwerk.domain.drawing import Step
from netwerk.domain.records import Properties, flag, integer, text, words
from netwerk.domain.ties import Approach, Participation, Tie, group_of
from netwerk.graph.file import PersonFile
from netwerk.graph.spoken import Understood
from netwerk.schema.kinds import Spoken
from netwerk.web.context import schema_label
from netwerk.web.forms.drawing import contacts, rings
from netwerk.web.language import later as _l
from netwerk.web.presenters.network import SECTORS, called

_STEPS: Final = {
    "draw-add": _l("%(name)s added"),
    "draw-move": _l("%(name)s moved"),
    "draw-tell": _l("what was told about %(name)s"),
    "draw-gone": _l("%(name)s no longer there"),
    "draw-know": _l("whom %(name)s knows"),
    "set-approach": _l("what was said about asking %(name)s"),
    "draw-take-part": _l("where you take part"),
    "draw-pets": _l("pets"),
}
_FIELDS: Final = ("closeness", "contact", "support", "support_given", "valence", "called", "remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Something that a colleague changed meanwhile: both versions, and the form that sets ours."""

    name: str
    mine: tuple[str, ...]
    stored: tuple[str, ...]
    address: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """Somebody on the sheet to take home: nothing of whom may be asked, nor of what is hard."""

    name: str
    what: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGroup:
    """Some of those on the sheet, under one heading."""

    title: str
    people: tuple[OnPaper, ...]


def on_paper(file: PersonFile) -> list[PaperGroup]:
    """Return everybody as they stand on the sheet to take home, by the parts of the drawing."""
    found: dict[str, list[OnPaper]] = {sector: [] for sector in SECTORS}
    for told in people(file).values():
        group = group_of(told["kind"]) if "person" in told else "organizations"
        what = told["what"] if told["what"].casefold() != told["name"].casefold() else ""
        facts = [dict(contacts()).get(told.get("contact") or "", "")]
        facts += [schema_label("support", each) for each in told.get("support", ())]
        said = ", ".join(each for each in facts if each)
        found[group].append(OnPaper(name=told["name"], what=what, told=said))
    return [
        PaperGroup(title=str(SECTORS[sector]).capitalize(), people=tuple(every))
        for sector, every in found.items()
        if every
    ]


def people(file: PersonFile) -> dict[str, dict[str, Any]]:
    """Return everybody who is drawn, by the key of their figure, as the page works with them."""
    person = file.person.id
    found: dict[str, dict[str, Any]] = {}
    own = sorted(
        (tie for tie in file.ties if tie.joins(person)), key=lambda t: (-(t.closeness or 3), t.id)
    )
    for tie in own:
        found.setdefault(tie.other(person), _person(file, tie))
    for part in file.participations:
        found.setdefault(part.organization, _organization(file, part))
    for tie in file.ties:
        if not tie.joins(person):
            for one, other in ((tie.source, tie.target), (tie.target, tie.source)):
                if one in found and other in found:
                    found[one]["knows"].append(other)
    return found


def to_ask(everybody: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the keys of those whom the inhabitant was not asked about yet."""
    return [key for key, told in everybody.items() if told["approach"] == Approach.NOT_DISCUSSED]


def household(everybody: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return who lives with the inhabitant."""
    return [told["name"] for told in everybody.values() if told.get("lives_with")]


def kind_words(spoken: Spoken) -> dict[str, str]:
    """Return the words for what somebody is, each with the part of the drawing where they are."""
    found = {word: group_of(kind) for kind, words_ in spoken.kind.items() for word in words_}
    return found | dict.fromkeys(spoken.carer, group_of("other"))


def step_back(step: Step | None) -> str:
    """Say what the last step was; nothing where there is none."""
    return "" if step is None else str(_STEPS[step.action]) % {"name": step.name}


def heard(found: Understood) -> list[str]:
    """Say what was understood of a line, a few words at a time."""
    said = [schema_label("tie_kind", found.kind), schema_label("contact", found.contact)]
    said += [schema_label("support", each) for each in found.support]
    said.append(schema_label("valence", found.valence))
    said.append(dict(rings()).get(found.closeness or 0, ""))
    if found.lives_with:
        said.append(gettext("lives in the same house"))
    if found.carer:
        said.append(gettext("is an informal carer"))
    return [each for each in said if each]


def sentences(facts: Properties, only: Iterable[str] = _FIELDS) -> tuple[str, ...]:
    """Say in words what is told about somebody, as far as these facts are about it."""
    told = []
    for name in only:
        if name in {"support", "support_given"}:
            every = ", ".join(schema_label("support", each) for each in words(facts, name))
            word = gettext("gets: %(what)s") if name == "support" else gettext("gives: %(what)s")
            told.append(word % {"what": every} if every else "")
        elif name == "closeness":
            told.append(dict(rings()).get(integer(facts, name) or 0, ""))
        elif name in {"contact", "valence"}:
            told.append(schema_label(name, text(facts, name)))
        else:
            told.append(text(facts, name) or "")
    return tuple(each for each in told if each)


def _person(file: PersonFile, tie: Tie) -> dict[str, Any]:
    facts = tie.record.properties
    alter = file.graph.nodes[tie.other(file.person.id)]
    return {
        "tie": tie.id,
        "version": tie.record.version,
        "person": alter.id,
        "person_version": alter.version,
        "renamable": text(alter.properties, "told_by") == file.person.id,
        "name": file.name(alter.id) or gettext("without a name"),
        "called": text(facts, "called") or "",
        "what": called(tie),
        "kind": tie.kind,
        "closeness": tie.closeness,
        "contact": tie.contact,
        "support": list(tie.support),
        "support_given": list(words(facts, "support_given")),
        "valence": tie.valence,
        "lives_with": flag(facts, "lives_with") is True,
        "carer": flag(facts, "carer") is True,
        "remark": text(facts, "remark") or "",
        "valid_from": text(facts, "valid_from") or "",
        "approach": tie.approach.value,
        "knows": [],
    }


def _organization(file: PersonFile, part: Participation) -> dict[str, Any]:
    return {
        "tie": part.id,
        "version": part.record.version,
        "organization": part.organization,
        "name": file.name(part.organization),
        "what": schema_label("participation", part.how),
        "approach": part.approach.value,
        "knows": [],
    }
