"""Inhabitants with an open case, and the network each of them told about."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from netwerk.demo import naming, places, sources
from netwerk.demo.draft import Draft, File
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Value

PER_CLUSTER = 15
SUPPORT = ("emotional", "instrumental", "informational", "appraisal", "companionship")
_CONTACTS = (
    "daily",
    "weekly",
    "weekly",
    "monthly",
    "monthly",
    "few_times_a_year",
    "yearly",
)
_GENERATION = {"parent": 27, "child": -28}
_AMONG = ("sibling", "friend", "other_family", "neighbour", "fellow_member")
_SAFETY = {5: "concern", 17: "concern", 31: "concern", 26: "acute"}
"""Which of the generated inhabitants are not safe."""


def add_inhabitants(draft: Draft) -> None:
    """Add the inhabitants: the stories written by hand, then others of the same shapes."""
    random = draft.town.random("inhabitants")
    for story in sources.stories():
        _add_file(draft, random, story)
    number = 0
    for cluster in draft.workers:
        for _ in range(PER_CLUSTER - sum(f.cluster == cluster for f in draft.files)):
            number += 1
            _add_file(draft, random, _invent(draft, random, cluster, number))


def _add_file(draft: Draft, random: Random, story: Mapping[str, Any]) -> None:
    """Add one inhabitant with their case, their ties, and where they take part."""
    close_to = draft.partners.get(story.get("near", ""))
    home = places.spot(random, story["buurt"])
    if close_to:
        home = close_to.at[0] + 0.0035, close_to.at[1] + 0.0015
    person = draft.node(
        "Person",
        story["id"],
        name=story["name"],
        birth_year=draft.town.today.year - story["age"],
        languages=story["languages"],
        point=draft.town.point(*home),
        willing_to_help=story.get("willing"),
        pets=story.get("pets"),
        alter_ties_asked=True if story["among"] else None,
    )
    draft.link("IN_AREA", person, draft.town.id(story["buurt"]))
    for talent in story.get("talents", ()):
        draft.link("ADDRESSES", person, NodeId(talent))
    file = _open_case(draft, story, person)
    for tie in story["ties"]:
        _add_tie(draft, random, file, tie, home)
    for one, other, kind in story["among"]:
        _join(draft, file, draft.town.id(one), draft.town.id(other), kind)
    for key, how, approach in story["takes_part"]:
        draft.link(
            "TAKES_PART",
            person,
            draft.town.id(key),
            owner=person,
            how=how,
            **_said(draft, file, approach),
        )


def _open_case(draft: Draft, story: Mapping[str, Any], person: NodeId) -> File:
    cluster = places.cluster_of()[story["buurt"]]
    case = draft.node(
        "Case",
        f"c-{story['id']}",
        question=story["question"],
        question_behind=story["behind"],
        needs=list(story["needs"]),
        safety=story.get("safety", "none"),
        opened_on=draft.town.ago(story["opened"]),
        legal_basis="wmo_2015",
        purpose="support",
    )
    worker = draft.town.id(story["worker"])
    draft.link("CONCERNS", case, person)
    draft.link("LEADS", worker, case)
    draft.link("HANDLED_BY", case, draft.town.id(f"team-{cluster.lower()}"))
    file = File(
        person=person,
        name=story["name"],
        cluster=cluster,
        worker=worker,
        case=case,
        opened=story["opened"],
        needs=tuple(story["needs"]),
    )
    draft.files.append(file)
    return file


def _add_tie(
    draft: Draft,
    random: Random,
    file: File,
    tie: Mapping[str, Any],
    home: tuple[float, float],
) -> None:
    """Add somebody whom the inhabitant named, and what they said about them."""
    by = tie["as"] in {"neighbour", "partner"}
    alter = draft.node(
        "Person",
        tie["id"],
        name=tie["who"],
        birth_year=draft.town.today.year - tie["age"] if "age" in tie else None,
        point=draft.town.point(*places.near(random, home)) if by else None,
        told_by=file.person,
    )
    draft.link(
        "TIE",
        file.person,
        alter,
        owner=file.person,
        kind=tie["as"],
        closeness=tie.get("close"),
        contact=tie.get("contact"),
        support=tie.get("gets"),
        support_given=tie.get("gives"),
        valence=tie.get("valence", "supportive"),
        lives_with=tie.get("home"),
        carer=tie.get("carer"),
        valid_from=draft.town.ago(tie["from"]) if "from" in tie else None,
        valid_to=draft.town.ago(tie["to"]) if "to" in tie else None,
        **_said(draft, file, tie["approach"]),
    )


def _said(draft: Draft, file: File, approach: str) -> dict[str, Value | None]:
    """Return the inhabitant's word, with who heard it and when; silence has neither."""
    if approach == "not_discussed":
        return {"approach": approach}
    heard = draft.town.ago(file.opened * 2 // 3)
    return {"approach": approach, "approach_on": heard, "approach_by": file.worker}


def _join(draft: Draft, file: File, one: NodeId, other: NodeId, kind: str) -> None:
    draft.link(
        "TIE",
        one,
        other,
        owner=file.person,
        kind=kind,
        valence="supportive",
        approach="not_discussed",
    )


def _invent(draft: Draft, random: Random, cluster: str, number: int) -> dict[str, Any]:
    """Make up an inhabitant, in the form of a story."""
    data = sources.questions()
    question, behind, needs, youngest, oldest = data["questions"][number % len(data["questions"])]
    shape = data["shapes"][number % len(data["shapes"])]
    culture = naming.culture(random)
    story: dict[str, Any] = {
        "id": f"p-{number:02d}",
        "name": naming.full_name(random, culture),
        "age": random.randint(youngest, oldest),
        "buurt": random.choice(places.buurten(cluster)),
        "worker": random.choice(draft.workers[cluster]).removeprefix(draft.town.prefix),
        "languages": naming.languages(culture),
        "question": question,
        "behind": behind,
        "needs": needs,
        "opened": random.randint(10, 300),
        "safety": _SAFETY.get(number, "none"),
    }
    story["ties"] = _ties(draft, random, story, shape, culture, cluster)
    story["among"] = _among(random, [t["id"] for t in story["ties"]], shape["dense"])
    story["takes_part"] = _parts(draft, random, cluster, story["age"])
    return story


def _ties(  # noqa: PLR0913 -- what a network follows from
    draft: Draft,
    random: Random,
    story: Mapping[str, Any],
    shape: Mapping[str, Any],
    culture: str,
    cluster: str,
) -> list[dict[str, Any]]:
    fewest, most = shape["ties"]
    kinds = list(shape["kinds"])
    found = [
        _tie(random, story, kinds[at % len(kinds)], culture, at)
        for at in range(random.randint(fewest, most) - 1)
    ]
    for tie in found:
        tie["approach"] = random.choice(shape["approach"])
    # The last one is somebody whom the inhabitant knows from around: a registered volunteer.
    known = random.choice(draft.volunteers[cluster]).removeprefix(draft.town.prefix)
    kind = random.choice(["neighbour", "neighbour", "volunteer_match", "fellow_member"])
    by_sight = _tie(random, story, kind, culture, len(found)) | {"id": known}
    by_sight["approach"] = random.choice(["may_ask", "may_ask", "not_discussed"])
    return [*found, by_sight]


def _tie(
    random: Random, story: Mapping[str, Any], kind: str, culture: str, at: int
) -> dict[str, Any]:
    close_kin = kind in {"partner", "parent", "child", "ex_partner"}
    alias = sources.questions()["alias"][kind]
    name = naming.first_name(random, culture if close_kin else naming.culture(random))
    stressful = kind == "ex_partner" or random.random() < 0.07
    tie: dict[str, Any] = {
        "id": f"{story['id']}-{at:02d}",
        "who": f"{name} ({alias})" if alias else name,
        "as": kind,
        "contact": random.choice(_CONTACTS),
        "gets": [] if stressful else random.sample(SUPPORT, random.randint(0, 3)),
        "gives": random.sample(SUPPORT, random.randint(0, 2)),
        "valence": "stressful" if stressful else random.choice(["supportive"] * 5 + ["mixed"]),
        "age": max(1, min(97, story["age"] + _GENERATION.get(kind, 0) + random.randint(-6, 6))),
    }
    if random.random() < 0.8:
        tie["close"] = random.randint(3, 5) if close_kin and not stressful else random.randint(1, 4)
    if random.random() < 0.06:
        tie |= {"from": random.randint(2000, 9000), "to": random.randint(30, 900)}
    return tie


def _among(random: Random, alters: Sequence[str], dense: float) -> list[list[str]]:
    """Draw who of those around somebody know each other; the later named are known less."""
    return [
        [one, other, random.choice(_AMONG)]
        for at, one in enumerate(alters)
        for other in alters[at + 1 : at + 4]
        if random.random() < dense
    ]


def _parts(draft: Draft, random: Random, cluster: str, age: int) -> list[list[str]]:
    ways = [
        ("gp_practice", "patient"),
        ("community_centre", "visitor"),
        ("church", "member"),
    ]
    ways += [
        ("sports_club", "member"),
        ("civic_initiative", "volunteer"),
        ("mosque", "member"),
    ]
    if 26 < age < 56:
        ways.append(("school", "parent_of_pupil"))
    ways += [("school", "pupil")] if age < 26 else []
    found = []
    for kind, how in random.sample(ways, random.randint(1, 4)):
        near = [
            p.key
            for p in draft.partners.values()
            if p.kind == kind and places.cluster_of()[p.buurt] == cluster
        ]
        if near:
            approach = random.choice(["may_ask", "may_ask", "not_discussed", "do_not_approach"])
            found.append([random.choice(near), how, approach])
    return found
