"""What somebody found of a promise, apart from what the responsible body reports of it."""

# Not `from __future__ import annotations`: msgspec would compile each one at every start.
from msgspec import Struct

from tracker.message import Message
from tracker.model.values import AliasedWords


class Role(AliasedWords, unknown=Message("There is no role {word!r}.")):
    """As what an assessor speaks, the one whose word weighs most first."""

    AUDITOR = ("auditor", "审计", "核查单位")
    PRESS = ("press", "媒体")
    PUBLIC = ("public", "公众", "社会")
    BODY = ("body", "责任单位", "本单位")


class Verdict(AliasedWords, unknown=Message("There is no verdict {word!r}.")):
    """What became of it, as somebody found it."""

    KEPT = ("kept", "已兑现", "兑现")
    PARTLY = ("partly", "部分兑现")
    NOT_KEPT = ("not-kept", "未兑现", "broken")
    IN_PROGRESS = ("in-progress", "推进中", "进行中")
    CANNOT_TELL = ("cannot-tell", "无法判断", "unknown")

    @property
    def is_final(self) -> bool:
        """Whether it says how the promise came out."""
        return self in (Verdict.KEPT, Verdict.PARTLY, Verdict.NOT_KEPT)


class Assessment(Struct, frozen=True, omit_defaults=True):
    """Who found what. `disputes` is the digest of the assessment that this one contradicts."""

    assessor: str
    role: Role
    verdict: Verdict
    disputes: str = ""
