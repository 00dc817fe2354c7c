"""Needs to choose from, by life domain."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from netwerk.domain.directory import Need
from netwerk.web.language import language


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedChoice:
    """A need, and whether it is chosen."""

    code: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedGroup:
    """A life domain with the needs in it."""

    label: str
    choices: tuple[NeedChoice, ...]

    @property
    def chosen(self) -> int:
        """How many are chosen."""
        return sum(choice.chosen for choice in self.choices)


def picker(needs: Iterable[Need], chosen: Collection[str]) -> list[NeedGroup]:
    """Return the needs as a form offers them: each life domain with all below it."""
    every = sorted(needs, key=lambda need: need.label(language()).casefold())
    return [
        NeedGroup(
            label=domain.label(language()),
            choices=tuple(
                NeedChoice(code=need.id, label=need.label(language()), chosen=need.id in chosen)
                for need in every
                # A life domain as a whole is not offered, but who has chosen it keeps it.
                if need.parent == domain.id or (need.id == domain.id and need.id in chosen)
            ),
        )
        for domain in every
        if domain.parent is None
    ]


def labels(needs: Iterable[Need], codes: Collection[str]) -> list[str]:
    """Return what the needs with these codes are called."""
    return [need.label(language()) for need in needs if need.id in codes]
