"""SVG elements: numbers as short as they are exact enough, text that XML takes."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from tracker.render.svg.ems import is_right_to_left
from tracker.render.svg.shapes import SHAPES, STROKED, css_class
from tracker.render.text import legible

Number = int | float


def put(parent: Element, tag: str, classes: str = "", **attributes: Number | str) -> Element:
    """Append an element; `stroke_width` is the attribute stroke-width."""
    given = {name.replace("_", "-"): _short(value) for name, value in attributes.items()}
    return SubElement(parent, tag, {"class": classes, **given} if classes else given)


def write(
    parent: Element, x: Number, y: Number, text: str, classes: str = "", anchor: str = "start"
) -> Element:
    """Append text at its baseline. What is written from the right still begins at `x`."""
    words = legible(text)
    element = put(parent, "text", classes, x=x, y=y)
    if is_right_to_left(words):
        element.set("direction", "rtl")
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    if anchor != "start":
        element.set("text-anchor", anchor)
    element.text = words
    return element


def mark(parent: Element, x: Number, y: Number, name: str, standing: str = "") -> Element:
    """Append a shape by its name, in the colour of a standing or in its own."""
    kind = "stroked" if name in STROKED else "filled"
    return put(
        parent,
        "path",
        f"{kind} {css_class(standing or name)}",
        d=SHAPES[name],
        transform=f"translate({_short(x)} {_short(y)})",
    )


def _short(value: Number | str) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
