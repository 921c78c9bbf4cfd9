"""Tokens: who may read a private feed, and what. Only the hash of each is kept.

A token is the part of an address that cannot be guessed: 32 random bytes in 43 characters. What
is kept tells nobody how to read, and whoever reads the file of tokens reads no feed with it.
"""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from secrets import token_urlsafe
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from tracker.errors import (
    BadInput,
    BadValue,
    StoreLocked,
    TokenExists,
    UnknownToken,
    library_reason,
    system_reason,
)
from tracker.message import Message
from tracker.model import Milestone
from tracker.store.lock import held_folder
from tracker.store.whole_file import held_for, whole_bytes, write_file
from tracker.texts import folded

LONGEST_NAME = 200


class Token(Struct, frozen=True, forbid_unknown_fields=True):
    """One reader: the name is ours, for `list` and `revoke`; no `owners` means every milestone."""

    name: str
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    made_at: datetime
    owners: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.name.isprintable() or len(self.name) > LONGEST_NAME:
            raise BadValue(
                "{name!r} cannot name a token.",
                "Give visible characters on one line, {longest_name} at most.",
                name=self.name[:60],
                longest_name=LONGEST_NAME,
            )

    @property
    def scope(self) -> frozenset[str]:
        """The owners as they are compared; tokens of one scope see the same."""
        return frozenset(map(folded, self.owners))


def sees(scope: frozenset[str], m: Milestone) -> bool:
    """Whether a milestone is within a scope: by its responsible body or a supporting one."""
    return not scope or any(folded(name) in scope for name in (m.owner, *m.supporting) if name)


class Tokens(Struct, frozen=True, forbid_unknown_fields=True):
    """All tokens, in the order in which they were made.

    `used` is whether there ever was one: what was closed for tokens' sake stays closed without any.
    """

    version: int = 1
    tokens: tuple[Token, ...] = ()
    used: bool = False

    def added(self, token: Token) -> Tokens:
        """These and one more. Raises TokenExists."""
        if any(folded(token.name) == folded(known.name) for known in self.tokens):
            raise TokenExists(
                "There is a token {name!r} already.",
                "Choose another name, or revoke that one first.",
                name=token.name,
            )
        return replace(self, tokens=(*self.tokens, token), used=True)

    def without(self, name: str) -> Tokens:
        """These but one. Raises UnknownToken with the nearest name."""
        kept = tuple(token for token in self.tokens if folded(token.name) != folded(name))
        if len(kept) == len(self.tokens):
            from difflib import get_close_matches

            near = get_close_matches(name, [token.name for token in self.tokens], n=1)
            raise UnknownToken(
                "There is no token {name!r}.",
                "Did you mean {near!r}?" if near else "`tracker token list` shows them.",
                name=name,
                near="".join(near),
            )
        return replace(self, tokens=kept)

    def holder(self, secret: str) -> Token | None:
        """Whose secret that is. Takes as long for any that is nobody's, however near it comes."""
        given = digest(secret)
        found = None
        for token in self.tokens:
            if compare_digest(token.sha256, given):
                found = token
        return found


def new_secret() -> str:
    return token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret. It is random, so that no salt or slow hash would add anything."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def loads(content: bytes, name: str) -> Tokens:
    """Read a file of tokens. Raises BadInput with `name` and the fault."""
    try:
        tokens = msgspec.json.decode(content.removeprefix(BOM_UTF8), type=Tokens)
    except (msgspec.DecodeError, UnicodeDecodeError, BadValue) as error:
        raise BadInput(
            "{name} is no file of tokens: {error}.",
            "Put back the one that was, or delete it and make new tokens.",
            name=name,
            error=library_reason(error),
        ) from None
    if tokens.version != 1:
        raise BadInput("{name} was written by a newer tracker.", "Update tracker.", name=name)
    # The file was made for a token.
    return replace(tokens, used=True)


def dumps(tokens: Tokens) -> bytes:
    return msgspec.json.format(msgspec.json.encode(tokens), indent=2) + b"\n"


def resolved(names: Iterable[str], milestones: Iterable[Milestone]) -> tuple[str, ...]:
    """The owners that are meant, in full: a name, a translation, or a part that only one has.

    In full, since what a token may see must not grow when another name with that part in it comes.
    Raises BadValue for a part that none or several have.
    """
    known: dict[str, set[str]] = {}
    for m in milestones:
        for name in filter(None, (m.owner, *m.supporting)):
            known.setdefault(folded(name), set()).add(name)
        translated = (w.owner for w in m.translations.values() if m.owner)
        for name in filter(None, translated):
            known.setdefault(folded(name), set()).add(m.owner or "")
    return tuple(dict.fromkeys(_resolved(name, known) for name in names))


def _resolved(name: str, known: dict[str, set[str]]) -> str:
    part = folded(name)
    meant = known.get(part) or {full for key, some in known.items() if part in key for full in some}
    owners = {folded(full): full for full in sorted(meant)}
    if len(owners) == 1:
        return next(iter(owners.values()))
    if not owners:
        raise BadValue(
            "No milestone has an owner {name!r}.",
            "`tracker report scorecard` names them all.",
            name=name,
        )
    some = ", ".join(sorted(owners.values())[:5])
    raise BadValue(
        "{name!r} may mean {count} owners.",
        "Give one in full: {some}.",
        name=name,
        count=len(owners),
        some=some,
    )


_PATIENCE = 10
"""Seconds that a change of the tokens waits for another."""


class TokenFile(NamedTuple):
    """The file that the tokens are kept in."""

    path: Path

    def read(self) -> Tokens:
        """The tokens, none if there is no file. Raises BadInput."""
        try:
            return loads(whole_bytes(self.path), str(self.path))
        except FileNotFoundError:
            return Tokens()
        except OSError as error:
            raise BadInput(
                "{path} cannot be read: {reason}.",
                "Make it readable.",
                path=self.path,
                reason=system_reason(error),
            ) from None

    def change(self, change: Callable[[Tokens], Tokens]) -> None:
        """Put others in their place, while nobody else does. Raises StoreLocked, OutputFailed."""
        unchanged = Message(
            "No token was changed; make that place writable, or name another file with --tokens."
        )
        busy = StoreLocked(
            "Another process has held {path} for {patience} seconds; nothing was changed.",
            "Try again, or end that process.",
            path=self.path,
            patience=_PATIENCE,
        )
        target = Path(os.path.realpath(self.path))
        lock = held_folder(str(target.parent), f"{target.name}.lock", _PATIENCE)
        with held_for(self.path, lock, busy, unchanged):
            write_file(self.path, dumps(change(self.read())), unchanged, mode=0o600)
