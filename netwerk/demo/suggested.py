"""Which of the suggestions was asked before today, and why it was not the first.

Drawn apart, so that nothing else of the demo depends on it. Who overruled with a reason heard yes
a little more often than who followed: a team knows something that the search does not.
"""

from collections.abc import Mapping
from random import Random
from typing import Final

from netwerk.domain.records import Value
from netwerk.domain.suggestions import OWN_IDEA

_FIRST: Final = {True: 0.56, False: 0.68}
"""How often it was the first, of those that were answered with yes and with no."""
_OWN: Final = 0.3
"""Of the others: how many were thought of by the team or the inhabitant."""
_WHY: Final = {
    "wish": 22,
    "enough": 20,
    "expects_no": 16,
    "asked_before": 10,
    "nearer": 14,
    "other": 4,
    "": 14,
}
_MOST: Final = 5


def suggested(random: Random, *, said_yes: bool) -> Mapping[str, Value | None]:
    """Return the place of an ask among the suggestions, and why it was not the first."""
    count = random.randint(2, _MOST)
    if random.random() < _FIRST[said_yes]:
        return {"suggested_rank": 1, "suggested_count": count}
    own = random.random() < _OWN
    return {
        "suggested_rank": OWN_IDEA if own else random.randint(2, count),
        "suggested_count": count,
        "overruled_because": random.choices(list(_WHY), list(_WHY.values()))[0] or None,
    }
