"""A small street with two files, and one colleague of each kind."""

from datetime import date
from typing import Final

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId, ServiceId, WorkerId
from netwerk.domain.knowing import KNOWING, Knowing
from netwerk.domain.proposals import PROPOSAL, Proposal, ProposalKind
from netwerk.domain.records import Record
from netwerk.domain.requests import RequestStatus, VolunteerRequest
from netwerk.domain.reviewing import SESSION, Session
from netwerk.domain.stories import SHARED, SharedStory
from netwerk.domain.training import TRAINING, Training
from netwerk.exchange.cells import Row
from netwerk.graph.anonymous import Told
from netwerk.ports.stores import GraphStore
from netwerk.schema import load_schema
from netwerk.usecases import case_review, importing, signals
from tests.worlds import StoppedClock, link, node

PASSWORD: Final = "een fiets met zeven bellen"
NEED: Final = "family.contact"
ROLES: Final = {
    "own": "worker",
    "mate": "worker",
    "other": "worker",
    "coordinator": "coordinator",
    "reviewer": "reviewer",
    "administrator": "administrator",
    "officer": "privacy_officer",
}
"""Who can sign in: `own` leads the case of Annie, `mate` is of the team, `other` of another."""
RIET_LIVES: Final = "Lindenlaan 12"
SECRET: Final = "Schuilstraat"
NOWHERE: Final = (
    RIET_LIVES,
    "5701ZZ",
    "5.65432",
    "51.48765",
    SECRET,
    "5799XX",
    "5.67891",
    "51.45678",
)
"""What may be on no page: where a volunteer lives, and where the shelter is."""
SQUARE: Final = {
    "type": "Polygon",
    "coordinates": [[[5.6, 51.4], [5.7, 51.4], [5.7, 51.5], [5.6, 51.5], [5.6, 51.4]]],
}
MINE: Final = {
    "person": "annie",
    "tie": "annie-bo",
    "part": "annie-church",
    "ask": "ask-annie",
    "advice": "advice-annie",
    "request": "rq-annie",
    "goal": "goal-annie",
    "assessment": "sheet-annie",
    "action": "action-annie",
    "session": "session-annie",
    "item": "item-annie",
    "signal": "signal-of-annie",
    "colleague": "w-own",
    "training": "training-annie",
    "together": "knowing-annie",
    "correction": "correction-annie",
    "step": "step-annie",
    "scaling": "scaling-annie",
    "story": "story-annie",
}
THEIRS: Final = {
    "person": "zwaan",
    "tie": "zwaan-xi",
    "part": "zwaan-church",
    "ask": "ask-zwaan",
    "advice": "advice-zwaan",
    "request": "rq-zwaan",
    "goal": "goal-zwaan",
    "assessment": "sheet-zwaan",
    "action": "action-zwaan",
    "session": "session-zwaan",
    "item": "item-zwaan",
    "signal": "signal-of-zwaan",
    "colleague": "w-other",
    "training": "training-zwaan",
    "together": "knowing-zwaan",
    "correction": "correction-zwaan",
    "step": "step-zwaan",
    "scaling": "scaling-zwaan",
    "story": "story-zwaan",
}


def worker(name: str) -> WorkerId:
    """Return the id of a colleague."""
    return WorkerId(NodeId(f"w-{name}"))


def requests() -> list[VolunteerRequest]:
    """Return a request for a volunteer in each file; the pastor is proposed."""
    return [
        VolunteerRequest(
            key=ids["request"],
            worker=worker(asked_by),
            person=PersonId(NodeId(ids["person"])),
            need=NeedId(NodeId(NEED)),
            posted_on=date(2026, 10, 20),
            status=RequestStatus.PROPOSED,
            helper=PersonId(NodeId("pastor")),
            service=ServiceId(NodeId("walk")),
        )
        for ids, asked_by in ((MINE, "own"), (THEIRS, "other"))
    ]


