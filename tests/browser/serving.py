"""The program as a user starts it, on a store of its own with the demo in it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.request import urlopen

_PATIENT: Final = 60.0


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Start Netwerk with the demo in a folder; yield its address; stop it."""
    port = _free_port()
    environment = os.environ | {"NETWERK_STORE": f"sqlite:///{folder}/netwerk.db"}
    program = shutil.which("netwerk", path=str(Path(sys.executable).parent))
    assert program is not None, "the program is not installed beside this Python"
    for words in (["init"], ["demo", "--if-empty"]):
        subprocess.run([program, *words], env=environment, check=True, capture_output=True)  # noqa: S603
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603
            [program, "serve", "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield _answering(server, f"http://127.0.0.1:{port}", folder / "serve.log")
        finally:
            server.terminate()
            server.wait(_PATIENT)


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
