"""The digest in the words of a language, for a terminal, a messenger, a mail, or a program."""

from __future__ import annotations

from tracker.render.digest.forms import html, markdown, text
from tracker.render.digest.letter import ChangesSince, Letter, letter

__all__ = ["ChangesSince", "Letter", "html", "letter", "markdown", "text"]
