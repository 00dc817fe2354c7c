"""Where the folders are that hold no Python: beside the package in a checkout, inside it once
installed.
"""

from pathlib import Path

import netwerk


def folder(name: str) -> Path:
    """Return the folder `name`: graph_schema, templates or static.

    Raises FileNotFoundError where the installation is not whole.
    """
    package = Path(netwerk.__file__).parent
    for parent in (package, package.parent):
        found = parent / name
        if found.is_dir():
            return found
    raise FileNotFoundError(f"netwerk is not installed whole: {name} is missing")
