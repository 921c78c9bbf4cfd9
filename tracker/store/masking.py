"""Addresses as they may be shown, and sentences as they may leave: without passwords."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from os import environ
from os.path import normpath

_STARS = "***"
_QUOTED = r"""(?<!\w)(["'“])((?:(?!\1)[^”\n])+)"""

# Compiled when they are used: a listing uses none.
_SCHEME = r"(?i)\b(?:postgre|pgsql|psql)[\w+]*(?:[:;：；]/*|//)"
_PORT = r"\d{1,5}(?:[/?,.\s]|$)"
_USER = rf"[^\s/?#:@]*:(?!{_PORT})"
_HIDDEN = r"[^@]{0,500}(?:@\S*)?@"
_DATABASE = rf"{_SCHEME}(?:{_USER}{_HIDDEN})?\S*[^\s\"'”.]"
"""An address of a database, however its beginning is misspelt."""
_OTHER = rf"(?<=//)({_USER}){_HIDDEN}"
# What is typed of an address without its beginning; a path says what it is by its own.
_BARE = r"((?:^|=)(?!mailto:|[/.~])[\w.%+-]*:)(?!//|\s).+@"
# libpq's key-value strings, and what is like them; a value may stand in single quotes.
_KEY = r"(?i)(\b\w*(?:pass|pwd|secret|token)\w*\s*=\s*)"
_PAIR = rf"{_KEY}('(?:[^'\\]|\\.)*'?|[^\s]+)"
_SHOWN = (
    " host hostaddr port dbname user reads options target_session_attrs load_balance_hosts "
    "application_name fallback_application_name connect_timeout client_encoding keepalives "
    "keepalives_idle keepalives_interval keepalives_count tcp_user_timeout sslmode sslcert "
    "sslrootcert sslcrl sslnegotiation gssencmode krbsrvname service channel_binding require_auth "
)
"""Of libpq's parameters those that are no secret. What is misspelt, or not known, may be one."""


def is_address(word: str) -> bool:
    """Whether a word that should be a path is an address, or what is left of one."""
    if not {":", "=", "："} & {*word} and "//" not in word:
        return False
    begun = rf"{_SCHEME}|[\w+.-]*://|//[^/]*:.*@|{_BARE}|(?i:.*\b(?:password|dbname)\s*=)"
    return re.match(begun, word, re.DOTALL) is not None


def masked(word: str) -> str:
    """Return an address with a password in it as three stars; a path as it is.

    Nothing is taken for what it should be: a password typed unencoded may have any character in it.
    """
    if found := re.search(_SCHEME, word):
        begun = word[: found.end()]
        return begun + _masked(word[found.end() :])
    word = re.sub(rf"{_KEY}.*", rf"\1{_STARS}", word, flags=re.DOTALL)
    return _without_others(re.sub(_BARE, rf"\1{_STARS}@", word, flags=re.DOTALL))


def without_passwords(sentence: str, typed: Iterable[str] | None = None) -> str:
    """Return a sentence without the passwords of addresses and parameters in it.

    `typed` are the words that were typed, by which a password with a blank in it is known.
    """
    words = [*sys.argv[1:], environ.get("TRACKER_FILE", "")] if typed is None else typed
    for word in words:
        if (shown := masked(word)) != word:
            # As a path it may have lost a stroke.
            for said in (word, normpath(word), repr(word)):
                sentence = sentence.replace(said, shown)
    # Quotes tell where a word ends too.
    sentence = re.sub(_QUOTED, lambda found: found[1] + masked(found[2]), sentence)
    if "//" in sentence or ":" in sentence:
        sentence = re.sub(_DATABASE, lambda found: masked(found[0]), sentence)
        sentence = _without_others(sentence)
    return re.sub(_PAIR, rf"\1{_STARS}", sentence) if "=" in sentence else sentence


def _without_others(text: str) -> str:
    return re.sub(_OTHER, rf"\1{_STARS}@", text)


def _masked(bare: str) -> str:
    # Up to the last @.
    user, at, place = bare.rpartition("@")
    if at and not re.search(r"\?\w+=", user):
        name, colon, _ = user.partition(":")
        name, question, _ = name.partition("?")
        hidden = f"{':' if colon else '?'}{_STARS}" if colon or question else ""
        return f"{name}{hidden}@{_with_query(place)}"
    begun = ""
    if (bracket := bare.find("]")) > 0 and bare.startswith("["):
        begun, bare = bare[: bracket + 1], bare[bracket + 1 :]
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
