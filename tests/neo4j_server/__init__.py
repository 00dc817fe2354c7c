"""A real Neo4j for the tests: built once from Maven, started once a run."""

import fcntl
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

_HERE = Path(__file__).parent
_BUILT = _HERE.parent.parent / "var" / "neo4j-for-tests"
_BUILD_SECONDS, _START_SECONDS = 900, 120


def build() -> Path:
    """Fetch the server with its libraries and compile the starter, unless that was done."""
    _BUILT.mkdir(parents=True, exist_ok=True)
    with (_BUILT / "lock").open("w") as lock:
        # Two runs at once would write the same files.
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _built()


def _built() -> Path:
    ready = _BUILT / "Neo4jServer.class"
    source = _HERE / "Neo4jServer.java"
    if ready.exists() and ready.stat().st_mtime >= source.stat().st_mtime:
        return _BUILT
    libraries = _BUILT / "lib"
    _run("mvn", "-q", "-B", "-f", str(_HERE / "pom.xml"), "dependency:copy-dependencies",
         f"-DoutputDirectory={libraries}", f"-DbuildDirectory={_BUILT / 'target'}")  # fmt: skip
    _run("javac", "-cp", f"{libraries}/*", "-d", str(_BUILT), str(source))
    return _BUILT


def _run(*command: str) -> None:
    done = subprocess.run(  # noqa: S603 -- our own command
        command, capture_output=True, text=True, timeout=_BUILD_SECONDS, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} could not: {(done.stdout + done.stderr)[-2000:]}")


@contextmanager
def running() -> Iterator[str]:
    """Yield the address of an empty server; it is gone afterwards, with its data."""
    built = build()
    data = Path(tempfile.mkdtemp(prefix="netwerk-neo4j-"))
    log = (data / "server.log").open("wb")
    server = subprocess.Popen(  # noqa: S603 -- our own command
        [shutil.which("java") or "java", "-Xmx1g", "-cp", f"{built}:{built}/lib/*",
         "Neo4jServer", str(data)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
    )  # fmt: skip
    late = Timer(_START_SECONDS, server.kill)
    late.start()
    try:
        assert server.stdout is not None
        lines = (line.split() for line in server.stdout)
        url = next((words[1] for words in lines if words[:1] == ["READY"]), None)
        late.cancel()
        if url is None:
            log.close()
            raise RuntimeError(f"Neo4j did not start: {(data / 'server.log').read_text()[-2000:]}")
        yield url
    finally:
        late.cancel()
        server.kill()
        server.communicate()
        log.close()
        shutil.rmtree(data, ignore_errors=True)
