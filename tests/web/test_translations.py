"""Every text of the screens is there in Dutch, and says the same things."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT: Final = Path(__file__).parents[2]
DUTCH: Final = ROOT / "netwerk/translations/nl/LC_MESSAGES/messages.po"
_VALUES: Final = re.compile(r"%\(\w+\)s")


def read(path: Path) -> Catalog:
    with path.open("rb") as lines:
        return read_po(lines, locale="nl")


def each(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def test_every_text_is_there_in_dutch(tmp_path: Path) -> None:
    gathered = tmp_path / "messages.pot"
    words = re.findall(r"-k \w+", (ROOT / "Makefile").read_text())
    keywords = [part for word in words for part in word.split()]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg"]
    subprocess.run(  # noqa: S603
        [*command, *keywords, "-o", str(gathered), "."], cwd=ROOT, check=True
    )
    wanted = {each(message.id) for message in read(gathered) if message.id}
    known = {each(message.id) for message in read(DUTCH) if message.id}
    assert wanted == known, "run: make translations"


def test_no_translation_is_empty_or_loses_a_value() -> None:
    for message in read(DUTCH):
        if message.id:
            for said in each(message.string):
                assert said, message.id
                assert set(_VALUES.findall(said)) == set(_VALUES.findall(each(message.id)[-1]))


def test_the_compiled_texts_are_those_of_the_list() -> None:
    with DUTCH.with_suffix(".mo").open("rb") as lines:
        compiled = {each(message.id): each(message.string) for message in read_mo(lines)}
    listed = {each(message.id): each(message.string) for message in read(DUTCH) if message.id}
    compiled.pop(("",), None)
    assert compiled == listed, "run: make translations"
