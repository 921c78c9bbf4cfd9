"""What relative words are counted from: the year of a heading, the clause before, an event."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.extract import extract, read_document

SAID_ON = date(2026, 4, 15)

COUNTED = [
    ("## 2028\n\n- We will repaint the bridge by June.", ["2028-06-30"]),
    ("Targets for 2028\n\n- Repaint the bridge by June", ["2028-06-30"]),
    ("2028年。8月底前建成步道。", ["2028-08-31"]),
    ("2028年抓好一件事：8月底前建成步道。", ["2026-08-31"]),
    ("2028年重点抓好一件事：8月底前建成步道。", ["2028-08-31"]),
    (
        "一、2025年工作回顾\n3月底前建成步道。\n二、2026年工作安排\n8月底前建成公园。",
        ["2026-08-31"],
    ),
    ("明年5月动工，年底前建成步道。", ["2027-12-31"]),
    ("一类，明年9月底前改造；二类，年内报废。", ["2027-09-30", "2026-12-31"]),
    ("9月开展培训，月底前完成考核。", ["2026-09-30"]),
    ("6月10日完成验收，两周内交付使用。", ["2026-06-10", "2026-06-24"]),
    ("7月完成验收，两周内交付使用。", ["2026-07-31"]),
    ("验收完成后，两周内交付使用。", []),
    ("Once the money is there, the team will finish within six weeks.", []),
    (
        "The works will start on 4 May and will be done by the end of the month.",
        ["2026-05-04", "2026-05-31"],
    ),
    ("在3月20日的会上，局长表示，一个月内修好路面。", ["2026-04-20"]),
    ("The board will meet on 4 May and will report the same week.", ["2026-05-04", "2026-05-10"]),
    (
        "The road will shut on 4 May and will reopen the following month.",
        ["2026-05-04", "2026-06-30"],
    ),
    ("It will shut on 4 May. We will write before then.", ["2026-05-04", "2026-05-03"]),
    (
        "The cameras will come on 4 May and will be in use by the 30th of that month.",
        ["2026-05-04", "2026-05-30"],
    ),
    ("We will write by then.", []),
    (
        "The new page will go live Monday. The next one will follow Friday.",
        ["2026-04-20", "2026-04-17"],
    ),
    ("The school will host the fair from 3-5 June.", ["2026-06-05"]),
    ("The school will host the fair on June 3 – 5, 2027.", ["2027-06-05"]),
    ("The tunnel will be built between 2027 and 2029.", ["2029-12-31"]),
    ("The scheme was to start in June 2025, and will start in May.", ["2025-06-30", "2026-05-31"]),
    ("The linkways will be completed from 2027 to 2029.", ["2029-12-31"]),
    ("The wells will be handed over before the rains in November.", []),
    ("The road will reopen before the start of school in September 2026.", []),
    ("The bill will come before the House in November.", ["2026-11-30"]),
    ("We will open on Advent Sunday.", []),
    ("We will sow in the month of June.", ["2026-06-30"]),
    ("We will hand over the keys by Fiji Day (10 October).", ["2026-10-10"]),
    ("We will hand over the keys in the autumn (by 30 November).", ["2026-11-30"]),
    ("We will hand over the keys in 2027 (30 November 2026).", ["2027-12-31", "2026-11-30"]),
    ("We will report by the end of term. The term ends on 17 July.", ["2026-07-17", "2026-07-17"]),
    ("We will report by the Friday after the strike ends.", []),
    ("We will report within the year of the vote.", []),
    ("We will report by Q4 of 2026/27, after we missed 2025/26.", []),
    ("We will report by Q4, after we missed 2024/25 and 2025/26.", []),
    ("We will visit every stall over the next three weeks.", ["2026-05-06"]),
    (
        "Anna will report to the next meeting.\n\nNext meeting: 4 May 2026",
        ["2026-05-04", "2026-05-04"],
    ),
    (
        "We will report within 30 days of the end of the Action. The Action ends on 4 May 2026.",
        ["2026-06-03", "2026-05-04"],
    ),
    (
        "Project start: 1 June 2026\n\nThe map will be done by month 3, the site by M5.",
        ["2026-06-01", "2026-08-31", "2026-10-31"],
    ),
    (
        "Our financial year ends on 31 March.\n\nWe will cut leaks by 2028/29.",
        ["2027-03-31", "2029-03-31"],
    ),
    ("| 事项 | 2028年完成时限 |\n|---|---|\n| 建成步道 | 3月底前 |", ["2028-03-31"]),
]


@pytest.mark.parametrize(("text", "dues"), COUNTED)
def test_relative_words_count_from_what_the_text_is_about(
    text: str, dues: list[str | None]
) -> None:
    found = extract(read_document("x.md", text.encode()), made_on=SAID_ON)
    told = {c.due and str(c.due) for c in found}
    assert set(dues) <= told
    assert dues or told <= {None}


SHOWN = [
    ("The site opened on 31/03/26. The Board will file the report by 03/04/27.", "2027-04-03"),
    ("The site opened on 03/31/26. The Board will file the report by 03/04/27.", "2027-03-04"),
    ("The Board will file the report by 03/04/27.", "None"),
    (
        "Our financial year ends on 31 March. We will publish it by the end of FY 2027.",
        "2027-03-31",
    ),
    ("We will publish it by the end of the financial year.", "None"),
    ("We will publish it by the end of FY 2027 (UK).", "2027-03-31"),
    (
        "The Effective Date is 1 May 2026. We will file within 30 days of the Effective Date.",
        "2026-05-31",
    ),
    (
        "The vote takes place on 1 May 2026. The Board will file within 30 days of the vote.",
        "2026-05-31",
    ),
    ("The Board will file within 30 days of the vote.", "None"),
    ("The hearing is on 4 May 2026. The Clerk will send the minutes ten days later.", "2026-05-14"),
    ("The hearing is on 4 May 2026. The Clerk will write on the following Friday.", "2026-05-08"),
    ("The Clerk will send the papers before the meeting on 13 May 2026.", "2026-05-12"),
    ("补贴标准自2027年1月起提高到800元。", "2027-01-01"),
]


@pytest.mark.parametrize(("text", "due"), SHOWN)
def test_what_the_document_shows_settles_its_dates(text: str, due: str) -> None:
    found = extract(read_document("x.txt", text.encode()), made_on=date(2026, 4, 15))
    assert str(found[-1].due if found else None) == due
