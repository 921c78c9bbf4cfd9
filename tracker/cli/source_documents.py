"""Where the document of a source is: in its place, beside the store, or kept as evidence."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from tracker.cli.context import App
from tracker.cli.input_file import file_bytes
from tracker.errors import TrackerError
from tracker.model import Source


def place_of(app: App, source: Source) -> Path | None:
    """The file of that name; its content may be another by now."""
    places = (Path(source.file), Path(app.url).parent / source.file) if source.file else ()
    return next(filter(Path.is_file, places), None)


def original(app: App, source: Source) -> bytes | None:
    """The bytes that the source was read from, if they are anywhere."""
    if app.is_followed or source.sha256 is None:
        return None  # nor are files here looked into by another's words
    try:
        path = place_of(app, source)
        content = file_bytes(str(path)) if path is not None else b""
    except (TrackerError, OSError, ValueError):
        content = b""
    if sha256(content).hexdigest() == source.sha256:
        return content
    return app.store.exhibit(source.sha256)
