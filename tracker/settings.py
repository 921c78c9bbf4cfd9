"""What a user settles once, in one TOML file: how fiscal years begin, what is soon, and the like.

Every setting has a default, and an option of the command that it is for, which wins.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from tracker.errors import BadSettings

Days = Annotated[int, Meta(ge=0, le=3650)]
Month = Annotated[int, Meta(ge=1, le=12)]


class Settings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`fiscal-year-start`: the month that a fiscal year begins with; it is named by the year it
    ends in. `soon-days`: how many days ahead is soon, and amber.
    """

    fiscal_year_start: Month = 1
    soon_days: Days = 30


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
