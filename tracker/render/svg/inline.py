"""The timeline as parts of a page: no styles of their own, names that do not clash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, tostring

from tracker.render.svg.chart import NARROW, WIDE, Chart, ChartBlock, ChartLayout, Picture
from tracker.render.svg.element import put


class TextPart(NamedTuple):
    """One `<svg>` element as markup, safe to stand in HTML as it is."""

    markup: str
    layout: str


def parts(picture: Picture) -> list[TextPart]:
    """Return the picture for wide screens and again for narrow ones; a style sheet shows one.

    Each has an image for every thirty rows, so that paper breaks between them, and a legend.
    """
    return [*_parts(picture, "wide", WIDE), *_parts(picture, "narrow", NARROW)]


def _parts(picture: Picture, name: str, layout: ChartLayout) -> Iterator[TextPart]:
    chart = Chart(picture, layout)
    panels = list(chart.panels())
    for number, block in enumerate(panels, 1):
        label = chart.lang.text("Timeline")
        if len(panels) > 1:
            label = chart.lang.text(
                "Timeline, part {part} of {parts}", part=str(number), parts=str(len(panels))
            )
        rows = chart.lang.count(block.rows)
        described = chart.lang.join([label, rows, chart.lang.as_of(picture.as_of)])
        yield TextPart(_svg(block, layout, described), name)
    yield TextPart(_svg(chart.legend(), layout, ""), name)


def _svg(block: ChartBlock, layout: ChartLayout, label: str) -> str:
    # One unit of room around, for strokes at the border.
    root = Element(
        "svg",
        {
            "class": "timeline",
            "viewBox": f"-1 -1 {layout.width + 2} {block.height + 2:g}",
            **({"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}),
        },
    )
    put(root, "g").append(block.element)
    return tostring(root, encoding="unicode")
