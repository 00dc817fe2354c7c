"""What helped earlier, on the page of a case in casuïstiek."""

from collections.abc import Callable

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.report import REPORT, Block, Figure, Published, Row
from tests.web.conftest import Visitor

CASE = "/reviews/session-annie/cases/item-annie"
SignIn = Callable[[str], Visitor]


def publish(store: MemoryStore, **blocks: Block) -> None:
    """Publish a half year by hand; what is not told of is too little."""
    nothing = Published(total=None, teams=())
    figures = {figure.value: nothing.written() for figure in Figure}
    told = {name: Published(total=each, teams=(each,)).written() for name, each in blocks.items()}
    with store.system() as work:
        work.put(REPORT, "2026-01-01", {"published_on": "2026-07-01", "figures": figures | told})


def block(way: str, *rows: Row) -> Block:
    return Block(whole=Row(keys=("team-own",), counts={}), ways={way: rows})


def row(*keys: str, share: int | None, **counts: int) -> Row:
    return Row(keys=keys, counts=counts, share=share)


def test_nothing_is_told_before_it_was_counted(signed_in: SignIn, store: MemoryStore) -> None:
    assert "nog te weinig geteld" in signed_in("own").get(CASE).text
    publish(store, needs=block("domain", row("money", share=80, without=20, specialist=5)))
    page = signed_in("own").get(CASE).text
    assert "nog te weinig geteld" in page
    assert "geld en schulden" not in page


def test_it_is_told_to_everybody_in_the_session(signed_in: SignIn, store: MemoryStore) -> None:
    steps = (
        row("direct", "family", "unknown", share=40, yes=20, no=30),
        row("neighbours", "friends", share=75, yes=30, no=10),
        row("other", share=None, yes=10),
    )
    publish(
        store,
        needs=block("domain", row("family", "social", share=80, without=20, specialist=5)),
        asks=block("first_step", *steps),
    )
    for who in ("own", "reviewer"):
        page = " ".join(signed_in(who).get(CASE).text.split())
        assert "Team Noord, januari tot en met juni 2026" in page
        assert page.index("een buur of een vriend") < page.index("de andere 3 samen")
        assert "gezin en relaties, samen geteld met 1 ander leefdomein" in page
        assert "80 % zonder specialist (van ongeveer 25 vragen)" in page
