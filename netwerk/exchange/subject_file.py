"""Somebody's file to take along: JSON for programs, and a page that any browser opens."""

import html
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from netwerk.domain.held import Held
from netwerk.domain.records import Node, Record, Value
from netwerk.schema import Schema
from netwerk.schema.kinds import Property

INSIDE = frozenset({"path", "step_kinds", "extra"})
"""How the program keeps things: in the JSON, and not on the page."""


def document(
    person: str,
    records: Iterable[Record],
    elsewhere: Iterable[Record],
    mark: Mapping[str, str],
    beside: Iterable[Held] = (),
) -> str:
    """Return what is held as JSON, marked with who took it out and when."""
    told: dict[str, Any] = {
        "person": person,
        "taken_out": dict(mark),
        "records": [_plain(each) for each in records],
        "told_by_others": [_plain(each) for each in elsewhere],
        "kept_beside": [{"kind": each.kind, "properties": dict(each.facts)} for each in beside],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def page(
    records: Iterable[Record],
    schema: Schema,
    mark: Mapping[str, str],
    language: str,
    beside: Iterable[Held] = (),
) -> str:
    """Return what is held as a page on its own, by kind."""
    sections = "".join(_section(each, schema, language) for each in records)
    sections += "".join(_kept_beside(each, schema, language) for each in beside)
    signed = " · ".join(html.escape(each) for each in mark.values())
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>Dossier</title></head><body><h1>Dossier</h1><p>{signed}</p>{sections}</body></html>"
    )


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Return files as one zip."""
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return to.getvalue()


def _plain(record: Record) -> dict[str, Any]:
    facts = dict(record.properties)
    if isinstance(record, Node):
        return {"node": record.label, "id": record.id, "properties": facts}
    ends = {"from": record.source, "to": record.target}
    return {"relationship": record.type, "id": record.id, **ends, "properties": facts}


def _section(record: Record, schema: Schema, language: str) -> str:
    kind = (
        schema.nodes[record.label]
        if isinstance(record, Node)
        else schema.relationships[record.type]
    )
    rows = "".join(
        f"<dt>{html.escape(known.label.label(language))}</dt>"
        f"<dd>{html.escape(_said(schema, known, record.properties[name], language))}</dd>"
        for name, known in kind.properties.items()
        if name in record.properties and name not in INSIDE
    )
    return f"<h2>{html.escape(kind.label.label(language))}</h2><dl>{rows}</dl>"


def _kept_beside(each: Held, schema: Schema, language: str) -> str:
    title = schema.beside[each.kind].label.label(language)
    rows = "".join(f"<li>{html.escape(said)}</li>" for said in _texts(each.facts))
    return f"<h2>{html.escape(title)}</h2><ul>{rows}</ul>"


def _texts(value: Value | Mapping[str, Value]) -> list[str]:
    """Return all that is said in what is kept, in its order."""
    if isinstance(value, Mapping):
        return [said for each in value.values() for said in _texts(each)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [said for each in value for said in _texts(each)]
    return [value] if isinstance(value, str) and value else []


def _said(schema: Schema, known: Property, value: Value, language: str) -> str:
    many = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    if known.vocabulary is None:
        return ", ".join(str(each) for each in many)
    return ", ".join(schema.label(known.vocabulary, str(each), language) for each in many)
