"""By what a word is recognised: its Dutch stems, and typing errors."""

from functools import lru_cache
from threading import Lock
from typing import Final

import snowballstemmer

from netwerk.domain.items import slips

# Each knows endings that the other does not: huizen is for the one what schulden is for the other.
_STEMMERS: Final = (
    snowballstemmer.stemmer("dutch"),
    snowballstemmer.stemmer("dutch_porter"),
)
_ONE_AT_A_TIME: Final = Lock()


@lru_cache(maxsize=65_536)
def stems(word: str) -> frozenset[str]:
    """Return the stems of a folded word; two words that share one are forms of each other."""
    # A stemmer keeps the word it works on.
    with _ONE_AT_A_TIME:
        return frozenset(_settled(stemmer, word) for stemmer in _STEMMERS)


@lru_cache(maxsize=65_536)
def forms(word: str) -> frozenset[str]:
    """Return the marks of a folded word; two words that share one are like each other."""
    near = (f"~{each}" for each in (word, *slips(word)))
    return frozenset([*(f"={each}" for each in stems(word)), *near])


def _settled(stemmer: snowballstemmer.stemmer, word: str) -> str:
    """Stem until nothing changes: fietsen becomes fiets, and fiets fiet."""
    while (shorter := str(stemmer.stemWord(word))) != word and shorter:
        word = shorter
    return word
