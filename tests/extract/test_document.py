"""Files become text: encodings, HTML, PDF, Word; what cannot be read is named with the reason."""

from __future__ import annotations

import io
import sys
from datetime import date
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tracker.errors import BadInput
from tracker.extract import Band, extract, read_document

PLAN = "市重点任务清单\n2021年2月8日\n6月底前完成管网改造。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_the_text_is_the_same_in_every_encoding(encoding: str) -> None:
    data = PLAN.encode(encoding)
    read = read_document("plan.txt", data)
    assert read.text == PLAN
    assert (read.title, read.made_on, read.language) == ("市重点任务清单", date(2021, 2, 8), "zh")
    assert read.sha256 == sha256(data).hexdigest()


def test_utf_16_of_either_byte_order() -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert read_document("plan.txt", mark + PLAN.encode(encoding)).text == PLAN


def test_what_only_single_characters_are_beyond_ascii_is_of_a_western_program() -> None:
    text = "The Council’s £214 grant – paid at the café\n"
    assert read_document("plan.txt", text.encode("cp1252")).text == text


@pytest.mark.parametrize("data", [bytes(range(256)), b"\xff\xfe\x00", b"a\x00b", b"\x80\x81\xff"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(
        BadInput, match=r"x\.txt is not text in UTF-8, UTF-16, GB18030, Big5 or Windows-1252\."
    ):
        read_document("x.txt", data)


def test_what_a_small_file_unpacks_to_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    with io.BytesIO() as file, ZipFile(file, "w", ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", " " * 1_000_000)
        parts.close()
        data = file.getvalue()
    monkeypatch.setattr("tracker.limits.UNPACKED", 999_999)
    with pytest.raises(BadInput, match=r"plan\.docx is too large when unpacked\."):
        read_document("plan.docx", data)


def test_html_is_read_as_a_reader_sees_it() -> None:
    page = (
        "<html><head><title>任务表</title><meta name=PubDate content='2024-01-19 08:00'>"
        "<script>6月底前</script></head><body><h1>任务表</h1><p>一<b>二</b>&nbsp;三<br>四"
        "<table><tr><th rowspan=2>任务<th colspan=2>安排<tr><th>时限<th>单位"
        "<tr><td>甲<td><s>5月底</s>6月底<td>乙</table>"
    )
    read = read_document("page.html", page.encode())
    assert read.text.splitlines() == [
        "任务表",
        "一二 三",
        "四",
        "| 任务 | 安排 |  |",
        "| 任务 | 时限 | 单位 |",
        "| 甲 | ~~5月底~~6月底 | 乙 |",
    ]
    assert (read.title, read.made_on) == ("任务表", date(2024, 1, 19))
    assert read_document("page", page.encode()).text == read.text


def _pdf(*lines: str) -> bytes:
    """A one-page PDF with these lines of ASCII."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td 16 TL {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n")
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def test_a_pdf_file() -> None:
    read = read_document(
        "plan.pdf", _pdf("Roads plan", "3 May 2021", "We will finish by June 2022.")
    )
    assert [str(c.due) for c in extract(read) if c.band is Band.LIKELY] == ["2022-06-30"]
    assert read.made_on == date(2021, 5, 3)


def test_a_word_file_with_its_tables() -> None:
    import docx

    written = docx.Document()
    written.add_paragraph("2021年重点任务清单")
    table = written.add_table(rows=2, cols=3)
    for row, words in enumerate(
        (("任务", "完成时限", "责任单位"), ("建成步道3公里", "8月底前", "区园林局"))
    ):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    data = io.BytesIO()
    written.save(data)
    found = extract(read_document("tasks.docx", data.getvalue()))
    [one] = (c for c in found if c.band is not Band.OTHER)
    assert (str(one.due), one.owner, one.title) == ("2021-08-31", "区园林局", "建成步道3公里")


@pytest.mark.parametrize(("name", "kind"), [("x.pdf", "PDF"), ("x.docx", "Word")])
def test_a_broken_file_is_refused(name: str, kind: str) -> None:
    with pytest.raises(BadInput, match=f"{name} cannot be read as a {kind} file"):
        read_document(name, b"%PDF-1.4 nothing" if kind == "PDF" else b"PK\x03\x04 word/ nothing")


@pytest.mark.parametrize(("name", "library"), [("x.pdf", "pypdf"), ("x.docx", "docx")])
def test_without_the_extra_it_says_how_to_get_it(
    name: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(BadInput) as refused:
        read_document(name, b"%PDF-1.4" if library == "pypdf" else b"PK")
    assert "the library that reads it is missing" in refused.value.message
    assert refused.value.hint.startswith("Install it with: pip install 'pypdf>=")


DATED = [
    (
        "A plan\n\n*Approved by the governing body 26 February 2024. Seen 3 May 2023.*",
        "2024-02-26",
        "publication",
    ),
    (
        "Site: a quarry, seen on 14 June 2022; consent issued 1 July 2022.",
        "2022-07-01",
        "publication",
    ),
    (
        "The podcast, episode 88, recorded 12 September 2022. More on 26 September 2022.",
        "2022-09-12",
        "publication",
    ),
    ("Date of this notice 8 March 2023\nApplication of 7 March 2022", "2023-03-08", "publication"),
    ("3月10日上午,省政府召开新闻发布会\n发布时间:2021-03-15", "2021-03-10", "event"),
    ("发布日期：2021年3月15日 浏览：3", "2021-03-15", "publication"),
    ("通知\n正文。\n市政府\n2023年3月6日\n", "2023-03-06", "signature"),
    ("Statement\nTuesday, 14 May 2019\nText.", "2019-05-14", "signature"),
    ("PORT CALDER, 12 January 2024 - The minister said.", "2024-01-12", "dateline"),
    ("Minutes of the meeting held on Tuesday 14 May 2019 at 7pm\nText.", "2019-05-14", "heading"),
    ("Questions\nAnswered on 15 November 2022\nText.", "2022-11-15", "publication"),
    (
        "---\ntitle: Moving\ndate: 2025-01-08\n---\nText of 3 May 2018.",
        "2025-01-08",
        "front matter",
    ),
    (
        "# Council\n\nHeld on 19 November 2025 at 7 pm\n\nNext meeting\n21 January 2026",
        "2025-11-19",
        "event",
    ),
    ("Minutes\nText.\nDate of next meeting\n21 January 2026", None, ""),
    ("SO ORDERED this 12th day of October, 2016.", "2016-10-12", "publication"),
    ("Notice updated on 25 August 2026 (first issued 2 June 2026)", "2026-08-25", "publication"),
    ("新聞稿\n日期：115年10月15日\n正文", "2026-10-15", "publication"),
    ("公报\n正文。\n二〇二六年五月三十日于明珠城", "2026-05-30", "signature"),
    ("答复\n正文。\n2026年11月18日（星期三）\n", "2026-11-18", "signature"),
    ("Report 7/2030\nFailure of the lower gate, Ferrin Lock, 9 June 2029\nText", None, ""),
    ("Lausanne, 11 October 2029 | 4 min read\nText", "2029-10-11", "dateline"),
    ("The report published on 3 May 2018 found that much was late.", None, ""),
    ("| End date | 30 June 2024 |\n", None, ""),
    ("Due date: 30 June 2024\n", None, ""),
    ("截止日期:2024年6月30日\n", None, ""),
    ("Next review: 3 May 2022\n", None, ""),
    ("Federal Register / Vol. 82, No. 82 / Monday, May 1, 2017 / Presidential", None, ""),
    ("Open to comments until 3 May 2021\n", None, ""),
    ("发布日期:2021-13-45\n", None, ""),
]


@pytest.mark.parametrize(("text", "day", "basis"), DATED)
def test_the_documents_own_date(text: str, day: str | None, basis: str) -> None:
    read = read_document("x.txt", text.encode())
    told = None if read.made_on is None else str(read.made_on)
    assert (told, read.made_on_basis) == (day, basis)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("发布日期:2021-03-15\n通知\n正文。\n市政府\n2023年3月6日\n", False),
        ("Minutes of the meeting of 14 May 2019\nText.", False),
        ("Published on 14 May 2019\nText.", True),
    ],
)
def test_a_day_that_is_not_sure_is_shown_with_its_line(text: str, *, sure: bool) -> None:
    read = read_document("x.txt", text.encode())
    assert read.made_on_sure is sure
    assert read.made_on_line in text
    assert str(read.made_on)[:4] in read.made_on_line


NAMED = [
    ("PRESS RELEASE\n\nFarmers to be paid faster\n\nText.", "Farmers to be paid faster"),
    (
        "# Wexcombe Town Council\n\n## Minutes of the Streets Committee\n",
        "Minutes of the Streets Committee",
    ),
    ("---\ntitle: Closing the forum\n---\n\n### Questions\n", "Closing the forum"),
    (
        "浏览次数：38\n督查通报\n第17期\n关于全市公路推进情况的通报\n正文",
        "关于全市公路推进情况的通报",
    ),
    ("From: Gita\nSubject: RE: RE: Fire doors\n\nText", "Fire doors"),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_the_documents_name(text: str, name: str) -> None:
    assert read_document("x.txt", text.encode()).title == name


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r'"The Nation\u2019s\_\"Cyber\" plan"', 'The Nation’s "Cyber" plan'),
        (r"'It''s a C:\u plan'", r"It's a C:\u plan"),
        ("C# and F# # a remark", "C# and F#"),
        (r'"\UFFFFFFFF\ud800 \x41"', "A"),
    ],
)
def test_a_title_in_front_matter_is_what_yaml_reads(written: str, read: str) -> None:
    text = f"---\ntitle: {written}\n---\n\nWe will open it by 30 June 2027.\n"
    assert read_document("plan.md", text.encode()).title == read
