"""Evidence in its table: bytes under their SHA-256, kept and dropped in the change that says so."""

from __future__ import annotations

from psycopg import Connection

_KEEP = """
INSERT INTO tracker_evidence (sha256, content, times) VALUES (%s, %s, 1)
ON CONFLICT (sha256) DO UPDATE
SET content = excluded.content, times = tracker_evidence.times + 1
"""
_SIZES = "SELECT sha256, length(content), times FROM tracker_evidence"
_DROP = "DELETE FROM tracker_evidence WHERE sha256 = %s AND times = %s"


class EvidenceChanges:
    """What one attempt keeps and drops; `sizes` also notes how often each was kept by then."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._times: dict[str, int] = {}
        self.contents: dict[str, bytes] = {}
        self.dropped: set[str] = set()

    def sizes(self) -> dict[str, int]:
        found = self._connection.execute(_SIZES).fetchall()
        self._times = {digest: times for digest, _, times in found}
        return {digest: size for digest, size, _ in found}

    def write(self) -> None:
        """Send what was kept and dropped, in order of digest, so that writers do not cross."""
        for digest, content in sorted(self.contents.items()):
            self._connection.execute(_KEEP, (digest, content))
        for digest in sorted(self.dropped):
            self._connection.execute(_DROP, (digest, self._times[digest]))

    @property
    def has_news(self) -> bool:
        return bool(self.contents or self.dropped)


def content(connection: Connection, digest: str) -> bytes | None:
    """What is kept under a digest."""
    if not digest.isalnum():
        return None
    ask = "SELECT content FROM tracker_evidence WHERE sha256 = %s"
    found = connection.execute(ask, (digest,), binary=True).fetchone()
    return found[0] if found else None
