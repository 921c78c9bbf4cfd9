"""The timeline on screens of several widths, held against `golden/timeline-*.txt`.

After a change that is meant: `TRACKER_GOLDEN=write pytest tests/render`, then look at the files.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from tracker import seed
from tracker.locale import language
from tracker.model import Milestone, Precision, Stamp, Status, Wording
from tracker.render.marks import ASCII, UNICODE
from tracker.render.timeline import timeline

GOLDEN = Path(__file__).parent / "golden"
RECORDED = datetime(2026, 11, 24, 12, tzinfo=UTC)


def on(day: str) -> Stamp:
    return Stamp(RECORDED, date.fromisoformat(day))


def made(
    number: int, due: str | None, title: str = "Publish the report", owner: str | None = None
) -> Milestone:
    day = date.fromisoformat(due) if due else None
    precision = Precision.DAY if day else Precision.NONE
    return Milestone.begin(
        number, f"uid-{number}", on("2021-03-10"), "add",
        title=title, owner=owner, due=day, precision=precision, made_on=date(2021, 3, 10),
    )  # fmt: skip


def story() -> list[Milestone]:
    """The commitments due in 2021, and a course that they might have taken."""
    told = seed.load("shandong-2021")
    done, cancelled, superseded = Status.COMPLETED, Status.CANCELLED, Status.SUPERSEDED
    told[0] = told[0].set_status(on("2021-03-28"), done)
    told[1] = told[1].set_status(on("2021-08-20"), done)
    told[2] = told[2].postpone(on("2021-06-20"), date(2021, 10, 31), Precision.MONTH, "10月底前")
    told[3] = told[3].postpone(on("2021-09-01"), date(2022, 3, 31), Precision.MONTH, None)
    told[3] = told[3].set_status(on("2022-05-05"), done)
    told[5] = told[5].set_status(on("2021-06-01"), cancelled)
    told[6] = told[6].set_status(on("2021-06-05"), superseded)
    told[7] = told[7].postpone(on("2021-06-01"), None, Precision.NONE, "择期")
    return told


@dataclass(frozen=True)
class Screen:
    """What is drawn for one golden file."""

    as_of: str
    width: int
    lang: str | None = None
    by_owner: bool = False
    ascii_only: bool = False


SCREENS = {
    "narrow": Screen("2021-07-01", 60, lang="zh", by_owner=True),
    "eighty": Screen("2021-12-01", 80, lang="en"),
    "hundred": Screen("2021-12-01", 100, lang="zh", by_owner=True),
    "wide": Screen("2021-07-01", 200, lang="en"),
    "years-later": Screen("2026-11-24", 100, lang="en"),
    "ascii": Screen("2026-11-24", 80, lang="en", by_owner=True, ascii_only=True),
}


def plain(milestones: list[Milestone], screen: Screen) -> str:
    then = [m for known in milestones if (m := known.as_of(date.fromisoformat(screen.as_of)))]
    return timeline(
        then,
        date.fromisoformat(screen.as_of),
        screen.width,
        lang=language(screen.lang),
        group_by_owner=screen.by_owner,
        ascii_only=screen.ascii_only,
    ).plain


@pytest.mark.parametrize("name", SCREENS)
def test_golden(name: str) -> None:
    path = GOLDEN / f"timeline-{name}.txt"
    drawn = plain(story(), SCREENS[name]) + "\n"
    if os.environ.get("TRACKER_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 60, 79, 80, 100, 133, 200])
@pytest.mark.parametrize("as_of", ["2021-03-10", "2021-07-01", "2021-12-01", "2026-11-24"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_too_long_and_the_day_stands_in_one_column(
    width: int, as_of: str, lang: str
) -> None:
    lines = plain(story(), Screen(as_of, width, lang=lang)).splitlines()
    assert max(map(cell_len, lines)) <= width
    pointed = next(line for line in lines if UNICODE["pointer"] in line)
    column = cell_len(pointed[: pointed.index(UNICODE["pointer"])])
    crossed = [line for line in lines if UNICODE["as_of"] in line]
    assert crossed
    assert {cell_len(line[: line.index(UNICODE["as_of"])]) for line in crossed} == {column}


def row(milestone: Milestone, as_of: str = "2026-11-24", width: int = 79) -> str:
    """The one row of a milestone alone, without id and title."""
    lines = plain([milestone], Screen(as_of, width)).splitlines()
    found = next(line for line in lines if line.startswith(f"{milestone.id} {milestone.title}"))
    return found.removeprefix(f"{milestone.id} {milestone.title}").strip()


@pytest.mark.parametrize(
    ("milestone", "shown", "not_shown"),
    [
        (made(1, "2026-12-01"), "│              ◆", "▲━✓"),
        (made(1, "2026-11-24"), "◆", "▲━✓│"),
        (made(1, "2027-12-01"), "●", "▲━✓◆"),
        (made(1, "2026-11-23"), "▲━━│", "✓●◆"),
        (made(1, "2026-06-01"), "▲━━", "✓●◆"),
        (made(1, "2026-06-01").set_status(on("2026-05-20"), Status.COMPLETED), "✓", "▲━●"),
        (made(1, "2026-06-01").set_status(on("2026-06-02"), Status.COMPLETED), "━✓", "▲●"),
        (made(1, "2026-06-01").set_status(on("2026-09-02"), Status.COMPLETED), "•━━", "▲●"),
        (made(1, "2026-06-01").set_status(on("2026-05-20"), Status.CANCELLED), "✗", "▲━●"),
        (made(1, "2026-06-01").set_status(on("2026-05-20"), Status.SUPERSEDED), "»", "▲━●"),
        (made(1, None), "no date", "▲━●✗"),
        (made(1, None).set_status(on("2026-05-20"), Status.CANCELLED), "✗ no date", "▲━●"),
        (made(1, None).set_status(on("2026-05-20"), Status.COMPLETED), "✓", "▲━●no date"),
        (made(1, "9999-12-31"), "9999-12-31 ▶", "◀●"),
        (made(1, "1890-01-01"), "◀ 1890-01-01", "▶●▲"),
    ],
)
def test_each_state_has_its_shape(milestone: Milestone, shown: str, not_shown: str) -> None:
    drawn = row(milestone)
    assert shown in drawn
    assert not set(not_shown.replace("no date", "")) & set(drawn)


@pytest.mark.parametrize("moved_to", ["2027-06-30", "2026-01-31"])
def test_a_moved_due_date_keeps_its_first(moved_to: str) -> None:
    to = date.fromisoformat(moved_to)
    moved = made(1, "2026-09-30").postpone(on("2021-04-01"), to, Precision.DAY, None)
    drawn = row(moved, as_of="2025-12-01")
    assert ("○┄" in drawn) == (moved_to > "2026-09-30")
    assert drawn.index("○") != drawn.index("●")
    assert "┄" in drawn


@pytest.mark.parametrize(
    ("precision", "due", "first"),
    [
        (Precision.DAY, "2026-12-31", "2026-12-31"),
        (Precision.WEEK, "2026-12-27", "2026-12-21"),
        (Precision.MONTH, "2026-12-31", "2026-12-01"),
        (Precision.QUARTER, "2026-12-31", "2026-10-01"),
        (Precision.HALF, "2026-12-31", "2026-07-01"),
        (Precision.YEAR, "2026-12-31", "2026-01-01"),
        (Precision.FISCAL_YEAR, "2027-03-31", "2026-04-01"),
        (Precision.FIVE_YEAR, "2030-12-31", "2026-01-01"),
    ],
)
def test_a_span_is_drawn_as_long_as_it_is(precision: Precision, due: str, first: str) -> None:
    """A second milestone, due on the first day of the span, stands where the bar begins."""
    begin = made(1, first, "A")
    spanning = made(2, None, "B").postpone(
        on("2021-04-01"), date.fromisoformat(due), precision, None
    )
    lines = plain([begin, spanning], Screen("2025-12-01", 79)).splitlines()
    a, b = (next(line for line in lines if line.startswith(head)) for head in ("1 A", "2 B"))
    bar_from = b.index("░") if "░" in b else b.index("●")
    assert bar_from == a.index("●")


def test_a_day_off_the_axis_is_named_once() -> None:
    assert plain([made(1, "9999-12-31")], Screen("2026-11-24", 100)).count("9999-12-31") == 1


def test_only_marks_that_are_used_are_explained() -> None:
    *_, legend = plain([made(1, "2026-06-01")], Screen("2026-11-24", 79)).splitlines()
    assert legend == "▲ overdue   ━ past due"


def test_ascii_only_is_ascii() -> None:
    titled = [m for m in story() if m.title.isascii()]
    assert titled
    screen = Screen("2021-12-01", 100, by_owner=True, ascii_only=True)
    assert plain(titled, screen).isascii()


@pytest.mark.parametrize("marks", [ASCII, UNICODE])
def test_marks_are_one_cell_wide_and_told_apart(marks: dict[str, str]) -> None:
    *shapes, _ = marks.values()
    assert {cell_len(mark) for mark in shapes} == {1}
    assert len(set(shapes[:11])) == 11


@pytest.mark.parametrize("as_of", ["2026-11-24", "9999-12-31"])
def test_none_says_what_to_type(as_of: str) -> None:
    said = plain([], Screen(as_of, 80))
    assert 'tracker add "' in said
    assert " --due " in said


def test_many_have_a_line_each_and_the_axis_again() -> None:
    many = [made(n, f"20{n % 40 + 10}-06-30") for n in range(1, 501)]
    lines = plain(many, Screen("2026-11-24", 100)).splitlines()
    assert sum("Publish the report" in line for line in lines) == 500
    assert sum("as of 2026-11-24" in line for line in lines) == 17


@pytest.mark.parametrize(("count", "axes"), [(1, 1), (30, 1), (40, 1), (41, 2)])
def test_no_axis_for_the_last_few(count: int, axes: int) -> None:
    many = [made(n, "2026-12-31") for n in range(1, count + 1)]
    assert plain(many, Screen("2026-11-24", 100)).count("as of 2026-11-24") == axes


def test_owners_stand_together_in_the_order_met() -> None:
    owned = [made(1, None, "a", "B"), made(2, "2020-01-01", "b"), made(3, "2020-01-01", "c", "B")]
    lines = plain(owned, Screen("2026-11-24", 60, by_owner=True)).splitlines()
    heads = [line.split("│")[0].strip() for line in lines if "(" in line]
    assert heads == ["B (2): 1 overdue, 1 no date", "no owner (1): 1 overdue"]
    assert [line[0] for line in lines if line[1:3] in (" a", " b", " c")] == ["1", "3", "2"]


def test_words_are_shown_in_the_language_and_cannot_act() -> None:
    hostile = made(1, "2026-12-31").edit(
        on("2021-04-01"), {"translations": {"zh": Wording(title="发布\x1b[2J报告\n二")}}
    )
    assert "发布\ufffd[2J报告 二" in plain([hostile], Screen("2026-11-24", 100, lang="zh-CN"))
    assert "Publish the report" in plain([hostile], Screen("2026-11-24", 100, lang="en"))


def test_rich_prints_it_as_it_is_and_without_colour_too() -> None:
    picture = timeline(story(), date(2021, 12, 1), 80)
    console = Console(width=80, no_color=True, force_terminal=False, file=StringIO())
    with console.capture() as captured:
        console.print(picture)
    assert captured.get() == picture.plain + "\n"


dates = st.none() | st.dates()


@given(
    st.lists(st.tuples(dates, dates, st.sampled_from(Precision)), min_size=1, max_size=6),
    st.dates(),
    st.integers(min_value=0, max_value=220),
)
def test_any_dates_on_any_screen(
    dues: list[tuple[date | None, date | None, Precision]], as_of: date, width: int
) -> None:
    milestones = [
        Milestone.begin(
            n, f"u{n}", Stamp(RECORDED, date(2021, 3, 10)), "add",
            title="城市 city", due=due, baseline_due=first or due, precision=precision,
        )
        for n, (due, first, precision) in enumerate(dues, 1)
    ]  # fmt: skip
    lines = timeline(milestones, as_of, width).plain.splitlines()
    assert max(map(cell_len, lines)) <= max(width, 40)
