"""Advices to the municipality in all their states, true to what was asked in the demo."""

from collections.abc import Iterator
from typing import Final

from netwerk.demo.draft import Draft, File
from netwerk.domain.advice import Mentioned
from netwerk.domain.cases import Ask
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Value, text

_NOT_ENOUGH: Final = (
    "Wat we met de buurt hebben geprobeerd, hielp een beetje. Het is niet genoeg: er is elke week "
    "iemand nodig die dit vak kent.",
    "We hebben eerst gevraagd wie kan helpen. Het is meer dan zij samen kunnen dragen.",
)
_FOR_A_TRADE: Final = "Er is iemand nodig die dit vak kent, elke week op een vast moment."
_KEEPS: Final = (
    "Eén keer per week koffie en een wandeling. De boodschappen gaan door.",
    "De mensen van de club halen op en brengen thuis.",
)
_STATES: Final[tuple[tuple[str, dict[str, int | str]], ...]] = (
    ("draft", {"given": 1}),
    ("given", {"given": 20}),
    ("granted", {"given": 170, "decided": 140, "from": 135, "to": -30}),
    ("granted_in_part", {"given": 90, "decided": 60, "from": 55, "to": -310}),
    ("refused", {"given": 80, "decided": 45}),
    ("given", {"given": 70}),
    ("withdrawn", {"given": 50}),
    ("granted", {"given": 400, "decided": 380, "from": 370, "to": 5, "takeover": "whole"}),
)
"""Days ago (below nought: to come)."""
_PRODUCTS: Final = ("individual_guidance", "group_guidance", "household_help", "debt_counselling")
_NOTES: Final = {
    "granted_in_part": "Zes uur per week in plaats van acht.",
    "refused": "De gemeente vindt dat de cursus in het wijkhuis eerst kan.",
}


def add_advices(draft: Draft) -> None:
    """Add an advice for the first files in which something was asked, one in each state."""
    files = list(_files(draft))
    for number, (file, (status, days)) in enumerate(zip(files, _STATES, strict=False)):
        _add(draft, number, file, status, days)


def _files(draft: Draft) -> Iterator[File]:
    """Return whose asks are known, those of the worker shown first; Mrs De Wit has to choose."""
    asked = {link.target for link in draft.links.values() if link.type == "ASKED_IN"}
    first = draft.town.id("w-samira")
    chosen = (f for f in draft.files if f.case in asked and f.person != draft.town.id("p-dewit"))
    return iter(sorted(chosen, key=lambda f: (f.worker != first, f.cluster != "Noord")))


def _add(draft: Draft, number: int, file: File, status: str, days: dict[str, int | str]) -> None:
    asked = _asked(draft, file, int(days["given"]))
    needs = list(dict.fromkeys([*(each.need for each in asked), *file.needs[:1]]))
    dates = {
        name: draft.town.ago(int(days[key])) if key in days else None
        for name, key in (("decided_on", "decided"), ("granted_from", "from"), ("granted_to", "to"))
    }
    facts: dict[str, Value | None] = {
        "person": file.person,
        "status": status,
        "edition": 1,
        "needs": needs,
        "product": _PRODUCTS[number % len(_PRODUCTS)],
        "months": 6 + 6 * (number % 2),
        "reason": _NOT_ENOUGH[number % 2] if asked else _FOR_A_TRADE,
        "none_tried_because": None if asked else "Dit kan alleen iemand die het vak kent.",
        "keeps_doing": _KEEPS[number % len(_KEEPS)],
        "cannot_wait": False,
        "asks": [each.written() for each in asked] if status != "draft" else None,
        "advised_on": draft.town.ago(int(days["given"])),
        "advised_by": _name(draft, file.worker),
        "decision_note": _NOTES.get(status),
        "takeover": days.get("takeover"),
        "takeover_note": "De wandelclub neemt het over." if "takeover" in days else None,
    }
    advice = draft.node("ReferralAdvice", f"advice-{number:02d}", **facts, **dates)
    draft.link("ADVISES", advice, file.case)


def _asked(draft: Draft, file: File, days: int) -> list[Mentioned]:
    """Return what had been asked by then in this file; only what was known by then came of it."""
    by_then = draft.town.ago(days)
    found = []
    for link in draft.links.values():
        if link.type != "ASKED_IN" or link.target != file.case:
            continue
        node = draft.nodes[link.source]
        known = text(node.properties, "outcome_on") or ""
        if (text(node.properties, "asked_on") or "") > by_then:
            continue
        ask = node if known <= by_then else node.with_properties(outcome="open")
        found.append(Mentioned.from_ask(Ask.from_node(ask)))
    return [each for each in found if each.counts]


def _name(draft: Draft, node: NodeId) -> str:
    return str(draft.nodes[node].properties["name"]).removesuffix(" (verzonnen)")
