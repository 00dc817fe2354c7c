"""Who of us knows what: told by everybody for themselves or together, and what we learn."""

from netwerk.usecases.knowledge.telling import colleague, team, tell

__all__ = ["colleague", "team", "tell"]
