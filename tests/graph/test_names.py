"""Names, addresses and numbers are found in a text before others read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.graph.names import LITTLE, Traces, traces

FILE = ["Mevrouw De Wit", "Ingrid, haar dochter in Zwolle", "schoonzus Sjaan", "buurvrouw", "Zoë"]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Ze belt ingrid elke dag.", ("ingrid",)),
        ("Ingrids man is ziek, Sjaans ook.", ("Ingrids", "Sjaans")),
        ("De familie de Wit, uit Zwolle.", ("Wit", "Zwolle")),
        ("ZOE kwam langs.", ("ZOE",)),
        ("Haar schoonzus en haar dochter komen.", ()),
        ("De buurvrouw, die kent ze.", ("buurvrouw",)),
    ],
)
def test_who_is_in_the_file_is_found_however_it_is_written(
    text: str, known: tuple[str, ...]
) -> None:
    assert traces(text, FILE).known == known


@pytest.mark.parametrize(
    ("text", "suspected"),
    [
        ("Gisteren zei Karel dat het ging.", ("Karel",)),
        ("Karel zei dat het ging.", ()),
        ("De GGZ en het UWV weten ervan. Morgen bellen we.", ()),
        ("Meneer karel belde, en tante Bep.", ("Bep",)),
        ("Ze woont aan de Lindenlaan 12, 5701 ZZ.", ("Lindenlaan", "5701 ZZ", "Lindenlaan 12")),
        ("Bel 06-12345678 of mail a.b@c.nl", ("06-12345678", "a.b@c.nl")),
        ("Geboren op 3 maart 1951.", ("3 maart 1951",)),
        ("Ze kijkt op: 'Nee', zei ze. Om 10.30 uur.", ()),
    ],
)
def test_what_looks_like_a_name_or_a_number_is_asked_about(
    text: str, suspected: tuple[str, ...]
) -> None:
    found = traces(text, ())
    assert found.known == ()
    assert set(found.suspected) == set(suspected)


names = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéüñ", min_size=3, max_size=9).map(str.title)
names = names.filter(lambda name: name.lower() not in LITTLE)


@given(before=st.text(), name=names, after=st.text(), quiet=st.booleans())
def test_a_name_of_the_file_never_passes(before: str, name: str, after: str, quiet: bool) -> None:
    written = name.lower() if quiet else name
    assert traces(f"{before} {written} {after}", [name]).known


def test_a_text_without_traces_is_free() -> None:
    assert not traces("Ze wil weer onder de mensen.", FILE)
    assert Traces(suspected=("Bep",))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (
            "Bo belt haar, en Jo\u2019s dochter ook. Ed komt. Eds fiets.",
            ("Bo", "Jo\u2019s", "Ed", "Eds"),
        ),
        ("Ze vroeg het Li en An.", ("Li", "An")),
        ("Er is veel. Ik bel. Of niet. Je weet het.", ()),
        ("Ze zei: Je mag. Toen kwam Je binnen.", ("Je",)),
        ("De bos, het ed en de BO. Bos is een woord. Jos ook.", ()),
        ("Dr. de Wit van de EU.", ("Wit",)),
    ],
)
def test_a_name_of_two_letters_is_known_by_its_capital(text: str, known: tuple[str, ...]) -> None:
    people = ["Bo Daalder", "Jo", "An", "Ed", "Li", "Je", "Dr. De Wit"]
    assert traces(text, people).known == known
