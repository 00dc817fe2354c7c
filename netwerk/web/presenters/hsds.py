"""What is public as rows of HSDS, in full or as lists have them; and the schemas of both."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from netwerk.domain.records import Node, text
from netwerk.exchange.hsds.dataset import Dataset, pruned
from netwerk.exchange.hsds.finding import Placed
from netwerk.exchange.hsds.giving import Public, add
from netwerk.exchange.hsds.naming import id_of
from netwerk.exchange.hsds.standard import Row, Standard

_SIMPLE = ("id", "name", "status")
_PAGE: Mapping[str, Any] = {
    "total_items": {"type": "integer"},
    "total_pages": {"type": "integer"},
    "page_number": {"type": "integer"},
    "size": {"type": "integer"},
    "first_page": {"type": "boolean"},
    "last_page": {"type": "boolean"},
    "empty": {"type": "boolean"},
}


class Shown:
    """Rows in one standard."""

    def __init__(self, standard: Standard) -> None:
        """Take the standard."""
        self._standard = standard

    def organizations(
        self, public: Public, nodes: Sequence[Node], *, full: bool, services: bool
    ) -> list[Row]:
        """Return organizations; in full, their services are named, or told in full as well."""
        data = self._data()
        rows = []
        for node in nodes:
            key = add(public, data, node)
            if full:
                for each in public.offered_by(node):
                    add(public, data, each)
            row = data.document("organization", key)
            if full and not services and "services" in row:
                row["services"] = [_simple(each) for each in row["services"]]
            rows.append(row if full else self._pruned("organization", row))
        return rows

    def services(self, public: Public, nodes: Sequence[Node], *, full: bool) -> list[Row]:
        """Return services."""
        data = self._data()
        rows = [data.document("service", add(public, data, node)) for node in nodes]
        return rows if full else [self._pruned("service", row) for row in rows]

    def places(self, public: Public, found: Sequence[Placed], *, full: bool) -> list[Row]:
        """Return services at places, each with its service and its place."""
        data = self._data()
        rows = []
        for link, service, _ in found:
            add(public, data, service)
            rows.append(data.document("service_at_location", public.place_id(link)))
        return rows if full else [self._pruned("service_at_location", row) for row in rows]

    def _data(self) -> Dataset:
        return Dataset(standard=self._standard, strict=False)

    def _pruned(self, table: str, row: Row) -> Row:
        return pruned(row, self._standard.lists[table])


def _simple(row: Row) -> Row:
    return {key: row[key] for key in _SIMPLE if key in row}


def page(rows: list[Any], number: int, size: int, total: int) -> Row:
    """Return a page of rows."""
    pages = -(-total // size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(rows),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not rows,
        "contents": rows,
    }


def minimal(nodes: Iterable[Node], modified: Mapping[str, str]) -> list[Any]:
    """Return what services are called and when they changed last, if that is known."""
    return [
        {
            "id": id_of(node),
            "modified_date": modified.get(node.id, text(node.properties, "verified_on")),
        }
        for node in nodes
    ]


def searched(rows: Iterable[Row], search: str | None) -> list[Row]:
    """Return the rows that have all these words, by name."""
    words = (search or "").casefold().split()

    def told(row: Row) -> str:
        return f"{row.get('name', '')} {row.get('description', '')}".casefold()

    found = [row for row in rows if all(word in told(row) for word in words)]
    return sorted(found, key=lambda row: (str(row.get("name", "")).casefold(), str(row["id"])))


def terms_of(
    rows: Iterable[Row], taxonomy: str | None, parent: str | None, *, top: bool
) -> list[Row]:
    """Return the terms of a taxonomy, below a term, or below none."""
    return [
        row
        for row in rows
        if (taxonomy is None or taxonomy == _taxonomy(row))
        and (parent is None or parent == row.get("parent_id"))
        and not (top and "parent_id" in row)
    ]


def _taxonomy(row: Row) -> object:
    detail = row.get("taxonomy_detail")
    return detail.get("id") if isinstance(detail, dict) else row.get("taxonomy_id")


def schemas(standard: Standard) -> Row:
    """Return the published schemas as components of a description."""
    found = {name: _referring(schema) for name, schema in standard.schemas.items()}
    lists = {f"{name}_list": _referring(schema) for name, schema in standard.lists.items()}
    about = {
        "type": "object",
        "required": ["version", "profile", "openapi_url"],
        "properties": {
            "version": {"type": "string"},
            "profile": {"type": "string", "format": "uri"},
            "openapi_url": {"type": "string", "format": "uri"},
        },
    }
    minimal_ = {
        "type": "object",
        "required": ["id", "modified_date"],
        "properties": {"id": {"type": "string"}, "modified_date": {"type": ["string", "null"]}},
        "additionalProperties": False,
    }
    return {**found, **lists, "About": about, "Minimal": minimal_}


def one_of(table: str) -> Row:
    """Return the schema of one row in full."""
    return {"$ref": f"#/components/schemas/{table}"}


def page_of(table: str) -> Row:
    """Return the schema of a page of rows."""
    names = [table]
    if table in {"organization", "service", "service_at_location"}:
        names.append(f"{table}_list")
    if table == "service":
        names.append("Minimal")
    items = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]}
    return {
        "type": "object",
        "required": [*_PAGE, "contents"],
        "properties": {**_PAGE, "contents": {"type": "array", "items": items}},
        "additionalProperties": False,
    }


_OURS = frozenset({"$ref", "type", "properties", "required", "enum", "items", "description"})


def _referring(schema: Any) -> Any:
    """Return a schema with what JSON Schema knows of it, its references among the components."""
    found = {key: value for key, value in schema.items() if key in {*_OURS, "format"}}
    if "$ref" in found:
        return {"$ref": f"#/components/schemas/{found['$ref'].rpartition('/')[2]}"}
    if "properties" in found:
        found["properties"] = {k: _referring(v) for k, v in found["properties"].items()}
    if "items" in found:
        found["items"] = _referring(found["items"])
    return found
