"""Accounts: who can sign in. Signing in and staying signed in are here too."""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.accounts import Account, Session
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import InvalidInputError, SignInError, TooManyAttemptsError
from netwerk.domain.ids import WorkerId
from netwerk.domain.people import Worker
from netwerk.domain.records import Properties, integer, text
from netwerk.ports.clock import Clock
from netwerk.ports.stores import GraphStore, SystemWork

SHORTEST: Final = 12
LONGEST: Final = 128
_SAFE: Final = 3
"""Of 0 to 4: what a common, breached or guessable password never gets."""
_LOOKED_AT: Final = 72
"""Characters that count for strength: the estimate grows slow with length."""
_FREE: Final = 5
"""Wrong passwords in a row before one has to wait."""
_WAIT: Final = 30
_LONGEST_WAIT: Final = 900
"""Seconds."""
_USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
_HASHER: Final = PasswordHasher()
_NOBODY: Final = _HASHER.hash("nobody has this password")
"""Checked where there is no account, so that the time it takes tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What is needed to let a colleague in."""

    username: str
    worker: WorkerId
    password: str
    language: str = "nl"


def add_account(store: GraphStore, clock: Clock, actor: str, new: NewAccount) -> Account:
    """Let a worker of the store sign in. Raises InvalidInputError."""
    username = new.username.strip().casefold()
    if not _USERNAME.fullmatch(username):
        raise InvalidInputError("A name to sign in with has small letters, digits, . _ or -.")
    require_strong(new.password, username)
    worker = _worker(store, clock, new.worker)
    account = Account(
        username=username,
        worker=worker.id,
        name=worker.name,
        role=worker.role,
        password_hash=_HASHER.hash(new.password),
        language=new.language,
    )
    with store.system() as work:
        if work.get("account", username) is not None:
            raise InvalidInputError("The name %(name)s is taken.", name=username)
        work.put("account", username, account.written())
        work.audit(_event("add-account", actor, username))
    return account


def accounts(store: GraphStore) -> Sequence[Account]:
    """Return all accounts by name."""
    with store.system() as work:
        return [Account.read(facts) for _, facts in work.find("account")]


def disable(store: GraphStore, actor: str, username: str, *, disabled: bool = True) -> None:
    """Shut an account (or open it again): its sessions end at once."""
    with store.system() as work:
        account = _required(work, username)
        work.put("account", account.username, replace(account, disabled=disabled).written())
        _end_sessions(work, account.username)
        action = "disable-account" if disabled else "enable-account"
        work.audit(_event(action, actor, account.username))


def set_password(store: GraphStore, actor: str, username: str, password: str) -> None:
    """Give an account another password: its sessions end, and it may try at once."""
    require_strong(password, username)
    with store.system() as work:
        account = _required(work, username)
        changed = replace(account, password_hash=_HASHER.hash(password))
        work.put("account", account.username, changed.written())
        work.delete("throttle", account.username)
        _end_sessions(work, account.username)
        work.audit(_event("set-password", actor, account.username))


def set_language(store: GraphStore, username: str, language: str) -> None:
    """Keep the language in which a colleague reads."""
    with store.system() as work:
        account = _required(work, username)
        work.put("account", account.username, replace(account, language=language).written())


