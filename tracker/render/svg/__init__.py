"""The timeline as SVG: one document to hand on, or parts to set into a page."""

from __future__ import annotations

from tracker.render.svg.chart import Picture
from tracker.render.svg.document import document, stylesheet
from tracker.render.svg.inline import parts

__all__ = ["Picture", "document", "parts", "stylesheet"]
