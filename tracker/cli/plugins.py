"""Importers and exporters of other packages: found by name, and loaded only when they are used."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from itertools import islice
from typing import TYPE_CHECKING, Any

import click
import msgspec

from tracker.cli.app import Commands, language_of
from tracker.errors import PluginFailed
from tracker.limits import ITEMS
from tracker.message import ForeignText, Message
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

    def made(self, point: EntryPoint, about: str) -> click.Command:
        """Return the command of an entry point."""
        raise NotImplementedError

    def list_commands(self, ctx: click.Context) -> list[str]:
        own = super().list_commands(ctx)
        return [*own, *sorted(self.plugins().keys() - self.commands.keys())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None or not (found := self.plugins().get(cmd_name)):
            return own
        lang = language_of(ctx)
        packages = tuple(sorted(map(_package, found)))
        if len(packages) > 1:
            about = lang.text("By more than one package: {packages}.", packages=packages)
            command = _ambiguous(cmd_name, packages, about)
        else:
            # Its own words would have to be loaded.
            about = lang.text("By the package {package}.", package=packages[0])
            command = self.made(found[0], about)
        root = ctx.find_root().command
        return root.prepare(command) if isinstance(root, Commands) and root.prepare else command

    def plugins(self) -> dict[str, list[EntryPoint]]:
        """Those there are, by what is typed: more than one if packages call theirs alike."""
        from importlib.metadata import entry_points

        found: dict[str, list[EntryPoint]] = {}
        for point in entry_points(group=self.points):
            if clean(point.name) == point.name and not point.name.startswith("-"):
                found.setdefault(point.name, []).append(point)
        return found


def _ambiguous(name: str, packages: tuple[str, ...], about: str) -> click.Command:
    """A command that says that it cannot be told which of them is meant."""

    @click.command(name, help=about, context_settings={"ignore_unknown_options": True})
    @click.argument("words", nargs=-1, type=click.UNPROCESSED, expose_value=False)
    def refuse() -> None:
        raise PluginFailed(
            "More than one package has a plugin {name}: {packages}.",
            "Nothing was changed. Uninstall all but one of them.",
            name=name,
            packages=packages,
        )

    return refuse


def _package(point: EntryPoint) -> str:
    return clean(point.dist.name) if point.dist else "?"


def imported_items(
    point: EntryPoint, data: bytes, path: str
) -> Iterator[tuple[Message, Mapping[str, Any]]]:
    """What an importer makes of a file: where each is from, and its fields. Raises PluginFailed."""
    with _failing(point):
        found: Iterable[Any] = point.load()(data, path)
        every = list(islice(found, ITEMS + 1))
        if not all(isinstance(item, Mapping) for item in every):
            raise _failed(point, Message("it gives something else than mappings"))
        items = [msgspec.to_builtins(dict(item), str_keys=True) for item in every]
    for n, item in enumerate(items, 1):
        yield (
            Message("{path}, item {n} of the plugin {name}", path=path, n=n, name=point.name),
            item,
        )


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
    """Run another's code: whatever becomes of it is one sentence, and what it prints no result."""
    try:
        with redirect_stdout(sys.stderr):
            yield
    except PluginFailed:
        raise
    except (Exception, SystemExit) as error:
        said = [type(error).__name__, *filter(None, [str(error)[:200]])]
        raise _failed(point, ForeignText(", ".join(said))) from None


def _failed(point: EntryPoint, reason: Message) -> PluginFailed:
    return PluginFailed(
        "The plugin {name} of the package {package} failed: {reason}.",
        "Nothing was changed. Tell whoever makes it, or uninstall it.",
        name=point.name,
        package=_package(point),
        reason=reason,
    )
