"""Milestones to test with: a plain one, one with every field set, and any that verbs can make."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from tracker.actions import Clock
from tracker.model import (
    Assessment,
    Change,
    Exhibit,
    Milestone,
    Modality,
    OfficeStep,
    Patch,
    Precision,
    Role,
    Source,
    Span,
    Stage,
    Stamp,
    Status,
    Target,
    Verdict,
    Wording,
)

MADE = date(2021, 3, 10)
DUE = date(2021, 6, 30)
AT = datetime(2021, 3, 10, 8, tzinfo=UTC)
_ticks = count(1)


def ticking() -> Clock:
    """Return a clock that goes on by a minute each time it is asked."""
    ticks = count()
    return lambda: AT + timedelta(minutes=next(ticks))


def stamp(on: date = MADE, by: str | None = None) -> Stamp:
    """Return a stamp later than every one before."""
    return Stamp(AT + timedelta(seconds=next(_ticks)), on, by)


def plain(id: int = 1, verb: str = "add", **fields: Any) -> Milestone:
    """Return a milestone made on 10 March 2021 and due on 30 June, unless told otherwise."""
    given: dict[str, Any] = {
        "title": f"Promise {id}",
        "due": DUE,
        "made_on": MADE,
        "precision": Precision.MONTH,
    }
    uid = f"0000000{id}-aaaa-5aaa-8aaa-aaaaaaaaaaaa"
    return Milestone.begin(id, uid, Stamp(AT, MADE), verb, **(given | fields))


def full() -> Milestone:
    """Return a milestone in which no field of it or of its parts is what it would be unset."""
    fields: dict[str, Any] = {
        "title": '=1+2, "quoted"; 完成 34 项 🏗️',
        "translations": {
            "zh": Wording("题目", "责任单位", "文件", "副局长"),
            "de": Wording("Titel"),
        },
        "source": Source(
            "Document; with, signs",
            publisher="Office",
            url="https://example.org/?a=1&b=2",
            published_on=date(2021, 3, 15),
            sha256="ab" * 32,
            phrase=Span(4000, 4004),
            clause=Span(4001, 4029),
            quote="6月底前，\n建成",
            inherited=True,
            file="documents/conference.txt",
        ),
        "speaker": "廉凯",
        "speaker_title": "副局长",
        "owner": "-minus owner",
        "supporting": ("省财政厅; 二处", "Police"),
        "person": "赵; 五",
        "contact": "钱 0578-123",
        "baseline_due": date(2021, 6, 30),
        "due": date(2021, 9, 30),
        "due_phrase": "9月底前",
        "precision": Precision.QUARTER,
        "forecast_due": date(2021, 10, 15),
        "completed_on": date(2021, 10, 2),
        "modality": Modality.STRETCH,
        "targets": (Target(90, "%", ">=", approx=True, stretch=True, actual=91.5), Target("1+2+4")),
        "status": Status.COMPLETED,
        "percent": 99,
        "next_step": "@write\nreport",
        "parent": "00000002",
        "weight": 30,
        "depends_on": ("00000003", "00000004"),
        "superseded_by": "00000005",
        "repeat": "every quarter",
        "follows": "00000008",
        "duplicate_of": "00000006",
        "tags": ("a", "乙"),
        "removed_on": date(2021, 12, 1),
    }
    fields["made_on"] = MADE
    patch = Patch(**fields)
    changed = Change(
        AT + timedelta(microseconds=1),
        date(2021, 10, 3),
        "edit",
        "someone",
        patch,
        patch,
        "why; and\nwherefore",
        "https://example.org/evidence",
        "cd" * 32,
        ("ab" * 32,),
        ("title",),
        (("ab" * 8,), ("cd" * 8,)),
        "12" * 32,
        Assessment("审计局", Role.AUDITOR, Verdict.PARTLY, "34" * 32),
        OfficeStep(Stage.EXTENSION_ASKED, "处", "56" * 32, DUE, Precision.MONTH, "6月底前"),
        "78" * 32,
        Exhibit("56" * 32, 7, "a.pdf", "application/pdf", "docs/a.pdf", AT, "78" * 32),
        "ef" * 32,
    )
    history = (Change(AT, MADE, "add", digest="ab" * 32), changed)
    return Milestone(7, "0000000a-uid", **fields, history=history)
