"""`tracker open`: the document that a milestone stands in, or what shows that it was done."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

from tracker.actions import find
from tracker.cli.context import App
from tracker.cli.options import store_option
from tracker.cli.printing import print_result
from tracker.errors import BadValue, TrackerError
from tracker.model import Milestone
from tracker.render.text import clean
from tracker.store import file_path

_STARTS_PROGRAMS = frozenset(
    {".appimage", ".bat", ".cmd", ".com", ".command", ".desktop", ".exe", ".jar", ".js", ".lnk"}
    | {".msi", ".pif", ".ps1", ".scr", ".sh", ".terminal", ".url", ".vbs", ".webloc", ".workflow"}
)


@click.command("open")
@click.argument("id", metavar="ID")
@click.option("--evidence", "wants_evidence", is_flag=True, help="What was given last to show it.")
@click.option("--print", "prints", is_flag=True, help="Print the address instead.")
@store_option
def open_command(app: App, id: str, wants_evidence: bool, prints: bool) -> None:
    """Open the source of a milestone with the program that this computer has for it.

    Or its evidence, if it names no source. Only pages (http, https) and files that start no
    program are opened.
    """
    m = find(app.store, id)
    evidence = m.evidence[-1].evidence if m.evidence else None
    address = evidence if wants_evidence else _source(m) or evidence
    if address is None:
        raise TrackerError(
            "Milestone {id} names no address.",
            "Give one: `tracker edit {id} --source-url URL`, or --evidence of `tracker note`.",
            id=m.id,
        )
    if prints:
        print_result(app, clean(address))
        return
    if click.launch(_opened(app, m, address)):
        raise TrackerError(
            "This computer has no program that opens addresses.",
            "`tracker open {id} --print` prints it.",
            id=m.id,
        )
    app.say("Opened: {address}", address=address)


def _source(m: Milestone) -> str | None:
    return (m.source.url or m.source.file) if m.source else None


def _opened(app: App, m: Milestone, address: str) -> str:
    """The address as it is handed on. Raises BadValue for what might do something else."""
    try:
        parts = urlsplit(address)
        is_page = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        raise _refused(m, address) from None
    if not address.isprintable() or " " in address.strip():
        raise _refused(m, address)
    if is_page:
        return address
    if parts.scheme == "file" and parts.netloc in ("", "localhost"):
        return _file(app, m, unquote(parts.path))
    if parts.scheme in ("", *_DRIVES):
        return _file(app, m, address)
    raise _refused(m, address)


_DRIVES = tuple("abcdefghijklmnopqrstuvwxyz") if os.name == "nt" else ()


def _file(app: App, m: Milestone, name: str) -> str:
    """The whole path of a file, from here or from the folder of the store."""
    beside = Path(file_path(app.url)).parent if "://" not in app.url else Path()
    path = next(filter(Path.is_file, (Path(name), beside / name)), None)
    if path is None:
        hint = "It may be on another computer."
        if any(c.exhibit and c.exhibit.origin == name for c in m.history):
            hint = "Its copy is kept: `tracker evidence export {id} -o FOLDER` writes it."
        raise BadValue("There is no file {name}.", hint, name=name, id=m.id)
    path = path.resolve()
    if path.suffix.lower() in _STARTS_PROGRAMS or (os.name == "posix" and os.access(path, os.X_OK)):
        raise _refused(m, name)
    return str(path)


def _refused(m: Milestone, address: str) -> BadValue:
    return BadValue(
        "{address!r} is not opened: only pages and files that start no program are.",
        "`tracker open {id} --print` prints it.",
        id=m.id,
        address=address[:80],
    )
