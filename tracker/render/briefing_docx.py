"""The week's or month's report as a document of Word (Office Open XML)."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from tracker.render.briefing import BriefingText


def document(one: BriefingText) -> bytes:
    """Return the bytes of a .docx file: the office's heading, then a section after the other."""
    made = Document()
    for sheet in made.sections:
        sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    made.styles["Heading 1"].font.color.rgb = RGBColor(0, 0, 0)
    if one.lang.startswith("zh"):
        _set_in(made, {"Normal": "仿宋", "Heading 1": "黑体"})
    about = ((line, 12, False) for line in one.about)
    for words, size, bold in ((one.unit, 14, False), (one.title, 20, True), *about):
        if words:
            line = made.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = line.add_run(words)
            run.font.size, run.bold = Pt(size), bold
    for section in one.sections:
        made.add_heading(section.heading, level=1)
        if not section.items:
            made.add_paragraph(one.nothing)
        for body, items in one.by_body(section):
            made.add_paragraph().add_run(body).bold = True
            for item in items:
                made.add_paragraph(item.line, style="List Bullet")
    if one.record:
        made.add_paragraph().add_run(one.record).font.size = Pt(8)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _set_in(made: Any, fonts: Mapping[str, str]) -> None:
    """Set styles in fonts of Chinese; Word has a name of its own for those of East Asia."""
    for spoken in made.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:eastAsia"), "zh-CN")  # or another font's 。 stands in the middle
    for name, font in fonts.items():
        style = made.styles[name]
        style.font.name = font
        for script in ("w:eastAsia", "w:hAnsi", "w:ascii"):
            style.element.rPr.rFonts.set(qn(script), font)
        for theme in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(theme), None)
