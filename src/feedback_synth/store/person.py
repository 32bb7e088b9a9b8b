"""Who sits at this machine, for the log of decisions and for the message of a lock."""

from __future__ import annotations

import getpass
import sys

_NAME_DISPLAY = 3  # of GetUserNameExW: "Nguyễn Thị Lan"


def full_name() -> str:
    """The name of the person as the system knows it, else the name they log in with, else ""."""
    name = _windows_name() if sys.platform == "win32" else _unix_name()
    return name or login_name()


def login_name() -> str:
    """The name that the person logs in with, "" where the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # ImportError: Python 3.11 on Windows without USERNAME
        return ""


def _unix_name() -> str:
    if sys.platform == "win32":
        return ""
    import os
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0].strip()
    except KeyError:
        return ""


def _windows_name() -> str:
    if sys.platform == "win32":
        import ctypes

        size = ctypes.c_ulong(256)
        buffer = ctypes.create_unicode_buffer(size.value)
        if ctypes.windll.secur32.GetUserNameExW(_NAME_DISPLAY, buffer, ctypes.byref(size)):
            return buffer.value.strip()
    return ""
