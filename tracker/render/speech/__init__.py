"""The words of pictures and pages, in English and Chinese: everything but the milestones' own."""

from __future__ import annotations

from tracker.render.speech.base import Speech
from tracker.render.speech.chinese import CHINESE
from tracker.render.speech.english import ENGLISH

__all__ = ["CHINESE", "ENGLISH", "Speech", "speech"]


def speech(lang: str | None) -> Speech:
    """Return Chinese for `zh` in any form, and English for every other language and none."""
    primary = (lang or "").replace("_", "-").partition("-")[0].lower()
    return CHINESE if primary == "zh" else ENGLISH
