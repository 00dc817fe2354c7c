"""One blueprint per feature."""

from netwerk.web.routes import (
    account,
    administration,
    asks,
    cases,
    directory,
    doubles,
    health,
    inhabitant,
    keeping,
    matching,
    network,
    oversight,
    paths,
    proposals,
    shortlist,
    todo,
)

BLUEPRINTS = (
    account.bp,
    administration.bp,
    asks.bp,
    cases.bp,
    directory.bp,
    doubles.bp,
    health.bp,
    inhabitant.bp,
    keeping.bp,
    matching.bp,
    network.bp,
    oversight.bp,
    paths.bp,
    proposals.bp,
    shortlist.bp,
    todo.bp,
)
