"""Who may do what with a store, by the rights that the system keeps of file and folder."""

from __future__ import annotations

import errno
import os
import stat
import struct
from pathlib import Path
from shlex import quote

from tracker.errors import StoreFailed
from tracker.message import Message
from tracker.store import file_path

_LIST = "system.posix_acl_access"
"""The attribute in which Linux keeps a file's access list (acl(5))."""
_HEAD = 4
"""Bytes before its entries."""


_SHARING = Message(
    "Share it through a group that both of you are in: its owner types "
    "chgrp GROUP {quote} && chmod g+rw {quote}"
)


def refuse_unwritable(name: str, found: os.stat_result, may_write: bool) -> None:
    """Raise StoreFailed for a file that its rights keep from being changed.

    A rename would replace it all the same: that asks for the rights of the folder alone, and root
    passes every check.
    """
    if not found.st_mode & 0o222:
        raise StoreFailed(
            "{name} cannot be written: permission denied, since it is read-only. Nothing "
            "was changed.",
            "`chmod u+w {quote}` makes it writable.",
            name=name,
            quote=quote(name),
        )
    if not may_write:
        raise StoreFailed(
            "{name} cannot be written: permission denied, since it belongs to {user} and "
            "its rights are {s_imode:o}. Nothing was changed.",
            "Its owner lets the members of its group {group} write with `chmod g+w {quote}`."
            if found.st_gid in {os.getegid(), *os.getgroups()}
            else _SHARING,
            name=name,
            user=_user(found.st_uid),
            s_imode=stat.S_IMODE(found.st_mode),
            group=_group(found.st_gid),
            quote=quote(name),
        )


def carry_over(name: str, file: int | Path, draft: int) -> None:
    """Give a draft the owner, group, mode and access list of the file that it will replace.

    Or a folder those of the file that goes with it, to enter for whoever may read. Only root keeps
    the owner of another's file; that is no loss as long as the owner may do by the group what he
    may now. Raises StoreFailed if somebody would lose or gain a right.
    """
    if os.name != "posix":
        return
    kept, made = _found(file), os.fstat(draft)
    listed = _access_list(file)
    if made.st_gid != kept.st_gid:
        try:
            os.fchown(draft, -1, kept.st_gid)
        except PermissionError:
            group = _group(kept.st_gid)
            raise StoreFailed(
                "{name} is shared by its group {group}, of which you are no member, and a "
                "change of yours would lock its members out. Nothing was changed.",
                "Join the group, or let its owner give it to one that you share: chgrp "
                "GROUP {quote}",
                name=name,
                group=group,
                quote=quote(name),
            ) from None
    if made.st_uid != kept.st_uid:
        try:
            os.fchown(draft, kept.st_uid, -1)
        except PermissionError:
            if listed or not _owner_loses_nothing(kept):
                raise StoreFailed(
                    "{name} belongs to {user}, who would lose rights to it by a change of "
                    "yours. Nothing was changed.",
                    _SHARING,
                    name=name,
                    user=_user(kept.st_uid),
                    quote=quote(name),
                ) from None
    mode = stat.S_IMODE(kept.st_mode)
    if stat.S_ISDIR(made.st_mode):
        mode, listed = _entering(mode), listed and _entered(listed)
    _set_access_list(draft, listed)
    os.fchmod(draft, mode)


def _found(file: int | Path) -> os.stat_result:
    return os.fstat(file) if isinstance(file, int) else file.stat()


def _owner_loses_nothing(kept: os.stat_result) -> bool:
    """Whether who shares it with a group may do no more as its owner than as one of the group."""
    owner, group = kept.st_mode >> 6 & 0o7, kept.st_mode >> 3 & 0o7
    return not owner & ~group


def _entering(mode: int) -> int:
    """The mode of a folder for a file's."""
    return mode & 0o666 | (mode & 0o444) >> 2


def _entered(listed: bytes) -> bytes:
    """The access list of a folder for a file's: its entries are a kind, a mode and an id."""
    entries = struct.iter_unpack("<HHI", listed[_HEAD:])
    return listed[:_HEAD] + b"".join(
        struct.pack("<HHI", kind, _entering(mode), id) for kind, mode, id in entries
    )


def _access_list(file: int | Path) -> bytes | None:
    if not hasattr(os, "getxattr"):
        return None
    try:
        return os.getxattr(file, _LIST)
    except OSError as error:
        if error.errno in (errno.ENODATA, errno.ENOTSUP):
            return None
        raise


def _set_access_list(draft: int, listed: bytes | None) -> None:
    """The folder may have given the draft a list of its own (acl(5), "default ACL")."""
    if listed is not None:
        os.setxattr(draft, _LIST, listed)
    elif _access_list(draft) is not None:
        os.removexattr(draft, _LIST)


def _user(id: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(id).pw_name
    except KeyError:
        return Message("the user {id}", id=id)


def _group(id: int) -> str:
    import grp

    try:
        return grp.getgrgid(id).gr_name
    except KeyError:
        return str(id)


def open_to_all(url: str) -> list[str]:
    """The file of a store and its folder, where everybody on the machine may write them.

    A folder counts in which everybody may put another file in the store's place; one with the
    sticky bit, such as /tmp, does not. A store that is no file has none, and where there are no
    such rights (Windows) nothing is known.
    """
    if "://" in url or os.name != "posix":
        return []
    file = Path(file_path(url))
    target = file.resolve()
    found = [file] if target.stat().st_mode & stat.S_IWOTH else []
    # A link can be put in another's place as the file itself can.
    folders = dict.fromkeys((file.absolute().parent, target.parent))
    return [str(path) for path in (*found, *filter(_takes_any_file, folders))]


def _takes_any_file(folder: Path) -> bool:
    mode = folder.stat().st_mode
    return bool(mode & stat.S_IWOTH and not mode & stat.S_ISVTX)


def refuse_stranger(path: str, store: str) -> None:
    """Raise StoreFailed if a file that goes with a store nobody named is another's, as git does.

    Anybody may put one above the folder that somebody stands in, such as in /tmp, or a link there
    to what is theirs; root may lay one. Who became root by sudo is still who they were.
    """
    user, sudo = os.geteuid(), os.environ.get("SUDO_UID", "")
    own = {user, int(sudo)} if user == 0 and sudo.isdecimal() else {user}
    owner, layer = Path(path).stat().st_uid, Path(path).lstat().st_uid
    if owner in own and layer in own | {0}:
        return
    owner = layer if owner in own else owner
    raise StoreFailed(
        "{path} was found above this folder or in it and belongs to {user}, so it is not "
        "used unasked.",
        "If you trust it, name the store: --file {quote}, or TRACKER_FILE.",
        path=path,
        user=_user(owner),
        quote=quote(store),
    )
