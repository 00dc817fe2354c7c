"""What the tests of HSDS share: the published examples, and bringing records into a graph."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from netwerk import demo
from netwerk.domain.records import Node, Subgraph
from netwerk.exchange.hsds.dataset import Dataset
from netwerk.exchange.hsds.giving import Public, dataset
from netwerk.exchange.hsds.standard import Standard, standard
from netwerk.exchange.hsds.taking import Taken, take
from netwerk.schema import load_schema

EXAMPLES: Final = Path(__file__).parent / "hsds"
ON: Final = date(2026, 11, 25)
SCHEMA: Final = load_schema()
FOLDERS: Final = {"hsds-3.1": "hsds", "oruk-3.0": "oruk", "oruk-fixture": "oruk"}
_NOT_DATA: Final = {"base", "tabular", "api_details"}


def examples() -> list[tuple[str, str, str]]:
    """Return (folder, file, table) of every published example that is data."""
    found = []
    for folder in FOLDERS:
        for path in sorted((EXAMPLES / folder).glob("*.json")):
            if path.stem not in _NOT_DATA:
                table = path.stem.removesuffix("_full").removesuffix("_list")
                found.append((folder, path.name, table))
    return found


def documents(folder: str, file: str) -> list[dict[str, Any]]:
    """Return the documents of an example: those of a page one by one."""
    content = json.loads((EXAMPLES / folder / file).read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = content.get("contents", [content])
    return found


def read(table: str, document: dict[str, Any], of: Standard) -> Dataset:
    """Return the dataset of one document."""
    data = Dataset(standard=of)
    data.add(table, document)
    return data


def public(graph: Subgraph) -> Public:
    """Return what is told of a graph."""
    return Public(graph=graph, schema=SCHEMA, on=ON)


def told(graph: Subgraph, name: str = "hsds") -> Dataset:
    """Return everything that is told of a graph."""
    every = public(graph)
    nodes = [*every.organizations(), *every.services(), *every.locations()]
    return dataset(every, nodes, standard(name))


def brought_in(graph: Subgraph, data: Dataset) -> Subgraph:
    """Return a graph after a dataset was brought in, checked against graph_schema."""
    return applied(graph, take(data, public(graph)))


def applied(graph: Subgraph, groups: Iterable[Taken]) -> Subgraph:
    """Return a graph with records added and changed."""
    nodes, links = dict(graph.nodes), dict(graph.relationships)
    for group in groups:
        for record in group.records:
            if isinstance(record, Node):
                default = group.defaults.get(record.id, {})
                before = nodes.get(record.id, replace(record, properties=default))
                facts = {**before.properties, **record.properties}
                nodes[record.id] = replace(before, properties=facts)
                SCHEMA.check_node(nodes[record.id])
            else:
                was = links.get(record.id, record)
                facts = {**was.properties, **record.properties}
                links[record.id] = replace(was, properties=facts)
    for link in links.values():
        SCHEMA.check_relationship(link, nodes[link.source].label, nodes[link.target].label)
    return Subgraph(nodes=nodes, relationships=links)


@cache
def municipality() -> Subgraph:
    """Return the demo."""
    return Subgraph.of(demo.records(seed=1, persons=None, today=ON))


def emptied(graph: Subgraph) -> Subgraph:
    """Return a graph with its needs and areas alone."""
    nodes = {key: n for key, n in graph.nodes.items() if n.label in {"Need", "Area"}}
    return Subgraph(nodes=nodes)