def records() -> list[Record]:
    """Return the street: Annie's file is of the own team, that of Zwaan is of the other."""
    mine = _file("annie", "Annie Bergman", "bo", "Bo Daalder", "own")
    return [*_public(), *mine, link("VOLUNTEERS_FOR", "bo", "walk"), *_theirs()]


def advices() -> list[Record]:
    """Return an advice that is being prepared, one that was given, and one that was granted."""
    return [
        record
        for ids in (MINE, THEIRS)
        for status in ("draft", "given", "granted")
        for record in (
            node(
                "ReferralAdvice",
                f"{ids['advice']}-{status}",
                person=ids["person"],
                status=status,
                needs=[NEED],
                product="household_help",
                reason=f"{ids['person']} kan het niet alleen.",
                advised_on="2026-10-10",
                advised_by="Own",
            ),
            link("ADVISES", f"{ids['advice']}-{status}", f"case-{ids['person']}"),
        )
    ]


def tell(store: GraphStore) -> None:
    """Let a colleague tell that the church has stopped: proposal `told`."""
    told = Proposal(
        key="told",
        about=NodeId("church"),
        kind=ProposalKind.CLOSED,
        value="",
        note="",
        by=worker("own"),
        by_name="Own",
        on="2026-11-01",
    )
    with store.system() as work:
        work.put(PROPOSAL, told.key, told.written())
    share(store)
    _stage(store)
    _meet(store)
    _learn(store)
    _notice(store)


def _notice(store: GraphStore) -> None:
    """Let each team have noted a signal."""
    for ids, team in ((MINE, "own"), (THEIRS, "other")):
        scope = Scope(viewer=worker(team), purpose=Purpose.SUPPORT, as_of=date(2026, 11, 2))
        told = signals.Told(
            on="2026-11-01", noticed="een kind zonder brood", elsewhere="de gymzaal"
        )
        signals.note(store, scope, OperationId(ids["signal"].removeprefix("signal-")), told)


def share(store: GraphStore) -> None:
    """Let each team read the story that is in its file."""
    for ids, team in ((MINE, "own"), (THEIRS, "other")):
        told = SharedStory(
            key=NodeId(ids["story"]),
            text="Koffie.",
            teams=(NodeId(f"team-{team}"),),
            told_on=date(2026, 9, 1),
        )
        with store.system() as work:
            work.put(SHARED, told.key, {**told.written(), "owner": ids["person"]})


def _meet(store: GraphStore) -> None:
    """Let each team have a session with its case; the reviewer sits in that of the own team."""
    seats = {"own": ("mate", "reviewer"), "other": ()}
    for ids, team in ((MINE, "own"), (THEIRS, "other")):
        session = Session(
            key=ids["session"],
            team=NodeId(f"team-{team}"),
            on="2026-11-09",
            begins="13:30",
            place="Wijkhuis",
            chair=worker(team),
            participants=tuple(worker(each) for each in seats[team]),
        )
        scope = Scope(
            viewer=worker(team),
            purpose=Purpose.SUPPORT,
            as_of=date(2026, 11, 2),
            subject=PersonId(NodeId(ids["person"])),
        )
        with store.system() as work:
            work.put(SESSION, session.key, session.written())
        told = Told(question="Zit veel alleen. Wie weet iets?")
        operation = OperationId(ids["item"].removeprefix("item-"))
        wanted = case_review.Bringing(session=session.key, told=told, minutes=30)
        case_review.bring(store, scope, operation, wanted)


def _learn(store: GraphStore) -> None:
    """Let each team have something that one of them is to learn."""
    for ids, team in ((MINE, "own"), (THEIRS, "other")):
        training = Training(
            key=ids["training"],
            team=NodeId(f"team-{team}"),
            who=worker(team),
            need=NeedId(NodeId(NEED)),
            level=3,
            how="Loopt een keer mee.",
            by="2026-12-01",
        )
        with store.system() as work:
            work.put(TRAINING, training.key, training.written())
            work.put(KNOWING, ids["together"], _together(team).written())


