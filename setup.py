"""Builds the package: templates, static files and graph_schema stand beside it, and go into it."""

from pathlib import Path

from setuptools import find_packages, setup

BESIDE = ("templates", "static", "graph_schema")


def files_of(folder: str) -> list[str]:
    """Return every file below a folder, relative to it."""
    root = Path(folder)
    return [str(path.relative_to(root)) for path in sorted(root.rglob("*")) if path.is_file()]


setup(
    packages=[*find_packages(include=["netwerk", "netwerk.*"]), *(f"netwerk.{f}" for f in BESIDE)],
    package_dir={f"netwerk.{folder}": folder for folder in BESIDE},
    package_data={
        "netwerk": ["py.typed", "translations/*/LC_MESSAGES/*", "*/data/*", "*/*/data/*"],
        "netwerk.demo": ["data/*"],
        **{f"netwerk.{folder}": files_of(folder) for folder in BESIDE},
    },
)
