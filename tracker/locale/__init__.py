"""The languages that are spoken here: whoever writes for people is handed one of them."""

from __future__ import annotations

from tracker.errors import BadValue
from tracker.locale.computer import of_this_computer as of_this_computer
from tracker.locale.english import ENGLISH as ENGLISH
from tracker.locale.english import MONTH_NAMES as MONTH_NAMES
from tracker.locale.english import English as English
from tracker.locale.english import until_in_full as until_in_full
from tracker.locale.language import Language as Language
from tracker.locale.language import ends_span as ends_span
from tracker.locale.language import normal as normal
from tracker.message import Message

THERE_ARE = Message("There are en (English) and zh (中文), and those that titles are in.")


def language(asked: str | None) -> Language:
    """Return the language that is called so, in any form of its tag. Raises BadValue.

    Nothing asked for is English, with the words of milestones as they were first written.
    """
    if not asked:
        return ENGLISH
    primary = normal(asked).partition("-")[0]
    if primary in English.called:
        return English(asked)
    from tracker.locale.chinese import Chinese

    if primary in Chinese.called:
        return Chinese(asked)
    raise BadValue("No language is called {asked!r}.", THERE_ARE, asked=asked)
