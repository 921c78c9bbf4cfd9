"""What somebody found of a promise, apart from what the responsible body reports of it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tracker.errors import BadValue


class Role(StrEnum):
    """As what an assessor speaks, the one whose word weighs most first."""

    AUDITOR = ("auditor", "审计", "核查单位")
    PRESS = ("press", "媒体")
    PUBLIC = ("public", "公众", "社会")
    BODY = ("body", "责任单位", "本单位")

    _value_: str
    called: tuple[str, ...]

    def __new__(cls, word: str, *called: str) -> Role:
        role = str.__new__(cls, word)
        role._value_ = word
        role.called = called
        return role


class Verdict(StrEnum):
    """What became of it, as somebody found it."""

    KEPT = ("kept", "已兑现", "兑现")
    PARTLY = ("partly", "部分兑现")
    NOT_KEPT = ("not-kept", "未兑现", "broken")
    IN_PROGRESS = ("in-progress", "推进中", "进行中")
    CANNOT_TELL = ("cannot-tell", "无法判断", "unknown")

    _value_: str
    called: tuple[str, ...]

    def __new__(cls, word: str, *called: str) -> Verdict:
        verdict = str.__new__(cls, word)
        verdict._value_ = word
        verdict.called = called
        return verdict

    @property
    def is_final(self) -> bool:
        """Whether it says how the promise came out."""
        return self in (Verdict.KEPT, Verdict.PARTLY, Verdict.NOT_KEPT)


def role_meant(word: str) -> Role:
    """The role that a word means, in English or Chinese. Raises BadValue."""
    for role in Role:
        if _plain(word) in (role.value, *role.called):
            return role
    raise BadValue(
        "There is no role {word!r}.", "There are: {roles}.", word=word, roles=tuple(Role)
    )


def verdict_meant(word: str) -> Verdict:
    """The verdict that a word means, in English or Chinese. Raises BadValue."""
    for verdict in Verdict:
        if _plain(word) in (verdict.value, *verdict.called):
            return verdict
    raise BadValue(
        "There is no verdict {word!r}.", "There are: {all}.", word=word, all=tuple(Verdict)
    )


def _plain(word: str) -> str:
    return word.strip().lower().replace("_", "-").replace(" ", "-")


class Assessment(Struct, frozen=True, omit_defaults=True):
    """Who found what. `disputes` is the digest of the assessment that this one contradicts."""

    assessor: str
    role: Role
    verdict: Verdict
    disputes: str = ""
