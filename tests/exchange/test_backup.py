"""A backup opens whole and with its key, or not at all."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netwerk.domain.errors import InvalidInputError
from netwerk.exchange import backup

KEY = b"k" * 32
lines_of_text = st.lists(st.text(st.characters(blacklist_characters="\n", codec="utf-8")))


def kept(path: Path, lines: list[str]) -> bytes:
    with backup.writing(path, KEY) as write:
        for line in lines:
            write(line)
    return path.read_bytes()


def opened(path: Path, key: bytes = KEY) -> list[str]:
    with backup.reading(path, key) as lines:
        return list(lines)


@given(lines=lines_of_text, piece=st.sampled_from([1, 7, 100_000]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_what_was_kept_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: list[str], piece: int
) -> None:
    monkeypatch.setattr(backup, "_PIECE", piece)
    monkeypatch.setattr(backup, "_MOST", 10_000)
    kept(tmp_path / "b", lines)
    assert opened(tmp_path / "b") == lines


def test_any_change_to_the_file_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_PIECE", 64)
    path = tmp_path / "b"
    whole = kept(path, [f"line {n * 7919}" for n in range(100)])
    assert len(whole) > 400
    piece, start = 64 + 16, 17 + 32
    swapped = whole[:start] + whole[start + piece : start + 2 * piece]
    swapped += whole[start : start + piece] + whole[start + 2 * piece :]
    flipped = bytearray(whole)
    flipped[-1] ^= 1
    for broken in (
        whole[:-1],
        whole[: start + 2 * piece],
        swapped,
        bytes(flipped),
        whole[:40],
        b"",
        b"x" * 100,
    ):
        path.write_bytes(broken)
        with pytest.raises(InvalidInputError):
            opened(path)
    path.write_bytes(whole)
    with pytest.raises(InvalidInputError):
        opened(path, b"another")
    assert len(opened(path)) == 100


def test_a_backup_is_for_its_owner_alone(tmp_path: Path) -> None:
    kept(tmp_path / "b", ["x"])
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600
    with pytest.raises(InvalidInputError):
        opened(tmp_path / "nothing")
