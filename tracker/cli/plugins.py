"""Importers and exporters of other packages: found by name, and loaded only when they are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from tracker.errors import PluginFailed
from tracker.limits import ITEMS
from tracker.message import Message
from tracker.render.text import clean

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

IMPORTERS = "tracker.importers"
EXPORTERS = "tracker.exporters"


class PluginGroup(click.Group):
    """A group with a command more for each entry point of the group `points`.

    Where packages are is looked up only for a word that is no command of its own, and for help.
    """

    points = ""

    def made(self, point: EntryPoint) -> click.Command:
        """Return the command of an entry point."""
        raise NotImplementedError

    def list_commands(self, ctx: click.Context) -> list[str]:
        own = super().list_commands(ctx)
        return [*own, *sorted(self.plugins().keys() - self.commands.keys())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None or (found := self.plugins().get(cmd_name)) is None:
            return own
        return self.made(found)

    def plugins(self) -> dict[str, EntryPoint]:
        """Those there are, by name; of two packages with one the first that is found."""
        from importlib.metadata import entry_points

        return {point.name: point for point in reversed(entry_points(group=self.points))}


def package_of(point: EntryPoint) -> str:
    return clean(point.dist.name) if point.dist else "?"


def help_of(point: EntryPoint) -> str:
    """What the help says of it; its own words would have to be loaded."""
    return f"By the package {package_of(point)}."


def imported_items(point: EntryPoint, data: bytes, name: str) -> list[Mapping[str, Any]]:
    """What an importer makes of a file: a mapping a milestone. Raises PluginFailed."""
    with _failing(point):
        found: Iterable[Any] = point.load()(data, name)
        every = list(islice(found, ITEMS + 1))
    if not all(isinstance(item, Mapping) for item in every):
        raise _failed(point, Message("it gives something else than mappings"))
    return [dict(item) for item in every]


def exported_bytes(point: EntryPoint, *about: object) -> bytes:
    """What an exporter makes of milestones. Raises PluginFailed."""
    with _failing(point):
        content = point.load()(*about)
    if isinstance(content, str):
        return content.encode(errors="replace")
    if not isinstance(content, bytes):
        raise _failed(point, Message("it gives neither bytes nor text"))
    return content


@contextmanager
def _failing(point: EntryPoint) -> Iterator[None]:
    try:
        yield
    except (Exception, SystemExit) as error:  # whatever another's code may do
        reason = Message("{kind}, {said}", kind=type(error).__name__, said=str(error)[:200])
        raise _failed(point, reason) from None


def _failed(point: EntryPoint, reason: Message) -> PluginFailed:
    return PluginFailed(
        "The plugin {name} of the package {package} failed: {reason}.",
        "Nothing was changed. Tell whoever makes it, or uninstall it.",
        name=point.name,
        package=package_of(point),
        reason=reason,
    )
