"""The fields of a milestone, a row each: what options, screens, files and searches need of it.

A field more is one here, one of `Milestone` and one of `Patch`; whoever writes goes through these.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class FieldKind(StrEnum):
    """What the value of a field is, and so how it is typed, said and kept in a cell."""

    TEXT = "text"
    TEXTS = "texts"
    TAGS = "tags"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    STATUS = "status"
    STANDING = "standing"
    PRECISION = "precision"
    MODALITY = "modality"
    TARGETS = "targets"
    SOURCE = "source"
    TRANSLATIONS = "translations"
    REPEAT = "repeat"
    LINK = "link"
    LINKS = "links"


class Option(Struct, frozen=True):
    """The option of `add` and `edit` that gives it."""

    flag: str
    metavar: str
    help: str


class Field(Struct, frozen=True):
    """One field. `label` names it to readers; on a terminal `on_screen` does, if that is another.

    `called` is what people head a column with. `searched` is whether `--text` looks in it, and
    `on_page` its place among the facts of a page, 0 for one that has no place among them. One that
    is not `is_alone` is told with others on a screen, as the phrase is with the date.
    `in_calendar` and `in_ledger` are whether it is told there by its label, beside what those say
    in words of their own.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    option: Option | None = None
    on_screen: str = ""
    called: tuple[str, ...] = ()
    searched: bool = False
    on_page: int = 0
    is_alone: bool = True
    in_calendar: bool = False
    in_ledger: bool = False


_ROWS = (
    Field("id", "No.", FieldKind.NUMBER, called=("序号",), is_alone=False),
    Field(
        *("title", "title"),
        called=("任务", "事项", "标题", "name", "task"),
        searched=True,
        is_alone=False,
    ),
    Field(
        *("translations", "translations", FieldKind.TRANSLATIONS),
        Option("--title-in", "LANG TITLE", "The title in one more language; repeat."),
        is_alone=False,
    ),
    Field("status", "status", FieldKind.STATUS, on_screen="standing", called=("状态",), on_page=5),
    Field("due", "due", FieldKind.DAY, called=("完成时限", "时限", "deadline")),
    Field("due_phrase", "wording of the date", searched=True, on_page=1, is_alone=False),
    Field("precision", "precision", FieldKind.PRECISION, is_alone=False),
    Field("baseline_due", "first promised date", FieldKind.DAY, on_screen="baseline"),
    Field(
        *("repeat", "repeats", FieldKind.REPEAT),
        Option(
            *("--repeat", "HOW-OFTEN"),
            "Once it is done the next is due, such as “every quarter” or 每月; none ends it.",
        ),
        called=("重复", "周期"),
        on_page=2,
    ),
    Field(
        *("forecast_due", "forecast", FieldKind.DAY),
        Option("--forecast", "WHEN", "When it is now expected."),
        on_page=3,
    ),
    Field("completed_on", "completed", FieldKind.DAY, on_page=4),
    Field(
        *("owner", "responsible", FieldKind.TEXT),
        Option("--owner", "BODY", "The responsible body."),
        called=("责任单位", "牵头单位", "responsible"),
    ),
    Field(
        *("supporting", "supporting", FieldKind.TEXTS),
        Option("--supporting", "BODY", "A supporting body; repeat."),
        called=("配合单位",),
        on_page=8,
    ),
    Field(
        *("person", "responsible person", FieldKind.TEXT),
        Option("--person", "NAME", "Who answers for it in the responsible body (责任人)."),
        called=("责任人",),
        searched=True,
    ),
    Field(
        *("contact", "contact", FieldKind.TEXT),
        Option("--contact", "NAME", "Whom to ask there, and how (联系人)."),
        called=("联系人",),
        searched=True,
    ),
    Field(
        *("speaker", "speaker", FieldKind.TEXT),
        Option("--speaker", "NAME", "Who said it."),
        on_screen="said by",
        searched=True,
        on_page=11,
    ),
    Field("speaker_title", "speaker's title", is_alone=False),
    Field("made_on", "promised", FieldKind.DAY, on_screen="said on", on_page=12),
    Field(
        *("modality", "firmness", FieldKind.MODALITY),
        Option("--modality", "", "How firmly it was said."),
        on_screen="modality",
        on_page=9,
    ),
    Field(
        *("targets", "targets", FieldKind.TARGETS),
        Option(
            *("--target", "FIGURE"),
            "A promised figure, such as “at least 90%”, '>= 300' or 超过4万个; repeat.",
        ),
        on_page=10,
    ),
    Field(
        *("percent", "progress", FieldKind.PERCENT),
        Option("--percent", "", "How much of it is done."),
        on_screen="percent",
        on_page=6,
    ),
    Field(
        *("next_step", "next step", FieldKind.TEXT),
        Option("--next-step", "TEXT", "What comes next."),
        searched=True,
        on_page=7,
    ),
    Field(
        *("source", "source", FieldKind.SOURCE),
        Option("--source", "TITLE", "The document that it stands in."),
        on_page=13,
    ),
    Field(
        *("parent", "part of", FieldKind.LINK),
        Option("--parent", "ID", "The milestone that this is part of."),
    ),
    Field(
        *("weight", "weight", FieldKind.NUMBER),
        Option("--weight", "N", "How much it counts among the parts of its whole (default: 1)."),
    ),
    Field(
        *("depends_on", "depends on", FieldKind.LINKS),
        Option("--depends-on", "ID", "What must come first; repeat."),
    ),
    Field("follows", "follows", FieldKind.LINK),
    Field("superseded_by", "replaced by", FieldKind.LINK),
    Field(
        *("duplicate_of", "duplicate of", FieldKind.LINK),
        Option("--duplicate-of", "ID", "The milestone that this says again."),
    ),
    Field(
        *("tags", "tags", FieldKind.TAGS),
        Option("--tag", "", "A tag to add; repeat."),
        called=("标签",),
        on_page=14,
    ),
    Field("removed_on", "removed", FieldKind.DAY, is_alone=False),
    Field("uid", "uid"),
)
FIELDS = {field.name: field for field in _ROWS}
"""In the order in which a screen tells them."""

LINKS = tuple(f.name for f in _ROWS if f.kind in (FieldKind.LINK, FieldKind.LINKS))
"""Those that hold uids of other milestones."""


def linked(m: object, field: str) -> tuple[str, ...]:
    found = getattr(m, field)
    return found if isinstance(found, tuple) else (found,) if found else ()
