"""At home: who lives there, whose children live elsewhere, who gives care and who gets it."""

from collections.abc import Callable

from flask_babel import gettext

from netwerk.domain.records import flag, words
from netwerk.domain.ties import Tie
from netwerk.graph.file import PersonFile
from netwerk.web.presenters.network import called


def household(file: PersonFile) -> list[tuple[str, list[str]]]:
    """Return what is known of home, as a question with who it is; what nobody told is not in it."""
    pets = words(file.node.properties, "pets")
    home = [file.person.name, *_who(file, _at_home), *pets]
    told = [
        (gettext("At home"), home if len(home) > 1 else []),
        (gettext("Children who live elsewhere"), _who(file, _child_elsewhere)),
        (gettext("Informal carers"), _who(file, _carer)),
        (gettext("Whom they help in practice"), _who(file, _is_helped)),
    ]
    return [(question, who) for question, who in told if who]


def _who(file: PersonFile, fits: Callable[[Tie], bool]) -> list[str]:
    me = file.person.id
    found = {tie.other(me): tie for tie in file.ties if tie.joins(me) and fits(tie)}
    return sorted(_named(file, tie) for tie in found.values())


def _named(file: PersonFile, tie: Tie) -> str:
    name = file.name(tie.other(file.person.id)) or gettext("without a name")
    word = called(tie)
    return name if word.casefold() in name.casefold() else f"{name} ({word})"


def _at_home(tie: Tie) -> bool:
    return flag(tie.record.properties, "lives_with") is True


def _child_elsewhere(tie: Tie) -> bool:
    return tie.kind == "child" and not _at_home(tie)


def _carer(tie: Tie) -> bool:
    return flag(tie.record.properties, "carer") is True


def _is_helped(tie: Tie) -> bool:
    return "instrumental" in words(tie.record.properties, "support_given")