def require_strong(password: str, username: str = "") -> None:
    """Refuse, with InvalidInputError, a password that is short, common or easily guessed."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidInputError(
            "A password has %(least)s to %(most)s characters.", least=SHORTEST, most=LONGEST
        )
    if zxcvbn(password[:_LOOKED_AT], user_inputs=["netwerk", username])["score"] < _SAFE:
        raise InvalidInputError("This password is easily guessed. A few loose words do better.")


def sign_in(store: GraphStore, clock: Clock, username: str, password: str) -> str:
    """Return the token of a new session. Raises SignInError or TooManyAttemptsError.

    Every attempt is logged; wrong ones count per name, whether or not it exists.
    """
    now, name = clock.now(), username.strip().casefold()[:LONGEST]
    token = secrets.token_urlsafe(32)
    with store.system() as work:
        right = _tried(work, now, name, password, "sign-in")
        if right:
            session = Session(owner=name, began=now, seen=now)
            work.put("session", _key(token), session.written())
    if not right:
        raise SignInError
    return token


def confirm(store: GraphStore, clock: Clock, username: str, password: str) -> None:
    """Ask somebody who is signed in for their password again. Raises as `sign_in`."""
    with store.system() as work:
        right = _tried(work, clock.now(), username, password, "confirm-password")
    if not right:
        raise SignInError


def signed_in(store: GraphStore, clock: Clock, token: str) -> Account | None:
    """Return whose session this is; None when it is over or the account is shut."""
    now, key = clock.now(), _key(token)
    facts = store.peek("session", key)
    if facts is None:
        return None
    session = Session.read(facts)
    found = store.peek("account", session.owner)
    account = None if found is None else Account.read(found)
    if account is None or account.disabled or not session.lasts_at(now) or session.is_stale(now):
        return _looked_after(store, now, key)
    return account


def _looked_after(store: GraphStore, now: datetime, key: str) -> Account | None:
    """Do as `signed_in` under the lock: end a session that is over, note that one was used."""
    with store.system() as work:
        facts = work.get("session", key)
        if facts is None:
            return None
        session = Session.read(facts)
        found = work.get("account", session.owner)
        account = None if found is None else Account.read(found)
        if account is None or account.disabled or not session.lasts_at(now):
            work.delete("session", key)
            return None
        work.put("session", key, replace(session, seen=now).written())
        return account


def sign_out(store: GraphStore, token: str) -> None:
    """End a session."""
    with store.system() as work:
        facts = work.get("session", _key(token))
        if facts is not None:
            work.delete("session", _key(token))
            work.audit(_event("sign-out", Session.read(facts).owner))


def sessions(store: GraphStore, username: str) -> Mapping[str, Session]:
    """Return the open sessions of an account, by key."""
    with store.system() as work:
        return {key: Session.read(facts) for key, facts in work.find("session", username)}


def end_session(store: GraphStore, username: str, key: str) -> None:
    """End one of one's own sessions."""
    with store.system() as work:
        facts = work.get("session", key)
        if facts is not None and Session.read(facts).owner == username:
            work.delete("session", key)
            work.audit(_event("end-session", username))


def is_own_key(token: str, key: str) -> bool:
    """Whether the session with this key is the one that the token opens."""
    return secrets.compare_digest(_key(token), key)


def _worker(store: GraphStore, clock: Clock, key: WorkerId) -> Worker:
    scope = Scope(viewer=key, purpose=Purpose.ADMINISTRATION, as_of=clock.now().date())
    with store.directory(scope) as view:
        node = view.nodes("Worker").nodes.get(key)
    if node is None:
        raise InvalidInputError("There is no colleague %(worker)s.", worker=key)
    return Worker.from_node(node)


def _required(work: SystemWork, username: str) -> Account:
    facts = work.get("account", username.strip().casefold())
    if facts is None:
        raise InvalidInputError("There is no account %(name)s.", name=username)
    return Account.read(facts)


def _end_sessions(work: SystemWork, username: str) -> None:
    for key, _ in work.find("session", username):
        work.delete("session", key)


def _tried(work: SystemWork, now: datetime, name: str, password: str, action: str) -> bool:
    """Whether a password is right; a wrong one counts, and both are logged."""
    _require_patience(work.get("throttle", name), now)
    facts = work.get("account", name)
    right = _is_right(None if facts is None else Account.read(facts), password)
    if right:
        work.delete("throttle", name)
        work.audit(_event(action, name))
    else:
        work.put("throttle", name, _counted(work.get("throttle", name), now))
        work.audit(replace(_event(action, name), outcome="refused"))
    return right


def _is_right(account: Account | None, password: str) -> bool:
    known = _NOBODY if account is None else account.password_hash
    try:
        _HASHER.verify(known, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return account is not None and not account.disabled


def _require_patience(throttle: Properties | None, now: datetime) -> None:
    until = text(throttle, "until") if throttle else None
    left = (datetime.fromisoformat(until) - now).total_seconds() if until else 0
    if left > 0:
        raise TooManyAttemptsError(int(left) + 1)


def _counted(throttle: Properties | None, now: datetime) -> Properties:
    wrong = 1 + ((integer(throttle, "wrong") or 0) if throttle else 0)
    wait = 0 if wrong < _FREE else min(_WAIT * 2 ** (wrong - _FREE), _LONGEST_WAIT)
    return {"wrong": wrong, "until": (now + timedelta(seconds=wait)).isoformat()}


def _key(token: str) -> str:
    """Return under what a session is kept: who reads the store cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _event(action: str, actor: str, account: str | None = None) -> AuditEvent:
    return AuditEvent(
        action=action,
        actor=actor,
        purpose=Purpose.ADMINISTRATION,
        details={} if account is None else {"account": account},
    )
