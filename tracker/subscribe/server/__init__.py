"""The milestones over HTTP: feeds, the page, health; always the last good edition."""

from __future__ import annotations

from tracker.subscribe.server.run import Service, listen, own_socket, serve

__all__ = ["Service", "listen", "own_socket", "serve"]
