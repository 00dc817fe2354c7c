"""A set of tables, whatever form it came in: rows by id, and which row is nested in which.

Nested documents, pages of an API and CSV files all come to this and go from this.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from netwerk.domain.errors import InvalidInputError
from netwerk.exchange.hsds.standard import Row, Standard, inverses

Key = tuple[str, str]
"""Table and id."""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """Rows by table and id; `nested` says per row and key what is in it, in order.

    A row holds its own columns and what the standard does not know, as it came. What is told
    twice must be told the same; unless not `strict`: then what was told first counts.
    """

    standard: Standard
    strict: bool = True
    rows: dict[Key, Row] = field(default_factory=dict)
    nested: dict[Key, dict[str, list[str]]] = field(default_factory=dict)

    def of(self, table: str) -> Iterator[str]:
        """Yield the ids of a table in the order in which they came."""
        yield from (key for name, key in self.rows if name == table)

    def add(self, table: str, document: Row, place: str = "") -> Key:
        """Add a document with all that is nested in it.

        What is told again must be told the same: InvalidInputError names the place.
        """
        children = self.standard.tables[table].children
        own = {key: value for key, value in document.items() if not _holds(children, key, value)}
        row_id = own.get("id")
        if not isinstance(row_id, str) or not row_id:
            raise InvalidInputError("%(place)s: “id” is missing.", place=place or table)
        at = (table, row_id)
        self._merge(at, own, place)
        for key in (key for key in document if key not in own):
            to, many = children[key]
            below: list[Row] = list(document[key]) if many else [document[key]]
            for number, each in enumerate(below):
                where = f"{place}.{key}" + (f"[{number}]" if many else "")
                _, child = self.add(to, each, where)
                self.tie(at, key, child)
        return at

    def tie(self, parent: Key, key: str, child: str) -> None:
        """Nest a row in another, once; what says the same from the other end is said too."""
        to, _ = self.standard.tables[parent[0]].children[key]
        _append(self.nested, parent, key, child)
        if (other := inverses().get((parent[0], key))) is not None:
            _append(self.nested, (to, child), other[1], parent[1])

    def document(
        self,
        table: str,
        row: str,
        without: frozenset[str] = frozenset(),
        above: tuple[str, ...] = (),
    ) -> Row:
        """Return a row with what is nested in it, but for some tables and those above it."""
        own = dict(self.rows[table, row])
        for key, (to, many) in self.standard.tables[table].children.items():
            if to in without or to in above or to == table:
                continue
            below = [
                self.document(to, child, without, (*above, table))
                for child in self.under((table, row), key)
                if (to, child) in self.rows
            ]
            if below:
                own[key] = below if many else below[0]
        return own

    def under(self, parent: Key, key: str) -> Sequence[str]:
        """Return the ids of what is nested in a row under a key."""
        return self.nested.get(parent, {}).get(key, ())

    def _merge(self, at: Key, own: Row, place: str) -> None:
        known = self.rows.setdefault(at, {})
        for key, value in own.items():
            if known.setdefault(key, value) != value and self.strict:
                raise InvalidInputError(
                    "%(place)s.%(column)s: %(table)s %(id)s is told in two different ways.",
                    place=place or at[0],
                    column=key,
                    table=at[0],
                    id=at[1],
                )


def _append(nested: dict[Key, dict[str, list[str]]], parent: Key, key: str, child: str) -> None:
    held = nested.setdefault(parent, {}).setdefault(key, [])
    if child not in held:
        held.append(child)


def _holds(children: Mapping[str, tuple[str, bool]], key: str, value: object) -> bool:
    """Whether a value is what is nested under a key; an empty list stays a value of the row."""
    if key not in children:
        return False
    if not children[key][1]:
        return isinstance(value, Mapping)
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(each, Mapping) for each in value)


def pruned(document: Row, shape: Row) -> Row:
    """Return a document with nothing nested but what the schema of a list has."""
    known = shape.get("properties", {})
    found: Row = {}
    for key, value in document.items():
        if isinstance(value, Mapping):
            if key in known:
                found[key] = pruned(dict(value), known[key])
        elif isinstance(value, list):
            if key in known:
                items = known[key].get("items", {})
                found[key] = [pruned(v, items) if isinstance(v, dict) else v for v in value]
        else:
            found[key] = value
    return found
