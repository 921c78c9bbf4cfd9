"""What a user settles once, in one TOML file: how fiscal years begin, and the like.

Every setting has a default, and an option of the command that it is for, which wins.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from tracker.errors import BadSettings

Month = Annotated[int, Meta(ge=1, le=12)]
Days = Annotated[int, Meta(ge=0, le=36525)]


class RagSettings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """When the scorecard turns amber, in days; `five-year-days` left out is never."""

    due_soon_days: Days = 30
    slipped_days: Annotated[int, Meta(ge=1, le=36525)] = 1
    five_year_days: Days | None = None


class Settings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`fiscal-year-start` is the month a fiscal year begins with; the year it ends in names it.

    Sections are named for what they settle; each is documented at its class.
    """

    fiscal_year_start: Month = 1
    rag: RagSettings = RagSettings()


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
