"""A tracker for public promises: what was said, by whom, by when, and what came of it."""

__version__ = "0.1.0"
