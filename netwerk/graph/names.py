"""Finding in free text what could tell who it is about, before others read it.

What the file itself knows (names of the inhabitant, of those around them, of colleagues, of
organizations) is found in any spelling of case. What only looks like a name, an address or a
number is suspected: people decide. It is a net with holes, and the screen says so.
"""

import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Final

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.records import Node
from netwerk.domain.records import text as text_of

_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SENTENCE_BEGINS: Final = re.compile(r"(?:^|[.!?:;\n'\"\u201c(\u2013-])\s*$")
_NUMBERS: Final = (
    re.compile(r"\b\d{4}\s?[A-Za-z]{2}\b"),  # postcode
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),  # e-mail
    re.compile(r"(?<!\w)\+?\d[\d\s-]{7,}\d\b"),  # telephone, or a number of nine digits
    re.compile(r"\b\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ](?:19|20)\d{2}\b", re.IGNORECASE),
    re.compile(
        r"\b\w+(?:straat|laan|weg|plein|hof|dreef|kade|singel|pad)\s+\d+\w?\b", re.IGNORECASE
    ),
)
_TITLES: Final = re.compile(
    r"\b(?:mevrouw|mevr|mw|meneer|mijnheer|dhr|familie|fam|dokter|pastoor|dominee|juf|meester"
    r"|oom|tante|oma|opa)\.?\s+((?:(?:van|de|der|den|het|ten|ter|el|al)\s+)*[^\W\d_][\w'\u2019-]+)",
    re.IGNORECASE,
)
LITTLE: Final = frozenset(
    (
        *("van", "de", "der", "den", "het", "ten", "ter", "el", "al", "la", "le", "di"),
        *("mevrouw", "mevr", "mw", "meneer", "mijnheer", "dhr", "familie", "fam", "dokter"),
        *("pastoor", "dominee", "juf", "meester", "oom", "tante", "oma", "opa"),
    )
)
"""Words that stand in many names and tell nobody's."""
_SHORTEST: Final = 3
_SHORT: Final = 2
"""Letters of the shortest name: only with its capital it is told from a word."""
_SMALL_WORDS: Final = frozenset(
    (
        *("af", "al", "bv", "da", "de", "dr", "ds", "em", "en", "er", "ga", "ha", "he", "ho"),
        *("ik", "in", "is", "ja", "je", "ma", "me", "mw", "na", "nb", "nu", "of", "om", "op"),
        *("pa", "st", "te", "uw", "we", "wo", "ze", "zo"),
    )
)
"""Words and short forms that begin a sentence with a capital, and are nobody's name there."""
_VOWELS: Final = frozenset("aeiouy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What a text gives away for certain, and what it may; as it was written, without repeats."""

    known: tuple[str, ...] = ()
    suspected: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.known or self.suspected)


class NamesInTextError(InvalidInputError):
    """A text that others will read tells who it is about, or (`suspected`) may do so."""

    suspected = False


class MaybeNamesError(NamesInTextError):
    """What stands out may be a name; who wrote it can say that it is none."""

    suspected = True


def require_nameless(found: Traces, *, sure: bool = False) -> None:
    """Refuse a text that tells who it is about; `sure`: what stands out in it is no name.

    Raises NamesInTextError.
    """
    if found.known:
        raise NamesInTextError(
            "This gives away who it is about: %(names)s. Write what somebody is, not who: the "
            "neighbour, her son.",
            names=", ".join(found.known),
        )
    if found.suspected and not sure:
        raise MaybeNamesError(
            "Is this a name, an address or a number: %(names)s? Take it out, or tick that it is "
            "none.",
            names=", ".join(found.suspected),
        )


def require_no_name(reason: str, names: Iterable[str]) -> None:
    """Refuse, with NamesInTextError, a reason for the log that says who it is about.

    What only looks like a name may stay: the log is read by the privacy officer alone. The name
    is not said again: what a command answers is kept in logs too.
    """
    if traces(reason, names).known:
        raise NamesInTextError(
            "The reason stays in the log. Write why, without the name of who it is about."
        )


def called(person: Node) -> list[str]:
    """Return what somebody is called."""
    return [told for key in ("name", "alias") if (told := text_of(person.properties, key))]


def traces(text: str, names: Iterable[str]) -> Traces:
    """Return what in a text could tell who it is about; `names` are those that the file knows."""
    told = [part for name in names for part in _parts(name)]
    parts = {part for part in told if len(part) >= _SHORTEST}
    short = {form for part in told if len(part) == _SHORT for form in _forms(part)}
    known: dict[str, None] = {}
    suspected: dict[str, None] = {}
    for found in _WORD.finditer(text):
        word = found.group()
        if (
            _folded(word) in parts
            or _folded(word).removesuffix("s").rstrip("'\u2019") in parts
            or _is_short_name(word, short, text[: found.start()])
        ):
            known[word] = None
        elif _stands_out(word, text[: found.start()]):
            suspected[word] = None
    for pattern in _NUMBERS:
        suspected.update(dict.fromkeys(found.group() for found in pattern.finditer(text)))
    titled = (found.group(1) for found in _TITLES.finditer(text))
    suspected.update(dict.fromkeys(name for name in titled if name[-1:] and _capital(name)))
    return Traces(known=tuple(known), suspected=tuple(s for s in suspected if s not in known))


def _parts(name: str) -> set[str]:
    """Return the words of a name by which somebody would be known.

    Of "schoonzus Sjaan" that is Sjaan; a name without any capital counts whole.
    """
    words = _WORD.findall(name)
    told = [word for word in words if word[:1].isupper()] or words
    folded = (_folded(word) for word in told)
    return {word for word in folded if len(word) >= _SHORT and word not in LITTLE}


def _forms(name: str) -> set[str]:
    """Return how a name of two letters is written: as it is, and where something is theirs."""
    owning = {f"{name}'s", f"{name}\u2019s"}
    return {name} | owning if name[-1] in _VOWELS else {name, f"{name}s"} | owning


def _is_short_name(word: str, short: Container[str], before: str) -> bool:
    """Whether a word is a known name of two letters, and not one that begins a sentence."""
    folded = _folded(word)
    if folded not in short or not word[0].isupper() or word[1].isupper():
        return False
    return folded not in _SMALL_WORDS or not _SENTENCE_BEGINS.search(before)


def _stands_out(word: str, before: str) -> bool:
    """Whether a word has a capital where the sentence gives none. GGZ and UWV are no names."""
    if not word[:1].isupper() or word.isupper() or len(word) < _SHORTEST:
        return False
    return not _SENTENCE_BEGINS.search(before)


def _capital(name: str) -> bool:
    return name.split()[-1][:1].isupper()


def _folded(word: str) -> str:
    """Return a word without capitals and accents."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
