"""The ecogram: nothing that is written overlaps or leaves the paper."""

import re
from dataclasses import replace
from itertools import combinations
from math import atan2, hypot, tau

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netwerk.web.presenters.ecomap import MOST, RINGS, Box, Ecomap, Somebody, drawn, width_of

SECTORS = {"family": "familie", "friends": "vrienden", "neighbours": "buren", "other": "anderen"}
NAMES = ["Ans", "مريم بنت محمد", "王小明的鄰居阿姨", "👩\u200d👧 Jansen", "İıŞşÑñ Ōē"]
people = st.builds(
    Somebody,
    key=st.uuids().map(str),
    name=st.text(max_size=40) | st.sampled_from(NAMES),
    words=st.sampled_from(["", "buurvrouw", "kent elkaar van een club of groep"]),
    sector=st.sampled_from(sorted(SECTORS)),
    closeness=st.integers(1, RINGS),
    letters=st.sampled_from(["", "E", "EPAWG"]),
    approach=st.sampled_from(["may_ask", "support_only", "do_not_approach", "not_discussed"]),
    valence=st.sampled_from(["", "supportive", "mixed", "stressful"]),
    place=st.none() | st.integers(0, 1000),
)


def crowd(count: int, sector: str | None = None) -> list[Somebody]:
    return [
        Somebody(
            key=f"p{n}",
            name=f"Mevrouw Van der Zanden {n}",
            words="kent elkaar van een club",
            sector=sector or sorted(SECTORS)[n % len(SECTORS)],
            closeness=1 + n % RINGS,
            letters="EPAWG",
            approach="may_ask",
            valence="supportive",
        )
        for n in range(count)
    ]


def require_legible(found: Ecomap) -> None:
    paper = found.view
    boxes = [each.box for each in found.figures] + [each.box for each in found.sectors]
    for box in boxes:
        assert paper.left <= box.left <= box.right <= paper.right
        assert paper.top <= box.top <= box.bottom <= paper.bottom
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]
    middle = Box(
        left=found.middle - 30,
        top=found.middle - 30,
        right=found.middle + 30,
        bottom=found.middle + 30,
    )
    assert not any(box.meets(middle) for box in boxes)
    for each in found.figures:
        half = max(width_of(each.name, 15), width_of(each.words, 12.5)) / 2
        assert each.box.left <= each.x - half <= each.x + half <= each.box.right


@given(who=st.lists(people, max_size=25, unique_by=lambda each: each.key))
@settings(deadline=None, max_examples=40, suppress_health_check=[*HealthCheck])
def test_nothing_overlaps_or_leaves_the_paper(who: list[Somebody]) -> None:
    found = drawn(who, SECTORS)
    require_legible(found)
    assert {each.who.key for each in found.figures} == {each.key for each in who}


@pytest.mark.parametrize("count", [0, 1, 3, 12, 60])
@pytest.mark.parametrize("sector", [None, "family"])
def test_three_or_sixty_are_drawn_alike(count: int, sector: str | None) -> None:
    found = drawn(crowd(count, sector), SECTORS)
    require_legible(found)
    assert (len(found.figures), found.left_out) == (count, 0)


def test_of_three_hundred_the_closest_are_drawn() -> None:
    found = drawn(crowd(300), SECTORS)
    require_legible(found)
    assert (len(found.figures), found.left_out) == (MOST, 300 - MOST)
    assert min(each.who.closeness for each in found.figures) == 4


@given(who=st.lists(people, max_size=12, unique_by=lambda each: each.key))
@settings(deadline=None, max_examples=30, suppress_health_check=[*HealthCheck])
def test_who_is_closer_stands_nearer_the_middle(who: list[Somebody]) -> None:
    found = drawn(who, SECTORS)

    def away(x: float, y: float) -> float:
        return hypot(x - found.middle, y - found.middle)

    for one, other in combinations(found.figures, 2):
        if one.who.closeness > other.who.closeness:
            assert away(one.x, one.y) < away(other.x, other.y) + 1


def test_the_order_in_which_they_were_told_changes_nothing() -> None:
    who = crowd(12)
    assert drawn(who, SECTORS) == drawn(who[::-1], SECTORS)


def test_who_knows_whom_is_drawn_between_those_who_are() -> None:
    found = drawn(crowd(3), SECTORS, [("p0", "p1"), ("p0", "gone")])
    assert len(found.curves) == 1


def test_who_was_put_somewhere_stays_there_when_somebody_comes() -> None:
    put = [replace(each, place=100 + 300 * n) for n, each in enumerate(crowd(3, "friends"))]
    before = drawn(put, SECTORS, whole=True)
    after = drawn([*put, *crowd(9, "friends")[3:]], SECTORS, whole=True)
    sectors = [next(s for s in each.sectors if s.name == "friends") for each in (before, after)]
    for who in put:
        shares = []
        for found, sector in zip((before, after), sectors, strict=True):
            figure = next(f for f in found.figures if f.who.key == who.key)
            angle = atan2(figure.y - found.middle, figure.x - found.middle)
            shares.append((angle - sector.start) % tau / (sector.end - sector.start))
        assert shares[0] == pytest.approx(shares[1], abs=0.1)


def test_the_whole_paper_shows_what_is_still_empty() -> None:
    assert [each.name for each in drawn([], SECTORS, whole=True).sectors] == list(SECTORS)
    assert drawn([], SECTORS).sectors == ()


@pytest.mark.parametrize("count", [0, 3, 60])
def test_the_rim_of_the_circle_is_on_the_paper(count: int) -> None:
    found = drawn(crowd(count), SECTORS, whole=True)
    rim = max(float(part) for each in found.sectors for part in re.findall(r"A([\d.]+)", each.path))
    assert found.view.top <= found.middle - rim
    assert found.view.bottom >= found.middle + rim
