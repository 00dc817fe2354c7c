"""Volunteers and requests: no assignment is larger, or as large and better."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from netwerk.domain.ids import NeedId, NodeId, PersonId
from netwerk.graph import matching
from netwerk.graph.matching import Helper, Match, Offer, Request, propose


def need(code: str) -> NeedId:
    return NeedId(NodeId(code))


def person(key: str) -> PersonId:
    return PersonId(NodeId(key))


NEEDS = [need(each) for each in "abc"]
PEOPLE = [person(each) for each in ("v0", "v1", "v2", "v3")]
POINTS = [None, (5.65, 51.48), (5.66, 51.48), (5.9, 51.6)]
LANGUAGES = [(), ("nl",), ("tr",), ("nl", "tr")]
sets_of_needs = st.frozensets(st.sampled_from(NEEDS), max_size=2)
offers = st.builds(
    Offer,
    service=st.sampled_from([None, NodeId("s0"), NodeId("s1")]),
    needs=sets_of_needs,
    comes_from_afar=st.booleans(),
)


@st.composite
def requests(draw: st.DrawFn) -> list[Request]:
    return [
        Request(
            key=f"r{number}",
            met=draw(sets_of_needs),
            siblings=draw(sets_of_needs),
            point=draw(st.sampled_from(POINTS)),
            languages=draw(st.sampled_from(LANGUAGES)),
            never=draw(st.frozensets(st.sampled_from(PEOPLE), max_size=1)),
        )
        for number in range(draw(st.integers(0, 4)))
    ]


@st.composite
def helpers(draw: st.DrawFn) -> list[Helper]:
    return [
        Helper(
            person=each,
            offers=tuple(draw(st.lists(offers, max_size=2))),
            load=draw(st.integers(0, 3)),
            room=draw(st.integers(-1, 3)),
            point=draw(st.sampled_from(POINTS)),
            languages=draw(st.sampled_from(LANGUAGES)),
        )
        for each in PEOPLE[: draw(st.integers(0, 4))]
    ]


def worth(matches: Sequence[Match], everybody: Sequence[Helper]) -> tuple[int, int, int]:
    """Return (requests without anybody, spread, fit that is lost): the less, the better."""
    more = Counter(each.person for each in matches)
    spread = sum((h.load + more[h.person]) ** 2 - h.load**2 for h in everybody)
    lost = sum(round(matching.SCALE * (1 - each.quality)) for each in matches)
    return -len(matches), spread, lost


def assignments(asked: Sequence[Request], everybody: Sequence[Helper]) -> Iterator[list[Match]]:
    choices = [[None, *matching.candidates(r, everybody)] for r in asked]
    for choice in product(*choices):
        matches = [each for each in choice if each is not None]
        given_out = Counter(each.person for each in matches)
        if all(given_out[h.person] <= max(h.room, 0) for h in everybody):
            yield matches


@given(asked=requests(), everybody=helpers())
@settings(deadline=None)
def test_no_assignment_is_better(asked: list[Request], everybody: list[Helper]) -> None:
    found = list(propose(asked, everybody).matches.values())
    best = min(worth(each, everybody) for each in assignments(asked, everybody))
    assert worth(found, everybody) == best


@given(asked=requests(), everybody=helpers())
@settings(deadline=None)
def test_nobody_gets_more_than_they_can_or_what_they_are_not_for(
    asked: list[Request], everybody: list[Helper]
) -> None:
    found = propose(asked, everybody)
    given_out = Counter(each.person for each in found.matches.values())
    rooms = {h.person: h.room for h in everybody}
    assert all(count <= rooms[each] for each, count in given_out.items())
    for request in asked:
        match = found.matches.get(request.key)
        assert match is None or match.person not in request.never
        if match is None:
            could = [each.person for each in found.candidates[request.key]]
            assert all(given_out[each] == rooms[each] for each in could)


@given(asked=requests(), everybody=helpers(), data=st.data())
@settings(deadline=None)
def test_what_was_chosen_by_hand_stays(
    asked: list[Request], everybody: list[Helper], data: st.DataObject
) -> None:
    plain = propose(asked, everybody)
    choices = [(r.key, m.person) for r in asked for m in plain.candidates[r.key]]
    fixed = dict(data.draw(st.lists(st.sampled_from(choices), max_size=1))) if choices else {}
    found = propose(asked, everybody, fixed)
    assert all(found.matches[key].person == who for key, who in fixed.items())
    others = [m for key, m in found.matches.items() if key not in fixed]
    taken = Counter(fixed.values())
    left = [
        Helper(
            person=h.person,
            offers=h.offers,
            load=h.load + taken[h.person],
            room=h.room - taken[h.person],
            point=h.point,
            languages=h.languages,
        )
        for h in everybody
    ]
    rest = [r for r in asked if r.key not in fixed]
    best = min(worth(each, left) for each in assignments(rest, left))
    assert worth(others, left)[0] == best[0]


@given(asked=requests(), everybody=helpers())
@example(asked=[], everybody=[])
@settings(deadline=None)
def test_the_order_of_the_lists_changes_nothing(
    asked: list[Request], everybody: list[Helper]
) -> None:
    found, again = propose(asked, everybody), propose(asked[::-1], everybody[::-1])
    assert (found.matches, found.candidates) == (again.matches, again.candidates)


def test_a_choice_that_cannot_be_is_left_out() -> None:
    request = Request(key="r", met=frozenset({need("a")}))
    helper = Helper(person=person("v"), offers=(Offer(service=None, needs=frozenset({need("a")})),))
    found = propose([request], [helper], {"r": person("nobody"), "gone": person("v")})
    assert found.matches["r"].person == "v"
