"""Dutch stems: loket and loketten are found by each other."""

from functools import lru_cache
from threading import Lock
from typing import Final

import snowballstemmer

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


def _settled(stemmer: snowballstemmer.stemmer, word: str) -> str:
    """Stem until nothing changes: fietsen becomes fiets, and fiets fiet."""
    while (shorter := str(stemmer.stemWord(word))) != word and shorter:
        word = shorter
    return word
