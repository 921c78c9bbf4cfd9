"""Wordings of progress and remarks by what they tell; they are data, in `wordings.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files


@cache
def wordings() -> Mapping[str, Sequence[tuple[str, str]]]:
    """By what they tell: patterns, each with words that it is for."""
    data = tomllib.loads(files(__package__).joinpath("wordings.toml").read_text("utf-8"))

    def whole(pattern: str) -> str:
        return re.sub("<([a-z]+)>", lambda part: data["parts"][part[1]], pattern)

    return {
        told: [(whole(pattern), words) for pattern, words in rows]
        for told, rows in data["tells"].items()
    }


@cache
def telling(*told: str) -> re.Pattern[str]:
    """What any of the wordings reads that tell one of these."""
    patterns = (pattern for one in told for pattern, _ in wordings()[one])
    return re.compile("|".join(patterns), re.IGNORECASE)
