"""Who may read what: everybody the public root, or the holder of a token what it is for."""

from __future__ import annotations

import re

from tracker.store.masking import without_passwords
from tracker.subscribe.places import UUID
from tracker.subscribe.server.current import FeedRequest, Scope
from tracker.subscribe.site import PAGE, ROBOTS
from tracker.subscribe.tokens import Tokens

PREFIX = "/t/"

_SECRET = re.compile(rf"(?<![\w-])(?!{UUID.pattern}(?![\w-]))[\w-]{{20,}}", re.ASCII)
"""What may be a token, and is no uid of a promise."""


class Gate:
    """`is_open` says whether the public root may be read without a token.

    `loopback` is whether none but this computer can get here, neither directly nor by a proxy.
    """

    def __init__(self, tokens: Tokens, *, public: bool, loopback: bool) -> None:
        self._public = public
        self._loopback = loopback
        self.is_open = False
        self._had_tokens = False
        self.take(tokens)

    def take(self, tokens: Tokens) -> None:
        """Let these in from now on. A root that was closed for tokens' sake stays closed."""
        self._tokens = tokens
        self._had_tokens |= tokens.used
        self.is_open = self._public or (self._loopback and not self._had_tokens)

    @property
    def scopes(self) -> set[Scope]:
        """All that may be asked for."""
        return {None, *(token.scope for token in self._tokens.tokens)}

    def asked(self, path: str) -> FeedRequest | None:
        """What is asked for at a path; None where there is nothing, or nothing for this reader."""
        if not path.startswith(PREFIX):
            below = _below(path[1:])
            return FeedRequest(None, below) if self.is_open or below == ROBOTS else None
        secret, slash, below = path[len(PREFIX) :].partition("/")
        holder = self._tokens.holder(secret)
        if holder is None or not slash:
            return None
        below = _below(below)
        is_front = below.rpartition("/")[2] == PAGE
        return FeedRequest(holder.scope, below, secret if is_front else "")

    def is_holder(self, path: str) -> bool:
        """Whether a path is a token's root without its slash."""
        secret = path.removeprefix(PREFIX)
        return secret != path and self._tokens.holder(secret) is not None


def _below(path: str) -> str:
    """What a path below a root names: in a folder it is its page."""
    return path + PAGE if not path or path.endswith("/") else path


def masked(path: str) -> str:
    """A path as it may stand in a log: without what is a token, or may be a mistyped one."""
    if path.startswith(PREFIX):
        _, slash, below = path[len(PREFIX) :].partition("/")
        path = f"{PREFIX}***{slash}{below}"
    return without_passwords(_SECRET.sub("***", path), ())
