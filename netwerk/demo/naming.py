"""Invents names of people. Nobody is called so on purpose."""

from random import Random

from netwerk.demo import sources


def culture(random: Random) -> str:
    """Draw where somebody's name comes from."""
    return str(random.choice(sources.names()["cultures"]))


def first_name(random: Random, of: str) -> str:
    """Draw a first name."""
    return str(random.choice(sources.names()[of][random.choice("fm")]))


def full_name(random: Random, of: str) -> str:
    """Draw a first and a last name."""
    return f"{first_name(random, of)} {random.choice(sources.names()[of]['last'])}"


def own_name(random: Random, of: str, called: set[str]) -> str:
    """Draw a name that nobody has yet, and note it: who are called alike look like one person.

    As many draws as for any name, so that the rest of the demo does not depend on who came before.
    """
    first, lasts = first_name(random, of), sources.names()[of]["last"]
    at = random.randrange(len(lasts))
    others = ((first, lasts[(at + step) % len(lasts)]) for step in range(len(lasts)))
    every = [f"{one} {last}" for one, last in others]
    name = next((each for each in every if each not in called), every[0])
    called.add(name)
    return name


def languages(of: str) -> list[str]:
    """Return the languages that go with a culture, ISO 639 codes."""
    return list(sources.names()["languages"][of])
