"""The timeline as one SVG document: nothing outside it, nothing that runs, the same bytes again."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from xml.etree.ElementTree import Element, indent, tostring

from tracker.model import standing
from tracker.render.record import dated_later
from tracker.render.svg.chart import FONT, WIDE, Chart, Picture
from tracker.render.svg.element import put, write
from tracker.render.svg.ems import lines
from tracker.render.text import legible

_MARGIN = 24
_HEADLINE = 58


def document(picture: Picture, title: str | None = None) -> bytes:
    """Return the SVG file, UTF-8, headed by `title` and by how many milestones stand where."""
    lang = picture.lang
    named = legible(title or lang.text("Milestones"))
    milestones = list(picture.milestones)
    tally = lang.tally([standing(m, picture.as_of) for m in milestones])
    told = lang.join([lang.count(len(milestones)), *filter(None, [tally])])
    later = dated_later(picture.later, picture.as_of, lang)
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "aria-labelledby": "title description",
            "lang": lang.tag,
            "class": "timeline",
        },
    )
    put(root, "title", id="title").text = lang.join([named, lang.as_of(picture.as_of)])
    put(root, "desc", id="description").text = lang.semicolon.join(filter(None, [told, later]))
    put(root, "style").text = "\n" + stylesheet()
    put(root, "rect", "paper", width="100%", height="100%")
    write(root, _MARGIN, 36, lines(named, WIDE.width / 20, 1)[0], "headline")
    write(root, _MARGIN, 60, lines(told, WIDE.width / FONT, 1)[0], "muted")
    y: float = _MARGIN + _HEADLINE
    if later:
        y += 20
        write(root, _MARGIN, y, later, "muted")
    chart = Chart(picture, WIDE)
    for block in (*chart.panels(), chart.legend()) if milestones else ():
        block.element.set("transform", f"translate({_MARGIN} {y:g})")
        root.append(block.element)
        y += block.height + 16
    if not milestones:
        write(root, _MARGIN, y + 16, lang.text("No milestones to show."))
        y += 40
    width, height = WIDE.width + 2 * _MARGIN, y + 8
    root.set("viewBox", f"0 0 {width} {height:g}")
    root.set("width", str(width))
    root.set("height", f"{height:g}")
    indent(root, " ")
    markup = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{markup}\n'.encode()


@cache
def stylesheet() -> str:
    """The colours of the picture in light and dark, as CSS."""
    return files(__package__).joinpath("timeline.css").read_text(encoding="utf-8")
