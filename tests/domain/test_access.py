"""Who may what: the table of the law, role by role."""

import pytest

from netwerk.domain.access import PERMISSIONS, Permission, Role, require
from netwerk.domain.errors import NotAllowedError

FILES = {Permission.NETWORK_READ, Permission.NETWORK_EDIT}


def test_only_a_worker_opens_files() -> None:
    assert {role for role in Role if FILES & PERMISSIONS[role]} == {Role.WORKER}


def test_who_keeps_accounts_or_reads_the_log_sees_nothing_else() -> None:
    own = {Permission.ACCOUNT_OWN}
    assert PERMISSIONS[Role.ADMINISTRATOR] == own | {Permission.ACCOUNT_EDIT}
    of_rights = {Permission.SUBJECT_READ, Permission.SUBJECT_EXPORT, Permission.SUBJECT_ERASE}
    counts = {Permission.REPORT_READ, Permission.REPORT_READ_ALL}
    assert PERMISSIONS[Role.PRIVACY_OFFICER] == own | of_rights | counts | {Permission.AUDIT_READ}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_role_is_refused_what_it_does_not_hold(role: Role, permission: Permission) -> None:
    if permission in PERMISSIONS[role]:
        require(role, permission)
        return
    with pytest.raises(NotAllowedError, match="role does not allow"):
        require(role, permission)
