"""The command line of operators; see `netwerk --help`."""

from netwerk.cli.main import main

__all__ = ["main"]
