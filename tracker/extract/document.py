"""A document as it is read: bytes to text, with the title, language and date that it gives itself.

Every offset in this package is a Unicode code point into `Document.text`. For plain text and
Markdown that is the decoded file, unchanged but for a byte order mark; for HTML, PDF and Word it
is the text that `markup` and the libraries make of the file, with table rows as `| a | b |`.
"""

from __future__ import annotations

import hashlib
import io
import re
from datetime import date
from pathlib import PurePath

from msgspec import Struct

from tracker.errors import BadInput, install_command
from tracker.extract.dating import own_date
from tracker.extract.markup import PageText, page_of
from tracker.extract.naming import name_of
from tracker.limits import refuse_large
from tracker.message import Message
from tracker.texts import decoded

_HAN = re.compile(r"[\u4e00-\u9fff]")
_HTML_START = re.compile(
    r"\s*(?:<!doctype\s+html|<html|<head|<body|<\?xml[^>]{0,200}\?>\s*<!doctype html)",
    re.IGNORECASE,
)
_READABLE = Message("Save it as UTF-8 text, or give an HTML, PDF or Word (.docx) file.")


class Document(Struct, frozen=True):
    """A document and what it says of itself.

    `sha256` is of the bytes. `made_on` is None when the document does not say when it was made;
    `made_on_basis` says where the date was found, such as "event" or "publication", `made_on_line` is the
    line that tells it, and `made_on_sure` is not set where two places disagree or only a heading speaks.
    `language` is "zh" or "en", whichever most of the text is written in.
    """

    name: str
    text: str
    sha256: str
    title: str
    made_on: date | None
    made_on_basis: str
    language: str
    made_on_line: str = ""
    made_on_sure: bool = True


def read_document(name: str, data: bytes) -> Document:
    """The document in these bytes; `name` is a file name whose suffix may say what kind it is.

    Raises BadInput for bytes that are no text in UTF-8, UTF-16 or GB18030, and for a PDF or Word
    file that cannot be read or whose library is not installed.
    """
    page = _page(name, data)
    text = page.text
    dated = own_date(text, page.published)
    return Document(
        name=name,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        title=page.title or name_of(text) or PurePath(name).stem,
        made_on=dated.on,
        made_on_basis=dated.basis,
        made_on_line=dated.line,
        made_on_sure=dated.sure,
        language=_language(text),
    )


def _page(name: str, data: bytes) -> PageText:
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"%PDF-") or suffix == ".pdf":
        return PageText(_pdf(name, data))
    if suffix == ".docx" or (data.startswith(b"PK\x03\x04") and b"word/" in data[:4096]):
        return PageText(_word(name, data))
    text = decoded(data, name, _READABLE)
    if suffix in (".html", ".htm", ".xhtml") or _HTML_START.match(text):
        return page_of(text)
    return PageText(text)


def _pdf(name: str, data: bytes) -> str:
    try:
        from pypdf import PdfReader
    except ImportError:
        raise BadInput(
            "{name} is a PDF file, and the library that reads it is missing.",
            "Install it with: {command}",
            name=name,
            command=install_command("documents"),
        ) from None
    try:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    except Exception as broken:
        raise BadInput(
            "{name} cannot be read as a PDF file: {broken}.",
            "Save its text as UTF-8.",
            name=name,
            broken=broken,
        ) from broken


def _word(name: str, data: bytes) -> str:
    try:
        import docx
        from docx.table import Table
    except ImportError:
        raise BadInput(
            "{name} is a Word file, and the library that reads it is missing.",
            "Install it with: {command}",
            name=name,
            command=install_command("documents"),
        ) from None
    try:
        refuse_large(data, name)
        parts: list[str] = []
        for part in docx.Document(io.BytesIO(data)).iter_inner_content():
            if isinstance(part, Table):
                rows = ([" ".join(cell.text.split()) for cell in row.cells] for row in part.rows)
                parts.extend("| " + " | ".join(row) + " |" for row in rows)
            else:
                parts.append(part.text)
        return "\n".join(parts)
    except BadInput:
        raise
    except Exception as broken:
        raise BadInput(
            "{name} cannot be read as a Word file: {broken}.",
            "Save its text as UTF-8.",
            name=name,
            broken=broken,
        ) from broken


def _language(text: str) -> str:
    sample = text[:20_000]
    return "zh" if 4 * len(_HAN.findall(sample)) > len(sample) / 2 else "en"
