"""What each step of an ask was answered with."""

from typing import Final

from netwerk.domain.cases import Ask, Outcome

SAID_YES: Final = frozenset({Outcome.ACCEPTED, Outcome.ENDED, Outcome.PHASED_OUT})
SAID_NO: Final = frozenset({Outcome.DECLINED, Outcome.NO_ANSWER})


def answers(ask: Ask) -> dict[str, Outcome]:
    """Return what each kind of step of a closed ask was answered with.

    Those before the one that declined, or did not answer, said yes; those after were never asked.
    """
    kinds = ask.step_kinds
    if ask.outcome in SAID_YES:
        return dict.fromkeys(kinds, Outcome.ACCEPTED)
    if ask.outcome not in SAID_NO or not kinds:
        return {}
    stop = len(kinds) - 1 if ask.declined_step is None else ask.declined_step
    found = dict.fromkeys(kinds[:stop], Outcome.ACCEPTED)
    found[kinds[min(stop, len(kinds) - 1)]] = ask.outcome
    return found
