"""Where digests go: the addresses of Apprise, named so that no secret shows."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from tracker.errors import BadValue


class Recipient(Struct, frozen=True):
    """One address, and its place among those given, from 1 on."""

    url: str
    place: int

    def __str__(self) -> str:
        """Name it by place and service: with messengers the host is the secret already."""
        return f"{self.place} ({self.url.partition('://')[0]}://***)"

    @property
    def hidden(self) -> tuple[str, ...]:
        """The words of it that must not be shown, the longest first."""
        rest = self.url.partition("://")[2]
        for sign in "/:@?&=,%+ ":
            rest = rest.replace(sign, "\n")
        return tuple(sorted({w for w in rest.split("\n") if len(w) >= 4}, key=len, reverse=True))


def addresses(urls: Iterable[str]) -> tuple[Recipient, ...]:
    """Number the addresses; one given twice counts once. Raises BadValue for what is none."""
    found = tuple(Recipient(url, place) for place, url in enumerate(dict.fromkeys(urls), start=1))
    for address in found:
        scheme, sign, rest = address.url.partition("://")
        if not (sign and rest and scheme.isidentifier()):
            said = "Address {place} is no address of a service."
            hint = "Give one such as mailtos://user:password@example.org; docs/digest.md has more."
            raise BadValue(said, hint, place=address.place)
    return found
