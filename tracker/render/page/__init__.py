"""The milestones as one HTML page that needs nothing else: no network, no server, no script."""

from __future__ import annotations

from tracker.render.links import Download
from tracker.render.page.document import Sheet, page
from tracker.render.page.feeds import Subscription

__all__ = ["Download", "Sheet", "Subscription", "page"]
