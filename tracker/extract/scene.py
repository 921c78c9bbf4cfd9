"""What stands around one due phrase, and what the phrase can turn out to be."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Tier(StrEnum):
    """How directly the date is tied to what is promised."""

    EXPLICIT = "explicit"
    HORIZON = "horizon"
    INHERITED = "inherited"


class Shape(StrEnum):
    DEADLINE = "deadline"
    POINT = "point"
    PERIOD = "period"


class Scene(Struct, frozen=True):
    """What surrounds one phrase: the words of its sentence, and what the document is.

    `lead` and `rest` are the segment's words before and the clause's words after the phrase.
    `carried` is what the sentence said up to its last date: its "will" may hold on.
    `under` is what introduces the list in which the phrase stands: we will:, 下一步.
    `english`: no Chinese stands near the phrase, which may be all digits.
    `after` is how the next sentence begins: This will be missed.
    `plan` is set for a document of which every sentence says what is to be done.
    """

    before: str
    lead: str
    carried: str
    under: str
    phrase: str
    rest: str
    stop: str
    after: str
    made_on: date | None
    plan: bool
    english: bool
