"""What is fuzzed: bytes to an oracle, and the inputs to begin with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Target:
    """`check` takes any bytes and fails if something is wrong with what became of them.

    `seeds` gives good inputs, from which worse ones are made, and `words` what such an input is
    made of.
    """

    name: str
    check: Callable[[bytes], None] = field(repr=False)
    seeds: Callable[[], list[bytes]] = field(repr=False)
    words: tuple[str, ...] = field(repr=False)

    def kept(self) -> list[Path]:
        """The inputs that showed a fault once."""
        return sorted(path for path in (CORPUS / self.name).glob("*") if path.is_file())
