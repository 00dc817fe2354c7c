"""The package: a wheel that serves a page, away from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SERVED: Final = """
import os
import netwerk
from netwerk.app import create_app
from netwerk.settings import Settings
assert netwerk.__file__.startswith(os.getcwd()), netwerk.__file__
settings = Settings.from_environment({"NETWERK_STORE": f"sqlite:///{os.getcwd()}/s/netwerk.db"})
client = create_app(settings).test_client()
page = client.get("/sign-in")
assert page.status_code == 200 and "Aanmelden" in page.text, page.text
assert client.get("/static/css/tokens.css", buffered=True).status_code == 200
assert client.get("/static/js/nothing.js").status_code == 404
assert client.get("/hsds/openapi.json").json["components"]["schemas"]["service"]
"""


def test_a_wheel_serves_a_page(tmp_path: Path) -> None:
    built = tmp_path / "built"
    source = tmp_path / "source"
    names = ["setup.py", "setup.cfg", "pyproject.toml", "README.md", "LICENSE"]
    source.mkdir()
    for name in [*names, "netwerk", "graph_schema", "templates", "static"]:
        (source / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--wheel-dir", str(built), str(source)]
    subprocess.run(command, check=True, env=os.environ | {"PIP_NO_INDEX": "1"})  # noqa: S603
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(unpacked)
    environment = os.environ | {"PYTHONPATH": str(unpacked)}
    subprocess.run([sys.executable, "-c", SERVED], cwd=unpacked, env=environment, check=True)  # noqa: S603
