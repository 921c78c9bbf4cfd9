"""The record as a dataset below a site, at addresses that stay, for others to follow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from tracker.exchange import dataset
from tracker.model import Milestone, record_head
from tracker.settings import FeedSettings

FOLDER = "dataset/"
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}


def release_type(path: str) -> str:
    return _TYPES[path.rpartition(".")[2]]


def release_of(
    milestones: Iterable[Milestone], feeds: FeedSettings, as_of: date
) -> dict[str, bytes]:
    """The files of the dataset by their addresses, with every history whole, the description last.

    What is private, or was removed, is not in it.
    """
    released = [
        m for m in milestones if m.removed_on is None and not m.is_private and m.created_on <= as_of
    ]
    head = record_head(released)
    name = re.sub(r"[^a-z0-9._-]+", "-", feeds.name.lower()).strip("-") or "milestones"
    terms = dataset.Terms(name, feeds.name, str(head.on or as_of), feeds.licence)
    return {f"{FOLDER}{file}": c for file, c in dataset.release(released, terms).items()}
