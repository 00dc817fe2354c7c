"""Where an address lies, asked elsewhere: of organizations alone, never of a person."""

from dataclasses import dataclass
from typing import Protocol

from netwerk.domain.records import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAddress:
    """An address as the register writes it, and where it lies."""

    name: str
    point: Point


class Geocoder(Protocol):
    """Finds addresses."""

    def find(self, address: str) -> FoundAddress | None:
        """Return the address that is most like this one; None where there is none.

        Raises ElsewhereError when nobody answers, or not in time, or not as was agreed.
        """
        ...
