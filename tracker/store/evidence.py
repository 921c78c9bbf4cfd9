"""What stores keep as evidence: which of it histories name, and how it goes to another store."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import partial

from tracker.model import Milestone
from tracker.store import Store, Transaction


def digest_of(content: bytes) -> str:
    """The SHA-256 under which content is kept."""
    from hashlib import sha256  # a listing needs no digest

    return sha256(content).hexdigest()


def named_digests(milestones: Iterable[Milestone]) -> set[str]:
    """The digests of all that their histories name, undone entries too."""
    return {c.exhibit.sha256 for m in milestones for c in m.history if c.exhibit}


def orphans(transaction: Transaction) -> dict[str, int]:
    """The bytes of what is kept and no entry names, by digest."""
    # First: what comes to be kept and named meanwhile is not among them.
    sizes = transaction.exhibits()
    known = named_digests(transaction.all()) if sizes else set()
    return {digest: size for digest, size in sizes.items() if digest not in known}


def carry_evidence(sources: Iterable[Store], target: Store, digests: Set[str]) -> int:
    """Keep in the target what it has not of these and a source has; return how many still lack.

    Each by itself, since all of it may be more than the memory holds. What is not what its digest
    says is not carried.
    """
    lacking = set(digests) - target.exhibits().keys() if digests else set()
    for source in sources:
        for digest in sorted(lacking & source.exhibits().keys()) if lacking else ():
            content = source.exhibit(digest)
            if content is not None and digest_of(content) == digest:
                target.change(partial(_keep, content))
                lacking.discard(digest)
    return len(lacking)


def _keep(content: bytes, transaction: Transaction) -> None:
    transaction.keep(content)
