"""Addresses as they may be shown, and sentences as they may leave: without passwords."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from os import environ
from os.path import normpath

_STARS = "***"

# Compiled when they are used: a listing uses none.
_DATABASE = r"(?i)postgres(?:ql)?:[^\s]*"
_OTHER = r"(?<=://)([^\s/?#:@]*:)[^\s/?#]*@"
# libpq's key-value strings, and what is like them; a value may stand in single quotes.
_KEY = r"(?i)(\b\w*(?:pass|pwd|secret)\w*\s*=\s*)"
_PAIR = rf"{_KEY}('(?:[^'\\]|\\.)*'?|[^\s]+)"
_PORT = r"\d{1,5}(?=[/?,])"
_SHOWN = (
    " host hostaddr port dbname user reads options target_session_attrs load_balance_hosts "
    "application_name fallback_application_name connect_timeout client_encoding keepalives "
    "keepalives_idle keepalives_interval keepalives_count tcp_user_timeout sslmode sslcert "
    "sslrootcert sslcrl sslnegotiation gssencmode krbsrvname service channel_binding require_auth "
)
"""Of libpq's parameters those that are no secret. What is misspelt, or not known, may be one."""


def masked(url: str) -> str:
    """Return an address with a password in it as three stars; a path as it is.

    Nothing is taken for what it should be: a password typed unencoded may have any character in it.
    """
    if "://" not in url:
        return url
    return _masked(url) if re.match(_DATABASE, url) else re.sub(_OTHER, rf"\1{_STARS}@", url)


def without_passwords(sentence: str, typed: Iterable[str] | None = None) -> str:
    """Return a sentence without the passwords of addresses and parameters in it.

    `typed` are the words that were typed, by which a password with a blank in it is known.
    """
    words = [*sys.argv[1:], environ.get("TRACKER_FILE", "")] if typed is None else typed
    for word in words:
        if (shown := _word(word)) != word:
            # As a path it may have lost a stroke.
            for said in (word, normpath(word), repr(word)):
                sentence = sentence.replace(said, shown)
    if ":" in sentence:
        sentence = re.sub(_DATABASE, lambda found: _masked(found[0]), sentence)
        sentence = re.sub(_OTHER, rf"\1{_STARS}@", sentence)
    return re.sub(_PAIR, rf"\1{_STARS}", sentence) if "=" in sentence else sentence


def _word(word: str) -> str:
    if found := re.search(_DATABASE, word):
        return word[: found.start()] + _masked(word[found.start() :])
    return re.sub(rf"{_KEY}.*", rf"\1{_STARS}", word, flags=re.DOTALL) if "=" in word else word


def _masked(url: str) -> str:
    scheme, _, rest = url.partition(":")
    bare = rest.lstrip("/")
    begun = f"{scheme}:{rest[: len(rest) - len(bare)]}"
    # Up to the last @.
    user, at, place = bare.rpartition("@")
    if at and not re.search(r"\?\w+=", user):
        name, colon, _ = user.partition(":")
        name, question, _ = name.partition("?")
        hidden = f"{':' if colon else '?'}{_STARS}" if colon or question else ""
        return f"{begun}{name}{hidden}@{_with_query(place)}"
    if (bracket := bare.find("]")) > 0 and bare.startswith("["):
        begun, bare = f"{begun}{bare[: bracket + 1]}", bare[bracket + 1 :]
    name, colon, after = bare.partition(":")
    if colon and "?" not in name and not re.match(_PORT, after):
        return f"{begun}{name}:{_STARS}"
    return f"{begun}{_with_query(bare)}"


def _with_query(place: str) -> str:
    place, question, query = place.partition("?")
    return place + question + "&".join(map(_shown, query.split("&")))


def _shown(part: str) -> str:
    key, equals, value = part.partition("=")
    known = f" {key.lower()} " in _SHOWN or not part
    return f"{key}{equals}{value}" if known else f"{key}={_STARS}" if equals else _STARS
