"""What an installation has that is made: catalogues for gettext (.mo of .po), and man pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = Path(__file__).parent / "tracker" / "locale"
PARTS = {
    "click": ("click/",),
    "tracker": (
        "tracker/locale/",
        "tracker/model/",
        "tracker/render/table.py",
        "tracker/render/marks.py",
        "tracker/render/board.py",
    ),
    "seldom": ("",),
}
"""The files of a language, by where its sentences are said: a list reads the second alone."""


def compile_catalogues() -> None:
    for source in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        for name, places in PARTS.items():
            draft = source.with_name(f"{name}.mo.new")
            with draft.open("wb") as file:
                write_mo(file, _part(catalogue, places))
            draft.replace(source.with_name(f"{name}.mo"))


def _part(catalogue: Catalog, places: tuple[str, ...]) -> Catalog:
    part = Catalog(locale=catalogue.locale)
    for message in catalogue:
        said = [where for where, _ in message.locations]
        if not said or message.context == "column":  # from a table, or the head of one
            said.append("tracker/model/")
        if message.id and any(where.startswith(places) for where in said):
            part.add(message.id, message.string, context=message.context)
    return part


class Compiling(BuildHookInterface[Any]):
    """The build hook."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues()
        if self.target_name == "wheel" and version == "standard":
            sys.path.insert(0, self.root)
            from tracker.cli.man import write

            pages = write(Path(self.directory) / "man")
            build_data["shared_data"] |= {str(p): f"share/man/man1/{p.name}" for p in pages}
