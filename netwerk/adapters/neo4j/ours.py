"""What a colleague knows about is seen by their own team."""

from typing import LiteralString


def ours(colleague: LiteralString) -> LiteralString:
    """Return the condition on a relationship `r` of somebody, by the name of their variable."""
    return (
        "(type(r) <> 'KNOWS_ABOUT' OR "
        + colleague
        + ".id = $viewer OR EXISTS { ("
        + colleague
        + ")-[:MEMBER_OF]->()<-[:MEMBER_OF]-(:Record {id: $viewer}) })"
    )
