"""Who may do what, and on whose behalf somebody looks.

Source of the table: docs/SECURITY; roles follow Dutch practice of social teams.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from netwerk.domain.errors import NotAllowedError
from netwerk.domain.ids import NodeId, PersonId, WorkerId

OPERATOR: Final = WorkerId(NodeId("(operator)"))
"""Who acts on the command line, with the rights of whoever can read the store's file."""


class Role(StrEnum):
    """What a colleague is in the organization."""

    WORKER = "worker"
    COORDINATOR = "coordinator"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"


class Permission(StrEnum):
    """One act on one kind of thing, as `resource:action`."""

    DIRECTORY_READ = "directory:read"
    DIRECTORY_PROPOSE = "directory:propose"
    DIRECTORY_EDIT = "directory:edit"
    DIRECTORY_EXPORT = "directory:export"
    ACQUAINTANCE_EDIT = "acquaintance:edit"
    VOLUNTEER_READ = "volunteer:read"
    VOLUNTEER_EDIT = "volunteer:edit"
    KNOWLEDGE_EDIT = "knowledge:edit"
    NETWORK_READ = "network:read"
    NETWORK_EDIT = "network:edit"
    REVIEW_READ = "review:read"
    REVIEW_EDIT = "review:edit"
    REPORT_READ = "report:read"
    REPORT_READ_ALL = "report:read_all"
    LEARNING_EDIT = "learning:edit"
    STORY_READ = "story:read"
    STORY_WITHDRAW = "story:withdraw"
    ACCOUNT_OWN = "account:own"
    ACCOUNT_EDIT = "account:edit"
    AUDIT_READ = "audit:read"
    SUBJECT_READ = "subject:read"
    SUBJECT_EXPORT = "subject:export"
    SUBJECT_ERASE = "subject:erase"


_COLLEAGUE = frozenset({Permission.ACCOUNT_OWN})

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.WORKER: _COLLEAGUE
    | {
        Permission.DIRECTORY_READ,
        Permission.DIRECTORY_PROPOSE,
        Permission.ACQUAINTANCE_EDIT,
        Permission.KNOWLEDGE_EDIT,
        Permission.VOLUNTEER_READ,
        Permission.NETWORK_READ,
        Permission.NETWORK_EDIT,
        Permission.REVIEW_READ,
        Permission.REVIEW_EDIT,
        Permission.STORY_READ,
        Permission.REPORT_READ,
    },
    Role.COORDINATOR: _COLLEAGUE
    | {
        Permission.DIRECTORY_READ,
        Permission.DIRECTORY_EDIT,
        Permission.DIRECTORY_EXPORT,
        Permission.ACQUAINTANCE_EDIT,
        Permission.VOLUNTEER_READ,
        Permission.VOLUNTEER_EDIT,
        Permission.LEARNING_EDIT,
        Permission.STORY_READ,
        Permission.STORY_WITHDRAW,
        Permission.REPORT_READ,
        Permission.REPORT_READ_ALL,
    },
    Role.REVIEWER: _COLLEAGUE
    | {Permission.DIRECTORY_READ, Permission.REVIEW_READ, Permission.REPORT_READ},
    Role.ADMINISTRATOR: _COLLEAGUE | {Permission.ACCOUNT_EDIT},
    Role.PRIVACY_OFFICER: _COLLEAGUE
    | {
        Permission.AUDIT_READ,
        Permission.SUBJECT_READ,
        Permission.SUBJECT_EXPORT,
        Permission.SUBJECT_ERASE,
        Permission.REPORT_READ,
        Permission.REPORT_READ_ALL,
    },
}


class Purpose(StrEnum):
    """Why personal data is looked at (doel)."""

    SUPPORT = "support"
    DIRECTORY = "directory"
    ADMINISTRATION = "administration"
    OVERSIGHT = "oversight"
    DATA_SUBJECT = "data_subject"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Who looks, why, at whom, and on which day. Nothing is read without one."""

    viewer: WorkerId
    purpose: Purpose
    as_of: date
    subject: PersonId | None = None

    @property
    def beside(self) -> str:
        """Under which the viewer keeps something beside the subject's file."""
        return f"{self.subject}/{self.viewer}"


def require(role: Role, permission: Permission) -> None:
    """Refuse a role that does not hold the permission."""
    if permission not in PERMISSIONS[role]:
        raise NotAllowedError
