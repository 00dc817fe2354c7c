"""The kinds of the graph: graph_schema as typed, validated values."""

from netwerk.schema.kinds import Kind, Property, RelationshipKind, Vocabulary
from netwerk.schema.loading import FOLDER, load_schema
from netwerk.schema.schema import Contact, Schema

__all__ = [
    "FOLDER",
    "Contact",
    "Kind",
    "Property",
    "RelationshipKind",
    "Schema",
    "Vocabulary",
    "load_schema",
]
