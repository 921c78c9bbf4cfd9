"""HTML to plain text: paragraphs to lines, table rows to `| a | b |`, struck-out text to `~~old~~`."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

from msgspec import Struct

_TAGS = """p div section article header footer main aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption
thead tbody tfoot blockquote pre form fieldset figure figcaption address hr br"""
_BLOCKS = frozenset(_TAGS.split())
_UNCLOSED = re.compile(r"<(?=[^<>]{0,200}<[^>]{2000})")
"""A sign that opens no tag: another follows before any that closes one. The parser would look through all
the rest of the page for its end, once for each."""
_HIDDEN = frozenset(
    ["script", "style", "template", "noscript", "head", "svg", "select", "textarea", "iframe"]
)
_STRUCK = frozenset(("s", "del", "strike"))
_METAS = "pubdate publishdate publicationdate date dc.date dcterms.created article:published_time datepublished"
_PUBLISHED = frozenset(_METAS.split())
_AGAIN = 200
"""How many characters of a cell stand again in the other rows that it spans."""
_COLUMNS = 60
"""How wide spans may make a row; a table for people is narrower."""
_ISO = re.compile(r"\s*([12][0-9]{3})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})(?![0-9])")
_SPACES = re.compile(r"[ \t\r\n\f\xa0\u3000]+")


class PageText(Struct, frozen=True):
    """The text of a file, with the title and publication date that its markup gives."""

    text: str
    title: str = ""
    published: date | None = None


def page_of(source: str) -> PageText:
    """The text that a reader of the page sees; broken markup is read as well as browsers do."""
    reader = _PageReader()
    reader.feed(_UNCLOSED.sub("&lt;", source))
    reader.close()
    return reader.page()


class _PageReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.words: list[str] = []
        self.row: list[str] | None = None
        self.spans: dict[int, tuple[int, str]] = {}
        self.cell_rows = self.cell_columns = 1
        self.in_cell = 0
        self.hidden: list[str] = []
        self.in_title = False
        self.title = ""
        self.published: date | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._meta(given)
        elif tag == "title":
            self.in_title = True
        elif tag in _HIDDEN:
            self.hidden.append(tag)
        elif tag == "body":
            self.hidden.clear()
        elif tag == "tr":
            self._end_cell()
            self._end_row()
            self.row = []
        elif tag in ("td", "th"):
            self._end_cell()
            self._start_cell(given.get("rowspan", ""), given.get("colspan", ""))
        elif tag in _STRUCK:
            self.words.append("~~")
        elif tag in _BLOCKS:
            self._break()
            if tag == "li" and not self.in_cell:
                self.words.append("- ")  # or the items of a list would be one sentence

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        elif tag in _HIDDEN:
            if tag in self.hidden:
                del self.hidden[self.hidden.index(tag) :]
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_cell()
            self._end_row()
        elif tag in _STRUCK:
            self.words.append("~~")
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title += data
        elif not self.hidden:
            self.words.append(data)

    def page(self) -> PageText:
        self._end_cell()
        self._end_row()
        self._break()
        return PageText("\n".join(self.lines) + "\n", _flat(self.title), self.published)

    def _meta(self, given: dict[str, str]) -> None:
        name = (given.get("name") or given.get("property") or given.get("itemprop") or "").lower()
        found = _ISO.match(given.get("content", ""))
        if name in _PUBLISHED and found:
            try:
                self.published = date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                self.published = None

    def _break(self) -> None:
        if self.in_cell:
            self.words.append(" ")
            return
        line = _flat("".join(self.words))
        self.words.clear()
        if line and line != "-":
            self.lines.append(line)

    def _start_cell(self, rowspan: str, colspan: str) -> None:
        if self.row is None:
            self.row = []
        self._fill()
        self.in_cell = 1
        self.cell_rows = _span(rowspan)
        self.cell_columns = _span(colspan)

    def _fill(self) -> None:
        """Give back the cells of rows above: one that spans rows stands again in each of them."""
        row = self.row
        while row is not None and (held := self.spans.get(len(row))) is not None:
            left, text = held
            if left > 1:
                self.spans[len(row)] = (left - 1, text)
            else:
                del self.spans[len(row)]
            row.append(text)

    def _end_cell(self) -> None:
        if not self.in_cell or self.row is None:
            return
        text = _flat("".join(self.words)).replace("|", "/")
        self.words.clear()
        columns = min(self.cell_columns, max(1, _COLUMNS - len(self.row)))
        for words in (text, *[""] * (columns - 1)):
            if self.cell_rows > 1:
                self.spans[len(self.row)] = (self.cell_rows - 1, words[:_AGAIN])
            self.row.append(words)
        self.in_cell = 0

    def _end_row(self) -> None:
        if self.row is None:
            return
        self._fill()
        if any(self.row):
            self.lines.append("| " + " | ".join(self.row) + " |")
        self.row = None
        self._break()


def _span(given: str) -> int:
    """How many rows or columns a cell spans; at most 100, which no table for people exceeds."""
    return min(max(int(given), 1), 100) if given.isdecimal() and len(given) < 9 else 1


def _flat(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