def _together(team: str) -> Knowing:
    """Return a session in which the team tells what it knows; the whole team is there."""
    return Knowing(
        key="",
        team=NodeId(f"team-{team}"),
        on="2026-11-02",
        begun="2026-11-02T09:00:00+00:00",
        present=tuple(worker(each) for each in {"own": ("own", "mate")}.get(team, (team,))),
    )


def _stage(store: GraphStore) -> None:
    """Let the coordinator have a sheet with one partner that waits: import `staged`."""
    scope = Scope(viewer=worker("coordinator"), purpose=Purpose.DIRECTORY, as_of=date(2026, 11, 2))
    new = importing.NewImport(key="staged", title="lijst.csv")
    rows = [Row(1, ("Naam", "Soort")), Row(2, ("De Kandelaar", "kerk"))]
    importing.begin_sheet(store, scope, StoppedClock(), new, rows)
    plan = importing.SheetPlan(key="staged", mapping={"Naam": "name", "Soort": "kind"})
    importing.check_sheet(store, scope, StoppedClock(), load_schema(), plan)


def _public() -> list[Record]:
    return [
        node("Need", "family", label_nl="familie", label_en="family"),
        node("Need", NEED, label_nl="contact", label_en="contact", parent="family"),
        node("Team", "team-own", name="Team Noord", cluster="Noord"),
        node("Team", "team-other", name="Team Oost", cluster="Oost"),
        *(node("Worker", worker(each), role=ROLES[each], name=each.title()) for each in ROLES),
        link("MEMBER_OF", worker("own"), "team-own"),
        link("MEMBER_OF", worker("mate"), "team-own"),
        link("MEMBER_OF", worker("other"), "team-other"),
        node("Organization", "church", name="De Lichtkring", kind="church"),
        node("Person", "pastor", name="Gijs Molenaar"),
        link("CONTACT_FOR", "pastor", "church", role="pastor"),
        node("Service", "coffee", name="Koffie op woensdag", formality="informal"),
        node("Service", "walk", name="Wandelen in het park", formality="informal"),
        node("Location", "hall", name="Kerkzaal", point=[5.652, 51.481]),
        link("PROVIDES", "church", "walk"),
        link("ADDRESSES", "walk", NEED),
        link("LOCATED_AT", "walk", "hall"),
        link("PROVIDES", "church", "coffee"),
        link("LOCATED_AT", "coffee", "hall"),
        link("ADDRESSES", "coffee", NEED),
        link("ACQUAINTED", worker("own"), "church", warmth="warm"),
        *_volunteer(),
        *_shelter(),
    ]


def _volunteer() -> list[Record]:
    """Return Riet, who helps with the coffee, and where she lives."""
    return [
        node(
            "Person",
            "volunteer",
            name="Riet Verstraten",
            languages=["nl", "tr"],
            address=RIET_LIVES,
            postcode="5701ZZ",
            point=[5.65432, 51.48765],
            phone="0492-000111",
            vog_on="2025-03-04",
            capacity=3,
            rather_not="geen trappen",
        ),
        link("VOLUNTEERS_FOR", "volunteer", "coffee", load=1),
    ]


def _shelter() -> list[Record]:
    """Return a shelter: where it is must be known to nobody."""
    return [
        node("Area", "wk", code="WK01", name="Wijk Oost", level="district", polygon=SQUARE),
        node("Area", "bu", code="BU01", name="Buurt Oost", level="neighbourhood", polygon=SQUARE),
        link("PART_OF", "bu", "wk"),
        node("Organization", "shelter", name="Veilig Huis", kind="welfare", phone="0492-112233"),
        node("Service", "bed", name="Opvang voor vrouwen", formality="general"),
        node(
            "Location",
            "hidden",
            name=f"{SECRET} 7",
            address=f"{SECRET} 7",
            postcode="5799XX",
            point=[5.67891, 51.45678],
            accessibility=f"ingang {SECRET}",
            wheelchair=True,
            masked=True,
        ),
        link("PROVIDES", "shelter", "bed"),
        link("ADDRESSES", "bed", NEED),
        link("LOCATED_AT", "shelter", "hidden"),
        link("LOCATED_AT", "bed", "hidden"),
        link("IN_AREA", "hidden", "bu"),
    ]


