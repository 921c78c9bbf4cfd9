"""Paths as they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class _Place(click.Path):
    """A path; none is empty, as that of a shell's variable that is not set would be."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("it is empty; . is this folder.", param, ctx)
        return super().convert(value, param, ctx)


PLACE = _Place(path_type=Path)
