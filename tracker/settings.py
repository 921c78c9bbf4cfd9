"""What a user settles once, in one TOML file: how fiscal years begin, and the like.

Every setting has a default, and an option of the command that it is for, which wins.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from tracker.errors import BadSettings

Month = Annotated[int, Meta(ge=1, le=12)]


class Settings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`fiscal-year-start` is the month a fiscal year begins with; the year it ends in names it."""

    fiscal_year_start: Month = 1


def read(text: str, name: str) -> Settings:
    """Return what a TOML text settles. Raises BadSettings with `name` and the fault."""
    import tomllib

    try:
        return msgspec.convert(tomllib.loads(text), Settings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadSettings(
            f"{name} is not understood: {str(error).rstrip('.')}.",
            "docs/settings.md lists what may be set.",
        ) from None
