"""`netwerk bench pages`: fifty colleagues at once, against a page that returns a constant.

Both are served in the same way, with the same number of processes and threads, and asked in turn by
the same users: by people who read what they asked for, and by people who never wait.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.request import urlopen

import click

from netwerk import demo
from netwerk.cli.bench_measure import Seconds, compared, machine, memory_of, one_of
from netwerk.cli.bench_users import Visitor, all_at_once, signed_in
from netwerk.cli.context import Context, as_json
from netwerk.domain.access import Role

_PATIENT: Final = 60.0
_PROGRAM: Final = str(Path(sys.executable).with_name("netwerk"))
Result = tuple[Any, Iterable[str]]


@click.command("pages")
@click.option("--users", type=click.IntRange(1, 200), default=50, show_default=True)
@click.option("--asks", type=click.IntRange(1, 200), default=12, show_default=True)
@click.option("--rounds", type=click.IntRange(1, 20), default=3, show_default=True)
@click.option("--pause", type=float, default=5.0, show_default=True, help="Seconds of reading.")
@click.option("--persons", type=int, default=10_000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 16), default=2, show_default=True)
@click.pass_obj
@as_json
def pages(_: Context, /, persons: int, workers: int, **asked: Any) -> Result:
    """Fifty users at once on mixed pages, against a Flask page that returns a constant."""
    with tempfile.TemporaryDirectory() as folder:
        store = {"NETWERK_STORE": f"sqlite:///{folder}/netwerk.db"}
        for words in (["init"], ["demo", "--persons", f"{persons}"]):
            _run(_PROGRAM, *words, environment=store)
        ours, plain = _free_port(), _free_port()
        serve = (_PROGRAM, "serve", "--port", f"{ours}", "--workers", f"{workers}")
        constant = (sys.executable, "-m", "netwerk.cli.bench_constant", f"{plain}", f"{workers}")
        with _serving(serve, f"{ours}/health/ready", store) as process:
            with _serving(constant, f"{plain}/", {}):
                result = _told(_users(ours, asked["users"]), plain, asked)
            result["memory_mb_of_each_process"] = _memory(process)
    result |= {"machine": machine(), "persons": persons, "processes": workers}
    return result, [f"{name}: {each}" for name, each in result.items()]


def _users(port: int, count: int) -> list[Visitor]:
    workers = [each for each in demo.accounts() if each.role is Role.WORKER]
    everybody = [workers[at % len(workers)] for at in range(count)]
    return [
        signed_in(port, each.username, each.password, first=at) for at, each in enumerate(everybody)
    ]


def _told(users: Sequence[Visitor], plain: int, asked: Mapping[str, Any]) -> dict[str, Any]:
    others = [Visitor(plain, ["/"]) for _ in users]
    return {
        "users": len(users),
        "who_read": _compared(others, users, asked, asked["pause"]) | {"pause_s": asked["pause"]},
        "who_never_wait": _compared(others, users, asked, 0.0),
    }


def _compared(
    others: Sequence[Visitor], users: Sequence[Visitor], asked: Mapping[str, Any], pause: float
) -> dict[str, Any]:
    all_at_once(users, 1, 0.0)
    all_at_once(others, 1, 0.0)
    rounds: list[tuple[Seconds, Seconds]] = []
    errors: list[str] = []
    for _ in range(asked["rounds"]):
        constant, netwerk = (all_at_once(each, asked["asks"], pause) for each in (others, users))
        rounds.append((constant.seconds, netwerk.seconds))
        errors += [*constant.errors, *netwerk.errors]
    return {
        "constant": one_of(rounds, 0),
        "netwerk": one_of(rounds, 1),
        "errors": len(errors),
        "first_errors": errors[:5],
        **compared(rounds),
    }


def _run(*command: str, environment: Mapping[str, str]) -> None:
    subprocess.run(command, env=os.environ | environment, check=True, capture_output=True)  # noqa: S603 -- our own


@contextmanager
def _serving(
    command: Sequence[str], ready: str, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(  # noqa: S603 -- our own
        command, env=os.environ | environment, stdout=subprocess.DEVNULL
    )
    try:
        _await(server, f"http://127.0.0.1:{ready}")
        yield server
    finally:
        server.terminate()
        server.wait(_PATIENT)


def _await(server: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + _PATIENT
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(address, timeout=1):  # noqa: S310 -- our own
                return
        except URLError:
            time.sleep(0.1)
    raise click.ClickException(f"{address} does not answer.")


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _memory(server: subprocess.Popen[bytes]) -> list[int]:
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    return [memory_of(int(each)) for each in children.read_text(encoding="ascii").split()]
