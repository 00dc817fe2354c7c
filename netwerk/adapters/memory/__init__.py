"""The reference store: everything in memory, and the oracle that the other stores are held to."""

from netwerk.adapters.memory.store import MemoryStore

__all__ = ["MemoryStore"]
