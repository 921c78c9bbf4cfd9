"""The language of this computer, as its user has set it."""

from __future__ import annotations

import os
import sys

from tracker.locale.english import ENGLISH, English
from tracker.locale.language import Language, normal


def of_this_computer() -> Language:
    """The language of LC_ALL, LC_MESSAGES or LANG, the first that is set; on Windows the system's.

    One that nobody speaks here is English, and titles stay as they were written: it was not asked
    of the tracker.
    """
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    primary = normal(next(filter(None, variables), "") or _of_windows()).partition("-")[0]
    if primary != "zh":
        return English("en") if primary == "en" else ENGLISH
    from tracker.locale.chinese import Chinese

    return Chinese("zh")


def _of_windows() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes
    from locale import windows_locale

    return windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
