"""Faults that are nobody's bug: somebody else holds the database for too long, or the disk is full."""

from __future__ import annotations

import errno
import sqlite3
from enum import Enum, auto

from sqlalchemy.exc import DataError, DBAPIError

PRIMARY_CODE = 0xFF  # of SQLite's extended result codes


class Fault(Enum):
    LOCKED = auto()
    FULL = auto()
    NOWHERE = auto()  # what no column can hold, and so the address of nothing


ON_SQLITE = {sqlite3.SQLITE_BUSY: Fault.LOCKED, sqlite3.SQLITE_FULL: Fault.FULL}
ON_POSTGRESQL = {  # Appendix A of its manual
    "55P03": Fault.LOCKED,  # lock_not_available
    "40P01": Fault.LOCKED,  # deadlock_detected
    "53100": Fault.FULL,  # disk_full
    "22003": Fault.NOWHERE,  # numeric_value_out_of_range
}


def of(error: BaseException) -> Fault | None:
    """Which of these faults ``error`` tells of, if any."""
    if isinstance(error, OSError):
        return Fault.FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else None
    if not isinstance(error, DBAPIError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        return ON_SQLITE.get(getattr(error.orig, "sqlite_errorcode", 0) & PRIMARY_CODE)
    if isinstance(error, DataError) and getattr(error.orig, "sqlstate", None) is None:
        return Fault.NOWHERE  # text with a NUL, which PostgreSQL's driver does not even send
    return ON_POSTGRESQL.get(getattr(error.orig, "sqlstate", None) or "")
