"""Patterns made of lists of words, so that they can be read."""

from __future__ import annotations


def any_of(words: str) -> str:
    """One of the words, or of the groups between slashes: an underline is any white space."""
    parts = words.split("/") if "/" in words else words.split()
    return "(?:" + "|".join(part.strip().replace("_", r"\s+") for part in parts) + ")"
