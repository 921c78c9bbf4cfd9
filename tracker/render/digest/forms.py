"""A digest as text for a terminal or a text mail, as Markdown for messengers, as an HTML mail."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from tracker.render.columns import escape_markdown
from tracker.render.digest.letter import Letter, LetterItem
from tracker.render.table import paint
from tracker.render.template import environment
from tracker.render.wrapping import wrapped

if TYPE_CHECKING:
    from jinja2 import Template


def text(letter: Letter, width: int, *, colour: bool = False) -> str:
    lines = [*wrapped("", letter.subject, width), *wrapped("", letter.about, width)]
    for part in letter.parts:
        style = "31;1" if part.name == "overdue" else "1"
        lines += ["", paint(part.heading, style, colour)]
        for item in part.items:
            lines += wrapped("• ", item.title, width)
            lines += wrapped("  ", _facts(item), width)
        lines += wrapped("  ", part.more and f"… {part.more}", width)
    return "\n".join([*lines, "", *wrapped("", letter.foot, width)])


def markdown(letter: Letter) -> str:
    """Return headings and lists alone: DingTalk, WeCom, Feishu and Telegram show no tables."""
    return "\n".join(_markdown(letter)).rstrip("\n")


def _markdown(letter: Letter) -> Iterator[str]:
    if letter.subject:
        yield from (f"# {escape_markdown(letter.subject)}", "")
    yield escape_markdown(letter.about)
    for part in letter.parts:
        yield from ("", f"## {escape_markdown(part.heading)}", "")
        for item in part.items:
            told = " · ".join(map(escape_markdown, [f"{item.lead}", *item.facts]))
            yield f"- **{escape_markdown(item.title)}** — {told}{_link(item)}"
        if part.more:
            yield f"- … {part.more}"


def _link(item: LetterItem) -> str:
    if item.evidence is None:
        return ""
    shown = escape_markdown(item.evidence.text)
    if item.evidence.href is None:
        return f" · {shown}"
    # What would end the address early is percent-encoded (RFC 3986 §2.1).
    address = item.evidence.href.replace("(", "%28").replace(")", "%29").replace("<", "%3C")
    return f" · [{shown}]({address})"


def _facts(item: LetterItem) -> str:
    evidence = [item.evidence.text] if item.evidence else []
    return " · ".join([item.lead, *item.facts, *evidence])


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
