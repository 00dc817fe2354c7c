"""Looking up an address: by whose task it is, of organizations alone, and never a secret one."""

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import InvalidInputError, NotAllowedError
from netwerk.ports.geocoder import FoundAddress
from netwerk.usecases import geocoding
from netwerk.usecases.geocoding import AskedAddress
from tests.builders import memory_store
from tests.web import street
from tests.worlds import TODAY

HERE = FoundAddress(name="Kerkplein 1, 5611 AA Duin", point=(5.65, 51.48))


class Register:
    """A register with one address; it keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, address: str) -> FoundAddress | None:
        self.asked.append(address)
        return HERE if "Kerkplein" in address else None


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(street.records())


@pytest.fixture
def register() -> Register:
    return Register()


def scope(name: str) -> Scope:
    return Scope(viewer=street.worker(name), purpose=Purpose.DIRECTORY, as_of=TODAY)


def asked(
    street_: str = "Kerkplein 1", postcode: str = "", city: str = "Duin", *, secret: bool = False
) -> AskedAddress:
    return AskedAddress(street=street_, postcode=postcode, city=city, secret=secret)


def test_an_address_is_found_and_the_register_hears_it_alone(
    store: MemoryStore, register: Register
) -> None:
    typed = asked(" Kerkplein  1", "5611 AA", "Duin ")
    assert geocoding.locate(store, scope("coordinator"), register, typed) == HERE
    assert register.asked == ["Kerkplein 1 5611 AA Duin"]


@pytest.mark.parametrize("name", ["own", "reviewer", "nobody"])
def test_whose_task_it_is_not_looks_up_nothing(
    store: MemoryStore, register: Register, name: str
) -> None:
    with pytest.raises(NotAllowedError):
        geocoding.locate(store, scope(name), register, asked())
    assert register.asked == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (asked(secret=True), "secret"),
        (asked(" "), "street and number"),
        (asked(city=" "), "street and number"),
    ],
)
def test_what_is_secret_or_too_little_is_not_asked_elsewhere(
    store: MemoryStore, register: Register, typed: AskedAddress, told: str
) -> None:
    with pytest.raises(InvalidInputError, match=told):
        geocoding.locate(store, scope("coordinator"), register, typed)
    assert register.asked == []


def test_what_is_not_there_is_said_and_no_more_than_an_address_is_sent(
    store: MemoryStore, register: Register
) -> None:
    with pytest.raises(InvalidInputError, match="not found"):
        geocoding.locate(store, scope("coordinator"), register, asked("x" * 500))
    assert len(register.asked[0]) == 200