def _effort(key: str, team: str) -> list[Record]:
    """Return half an hour a week, which is to stop; why there was less, and what helped."""
    told = {"worker": worker(team), "minutes_a_week": 30, "valid_from": "2026-09-01"}
    stops = {"minutes_a_week": 0, "valid_from": "2026-12-15", "planned": True}
    return [
        node("Effort", f"effort-{key}", **told),
        node("Effort", f"step-{key}", **(told | stops)),
        node("Scaling", f"scaling-{key}", direction="down", scaled_on="2026-09-01", reason="Rust."),
        node("Story", f"story-{key}", text="Koffie.", told_on="2026-09-01", agreed_on="2026-09-01"),
        *(
            link("KEPT_IN", f"{each}-{key}", f"case-{key}")
            for each in ("effort", "step", "scaling", "story")
        ),
    ]


def _file(key: str, name: str, near: str, near_name: str, team: str) -> list[Record]:
    return [
        node("Person", key, name=name, birth_year=1948, point=[5.65, 51.48], alias=f"{name[:1]}."),
        node("Person", near, name=near_name, told_by=key),
        node(
            "Case",
            f"case-{key}",
            question=f"{name} zit veel alleen.",
            needs=[NEED],
            safety="none",
            opened_on="2026-01-05",
        ),
        node(
            "Ask",
            f"ask-{key}",
            need=NEED,
            title=f"Koffie voor {name}",
            first_step="Bel de pastor.",
            asked_on="2026-10-01",
            asked_by="Own",
            look_again_on="2026-10-15",
            outcome="open",
        ),
        node("Goal", f"goal-{key}", text=f"{name} wil koken.", look_back_on="2026-12-01"),
        node("Action", f"action-{key}", text="Belt.", by_whom="inhabitant", goal=f"goal-{key}"),
        node(
            "Correction",
            f"correction-{key}",
            record=f"goal-{key}",
            about="Wat u wilt bereiken: koken",
            said=f"{name} wil bakken.",
            asked_on="2026-10-30",
            noted_by=worker(team),
            outcome="done",
            answered_on="2026-11-01",
        ),
        link("KEPT_IN", f"correction-{key}", f"case-{key}"),
        *_effort(key, team),
        node(
            "Assessment",
            f"sheet-{key}",
            instrument="lsns_6",
            taken_on="2026-10-01",
            scores=["1:2", "2:1"],
        ),
        link("KEPT_IN", f"sheet-{key}", f"case-{key}"),
        link("KEPT_IN", f"goal-{key}", f"case-{key}"),
        link("KEPT_IN", f"action-{key}", f"case-{key}"),
        link("CONCERNS", f"case-{key}", key),
        link("LEADS", worker(team), f"case-{key}"),
        link("HANDLED_BY", f"case-{key}", f"team-{team}"),
        link("ASKED_IN", f"ask-{key}", f"case-{key}"),
        link(
            "TIE",
            key,
            near,
            f"{key}-{near}",
            owner=key,
            kind="neighbour",
            closeness=4,
            approach="may_ask",
        ),
        link(
            "TAKES_PART",
            key,
            "church",
            f"{key}-church",
            owner=key,
            how="member",
            approach="may_ask",
        ),
        link(
            "TAKES_PART",
            near,
            "church",
            f"{near}-church",
            owner=key,
            how="member",
            approach="may_ask",
        ),
    ]


def _theirs() -> list[Record]:
    return _file("zwaan", "Zwaantje Kolk", "xi", "Xander Ypma", "other")
