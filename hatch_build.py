"""What an installation has that is made: catalogues for gettext (.mo of .po), and man pages."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from struct import unpack_from
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = Path(__file__).parent / "tracker" / "locale"
OF_CLICK = "click/"
"""Where the sentences are said that click says, which stand in a file of their own."""


def compile_catalogues() -> None:
    for source in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        for name, of_click in (("click", True), ("tracker", False)):
            draft = source.with_name(f"{name}.mo.new")
            draft.write_bytes(compiled(catalogue, of_click=of_click))
            draft.replace(source.with_name(f"{name}.mo"))


def compiled(catalogue: Catalog, *, of_click: bool) -> bytes:
    """The catalogue in order of the bytes, by which a sentence is searched; Babel's is another."""
    part = Catalog(locale=catalogue.locale)
    for message in catalogue:
        said = {where.startswith(OF_CLICK) for where, _ in message.locations} or {False}
        if message.id and of_click in said:
            part.add(message.id, message.string, context=message.context)
    out = BytesIO()
    write_mo(out, part)
    content = out.getvalue()
    count, *tables = unpack_from("=3I", content, 8)
    places = [[content[at + 8 * n :][:8] for n in range(count)] for at in tables]

    def sentence(row: tuple[bytes, ...]) -> bytes:
        length, at = unpack_from("=2I", row[0])
        return content[at : at + length]

    rows = sorted(zip(*places, strict=True), key=sentence)
    for at, column in zip(tables, zip(*rows, strict=True), strict=True):
        content = content[:at] + b"".join(column) + content[at + 8 * count :]
    return content


class Compiling(BuildHookInterface[Any]):
    """The build hook."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues()
        if self.target_name == "wheel" and version == "standard":
            sys.path.insert(0, self.root)
            from tracker.cli.man import write

            pages = write(Path(self.directory) / "man")
            site = Path(self.root) / "build" / "site"
            if site.is_dir():
                build_data["shared_data"][str(site)] = "share/doc/milestone-tracker/site"
            build_data["shared_data"] |= {str(p): f"share/man/man1/{p.name}" for p in pages}
