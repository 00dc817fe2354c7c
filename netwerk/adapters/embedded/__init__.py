"""The graph in one SQLite file, inside the program."""

from netwerk.adapters.embedded.store import EmbeddedStore

__all__ = ["EmbeddedStore"]
