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


def languages(of: str) -> list[str]:
    """Return the languages that go with a culture, ISO 639 codes."""
    return list(sources.names()["languages"][of])
