"""What each role of a clinic may do; views ask for a right and never for a role."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from appeals.models import Role


class Right(StrEnum):
    """One thing that a member may or may not do."""

    SEE = "see"
    WRITE = "write"
    SIGN = "sign"
    EXPORT = "export"
    MANAGE = "manage"
    DELETE = "delete"
    SEE_LOG = "see_log"


EVERYBODY = frozenset({Right.SEE, Right.WRITE})
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.FRONT_DESK: EVERYBODY,
        Role.BILLER: EVERYBODY | {Right.EXPORT},
        Role.CLINICIAN: EVERYBODY | {Right.EXPORT, Right.SIGN},
        Role.ADMIN: EVERYBODY | {Right.EXPORT, Right.MANAGE, Right.DELETE, Right.SEE_LOG},
    }
)
MEANING: Mapping[Role, str] = MappingProxyType(
    {
        Role.FRONT_DESK: "sees and writes cases",
        Role.BILLER: "also exports records and figures",
        Role.CLINICIAN: "also signs letters",
        Role.ADMIN: "exports, manages people and the clinic, deletes records, sees the access log",
    }
)


def may(role: str, right: Right) -> bool:
    """Whether a member in this role has the right.

    >>> may("clinician", Right.SIGN), may("admin", Right.SIGN)
    (True, False)
    """
    return right in RIGHTS[Role(role)]
