"""Where stores and settings are that nobody named: from here upward, or the user's own."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal

from tracker.errors import StoreFailed, StoreMissing

if TYPE_CHECKING:
    from pathlib import Path

STORE_NAME = "milestones.json"
SETTINGS_NAME = "tracker.toml"


def nearest_store() -> str | None:
    """The store in this folder or the nearest above it. Raises StoreFailed for another user's."""
    try:
        here = folder = os.getcwd()
    except FileNotFoundError:
        raise StoreMissing(
            "The folder that you are in was deleted.",
            "Go to another, or name a store in full with --file.",
        ) from None
    if (holds := _first_upward(folder)) is None:
        return None
    folder = holds
    # A path from here, as a person would type it, as long as it is short.
    found = STORE_NAME if folder == here else os.path.join(folder, STORE_NAME)
    refuse_stranger(found, found)
    return found


def _first_upward(folder: str) -> str | None:
    """The folder, or the nearest above it, that holds a store."""
    while not os.path.exists(os.path.join(folder, STORE_NAME)):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def store_above(path: str) -> str | None:
    """The store that commands beside a new one used before it was there."""
    above = _first_upward(os.path.dirname(os.path.dirname(os.path.abspath(path))))
    return above and os.path.join(above, STORE_NAME)


def refuse_stranger(path: str, store: str) -> None:
    """Raise StoreFailed for a file that is another user's; one that is not there is nobody's."""
    try:
        owners = {os.stat(path).st_uid, os.lstat(path).st_uid}
    except OSError:
        return
    if os.name == "posix" and owners != {os.geteuid()}:
        from tracker.store import rights

        rights.refuse_stranger(path, store)


def own_settings() -> str:
    """The settings that go with no store: the user's own."""
    if sys.platform == "linux":
        # As platformdirs has it (XDG), which takes a list longer to load than to be read.
        config = os.environ.get("XDG_CONFIG_HOME", "").strip() or os.path.expanduser("~/.config")
        return os.path.join(config, "tracker", SETTINGS_NAME)
    return str(own_folder("config") / SETTINGS_NAME)


def own_hooks() -> str | None:
    """The folder of the user's hooks: TRACKER_HOOKS, or beside the user's own settings.

    None if there is none, and within a hook. A folder beside a store is another's to fill.
    """
    from tracker.store import file_path

    named = os.environ.get("TRACKER_HOOKS")
    folder = file_path(named) if named else os.path.join(os.path.dirname(own_settings()), "hooks")
    return folder if "TRACKER_HOOK" not in os.environ and os.path.isdir(folder) else None


def own_folder(kind: Literal["config", "data", "state"]) -> Path:
    """Where the user's own files of this kind are. Raises StoreFailed for who has no home."""
    from pathlib import Path

    from platformdirs import PlatformDirs

    try:
        return Path(getattr(PlatformDirs("tracker", appauthor=False), f"user_{kind}_dir"))
    except RuntimeError:
        raise StoreFailed(
            "Where your {kind} files are is not known, for nothing says where your home is.",
            "Set HOME, or XDG_{variable}_HOME.",
            kind=kind,
            variable=kind.upper(),
        ) from None


def is_same(one: str, other: str) -> bool:
    """Whether two words name one store, as far as they can be told apart by reading them."""
    return one == other or os.path.normpath(one) == os.path.normpath(other)
