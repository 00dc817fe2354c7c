"""Staging: drafts of any format, compared with the directory and kept until somebody says yes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, TypeVar

from netwerk.domain.access import Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.comparing import Entry, compared, decided
from netwerk.domain.drafts import Choice, Draft, Standing
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NodeId
from netwerk.domain.keeping import HUBS, require_permission
from netwerk.domain.records import Node, Record, Subgraph, text
from netwerk.domain.staging import (
    ENTRIES,
    INDEX,
    MATCH,
    PART,
    Import,
    State,
    entries_key,
    index_of,
    keys_of,
    read_entries,
    written_entries,
)
from netwerk.graph.likeness import Known
from netwerk.ports.clock import Clock
from netwerk.ports.stores import DirectoryView, GraphStore

_T = TypeVar("_T")
SHEET: Final = "sheet"
AREAS: Final = "areas"
"""What a file holds."""
_TOGETHER: Final = 400
"""Drafts that are compared in one look at the directory."""
_ORDER: Final = (
    Standing.WRONG,
    Standing.DOUBLE,
    Standing.CHANGED,
    Standing.NEW,
    Standing.SAME,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewImport:
    """What is about to be brought in: `key` is chosen by the caller, once per file."""

    key: str
    title: str
    kind: str = SHEET


def stage(
    store: GraphStore, scope: Scope, clock: Clock, new: NewImport, drafts: Iterable[Draft]
) -> Import:
    """Compare the drafts of any format with the directory, and keep them until `enter`."""
    require(store, scope)
    tidy(store, clock)
    with store.system() as work:
        work.audit(AuditEvent.within(scope, "stage-import", new.key))
    return staged(store, scope, clock, begun(scope, clock, new), drafts)


def recheck(store: GraphStore, scope: Scope, clock: Clock, key: str) -> Import:
    """Compare what is staged with the directory as it is by now; choices are kept."""
    found = unentered(store, scope, key)
    entries = list(_entries(store, found))
    chosen = {entry.draft.key: entry.choice for entry in entries if entry.choice is not None}
    again = staged(store, scope, clock, found, [entry.draft for entry in entries])
    for choice in Choice:
        if keys := {draft for draft, each in chosen.items() if each is choice}:
            choose(store, scope, key, choice, keys)
    return again


def imports(store: GraphStore, scope: Scope) -> list[Import]:
    """Return all imports, the last first."""
    require(store, scope)
    with store.system() as work:
        every = [Import.read(key, facts) for key, facts in work.find(INDEX)]
    return sorted(every, key=lambda each: (each.began, each.id), reverse=True)


def opened(store: GraphStore, scope: Scope, key: str) -> Import:
    """Return an import. Raises NotVisibleError."""
    require(store, scope)
    with store.system() as work:
        return index_of(key, work.get(INDEX, key))


def part(store: GraphStore, scope: Scope, key: str, number: int) -> list[Entry]:
    """Return the entries of one part."""
    require(store, scope)
    with store.system() as work:
        return read_entries(work.get(PART, entries_key(key, number)))


def choose(
    store: GraphStore, scope: Scope, key: str, choice: Choice, keys: set[NodeId] | None = None
) -> Import:
    """Note what to do with doubles: those that are named, or all."""
    found = unentered(store, scope, key)
    for number, (standing, _) in enumerate(found.parts):
        if standing is Standing.DOUBLE:
            _choose_in(store, scope, entries_key(key, number), choice, keys)
    return found


def drop(store: GraphStore, scope: Scope, key: str) -> None:
    """Throw away what was staged and not brought in."""
    found = unentered(store, scope, key)
    _forget(store, found)


def staged(
    store: GraphStore, scope: Scope, clock: Clock, found: Import, drafts: Iterable[Draft]
) -> Import:
    """Compare drafts with the directory, and keep them as the parts of an import."""
    entries = _compared(store, scope, drafts)
    ordered = sorted(entries, key=_looked_at)
    parts: list[tuple[Standing, int]] = []
    for standing in _ORDER:
        alike = [entry for entry in ordered if entry.standing is standing]
        for several in batches(alike, ENTRIES):
            with store.system() as work:
                when = clock.now().isoformat()
                value = {**written_entries(several), "owner": found.id, "on": when}
                work.put(PART, entries_key(found.id, len(parts)), value)
            parts.append((standing, len(several)))
    noted = sum(bool(each.draft.problems) for each in ordered)
    made = replace(found, noted=noted, state=State.CHECKED, parts=tuple(parts), began=clock.now())
    with store.system() as work:
        for number in range(len(parts), len(found.parts)):
            work.delete(PART, entries_key(found.id, number))
        work.put(INDEX, found.id, made.written())
    return made


def _looked_at(entry: Entry) -> tuple[int, bool, int]:
    """Return in which order entries are looked at: first those of which something is to be said."""
    return _ORDER.index(entry.standing), not entry.draft.problems, entry.draft.row


def _compared(store: GraphStore, scope: Scope, drafts: Iterable[Draft]) -> list[Entry]:
    """Compare with the directory; of what several drafts hold, the first is saved."""
    with store.system() as work:
        matches = {key: text(facts, "id") or "" for key, facts in work.find(MATCH)}
    entries: list[Entry] = []
    held: set[tuple[bool, str]] = set()
    with store.directory(scope) as view:
        known = Known(view.nodes("Organization", "Location"))
        for several in batches(drafts, _TOGETHER):
            told = [_with_claim(draft, known, matches) for draft in several]
            mains = {draft.claims[draft.key] for draft in told if draft.key in draft.claims}
            seen = _around(view, mains, told)
            for draft in told:
                likes = known.alike(draft) if _may_double(draft) else []
                entries.append(_without(compared(draft, seen, likes), held))
    return entries


def _may_double(draft: Draft) -> bool:
    main = next((node for node in draft.nodes if node.id == draft.key), None)
    return main is not None and main.label == "Organization"


def _with_claim(draft: Draft, known: Known, matches: Mapping[str, str]) -> Draft:
    """Return the draft with what its organization is called here, if that was said before."""
    if draft.is_wrong or not _may_double(draft):
        return draft
    claim = matches.get(draft.key) or known.by_source(draft)
    if claim is None or draft.key in draft.claims:
        return draft
    return replace(draft, claims={**draft.claims, draft.key: NodeId(claim)})


def _without(entry: Entry, held: set[tuple[bool, str]]) -> Entry:
    kept: list[Record] = []
    for record in entry.saves:
        name = isinstance(record, Node), record.id
        if name not in held:
            held.add(name)
            kept.append(record)
    return replace(entry, saves=tuple(kept)) if len(kept) < len(entry.saves) else entry


def _choose_in(
    store: GraphStore, scope: Scope, name: str, choice: Choice, keys: set[NodeId] | None
) -> None:
    with store.system() as work:
        entries = read_entries(work.get(PART, name))
    wanted = {each.draft.key for each in entries if keys is None or each.draft.key in keys}
    with store.directory(scope) as view:
        chosen = [each for each in entries if each.draft.key in wanted]
        mains = {each.likes[0].id for each in chosen}
        seen = _around(view, mains, [each.draft for each in chosen])
    made = [decided(each, choice, seen) if each.draft.key in wanted else each for each in entries]
    with store.system() as work:
        owner, when = name.partition("@")[0], scope.as_of.isoformat()
        work.put(PART, name, {**written_entries(made), "owner": owner, "on": when})


def _around(view: DirectoryView, mains: set[NodeId], drafts: Iterable[Draft]) -> Subgraph:
    """Return what is around the drafts, around what they may be, and around what is beside that."""
    seen = view.around(mains | {key for draft in drafts for key in draft.ids})
    links = [r for r in seen.relationships.values() if mains & {r.source, r.target}]
    beside = {end for r in links for end in (r.source, r.target)} - mains
    kept = {key for key in beside if key in seen.nodes and seen.nodes[key].label not in HUBS}
    return seen | view.around(kept) if kept else seen


def begun(scope: Scope, clock: Clock, new: NewImport) -> Import:
    """Return an import as it begins."""
    return Import(
        id=new.key,
        owner=scope.viewer,
        title=new.title,
        kind=new.kind,
        state=State.MAPPING,
        began=clock.now(),
    )


def unentered(store: GraphStore, scope: Scope, key: str) -> Import:
    """Return an import that was not brought in yet."""
    found = opened(store, scope, key)
    if found.state not in {State.MAPPING, State.CHECKED}:
        raise InvalidInputError("This was brought in already. Undo it first, or begin anew.")
    return found


def _entries(store: GraphStore, found: Import) -> Iterator[Entry]:
    for number in range(len(found.parts)):
        with store.system() as work:
            entries = read_entries(work.get(PART, entries_key(found.id, number)))
        yield from entries


def require(store: GraphStore, scope: Scope) -> None:
    """Refuse who does not keep the directory."""
    with store.directory(scope) as view:
        require_permission(view.nodes("Worker"), scope, Permission.DIRECTORY_EDIT)


def tidy(store: GraphStore, clock: Clock) -> None:
    """Remove the imports that are no longer kept."""
    with store.system() as work:
        every = [Import.read(key, facts) for key, facts in work.find(INDEX)]
    for each in every:
        if each.is_over(clock.now()):
            _forget(store, each)


def _forget(store: GraphStore, found: Import) -> None:
    with store.system() as work:
        for key in keys_of(found):
            work.delete(PART, key)
        work.delete(INDEX, found.id)


def batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Yield lists of that size, and the rest."""
    coming = iter(items)
    while several := list(islice(coming, size)):
        yield several
