"""Who may write where a store is kept, by the rights that the system keeps of file and folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def open_to_all(url: str) -> list[str]:
    """The file of a store and its folder, where everybody on the machine may write them.

    A folder counts in which everybody may put another file in the store's place; one with the
    sticky bit, such as /tmp, does not. A store that is no file has none, and where there are no
    such rights (Windows) nothing is known.
    """
    if "://" in url or os.name != "posix":
        return []
    file = Path(url).expanduser()
    target = file.resolve()
    found = [file] if target.stat().st_mode & stat.S_IWOTH else []
    # A link can be put in another's place as the file itself can.
    folders = dict.fromkeys((file.absolute().parent, target.parent))
    return [str(path) for path in (*found, *filter(_takes_any_file, folders))]


def _takes_any_file(folder: Path) -> bool:
    mode = folder.stat().st_mode
    return bool(mode & stat.S_IWOTH and not mode & stat.S_ISVTX)
