"""A store's address as it may be shown."""

from __future__ import annotations


def masked(url: str) -> str:
    """Return it with a password in it as three stars; a path is returned as it is."""
    if "://" not in url:
        return url
    from urllib.parse import urlsplit, urlunsplit

    try:
        parts = urlsplit(url)
    except ValueError:
        return url.split("://", maxsplit=1)[0] + "://***"
    # Up to the last @, since a password typed unencoded may hold one.
    user, at, hosts = parts.netloc.rpartition("@")
    name, colon, _ = user.partition(":")
    netloc = f"{name}{colon and ':***'}{at}{hosts}"
    query = "&".join(
        f"{key}=***" if key.lower() == "password" else f"{key}{equals}{value}"
        for key, equals, value in (part.partition("=") for part in parts.query.split("&"))
    )
    shown = urlunsplit(parts._replace(netloc=netloc, query=query))
    # urlunsplit drops the two strokes of an address without a host.
    return shown if "://" in shown else shown.replace(":", "://", 1)
