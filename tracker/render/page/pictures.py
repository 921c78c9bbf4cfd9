"""The card and the badge of a promise: one SVG each, with nothing outside it and nothing that runs.

Where they are shown, no style sheet follows them, so colours stand on the elements.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, tostring

from tracker.locale import Language
from tracker.model import Standing
from tracker.render.marks import LOOKS
from tracker.render.page.dossier import Dossier
from tracker.render.svg.element import put, write
from tracker.render.svg.ems import ems, lines
from tracker.render.svg.shapes import SHAPES, STROKED
from tracker.render.text import legible

CARD = (1200, 630)
"""The size of a card, as those want it who show one beside a link (1.91 to 1)."""

PIXELS = (800, 420)
"""The same of one made of pixels: those who show it large want 600 by 315 at least."""

_FONTS = (
    "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', "
    "'Microsoft YaHei', sans-serif"
)
_INK, _PAPER, _MUTED, _WHITE = "#1f2328", "#fdfcfa", "#5a626c", "#ffffff"
_GREEN, _AMBER, _BLUE = "#1b6b3a", "#8a5a00", "#2f5f96"
TONES = {
    Standing.OVERDUE: "#b3261e",
    Standing.DUE_SOON: _AMBER,
    Standing.OPEN: _BLUE,
    Standing.NO_DATE: _MUTED,
    Standing.DONE: _GREEN,
    Standing.DONE_LATE: _AMBER,
    Standing.CANCELLED: _MUTED,
    Standing.SUPERSEDED: _MUTED,
}
"""All of them are read on white, and white on them (WCAG 2.2, 1.4.3)."""


def card(told: Dossier, site: str, lang: Language) -> bytes:
    """The picture that stands beside a link to the promise."""
    width, height = CARD
    tone = TONES[told.standing]
    root = _svg(width, height, f"{told.title}{lang.colon}{told.stands}", lang)
    put(root, "rect", width=width, height=height, fill=_PAPER)
    put(root, "rect", width=24, height=height, fill=tone)
    _written(root, 90, 92, lines(legible(site), 30, 1)[0], 30, _MUTED)
    y = 175
    for line in lines(told.title, 17, 4):
        _written(root, 90, y, line, 58, _INK, weight=700)
        y += 74
    _mark(root, told.standing, 108, 485, 3.2)
    _written(root, 148, 500, lines(told.stands, 24, 1)[0], 42, tone, weight=700)
    about = lang.join(filter(None, [told.entry.owner.text, told.entry.due_words]))
    _written(root, 90, 565, lines(about, 31, 1)[0], 32, _MUTED)
    return _bytes(root)


def badge(told: Dossier, lang: Language) -> bytes:
    """A line that others show: that it is a promise, and where it stands."""
    name, stands = lang.text("promise"), lines(told.stands, 26, 1)[0]
    left, right = (round(11 * ems(text)) + 16 for text in (name, stands))
    root = _svg(left + right, 20, f"{name}{lang.colon}{stands}", lang)
    put(root, "rect", width=left + right, height=20, rx=3, fill="#3b4048")
    put(
        root,
        "path",
        d=f"M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{right - 3}z",
        fill=TONES[told.standing],
    )
    for text, middle in ((name, left / 2), (stands, left + right / 2)):
        _written(root, middle, 14, text, 11, _WHITE, anchor="middle")
    return _bytes(root)


def png(picture: bytes) -> bytes:
    """The same picture in pixels; those who show cards beside links take no SVG."""
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=picture.decode(), width=PIXELS[0]))


def _svg(width: int, height: int, title: str, lang: Language) -> Element:
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(width),
            "height": str(height),
            "viewBox": f"0 0 {width} {height}",
            "role": "img",
            "aria-label": legible(title),
            "lang": lang.tag,
            "font-family": _FONTS,
        },
    )
    put(root, "title").text = legible(title)
    return root


def _written(
    root: Element,
    x: float,
    y: float,
    text: str,
    size: int,
    colour: str,
    weight: int = 400,
    anchor: str = "start",
) -> None:
    element = write(root, x, y, text, anchor=anchor)
    element.attrib |= {"font-size": str(size), "fill": colour, "font-weight": str(weight)}


def _mark(root: Element, standing: Standing, x: float, y: float, scale: float) -> None:
    name = LOOKS[standing].shape
    drawn = {"fill": "none", "stroke": TONES[standing], "stroke-width": "2.25"}
    colours = drawn if name in STROKED else {"fill": TONES[standing]}
    put(
        root, "path", d=SHAPES[name], transform=f"translate({x:g} {y:g}) scale({scale:g})"
    ).attrib |= colours


def _bytes(root: Element) -> bytes:
    return tostring(root, encoding="unicode").encode()
