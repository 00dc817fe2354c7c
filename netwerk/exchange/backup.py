"""The file of a backup: lines of text, compressed, then encrypted piece by piece.

Each piece is sealed with AES-256-GCM together with its number and whether it is the last, so that a
file that was changed, cut off or put together anew does not open. The key of the file is drawn
from the installation's by HKDF-SHA-256 with a salt of its own.
"""

import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from netwerk.domain.errors import InvalidInputError

_MAGIC: Final = b"NETWERK BACKUP 1\n"
_SALT: Final = 32
_PIECE: Final = 1 << 20
_TAG: Final = 16
_MOST: Final = 4 * _PIECE
"""Characters of one line; a municipality's polygon has some 100,000."""


@contextmanager
def writing(path: Path, key: bytes) -> Iterator[Callable[[str], None]]:
    """Yield what writes a line; the file is whole when the block is left."""
    salt = os.urandom(_SALT)
    packed = zlib.compressobj()
    with os.fdopen(_for_owner(path), "wb") as file:
        file.write(_MAGIC + salt)
        pieces = _Pieces(file, _cipher(key, salt))
        yield lambda line: pieces.put(packed.compress(line.encode() + b"\n"))
        pieces.end(packed.flush())
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def reading(path: Path, key: bytes) -> Iterator[Iterator[str]]:
    """Yield the lines of a file. Raises InvalidInputError as soon as something is wrong."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise InvalidInputError(
            "%(file)s cannot be read: %(reason)s.",
            file=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
    with file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise InvalidInputError("This is not a backup of Netwerk.")
        yield _lines(_opened(file, _cipher(key, file.read(_SALT))))


class _Pieces:
    def __init__(self, file: BinaryIO, cipher: AESGCM) -> None:
        self._file = file
        self._cipher = cipher
        self._waiting = bytearray()
        self._number = 0

    def put(self, data: bytes) -> None:
        self._waiting += data
        # What fills a piece exactly may be the last: it waits for more.
        while len(self._waiting) > _PIECE:
            self._seal(bytes(self._waiting[:_PIECE]), last=False)
            del self._waiting[:_PIECE]

    def end(self, data: bytes) -> None:
        self.put(data)
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        nonce, about = _label(self._number, last=last)
        self._file.write(self._cipher.encrypt(nonce, piece, about))
        self._number += 1


def _opened(file: BinaryIO, cipher: AESGCM) -> Iterator[bytes]:
    number, piece = 0, file.read(_PIECE + _TAG)
    while True:
        after = file.read(_PIECE + _TAG)
        nonce, about = _label(number, last=not after)
        try:
            yield cipher.decrypt(nonce, piece, about)
        except (InvalidTag, ValueError):
            raise InvalidInputError(
                "The backup does not open: another key, or the file was damaged."
            ) from None
        if not after:
            return
        number, piece = number + 1, after


def _lines(pieces: Iterator[bytes]) -> Iterator[str]:
    unpacked = zlib.decompressobj()
    rest = b""
    for piece in pieces:
        data = piece
        while data:
            rest += unpacked.decompress(data, _PIECE)
            data = unpacked.unconsumed_tail
            *whole, rest = rest.split(b"\n")
            yield from (line.decode() for line in whole)
            if len(rest) > _MOST:
                raise InvalidInputError("This is not a backup of Netwerk.")


def _label(number: int, *, last: bool) -> tuple[bytes, bytes]:
    return number.to_bytes(12, "big"), b"last" if last else b"more"


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"netwerk backup").derive(key))


def _for_owner(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
