"""A step of an office's ledger: assigned, received, reported, verified, closed; and more time."""

# Not `from __future__ import annotations`: msgspec would compile each one at every start.
from datetime import date
from typing import Self

from msgspec import Struct

from tracker.message import Message
from tracker.model.values import AliasedWords, Precision


class Stage(AliasedWords, unknown=Message("There is no stage {word!r}.")):
    """What a step says: its word, the verb of its entry, and what people call it.

    An extension that is granted moves the date, and so is a postponement.
    """

    ASSIGNED = ("assigned", "assign", "交办", "已交办")
    RECEIVED = ("received", "receive", "签收", "已签收")
    REPORTED = ("reported", "feedback", "反馈", "已反馈")
    RETURNED = ("returned", "verify", "退回", "已退回")
    VERIFIED = ("verified", "verify", "核查", "已核查")
    CLOSED = ("closed", "close", "销号", "已销号")
    EXTENSION_ASKED = ("extension-asked", "request-extension", "申请顺延")
    EXTENSION_GRANTED = ("extension-granted", "postpone", "同意顺延")
    EXTENSION_REFUSED = ("extension-refused", "refuse-extension", "不同意顺延")

    verb: str

    def __new__(cls, word: str, verb: str, *called: str) -> Self:
        stage = cls._made(word, called)
        stage.verb = verb
        return stage

    @property
    def message(self) -> Message:
        """Its word as people read it."""
        return Message(self.value.replace("-", " "))

    @property
    def is_of_cycle(self) -> bool:
        """Whether it leads from assignment to closing."""
        return not self.startswith("extension")


class OfficeStep(Struct, frozen=True, omit_defaults=True):
    """Who took which step, "" if nobody says.

    One that asks for more time names the date asked for; one that grants or refuses it `answers`
    that entry, by its digest.
    """

    stage: Stage
    party: str = ""
    answers: str = ""
    until: date | None = None
    precision: Precision = Precision.NONE
    phrase: str | None = None
