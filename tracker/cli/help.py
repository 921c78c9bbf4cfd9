"""`--help` in the reader's language: what click prints, paragraph by paragraph."""

from __future__ import annotations

import inspect


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a command's help, each on one line but where its lines are kept."""
    parts = inspect.cleandoc(text).split("\n\n")
    return [part if part.startswith("\b") else " ".join(part.split()) for part in parts if part]
