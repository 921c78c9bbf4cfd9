"""A digest as an HTML mail."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tracker.render.digest.letter import Letter
from tracker.render.template import environment

if TYPE_CHECKING:
    from jinja2 import Template


def html(letter: Letter) -> str:
    """Return one HTML document; all that is not a tag is escaped.

    Its styles stand on its elements and its layout is tables, for Outlook lays out with Word, and
    Gmail and QQ Mail drop style sheets that they do not like. Colours are such as can be read on
    white, and on what a dark mode makes of them; nothing is fetched.
    """
    return _template().render(letter=letter)


@cache
def _template() -> Template:
    return environment("digest").get_template("mail.html.j2")
