"""Addresses as they may be shown, and sentences as they may leave: without passwords."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from os import environ

STARS = "***"
_QUOTED = r"""(?<!\w)(["'“])((?:(?!\1)[^”\n])+)"""

# Compiled when they are used: a listing uses none.
_SCHEME = r"(?i)\b(?:postgre|pgsql|psql)[\w+]*(?:[:;：；]/*|//)"
_PORT = r"\d{1,5}(?:[/?,.\s]|$)"
_USER = rf"[^\s/?#:：@]*[:：](?!{_PORT})"
_HIDDEN = r"[^@]{0,500}(?:@\S*)?@"
_DATABASE = rf"{_SCHEME}(?:{_USER}{_HIDDEN})?\S*[^\s\"'”.]"
"""An address of a database, however its beginning is misspelt."""
_OTHER = rf"((?:(?<=//)|(?i:\b(?:https?|caldavs?|webcals?|mailtos?):/?)(?!/)){_USER}){_HIDDEN}"
_PLAIN = (
    r"(?:http|caldav|dav|webcal|ftp|mailto|json|xml|form)s?|file|smb|sftp|ssh|nfs|git|"
    r"\w*(?:postgre|pgsql|psql)\w*"
)
_SERVICE = rf"(?i)(?<![\w+.])((?!(?:{_PLAIN}):)[a-z][\w+.-]+://)(?=[^\s*])"
"""An address of a service, such as those of messengers, whose path is what lets somebody in."""
# What is typed of an address without its beginning; a path says what it is by its own.
_BARE = r"((?:^|=)(?!mailto:|[a-zA-Z]:[\\/]|[/.~])[\w.%+-]*[:：])(?!//|\s).+@"
# libpq's key-value strings, and what is like them; a value may stand in single quotes.
_SECRETS = r"\w*(?:pass|pwd|secret|token|api_?key|access_?key|密码|口令|密钥)\w*|(?<=[?&])key"
_KEY = rf"(?i)(\b(?:{_SECRETS})\s*[=＝]\s*)"
_PAIR = rf"{_KEY}('(?:[^'\\]|\\.)*'?|[^\s]+)"
_SHOWN = (
    " host hostaddr port dbname user reads options target_session_attrs load_balance_hosts "
    "application_name fallback_application_name connect_timeout client_encoding keepalives "
    "keepalives_idle keepalives_interval keepalives_count tcp_user_timeout sslmode sslcert "
    "sslrootcert sslcrl sslnegotiation gssencmode krbsrvname service channel_binding require_auth "
)
"""Of libpq's parameters those that are no secret. What is misspelt, or not known, may be one."""
_QUERY = rf"(?i)\?(?=(?:{'|'.join(_SHOWN.split())}|{_SECRETS})=)"


def is_address(word: str) -> bool:
    """Whether a word that should be a path is an address, or what is left of one."""
    if not {":", "=", "："} & {*word} and "//" not in word:
        return False
    begun = (
        rf"{_SCHEME}|[\w+.-]*://|//[^/]*:.*@|.*[:：]//.*@|(?:[^./~].*)?{_BARE}"
        r"|(?i:.*(?:password|passwd|dbname)\s*=)"
    )
    return re.match(begun, word, re.DOTALL) is not None


def masked(word: str) -> str:
    """Return an address with a password in it as three stars; a path as it is.

    Nothing is taken for what it should be: a password typed unencoded may have any character in it.
    """
    if found := re.search(_SCHEME, word):
        begun = word[: found.end()]
        return begun + _masked(word[found.end() :])
    word = re.sub(rf"{_KEY}.*", rf"\1{STARS}", word, flags=re.DOTALL)
    word = _without_others(re.sub(_BARE, rf"\1{STARS}@", word, flags=re.DOTALL))
    if f"{STARS}@" in word:
        return word
    return re.sub(rf"{_SERVICE}.*", rf"\1{STARS}", word, flags=re.DOTALL)


def without_passwords(sentence: str, typed: Iterable[str] | None = None) -> str:
    """Return a sentence without the passwords of addresses and parameters in it.

    `typed` are the words that were typed. What is hidden in one of them is hidden by itself too,
    since a command may have cut a word at its commas, or tidied it up as a path.
    """
    settled = (environ[name] for name in environ if name.startswith("TRACKER_"))
    words = [*sys.argv[1:], *settled] if typed is None else typed
    for word in words:
        if (shown := masked(word)) != word:
            sentence = sentence.replace(word, shown)
            for part in _hidden_parts(word, shown):
                sentence = re.sub(rf"(?i){part}", STARS, sentence)
    if "//" in sentence or ":" in sentence:
        sentence = re.sub(_DATABASE, lambda found: masked(found[0]), sentence)
        sentence = _without_others(sentence)
    # Quotes tell where a word ends too.
    sentence = re.sub(_QUOTED, lambda found: found[1] + masked(found[2]), sentence)
    return re.sub(_PAIR, rf"\1{STARS}", sentence) if "=" in sentence else sentence


def _hidden_parts(word: str, shown: str) -> Iterator[str]:
    kept = map(re.escape, shown.split(STARS))
    found = re.fullmatch("(.*?)".join(kept), word, re.DOTALL)
    for hidden in found.groups() if found else (word,):
        yield from re.findall(r"\w{4,}", hidden)


def _without_others(text: str) -> str:
    return re.sub(_OTHER, rf"\1{STARS}@", text)


def _masked(bare: str) -> str:
    query = re.search(_QUERY, bare)
    end = query.start() if query else len(bare)
    # Up to the last @.
    user, at, place = bare[:end].rpartition("@")
    if at:
        # What stands between a name and a password is mistyped too, and then all of it may be one.
        name = re.match(r"[\w.+-]*(?:[:：?]|$)", user)
        shown = name[0] if name else ""
        if shown != user:
            shown += STARS
        # Or it is a parameter with an @ in its value, whose name is misspelt.
        is_torn = re.search(r"\?\w+=", user)
        return shown if is_torn else f"{shown}@{_with_query(place + bare[end:])}"
    begun = ""
    if (bracket := bare.find("]")) > 0 and bare.startswith("["):
        begun, bare = bare[: bracket + 1], bare[bracket + 1 :]
    host, colon, after = bare.replace("：", ":", 1).partition(":")
    if colon and "?" not in host and not re.match(_PORT, after):
        return f"{begun}{host}:{STARS}"
    return f"{begun}{_with_query(bare)}"


def _with_query(place: str) -> str:
    place, question, query = place.partition("?")
    return place + question + "&".join(map(_shown, query.split("&")))


def _shown(part: str) -> str:
    key, equals, value = part.partition("=")
    known = f" {key.lower()} " in _SHOWN or not part
    return f"{key}{equals}{value}" if known else f"{key}={STARS}" if equals else STARS
