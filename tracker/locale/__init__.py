"""The languages that are spoken here: whoever writes for people is handed one of them.

Each but English is a folder here: its catalogue of sentences, and if dates are to be more than
numbers, `SPOKEN`, its class of grammar.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module

from tracker.errors import BadValue
from tracker.locale.english import ENGLISH as ENGLISH
from tracker.locale.english import MONTH_NAMES as MONTH_NAMES
from tracker.locale.english import WEEKDAY_NAMES as WEEKDAY_NAMES
from tracker.locale.english import English as English
from tracker.locale.language import FOLDER
from tracker.locale.language import Language as Language
from tracker.locale.language import ends_span as ends_span
from tracker.locale.language import normal as normal


def language(asked: str | None) -> Language:
    """Return the language that is called so, in any form of its tag. Raises BadValue.

    Nothing asked for is English, with the words of milestones as they were first written.
    """
    if not asked:
        return ENGLISH
    primary = normal(asked).partition("-")[0]
    if primary in English.called:
        return English(asked)
    every = all_languages()
    spoken = next((one for one in every if primary in one.called), None)
    if spoken is None:
        raise BadValue(
            "No language is called {asked!r}.",
            "There are {languages}, and those that titles are in.",
            asked=asked,
            languages=tuple(f"{one.called[0]} ({one.own_name})" for one in every),
        )
    return spoken(asked)


def all_languages() -> list[type[Language]]:
    """The languages that are spoken here, English first."""
    return [English, *_others()]


def of_this_computer() -> Language:
    """The language of LC_ALL, LC_MESSAGES or LANG, the first that is set; on Windows the system's.

    One that nobody speaks here is English, and titles stay as they were written: it was not asked
    of the tracker.
    """
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    primary = normal(next(filter(None, variables), "") or _of_windows()).partition("-")[0]
    if primary in ("", "c", "posix", "en"):
        return English("en") if primary == "en" else ENGLISH
    return next((one(primary) for one in _others() if one.called[0] == primary), ENGLISH)


def _others() -> Iterator[type[Language]]:
    for name in sorted(os.listdir(FOLDER)):  # noqa: PTH208  # a listing is spared the import
        if "." not in name and not name.startswith("_"):
            yield _spoken_in(name)


def _spoken_in(name: str) -> type[Language]:
    if not os.path.exists(os.path.join(FOLDER, name, "__init__.py")):  # noqa: PTH110, PTH118  # the same
        from tracker.locale.plain import by_catalogue

        return by_catalogue(name)
    spoken: type[Language] = import_module(f"tracker.locale.{name}").SPOKEN
    return spoken


def _of_windows() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes
    from locale import windows_locale

    return windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
