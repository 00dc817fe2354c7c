"""Tokens for other programs: made and withdrawn by an administrator, shown once, logged."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from netwerk.domain.access import Purpose
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.tokens import KIND, LONGEST_DAYS, Token, TokenScope
from netwerk.ports.stores import GraphStore

_PREFIX: Final = "nw_"
"""By which a token that lies about is known for what it is."""
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """What is asked: for what (a name that people know), which scopes, for how many days."""

    name: str
    scopes: Iterable[str]
    days: int


def make(store: GraphStore, actor: str, on: date, new: NewToken) -> tuple[Token, str]:
    """Return a new token, and the text of it that nobody sees again. Raises InvalidInputError."""
    name = " ".join(new.name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise InvalidInputError("Say what the token is for, in 1 to %(most)s characters.", most=100)
    scopes = _scopes(new.scopes)
    if not 1 <= new.days <= LONGEST_DAYS:
        raise InvalidInputError("A token lasts 1 to %(most)s days.", most=LONGEST_DAYS)
    secret = _PREFIX + secrets.token_urlsafe(32)
    token = Token(
        id=secrets.token_hex(4),
        name=name,
        scopes=scopes,
        made_by=actor,
        made_on=on,
        until=on + timedelta(days=new.days),
    )
    with store.system() as work:
        work.put(KIND, _key(secret), token.written())
        work.audit(_event("make-token", actor, token))
    return token, secret


def tokens(store: GraphStore) -> Sequence[Token]:
    """Return all tokens, the newest first."""
    with store.system() as work:
        every = [Token.read(facts) for _, facts in work.find(KIND)]
    return sorted(every, key=lambda each: (each.made_on, each.id), reverse=True)


def withdraw(store: GraphStore, actor: str, token_id: str) -> Token:
    """End a token: the next request with it is refused. Raises InvalidInputError."""
    with store.system() as work:
        for key, facts in work.find(KIND):
            token = Token.read(facts)
            if token.id == token_id:
                work.delete(KIND, key)
                work.audit(_event("withdraw-token", actor, token))
                return token
    raise InvalidInputError("There is no token %(id)s.", id=token_id[:40])


def opened(store: GraphStore, secret: str, on: date) -> Token | None:
    """Return the token that a program brings, if it lasts; note the first use of each day."""
    if not secret.startswith(_PREFIX):
        return None
    key = _key(secret)
    with store.system() as work:
        facts = work.get(KIND, key)
        token = None if facts is None else Token.read(facts)
        if token is None or not token.lasts_on(on):
            return None
        if token.used_on != on:
            token = replace(token, used_on=on)
            work.put(KIND, key, token.written())
            work.audit(_event("use-token", f"token {token.id}", token))
        return token


def _scopes(asked: Iterable[str]) -> frozenset[TokenScope]:
    known = {each.value for each in TokenScope}
    found = set(asked)
    if not found or not found <= known:
        raise InvalidInputError("A token opens %(known)s.", known=", ".join(sorted(known)))
    return frozenset(TokenScope(each) for each in found)


def _key(secret: str) -> str:
    """Return under what a token is kept: who reads the store cannot use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _event(action: str, actor: str, token: Token) -> AuditEvent:
    details = {"token": token.id, "scopes": " ".join(sorted(token.scopes))}
    return AuditEvent(action=action, actor=actor, purpose=Purpose.ADMINISTRATION, details=details)
