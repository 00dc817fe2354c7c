"""The program as a user starts it, on a store of its own with the demo in it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.request import urlopen

_PATIENT: Final = 60.0


@dataclass(frozen=True)
class Installed:
    """The program on this machine, with a store of its own in a folder."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def command(self, *words: str) -> str:
        """Run one command; return what it says."""
        done = subprocess.run(  # noqa: S603
            [_program(), *words], env=self._environment, check=True, capture_output=True
        )
        return done.stdout.decode()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Start the server; yield its address; stop it."""
        port, told = _free_port(), self.folder / "serve.log"
        with told.open("wb") as log:
            server = subprocess.Popen(  # noqa: S603
                [_program(), "serve", "--port", str(port)],
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            try:
                yield _answering(server, f"http://127.0.0.1:{port}", told)
            finally:
                server.terminate()
                server.wait(_PATIENT)

    @property
    def _environment(self) -> dict[str, str]:
        store = {"NETWERK_STORE": f"sqlite:///{self.folder}/netwerk.db"}
        return {**os.environ, **store, **self.settings}


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Start Netwerk with the demo in a folder; yield its address; stop it."""
    netwerk = Installed(folder)
    netwerk.command("init")
    netwerk.command("demo", "--if-empty")
    with netwerk.serving() as address:
        yield address


def _program() -> str:
    program = shutil.which("netwerk", path=str(Path(sys.executable).parent))
    assert program is not None, "the program is not installed beside this Python"
    return program


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _answering(server: subprocess.Popen[bytes], address: str, log: Path) -> str:
    until = time.monotonic() + _PATIENT
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(f"{address}/health/ready", timeout=1) as answer:  # noqa: S310
                answer.read()
                return address
        except OSError:  # nobody there yet, or not yet awake
            time.sleep(0.1)
    raise RuntimeError(log.read_text())
