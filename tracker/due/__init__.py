"""x."""

from tracker.due.finder import Mention, find
from tracker.due.phrase import Due, explain, parse

__all__ = ["Due", "Mention", "explain", "find", "parse"]
