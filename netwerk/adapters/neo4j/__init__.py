"""The store for many users: Neo4j 5.26 or later, over Bolt."""

from netwerk.adapters.neo4j.store import Neo4jStore

__all__ = ["Neo4jStore"]
