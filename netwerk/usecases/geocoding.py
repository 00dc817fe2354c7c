"""Finding where the address of an organization lies."""

from dataclasses import dataclass

from netwerk.domain.access import Permission, Scope, require
from netwerk.domain.errors import InvalidInputError, NotAllowedError
from netwerk.domain.people import Worker
from netwerk.ports.geocoder import FoundAddress, Geocoder
from netwerk.ports.stores import GraphStore


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAddress:
    """An address as it was typed. A secret one is nobody else's to know."""

    street: str
    postcode: str
    city: str
    secret: bool


def locate(
    store: GraphStore, scope: Scope, geocoder: Geocoder, asked: AskedAddress
) -> FoundAddress:
    """Return the address that was meant; that it was asked is logged.

    Raises InvalidInputError for what is too little, secret, or not there; ElsewhereError.
    """
    with store.directory(scope, "look-up-address") as view:
        viewer = view.around([scope.viewer]).nodes.get(scope.viewer)
        if viewer is None or viewer.label != "Worker":
            raise NotAllowedError
        require(Worker.from_node(viewer).role, Permission.DIRECTORY_EDIT)
        if asked.secret:
            raise InvalidInputError("A secret address is not looked up elsewhere.")
        words = " ".join(" ".join((asked.street, asked.postcode, asked.city)).split())
        if not asked.street.strip() or not (asked.postcode.strip() or asked.city.strip()):
            raise InvalidInputError("Fill in street and number, with the postcode or the town.")
    found = geocoder.find(words[:200])
    if found is None:
        raise InvalidInputError("This address is not found. Point it out yourself.")
    return found
